/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Candidates are ranked a block at a time, in the order of the index, and a block follows the one
 * before it: so the first page is the same whatever is asked for behind it. What a citation means
 * comes before all of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "search/ranking/citation.h"
#include "search/ranking/field_score.h"
#include "search/ranking/match_build.h"
#include "search/ranking/text_score.h"
#include "search/searcher/search.h"

#define CITED_MAX 2000 /* passages of replies that a citation may mean */
#define CANDIDATES_MAX (1 << 17)
#define ASK_EVERY 32    /* passages, whether to go on */
#define DATE_CUTOFF 0.5 /* of the best weight */

/* ---- from the index ---- */

/* Whether the text fulfils what the index alone cannot tell. Its memory is for this passage only:
 * any number may be looked at. */
static enum status decide(void *context, uint32_t document, struct text record, bool *accepted)
{
    struct search *search = context;
    struct searcher *searcher = search->searcher;
    struct passage_record passage;
    const struct reply_record *reply;
    enum status status = passage_record_decode(record, &passage, search->error);
    if (!status)
        status = normalizer_run(searcher->lexicon, passage.text, &searcher->text, search->error);
    if (!status && condition_needs_title(search->plan.condition)) {
        status = reply_cache_get(&search->replies, document, &reply, search->error);
        if (!status)
            status =
                normalizer_run(searcher->lexicon, reply->title, &searcher->title, search->error);
    }
    if (status)
        return status;
    *accepted = condition_decide(search->plan.condition, buffer_text(&searcher->text.text),
                                 buffer_text(&searcher->title.text)) != VERDICT_NO;
    return STATUS_OK;
}

struct match_request search_request(struct search *search, const struct match *match, bool checked)
{
    struct bm25 bm25 = search->weights->bm25;
    bm25.b = search->weights->candidate_b;
    return (struct match_request) {
        .match = match,
        .bm25 = bm25,
        .accept = checked ? decide : NULL,
        .needs_reply = checked && condition_needs_title(search->plan.condition),
        .context = search,
    };
}

static enum status fetch(struct search *search, const struct match *match, size_t count,
                         bool checked, struct candidate_list *out)
{
    const struct match *filtered = NULL;
    struct hit_list hits;
    enum status status = search_filtered(search, match, FACET_COUNT, &filtered);
    if (status)
        return status;
    struct match_request request = search_request(search, filtered, checked);
    request.limit = (uint32_t)count;
    request.cutoff = search->cutoff;
    request.by_date = search->cutoff >= 0;
    status = index_reader_search(search->searcher->reader, &request, search->arena, &hits,
                                 search->error);
    if (status)
        return status;
    search->estimated = hits.count < count ? hits.count : hits.matches_estimated;
    search->exact = hits.count < count || (hits.matches_exact && !checked);
    search->average_length = hits.average_length;
    return candidates_decode(&hits, search->arena, out, search->error);
}

/* Candidates are weighed anew, by all of their text. */
static enum status weigh(struct search *search, struct candidate_list *list)
{
    struct text_scorer *scorer = search->searcher->scorer;
    double average = search->average_length * search->weights->characters;
    enum status status = text_scorer_begin(scorer, &search->plan, average, search->weights,
                                           search->arena, search->error);
    for (size_t i = 0; i < list->count && !status; i++) {
        list->candidates[i].weight = text_scorer_score(scorer, list->candidates[i].passage.text);
        if (i % ASK_EVERY == 0)
            status = searcher_go_on(search->searcher, search->error);
    }
    return status ? status
                  : field_score_add(list, &search->plan, search->searcher->reader, search->arena,
                                    search->error);
}

/* ---- by relevance ---- */

static enum status rank_block(struct search *search, struct candidate_list *block)
{
    enum status status = weigh(search, block);
    if (status)
        return status;
    candidates_weigh_kind(block, &search->plan, search->weights);
    status = candidates_rank(block, search->weights, search->arena, search->error);
    return status
               ? status
               : candidates_demote_repeated(block, search->weights, search->arena, search->error);
}

/* Scores of a block stay below those of the block before it. */
static void lower_block(struct candidate_list *block, double ceiling)
{
    double best = block->count ? block->candidates[0].score : 0;
    double factor = best > ceiling ? ceiling / best : 1;
    for (size_t i = 0; i < block->count; i++)
        block->candidates[i].score = fmin(block->candidates[i].score * factor, ceiling);
}

/* The fewer terms choose the passages, the less is there to be found among those further down. */
static size_t block_size(const struct search *search)
{
    const struct weights *weights = search->weights;
    size_t size = 0;
    for (size_t i = 0; i < search->plan.term_count; i++)
        size += search->plan.terms[i].chosen ? weights->candidates_per_term : 0;
    size = size < weights->candidates_least ? weights->candidates_least : size;
    size = size > weights->candidates ? weights->candidates : size;
    return size ? size : 1;
}

