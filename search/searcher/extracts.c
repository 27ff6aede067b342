/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/extracts.h"

#include <stdlib.h>

#include "search/extract/commitments.h"
#include "search/extract/sentences.h"
#include "search/searcher/search.h"

#define WEIGHT_LEAST 0.3 /* of the best sentence's: less has only a common word of the query */

/* A piece of a passage: a sentence, or a figure in one. */
struct piece {
    const struct result *result;
    size_t start, length; /* of the sentence */
    double weight;        /* of the matched words in it */
    double score;
    size_t place; /* order of finding */
    struct figure figure;
};

struct piece_list { /* arena-held */
    struct piece *pieces;
    size_t count, capacity;
};

struct extraction {
    struct searcher *searcher;
    struct arena *arena;
    struct error *error;
    struct piece_list list;
};

static enum status no_memory(struct extraction *extraction)
{
    return error_set(extraction->error, STATUS_NO_MEMORY, "out of memory");
}

static double weight_in(const struct span_list *spans, size_t start, size_t end)
{
    double weight = 0;
    for (size_t i = 0; i < spans->count && spans->spans[i].start < end; i++)
        if (spans->spans[i].start + spans->spans[i].length > start)
            weight += spans->spans[i].weight;
    return weight;
}

static enum status add_piece(struct extraction *extraction, const struct result *result,
                             size_t start, size_t length, const struct figure *figure)
{
    struct piece_list *list = &extraction->list;
    if (!arena_grow(extraction->arena, &list->pieces, list->count, &list->capacity,
                    sizeof(*list->pieces)))
        return no_memory(extraction);
    struct piece *piece = &list->pieces[list->count];
    *piece = (struct piece) { .result = result, .start = start, .length = length };
    piece->place = list->count++;
    piece->weight = weight_in(&result->highlights, start, start + length);
    if (figure)
        piece->figure = *figure;
    return STATUS_OK;
}

static enum status take_commitments(struct extraction *extraction, const struct result *result)
{
    struct text text = result->passage.text;
    enum status status = STATUS_OK;
    for (size_t at = 0, end; at < text.length && !status; at = end) {
        end = sentence_end(text, at);
        struct text sentence = text_trim(text_slice(text, at, end - at));
        bool followed = text_trim(text_slice(text, end, text.length - end)).length > 0;
        if (commitment_is(sentence, result->passage.role) &&
            !commitment_is_heading(sentence, followed))
            status = add_piece(extraction, result, (size_t)(sentence.data - text.data),
                               sentence.length, NULL);
    }
    return status;
}

static enum status take_figures(struct extraction *extraction, const struct result *result)
{
    struct figure_list figures = { 0 };
    struct text text = result->passage.text;
    if (result->passage.role == ROLE_HEAD)
        return STATUS_OK;
    enum status status =
        figures_find(text, extraction->searcher->lexicon, &extraction->searcher->text,
                     extraction->arena, &figures, extraction->error);
    for (size_t i = 0; i < figures.count && !status; i++) {
        const struct figure *figure = &figures.figures[i];
        struct text sentence =
            text_trim(text_slice(text, figure->sentence_start, figure->sentence_length));
        status = add_piece(extraction, result, (size_t)(sentence.data - text.data), sentence.length,
                           figure);
    }
    return status;
}

/* ---- what is kept, in order ---- */

static int by_score(const void *a, const void *b)
{
    const struct piece *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->place < right->place ? -1 : left->place > right->place;
}

static int by_date(const void *a, const void *b)
{
    const struct piece *left = a, *right = b;
    int order = text_compare(right->result->reply.date, left->result->reply.date);
    return order ? order : by_score(a, b);
}

/* Sentences without words of the query go, unless none has any: then the query has no words. */
static void keep_telling(struct piece_list *list)
{
    double best = 0;
    for (size_t i = 0; i < list->count; i++)
        best = list->pieces[i].weight > best ? list->pieces[i].weight : best;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct piece *piece = &list->pieces[i];
        if (best > 0 && piece->weight < best * WEIGHT_LEAST)
            continue;
        piece->score = piece->result->score * (best > 0 ? piece->weight / best : 1);
        list->pieces[kept++] = *piece;
    }
    list->count = kept;
}

static bool is_same(const struct result *one, const struct result *other)
{
    return one->passage.ordinal == other->passage.ordinal &&
           text_equal(one->passage.reply, other->passage.reply);
}

static bool is_among(const struct result *result, const struct result *results, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_same(result, &results[i]))
            return true;
    return false;
}

