/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of symbols that are words which the lexicon lacks, with the evidence.
 *
 * What is asked of a term: it is cut by no word of the segmenter's (its ends are ends of words);
 * its parts attract one another (pointwise mutual information at its weakest joint; Church &
 * Hanks, Computational Linguistics 16:1, 1990); what stands left and right of it varies (branching
 * entropy; Huang & Powers 2003, Jin & Tanaka-Ishii, COLING/ACL 2006); it occurs often enough, in
 * more than one reply unless it stands in quotation marks, by which official prose marks its
 * terms; and it has the form of a term of official prose (learn_rules.h). The same text gives the
 * same terms in the same order. */
#ifndef DAFU_BATCH_LEARN_TERMS_H
#define DAFU_BATCH_LEARN_TERMS_H

#include "indexer/batch/learn_suffixes.h"

struct learned_term {
    struct text term; /* normalised */
    double score;
    uint32_t frequency;      /* occurrences */
    uint32_t passages;       /* distinct ones */
    uint32_t replies;        /* distinct ones */
    uint32_t quoted;         /* occurrences that fill quotation marks */
    double association;      /* PMI, natural logarithm */
    double left, right;      /* branching entropy, natural logarithm */
    struct text examples[2]; /* with some text around, from different places */
};

struct learned_terms {          /* arena-held */
    struct learned_term *terms; /* by descending score */
    size_t count, capacity;
};

enum status learn_terms(const struct learn_suffixes *suffixes, struct arena *arena,
                        struct learned_terms *out, struct error *error);

#endif
