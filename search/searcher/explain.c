/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a passage has the score that it has. Nothing is counted twice: the floors below are asked for
 * the same sums again, a term or a field at a time, and what a step adds is the difference that it
 * makes. So the parts are the ranking's own numbers, and add up to the score. */
#include <math.h>
#include <stdlib.h>

#include "search/ranking/field_score.h"
#include "search/ranking/match_build.h"
#include "search/searcher/search.h"

#define PART_LEAST 1e-9 /* less is rounding */

static const struct {
    enum field field;
    enum score_part_kind kind;
} FIELD_PARTS[] = {
    { FIELD_TITLE, PART_TITLE },   { FIELD_PATH, PART_PATH }, { FIELD_ISSUER, PART_ISSUER },
    { FIELD_AGENCY, PART_ISSUER }, { FIELD_AREA, PART_AREA }, { FIELD_YEAR, PART_YEAR },
};

struct explanation { /* of one result */
    struct search *search;
    const struct candidate *candidate;
    struct weights apart; /* each term by itself: nothing is near */
    struct score_part *parts;
    size_t count, capacity;
    double sum;
    enum status status;
};

static void add(struct explanation *explanation, enum score_part_kind kind, struct text of,
                double score)
{
    struct search *search = explanation->search;
    if (explanation->status || fabs(score) < PART_LEAST)
        return;
    if (!arena_grow(search->arena, &explanation->parts, explanation->count, &explanation->capacity,
                    sizeof(*explanation->parts))) {
        explanation->status = search_no_memory(search);
        return;
    }
    explanation->parts[explanation->count++] = (struct score_part) { kind, of, score };
    explanation->sum += score;
}

/* What the step adds that has led to `score`. */
static void add_rest(struct explanation *explanation, enum score_part_kind kind, double score)
{
    add(explanation, kind, TEXT(""), score - explanation->sum);
}

/* ---- the text ---- */

static double text_score(struct explanation *explanation, const struct plan *plan,
                         const struct weights *weights)
{
    struct search *search = explanation->search;
    struct text_scorer *scorer = search->searcher->scorer;
    if (!explanation->status)
        explanation->status =
            text_scorer_begin(scorer, plan, search->average_length * search->weights->characters,
                              weights, search->arena, search->error);
    return explanation->status ? 0
                               : text_scorer_score(scorer, explanation->candidate->passage.text);
}

/* The typed form and the other forms of a name are one part: the better counts. */
static void add_name(struct explanation *explanation, uint32_t name)
{
    const struct plan *plan = &explanation->search->plan;
    struct arena *arena = explanation->search->arena;
    struct plan part = { .terms = ARENA_ARRAY(arena, struct plan_term, plan->term_count + 1),
                         .others = ARENA_ARRAY(arena, struct plan_other, plan->other_count + 1) };
    if (!part.terms || !part.others) {
        explanation->status = search_no_memory(explanation->search);
        return;
    }
    struct text longest = TEXT("");
    for (size_t i = 0; i < plan->term_count; i++) {
        if (plan->terms[i].name != name)
            continue;
        part.terms[part.term_count++] = plan->terms[i];
        if (plan->terms[i].bare.length > longest.length)
            longest = plan->terms[i].bare;
    }
    for (size_t i = 0; i < plan->other_count; i++)
        if (plan->others[i].name == name)
            part.others[part.other_count++] = plan->others[i];
    if (!longest.length && part.other_count)
        longest = part.others[0].needle;
    add(explanation, PART_TERM, longest, text_score(explanation, &part, &explanation->apart));
}

static void add_text(struct explanation *explanation)
{
    struct plan *plan = &explanation->search->plan;
    uint32_t names = 0;
    for (size_t i = 0; i < plan->term_count; i++) {
        const struct plan_term *term = &plan->terms[i];
        const struct plan part = { .terms = &plan->terms[i], .term_count = 1 };
        names = term->name > names ? term->name : names;
        if (!term->name && term->telling)
            add(explanation, PART_TERM, term->bare,
                text_score(explanation, &part, &explanation->apart));
    }
    for (size_t i = 0; i < plan->other_count; i++)
        names = plan->others[i].name > names ? plan->others[i].name : names;
    for (uint32_t name = 1; name <= names; name++)
        add_name(explanation, name);
    add_rest(explanation, PART_NEAR, text_score(explanation, plan, explanation->search->weights));
}

/* ---- the fields ---- */

/* The term without its prefix, and which part it is. */
static struct text field_value(struct text term, enum score_part_kind *kind)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(FIELD_PARTS) / sizeof(*FIELD_PARTS); i++) {
        struct text prefix = text_of(FIELDS[FIELD_PARTS[i].field].prefix);
        if (text_starts_with(term, prefix) && prefix.length > longest) {
            longest = prefix.length;
            *kind = FIELD_PARTS[i].kind;
        }
    }
    return text_slice(term, longest, term.length - longest);
}

