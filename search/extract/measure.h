/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a quantity measures, in normalised text. */
#ifndef DAFU_SEARCH_EXTRACT_MEASURE_H
#define DAFU_SEARCH_EXTRACT_MEASURE_H

#include "search/query/quantity.h"
#include "search/query/scan.h"

/* The name that follows a measure word, empty when none does. */
struct text measure_behind(struct text sentence, const struct quantity *quantity,
                           const struct scan_words *words);

/* The name in 63%的行政村, 7天的住宿: what the number is a part or a property of. */
struct text measure_of_which(struct text sentence, const struct quantity *quantity,
                             const struct scan_words *words);

/* What an amount of money is, when its name follows: 400元运营补贴. Empty when it does not. */
struct text measure_money(struct text sentence, const struct quantity *quantity,
                          const struct scan_words *words);

/* The phrase from `start` to `end`, which is just before the number, without what only leads to it:
 * 截至2025年底, 全市, 累计 before, 达, 为, 实现 behind, and without what stands before the last verb (我局下达). `counted`: the number
 * counts (人次), so a short name behind a verb (培训村医) is one. Empty when nothing is left. */
struct text measure_before(struct text sentence, size_t start, size_t end,
                           const struct scan_words *words, bool counted);

/* Where the clause that the number stands in begins, not before `floor`. */
size_t measure_clause(struct text sentence, size_t floor, size_t number);

#endif
