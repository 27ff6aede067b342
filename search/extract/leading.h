/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words before a number say of it, in normalised text. Those with `at` read backwards from
 * *at and move it before what they have read. */
#ifndef DAFU_SEARCH_EXTRACT_LEADING_H
#define DAFU_SEARCH_EXTRACT_LEADING_H

#include "search/extract/figures.h"
#include "search/query/scan.h"

/* 约, 超过, 最高不超过 just before *at. */
enum figure_bound leading_bound(struct text text, size_t *at);

/* 至少配备, and of a share 不低于总投资的: a bound somewhere in the phrase, which lies from *at to
 * *end. */
enum figure_bound leading_bound_within(struct text phrase, bool share, size_t *at, size_t *end);

/* 每人每月; empty when none. */
struct text leading_rate(struct text text, size_t *at);

/* 增长: 1, 下降了: -1; 0: none. */
int leading_direction(struct text text, size_t *at);

/* 同比, 较上年, 比2020年 at the end of the clause before a change; empty when none. */
struct text leading_basis(struct text clause, const struct scan_words *words);

/* 高于全省平均水平: what a distance is measured from begins at *at; 1, -1, or 0: none. */
int leading_distance(struct text phrase, size_t *at);

/* 减少碳排放: the phrase begins with what is done; 1, -1, or 0. */
int leading_verb(struct text phrase);

#endif