/* `match` adds this much to the candidate, times `scale`. */
static void add_field(struct explanation *explanation, const struct match *match, double scale)
{
    struct search *search = explanation->search;
    const struct plan part = { .fields = match_scale(match, scale, search->arena) };
    struct candidate one = *explanation->candidate;
    struct candidate_list list = { &one, 1 };
    one.weight = 0;
    if (!part.fields)
        explanation->status = search_no_memory(search);
    if (!explanation->status)
        explanation->status =
            field_score_add(&list, &part, search->searcher->reader, search->arena, search->error);
    enum score_part_kind kind = PART_TITLE;
    const struct match *first = match;
    while (first->kind != MATCH_TERM && first->child_count)
        first = first->children[0];
    struct text value = field_value(first->term, &kind);
    add(explanation, kind, value, one.weight);
}

/* What is a sum is taken apart; what is not is one part. */
static void add_fields(struct explanation *explanation, const struct match *match, double scale)
{
    bool sum = match->kind != MATCH_TERM && match->kind != MATCH_AND;
    if (!sum) {
        add_field(explanation, match, scale);
        return;
    }
    for (size_t i = 0; i < match->child_count; i++)
        add_fields(explanation, match->children[i],
                   match->kind == MATCH_SCALE ? scale * match->scale : scale);
}

/* ---- the order ---- */

/* The candidate's own weight by what kind of passage it is: as if there were no other. */
static double own_score(struct explanation *explanation, const struct candidate *candidate)
{
    struct search *search = explanation->search;
    struct weights alone = *search->weights;
    struct candidate one = *candidate;
    struct candidate_list list = { &one, 1 };
    alone.group = 0;
    if (!explanation->status)
        explanation->status = candidates_rank(&list, &alone, search->arena, search->error);
    return one.score;
}

/* What the other passages of the document add, which is the same for each of them; a heading that was
 * put behind its text has less, so it is the most that any of them has. Those of its block stand side
 * by side. */
static double group_score(struct explanation *explanation)
{
    const struct candidate_list *list = explanation->search->ranked;
    const struct candidate *candidate = explanation->candidate;
    const struct candidate *first = list->candidates + explanation->search->cited;
    const struct candidate *end = list->candidates + list->count, *other = candidate;
    double most = 0;
    while (other > first && other[-1].block == candidate->block)
        other--;
    for (; other < end && other->block == candidate->block; other++)
        if (other->group == candidate->group)
            most = fmax(most, other->score + other->repeated - own_score(explanation, other));
    return most;
}

static void explain(struct explanation *explanation)
{
    const struct search *search = explanation->search;
    const struct candidate *candidate = explanation->candidate;
    if (search->options->sort == SORT_DATE) {
        add(explanation, PART_INDEX, TEXT(""), candidate->score);
        return;
    }
    add_text(explanation);
    if (search->plan.fields && !explanation->status)
        add_fields(explanation, search->plan.fields, 1);
    double own = own_score(explanation, candidate);
    add_rest(explanation, PART_ROLE, own / candidate->freshness / candidate->extent);
    add_rest(explanation, PART_FRESHNESS, own / candidate->extent);
    add_rest(explanation, PART_EXTENT, own);
    bool cited = (size_t)(candidate - search->ranked->candidates) < search->cited;
    if (!cited)
        add(explanation, PART_DOCUMENT, TEXT(""), group_score(explanation));
    if (!cited)
        add(explanation, PART_REPEATED, TEXT(""), -candidate->repeated);
    add_rest(explanation, cited ? PART_CITATION : PART_ORDER, candidate->score);
}

static int by_size(const void *a, const void *b)
{
    const struct score_part *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return text_compare(left->of, right->of);
}

enum status search_explain(struct search *search, const struct candidate *candidate,
                           struct result *result)
{
    struct explanation explanation = { .search = search,
                                       .candidate = candidate,
                                       .apart = *search->weights };
    explanation.apart.near = 0;
    explain(&explanation);
    if (explanation.status)
        return explanation.status;
    if (explanation.count)
        qsort(explanation.parts, explanation.count, sizeof(*explanation.parts), by_size);
    result->parts = explanation.parts;
    result->part_count = explanation.count;
    return STATUS_OK;
}

const char *const SCORE_PART_NAMES[PART_COUNT] = {
    [PART_TERM] = "term",
    [PART_NEAR] = "near",
    [PART_TITLE] = "title",
    [PART_PATH] = "path",
    [PART_ISSUER] = "issuer",
    [PART_AREA] = "area",
    [PART_YEAR] = "year",
    [PART_ROLE] = "role",
    [PART_FRESHNESS] = "freshness",
    [PART_EXTENT] = "extent",
    [PART_DOCUMENT] = "document",
    [PART_ORDER] = "order",
    [PART_REPEATED] = "repeated",
    [PART_CITATION] = "citation",
    [PART_INDEX] = "index",
};
