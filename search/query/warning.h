/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What in a line was not read as syntax although it looks like it, or means nothing in the index:
 * it is searched as words, and the user is told what and where, in the language of the place. */
#ifndef DAFU_SEARCH_QUERY_WARNING_H
#define DAFU_SEARCH_QUERY_WARNING_H

#include "indexer/base/arena.h"

#define QUERY_WARNINGS_MAX 8 /* of a line; later ones are not told */

enum query_warning_kind {
    WARNING_OPEN_QUOTATION,
    WARNING_OPEN_PARENTHESIS,
    WARNING_STRAY_PARENTHESIS,
    WARNING_DEEP_PARENTHESES,
    WARNING_LONG_LINE,
    WARNING_NO_FIELD,
    WARNING_NO_VALUE,
    WARNING_BAD_VALUE,
    WARNING_REVERSED_RANGE,
    WARNING_STAR_INSIDE,
    WARNING_WIDE_WILDCARD,
    WARNING_NO_OPERAND,
    WARNING_SMALL_OPERATOR,
    WARNING_NO_MEMBERS,
    WARNING_KIND_COUNT,
};

enum warning_language { WARNING_ENGLISH, WARNING_CHINESE };

struct query_warning {
    size_t column, length; /* of the line, from 1, in characters (code points) */
    enum query_warning_kind kind;
    struct text subject, value; /* what the message names; empty when it names nothing */
};

struct query_warnings {
    struct query_warning items[QUERY_WARNINGS_MAX]; /* by column */
    size_t count;
};

/* "open-quotation", ... */
const char *query_warning_name(enum query_warning_kind kind);

/* `nothing closes the quotation mark "`; empty without memory. */
struct text query_warning_message(const struct query_warning *warning,
                                  enum warning_language language, struct arena *arena);

/* `at` is the slice of `line` that is told of. `subject` and `value` must live as long as the
 * warnings. */
void query_warn(struct query_warnings *warnings, struct text line, struct text at,
                enum query_warning_kind kind, struct text subject, struct text value);

#endif
