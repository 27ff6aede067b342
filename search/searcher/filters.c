/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The filters of a search as a match. */
#include "indexer/base/cleanup.h"
#include "search/ranking/field_match.h"
#include "search/ranking/match_build.h"
#include "search/searcher/search.h"

enum status search_filters_add(struct search_filters *filters, enum facet facet, struct text value,
                               struct error *error)
{
    if (filters->counts[facet] == FILTER_VALUES_MAX)
        return error_set(error, STATUS_MISUSE, "more than %d values of %s", FILTER_VALUES_MAX,
                         FACETS[facet].name);
    filters->values[facet][filters->counts[facet]++] = value;
    return STATUS_OK;
}

static enum status fold(struct search *search, struct text value, struct text *out)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    enum status status = normalizer_fold(search->searcher->lexicon, value, &folded, search->error);
    if (status)
        return status;
    *out = arena_text(search->arena, text_trim(buffer_text(&folded)));
    return out->data ? STATUS_OK : search_no_memory(search);
}

static struct match *add_term(struct search *search, struct match *group, enum field field,
                              struct text value)
{
    struct text term = field_term(FIELDS[field].prefix, value, search->arena);
    return match_add(group, match_term(term, 1, search->arena), search->arena);
}

/* The name itself where the index has it, otherwise every name that it is a part of. */
static enum status add_name(struct search *search, enum facet facet, struct text value,
                            struct match **group)
{
    const struct facet_names *names;
    struct text part = { NULL, 0 };
    enum status status = fold(search, value, &part);
    if (!status)
        status = searcher_facet_names(search->searcher, facet, &names, search->error);
    if (status)
        return status;
    bool whole = false;
    for (size_t i = 0; i < names->count && !whole; i++)
        whole = text_equal(names->names[i].name, part);
    for (size_t i = 0; i < names->count; i++)
        if (whole ? text_equal(names->names[i].name, part)
                  : part.length && text_contains(names->names[i].name, part))
            *group = add_term(search, *group, FACETS[facet].field, names->names[i].name);
    return *group ? STATUS_OK : search_no_memory(search);
}

static const enum query_field QUERY_FIELD_OF[FACET_COUNT] = {
    [FACET_YEAR] = QUERY_FIELD_YEAR, [FACET_SESSION] = QUERY_FIELD_SESSION,
    [FACET_KIND] = QUERY_FIELD_KIND, [FACET_CLASS] = QUERY_FIELD_CLASS,
    [FACET_ROLE] = QUERY_FIELD_ROLE,
};

static enum status add_value(struct search *search, enum facet facet, struct text value,
                             struct match **group)
{
    const struct match *match = NULL;
    if (FACETS[facet].hashed)
        return add_name(search, facet, value, group);
    struct text folded = { NULL, 0 };
    enum status status = fold(search, value, &folded);
    if (!status)
        status = field_match(QUERY_FIELD_OF[facet], folded, search->searcher->analyzer,
                             search->arena, &match, search->error);
    if (!status && match)
        *group = match_add(*group, match, search->arena);
    if (!status && facet == FACET_SESSION) /* 政协16, of which no meeting is known */
        *group = add_term(search, *group, FIELD_SESSION, folded);
    if (!status && !match && facet != FACET_SESSION)
        return error_set(search->error, STATUS_MISUSE, "no such %s \"%.*s\"", FACETS[facet].name,
                         TEXT_ARG(value));
    if (!status && !*group)
        return search_no_memory(search);
    return status;
}

static enum status add_dates(struct search *search, struct match **all)
{
    const struct search_filters *filters = search->options->filters;
    const struct match *match = NULL;
    if (!filters->from.length && !filters->to.length)
        return STATUS_OK;
    struct text range =
        arena_printf(search->arena, "%.*s..%.*s", TEXT_ARG(filters->from), TEXT_ARG(filters->to));
    if (!range.data)
        return search_no_memory(search);
    enum status status = field_match(QUERY_FIELD_DATE, range, search->searcher->analyzer,
                                     search->arena, &match, search->error);
    if (!status && !match)
        return error_set(search->error, STATUS_MISUSE, "no such date \"%.*s\"", TEXT_ARG(range));
    if (!status)
        *all = match_add(*all, match, search->arena);
    return status;
}

enum status search_filtered(struct search *search, const struct match *match, enum facet without,
                            const struct match **out)
{
    const struct search_filters *filters = search->options->filters;
    *out = match;
    if (!filters)
        return STATUS_OK;
    struct match *all = match_add(match_group(MATCH_FILTER, search->arena), match, search->arena);
    enum status status = STATUS_OK;
    for (int facet = 0; facet < FACET_COUNT && !status; facet++) {
        if (!filters->counts[facet] || facet == (int)without)
            continue;
        struct match *any = match_group(MATCH_OR, search->arena);
        for (size_t i = 0; i < filters->counts[facet] && !status; i++)
            status = add_value(search, (enum facet)facet, filters->values[facet][i], &any);
        if (any && !any->child_count)
            any->kind = MATCH_NOTHING;
        all = match_add(all, any, search->arena);
    }
    if (!status)
        status = add_dates(search, &all);
    if (!status && !all)
        return search_no_memory(search);
    if (!status && all->child_count > 1)
        *out = all;
    return status;
}
