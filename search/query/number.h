/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of normalised text without their unit: 2882.4, 三十六, 3亿5000万, 30多. */
#ifndef DAFU_SEARCH_QUERY_NUMBER_H
#define DAFU_SEARCH_QUERY_NUMBER_H

#include <stdint.h>

#include "indexer/base/text.h"

struct number {
    size_t end;
    double value;
    size_t digits; /* ASCII digits before a point; 0: written in Chinese */
    bool whole;    /* no point */
    bool small;    /* Chinese, below ten */
};

/* Digits at `at`: 12, 37.46; not 1.2.3. False with out->end behind what is no number. */
bool number_digits(struct text text, size_t at, struct number *out);

/* Digits, or 三十六, 两千三百, 一亿零五百万. A bare 百 or 万 at the start is no number. False with
 * out->end behind what is none. */
bool number_read(struct text text, size_t at, struct number *out);

/* A number with what multiplies it: 3亿5000万, 30万. *more: 余, 多 or 来 is part of it. */
bool number_amount(struct text text, size_t at, struct number *out, bool *more);

/* The value of one digit as Chinese has it, 两 included; -1: none. */
int number_chinese_digit(uint32_t codepoint);

/* Four digits that count as a year. */
bool number_is_year(const struct number *number);

#endif
