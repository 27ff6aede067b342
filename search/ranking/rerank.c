/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence from the parent document: a passage counts more when other passages of its document
 * answer, too (passage-based retrieval; Callan, SIGIR 1994). */
#include "search/ranking/rerank.h"

#include <math.h>
#include <stdlib.h>

enum status candidates_decode(const struct hit_list *hits, struct arena *arena,
                              struct candidate_list *out, struct error *error)
{
    struct candidate_list list = { ARENA_ARRAY(arena, struct candidate, hits->count + 1), 0 };
    if (!list.candidates)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->hits[i];
        struct candidate *candidate = &list.candidates[list.count++];
        *candidate = (struct candidate) { .docid = hit->docid,
                                          .reply = hit->reply,
                                          .weight = hit->weight,
                                          .score = hit->weight,
                                          .role = 1,
                                          .freshness = 1,
                                          .extent = 1,
                                          .year = hit->year,
                                          .passages = hit->extent,
                                          .group = hit->group,
                                          .id = hit->id };
        enum status status = passage_record_decode(hit->record, &candidate->passage, error);
        if (status)
            return status;
    }
    *out = list;
    return STATUS_OK;
}

/* Of equal scores, as all are of a query that has no words, the order is by kind and age, then that of
 * the groups (digests of their ids), of the passages and their texts, not of the documents: in which
 * order files were read, and into which shards, shows nowhere. */
int candidate_compare(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    double one = left->role * left->freshness, other = right->role * right->freshness;
    if (one != other)
        return one > other ? -1 : 1;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    if (left->passage.ordinal != right->passage.ordinal)
        return left->passage.ordinal < right->passage.ordinal ? -1 : 1;
    int text = text_compare(left->passage.text, right->passage.text);
    text = text ? text : text_compare(left->id, right->id);
    if (text)
        return text;
    return left->docid < right->docid ? -1 : left->docid > right->docid;
}

/* By document, the best first within each. */
static int by_group(const void *a, const void *b)
{
    const struct candidate *const *left = a, *const *right = b;
    if ((*left)->group != (*right)->group)
        return (*left)->group < (*right)->group ? -1 : 1;
    return candidate_compare(*left, *right);
}

/* Adds the mean of the best passages to each of a document; a passage that did not become a
 * candidate counts a part of the weakest one that did. */
static void add_group(struct candidate **members, size_t count, double weakest, double factor,
                      const struct weights *weights)
{
    double sum = 0;
    for (size_t i = 0; i < weights->group_top; i++)
        sum += i < count ? members[i]->score : weakest * weights->group_missing;
    double mean = weights->group_top ? sum / weights->group_top : 0;
    for (size_t i = 0; i < count; i++)
        members[i]->score += factor * mean;
}

static int by_score_of(const void *a, const void *b)
{
    return candidate_compare(*(const struct candidate *const *)a, *(const struct candidate *const *)b);
}

/* The document matters where passages are close: not when one stands out by its own words. */
static double group_factor(struct candidate **order, size_t count, const struct weights *weights)
{
    if (count < 2)
        return weights->group;
    qsort(order, count, sizeof(*order), by_score_of);
    size_t rank = weights->group_rank < count ? weights->group_rank : count - 1;
    double best = order[0]->score, later = order[rank]->score;
    return best > 0 ? weights->group * pow(fmax(later, 0) / best, weights->group_peak) : 0;
}

static void add_groups(struct candidate **order, size_t count, const struct weights *weights)
{
    double weakest = count ? order[0]->score : 0;
    for (size_t i = 1; i < count; i++)
        weakest = order[i]->score < weakest ? order[i]->score : weakest;
    double factor = group_factor(order, count, weights);
    qsort(order, count, sizeof(*order), by_group);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && order[end]->group == order[start]->group;)
            end++;
        add_group(order + start, end - start, weakest, factor, weights);
    }
}

/* The heading's own line as it stands in the paths of the passages below it. */
static bool is_below(const struct candidate *passage, const struct candidate *heading)
{
    return passage->passage.role != ROLE_HEADING && passage->reply == heading->reply &&
           text_contains(passage->passage.path, text_trim(heading->passage.text));
}

/* A heading announces what stands below it: it comes after the best of that. `order` is sorted by
 * group, so its document's passages are its neighbours. */
static void lower_headings(struct candidate **order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (order[i]->passage.role != ROLE_HEADING)
            continue;
        size_t first = i, last = i;
        while (first > 0 && order[first - 1]->group == order[i]->group)
            first--;
        while (last + 1 < count && order[last + 1]->group == order[i]->group)
            last++;
        double best = 0;
        for (size_t j = first; j <= last; j++)
            if (is_below(order[j], order[i]) && order[j]->score > best)
                best = order[j]->score;
        if (best > 0 && order[i]->score >= best)
            order[i]->score = best * 0.999;
    }
}

enum status candidates_rank(struct candidate_list *list, const struct weights *weights,
                            struct arena *arena, struct error *error)
{
    struct candidate **order = ARENA_ARRAY(arena, struct candidate *, list->count + 1);
    if (!order)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < list->count; i++) {
        order[i] = &list->candidates[i];
        order[i]->score =
            order[i]->weight * order[i]->role * order[i]->freshness * order[i]->extent;
    }
    add_groups(order, list->count, weights);
    lower_headings(order, list->count);
    qsort(list->candidates, list->count, sizeof(*list->candidates), candidate_compare);
    return STATUS_OK;
}
