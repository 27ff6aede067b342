/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What in a line was not read as syntax although it looks like it, or means nothing in the index:
 * it is searched as words, and the user is told where. */
#ifndef DAFU_SEARCH_QUERY_WARNING_H
#define DAFU_SEARCH_QUERY_WARNING_H

#include "indexer/base/arena.h"

#define QUERY_WARNINGS_MAX 8 /* of a line; later ones are not told */

struct query_warning {
    size_t column;       /* of the line, from 1, in characters (code points) */
    struct text message; /* "nothing closes the quotation mark \"" */
};

struct query_warnings {
    struct query_warning items[QUERY_WARNINGS_MAX]; /* by column */
    size_t count;
};

/* `at` is a slice of `line`, whose start is told. The text lives in `arena`; without memory nothing
 * is told. */
void query_warn(struct query_warnings *warnings, struct text line, struct text at,
                struct arena *arena, const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
