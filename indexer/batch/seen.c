/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Open addressing with linear probing, at most half full. */
#include "indexer/batch/seen.h"

#include <stdlib.h>

#define FIRST_CAPACITY 256 /* a power of two, as all are */

void seen_release(struct seen *seen)
{
    free(seen->entries);
    *seen = (struct seen) { 0 };
}

/* Steele, Lea and Flood's mix of 64 bits (SplitMix64): neighbouring inodes must not cluster. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

/* Where the pair is, or where it would go; there is always a free place. */
static struct seen_entry *place_of(const struct seen *seen, uint64_t first, uint64_t second)
{
    size_t mask = seen->capacity - 1;
    size_t at = (size_t)mix(first ^ mix(second)) & mask;
    struct seen_entry *entry = &seen->entries[at];
    while (entry->value && !(entry->first == first && entry->second == second)) {
        at = (at + 1) & mask;
        entry = &seen->entries[at];
    }
    return entry;
}

uint64_t seen_find(const struct seen *seen, uint64_t first, uint64_t second)
{
    return seen->capacity ? place_of(seen, first, second)->value : 0;
}

static bool grow(struct seen *seen)
{
    size_t capacity = seen->capacity ? seen->capacity * 2 : FIRST_CAPACITY;
    struct seen larger = { calloc(capacity, sizeof(*larger.entries)), seen->count, capacity };
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < seen->capacity; i++) {
        const struct seen_entry *entry = &seen->entries[i];
        if (entry->value)
            *place_of(&larger, entry->first, entry->second) = *entry;
    }
    free(seen->entries);
    *seen = larger;
    return true;
}

bool seen_put(struct seen *seen, uint64_t first, uint64_t second, uint64_t value)
{
    if (seen->count * 2 >= seen->capacity && !grow(seen))
        return false;
    struct seen_entry *entry = place_of(seen, first, second);
    seen->count += entry->value == 0;
    *entry = (struct seen_entry) { first, second, value };
    return true;
}
