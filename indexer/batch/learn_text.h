/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text that new terms are looked for in: one row of symbols, with what is known about each
 * place. A symbol is a Han character or an atom of letters (5g, pm2.5); numbers, marks, line ends
 * and the ends of passages are breaks, which no term reaches over.
 *
 * Memory: 3 bytes a symbol, at most LEARN_SYMBOLS_MAX of them; what does not fit is left out and
 * counted. */
#ifndef DAFU_BATCH_LEARN_TEXT_H
#define DAFU_BATCH_LEARN_TEXT_H

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"

#define LEARN_SYMBOLS_MAX ((size_t)64 << 20)
#define LEARN_ALPHABET_MAX 0xFFFF

#define LEARN_BREAK 0 /* as symbol */

enum {
    PLACE_WORD = 1,  /* a word of the segmenter's best path begins here */
    PLACE_OPEN = 2,  /* an opening quotation mark stands before */
    PLACE_CLOSE = 4, /* a closing one behind */
    PLACE_TITLE = 8, /* the marks are 《》 */
};

struct learn_passage {
    uint32_t start; /* its first symbol */
    uint32_t reply; /* number of its reply, from 0 */
};

struct learn_text {
    const struct lexicon *lexicon;
    uint16_t *symbols; /* breaks first and last */
    uint8_t *places;
    size_t count, capacity;
    struct learn_passage *passages; /* malloc */
    size_t passage_count, passage_capacity;
    size_t left_out; /* passages that did not fit */
    uint32_t reply_count;
    struct text *alphabet; /* text of each symbol, normalised */
    size_t alphabet_count;
    uint32_t *alphabet_slots; /* open addressing: symbol + 1 */
    struct arena arena;       /* alphabet */
    struct normalized normalized;
    struct arena scratch;
    struct word_list words;
};

enum status learn_text_init(struct learn_text *text, const struct lexicon *lexicon,
                            struct error *error);
void learn_text_release(struct learn_text *text); /* CLEANUP-able */

/* Appends a passage of the reply with that number; numbers ascend. */
enum status learn_text_add(struct learn_text *text, uint32_t reply, struct text passage,
                           struct error *error);

/* The symbols [start, start + length) as text, appended. */
void learn_text_print(const struct learn_text *text, size_t start, size_t length,
                      struct buffer *out);

/* The passage that symbol belongs to. */
const struct learn_passage *learn_text_passage(const struct learn_text *text, size_t symbol);

#endif
