/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Candidates by the rarest pairs of characters of each passage, so that one copied paragraph in a
 * long draft is found, too; then the whole text of the best is compared. */
#include "search/searcher/similar.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "search/extract/overlap.h"
#include "search/ranking/match_build.h"
#include "search/searcher/reply_view.h"
#include "search/searcher/search.h"

#define PAIRS_MAX 20000            /* different ones of a draft */
#define PASSAGE_PAIRS 24           /* of a passage that look for candidates */
#define PASSAGE_HITS 40            /* passages that each of them brings */
#define PASSAGES_ASKED 200         /* of a draft */
#define REPLY_BYTES_MAX (4U << 20) /* of a reply that is compared */

struct pair { /* of Han characters */
    uint64_t key;
    double weight; /* square of its idf */
    bool known;    /* some passage of the index has it */
    bool shared;   /* with the reply at hand */
};

struct comparison {
    struct searcher *searcher;
    const struct similar_options *options;
    struct arena *arena;
    struct error *error;
    struct text exclude;
    const struct text *passages;
    size_t passage_count;
    struct content draft;
    struct pair *pairs; /* ascending by key */
    size_t pair_count;
    double total; /* of their weights */
    struct similar_list *out;
};

static enum status no_memory(struct comparison *comparison)
{
    return error_set(comparison->error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- pairs ---- */

/* 0: not two Han characters side by side. */
static uint64_t key_at(const struct content *content, size_t at)
{
    if (at + 1 >= content->count)
        return 0;
    uint32_t first = content->characters[at].codepoint,
             second = content->characters[at + 1].codepoint;
    bool near = content->characters[at + 1].start == content->characters[at].end;
    return near && utf8_is_han(first) && utf8_is_han(second) ? (uint64_t)first << 32 | second : 0;
}

static int by_key(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    return left->key < right->key ? -1 : left->key > right->key;
}

static struct text pair_term(uint64_t key, struct arena *arena)
{
    char bytes[8];
    size_t length = utf8_encode((uint32_t)(key >> 32), bytes);
    length += utf8_encode((uint32_t)key, bytes + length);
    return field_term(field_text_prefix(TOKEN_BIGRAM), (struct text) { bytes, length }, arena);
}

static enum status weigh_pairs(struct comparison *comparison)
{
    struct text *terms = ARENA_ARRAY(comparison->arena, struct text, comparison->pair_count + 1);
    uint32_t *counts = ARENA_ARRAY(comparison->arena, uint32_t, comparison->pair_count + 1);
    uint64_t passages;
    if (!terms || !counts)
        return no_memory(comparison);
    for (size_t i = 0; i < comparison->pair_count; i++) {
        terms[i] = pair_term(comparison->pairs[i].key, comparison->arena);
        if (!terms[i].data)
            return no_memory(comparison);
    }
    enum status status =
        index_reader_statistics(comparison->searcher->reader, terms, comparison->pair_count, counts,
                                &passages, comparison->error);
    for (size_t i = 0; i < comparison->pair_count && !status; i++) {
        double idf = log(1 + ((double)passages - counts[i] + 0.5) / (counts[i] + 0.5));
        comparison->pairs[i].weight = idf > 0 ? idf * idf : 0;
        comparison->pairs[i].known = counts[i] > 0;
        comparison->total += comparison->pairs[i].weight;
    }
    return status;
}

static enum status read_pairs(struct comparison *comparison)
{
    const struct content *draft = &comparison->draft;
    comparison->pairs = ARENA_ARRAY(comparison->arena, struct pair, draft->count + 1);
    if (!comparison->pairs)
        return no_memory(comparison);
    size_t count = 0;
    for (size_t i = 0; i < draft->count; i++)
        if (key_at(draft, i))
            comparison->pairs[count++].key = key_at(draft, i);
    qsort(comparison->pairs, count, sizeof(*comparison->pairs), by_key);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < PAIRS_MAX; i++)
        if (i == 0 || comparison->pairs[i].key != comparison->pairs[i - 1].key)
            comparison->pairs[kept++] = comparison->pairs[i];
    comparison->pair_count = kept;
    if (kept == 0)
        return error_set(comparison->error, STATUS_EMPTY, "no text to compare");
    return weigh_pairs(comparison);
}

static struct pair *find_pair(const struct comparison *comparison, uint64_t key)
{
    const struct pair wanted = { .key = key };
    return key ? bsearch(&wanted, comparison->pairs, comparison->pair_count, sizeof(wanted), by_key)
               : NULL;
}

/* ---- candidates ---- */

struct candidate_reply {
    uint32_t document;
    double weight;
};

struct candidate_replies {
    struct candidate_reply *replies;
    size_t count, capacity;
};

static int by_weight(const void *a, const void *b)
{
    const struct candidate_reply *left = a, *right = b;
    if (left->weight != right->weight)
        return left->weight > right->weight ? -1 : 1;
    return left->document < right->document ? -1 : left->document > right->document;
}

static int heavier(const void *a, const void *b)
{
    const struct pair *const *left = a, *const *right = b;
    if ((*left)->weight != (*right)->weight)
        return (*left)->weight > (*right)->weight ? -1 : 1;
    return (*left)->key < (*right)->key ? -1 : (*left)->key > (*right)->key;
}

/* An OR of the rarest pairs of a passage that the index has; NULL: none, or out of memory. */
static const struct match *passage_match(struct comparison *comparison, size_t start, size_t end)
{
    struct pair **found = ARENA_ARRAY(comparison->arena, struct pair *, end - start + 1);
    struct match *any = match_group(MATCH_OR, comparison->arena);
    size_t count = 0;
    for (size_t i = start; found && i < end; i++) {
        found[count] = find_pair(comparison, key_at(&comparison->draft, i));
        count += found[count] && found[count]->known;
    }
    if (!count)
        return NULL;
    qsort(found, count, sizeof(*found), heavier);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < PASSAGE_PAIRS; i++) {
        if (i && found[i] == found[i - 1])
            continue;
        struct text term = pair_term(found[i]->key, comparison->arena);
        any = match_add(any, match_term(term, 1, comparison->arena), comparison->arena);
        kept++;
    }
    return any;
}

