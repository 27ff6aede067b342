/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A few bytes of a reply by which its twins can be found among a million others: minima of one
 * permutation of its character shingles (Li, Owen and Zhang, NIPS 2012; empty bins filled as by
 * Shrivastava and Li, UAI 2014), in bands (Broder's resemblance, locality-sensitive hashing).
 * Replies that share 90 % of their shingles share a band in 9,998 of 10,000 cases, at 80 % in 98 of
 * 100. What a sketch finds is a candidate only: twins.h compares the texts. */
#ifndef DAFU_BATCH_SKETCH_H
#define DAFU_BATCH_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SKETCH_BANDS 8
#define SKETCH_ROWS 4 /* minima per band */

struct sketch {
    uint32_t bands[SKETCH_BANDS];
    uint64_t number;  /* digest of the document number; 0: none */
    uint64_t figures; /* digest of all figures, whatever their order */
    uint64_t content; /* digest of everything that is compared */
    uint8_t rank;     /* which source is kept, lowest first; source_rank */
    bool usable;      /* long enough to be compared at all */
};

/* Hashes of shingles, in any order and with repetitions. */
void sketch_of_shingles(const uint64_t *shingles, size_t count, struct sketch *out);

#endif
