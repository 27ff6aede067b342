/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a line that is being typed may become. */
#ifndef DAFU_SEARCH_SEARCHER_COMPLETION_H
#define DAFU_SEARCH_SEARCHER_COMPLETION_H

#include "search/searcher/searcher.h"

enum completion_kind {
    COMPLETION_READING, /* the characters that the line's pinyin means */
    COMPLETION_AGENCY,
    COMPLETION_PLACE,
    COMPLETION_NUMBER,  /* a document number */
    COMPLETION_WORD,    /* the last word of the line, longer */
    COMPLETION_SUBJECT, /* of a reply that the line finds */
    COMPLETION_COUNT,
};
extern const char *const COMPLETION_NAMES[COMPLETION_COUNT]; /* "reading", "agency", … */

struct completion {
    struct text text; /* the whole line */
    enum completion_kind kind;
};

#define COMPLETIONS_MAX 20
#define COMPLETION_LINE_MAX 120 /* bytes; a longer line is complete */

/* `limit` at most COMPLETIONS_MAX. Names match where they begin, anywhere inside, or by the initials
 * of their pinyin (nbsj). Work is bounded: names and terms are looked at up to a ceiling. */
enum status searcher_complete(struct searcher *searcher, struct text line, size_t limit,
                              struct arena *arena, struct completion *out, size_t *count,
                              struct error *error);

#endif
