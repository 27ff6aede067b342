/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two documents have in common, character by character: greedy matching of the longest runs
 * over an index of short ones, as in Karp-Rabin string tiling (Wise, SIGCSE 1996). Only Han
 * characters, letters and digits count, in their normalised form: blanks, punctuation, width and
 * script do not hide a copy. */
#ifndef DAFU_SEARCH_EXTRACT_OVERLAP_H
#define DAFU_SEARCH_EXTRACT_OVERLAP_H

#include "indexer/analysis/normalizer.h"
#include "indexer/base/arena.h"

struct content_character {
    uint32_t codepoint;  /* normalised; 0 between two passages */
    uint32_t passage;    /* which one it is of */
    uint32_t start, end; /* bytes of that passage's own text */
};

struct content { /* arena-held: the characters that count of all passages */
    struct content_character *characters;
    size_t count, capacity;
    size_t letters; /* without the marks between passages */
};

/* `scratch` is overwritten. */
enum status content_read(const struct text *passages, size_t passage_count,
                         const struct lexicon *lexicon, struct normalized *scratch,
                         struct arena *arena, struct content *out, struct error *error);

struct shared_run {
    size_t first, second; /* places in the contents */
    size_t length;        /* characters */
};

struct shared_runs { /* arena-held, ascending by `first`, not overlapping there */
    struct shared_run *runs;
    size_t count, capacity;
};

#define SHARED_RUN_LEAST 10 /* characters: shorter ones are the language, not a copy */

/* STATUS_NO_MEMORY only. Linear in the texts. */
enum status overlap_find(const struct content *first, const struct content *second,
                         struct arena *arena, struct shared_runs *out, struct error *error);

#endif
