/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of looking for figures in one sentence after the other: internal to figures.c and
 * figure_measure.c. */
#ifndef DAFU_SEARCH_EXTRACT_FINDER_H
#define DAFU_SEARCH_EXTRACT_FINDER_H

#include "search/extract/figures.h"
#include "search/extract/series.h"
#include "search/query/quantity.h"
#include "search/query/scan.h"

struct finder {
    const struct normalized *normalized;
    struct arena *arena;
    struct figure_list *out;
    struct text sentence; /* normalised */
    size_t offset;        /* of it in the normalised text */
    size_t used;          /* bytes of it that belong to figures before */
    enum figure_time time;
    unsigned year;
    struct text last, last_unit; /* what the figure before measures, and in what */
    bool derived;                /* this one: 隐患整改 */
    struct series series;
    unsigned years[SERIES_YEARS]; /* that stand in a row */
    size_t year_count, years_end;
    struct scan_words words;
    bool failed;
};

/* A copy in the arena. An empty text, and finder->failed, without memory. */
struct text finder_keep(struct finder *finder, struct text text);
struct text finder_join(struct finder *finder, struct text left, struct text right);

bool finder_is_share(const struct quantity *quantity);

/* Where 占 of 占全市的44.5% stands in the phrase; TEXT_NONE. */
size_t finder_share_in(const struct finder *finder, struct text phrase);

/* Nothing but 和 or 、 is between this one and the one before, which has the same unit. */
bool finder_continues(const struct finder *finder, const struct quantity *quantity);

/* What the words from the start of `phrase` to `end` before the number, and those behind it, say it
 * measures; sets finder->used and ->derived. */
struct text finder_measure(struct finder *finder, const struct quantity *quantity,
                           struct text phrase, size_t end, enum figure_bound bound);

#endif
