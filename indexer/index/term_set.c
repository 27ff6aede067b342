/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorting dominates: the first eight bytes of a term, as one number, decide nearly every
 * comparison without touching the term. */
#include "indexer/index/term_set.h"

#include <stdlib.h>
#include <string.h>

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

static void count_once_more(struct index_term *term, enum term_count how)
{
    if (how == TERM_EACH)
        term->frequency += FIELD_TEXT_FREQUENCY;
}

static struct index_term first_of(const struct pending_term *pending, char **room)
{
    struct index_term term = { { *room, pending->term.length }, 0 };
    memcpy(*room, pending->term.data, pending->term.length);
    *room += pending->term.length;
    if (pending->how != TERM_BOOLEAN)
        term.frequency = pending->how == TERM_EACH ? FIELD_TEXT_FREQUENCY : 1;
    return term;
}

static bool is_repeated(const struct term_set *set, size_t i)
{
    return i > 0 && text_equal(set->terms[i].term, set->terms[i - 1].term);
}

struct index_term *term_set_finish(struct term_set *set, struct arena *arena, size_t *count)
{
    if (set->count)
        qsort(set->terms, set->count, sizeof(*set->terms), compare);
    size_t unique = 0, bytes = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (is_repeated(set, i))
            continue;
        unique++;
        bytes += set->terms[i].term.length;
    }
    struct index_term *terms = ARENA_ARRAY(arena, struct index_term, unique ? unique : 1);
    char *room = arena_alloc(arena, bytes);
    if (!terms || !room)
        return NULL;

    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (is_repeated(set, i))
            count_once_more(&terms[kept - 1], set->terms[i].how);
        else
            terms[kept++] = first_of(&set->terms[i], &room);
    }
    set->count = 0;
    *count = unique;
    return terms;
}
