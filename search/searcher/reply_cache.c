/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/reply_cache.h"

struct reply_slot {
    uint32_t document; /* 0: free */
    struct reply_record *record;
};

void reply_cache_init(struct reply_cache *cache, struct index_reader *reader, struct arena *arena)
{
    *cache = (struct reply_cache) { .reader = reader, .arena = arena };
}

static struct reply_slot *slot_of(struct reply_slot *slots, size_t count, uint32_t document)
{
    size_t slot = (size_t)document * 0x9E3779B1u & (count - 1);
    while (slots[slot].document && slots[slot].document != document)
        slot = (slot + 1) & (count - 1);
    return &slots[slot];
}

/* Keeps at least half of the slots free. */
static bool make_room(struct reply_cache *cache)
{
    if (cache->slot_count && cache->count * 2 < cache->slot_count)
        return true;
    size_t wider = cache->slot_count ? cache->slot_count * 4 : 64;
    struct reply_slot *slots = ARENA_ARRAY(cache->arena, struct reply_slot, wider);
    if (!slots)
        return false;
    for (size_t i = 0; i < cache->slot_count; i++)
        if (cache->slots[i].document)
            *slot_of(slots, wider, cache->slots[i].document) = cache->slots[i];
    cache->slots = slots;
    cache->slot_count = wider;
    return true;
}

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status reply_cache_get(struct reply_cache *cache, uint32_t document,
                            const struct reply_record **out, struct error *error)
{
    if (!make_room(cache))
        return no_memory(error);
    struct reply_slot *slot = slot_of(cache->slots, cache->slot_count, document);
    if (slot->document) {
        *out = slot->record;
        return STATUS_OK;
    }
    struct reply_record *record = ARENA_NEW(cache->arena, struct reply_record);
    struct text bytes;
    if (!record)
        return no_memory(error);
    enum status status = index_reader_reply(cache->reader, document, cache->arena, &bytes, error);
    if (status == STATUS_NOT_FOUND)
        return error_set(error, STATUS_CORRUPT, "a passage without its reply");
    if (!status)
        status = reply_record_decode(bytes, record, error);
    if (status)
        return status;
    *slot = (struct reply_slot) { document, record };
    cache->count++;
    *out = record;
    return STATUS_OK;
}

enum status reply_cache_name(struct reply_cache *cache, const struct reply_record *reply,
                             struct passage_record *passage, struct error *error)
{
    passage->reply = passage->docno = reply->id;
    if (reply->stem.length)
        passage->docno = arena_printf(cache->arena, "%.*s#%u", TEXT_ARG(reply->stem),
                                      (unsigned)passage->paragraph);
    return passage->docno.data ? STATUS_OK : no_memory(error);
}
