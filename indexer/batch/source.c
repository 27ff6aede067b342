/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define ESCAPED_BYTES 4 /* of one byte: \xFF */

/* Bytes from `offset` on that stand for themselves; 0: the byte there has to be written \xHH. */
static size_t plain_bytes(struct text path, size_t offset)
{
    unsigned char byte = (unsigned char)path.data[offset];
    if (byte < 0x20 || byte == 0x7F)
        return 0;
    if (byte == '\\')
        return offset + 1 == path.length || path.data[offset + 1] != 'x';
    size_t end = offset;
    uint32_t codepoint = utf8_next(path.data, path.length, &end);
    bool control = codepoint >= 0x80 && codepoint < 0xA0;
    return codepoint == UTF8_INVALID || control ? 0 : end - offset;
}

static bool is_plain(struct text path)
{
    for (size_t i = 0; i < path.length;) {
        size_t plain = plain_bytes(path, i);
        if (plain == 0)
            return false;
        i += plain;
    }
    return true;
}

struct text source_text(struct text path, struct arena *arena)
{
    if (is_plain(path))
        return path.data ? path : TEXT("");
    char *out = arena_array(arena, path.length + 1, ESCAPED_BYTES);
    if (!out)
        return (struct text) { 0 };
    size_t length = 0;
    for (size_t i = 0; i < path.length;) {
        size_t plain = plain_bytes(path, i);
        if (plain == 0)
            length += (size_t)snprintf(out + length, ESCAPED_BYTES + 1, "\\x%02X",
                                       (unsigned)(unsigned char)path.data[i]);
        else
            memcpy(out + length, path.data + i, plain);
        length += plain;
        i += plain ? plain : 1;
    }
    return (struct text) { out, length };
}

static char *join(const char *folder, const char *separator, const char *rest)
{
    size_t size = strlen(folder) + strlen(separator) + strlen(rest) + 1;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", folder, separator, rest);
    return path;
}

/* The longest part of the path that is there, resolved, and then the rest. */
static char *resolve_what_is_there(const char *path)
{
    char *whole = realpath(path, NULL);
    if (whole)
        return whole;
    CLEANUP(cleanup_free) char *start = strdup(path);
    if (!start)
        return NULL;
    for (char *slash; (slash = strrchr(start, '/'));) {
        *slash = '\0';
        CLEANUP(cleanup_free) char *folder = realpath(slash == start ? "/" : start, NULL);
        if (folder)
            return join(folder, strcmp(folder, "/") == 0 ? "" : "/", path + (slash - start) + 1);
    }
    CLEANUP(cleanup_free) char *here = realpath(".", NULL);
    return here ? join(here, strcmp(here, "/") == 0 ? "" : "/", path) : NULL;
}

char *source_resolve(const char *path)
{
    CLEANUP(cleanup_free) char *given = strdup(path);
    if (!given || !*given)
        return NULL;
    for (size_t end = strlen(given); end > 1 && given[end - 1] == '/'; end--)
        given[end - 1] = '\0';

    CLEANUP(cleanup_free) char *whole = realpath(given, NULL);
    char *member = whole ? NULL : strstr(given, "!/");
    if (!member)
        return resolve_what_is_there(given);
    *member = '\0';
    CLEANUP(cleanup_free) char *archive = resolve_what_is_there(given);
    return archive ? join(archive, "!/", member + 2) : NULL;
}
