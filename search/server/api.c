/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/api.h"

#include <stdlib.h>

#include "search/output/result_json.h"
#include "search/server/found.h"

#define SNIPPET_CODEPOINTS 220 /* as on the command line */

enum status api_send(json_t *object, struct response *response, struct error *error)
{
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(8)) : NULL;
    json_decref(object);
    if (!text)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    response->type = RESPONSE_JSON;
    buffer_append(&response->body, text_of(text));
    buffer_append_byte(&response->body, '\n');
    free(text);
    return buffer_status(&response->body, error);
}

void api_failure(struct text name, struct text message, struct response *response)
{
    struct error error;
    api_send(json_pack("{s: {s: o, s: o}}", "error", "status", text_json(name), "message",
                       text_json(message)),
             response, &error);
}

/* "agency,year" or "all". */
static enum status read_facets(struct text names, unsigned *out, struct error *error)
{
    struct text rest = names, name;
    *out = 0;
    while (rest.length && text_split(&rest, TEXT(","), &name)) {
        enum facet facet;
        name = text_trim(name);
        if (text_equal(name, TEXT("all")))
            *out |= FACET_BIT(FACET_COUNT) - 1;
        else if (facet_find(name, &facet))
            *out |= FACET_BIT(facet);
        else
            return error_set(error, STATUS_MISUSE, "no facet \"%.*s\"", TEXT_ARG(name));
    }
    return STATUS_OK;
}

/* The counts with the search and its results. */
static json_t *search_json(const struct state *state, const struct result_list *list,
                           struct text suggestion)
{
    json_t *object = json_pack("{s: o, s: I, s: I}", "query", text_json(state->query), "offset",
                               (json_int_t)state->offset, "limit", (json_int_t)state->limit);
    json_t *counts = result_counts_json(list), *line = result_line_json(list, suggestion),
           *results = json_array();
    bool failed = json_object_update(object, line) || json_object_update(object, counts);
    for (size_t i = 0; i < list->count; i++)
        failed |= json_array_append_new(results, result_json(&list->results[i])) != 0;
    for (size_t i = 0; i < list->group_count; i++)
        failed |= json_array_append_new(results, result_group_json(&list->groups[i])) != 0;
    failed |= json_object_set_new(object, "results", results) != 0;
    json_decref(counts);
    json_decref(line);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static enum status search(struct call *call, bool results, struct response *response)
{
    struct state state;
    struct result_list list = { 0 };
    struct text suggestion = { NULL, 0 };
    struct search_options options = { .snippet_codepoints = SNIPPET_CODEPOINTS };
    struct text facets = request_get(call->request, TEXT("facets"));
    enum status status = state_read(call, results ? 10 : 0, PAGE_SIZE_MAX, &state);
    if (!status)
        status = read_facets(facets.length || results ? facets : TEXT("all"), &options.facets,
                             call->error);
    if (!status)
        status = request_count(call->request, "facet_limit", 1000, 20, &options.facet_limit,
                               call->error);
    if (status)
        return status;
    if (!results)
        state.limit = state.offset = 0;
    status = found_search(call, &state, options, &list, results ? &suggestion : NULL, response);
    return status ? status
                  : api_send(search_json(&state, &list, suggestion), response, call->error);
}

enum status api_search(struct call *call, struct response *response)
{
    return search(call, true, response);
}

enum status api_facets(struct call *call, struct response *response)
{
    return search(call, false, response);
}
