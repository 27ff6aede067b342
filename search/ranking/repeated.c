/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences that many replies have alike. A text's sketch is the least hash of its rows of characters in
 * each of some bins (one permutation hashing; Li, Owen & Zhang, NIPS 2012): the share of bins in which
 * two sketches agree estimates the resemblance of the texts (Broder, 1997). */
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "search/ranking/rerank.h"

#define BINS 64
#define ROW 4           /* characters */
#define ROWS_LEAST 8    /* shorter texts are all alike */
#define RESEMBLANCE 0.9 /* from here on they say the same */

struct sketch {
    uint32_t bins[BINS]; /* 0: no row fell into it */
    bool whole;          /* the text has enough rows */
};

static bool is_said(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'a' && codepoint <= 'z') ||
           (codepoint >= 'A' && codepoint <= 'Z') || (codepoint >= 0x3400 && codepoint < 0xFF00);
}

static uint64_t mix(uint64_t row) /* the finaliser of MurmurHash3 */
{
    row ^= row >> 33;
    row *= 0xFF51AFD7ED558CCDULL;
    row ^= row >> 33;
    row *= 0xC4CEB9FE1A85EC53ULL;
    return row ^ row >> 33;
}

static void draw(struct text text, struct sketch *out)
{
    *out = (struct sketch) { { 0 }, false };
    uint64_t row = 0;
    size_t read = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (!is_said(codepoint))
            continue;
        row = row << 16 | (codepoint & 0xFFFF);
        if (++read < ROW)
            continue;
        uint64_t hash = mix(row);
        uint32_t *bin = &out->bins[hash % BINS], value = (uint32_t)(hash >> 32) | 1;
        *bin = *bin && *bin < value ? *bin : value;
    }
    out->whole = read >= ROWS_LEAST + ROW - 1;
}

static bool resemble(const struct sketch *a, const struct sketch *b)
{
    unsigned alike = 0, used = 0;
    for (size_t i = 0; i < BINS; i++) {
        used += (a->bins[i] | b->bins[i]) != 0;
        alike += a->bins[i] == b->bins[i] && a->bins[i];
    }
    return a->whole && b->whole && alike >= RESEMBLANCE * used;
}

enum status candidates_demote_repeated(struct candidate_list *list, const struct weights *weights,
                                       struct arena *arena, struct error *error)
{
    size_t depth = list->count < weights->repeated_depth ? list->count : weights->repeated_depth;
    if (depth < 2 || !(weights->repeated > 0))
        return STATUS_OK;
    struct sketch *said = ARENA_ARRAY(arena, struct sketch, depth); /* what differs so far */
    if (!said)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    size_t count = 0;
    bool moved = false;
    for (size_t i = 0; i < depth; i++) {
        struct candidate *candidate = &list->candidates[i];
        size_t j = 0;
        draw(candidate->passage.text, &said[count]);
        while (j < count && !resemble(&said[count], &said[j]))
            j++;
        if (j == count) {
            count++;
            continue;
        }
        candidate->repeated = weights->repeated * candidate->score;
        candidate->score -= candidate->repeated;
        moved = true;
    }
    if (moved)
        qsort(list->candidates, list->count, sizeof(*list->candidates), candidate_compare);
    return STATUS_OK;
}
