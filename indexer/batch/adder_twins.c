/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of two twins is kept does not depend on which came first: the lower source_rank, then the
 * source whose bytes come first. Where one reply is near to two others that are not near to each
 * other, it goes with the one that would be kept before the other. */
#include "indexer/batch/adder_file.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/shape.h"
#include "indexer/index/reanalysis.h"

#define CANDIDATES_MAX 64 /* that are compared with one reply */

struct candidate {
    size_t twin; /* index */
    struct ledger_reply reply;
};

/* The listed reply of a twin, in `arena`. */
static enum status reply_of(struct adder *adder, size_t index, struct arena *arena,
                            struct ledger_reply *out, struct error *error)
{
    const struct twin *twin = &adder->twins.items[index];
    struct incoming *incoming = adder->incoming;
    struct ledger_entry entry;
    enum status status = STATUS_OK;
    if (incoming && incoming->row == twin->row && twin->slot < incoming->entry.listed_count)
        entry = incoming->entry;
    else
        status = ledger_decode(&adder->ledger, twin->row, arena, &entry, error);
    if (!status && twin->slot >= entry.listed_count)
        status = error_set(error, STATUS_CORRUPT, "the index's ledger of files is damaged");
    if (!status)
        *out = entry.listed[twin->slot];
    return status;
}

/* ---- candidates --------------------------------------------------------------------------- */

static bool add_candidate(size_t candidates[CANDIDATES_MAX], size_t *count, size_t index)
{
    for (size_t i = 0; i < *count; i++) {
        if (candidates[i] == index)
            return true;
    }
    if (*count == CANDIDATES_MAX)
        return false;
    candidates[(*count)++] = index;
    return true;
}

/* What shape_equal asks for, as far as sketches tell: form letters with other figures share bands
 * by the thousand, and need not be compared. */
static bool may_be_twins(const struct sketch *a, const struct sketch *b)
{
    if (a->number && b->number)
        return a->number == b->number;
    return a->figures == b->figures;
}

static size_t find_candidates(const struct twins *twins, const struct sketch *sketch,
                              size_t candidates[CANDIDATES_MAX])
{
    size_t count = 0;
    for (unsigned band = 0; band < SKETCH_BANDS; band++) {
        for (size_t at = 0; (at = twins_next(twins, (enum twin_key)(TWIN_BY_BAND + band),
                                             sketch->bands[band], at));) {
            if (may_be_twins(sketch, &twins->items[at - 1].sketch))
                add_candidate(candidates, &count, at - 1);
        }
    }
    return count;
}

struct record_list {
    struct arena *arena;
    struct text *items;
    size_t count, capacity;
};

static enum status take_record(void *context, struct text record, struct error *error)
{
    struct record_list *list = context;
    struct text copy = arena_text(list->arena, record);
    if (!copy.data ||
        !arena_grow(list->arena, &list->items, list->count, &list->capacity, sizeof(*list->items)))
        return adder_no_memory(error);
    list->items[list->count++] = copy;
    return STATUS_OK;
}

