/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figures of a passage: a quantity, what it measures, of which year, and whether it is a level
 * (覆盖率达94%) or a change (同比增长5.2%). By rules of the genre, not by a model: what a number
 * measures is the name behind its measure word (13家智能工厂) or the phrase before it. */
#ifndef DAFU_SEARCH_EXTRACT_FIGURES_H
#define DAFU_SEARCH_EXTRACT_FIGURES_H

#include "indexer/analysis/normalizer.h"
#include "indexer/base/arena.h"

enum figure_bound { FIGURE_EXACT, FIGURE_ABOUT, FIGURE_OVER, FIGURE_UNDER };
enum figure_time { FIGURE_UNDATED, FIGURE_YEAR, FIGURE_THIS_YEAR, FIGURE_LAST_YEAR };

struct figure {
    size_t start, length;                   /* bytes of the author's text, unit included */
    size_t sentence_start, sentence_length; /* likewise */
    double low, high;                       /* equal unless a range; 万, 亿 multiplied */
    struct text unit;                       /* 元, 家, %, 个百分点 */
    enum figure_bound bound;
    int direction;       /* of a change: 1 or -1; 0: a level */
    struct text basis;   /* of a change: 同比, 环比, 年均, …; or empty */
    struct text measure; /* normalised; empty when nothing tells */
    enum figure_time time;
    unsigned year; /* FIGURE_YEAR: as the sentence says */
};

struct figure_list { /* arena-held, in text order */
    struct figure *figures;
    size_t count, capacity;
};

/* Appends the figures of valid UTF-8 to `out`. `scratch` is overwritten. */
enum status figures_find(struct text text, const struct lexicon *lexicon,
                         struct normalized *scratch, struct arena *arena, struct figure_list *out,
                         struct error *error);

/* "exact", "about", "over", "under" */
const char *figure_bound_name(enum figure_bound bound);

#endif
