/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Short forms and the full forms they stand for, where a text defines them:
 *
 *   全称（以下简称“简称”）  全称，简称“简称”    said in so many words
 *   全称（简称）                               said by brackets alone
 *   市经信局关于…的答复 of 宁波市经济和信息化局  a title against its issuer
 *
 * Most brackets hold something else, and “以下简称条例” means another law in every reply. So a short
 * form must be written with characters of the full form in their order, nearly all of them first in
 * a word, must not stand in it as it is, and must not be made of words like 条例, 方案 or 公司 alone;
 * one that is given to several full forms is refused. */
#ifndef DAFU_BATCH_LEARN_PAIRS_H
#define DAFU_BATCH_LEARN_PAIRS_H

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"

enum pair_rule {
    PAIR_SAID,
    PAIR_BRACKETS,
    PAIR_ISSUER,
};
const char *pair_rule_name(enum pair_rule rule); /* "said", "brackets", "issuer" */

struct learned_pair {
    struct text full, brief; /* normalised */
    bool agency;
    enum pair_rule rule; /* the strongest */
    uint32_t occurrences, replies;
    struct text example; /* the words of the first place */
};

struct learn_pairs {
    const struct lexicon *lexicon;
    struct arena arena; /* what was found; one row an occurrence */
    struct found_pair *found;
    size_t count, capacity;
    struct normalized normalized;
    struct arena scratch;
};

void learn_pairs_init(struct learn_pairs *pairs, const struct lexicon *lexicon);
void learn_pairs_release(struct learn_pairs *pairs); /* CLEANUP-able */

/* Numbers of replies ascend. */
enum status learn_pairs_add_passage(struct learn_pairs *pairs, uint32_t reply, struct text passage,
                                    struct error *error);
enum status learn_pairs_add_reply(struct learn_pairs *pairs, uint32_t reply, struct text title,
                                  struct text issuer, struct error *error);

#define LEARNED_PAIRS_MAX 10000
/* By brief and full; the same texts give the same pairs. STATUS_LIMIT: more than the maximum. */
enum status learn_pairs_judge(struct learn_pairs *pairs, struct arena *arena,
                              struct learned_pair **out, size_t *count, struct error *error);

#endif