static enum status add_hit(struct comparison *comparison, struct candidate_replies *out,
                           const struct hit *hit)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->replies[i].document == hit->reply) {
            out->replies[i].weight += hit->weight;
            return STATUS_OK;
        }
    if (!arena_grow(comparison->arena, &out->replies, out->count, &out->capacity,
                    sizeof(*out->replies)))
        return no_memory(comparison);
    out->replies[out->count++] = (struct candidate_reply) { hit->reply, hit->weight };
    return STATUS_OK;
}

/* Each passage of the draft speaks for the replies that have its pairs, the best most. */
static enum status ask(struct comparison *comparison, size_t start, size_t end,
                       struct candidate_replies *out)
{
    const struct match *match = passage_match(comparison, start, end);
    const struct search_options options = { .filters = comparison->options->filters };
    struct search search = { .searcher = comparison->searcher,
                             .options = &options,
                             .arena = comparison->arena,
                             .error = comparison->error };
    struct hit_list hits;
    if (!match)
        return STATUS_OK;
    enum status status = search_filtered(&search, match, FACET_COUNT, &match);
    struct match_request request = { .match = match, .bm25 = WEIGHTS.bm25, .limit = PASSAGE_HITS };
    if (!status)
        status = index_reader_search(comparison->searcher->reader, &request, comparison->arena,
                                     &hits, comparison->error);
    if (status)
        return status;
    for (size_t i = 0; i < hits.count && !status; i++)
        status = add_hit(comparison, out, &hits.hits[i]);
    return status;
}

static enum status find_candidates(struct comparison *comparison, struct candidate_replies *out)
{
    const struct content *draft = &comparison->draft;
    enum status status = STATUS_OK;
    size_t asked = 0;
    for (size_t start = 0, end; start < draft->count && !status && asked < PASSAGES_ASKED;
         start = end + 1) {
        for (end = start; draft->characters[end].codepoint;)
            end++;
        if (end - start >= SHARED_RUN_LEAST) {
            status = ask(comparison, start, end, out);
            asked++;
        }
    }
    if (!status && out->count)
        qsort(out->replies, out->count, sizeof(*out->replies), by_weight);
    return status;
}

/* ---- one reply against the draft ---- */

static bool is_text(const struct passage_record *passage)
{
    return passage->role != ROLE_HEAD;
}

static double score(struct comparison *comparison, const struct content *reply)
{
    double sum = 0;
    for (size_t i = 0; i < comparison->pair_count; i++)
        comparison->pairs[i].shared = false;
    for (size_t i = 0; i < reply->count; i++) {
        struct pair *pair = find_pair(comparison, key_at(reply, i));
        if (!pair || pair->shared)
            continue;
        pair->shared = true;
        sum += pair->weight;
    }
    return comparison->total > 0 ? sum / comparison->total : 0;
}

