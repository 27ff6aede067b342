/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verbs of the genre, which stand before what is counted (建成驿站12个) or end its name. Some as
 * often are the first half of a name: 补助资金, 办理时限. */
#ifndef DAFU_SEARCH_EXTRACT_VERBS_H
#define DAFU_SEARCH_EXTRACT_VERBS_H

#include "search/query/scan.h"

struct verb {
    size_t length;     /* bytes; 0: none */
    bool naming;       /* perhaps the first half of a name */
    bool joins;        /* it belongs to what is measured: 新增就业 */
    bool noun_follows; /* perhaps they are a name together: 稳岗返还|资金 */
};

/* The longest verb at `at`, which is a word and no part of a name, as 补助 of 补助标准, 覆盖 of
 * 覆盖率. */
struct verb verb_at(const struct scan_words *words, struct text text, size_t at);

/* 在校, 在岗 at `at`: part of a name. */
bool verb_places(struct text text, size_t at);

#endif
