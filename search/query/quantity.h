/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number with its unit in normalised text: 2882.4亿元, 37.46万家, 三十六项, 百分之五, 5至8秒,
 * 6.5个百分点, 3亿5000万元, 45公里/小时. What has no unit is no quantity: numbers of telephones,
 * documents, articles and proposals, years and dates, codes, and numbers within names (5g, pm2.5,
 * “1+3+n”, 《…》). */
#ifndef DAFU_SEARCH_QUERY_QUANTITY_H
#define DAFU_SEARCH_QUERY_QUANTITY_H

#include "indexer/base/text.h"

struct quantity {
    size_t start, end; /* bytes, unit included */
    double low, high;  /* equal, unless it is a range; 万 and 亿 multiplied */
    bool more;         /* 余, 多, 以上 */
    bool about;        /* 左右 */
    bool less;         /* 以内, 以下 */
    bool grows;        /* 翻番 */
    struct text unit;  /* "元", "家", "%", "公里/小时" */
    bool counts;       /* the unit counts things whose name may follow: 家, 个 */
};

/* Reads at `at`; on false *next says where to go on. */
bool quantity_read(struct text text, size_t at, struct quantity *out, size_t *next);

/* A year at `at` (2025年, 2023—2025年): the offset behind it and the (last) year; 0: none. */
size_t quantity_year(struct text text, size_t at, unsigned *year);

#endif
