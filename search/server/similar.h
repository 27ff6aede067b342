/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies about the same matter as a reply. */
#ifndef DAFU_SEARCH_SERVER_SIMILAR_H
#define DAFU_SEARCH_SERVER_SIMILAR_H

#include "search/searcher/searcher.h"

#define SIMILAR_MAX 20

/* What finds best what the reply's subject (or title) says, without the reply itself: groups with
 * their best passage, ranks from 1. */
enum status similar_find(struct searcher *searcher, const struct reply_record *reply, size_t limit,
                         struct arena *arena, struct result_list *out, struct error *error);

#endif
