/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The match is evaluated here as the index would, for terms that are there or not: what each is
 * worth is its idf. */
#include "search/ranking/field_score.h"

#include <stdlib.h>

#include "search/ranking/terms.h"

#define TERMS_MAX 512 /* later ones add nothing */

struct field_score {
    struct text *terms;
    uint32_t *counts;
    double *idfs;
    size_t count;
    uint32_t *docids; /* ascending */
    size_t docid_count;
    bool *has;
};

static void collect(struct field_score *score, const struct match *match)
{
    if (match->kind == MATCH_TERM && score->count < TERMS_MAX)
        score->terms[score->count++] = match->term;
    for (size_t i = 0; i < match->child_count; i++)
        collect(score, match->children[i]);
}

/* `next` counts the terms in the order of `collect`. */
static double evaluate(const struct field_score *score, const struct match *match, size_t document,
                       size_t *next)
{
    if (match->kind == MATCH_TERM) {
        size_t term = (*next)++;
        return term < score->count && score->has[term * score->docid_count + document]
                   ? score->idfs[term]
                   : 0;
    }
    double sum = 0;
    bool every = true;
    for (size_t i = 0; i < match->child_count; i++) {
        double one = evaluate(score, match->children[i], document, next);
        every = every && one > 0;
        sum += one;
    }
    if (match->kind == MATCH_AND && !every)
        return 0;
    return match->kind == MATCH_SCALE ? sum * match->scale : sum;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

static enum status look_up(struct field_score *score, const struct candidate_list *list,
                           struct index_reader *reader, struct error *error)
{
    uint64_t passages = 0;
    for (size_t i = 0; i < list->count; i++)
        score->docids[i] = list->candidates[i].docid;
    qsort(score->docids, list->count, sizeof(*score->docids), by_number);
    enum status status = index_reader_statistics(reader, score->terms, score->count, score->counts,
                                                 &passages, error);
    for (size_t i = 0; i < score->count && !status; i++)
        score->idfs[i] = terms_idf(score->counts[i], passages);
    return status ? status
                  : index_reader_has(reader, score->docids, list->count, score->terms, score->count,
                                     score->has, error);
}

enum status field_score_add(struct candidate_list *list, const struct plan *plan,
                            struct index_reader *reader, struct arena *arena, struct error *error)
{
    if (!plan->fields || !list->count)
        return STATUS_OK;
    struct field_score score = { .terms = ARENA_ARRAY(arena, struct text, TERMS_MAX),
                                 .docids = ARENA_ARRAY(arena, uint32_t, list->count),
                                 .docid_count = list->count };
    if (score.terms)
        collect(&score, plan->fields);
    score.counts = ARENA_ARRAY(arena, uint32_t, score.count + 1);
    score.idfs = ARENA_ARRAY(arena, double, score.count + 1);
    score.has = ARENA_ARRAY(arena, bool, score.count * list->count + 1);
    if (!score.terms || !score.docids || !score.counts || !score.idfs || !score.has)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = look_up(&score, list, reader, error);
    for (size_t i = 0; i < list->count && !status; i++) {
        struct candidate *candidate = &list->candidates[i];
        const uint32_t *found =
            bsearch(&candidate->docid, score.docids, list->count, sizeof(*score.docids), by_number);
        size_t next = 0;
        candidate->weight += evaluate(&score, plan->fields, (size_t)(found - score.docids), &next);
    }
    return status;
}
