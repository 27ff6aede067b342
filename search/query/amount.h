/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An amount as others write it: 3.5亿元 is 35000万元 and 三亿五千万元, 1.2万户 is 12000户, 5% is
 * 百分之五, 12公里 is 12千米 and 12km. The value is the same to the last digit; 约 and 余 are left to the
 * text. */
#ifndef DAFU_SEARCH_QUERY_AMOUNT_H
#define DAFU_SEARCH_QUERY_AMOUNT_H

#include "indexer/base/arena.h"
#include "search/query/quantity.h"

#define AMOUNT_FORMS_MAX 12

/* Other forms of a quantity of normalised text, without the one that it has. False: no memory. */
bool amount_forms(struct text text, const struct quantity *quantity, struct arena *arena,
                  struct text out[AMOUNT_FORMS_MAX], size_t *count);

/* 3.5亿 at `at`, whatever it counts: a quantity without a unit. It has 万 or 亿, so that it is no year
 * and no code. */
bool amount_bare(struct text text, size_t at, struct quantity *out);

#endif
