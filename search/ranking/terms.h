/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of a query: collected, counted, weighed, the most telling kept. */
#ifndef DAFU_SEARCH_RANKING_TERMS_H
#define DAFU_SEARCH_RANKING_TERMS_H

#include "indexer/analysis/field.h"
#include "search/query/leaf.h"
#include "search/ranking/plan.h"

struct term_table {
    struct plan_term *terms;
    size_t count, capacity;
};

/* Adds the tokens of a leaf, whose names count from `first_name`. False: no memory. */
bool terms_add(struct term_table *table, const struct leaf *leaf, uint32_t first_name,
               struct arena *arena);

/* Merges equal terms, asks the index how frequent each is, gives weights and sorts by them; says
 * which are looked up: not those that are too frequent, fillers, or beyond weights->term_max, but
 * never none of them. */
enum status terms_weigh(struct term_table *table, struct index_reader *reader,
                        const struct weights *weights, struct arena *arena, struct error *error);

/* What a term with that many passages weighs, times its factor. */
double terms_idf(double passages_with, uint64_t passages);

/* Adds `prefix`ed words of the table, each scaled by `scale`, to an OR that may be NULL; words that
 * the index does not have, or has in too many passages, are left out. */
enum status terms_add_field(const struct term_table *table, enum field field, double scale,
                            struct index_reader *reader, const struct weights *weights,
                            struct arena *arena, struct match **group, struct error *error);

#endif
