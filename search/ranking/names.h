/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of a query in their other forms, as matches. */
#ifndef DAFU_SEARCH_RANKING_NAMES_H
#define DAFU_SEARCH_RANKING_NAMES_H

#include "search/ranking/terms.h"

struct name_table {          /* arena-held */
    struct leaf_name *names; /* the number of a name is its place from 1 */
    size_t count, capacity;
    struct plan_other *others;
    size_t other_count;
};

/* False: no memory. */
bool names_add(struct name_table *table, const struct leaf *leaf, struct arena *arena);

/* Finds which other forms the index may have and what each weighs. `terms` has its weights: another
 * form counts at most weights->synonym of what the typed one counts, and of what a word as frequent
 * as itself would. */
enum status names_weigh(struct name_table *table, const struct term_table *terms,
                        struct analyzer *analyzer, struct index_reader *reader,
                        const struct weights *weights, struct arena *arena, struct error *error);

/* A match of all tokens of a text that may occur: its bigrams, or else its characters, numbers and
 * Latin words. No children: it has none. NULL: no memory. */
struct match *names_possible(const struct token_list *tokens, size_t ceiling, struct arena *arena);

#endif