static enum status rank_blocks(struct search *search, struct candidate_list *list)
{
    size_t size = block_size(search);
    enum status status = STATUS_OK;
    for (size_t start = 0; start < list->count && !status; start += size) {
        size_t left = list->count - start;
        struct candidate_list block = { list->candidates + start, left < size ? left : size };
        for (size_t i = 0; i < block.count; i++)
            block.candidates[i].block = (uint32_t)(start / size);
        status = rank_block(search, &block);
        if (!status && start)
            lower_block(&block, list->candidates[start - 1].score);
    }
    return status;
}

/* ---- a cited reply ---- */

static enum status cited_replies(struct search *search, const struct candidate_list *list,
                                 struct citation_reply **out, size_t *count)
{
    struct citation_reply *replies =
        ARENA_ARRAY(search->arena, struct citation_reply, list->count + 1);
    if (!replies)
        return search_no_memory(search);
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        uint32_t document = list->candidates[i].reply;
        size_t known = 0;
        while (known < *count && replies[known].document != document)
            known++;
        if (known < *count)
            continue;
        const struct reply_record *reply;
        enum status status = reply_cache_get(&search->replies, document, &reply, search->error);
        if (status)
            return status;
        replies[(*count)++] =
            (struct citation_reply) { document,      reply->id,    reply->session, reply->area,
                                      reply->issuer, reply->title, reply->date };
    }
    *out = replies;
    return STATUS_OK;
}

static bool has(const struct candidate_list *list, uint32_t docid)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->candidates[i].docid == docid)
            return true;
    return false;
}

/* The cited passages, then the others. */
static enum status prepend(struct search *search, const struct candidate_list *cited,
                           struct candidate_list *list)
{
    size_t total = cited->count + list->count;
    struct candidate *all = ARENA_ARRAY(search->arena, struct candidate, total + 1);
    if (!all)
        return search_no_memory(search);
    size_t count = search->cited = cited->count;
    if (count)
        memcpy(all, cited->candidates, count * sizeof(*all));
    for (size_t i = 0; i < list->count; i++)
        if (!has(cited, list->candidates[i].docid))
            all[count++] = list->candidates[i];
    *list = (struct candidate_list) { all, count };
    return STATUS_OK;
}

static enum status put_citation_first(struct search *search, struct candidate_list *list)
{
    struct candidate_list cited;
    struct citation_reply *replies = NULL;
    size_t reply_count = 0;
    uint64_t estimated = search->estimated;
    enum status status = fetch(search, search->plan.reference, CITED_MAX, false, &cited);
    search->estimated = estimated > search->estimated ? estimated : search->estimated;
    search->exact = false;
    if (!status)
        status = weigh(search, &cited);
    if (!status)
        status = cited_replies(search, &cited, &replies, &reply_count);
    double floor = list->count ? ceil(list->candidates[0].score) : 0;
    if (!status)
        status = citation_rank(&cited, &search->query.reference, replies, reply_count, floor,
                               search->searcher->lexicon, search->arena, search->error);
    return status ? status : prepend(search, &cited, list);
}

/* ---- by date ---- */

/* Passages that weigh next to nothing are not wanted, however new they are. */
static enum status find_by_date(struct search *search, const struct match *match, bool checked,
                                size_t count, struct candidate_list *out)
{
    struct candidate_list best;
    search->cutoff = -1;
    enum status status = fetch(search, match, 1, checked, &best);
    if (status)
        return status;
    search->cutoff = best.count ? best.candidates[0].weight * DATE_CUTOFF : 0;
    return fetch(search, match, count, checked, out);
}

static enum status candidates_by_date(struct search *search, size_t count,
                                      struct candidate_list *out)
{
    bool checked = search->plan.condition != NULL;
    enum status status = STATUS_OK;
    *out = (struct candidate_list) { 0 };
    if (search->plan.reference) {
        search->cutoff = 0; /* all of the cited replies is wanted */
        status = fetch(search, search->plan.reference, count, false, out);
    }
    search->only_cited = out->count > 0;
    if (!status && !out->count)
        status = find_by_date(search, search->plan.match, checked, count, out);
    return status;
}

/* ---- the door ---- */

enum status search_candidates(struct search *search, size_t wanted, struct candidate_list *out,
                              bool *all)
{
    size_t size = block_size(search), count = (wanted + size - 1) / size * size;
    count = count < size ? size : count > CANDIDATES_MAX ? CANDIDATES_MAX : count;
    enum status status;
    if (search->options->sort == SORT_DATE) {
        status = candidates_by_date(search, count, out);
        *all = !status && (out->count < count || count == CANDIDATES_MAX);
        return status;
    }
    search->cutoff = -1;
    status = fetch(search, search->plan.match, count, search->plan.condition != NULL, out);
    *all = !status && (out->count < count || count == CANDIDATES_MAX);
    if (!status)
        status = rank_blocks(search, out);
    if (!status && search->plan.reference)
        status = put_citation_first(search, out);
    return status;
}
