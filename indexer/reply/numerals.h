/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as replies write them: 16, １６, 十六, 二〇二四. All input is shadow text. */
#ifndef DAFU_REPLY_NUMERALS_H
#define DAFU_REPLY_NUMERALS_H

#include "indexer/base/arena.h"
#include "indexer/reply/patterns.h"

/* The value of the whole text, at most 999999; false when it is not a number. */
bool numeral_value(struct text shadow, int *value);

/* Full-width digits and letters as ASCII, blanks dropped: "ＤＨ０１２３" -> "DH0123". data is NULL
 * when out of memory. */
struct text numeral_fold(struct text text, struct arena *arena);

/* "YYYY-MM-DD" of a PATTERN_DATE match in `shadow`; empty when there is no such day; data is NULL
 * when out of memory. */
struct text numeral_date(const struct pattern_match *match, struct text shadow,
                         struct arena *arena);

#endif
