/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Units of figures, as normalised text has them. */
#ifndef DAFU_SEARCH_QUERY_UNITS_H
#define DAFU_SEARCH_QUERY_UNITS_H

#include "indexer/base/text.h"

struct unit {
    struct text name;
    bool counts;  /* a measure word: the thing that is counted follows */
    bool general; /* so common (个, 项) that 三个 is rather a way of speaking than a figure */
};

/* The longest unit at `at`, also as a rate (元/月); *length is of it as written. NULL: none. */
const struct unit *unit_at(struct text text, size_t at, size_t *length);

/* Other names of exactly this unit, as written with its rate: 千米 and km for 公里, ug/m3 for 微克/立方米.
 * 5% and 5个百分点, 亩 and 公顷 are different things. */
#define UNIT_NAMES_MAX 5
size_t unit_others(struct text unit, struct text out[UNIT_NAMES_MAX]);

#endif
