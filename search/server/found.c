/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/found.h"

#include "search/server/outward.h"

#define FEW 3 /* passages: the line may have been meant otherwise */

enum status found_search(struct call *call, const struct state *state,
                         struct search_options options, struct result_list *out,
                         struct text *suggestion, struct response *response)
{
    options.offset = state->offset;
    options.limit = state->limit;
    options.filters = &state->filters;
    options.sort = state->sort;
    options.group = state->group;
    enum status status =
        searcher_search(call->searcher, state->query, &options, call->arena, out, call->error);
    if (!status)
        status = outward_list(call, out);
    if (status)
        return status;
    response->partial = out->missing && out->missing[0];
    if (!suggestion)
        return STATUS_OK;
    *suggestion = (struct text) { NULL, 0 };
    if (!out->suggest && out->total >= FEW)
        return STATUS_OK;
    return searcher_suggest(call->searcher, state->query, call->arena, suggestion, call->error);
}
