/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What makes a reply this reply and no other, and whether two are one: the same reply as a page
 * and as a PDF, or put in two folders.
 *
 * Compared are the texts of the passages (without the head, whose lines a page may show or not)
 * as sets of shingles of five characters, letters and digits only, normalised; their figures, as a
 * multiset; and what the metadata say. Two replies are one when
 *  - nothing that both of them say of themselves differs: document number, proposal number,
 *    session, subject, addressee, kind of letter, date of signing or printing, agency (the short
 *    name of an agency is no difference);
 *  - neither has a figure where the other has another one: last year's answer with this year's
 *    figures is another reply, however little else has changed;
 *  - they share nine tenths of their shingles (Jaccard), with all figures the same; or, under one
 *    document number, eight tenths, and one may have figures that the other lacks.
 * Texts of fewer than SHAPE_CODEPOINTS_MIN characters are never taken for one: that little is
 * common to many. When in doubt both stay. */
#ifndef DAFU_BATCH_SHAPE_H
#define DAFU_BATCH_SHAPE_H

#include "indexer/analysis/lexicon.h"
#include "indexer/analysis/record.h"
#include "indexer/batch/sketch.h"

#define SHAPE_SHINGLE 5
#define SHAPE_CODEPOINTS_MIN 100

enum shape_fact {
    FACT_NUMBER,    /* 发文字号 */
    FACT_PROPOSAL,  /* without leading zeros */
    FACT_BODY,      /* 政协, 人大 */
    FACT_SESSION,   /* 届-次 */
    FACT_SUBJECT,
    FACT_ADDRESSEE,
    FACT_TYPE,      /* 答复, 会办意见 */
    FACT_DATE,      /* with its origin; not that of publication */
    FACT_COUNT,
};

struct hash_list {
    uint64_t *items;
    size_t count, capacity;
};

struct shape {
    struct text facts[FACT_COUNT]; /* normalised, letters and digits only; empty: not known */
    struct text issuer;
    struct hash_list shingles, figures; /* in the order of the text until they are compared */
    size_t codepoints;
    uint64_t content; /* digest of all of it */
    bool sorted;
};

/* From the stored records of a reply: its own, then those of its passages. Everything is in
 * `arena`. STATUS_CORRUPT, STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status shape_of_records(const struct text *records, size_t count,
                             const struct lexicon *lexicon, struct arena *arena, struct shape *out,
                             struct error *error);

/* reader: name of the reader that the reply came through; decides which of two sources is kept. */
void shape_sketch(const struct shape *shape, const char *reader, struct sketch *out);

/* Whether they are one reply. Sorts them. */
bool shape_equal(struct shape *a, struct shape *b);

/* Order in which sources are preferred: what declares its structure before what only shows it,
 * text before pictures. */
uint8_t source_rank(const char *reader);

#endif
