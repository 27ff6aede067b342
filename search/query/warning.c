/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/warning.h"

#include <stdarg.h>
#include <stdio.h>

#include "indexer/base/utf8.h"

#define MESSAGE_MAX 200 /* bytes; what is longer is cut */

void query_warn(struct query_warnings *warnings, struct text line, struct text at,
                struct arena *arena, const char *format, ...)
{
    char message[MESSAGE_MAX];
    va_list arguments;
    if (warnings->count == QUERY_WARNINGS_MAX)
        return;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    struct text written = text_of_bytes(message, length < 0 ? 0 : (size_t)length);
    if (written.length >= sizeof(message))
        written.length = utf8_boundary(written, sizeof(message) - 1);
    written = arena_text(arena, written);
    if (!written.data)
        return;
    struct text before = text_slice(line, 0, (size_t)(at.data - line.data));
    struct query_warning *item = &warnings->items[warnings->count++];
    size_t column = utf8_count(before) + 1;
    for (; item > warnings->items && item[-1].column > column; item--)
        *item = item[-1];
    *item = (struct query_warning) { column, written };
}
