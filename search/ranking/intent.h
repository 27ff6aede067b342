/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a question wants to be told: what will be done, what was done, or why. */
#ifndef DAFU_SEARCH_RANKING_INTENT_H
#define DAFU_SEARCH_RANKING_INTENT_H

#include "indexer/analysis/record.h"

/* ROLE_COUNT: nothing of these, or several. */
enum passage_role intent_role(struct text query);

#endif
