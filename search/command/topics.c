/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/command/topics.h"

#include <stdio.h>

#include "indexer/base/file.h"
#include "indexer/base/utf8.h"

#define TOPICS_CEILING ((size_t)256 << 20) /* bytes */

static enum status read_standard_input(struct buffer *out, struct error *error)
{
    for (;;) {
        char *room = buffer_reserve(out, 1 << 16);
        if (!room)
            return buffer_status(out, error);
        size_t got = fread(room, 1, 1 << 16, stdin);
        out->length += got;
        if (got == 0)
            break;
    }
    if (ferror(stdin))
        return error_set(error, STATUS_IO, "cannot read \"standard input\"");
    return STATUS_OK;
}

static enum status add_line(struct topic_list *list, struct text line, size_t number,
                            const char *path, struct arena *arena, struct error *error)
{
    if (line.length && line.data[line.length - 1] == '\r')
        line.length--;
    if (line.length == 0)
        return STATUS_OK;
    if (utf8_find_invalid(line) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "line %zu is not valid UTF-8 in \"%s\"", number,
                         path);
    struct text id;
    struct text rest = line;
    if (!text_contains(line, TEXT("\t")) || !text_split(&rest, TEXT("\t"), &id) || !id.length)
        return error_set(error, STATUS_INVALID, "line %zu is not \"id TAB query\" in \"%s\"",
                         number, path);
    if (!arena_grow(arena, &list->topics, list->count, &list->capacity, sizeof(*list->topics)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    list->topics[list->count++] = (struct topic) { id, rest, number };
    return STATUS_OK;
}

enum status topics_read(const char *path, struct arena *arena, struct topic_list *out,
                        struct error *error)
{
    *out = (struct topic_list) { 0 };
    buffer_init(&out->content, TOPICS_CEILING);
    bool standard_input = strcmp(path, "-") == 0;
    enum status status = standard_input ? read_standard_input(&out->content, error)
                                        : file_read(path, TOPICS_CEILING, &out->content, error);
    if (status)
        return status;
    struct text rest = buffer_text(&out->content), line;
    if (text_starts_with(rest, TEXT("\xEF\xBB\xBF")))
        rest = text_slice(rest, 3, rest.length - 3);
    for (size_t number = 1; !status && text_split(&rest, TEXT("\n"), &line); number++)
        status =
            add_line(out, line, number, standard_input ? "standard input" : path, arena, error);
    return status;
}

void topics_release(struct topic_list *topics)
{
    buffer_release(&topics->content);
}
