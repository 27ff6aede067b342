/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of a passage, and how much of that the index alone can decide.
 *
 * The index has no positions, so "occurs as written" is a conjunction of bigrams there (an upper
 * bound: nothing right is lost) and is decided on the stored text afterwards. */
#ifndef DAFU_SEARCH_RANKING_CONDITION_H
#define DAFU_SEARCH_RANKING_CONDITION_H

#include "indexer/analysis/analyzer.h"
#include "search/index/match.h"

enum condition_kind {
    CONDITION_OCCURS, /* the needle is in the text */
    CONDITION_MATCH,  /* the index decides */
    CONDITION_ALL,
    CONDITION_ANY,
    CONDITION_NOT,
};

struct condition {
    enum condition_kind kind;
    struct text needle;           /* normalised */
    const struct match *possible; /* OCCURS: where it can be; MATCH: where it is */
    bool certain;                 /* OCCURS: `possible` is exact */
    bool in_title;                /* OCCURS: in the title of the reply, not in the text */
    struct condition *first, *next;
};

/* A match of every passage that fulfils the condition, and maybe of others. NULL: no memory. */
const struct match *condition_upper(const struct condition *condition, struct arena *arena);
/* A match of passages that fulfil the condition for certain. NULL: no memory. */
const struct match *condition_lower(const struct condition *condition, struct arena *arena);

/* Whether something is left to decide on the text. */
bool condition_needs_text(const struct condition *condition);

/* Whether the title of the reply is needed for that. */
bool condition_needs_title(const struct condition *condition);

enum verdict { VERDICT_NO, VERDICT_UNKNOWN, VERDICT_YES };

/* Decides on normalised text and title; what only the index knows is VERDICT_UNKNOWN. */
enum verdict condition_decide(const struct condition *condition, struct text text,
                              struct text title);

/* Whether `needle` occurs in normalised text without cutting a number (3.5亿, 十三亿) or a Latin word. */
bool condition_occurs(struct text text, struct text needle);

#endif
