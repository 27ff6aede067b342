/* SPDX-License-Identifier: GPL-2.0-or-later */
/* query -> plan -> candidates -> what must occur -> ranking -> citation first -> results. */
#include "search/searcher/searcher.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/own_words.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/ranking/characters.h"
#include "search/ranking/citation.h"
#include "search/ranking/evidence.h"
#include "search/ranking/plan.h"
#include "search/ranking/rerank.h"
#include "search/ranking/romanized.h"
#include "search/searcher/reply_cache.h"

#define STALE_RETRIES 5
#define PLACES_MAX 20000 /* that a query is compared with */
#define CITED_MAX 2000   /* passages of replies that a citation may mean */

struct searcher {
    char *path;
    struct lexicon *lexicon;
    struct analyzer *analyzer;
    struct index_reader *reader;
    struct synonyms *synonyms;
    struct arena arena; /* of the index: its places */
    struct place_list places;
    struct normalized text, title; /* scratch */
};

struct search { /* one run */
    struct searcher *searcher;
    const struct search_options *options;
    const struct weights *weights;
    struct arena *arena;
    struct error *error;
    struct query query;
    struct plan plan;
    struct reply_cache replies;
    uint64_t estimated;
    double average_length;
};

/* The lexicon with the words that the index keeps over it. */
static enum status open_lexicon(struct searcher *searcher, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text words;
    enum status status = lexicon_open(NULL, &searcher->lexicon, error);
    if (!status)
        status = index_reader_words(searcher->reader, &arena, &words, error);
    if (!status)
        status = lexicon_add_words(searcher->lexicon, "words of the index", words, error);
    return status;
}

