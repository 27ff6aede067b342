/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/reply_cache.h"

#include "indexer/analysis/field.h"

void reply_cache_init(struct reply_cache *cache, struct index_reader *reader, struct arena *arena)
{
    *cache = (struct reply_cache) { .reader = reader, .arena = arena };
}

static struct reply_record **slot_of(struct reply_record **slots, size_t count, struct text id)
{
    size_t slot = (size_t)text_hash(id) & (count - 1);
    while (slots[slot] && !text_equal(slots[slot]->id, id))
        slot = (slot + 1) & (count - 1);
    return &slots[slot];
}

/* Keeps at least half of the slots free. */
static bool make_room(struct reply_cache *cache)
{
    if (cache->slot_count && cache->count * 2 < cache->slot_count)
        return true;
    size_t wider = cache->slot_count ? cache->slot_count * 4 : 64;
    struct reply_record **slots = ARENA_ARRAY(cache->arena, struct reply_record *, wider);
    if (!slots)
        return false;
    for (size_t i = 0; i < cache->slot_count; i++)
        if (cache->slots[i])
            *slot_of(slots, wider, cache->slots[i]->id) = cache->slots[i];
    cache->slots = slots;
    cache->slot_count = wider;
    return true;
}

enum status reply_cache_get(struct reply_cache *cache, struct text id,
                            const struct reply_record **out, struct error *error)
{
    if (!make_room(cache))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct reply_record **slot = slot_of(cache->slots, cache->slot_count, id);
    if (*slot) {
        *out = *slot;
        return STATUS_OK;
    }
    struct reply_record *record = ARENA_NEW(cache->arena, struct reply_record);
    struct text bytes, term = field_term(FIELDS[FIELD_ID].prefix, id, cache->arena);
    if (!record || !term.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = index_reader_record(cache->reader, term, cache->arena, &bytes, error);
    if (status == STATUS_NOT_FOUND)
        return error_set(error, STATUS_CORRUPT, "a passage without its reply \"%.*s\"",
                         TEXT_ARG(id));
    if (!status)
        status = reply_record_decode(bytes, record, error);
    if (status)
        return status;
    record->id = arena_text(cache->arena, id); /* the caller's may not live as long */
    if (!record->id.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    *slot = record;
    cache->count++;
    *out = record;
    return STATUS_OK;
}
