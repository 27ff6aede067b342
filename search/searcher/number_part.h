/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of document numbers, as people type them who do not know the whole: 甬经信函, 〔2026〕9号, 9号,
 * 2026. */
#ifndef DAFU_SEARCH_SEARCHER_NUMBER_PART_H
#define DAFU_SEARCH_SEARCHER_NUMBER_PART_H

#include "indexer/base/arena.h"

/* Makes of a folded part what the index has: [2026] 9 -> 〔2026〕9, 9号 -> 〕9号, 2026 -> 〔2026〕. False: no
 * memory. */
bool number_part_stem(struct arena *arena, struct text *stem);

/* What such a stem is of a number: the end of whoever's (or, with a year alone, a piece of them), or the
 * beginning of all of an agency's. NUMBER_PART_NONE: nothing, or a whole one. */
enum number_part { NUMBER_PART_NONE, NUMBER_PART_START, NUMBER_PART_END };
enum number_part number_part_of(struct text stem);

#endif
