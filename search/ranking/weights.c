/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures are differences of nDCG@10 on the development queries of stard (551 questions on 59,290
 * passages of statutes) and of replies (59 queries on 30 replies). Each was measured by changing one
 * number while its neighbours were near, not at, what they are now, so only a change beyond .003
 * says something. They were measured before the index had one namespace of terms (index format 2) and
 * before title, place and the like counted in a third of a word of the text; which parts carry what
 * since then, tests/bench/experiments.py --ablation shows. Milliseconds are of one warm process. */
#include "search/ranking/weights.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const struct weights WEIGHTS = {
    /* stard: k1 .8 and b .7 cost .002 to .003. replies: k1 .8 gains .005. */
    .bm25 = { .k1 = 1.2,
              .b = .9,
              .k3 = .5,
              /* names and signatures of ten characters outranked sentences: replies +.004, the
               * queries that name an agency +.01 to .03; stard -.001 at .5, -.008 at .7. With index
               * format 3, at 0, .2 and .4: stard .4177 .4185 .4142, drcd .2 -.0003, replies .2 -.001 */
              .shortest = .2 },
    /* stard: without characters -.016, characters at 1.3 +.001 (drcd -.001); words at .7 -.001; a
     * two-character word counted with its bigram, without a list of its own, +.001; sub-words of the query's
     * words .000, so they are not looked up. With the place that says most (near), characters at 1, 1.2,
     * 1.3, 1.4 and 1.6: stard .4401 .4420 .4406 .4401 .4384, replies .7499 .7512 .7513 .7516 .7517; drcd
     * and cmrc -.0007 at most */
    .word = .5,
    .subword = 0,
    .bigram = 1,
    .character = 1.2,
    /* replies: path 0, .5: -.001, -.003; title 0, .05, .1 and .3: .7363 .7403 .7418 .7428, stard .4185
     * .4167 .4152 .4109; agency 0, 1 and 2 -.001, +.003 and -.007 */
    .path = .2,
    .title = .05,
    .issuer = 1,
    /* no difference on the development queries, where the place's words stand in the issuer's name,
     * too; a place in the query and not in the agency's name has only this */
    .area = 1,
    .year = 1,
    /* Of 30 characters, at 0 (with near words counted as before: .3), .8, 1 and 1.2: stard .4417 .4427 .4417
     * .4406, drcd .9644 .9702 .9713 .9721, cmrc .9889 .9890 .9886 .9883, replies .7400 .7496 .7498
     * .7508; of 20, 25, 35, 40 and 60 characters no set more than .004 apart. Whatever the length of the text:
     * stard -.0035, replies -.010. A window that has a date or a number where the question asks for one
     * counting more: drcd +.0006. Neighbouring words within 12 characters, which this replaces, had
     * given stard +.001, drcd +.0007, replies -.0015 */
    .near = 1,
    .near_span = 30,
    /* Three characters of the query in a row, at .3 and .6: stard -.005 and -.009, drcd +.001, replies
     * -.004 and -.008: not built in. Nor is the share of the query's weight that a passage has, as a
     * factor: stard to the power of .1, .2 and .4 -.001, -.003 and -.009; nor how rare a word is in
     * general texts: +.000 and +.003 for words, -.004 for all (a prototype) */
    /* characters of a passage by its length in the index. stard: .3, .4, .43, .8 and 1 -.002, .000,
     * -.001, -.018 and -.037 */
    .characters = .4,
    /* replies: 0 -.005, .6 -.003, 1 .000 */
    .synonym = .8,
    /* .5, .8: recall at 100 on stard +.001 and +.002, on replies' questions +.024 both; nDCG@10 .000
     * and -.002. Only words that these texts use less than the official one: without that -.003 at
     * .8 */
    .everyday = .5,
    /* stard: .2 to .05 costs .000 and a third of the time; .02 costs .002 and a tenth. Characters are
     * counted in the candidates' text, so frequent ones cost nothing */
    .frequent = .05,
    .frequent_single = 1,
    /* Of 蓍的别名是什么 the index has no pair with 蓍. cmrc +.0005, stard -.0011 (two queries). .05 of what is not
     * in a pair: replies +.004, stard +.001, but of 收费, where no text has it, every 收 and 费 is found */
    .rare = .001,
    .frequent_least = 2000,
    /* They choose the candidates, whose text then counts for all terms. stard: 16, 24 and 64 .4135,
     * .4136 and .4144, recall at 300 of what is chosen .748, .752, .752, milliseconds 2.1, 2.35, 2.9 */
    .term_max = 16,
    /* stard: 150, 200, 300 and 600 .412, .413, .414 and .415, recall at 100 .700, .714, .724 and .737,
     * milliseconds of processor per query 2.3, 2.8, 3.4 and 5.7 */
    /* Chosen by text of its own length, too: stard 0, .5 and .9 .4121, .4132 and .4142, recall at 100
     * .697, .715 and .721, for the same time; 16, 24 and 40 terms .721, .717 and .719 */
    .candidate_b = .9,
    /* With the length of documents, 180, 190, 200, 240 and 300: stard .4402, .4417, .4417, .4417 and .4423,
     * recall at 100 .706, .705, .711, .719 and .730, the other sets the same; milliseconds of the median
     * question, on a quiet machine, 200 1.54, 240 1.92, 300 2.13. A page behind the first 190 is
     * ranked by itself, so recall is paid for there only */
    .candidates = 190,
    /* With the place that says most, 20 and 30: stard .4422 and .4420, recall at 100 .705 and .704, drcd -.0001,
     * cmrc and replies the same; before there was that, 20 had cost .001. Ten keyword queries, a median
     * of .59 and .70 ms */
    .candidates_per_term = 20,
    .candidates_least = 40,
    /* The parent document helps where passages are close (stard) and misleads where one stands out
     * (drcd). stard, drcd and replies: group 1 without peak .4136 .9629 .753; 1.5 with peak 1 .4163
     * .9637 .756; 2 with 2 .4175 .9645 .752; 2 with 3 .4155 .9662 .743. The best 5 instead of 3
     * -.000 -.001 -.002; a factor by the passage's own share of the best score gains .002 on drcd and
     * costs .01 of recall on stard and .005 on replies */
    .group = 2,
    .group_top = 3,
    .group_rank = 10,
    .group_peak = 2,
    .group_missing = 0,
    /* replies: the letterhead at .8 and the frame at .8 -.015, both at .4 for agencies +.10 */
    .heading = .5,
    .head = .5,
    .frame = .3,
    /* no development query asks in these words */
    .asked = .1,
    /* replies, which are of three years: .000 at .03 and .06 */
    .freshness = .03,
    /* stard (statutes of 1 to 1,260 articles): 0 -.0268 (p .0002, both halves alike), .08 from 50 .000,
     * .16 and .2 from 100 -.004; drcd -.0002 and -.0003; replies .000. The power .05 of the number instead: the
     * same on stard, drcd -.0025, where documents have a few paragraphs each. The passages beside one,
     * which might have something to add: stard -.008 and more at any weight, of either sign (a prototype) */
    .extent = .12,
    .extent_from = 100,
    /* stard has articles that several statutes share, and all answer: .1 .000, .15 -.001, .3 -.003;
     * replies .000 */
    .repeated = .1,
    .repeated_depth = 30,
};

