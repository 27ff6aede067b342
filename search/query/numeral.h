/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small numbers as people write them: 16, 十六, 第二十一, 一六. */
#ifndef DAFU_SEARCH_QUERY_NUMERAL_H
#define DAFU_SEARCH_QUERY_NUMERAL_H

#include "indexer/base/text.h"

/* Reads the whole text as a number below 10,000: ASCII digits, or Chinese numerals with units
 * (二十一, 一百零二) or as digits (二〇二六). False when it is none. */
bool numeral_read(struct text text, unsigned *value);

#endif
