/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sorted tables: the program's, which is constant data, and the index's. */
#include "search/query/synonyms.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"
#include "search/query/synonym_rows.h"

struct synonyms {
    struct arena arena;
    struct synonym_list own; /* the index's */
};

enum status synonyms_open(const char *path, struct text learned, const struct lexicon *lexicon,
                          struct synonyms **out, struct error *error)
{
    CLEANUP(synonyms_freep) struct synonyms *synonyms = calloc(1, sizeof(*synonyms));
    CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;
    if (!synonyms)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    arena_init(&synonyms->arena, 0);
    enum status status =
        path ? file_read(path, SYNONYM_FILE_MAX, &content, error) : STATUS_NOT_FOUND;
    if (status && status != STATUS_NOT_FOUND)
        return status;
    if (utf8_find_invalid(buffer_text(&content)) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "not valid UTF-8 in \"%s\"", path);
    buffer_append(&content, TEXT("\n"));
    buffer_append(&content, learned);
    status = buffer_status(&content, error);
    if (status)
        return status;
    status =
        synonym_rows_read(buffer_text(&content), lexicon, &synonyms->arena, &synonyms->own, error);
    if (status)
        return status;
    *out = synonyms;
    synonyms = NULL;
    return STATUS_OK;
}

void synonyms_free(struct synonyms *synonyms)
{
    if (synonyms)
        arena_release(&synonyms->arena);
    free(synonyms);
}

void synonyms_freep(struct synonyms **synonyms)
{
    synonyms_free(*synonyms);
}

/* The first row that is not before `key`. */
static size_t lower_bound(struct synonym_list list, struct text key)
{
    size_t low = 0, high = list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(list.rows[middle].typed, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The rows of the longest form at the start of `text`; forms with one first character are
 * neighbours. */
static struct synonym_list longest(struct synonym_list list, struct text text,
                                   bool (*fits)(void *context, size_t length), void *context)
{
    struct text first = text_slice(text, 0, utf8_length((unsigned char)text.data[0]));
    struct synonym_list found = { NULL, 0 };
    for (size_t i = lower_bound(list, first);
         i < list.count && text_starts_with(list.rows[i].typed, first); i++) {
        struct text typed = list.rows[i].typed;
        if (!text_starts_with(text, typed) || (fits && !fits(context, typed.length)))
            continue;
        if (found.count && text_equal(found.rows[0].typed, typed))
            found.count++;
        else
            found = (struct synonym_list) { &list.rows[i], 1 };
    }
    return found;
}

struct synonym_match synonyms_find(const struct synonyms *synonyms, struct text text,
                                   bool (*fits)(void *context, size_t length), void *context)
{
    struct synonym_match match = { 0 };
    if (text.length == 0)
        return match;
    match.lists[0] = longest(SYNONYMS, text, fits, context);
    match.lists[1] = longest(synonyms->own, text, fits, context);
    for (size_t i = 0; i < 2; i++) /* rows of one form come together: the longest is last */
        if (match.lists[i].count && match.lists[i].rows[0].typed.length > match.length)
            match.length = match.lists[i].rows[0].typed.length;
    for (size_t i = 0; i < 2; i++)
        if (match.lists[i].count && match.lists[i].rows[0].typed.length < match.length)
            match.lists[i].count = 0;
    return match;
}