static const struct {
    const char *name;
    size_t offset;
    bool whole;
} NUMBERS[] = {
    { "k1", offsetof(struct weights, bm25.k1), false },
    { "b", offsetof(struct weights, bm25.b), false },
    { "k3", offsetof(struct weights, bm25.k3), false },
    { "shortest", offsetof(struct weights, bm25.shortest), false },
    { "frame", offsetof(struct weights, frame), false },
    { "word", offsetof(struct weights, word), false },
    { "subword", offsetof(struct weights, subword), false },
    { "bigram", offsetof(struct weights, bigram), false },
    { "character", offsetof(struct weights, character), false },
    { "path", offsetof(struct weights, path), false },
    { "title", offsetof(struct weights, title), false },
    { "issuer", offsetof(struct weights, issuer), false },
    { "area", offsetof(struct weights, area), false },
    { "year", offsetof(struct weights, year), false },
    { "near", offsetof(struct weights, near), false },
    { "near_span", offsetof(struct weights, near_span), true },
    { "characters", offsetof(struct weights, characters), false },
    { "synonym", offsetof(struct weights, synonym), false },
    { "everyday", offsetof(struct weights, everyday), false },
    { "frequent", offsetof(struct weights, frequent), false },
    { "rare", offsetof(struct weights, rare), false },
    { "frequent_single", offsetof(struct weights, frequent_single), false },
    { "frequent_least", offsetof(struct weights, frequent_least), false },
    { "term_max", offsetof(struct weights, term_max), true },
    { "candidate_b", offsetof(struct weights, candidate_b), false },
    { "candidates", offsetof(struct weights, candidates), true },
    { "candidates_per_term", offsetof(struct weights, candidates_per_term), true },
    { "candidates_least", offsetof(struct weights, candidates_least), true },
    { "group", offsetof(struct weights, group), false },
    { "group_top", offsetof(struct weights, group_top), true },
    { "group_rank", offsetof(struct weights, group_rank), true },
    { "group_peak", offsetof(struct weights, group_peak), false },
    { "group_missing", offsetof(struct weights, group_missing), false },
    { "heading", offsetof(struct weights, heading), false },
    { "head", offsetof(struct weights, head), false },
    { "asked", offsetof(struct weights, asked), false },
    { "freshness", offsetof(struct weights, freshness), false },
    { "extent", offsetof(struct weights, extent), false },
    { "extent_from", offsetof(struct weights, extent_from), false },
    { "repeated", offsetof(struct weights, repeated), false },
    { "repeated_depth", offsetof(struct weights, repeated_depth), true },
};

enum status weights_set(struct weights *weights, const char *assignment, struct error *error)
{
    const char *mark = strchr(assignment, '=');
    size_t length = mark ? (size_t)(mark - assignment) : 0;
    char *end = NULL;
    double value = mark ? strtod(mark + 1, &end) : 0;
    if (!mark || end == mark + 1 || *end || !(value >= 0 && value <= 1e6))
        return error_set(error, STATUS_MISUSE, "a weight is name=number: \"%s\"", assignment);
    for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(*NUMBERS); i++) {
        if (strlen(NUMBERS[i].name) != length || strncmp(NUMBERS[i].name, assignment, length) != 0)
            continue;
        void *number = (char *)weights + NUMBERS[i].offset;
        if (NUMBERS[i].whole)
            *(unsigned *)number = (unsigned)value;
        else
            *(double *)number = value;
        return STATUS_OK;
    }
    return error_set(error, STATUS_MISUSE, "no such weight \"%s\"", assignment);
}
