/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers with one unit in a row (36.5亿元、48.2亿元、41.7亿元), and as many years or names before
 * them: 2023年、2024年、2025年, 游客、收入分别增长. */
#ifndef DAFU_SEARCH_EXTRACT_SERIES_H
#define DAFU_SEARCH_EXTRACT_SERIES_H

#include "search/extract/figures.h"
#include "search/query/scan.h"

#define SERIES_YEARS 8

struct series {
    size_t first, sentence; /* figures: of the series, of its sentence */
    bool separate;          /* 分别 stands before them … */
    struct text names;      /* … and this before it */
    bool nameless;          /* the words behind 分别 name nothing */
    unsigned year[SERIES_YEARS];
    size_t years;
};

/* The series that begins with the next figure. `phrase`: the words before its number within the
 * normalised `sentence`, what it measures ends at `named`. */
void series_begin(struct series *series, struct text sentence, struct text phrase, size_t named,
                  const struct scan_words *words);

/* No figure follows: gives each its own year or measure. False: no memory. */
bool series_end(const struct series *series, struct figure_list *list,
                const struct scan_words *words, struct arena *arena);

#endif