static struct text_span span_of(const struct content *content, size_t at, size_t length)
{
    size_t start = content->characters[at].start, end = content->characters[at + length - 1].end;
    return (struct text_span) { start, end - start, (double)length };
}

static bool is_one_of(struct text mark, const struct text *marks)
{
    for (size_t i = 0; marks[i].length; i++)
        if (text_equal(mark, marks[i]))
            return true;
    return false;
}

/* The marks around shared characters are shared, too, where both texts have the same: what opens
 * before them, and what closes or ends a clause behind them. */
static void widen(struct text draft, struct text passage, struct shared_place *place)
{
    static const struct text OPENING[] = { TEXT_INIT("（"), TEXT_INIT("《"), TEXT_INIT("“"),
                                           TEXT_INIT("「"), TEXT_INIT("〔"), TEXT_INIT("("),
                                           TEXT_INIT("") };
    static const struct text CLOSING[] = {
        TEXT_INIT("）"), TEXT_INIT("》"), TEXT_INIT("”"),  TEXT_INIT("」"),
        TEXT_INIT("〕"), TEXT_INIT(")"),  TEXT_INIT("，"), TEXT_INIT("。"),
        TEXT_INIT("；"), TEXT_INIT("："), TEXT_INIT("、"), TEXT_INIT("！"),
        TEXT_INIT("？"), TEXT_INIT("%"),  TEXT_INIT("％"), TEXT_INIT(""),
    };
    struct text_span *a = &place->draft, *b = &place->passage;
    while (a->start && b->start) {
        size_t from = utf8_boundary(draft, a->start - 1),
               other = utf8_boundary(passage, b->start - 1);
        struct text mark = text_slice(draft, from, a->start - from);
        if (!is_one_of(mark, OPENING) ||
            !text_equal(mark, text_slice(passage, other, b->start - other)))
            break;
        a->length += mark.length;
        b->length += mark.length;
        a->start = from;
        b->start = other;
    }
    for (size_t end = a->start + a->length; end < draft.length; end = a->start + a->length) {
        struct text mark = text_slice(draft, end, utf8_length((unsigned char)draft.data[end]));
        size_t other = b->start + b->length;
        if (!is_one_of(mark, CLOSING) ||
            !text_starts_with(text_slice(passage, other, passage.length - other), mark))
            break;
        a->length += mark.length;
        b->length += mark.length;
    }
}

static int by_characters(const void *a, const void *b)
{
    const struct similar_overlap *left = a, *right = b;
    if (left->characters != right->characters)
        return left->characters > right->characters ? -1 : 1;
    if (left->draft_passage != right->draft_passage)
        return left->draft_passage < right->draft_passage ? -1 : 1;
    return left->passage.ordinal < right->passage.ordinal
               ? -1
               : left->passage.ordinal > right->passage.ordinal;
}

/* Runs of the same two passages together. */
static enum status make_overlaps(struct comparison *comparison, const struct shared_runs *runs,
                                 const struct content *reply,
                                 const struct passage_record *const *records,
                                 struct similar_reply *out)
{
    struct arena *arena = comparison->arena;
    struct similar_overlap *overlaps = ARENA_ARRAY(arena, struct similar_overlap, runs->count + 1);
    size_t *capacities = ARENA_ARRAY(arena, size_t, runs->count + 1);
    if (!overlaps || !capacities)
        return no_memory(comparison);
    size_t count = 0;
    for (size_t i = 0; i < runs->count; i++) {
        const struct shared_run *run = &runs->runs[i];
        size_t draft = comparison->draft.characters[run->first].passage, at = 0;
        const struct passage_record *record = records[reply->characters[run->second].passage];
        while (at < count && (overlaps[at].draft_passage != draft ||
                              overlaps[at].passage.ordinal != record->ordinal))
            at++;
        if (at == count)
            overlaps[count++] =
                (struct similar_overlap) { .draft_passage = draft, .passage = *record };
        if (!arena_grow(arena, &overlaps[at].places, overlaps[at].place_count, &capacities[at],
                        sizeof(struct shared_place)))
            return no_memory(comparison);
        struct shared_place *place = &overlaps[at].places[overlaps[at].place_count++];
        *place = (struct shared_place) { span_of(&comparison->draft, run->first, run->length),
                                         span_of(reply, run->second, run->length) };
        widen(comparison->passages[draft], record->text, place);
        overlaps[at].characters += run->length;
    }
    qsort(overlaps, count, sizeof(*overlaps), by_characters);
    out->overlaps = overlaps;
    out->overlap_count =
        count < comparison->options->overlaps ? count : comparison->options->overlaps;
    return STATUS_OK;
}

