/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The search of a request, for its page, its API and its export. */
#ifndef DAFU_SEARCH_SERVER_FOUND_H
#define DAFU_SEARCH_SERVER_FOUND_H

#include "search/server/state.h"

/* Searches for what the state says, with the rest of the options, as it may go out. `suggestion`:
 * what the query may have been meant to be, where there is reason to ask, otherwise data NULL; NULL:
 * it is not asked. A response without some shard is marked partial. */
enum status found_search(struct call *call, const struct state *state,
                         struct search_options options, struct result_list *out,
                         struct text *suggestion, struct response *response);

#endif