/* *out stays false when the index does not have the candidate any more. */
static enum status is_twin(struct adder *adder, struct shape *mine,
                           const struct ledger_reply *other, struct arena *arena, bool *out,
                           struct error *error)
{
    struct record_list records = { .arena = arena };
    struct shape shape;
    enum status status =
        index_writer_records(adder->writer, other->id, take_record, &records, error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (!status)
        status = shape_of_records(records.items, records.count, analyzer_lexicon(adder->analyzer),
                                  arena, &shape, error);
    if (!status)
        *out = shape_equal(mine, &shape);
    return status;
}

static enum status shape_of_item(struct adder *adder, const struct item *item, struct arena *arena,
                                 struct shape *out, struct error *error)
{
    struct text *records = ARENA_ARRAY(arena, struct text, item->entries.count);
    if (!records)
        return adder_no_memory(error);
    for (size_t i = 0; i < item->entries.count; i++)
        records[i] = item->entries.entries[i].record;
    return shape_of_records(records, item->entries.count, analyzer_lexicon(adder->analyzer), arena,
                            out, error);
}

static bool comes_before(const struct ledger_reply *a, const struct ledger_reply *b)
{
    if (a->sketch.rank != b->sketch.rank)
        return a->sketch.rank < b->sketch.rank;
    return text_compare(a->source, b->source) < 0;
}

/* The twin that is to be kept before the others; LEDGER_NONE in found->twin when there is none. */
static enum status choose_twin(struct adder *adder, const struct item *item, struct arena *arena,
                               struct candidate *found, struct error *error)
{
    size_t candidates[CANDIDATES_MAX];
    size_t count = find_candidates(&adder->twins, &item->sketch, candidates);
    struct shape mine;
    enum status status = count ? shape_of_item(adder, item, arena, &mine, error) : STATUS_OK;
    for (size_t i = 0; !status && i < count; i++) {
        struct ledger_reply other;
        bool same = false;
        status = reply_of(adder, candidates[i], arena, &other, error);
        if (!status)
            status = is_twin(adder, &mine, &other, arena, &same, error);
        if (!status && same && (found->twin == LEDGER_NONE || comes_before(&other, &found->reply)))
            *found = (struct candidate) { candidates[i], other };
    }
    return status;
}

/* ---- taking the place of another ---------------------------------------------------------- */

/* The twin stands for another reply's from now on, in the ledger too. */
static enum status retarget(struct adder *adder, size_t index, struct text id, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct twin *twin = &adder->twins.items[index];
    struct incoming *incoming = adder->incoming;
    size_t row = twin->row, slot = twin->slot;
    bool at_hand = incoming->row == row && slot < incoming->entry.listed_count;
    struct ledger_entry entry;
    enum status status = STATUS_OK;
    twin->live = false;
    if (!at_hand) {
        status = ledger_decode(&adder->ledger, row, &arena, &entry, error);
        if (!status && slot >= entry.listed_count)
            status = error_set(error, STATUS_CORRUPT, "the index's ledger of files is damaged");
        if (status)
            return status;
    }
    struct ledger_reply *reply = at_hand ? &incoming->entry.listed[slot] : &entry.listed[slot];
    reply->twin_of = id;
    if (!twins_add(&adder->twins, row, slot, reply))
        return adder_no_memory(error);
    return at_hand ? STATUS_OK : ledger_put(&adder->ledger, &entry, error);
}

static enum status take_place(struct adder *adder, const struct candidate *other,
                              const struct item *item, struct error *error)
{
    struct text id = arena_text(&adder->incoming->arena, item->reply->id);
    enum status status = STATUS_OK;
    if (!id.data)
        return adder_no_memory(error);
    adder->incoming->took_place = true;
    if (!text_equal(id, other->reply.id))
        status = index_writer_remove(adder->writer, other->reply.id, error);
    if (status && status != STATUS_NOT_FOUND)
        return status;
    status = retarget(adder, other->twin, id, error);
    uint64_t digest = text_hash(other->reply.id);
    bool same_id = text_equal(id, other->reply.id);
    for (size_t at;
         !status && !same_id && (at = twins_next(&adder->twins, TWIN_BY_KEPT, digest, 0));)
        status = retarget(adder, at - 1, id, error);
    return status ? status : adder_mark_dirty(adder, id, error);
}

enum status adder_find_twin(struct adder *adder, const struct item *item, struct text *kept,
                            struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    *kept = TEXT("");
    if (!item->sketch.usable)
        return STATUS_OK;
    struct candidate found = { .twin = LEDGER_NONE };
    enum status status = choose_twin(adder, item, &arena, &found, error);
    if (status || found.twin == LEDGER_NONE)
        return status;
    adder->counts.duplicates++;
    const struct ledger_reply mine = { item->reply->id, item->reply->source, item->sketch,
                                       TEXT("") };
    if (comes_before(&mine, &found.reply))
        return take_place(adder, &found, item, error);
    *kept = arena_text(&adder->incoming->arena, found.reply.id);
    return kept->data ? adder_mark_dirty(adder, *kept, error) : adder_no_memory(error);
}

/* ---- the file's list ---------------------------------------------------------------------- */

enum status adder_list_reply(struct adder *adder, const struct item *item, struct text twin_of,
                             struct error *error)
{
    struct incoming *incoming = adder->incoming;
    struct ledger_entry *entry = &incoming->entry;
    if (!arena_grow(&incoming->arena, &entry->listed, entry->listed_count, &entry->listed_capacity,
                    sizeof(*entry->listed)))
        return adder_no_memory(error);
    struct ledger_reply reply = { arena_text(&incoming->arena, item->reply->id),
                                  arena_text(&incoming->arena, item->reply->source), item->sketch,
                                  twin_of };
    if (!reply.id.data || !reply.source.data)
        return adder_no_memory(error);
    entry->listed[entry->listed_count++] = reply;
    return twins_add(&adder->twins, incoming->row, entry->listed_count - 1, &reply)
               ? STATUS_OK
               : adder_no_memory(error);
}

enum status adder_forget_twins(struct adder *adder, size_t row, struct error *error)
{
    enum status status = twins_load(&adder->twins, &adder->ledger, error);
    for (size_t at = 0; !status && (at = twins_next_of_row(&adder->twins, row, at));)
        adder->twins.items[at - 1].live = false;
    return status;
}

enum status adder_mark_dirty(struct adder *adder, struct text id, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    for (size_t i = 0; i < incoming->dirty_count; i++) {
        if (text_equal(incoming->dirty[i], id))
            return STATUS_OK;
    }
    if (!arena_grow(&incoming->arena, &incoming->dirty, incoming->dirty_count,
                    &incoming->dirty_capacity, sizeof(*incoming->dirty)))
        return adder_no_memory(error);
    incoming->dirty[incoming->dirty_count++] = id;
    return STATUS_OK;
}

/* ---- other sources in the record ---------------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
    const struct text *a = left, *b = right;
    return text_compare(*a, *b);
}

static enum status collect_sources(struct adder *adder, struct text id, struct text own,
                                   struct arena *arena, struct text *out, struct error *error)
{
    struct text *sources = NULL;
    size_t count = 0, capacity = 0;
    for (size_t at = 0; (at = twins_next(&adder->twins, TWIN_BY_KEPT, text_hash(id), at));) {
        struct ledger_reply reply;
        enum status status = reply_of(adder, at - 1, arena, &reply, error);
        if (status)
            return status;
        if (!arena_grow(arena, &sources, count, &capacity, sizeof(*sources)))
            return adder_no_memory(error);
        sources[count++] = reply.source;
    }
    if (count)
        qsort(sources, count, sizeof(*sources), compare_texts);
    CLEANUP(buffer_release) struct buffer joined = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && text_equal(sources[i], sources[i - 1]);
        if (again || text_equal(sources[i], own))
            continue;
        if (joined.length)
            buffer_append_byte(&joined, '\n');
        buffer_append(&joined, sources[i]);
    }
    if (buffer_status(&joined, error))
        return joined.failed;
    *out = arena_text(arena, buffer_text(&joined));
    return out->data ? STATUS_OK : adder_no_memory(error);
}

static enum status rewrite_record(struct adder *adder, struct record_list *records,
                                  const struct reply_record *reply, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    struct index_entries entries;
    bool replaced;
    enum status status = reply_record_encode(reply, &bytes, error);
    if (status)
        return status;
    records->items[0] = buffer_text(&bytes);
    status = index_entries_rebuild(records->items, records->count, adder->analyzer, records->arena,
                                   &entries, error);
    return status ? status : index_writer_put(adder->writer, &entries, &replaced, error);
}

static enum status name_sources(struct adder *adder, struct text id, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct record_list records = { .arena = &arena };
    struct reply_record reply = { 0 };
    struct text sources = { NULL, 0 };
    if (!twins_next(&adder->twins, TWIN_BY_ID, text_hash(id), 0))
        return STATUS_OK; /* it is gone itself */
    enum status status = index_writer_records(adder->writer, id, take_record, &records, error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (!status)
        status = reply_record_decode(records.items[0], &reply, error);
    if (!status)
        status = collect_sources(adder, id, reply.source, &arena, &sources, error);
    if (status || text_equal(sources, reply.other_sources))
        return status;
    reply.other_sources = sources;
    return rewrite_record(adder, &records, &reply, error);
}

/* ---- after the file ----------------------------------------------------------------------- */

static bool still_gives(const struct ledger_entry *gives, const struct ledger_reply *reply)
{
    for (size_t i = 0; gives && i < gives->listed_count; i++) {
        const struct ledger_reply *now = &gives->listed[i];
        if (now->twin_of.length == 0 && now->sketch.content == reply->sketch.content &&
            text_equal(now->id, reply->id))
            return true;
    }
    return false;
}

static enum status settle_one(struct adder *adder, const struct ledger_reply *reply,
                              const struct ledger_entry *gives, struct error *error)
{
    if (reply->twin_of.length)
        return adder_mark_dirty(adder, reply->twin_of, error);
    uint64_t digest = text_hash(reply->id);
    if (!twins_next(&adder->twins, TWIN_BY_KEPT, digest, 0))
        return STATUS_OK;
    if (still_gives(gives, reply))
        return adder_mark_dirty(adder, reply->id, error);
    enum status status = STATUS_OK;
    for (size_t at = 0; !status && (at = twins_next(&adder->twins, TWIN_BY_KEPT, digest, at));)
        status = adder_due(adder, adder->twins.items[at - 1].row, error);
    return status;
}

enum status adder_settle_twins(struct adder *adder, const struct ledger_entry *before,
                               const struct ledger_entry *gives, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; before && !status && i < before->listed_count; i++)
        status = settle_one(adder, &before->listed[i], gives, error);
    for (size_t i = 0; !status && i < adder->incoming->dirty_count; i++)
        status = name_sources(adder, adder->incoming->dirty[i], error);
    return status;
}
