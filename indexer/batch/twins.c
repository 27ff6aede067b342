/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of chains for each key, all of one size. Chains are short, and whoever walks one compares
 * the value itself. */
#include "indexer/batch/twins.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"

void twins_release(struct twins *twins)
{
    free(twins->items);
    free(twins->heads);
    free(twins->rows);
    *twins = (struct twins) { 0 };
}

static uint64_t value_of(const struct twin *twin, size_t key)
{
    if (key < TWIN_BY_ID)
        return twin->sketch.bands[key];
    return key == TWIN_BY_ID ? twin->id : twin->twin_of;
}

static bool has_key(const struct twin *twin, size_t key)
{
    if (key == TWIN_BY_KEPT)
        return !twin->kept;
    return twin->kept && (key == TWIN_BY_ID || twin->sketch.usable);
}

static size_t head_of(const struct twins *twins, size_t key, uint64_t value)
{
    uint64_t hash = value * UINT64_C(0xBF58476D1CE4E5B9);
    return key * twins->head_count + ((size_t)(hash ^ hash >> 31) & (twins->head_count - 1));
}

static void link_twin(struct twins *twins, size_t index)
{
    struct twin *twin = &twins->items[index];
    for (size_t key = 0; key < TWIN_KEYS; key++) {
        if (!has_key(twin, key))
            continue;
        uint32_t *head = &twins->heads[head_of(twins, key, value_of(twin, key))];
        twin->next[key] = *head;
        *head = (uint32_t)(index + 1);
    }
}

static bool grow_heads(struct twins *twins)
{
    size_t count = twins->head_count ? twins->head_count * 2 : 512;
    uint32_t *heads = calloc(count * TWIN_KEYS, sizeof(*heads));
    if (!heads)
        return false;
    free(twins->heads);
    twins->heads = heads;
    twins->head_count = count;
    for (size_t i = 0; i < twins->count; i++)
        link_twin(twins, i);
    return true;
}

static bool grow_rows(struct twins *twins, size_t row)
{
    if (row < twins->row_count)
        return true;
    size_t count = twins->row_count ? twins->row_count * 2 : 1024;
    count = count > row ? count : row + 1;
    uint32_t *rows = realloc(twins->rows, count * sizeof(*rows));
    if (!rows)
        return false;
    memset(rows + twins->row_count, 0, (count - twins->row_count) * sizeof(*rows));
    twins->rows = rows;
    twins->row_count = count;
    return true;
}

static bool grow_items(struct twins *twins)
{
    if (twins->count < twins->capacity)
        return true;
    size_t capacity = twins->capacity ? twins->capacity * 2 : 256;
    struct twin *items =
        capacity < UINT32_MAX ? realloc(twins->items, capacity * sizeof(*items)) : NULL;
    if (!items)
        return false;
    twins->items = items;
    twins->capacity = capacity;
    return true;
}

bool twins_add(struct twins *twins, size_t row, size_t slot, const struct ledger_reply *reply)
{
    bool crowded = twins->count >= twins->head_count;
    if (!grow_items(twins) || !grow_rows(twins, row) || (crowded && !grow_heads(twins)))
        return false;
    size_t index = twins->count++;
    twins->items[index] = (struct twin) { .row = (uint32_t)row,
                                          .slot = (uint32_t)slot,
                                          .live = true,
                                          .kept = reply->twin_of.length == 0,
                                          .id = text_hash(reply->id),
                                          .twin_of = text_hash(reply->twin_of),
                                          .sketch = reply->sketch,
                                          .next_of_row = twins->rows[row] };
    twins->rows[row] = (uint32_t)(index + 1);
    link_twin(twins, index);
    return true;
}

enum status twins_load(struct twins *twins, const struct ledger *ledger, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    if (twins->loaded)
        return STATUS_OK;
    for (size_t row = 0; row < ledger->count; row++) {
        struct ledger_entry entry;
        if (ledger->files[row].forgotten || !ledger->files[row].has_listed)
            continue;
        arena_clear(&arena);
        enum status status = ledger_decode(ledger, row, &arena, &entry, error);
        for (size_t slot = 0; !status && slot < entry.listed_count; slot++) {
            if (!twins_add(twins, row, slot, &entry.listed[slot]))
                status = error_set(error, STATUS_NO_MEMORY, "out of memory");
        }
        if (status)
            return status;
    }
    twins->loaded = true;
    return STATUS_OK;
}

size_t twins_next(const struct twins *twins, enum twin_key key, uint64_t value, size_t from)
{
    if (twins->head_count == 0)
        return 0;
    size_t at = from ? twins->items[from - 1].next[key] : twins->heads[head_of(twins, key, value)];
    while (at) {
        const struct twin *twin = &twins->items[at - 1];
        if (twin->live && has_key(twin, key) && value_of(twin, key) == value)
            return at;
        at = twin->next[key];
    }
    return 0;
}

size_t twins_next_of_row(const struct twins *twins, size_t row, size_t from)
{
    if (row >= twins->row_count)
        return 0;
    size_t at = from ? twins->items[from - 1].next_of_row : twins->rows[row];
    while (at && !twins->items[at - 1].live)
        at = twins->items[at - 1].next_of_row;
    return at;
}
