/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorting dominates. A long text repeats most of its terms: a table of those that came lately, a
 * place for each hash, finds nearly all repetitions before the sort, which puts the rest together
 * (so texts made to collide cost no more than the sort). The first eight bytes of a term, as one
 * number, decide nearly every comparison without touching the term. */
#include "indexer/index/term_set.h"

#include <stdlib.h>
#include <string.h>

struct pending_term {
    uint64_t key; /* first 8 bytes, big-endian, zero-filled: ascending as bytes do */
    struct text term;
    enum term_count how;
    uint32_t frequency;
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

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static size_t recent_place(uint64_t key, size_t length)
{
    return (size_t)((key ^ length) * UINT64_C(0x9E3779B97F4A7C15) >> 32) % TERM_SET_RECENT;
}

static bool push(struct term_set *set, struct arena *arena, const struct pending_term *term)
{
    if (!arena_grow(arena, &set->terms, set->count, &set->capacity, sizeof(*set->terms)))
        return false;
    set->terms[set->count++] = *term;
    return true;
}

static void count_again(uint32_t *frequency, const struct pending_term *term)
{
    if (term->how == TERM_EACH)
        *frequency += term->frequency;
}

bool term_set_add(struct term_set *set, struct arena *arena, struct text term, enum term_count how)
{
    if (!set->recent) {
        set->recent = ARENA_ARRAY(arena, uint32_t, TERM_SET_RECENT);
        if (!set->recent)
            return false;
    }
    static const uint32_t FREQUENCIES[] = {
        [TERM_BOOLEAN] = 0,
        [TERM_ONCE] = 1,
        [TERM_EACH] = FIELD_TEXT_FREQUENCY,
    };
    const struct pending_term pending = { sort_key(term), term, how, FREQUENCIES[how] };
    uint32_t *recent = &set->recent[recent_place(pending.key, term.length)];
    struct pending_term *last = *recent < set->count ? &set->terms[*recent] : NULL;
    if (last && last->key == pending.key && text_equal(last->term, term)) {
        count_again(&last->frequency, &pending);
        return true;
    }
    *recent = (uint32_t)set->count;
    return push(set, arena, &pending);
}

bool term_set_add_all(struct term_set *set, struct arena *arena, const struct term_set *other)
{
    for (size_t i = 0; i < other->count; i++) {
        if (!push(set, arena, &other->terms[i]))
            return false;
    }
    return true;
}

static struct index_term first_of(const struct pending_term *pending, char **room)
{
    struct index_term term = { { *room, pending->term.length }, pending->frequency };
    memcpy(*room, pending->term.data, pending->term.length);
    *room += pending->term.length;
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
            count_again(&terms[kept - 1].frequency, &set->terms[i]);
        else
            terms[kept++] = first_of(&set->terms[i], &room);
    }
    set->count = 0;
    *count = unique;
    return terms;
}
