/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorted words -> the double array of their trie (Aoe, IEEE Trans. Softw. Eng. 15:9, 1989) in the
 * node layout of lexicon_format.h. */
#ifndef DAFU_ANALYSIS_TRIE_BUILDER_H
#define DAFU_ANALYSIS_TRIE_BUILDER_H

#include "indexer/base/status.h"

#include <stddef.h>
#include <stdint.h>

struct trie_word {
    const uint16_t *codes; /* none of them 0 */
    uint32_t length;       /* codes, at least 1 */
    uint16_t word;         /* flags and 1 + scaled cost */
};

struct trie {
    uint64_t *nodes; /* malloc */
    size_t count;
};

/* words: ascending by codes, no two alike. STATUS_NO_MEMORY, STATUS_LIMIT. */
enum status trie_build(const struct trie_word *words, size_t count, struct trie *out,
                       struct error *error);
void trie_release(struct trie *trie); /* CLEANUP-able */

#endif
