/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/state.h"

#include "search/server/html.h"

/* ---- reading ---- */

static enum status read_choice(const struct call *call, const char *name, const char *first,
                               const char *second, bool *is_second)
{
    struct text value = request_get(call->request, text_of(name));
    *is_second = text_equal(value, text_of(second));
    if (!value.length || *is_second || text_equal(value, text_of(first)))
        return STATUS_OK;
    return error_set(call->error, STATUS_MISUSE, "\"%s\" is %s or %s", name, first, second);
}

static enum status read_filters(const struct call *call, struct state *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < call->request->parameter_count && !status; i++) {
        const struct parameter *parameter = &call->request->parameters[i];
        for (int facet = 0; facet < FACET_COUNT && !status; facet++) {
            if (!text_equal(parameter->name, text_of(FACETS[facet].name)) ||
                !text_trim(parameter->value).length)
                continue;
            out->filter_count++;
            status = search_filters_add(&out->filters, (enum facet)facet,
                                        text_trim(parameter->value), call->error);
        }
    }
    out->filters.from = text_trim(request_get(call->request, TEXT("from")));
    out->filters.to = text_trim(request_get(call->request, TEXT("to")));
    out->filter_count += out->filters.from.length ? 1 : 0;
    out->filter_count += out->filters.to.length ? 1 : 0;
    return status;
}

enum status state_read(const struct call *call, size_t limit, size_t limit_max, struct state *out)
{
    *out = (struct state) { .query = request_get(call->request, TEXT("q")) };
    bool by_date = false;
    if (out->query.length > QUERY_BYTES_MAX)
        return error_set(call->error, STATUS_LIMIT, "the query is longer than %d bytes",
                         QUERY_BYTES_MAX);
    enum status status =
        request_count(call->request, "limit", limit_max, limit, &out->limit, call->error);
    if (!status)
        status = request_count(call->request, "offset", SEARCH_LIMIT_MAX - limit_max, 0,
                               &out->offset, call->error);
    if (!status)
        status = read_choice(call, "sort", "relevance", "date", &by_date);
    if (!status)
        status = read_choice(call, "group", "none", "reply", &out->group);
    out->sort = by_date ? SORT_DATE : SORT_RELEVANCE;
    return status ? status : read_filters(call, out);
}

/* ---- writing ---- */

static void pair(struct buffer *out, const char *name, struct text value)
{
    html_raw(out, out->length && out->data[out->length - 1] == '?' ? "" : "&amp;");
    html_raw(out, name);
    buffer_append_byte(out, '=');
    html_url(out, value);
}

static void values_of(const struct state *state, enum facet facet, const struct change *change,
                      struct buffer *out)
{
    bool toggled = change->toggles && change->facet == facet, was_there = false;
    for (size_t i = 0; i < state->filters.counts[facet] && !change->clears; i++) {
        struct text value = state->filters.values[facet][i];
        if (toggled && text_equal(value, change->value))
            was_there = true;
        else
            pair(out, FACETS[facet].name, value);
    }
    if (toggled && !was_there)
        pair(out, FACETS[facet].name, change->value);
}

void state_link(const struct state *state, const struct change *change, struct buffer *out)
{
    const struct change same = { .offset = &state->offset };
    const char *sort = state->sort == SORT_DATE ? "date" : "relevance";
    const char *group = state->group ? "reply" : "none";
    change = change ? change : &same;
    sort = change->sort ? change->sort : sort;
    group = change->group ? change->group : group;
    buffer_append_byte(out, '?');
    pair(out, "q", state->query);
    for (int facet = 0; facet < FACET_COUNT; facet++)
        values_of(state, (enum facet)facet, change, out);
    bool dates = !change->clears && !change->drops_dates;
    if (dates && state->filters.from.length)
        pair(out, "from", state->filters.from);
    if (dates && state->filters.to.length)
        pair(out, "to", state->filters.to);
    if (strcmp(sort, "date") == 0)
        pair(out, "sort", text_of(sort));
    if (strcmp(group, "reply") == 0)
        pair(out, "group", text_of(group));
    if (change->offset && *change->offset)
        buffer_printf(out, "&amp;offset=%zu", *change->offset);
}

static void field(struct buffer *out, const char *name, struct text value)
{
    html_raw(out, "<input type=\"hidden\" name=\"");
    html_raw(out, name);
    html_raw(out, "\" value=\"");
    html_text(out, value);
    html_raw(out, "\">");
}

void state_fields(const struct state *state, struct buffer *out)
{
    for (int facet = 0; facet < FACET_COUNT; facet++)
        for (size_t i = 0; i < state->filters.counts[facet]; i++)
            field(out, FACETS[facet].name, state->filters.values[facet][i]);
    if (state->filters.from.length)
        field(out, "from", state->filters.from);
    if (state->filters.to.length)
        field(out, "to", state->filters.to);
    if (state->sort == SORT_DATE)
        field(out, "sort", TEXT("date"));
    if (state->group)
        field(out, "group", TEXT("reply"));
}
