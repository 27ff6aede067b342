/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the counts of the dictionary tell besides costs: which characters hardly ever stand alone,
 * which entries are persons, and which are several words. Build time only. */
#ifndef DAFU_ANALYSIS_WORD_TRAITS_H
#define DAFU_ANALYSIS_WORD_TRAITS_H

#include "indexer/analysis/word_table.h"

/* Adds UNIT_BOUND levels to `units` (65536 of them): the share of a character's occurrences in
 * which it is a word by itself. */
enum status word_traits_bind(const struct word_table *table, uint32_t *units, struct error *error);

/* Flags of an entry: WORD_PERSON, WORD_COMPOUND, WORD_LOOSE.
 *
 * table  merged
 * units  with surnames and given-name costs
 * total  sum of all counts */
uint32_t word_traits_flags(const struct word_table *table, const uint32_t *units, double total,
                           const struct listed_word *word);

#endif