static enum status search_passages(struct extraction *extraction, struct text line,
                                   const struct search_options *options, bool planned,
                                   struct result_list *out)
{
    struct search_filters filters = { 0 };
    struct search_options wide = { .limit = EXTRACT_PASSAGES,
                                   .weights = options->weights,
                                   .filters = options->filters };
    if (planned) {
        filters = options->filters ? *options->filters : filters;
        if (filters.counts[FACET_ROLE]) /* the user has chosen */
            return STATUS_OK;
        filters.values[FACET_ROLE][filters.counts[FACET_ROLE]++] =
            text_of(role_name(ROLE_COMMITMENT));
        wide.filters = &filters;
    }
    return searcher_search(extraction->searcher, line, &wide, extraction->arena, out,
                           extraction->error);
}

static enum status extract(struct extraction *extraction, struct text line,
                           const struct search_options *options, bool planned,
                           enum status (*take)(struct extraction *, const struct result *))
{
    struct result_list plans = { 0 }, all = { 0 };
    if (options->offset > SEARCH_LIMIT_MAX || options->limit > SEARCH_LIMIT_MAX - options->offset)
        return error_set(extraction->error, STATUS_LIMIT,
                         "offset and limit are at most %d together", SEARCH_LIMIT_MAX);
    enum status status =
        planned ? search_passages(extraction, line, options, true, &plans) : STATUS_OK;
    if (!status)
        status = search_passages(extraction, line, options, false, &all);
    for (size_t i = 0; i < plans.count && !status; i++)
        status = take(extraction, &plans.results[i]);
    for (size_t i = 0; i < all.count && !status; i++)
        if (!is_among(&all.results[i], plans.results, plans.count))
            status = take(extraction, &all.results[i]);
    if (status)
        return status;
    struct piece_list *list = &extraction->list;
    keep_telling(list);
    if (list->count)
        qsort(list->pieces, list->count, sizeof(*list->pieces),
              options->sort == SORT_DATE ? by_date : by_score);
    return STATUS_OK;
}

static size_t page(const struct piece_list *list, const struct search_options *options,
                   size_t *first)
{
    *first = options->offset < list->count ? options->offset : list->count;
    return list->count - *first < options->limit ? list->count - *first : options->limit;
}

enum status searcher_commitments(struct searcher *searcher, struct text line,
                                 const struct search_options *options, struct arena *arena,
                                 struct commitment_list *out, struct error *error)
{
    struct extraction extraction = { .searcher = searcher, .arena = arena, .error = error };
    enum status status = extract(&extraction, line, options, true, take_commitments);
    if (status)
        return status;
    size_t first, count = page(&extraction.list, options, &first);
    struct commitment *list = ARENA_ARRAY(arena, struct commitment, count + 1);
    if (!list)
        return no_memory(&extraction);
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = &extraction.list.pieces[first + i];
        struct text sentence = text_slice(piece->result->passage.text, piece->start, piece->length);
        list[i] = (struct commitment) {
            .rank = first + i + 1,
            .score = piece->score,
            .start = piece->start,
            .length = piece->length,
            .deadline = commitment_deadline(sentence),
            .passage = piece->result->passage,
            .reply = piece->result->reply,
        };
    }
    *out = (struct commitment_list) { list, count, extraction.list.count };
    return STATUS_OK;
}

/* 去年 is counted from the date of the reply. */
static void set_year(struct figure_result *result)
{
    unsigned long long year = 0;
    struct text date = result->reply.date;
    if (date.length >= 4 && !text_to_u64(text_slice(date, 0, 4), &year))
        year = 0;
    result->year_said =
        result->figure.time == FIGURE_YEAR || (result->figure.time != FIGURE_UNDATED && year > 0);
    result->year = result->figure.time == FIGURE_YEAR                ? result->figure.year
                   : result->figure.time == FIGURE_LAST_YEAR && year ? (unsigned)year - 1
                                                                     : (unsigned)year;
}

enum status searcher_figures(struct searcher *searcher, struct text line,
                             const struct search_options *options, struct arena *arena,
                             struct figure_result_list *out, struct error *error)
{
    struct extraction extraction = { .searcher = searcher, .arena = arena, .error = error };
    enum status status = extract(&extraction, line, options, false, take_figures);
    if (status)
        return status;
    size_t first, count = page(&extraction.list, options, &first);
    struct figure_result *list = ARENA_ARRAY(arena, struct figure_result, count + 1);
    if (!list)
        return no_memory(&extraction);
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = &extraction.list.pieces[first + i];
        list[i] = (struct figure_result) {
            .rank = first + i + 1,
            .score = piece->score,
            .figure = piece->figure,
            .passage = piece->result->passage,
            .reply = piece->result->reply,
        };
        set_year(&list[i]);
    }
    *out = (struct figure_result_list) { list, count, extraction.list.count };
    return STATUS_OK;
}
