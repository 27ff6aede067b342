/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the title, the headings, the agency, the place and the year of candidates add. */
#ifndef DAFU_SEARCH_RANKING_FIELD_SCORE_H
#define DAFU_SEARCH_RANKING_FIELD_SCORE_H

#include "search/ranking/rerank.h"

/* Adds to every candidate's weight what plan->fields gives it. STATUS_STALE, STATUS_NO_MEMORY. */
enum status field_score_add(struct candidate_list *list, const struct plan *plan,
                            struct index_reader *reader, struct arena *arena, struct error *error);

#endif
