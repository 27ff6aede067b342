/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Years and dates as values of fields: one, or a range with or without ends: 2024..2026, 2024-2026,
 * 2024年至2026年, >=2024, <2024-06, 2024年以来, 2024年3月至9月. Folded text. */
#ifndef DAFU_SEARCH_QUERY_PERIOD_H
#define DAFU_SEARCH_QUERY_PERIOD_H

#include "indexer/base/arena.h"

/* The first and the last year, 1900 and 2100 where there is no end. False: none, or backwards. */
bool period_years(struct text value, unsigned *first, unsigned *last);

/* The ends as eight digits each, in which 0 and 9 fill what is not said (2024-06: 20240600, 20240699);
 * empty where there is no end. False: no dates, or no memory. */
bool period_dates(struct text value, struct arena *arena, struct text *low, struct text *high);

/* "2026..2024" as "2024..2026". False: no range with two ends, or no memory. */
bool period_reverse(struct text value, struct arena *arena, struct text *out);

#endif