static enum status compare(struct comparison *comparison, uint32_t document,
                           struct similar_reply *out)
{
    struct reply_view view;
    struct content reply;
    struct shared_runs runs;
    struct arena *arena = comparison->arena;
    enum status status =
        searcher_reply_now(comparison->searcher, document, arena, &view, comparison->error);
    if (status)
        return status;
    struct text *texts = ARENA_ARRAY(arena, struct text, view.count + 1);
    const struct passage_record **records =
        ARENA_ARRAY(arena, const struct passage_record *, view.count + 1);
    if (!texts || !records)
        return no_memory(comparison);
    size_t count = 0, bytes = 0;
    for (size_t i = 0; i < view.count && bytes < REPLY_BYTES_MAX; i++)
        if (is_text(&view.passages[i])) {
            records[count] = &view.passages[i];
            texts[count++] = view.passages[i].text;
            bytes += view.passages[i].text.length;
        }
    status = content_read(texts, count, comparison->searcher->lexicon, &comparison->searcher->text,
                          arena, &reply, comparison->error);
    if (!status)
        status = overlap_find(&comparison->draft, &reply, arena, &runs, comparison->error);
    if (status)
        return status;
    size_t shared = 0;
    for (size_t i = 0; i < runs.count; i++)
        shared += runs.runs[i].length;
    *out = (struct similar_reply) { .score = score(comparison, &reply),
                                    .copied = (double)shared / (double)comparison->draft.letters,
                                    .reply = view.reply };
    return make_overlaps(comparison, &runs, &reply, records, out);
}

static int by_likeness(const void *a, const void *b)
{
    const struct similar_reply *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return text_compare(left->reply.id, right->reply.id);
}

static enum status run(void *context)
{
    struct comparison *comparison = context;
    struct candidate_replies candidates = { 0 };
    comparison->total = 0;
    enum status status = content_read(comparison->passages, comparison->passage_count,
                                      comparison->searcher->lexicon, &comparison->searcher->text,
                                      comparison->arena, &comparison->draft, comparison->error);
    if (!status)
        status = read_pairs(comparison);
    if (!status)
        status = find_candidates(comparison, &candidates);
    if (status)
        return status;
    size_t count = candidates.count < SIMILAR_COMPARED ? candidates.count : SIMILAR_COMPARED;
    struct similar_reply *replies = ARENA_ARRAY(comparison->arena, struct similar_reply, count + 1);
    if (!replies)
        return no_memory(comparison);
    size_t compared = 0;
    for (size_t i = 0; i < count && !status; i++) {
        status = compare(comparison, candidates.replies[i].document, &replies[compared]);
        if (!status && !text_equal(replies[compared].reply.id, comparison->exclude))
            compared++;
    }
    if (status)
        return status;
    count = compared;
    qsort(replies, count, sizeof(*replies), by_likeness);
    size_t kept = 0;
    while (kept < count && kept < comparison->options->limit &&
           replies[kept].score >= comparison->options->least) {
        replies[kept].rank = kept + 1;
        kept++;
    }
    *comparison->out = (struct similar_list) { replies, kept };
    return STATUS_OK;
}

enum status searcher_similar(struct searcher *searcher, const struct text *passages,
                             size_t passage_count, const struct similar_options *options,
                             struct arena *arena, struct similar_list *out, struct error *error)
{
    struct comparison comparison = { .searcher = searcher,
                                     .options = options,
                                     .arena = arena,
                                     .error = error,
                                     .passages = passages,
                                     .passage_count = passage_count,
                                     .out = out };
    return searcher_run(searcher, run, &comparison, error);
}

enum status searcher_similar_to(struct searcher *searcher, struct text id,
                                const struct similar_options *options, struct arena *arena,
                                struct text **passages, size_t *passage_count,
                                struct similar_list *out, struct error *error)
{
    struct reply_view view;
    enum status status = searcher_reply(searcher, id, arena, &view, error);
    if (status)
        return status;
    struct text *texts = ARENA_ARRAY(arena, struct text, view.count + 1);
    if (!texts)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    size_t count = 0;
    for (size_t i = 0; i < view.count; i++)
        if (is_text(&view.passages[i]))
            texts[count++] = view.passages[i].text;
    struct comparison comparison = { .searcher = searcher,
                                     .options = options,
                                     .arena = arena,
                                     .error = error,
                                     .exclude = id,
                                     .passages = texts,
                                     .passage_count = count,
                                     .out = out };
    *passages = texts;
    *passage_count = count;
    return searcher_run(searcher, run, &comparison, error);
}
