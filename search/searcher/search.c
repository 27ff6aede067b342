/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: query -> plan -> candidates -> results, alone or grouped by reply, and counts. */
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "search/ranking/romanized.h"
#include "search/searcher/search.h"

#define GROUP_PASSAGES 3

enum status search_no_memory(struct search *search)
{
    return error_set(search->error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- results ---- */

static bool same_paragraph(const struct candidate *a, const struct candidate *b)
{
    return a->reply == b->reply && a->passage.paragraph == b->passage.paragraph;
}

static int by_paragraph(const void *a, const void *b)
{
    const struct candidate *const *left = a, *const *right = b;
    if ((*left)->reply != (*right)->reply)
        return (*left)->reply < (*right)->reply ? -1 : 1;
    if ((*left)->passage.paragraph != (*right)->passage.paragraph)
        return (*left)->passage.paragraph < (*right)->passage.paragraph ? -1 : 1;
    return *left < *right ? -1 : *left > *right;
}

/* Keeps the best passage of each docno. The list is in order, so a later address is a worse one. */
static enum status one_per_paragraph(struct search *search, struct candidate_list *list)
{
    struct candidate **order = ARENA_ARRAY(search->arena, struct candidate *, list->count + 1);
    if (!order)
        return search_no_memory(search);
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->candidates[i];
    qsort(order, list->count, sizeof(*order), by_paragraph);
    for (size_t i = 1; i < list->count; i++)
        if (same_paragraph(order[i], order[i - 1]))
            order[i]->docid = 0; /* no document has this number */
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->candidates[i].docid)
            list->candidates[kept++] = list->candidates[i];
    list->count = kept;
    return STATUS_OK;
}

enum status search_name(struct search *search, struct result *result)
{
    const struct reply_record *reply;
    enum status status =
        reply_cache_get(&search->replies, result->reply_document, &reply, search->error);
    if (!status)
        status = reply_cache_name(&search->replies, reply, &result->passage, search->error);
    if (!status)
        result->reply = *reply;
    return status;
}

enum status search_dress(struct search *search, const struct span_terms *terms,
                         struct result *result)
{
    enum status status = searcher_go_on(search->searcher, search->error);
    if (!status)
        status = search_name(search, result);
    if (!status)
        status = spans_find(search->searcher->analyzer, terms, result->passage.text,
                            &search->searcher->scratch, search->arena, &result->highlights,
                            search->error);
    size_t width = search->options->snippet_codepoints;
    result->snippet =
        snippet_choose(result->passage.text, &result->highlights, width ? width : SIZE_MAX);
    return status;
}

static enum status make_result(struct search *search, const struct span_terms *terms,
                               const struct candidate *candidate, size_t rank, struct result *out)
{
    *out = (struct result) { .rank = rank,
                             .score = candidate->score,
                             .document = candidate->docid,
                             .reply_document = candidate->reply,
                             .passage = candidate->passage };
    enum status status =
        search->options->bare ? search_name(search, out) : search_dress(search, terms, out);
    return status || !search->options->explain ? status : search_explain(search, candidate, out);
}

static enum status make_results(struct search *search, const struct span_terms *terms,
                                const struct candidate_list *list, struct result_list *out)
{
    const struct search_options *options = search->options;
    size_t first = options->offset < list->count ? options->offset : list->count;
    size_t count = list->count - first < options->limit ? list->count - first : options->limit;
    out->results = ARENA_ARRAY(search->arena, struct result, count + 1);
    if (!out->results)
        return search_no_memory(search);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = make_result(search, terms, &list->candidates[first + i], first + i + 1,
                             &out->results[i]);
    out->count = count;
    return status;
}

/* ---- groups ---- */

struct group {
    struct candidate **members; /* in order */
    size_t count;
    size_t first; /* place of the best one */
};

static int by_group(const void *a, const void *b)
{
    const struct candidate *const *left = a, *const *right = b;
    if ((*left)->group != (*right)->group)
        return (*left)->group < (*right)->group ? -1 : 1;
    return *left < *right ? -1 : *left > *right;
}

static int by_first(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    return left->first < right->first ? -1 : left->first > right->first;
}

/* The groups in the order of their best passages. Of a group only passages of the block that it
 * begins in count, so that it is the same however many blocks were read. */
static enum status make_groups(struct search *search, const struct candidate_list *list,
                               struct group **out, size_t *count)
{
    struct candidate **order = ARENA_ARRAY(search->arena, struct candidate *, list->count + 1);
    struct group *groups = ARENA_ARRAY(search->arena, struct group, list->count + 1);
    if (!order || !groups)
        return search_no_memory(search);
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->candidates[i];
    qsort(order, list->count, sizeof(*order), by_group);
    *count = 0;
    for (size_t start = 0, end; start < list->count; start = end) {
        struct group *group = &groups[(*count)++];
        *group = (struct group) { order + start, 0, (size_t)(order[start] - list->candidates) };
        for (end = start; end < list->count && order[end]->group == order[start]->group; end++)
            group->count += order[end]->block == order[start]->block;
    }
    qsort(groups, *count, sizeof(*groups), by_first);
    *out = groups;
    return STATUS_OK;
}

static enum status show_group(struct search *search, const struct span_terms *terms,
                              const struct group *group, struct result_group *out)
{
    const struct search_options *options = search->options;
    size_t most = options->group_passages ? options->group_passages : GROUP_PASSAGES;
    out->count = group->count < most ? group->count : most;
    out->found = group->count;
    out->results = ARENA_ARRAY(search->arena, struct result, out->count + 1);
    enum status status = out->results ? STATUS_OK : search_no_memory(search);
    for (size_t i = 0; i < out->count && !status; i++)
        status = make_result(search, terms, group->members[i], i + 1, &out->results[i]);
    return status;
}

static enum status is_wanted(struct search *search, const struct group *group, bool *out)
{
    const struct reply_record *reply;
    *out = true;
    if (!search->options->wanted)
        return STATUS_OK;
    enum status status =
        reply_cache_get(&search->replies, group->members[0]->reply, &reply, search->error);
    *out = !status && search->options->wanted(search->options->context, reply);
    return status;
}

static enum status show_groups(struct search *search, const struct span_terms *terms,
                               const struct group *groups, size_t group_count,
                               struct result_list *out)
{
    const struct search_options *options = search->options;
    size_t first = options->offset < group_count ? options->offset : group_count;
    size_t count = group_count - first < options->limit ? group_count - first : options->limit;
    out->groups = ARENA_ARRAY(search->arena, struct result_group, count + 1);
    enum status status = out->groups ? STATUS_OK : search_no_memory(search);
    for (size_t i = first; i < first + count && !status; i++) {
        struct result_group *made = &out->groups[out->group_count];
        bool wanted;
        status = is_wanted(search, &groups[i], &wanted);
        if (status || !wanted)
            continue;
        made->rank = first + ++out->group_count;
        status = show_group(search, terms, &groups[i], made);
    }
    return status;
}

/* ---- one run ---- */

/* As many candidates as fill the page, and what they are grouped to. */
static enum status fill_page(struct search *search, struct candidate_list *list,
                             struct group **groups, size_t *group_count, bool *all)
{
    const struct search_options *options = search->options;
    size_t end = options->offset + options->limit, count = 0;
    enum status status = STATUS_OK;
    *all = false;
    for (size_t wanted = end; !status && !*all && (wanted == end || count < end); wanted *= 2) {
        status = search_candidates(search, wanted, list, all);
        if (!status && options->one_per_paragraph)
            status = one_per_paragraph(search, list);
        if (!status && options->group)
            status = make_groups(search, list, groups, group_count);
        count = options->group ? *group_count : list->count;
        if (wanted == 0)
            break;
    }
    return status;
}

static enum status run(struct search *search, struct result_list *out)
{
    struct candidate_list list = { 0 };
    struct group *groups = NULL;
    struct span_terms terms = { 0 };
    size_t group_count = 0;
    bool all = false;
    const struct plan_sources sources = { search->searcher->analyzer, search->searcher->synonyms,
                                          &search->searcher->places, search->searcher->reader };
    *out = (struct result_list) { 0 };
    reply_cache_init(&search->replies, search->searcher->reader, search->arena);
    enum status status = plan_make(&search->query, &sources, search->weights, search->arena,
                                   &search->plan, search->error);
    search->ranked = &list; /* cppcheck-suppress autoVariables ; looked at only until this returns */
    if (!status)
        status = fill_page(search, &list, &groups, &group_count, &all);
    if (!status && !search->options->bare)
        status = search_shown_terms(search, &terms);
    if (!status)
        status = search->options->group ? show_groups(search, &terms, groups, group_count, out)
                                        : make_results(search, &terms, &list, out);
    out->total = all ? list.count : search->estimated;
    out->total_exact = all || search->exact;
    out->replies = all && search->options->group ? group_count : 0;
    return status ? status : search_count(search, out);
}

bool query_is_words(const struct query *query)
{
    for (const struct query_node *node = query->root->first; node; node = node->next)
        if (node->kind != QUERY_WORDS)
            return false;
    return !query->reference.kind;
}

static bool lacks_terms(const struct plan *plan)
{
    for (size_t i = 0; i < plan->term_count; i++) {
        enum token_kind kind = plan->terms[i].kind;
        if (!plan->terms[i].passages && (kind == TOKEN_BIGRAM || kind == TOKEN_LATIN))
            return true;
    }
    return false;
}

enum status search_once(struct search *search, struct text line, struct result_list *out)
{
    const struct lexicon *lexicon = search->searcher->lexicon;
    struct text read = { NULL, 0 };
    enum status status = query_parse(line, lexicon, search->arena, &search->query, search->error);
    if (!status)
        status = search_refine(search);
    struct query_warnings warnings = search->query.warnings;
    if (!status && query_is_words(&search->query))
        status = romanized_read(line, lexicon, search->searcher->reader, search->arena, &read,
                                search->error);
    if (!status && read.data)
        status = query_parse(read, lexicon, search->arena, &search->query, search->error);
    if (!status)
        status = run(search, out);
    if (!status) {
        out->read_as = read;
        out->warnings = warnings;
        out->suggest = !read.data && query_is_words(&search->query) && lacks_terms(&search->plan);
    }
    return status;
}
