/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Building matches in an arena. A NULL among the arguments (no memory) gives NULL, so a long
 * construction is checked once at its end. */
#ifndef DAFU_SEARCH_RANKING_MATCH_BUILD_H
#define DAFU_SEARCH_RANKING_MATCH_BUILD_H

#include "indexer/base/arena.h"
#include "search/index/match.h"

struct match *match_group(enum match_kind kind, struct arena *arena);
struct match *match_add(struct match *group, const struct match *child, struct arena *arena);
struct match *match_term(struct text term, uint32_t frequency, struct arena *arena);
struct match *match_scale(const struct match *child, double scale, struct arena *arena);
struct match *match_two(enum match_kind kind, const struct match *first, const struct match *second,
                        struct arena *arena);

#endif
