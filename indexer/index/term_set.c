/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorting dominates: the first eight bytes of a term, as one number, decide nearly every
 * comparison without touching the term. */
#include "indexer/index/term_set.h"

#include <stdlib.h>

struct pending_term {
    uint64_t key; /* first 8 bytes, big-endian, zero-filled: ascending as bytes do */
    struct text term;
    enum term_count how;
};

static uint64_t sort_key(struct text term)
{
    uint64_t key = 0;
    for (size_t i = 0; i < 8; i++)
        key = key << 8 | (i < term.length ? (unsigned char)term.data[i] : 0);
    return key;
}

static int compare(const void *left, const void *right)
{
    const struct pending_term *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return text_compare(a->term, b->term);
}

bool term_set_add(struct term_set *set, struct arena *arena, struct text term, enum term_count how)
{
    if (!arena_grow(arena, &set->terms, set->count, &set->capacity, sizeof(*set->terms)))
        return false;
    set->terms[set->count++] = (struct pending_term) { sort_key(term), term, how };
    return true;
}

bool term_set_add_all(struct term_set *set, struct arena *arena, const struct term_set *other)
{
    for (size_t i = 0; i < other->count; i++) {
        if (!term_set_add(set, arena, other->terms[i].term, other->terms[i].how))
            return false;
    }
    return true;
}

struct index_term *term_set_finish(struct term_set *set, struct arena *arena, size_t *count)
{
    struct index_term *terms = ARENA_ARRAY(arena, struct index_term, set->count ? set->count : 1);
    if (!terms)
        return NULL;
    if (set->count)
        qsort(set->terms, set->count, sizeof(*set->terms), compare);

    size_t unique = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct pending_term *pending = &set->terms[i];
        if (unique > 0 && text_equal(terms[unique - 1].term, pending->term)) {
            if (pending->how == TERM_EACH)
                terms[unique - 1].frequency += FIELD_TEXT_FREQUENCY;
            continue;
        }
        uint32_t frequency = pending->how == TERM_EACH   ? FIELD_TEXT_FREQUENCY
                             : pending->how == TERM_ONCE ? 1
                                                         : 0;
        terms[unique++] = (struct index_term) { pending->term, frequency };
    }
    set->count = 0;
    *count = unique;
    return terms;
}
