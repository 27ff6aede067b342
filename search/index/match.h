/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to match, as plain C data: the only thing that Xapian sees of a query. */
#ifndef DAFU_SEARCH_INDEX_MATCH_H
#define DAFU_SEARCH_INDEX_MATCH_H

#include "indexer/base/text.h"

#include <stdint.h>

enum match_kind {
    MATCH_NOTHING,
    MATCH_EVERYTHING,
    MATCH_TERM,    /* term (with prefix), frequency = within-query frequency (BM25 k3) */
    MATCH_AND,     /* all children */
    MATCH_OR,      /* any child; weights add */
    MATCH_NOT,     /* first child but none of the others */
    MATCH_FILTER,  /* first child, restricted to the others, which add no weight */
    MATCH_MAYBE,   /* first child; the others only add weight */
    MATCH_MAX,     /* any child, the largest weight counts */
    MATCH_SYNONYM, /* children as one term */
    MATCH_SCALE,   /* one child, weight times `scale` */
    MATCH_RANGE,   /* value slot between low and high, inclusive; empty text = open end */
};

struct match {
    enum match_kind kind;
    struct text term;
    uint32_t frequency;
    double scale;
    unsigned slot;
    struct text low, high;
    const struct match **children;
    size_t child_count;
};

#endif
