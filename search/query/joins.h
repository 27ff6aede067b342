/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a word goes on behind a blank: what stands there makes no sense by itself. `end` is where the
 * blanks begin, `at` where they end. */
#ifndef DAFU_SEARCH_QUERY_JOINS_H
#define DAFU_SEARCH_QUERY_JOINS_H

#include "search/query/fields.h"

/* 3.5 亿元, 120 平方米: the unit of a number. */
bool joins_unit(struct text line, size_t end, size_t at);

/* The value of a field, from `start` on: 文号:甬经信函[2026] 9号, 年份:2024 至 2026. */
bool joins_value(struct text line, enum query_field field, size_t start, size_t end, size_t at);

#endif
