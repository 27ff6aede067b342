/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ages are in years before the newest candidate's, not before today: a search gives the same tomorrow. */
#include <math.h>

#include "search/ranking/courtesy.h"
#include "search/ranking/rerank.h"

#define FRAME_LENGTH_MAX 120 /* bytes: 40 Han characters */
#define HALF_LIFE 3          /* years in which half of what a new passage gains is gone */

/* A line without a sentence that belongs to no section: signature, date, print office. */
static bool is_frame(const struct passage_record *passage)
{
    static const struct text MARKS[] = { TEXT_INIT("。"), TEXT_INIT("，"), TEXT_INIT("；"),
                                         TEXT_INIT("！"), TEXT_INIT("？"), TEXT_INIT(". ") };
    if (passage->role != ROLE_OTHER || passage->text.length > FRAME_LENGTH_MAX)
        return false;
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++)
        if (text_contains(passage->text, MARKS[i]))
            return false;
    return true;
}

static double role_factor(const struct passage_record *passage, const struct courtesy *courtesy,
                          const struct plan *plan, const struct weights *weights)
{
    return !plan->courtesies && courtesy_only(courtesy, passage->text) ? weights->frame
           : passage->role == plan->asked                              ? 1 + weights->asked
           : passage->role == ROLE_HEADING                             ? weights->heading
           : passage->role == ROLE_HEAD                                ? weights->head
           : is_frame(passage)                                         ? weights->frame
                                                                       : 1;
}

static double freshness_factor(uint32_t year, uint32_t newest, const struct weights *weights)
{
    double age = year ? newest - year : HALF_LIFE;
    return newest ? 1 + weights->freshness * exp2(-age / HALF_LIFE) : 1;
}

/* A document that says much, a code of laws, a report, answers more questions than one that says
 * little, whatever its words: a prior by length (Kraaij, Westerveld, Hiemstra, SIGIR 2002; Singhal,
 * Buckley, Mitra, SIGIR 1996, for what BM25's length takes away). Of the larger document, for a
 * passage's own length says nothing of it. */
static double extent_factor(uint32_t passages, const struct weights *weights)
{
    return 1 + weights->extent * log1p(passages / weights->extent_from);
}

void candidates_weigh_kind(struct candidate_list *list, const struct plan *plan,
                           const struct weights *weights)
{
    uint32_t newest = 0;
    struct courtesy courtesy;
    courtesy_begin(&courtesy);
    for (size_t i = 0; i < list->count && plan->fresh; i++)
        newest = list->candidates[i].year > newest ? list->candidates[i].year : newest;
    for (size_t i = 0; i < list->count; i++) {
        struct candidate *candidate = &list->candidates[i];
        candidate->role = role_factor(&candidate->passage, &courtesy, plan, weights);
        candidate->freshness = freshness_factor(candidate->year, newest, weights);
        candidate->extent = extent_factor(candidate->passages, weights);
    }
}