/* An index's own pairs may lie beside its database. */
static enum status open_synonyms(struct searcher *searcher, struct error *error)
{
    struct text path = arena_printf(&searcher->arena, "%s/%s", searcher->path, SEARCHER_SYNONYMS);
    if (!path.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return synonyms_open(path.data, searcher->lexicon, &searcher->synonyms, error);
}

static enum status read_places(struct searcher *searcher, struct error *error)
{
    arena_clear(&searcher->arena);
    return index_reader_terms(searcher->reader, FIELDS[FIELD_AREA].prefix, PLACES_MAX,
                              &searcher->arena, &searcher->places.places, &searcher->places.count,
                              error);
}

/* What depends on how the index was analysed. */
static enum status open_index(struct searcher *searcher, struct error *error)
{
    enum status status = index_reader_open(searcher->path, NULL, &searcher->reader, error);
    if (!status)
        status = open_lexicon(searcher, error);
    if (!status)
        status = index_reader_check(searcher->reader, searcher->path,
                                    lexicon_fingerprint(searcher->lexicon), error);
    if (!status)
        status = analyzer_new(searcher->lexicon, &searcher->analyzer, error);
    if (!status)
        status = open_synonyms(searcher, error);
    return status ? status : read_places(searcher, error);
}

static void close_index(struct searcher *searcher)
{
    index_reader_free(searcher->reader);
    analyzer_free(searcher->analyzer);
    lexicon_free(searcher->lexicon);
    synonyms_free(searcher->synonyms);
    arena_clear(&searcher->arena);
    searcher->synonyms = NULL;
    searcher->places = (struct place_list) { 0 };
    searcher->reader = NULL;
    searcher->analyzer = NULL;
    searcher->lexicon = NULL;
}

enum status searcher_open(const char *path, struct searcher **out, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = calloc(1, sizeof(*searcher));
    if (!searcher)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    arena_init(&searcher->arena, 0);
    normalized_init(&searcher->text);
    normalized_init(&searcher->title);
    searcher->path = strdup(path);
    if (!searcher->path)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = open_index(searcher, error);
    if (status)
        return status;
    *out = searcher;
    searcher = NULL;
    return STATUS_OK;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    close_index(searcher);
    arena_release(&searcher->arena);
    free(searcher->path);
    normalized_release(&searcher->text);
    normalized_release(&searcher->title);
    free(searcher);
}

void searcher_freep(struct searcher **searcher)
{
    searcher_free(*searcher);
}

static enum status no_memory(struct search *search)
{
    return error_set(search->error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- candidates ---- */

/* Whether the text fulfils what the index alone cannot tell. Its memory is for this passage only:
 * any number may be looked at. */
static enum status decide(void *context, struct text record, bool *accepted)
{
    struct search *search = context;
    struct searcher *searcher = search->searcher;
    struct passage_record passage;
    const struct reply_record *reply;
    enum status status = passage_record_decode(record, &passage, search->error);
    if (!status)
        status = normalizer_run(searcher->lexicon, passage.text, &searcher->text, search->error);
    if (!status && condition_needs_title(search->plan.condition)) {
        status = reply_cache_get(&search->replies, passage.reply, &reply, search->error);
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

static enum status fetch(struct search *search, const struct match *match, size_t count,
                         bool checked, struct candidate_list *out)
{
    struct match_request request = {
        .match = match,
        .bm25 = search->weights->bm25,
        .limit = (uint32_t)count,
        .collapse_slot = -1,
        .accept = checked ? decide : NULL,
        .context = search,
    };
    struct hit_list hits;
    enum status status = index_reader_search(search->searcher->reader, &request, search->arena,
                                             &hits, search->error);
    if (status)
        return status;
    search->estimated = hits.matches_estimated;
    search->average_length = hits.average_length;
    return candidates_decode(&hits, search->arena, out, search->error);
}

/* The same number of candidates for every page of results, so that pages fit together. */
static size_t candidate_count(const struct search *search)
{
    size_t wanted = search->options->offset + search->options->limit;
    size_t count = search->weights->candidates ? search->weights->candidates : 1;
    while (count < wanted)
        count *= 2;
    return count;
}

static enum status count_characters(struct search *search, struct candidate_list *list)
{
    return characters_add(list, &search->plan, search->average_length, search->weights,
                          search->searcher->lexicon, &search->searcher->text, search->arena,
                          search->error);
}

static enum status find_candidates(struct search *search, struct candidate_list *out)
{
    enum status status = fetch(search, search->plan.match, candidate_count(search),
                               search->plan.condition != NULL, out);
    if (!status)
        status = count_characters(search, out);
    return status ? status : candidates_rank(out, search->weights, search->arena, search->error);
}

/* ---- a cited reply ---- */

static enum status cited_replies(struct search *search, const struct candidate_list *list,
                                 struct citation_reply **out, size_t *count)
{
    struct citation_reply *replies =
        ARENA_ARRAY(search->arena, struct citation_reply, list->count + 1);
    if (!replies)
        return no_memory(search);
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct text id = list->candidates[i].passage.reply;
        size_t known = 0;
        while (known < *count && !text_equal(replies[known].id, id))
            known++;
        if (known < *count)
            continue;
        const struct reply_record *reply;
        enum status status = reply_cache_get(&search->replies, id, &reply, search->error);
        if (status)
            return status;
        replies[(*count)++] =
            (struct citation_reply) { id,           reply->session, reply->area, reply->issuer,
                                      reply->title, reply->date };
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
        return no_memory(search);
    size_t count = cited->count;
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
    if (!status)
        status = count_characters(search, &cited);
    if (!status)
        status = cited_replies(search, &cited, &replies, &reply_count);
    double floor = list->count ? ceil(list->candidates[0].score) : 0;
    if (!status)
        status = citation_rank(&cited, &search->query.reference, replies, reply_count, floor,
                               search->searcher->lexicon, search->arena, search->error);
    return status ? status : prepend(search, &cited, list);
}

/* ---- results ---- */

static int by_docno(const void *a, const void *b)
{
    const struct candidate *const *left = a, *const *right = b;
    int order = text_compare((*left)->passage.docno, (*right)->passage.docno);
    return order ? order : (*left < *right ? -1 : *left > *right);
}

/* Keeps the best passage of each docno. The list is in order, so a later address is a worse one. */
static enum status one_per_paragraph(struct search *search, struct candidate_list *list)
{
    struct candidate **order = ARENA_ARRAY(search->arena, struct candidate *, list->count + 1);
    if (!order)
        return no_memory(search);
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->candidates[i];
    qsort(order, list->count, sizeof(*order), by_docno);
    for (size_t i = 1; i < list->count; i++)
        if (text_equal(order[i]->passage.docno, order[i - 1]->passage.docno))
            order[i]->docid = 0; /* no document has this number */
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->candidates[i].docid)
            list->candidates[kept++] = list->candidates[i];
    list->count = kept;
    return STATUS_OK;
}

/* What is shown: words, and bigrams for what the two sides cut differently; a single character only
 * where it is all there is of a word of the query. The numbers and Latin words of a query are always
 * shown, however frequent. */
static bool is_shown(const struct plan_term *term)
{
    if (term->kind == TOKEN_NUMBER || term->kind == TOKEN_LATIN)
        return term->passages > 0;
    if (term->alone)
        return true;
    return term->kind != TOKEN_CHARACTER && term->weight > 0 && utf8_count(term->bare) > 1;
}

static enum status shown_terms(struct search *search, struct span_terms *out)
{
    const struct plan *plan = &search->plan;
    struct span_term *phrases = ARENA_ARRAY(search->arena, struct span_term, plan->other_count + 1);
    *out = (struct span_terms) {
        .terms = ARENA_ARRAY(search->arena, struct span_term, plan->term_count + 1),
        .phrases = phrases,
        .phrase_count = plan->other_count,
    };
    if (!out->terms || !phrases)
        return no_memory(search);
    for (size_t i = 0; i < plan->other_count; i++)
        phrases[i] = (struct span_term) { plan->others[i].needle, plan->others[i].weight };
    for (size_t i = 0; i < plan->term_count; i++)
        if (is_shown(&plan->terms[i]))
            out->terms[out->count++] =
                (struct span_term) { plan->terms[i].bare, plan->terms[i].weight };
    span_terms_sort(out);
    return STATUS_OK;
}

static enum status dress(struct search *search, const struct span_terms *terms,
                         struct result *result)
{
    const struct reply_record *reply;
    enum status status =
        reply_cache_get(&search->replies, result->passage.reply, &reply, search->error);
    if (status)
        return status;
    result->reply = *reply;
    status = spans_find(search->searcher->analyzer, terms, result->passage.text, search->arena,
                        &result->highlights, search->error);
    size_t width = search->options->snippet_codepoints;
    result->snippet =
        snippet_choose(result->passage.text, &result->highlights, width ? width : SIZE_MAX);
    return status;
}

static enum status make_results(struct search *search, const struct candidate_list *list,
                                struct result_list *out)
{
    const struct search_options *options = search->options;
    struct span_terms terms = { 0 };
    enum status status = options->bare ? STATUS_OK : shown_terms(search, &terms);
    size_t first = options->offset < list->count ? options->offset : list->count;
    size_t count = list->count - first < options->limit ? list->count - first : options->limit;
    struct result *results = ARENA_ARRAY(search->arena, struct result, count + 1);
    if (!status && !results)
        status = no_memory(search);
    for (size_t i = 0; i < count && !status; i++) {
        const struct candidate *candidate = &list->candidates[first + i];
        results[i].rank = first + i + 1;
        results[i].score = candidate->score;
        results[i].passage = candidate->passage;
        if (!options->bare)
            status = dress(search, &terms, &results[i]);
    }
    if (!status)
        *out = (struct result_list) { results, count, search->estimated, { NULL, 0 } };
    return status;
}

static enum status run(struct search *search, struct result_list *out)
{
    struct candidate_list list;
    const struct plan_sources sources = { search->searcher->analyzer, search->searcher->synonyms,
                                          &search->searcher->places, search->searcher->reader };
    reply_cache_init(&search->replies, search->searcher->reader, search->arena);
    enum status status = plan_make(&search->query, &sources, search->weights, search->arena,
                                   &search->plan, search->error);
    if (!status)
        status = find_candidates(search, &list);
    if (!status && search->plan.reference)
        status = put_citation_first(search, &list);
    if (!status && search->options->one_per_paragraph)
        status = one_per_paragraph(search, &list);
    return status ? status : make_results(search, &list, out);
}

static bool words_only(const struct query *query)
{
    for (const struct query_node *node = query->root->first; node; node = node->next)
        if (node->kind != QUERY_WORDS)
            return false;
    return !query->reference.kind;
}

static enum status search_once(struct search *search, struct text line, struct result_list *out)
{
    const struct lexicon *lexicon = search->searcher->lexicon;
    struct text read = { NULL, 0 };
    enum status status = query_parse(line, lexicon, search->arena, &search->query, search->error);
    if (!status && words_only(&search->query))
        status = romanized_read(line, lexicon, search->searcher->reader, search->arena, &read,
                                search->error);
    if (!status && read.data)
        status = query_parse(read, lexicon, search->arena, &search->query, search->error);
    if (!status)
        status = run(search, out);
    if (!status)
        out->read_as = read;
    return status;
}

/* The newest state; an index that was analysed again is opened anew, with its words. */
static enum status reopen(struct searcher *searcher, struct error *error)
{
    enum status status = index_reader_reopen(searcher->reader, error);
    if (!status)
        return read_places(searcher, error);
    if (status != STATUS_MISMATCH)
        return status;
    close_index(searcher);
    status = open_index(searcher, error);
    if (status)
        close_index(searcher); /* the next search tries again */
    return status;
}

enum status searcher_search(struct searcher *searcher, struct text line,
                            const struct search_options *options, struct arena *arena,
                            struct result_list *out, struct error *error)
{
    struct search search = {
        .searcher = searcher,
        .options = options,
        .weights = options->weights ? options->weights : &WEIGHTS,
        .arena = arena,
        .error = error,
    };
    if (options->offset > SEARCH_LIMIT_MAX || options->limit > SEARCH_LIMIT_MAX - options->offset)
        return error_set(error, STATUS_LIMIT, "offset and limit are at most %d together",
                         SEARCH_LIMIT_MAX);
    enum status status = searcher->reader ? STATUS_OK : open_index(searcher, error);
    if (!status)
        status = search_once(&search, line, out);
    for (int retry = 0; status == STATUS_STALE && retry < STALE_RETRIES; retry++) {
        status = reopen(searcher, error);
        if (!status)
            status = search_once(&search, line, out);
    }
    return status;
}

/* ---- when nothing was found ---- */

/* The words of a query without its marks and operators, and not those that are denied. */
static void plain_words(const struct query_node *node, struct buffer *out)
{
    if (node->kind == QUERY_NOT || node->kind == QUERY_FIELD)
        return;
    if (node->text.length && out->length)
        buffer_append_byte(out, ' ');
    buffer_append(out, node->text);
    for (const struct query_node *child = node->first; child; child = child->next)
        plain_words(child, out);
}

enum status searcher_suggest(struct searcher *searcher, struct text line, struct arena *arena,
                             struct text *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer plain = BUFFER_INIT;
    const struct search_options options = { .limit = 1, .bare = true };
    struct query query;
    struct result_list list = { 0 };
    *out = (struct text) { NULL, 0 };
    enum status status = query_parse(line, searcher->lexicon, arena, &query, error);
    if (status || words_only(&query))
        return status;
    plain_words(query.root, &plain);
    struct text words = arena_text(arena, buffer_text(&plain));
    if (!words.data || buffer_status(&plain, error))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (words.length == 0 || text_equal(words, line))
        return STATUS_OK;
    status = searcher_search(searcher, words, &options, arena, &list, error);
    if (!status && list.count)
        *out = words;
    return status;
}
