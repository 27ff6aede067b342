/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query says about the reply as a whole: its place, its year, its agency. */
#ifndef DAFU_SEARCH_RANKING_EVIDENCE_H
#define DAFU_SEARCH_RANKING_EVIDENCE_H

#include "search/ranking/names.h"

/* Whatever the index has as the place of a reply, normalised. */
struct place_list {
    struct text *places;
    size_t count;
};

/* Adds to *group, which may be NULL, what speaks for replies of a place or a year in normalised
 * `text` that some reply of the index is of: 宁波 and 宁波市, 2025 and 2025年. */
enum status evidence_facts(struct text text, const struct place_list *places,
                           struct index_reader *reader, const struct weights *weights,
                           struct arena *arena, struct match **group, struct error *error);

/* Whether the text names a year: four digits that stand alone. */
bool evidence_has_year(struct text text);

/* The same for agencies of the query in their other forms: the typed words are looked for in the
 * issuers' names anyway. */
enum status evidence_agencies(const struct name_table *names, struct analyzer *analyzer,
                              const struct weights *weights, struct arena *arena,
                              struct match **group, struct error *error);

#endif
