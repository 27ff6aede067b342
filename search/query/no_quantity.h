/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers that measure nothing, though a unit may follow: ordinals, telephones, the time of day, names,
 * ways of speaking. */
#ifndef DAFU_SEARCH_QUERY_NO_QUANTITY_H
#define DAFU_SEARCH_QUERY_NO_QUANTITY_H

#include "search/query/number.h"
#include "search/query/quantity.h"
#include "search/query/units.h"

/* What stands at `at` is within a name: 《…》, “1+3+n”. */
bool no_quantity_name(struct text text, size_t at);

/* By itself the number at `at` is none: 第3, 周三, a5, 2+1. */
bool no_quantity_number(struct text text, size_t at, const struct number *number);

/* With this unit at `place` behind it: 一家, 十分, 3时30分, 三部门, 电话28811818户. */
bool no_quantity_unit(struct text text, size_t at, const struct number *number, size_t place,
                      const struct unit *unit);

/* 80周岁以上老人, 24小时开放, 5年前: the number tells which ones are meant, or when. */
bool no_quantity_attribute(struct text text, const struct quantity *quantity);

#endif
