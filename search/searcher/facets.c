/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exact counts: one pass over the matches counts the values of SLOT_FACETS, of which there is about
 * one per reply and role, and everything else is summed up from those. */
#include <stdlib.h>
#include <string.h>

#include "search/ranking/match_build.h"
#include "search/searcher/search.h"

#define NAMES_MAX 1000000 /* of a facet */

/* ---- names ---- */

static int by_hash(const void *a, const void *b)
{
    const struct facet_name *left = a, *right = b;
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

enum status searcher_facet_names(struct searcher *searcher, enum facet facet,
                                 const struct facet_names **out, struct error *error)
{
    struct facet_names *names = &searcher->names[facet];
    *out = names;
    if (names->read)
        return STATUS_OK;
    struct text *terms;
    size_t count;
    enum status status = index_reader_terms(searcher->reader, FIELDS[FACETS[facet].field].prefix,
                                            NAMES_MAX, &searcher->arena, &terms, &count, error);
    if (status)
        return status;
    struct facet_name *list = ARENA_ARRAY(&searcher->arena, struct facet_name, count + 1);
    if (!list)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        list[i] = (struct facet_name) { facet_hash(terms[i]), terms[i] };
    qsort(list, count, sizeof(*list), by_hash);
    *names = (struct facet_names) { list, count, true };
    return STATUS_OK;
}

static enum status name_of(struct search *search, enum facet facet, unsigned long long code,
                           struct text *out)
{
    const struct facet_name key = { code, { NULL, 0 } };
    const struct facet_names *names;
    struct facet_name *found = NULL;
    if (FACETS[facet].hashed) {
        enum status status = searcher_facet_names(search->searcher, facet, &names, search->error);
        if (status)
            return status;
        found = bsearch(&key, names->names, names->count, sizeof(key), by_hash);
    }
    *out = found ? arena_text(search->arena, found->name) : facet_name(facet, code, search->arena);
    return out->data ? STATUS_OK : search_no_memory(search);
}

/* ---- counts ---- */

struct tuple {
    struct facet_codes codes;
    uint32_t count;
};

struct tuple_list {
    struct tuple *tuples;
    size_t count;
};

/* Appends the values of what a request finds. */
static enum status count_request(struct search *search, const struct match_request *request,
                                 struct tuple_list *list)
{
    struct value_count *values = NULL;
    size_t count = 0;
    enum status status = index_reader_count(search->searcher->reader, request, SLOT_FACETS,
                                            search->arena, &values, &count, search->error);
    if (status)
        return status;
    struct tuple *tuples = ARENA_ARRAY(search->arena, struct tuple, list->count + count + 1);
    if (!tuples)
        return search_no_memory(search);
    if (list->count)
        memcpy(tuples, list->tuples, list->count * sizeof(*tuples));
    list->tuples = tuples;
    for (size_t i = 0; i < count; i++)
        if (facets_unpack(values[i].value, &tuples[list->count].codes))
            tuples[list->count++].count = values[i].count;
    return STATUS_OK;
}

/* Whether a passage was put before the others because it is cited. */
static enum status is_cited(void *context, uint32_t reply, struct text record, bool *accepted)
{
    const struct search *search = context;
    struct passage_record passage;
    enum status status = passage_record_decode(record, &passage, search->error);
    *accepted = false;
    for (size_t i = 0; i < search->cited && !status && !*accepted; i++) {
        const struct candidate *cited = &search->ranked->candidates[i];
        *accepted = cited->reply == reply && cited->passage.ordinal == passage.ordinal;
    }
    return status;
}

/* The cited passages that the words of the line do not find. */
static enum status count_cited(struct search *search, enum facet without, struct tuple_list *list)
{
    const struct match *match = NULL;
    struct match *others = match_group(MATCH_NOT, search->arena);
    others = match_add(others, search->plan.reference, search->arena);
    others = match_add(others, search->plan.match, search->arena);
    if (!others)
        return search_no_memory(search);
    enum status status = search_filtered(search, others, without, &match);
    if (status)
        return status;
    struct match_request request = search_request(search, match, false);
    request.cutoff = search->cutoff;
    request.accept = is_cited;
    request.needs_reply = true;
    return count_request(search, &request, list);
}

/* What a search finds; with a condition that only the text decides, by reading the texts. By date,
 * the cited replies are all there is. */
static enum status count_tuples(struct search *search, enum facet without, struct tuple_list *out)
{
    const struct match *match = NULL,
                       *found = search->only_cited ? search->plan.reference : search->plan.match;
    enum status status = search_filtered(search, found, without, &match);
    if (status)
        return status;
    struct match_request request = search_request(search, match, search->plan.condition != NULL);
    request.cutoff = search->cutoff;
    *out = (struct tuple_list) { NULL, 0 };
    status = count_request(search, &request, out);
    return status || !search->cited ? status : count_cited(search, without, out);
}

static int compare(unsigned long long a, unsigned long long b)
{
    return a < b ? -1 : a > b;
}

static int by_group(const void *a, const void *b)
{
    const struct tuple *left = a, *right = b;
    return compare(left->codes.group, right->codes.group);
}

static void sum_up(struct tuple_list *list, uint64_t *passages, uint64_t *replies)
{
    *passages = *replies = 0;
    qsort(list->tuples, list->count, sizeof(*list->tuples), by_group);
    for (size_t i = 0; i < list->count; i++) {
        *passages += list->tuples[i].count;
        *replies += i == 0 || by_group(&list->tuples[i], &list->tuples[i - 1]) != 0;
    }
}

struct pair { /* of one facet: by value, then by group */
    unsigned long long value, group;
    uint32_t count;
};

static int by_value(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    int order = compare(left->value, right->value);
    return order ? order : compare(left->group, right->group);
}

static int by_count(const void *a, const void *b)
{
    const struct facet_value *left = a, *right = b;
    if (left->passages != right->passages)
        return left->passages > right->passages ? -1 : 1;
    return text_compare(left->value, right->value);
}

static bool is_selected(const struct search *search, enum facet facet, struct text value)
{
    const struct search_filters *filters = search->options->filters;
    for (size_t i = 0; filters && i < filters->counts[facet]; i++)
        if (text_equal(filters->values[facet][i], value))
            return true;
    return false;
}

static enum status make_facet(struct search *search, enum facet facet,
                              const struct tuple_list *list, struct facet_counts *out)
{
    struct pair *pairs = ARENA_ARRAY(search->arena, struct pair, list->count + 1);
    struct facet_value *values = ARENA_ARRAY(search->arena, struct facet_value, list->count + 1);
    if (!pairs || !values)
        return search_no_memory(search);
    size_t pair_count = 0, count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct tuple *tuple = &list->tuples[i];
        if (tuple->codes.values[facet])
            pairs[pair_count++] =
                (struct pair) { tuple->codes.values[facet], tuple->codes.group, tuple->count };
    }
    qsort(pairs, pair_count, sizeof(*pairs), by_value);
    for (size_t i = 0; i < pair_count; i++) {
        if (i == 0 || pairs[i].value != pairs[i - 1].value) {
            enum status status = name_of(search, facet, pairs[i].value, &values[count].value);
            if (status)
                return status;
            values[count].selected = is_selected(search, facet, values[count].value);
            count++;
        }
        values[count - 1].passages += pairs[i].count;
        values[count - 1].replies += i == 0 || by_value(&pairs[i], &pairs[i - 1]) != 0;
    }
    qsort(values, count, sizeof(*values), by_count);
    size_t limit = search->options->facet_limit;
    *out = (struct facet_counts) { values, limit && limit < count ? limit : count, count };
    return STATUS_OK;
}

enum status search_count(struct search *search, struct result_list *out)
{
    const struct search_options *options = search->options;
    struct tuple_list all, wider;
    if (!options->facets && !options->exact_total)
        return STATUS_OK;
    enum status status = count_tuples(search, FACET_COUNT, &all);
    if (status)
        return status;
    sum_up(&all, &out->total, &out->replies);
    out->total_exact = true;
    for (int facet = 0; facet < FACET_COUNT && !status; facet++) {
        if (!(options->facets & FACET_BIT(facet)))
            continue;
        bool narrowed = options->filters && options->filters->counts[facet];
        if (narrowed)
            status = count_tuples(search, (enum facet)facet, &wider);
        if (!status)
            status = make_facet(search, (enum facet)facet, narrowed ? &wider : &all,
                                &out->facets[facet]);
    }
    return status;
}
