/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head is a sequence of varints (LEB128), lists with their length before them, ascending numbers
 * as differences. */
#include "indexer/analysis/index_head.h"

#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/analysis/varint.h"

bool index_format_is_read(struct text format)
{
    unsigned long long number;
    return text_to_u64(format, &number) && number >= INDEX_FORMAT_OLDEST && number <= INDEX_FORMAT;
}

enum status index_head_encode(const struct index_head *head, struct buffer *out,
                              struct error *error)
{
    varint_append(out, head->next);
    varint_append(out, head->version);
    varint_append(out, head->ledger);
    varint_append(out, head->ledger_length);
    varint_append(out, head->dictionaries);
    varint_append(out, head->trained);
    varint_append(out, head->segment_count);
    for (size_t i = 0; i < head->segment_count; i++) {
        const struct index_segment *segment = &head->segments[i];
        varint_append(out, segment->number);
        varint_append(out, segment->documents);
        varint_append(out, segment->passages);
        varint_append(out, segment->replies);
        varint_append(out, segment->dead_count);
        uint32_t last = 0;
        for (size_t j = 0; j < segment->dead_count; j++) {
            varint_append(out, segment->dead[j].first - last);
            varint_append(out, segment->dead[j].count);
            varint_append(out, segment->dead[j].passages);
            varint_append(out, segment->dead[j].version);
            last = segment->dead[j].first;
        }
    }
    return buffer_status(out, error);
}

/* --- decoding: the first thing that cannot be ends it --- */

struct reading {
    struct text rest;
    bool good;
};

static uint64_t number(struct reading *reading)
{
    uint64_t value = 0;
    reading->good = reading->good && varint_take(&reading->rest, &value);
    return reading->good ? value : 0;
}

static uint32_t number32(struct reading *reading)
{
    uint64_t value = number(reading);
    reading->good = reading->good && value <= UINT32_MAX;
    return reading->good ? (uint32_t)value : 0;
}

/* A list's length; each of its items takes at least one byte. */
static size_t length(struct reading *reading)
{
    uint64_t value = number(reading);
    reading->good = reading->good && value <= reading->rest.length;
    return reading->good ? (size_t)value : 0;
}

static bool read_segment(struct reading *reading, struct arena *arena,
                         struct index_segment *segment)
{
    segment->number = number32(reading);
    segment->documents = number32(reading);
    segment->passages = number32(reading);
    segment->replies = number32(reading);
    segment->dead_count = length(reading);
    segment->dead = ARENA_ARRAY(arena, struct index_run, segment->dead_count + 1);
    if (!segment->dead)
        return false;
    uint64_t last = 0;
    for (size_t i = 0; i < segment->dead_count && reading->good; i++) {
        struct index_run *run = &segment->dead[i];
        last += number32(reading);
        run->first = (uint32_t)last;
        run->count = number32(reading);
        run->passages = number32(reading);
        run->version = number(reading);
        reading->good = reading->good && last > 0 && run->count > 0 &&
                        last + run->count - 1 <= segment->documents;
    }
    return true;
}

enum status index_head_decode(struct text bytes, struct arena *arena, struct index_head *out,
                              struct error *error)
{
    struct reading reading = { bytes, true };
    struct index_head head = { 0 };
    head.next = number32(&reading);
    head.version = number(&reading);
    head.ledger = number32(&reading);
    head.ledger_length = number(&reading);
    head.dictionaries = number32(&reading);
    head.trained = number(&reading);
    head.segment_count = length(&reading);
    head.segments = ARENA_ARRAY(arena, struct index_segment, head.segment_count + 1);
    bool memory = head.segments != NULL;
    for (size_t i = 0; memory && reading.good && i < head.segment_count; i++)
        memory = read_segment(&reading, arena, &head.segments[i]);
    if (!memory)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!reading.good || reading.rest.length)
        return error_set(error, STATUS_CORRUPT, "the index's head is damaged");
    *out = head;
    return STATUS_OK;
}

enum status index_format_mismatch(const char *path, const char *format, struct error *error)
{
    unsigned long number = strtoul(format, NULL, 10);
    if (number > INDEX_FORMAT)
        return error_set(error, STATUS_MISMATCH,
                         "index '%s' has format %lu, made by a newer dafu; this one knows %d", path,
                         number, INDEX_FORMAT);
    return error_set(error, STATUS_MISMATCH,
                     "index '%s' has format %s, made by an older dafu: bring it over to format %d "
                     "with 'dafu-index reindex'",
                     path, format, INDEX_FORMAT);
}

uint32_t index_segment_dead_passages(const struct index_segment *segment)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < segment->dead_count; i++)
        sum += segment->dead[i].passages;
    return sum;
}

bool index_segment_is_dead(const struct index_segment *segment, uint32_t document)
{
    size_t low = 0, high = segment->dead_count; /* runs before `low` begin at or before it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (segment->dead[middle].first <= document)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && document - segment->dead[low - 1].first < segment->dead[low - 1].count;
}

/* --- digests --- */

/* 6 bits a character: no byte of a term is a zero, which Xapian would write as two. */
static const char DIGITS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

/* FNV-1a's low bits are good, its high ones less so: the finaliser of MurmurHash3 spreads them. */
uint64_t index_identity_digest(struct text id)
{
    uint64_t hash = text_hash(id);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xFF51AFD7ED558CCD);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 33;
}

/* 11 times 6 bits are 64 and two that are 0. */
void index_digest(struct text id, char out[INDEX_DIGEST_LENGTH])
{
    uint64_t digest = index_identity_digest(id);
    for (int i = 0; i < INDEX_DIGEST_LENGTH; i++, digest >>= 6)
        out[i] = DIGITS[digest & 63];
}

size_t index_identity_prefix(struct text id, char out[INDEX_IDENTITY_MAX])
{
    size_t length = strlen(FIELDS[FIELD_ID].prefix);
    memcpy(out, FIELDS[FIELD_ID].prefix, length);
    index_digest(id, out + length);
    return length + INDEX_DIGEST_LENGTH;
}

size_t index_identity(struct text id, uint64_t version, char out[INDEX_IDENTITY_MAX])
{
    size_t length = index_identity_prefix(id, out);
    do
        out[length++] = DIGITS[version & 63];
    while ((version >>= 6));
    return length;
}

/* 8 times 6 bits: FACET_GROUP_BYTES. */
size_t index_group(uint64_t group, char out[INDEX_GROUP_MAX])
{
    size_t length = strlen(FIELDS[FIELD_GROUP].prefix);
    memcpy(out, FIELDS[FIELD_GROUP].prefix, length);
    for (int i = 0; i < 8; i++, group >>= 6)
        out[length++] = DIGITS[group & 63];
    return length;
}

size_t index_version(uint64_t version, char out[INDEX_VERSION_MAX])
{
    size_t length = 0;
    for (uint64_t rest = version; rest; rest >>= 8)
        length++;
    out[0] = (char)length;
    for (size_t i = length; i > 0; i--, version >>= 8)
        out[i] = (char)(version & 0xFF);
    return length + 1;
}

uint64_t index_version_read(struct text value)
{
    uint64_t version = 0;
    for (size_t i = 1; i < value.length && i < INDEX_VERSION_MAX; i++)
        version = version << 8 | (unsigned char)value.data[i];
    return version;
}

/* --- counts of characters --- */

enum status character_counts_encode(const uint32_t counts[CHARACTER_COUNTS_SIZE],
                                    struct buffer *out, struct error *error)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < CHARACTER_COUNTS_SIZE; i++) {
        if (!counts[i])
            continue;
        varint_append(out, i - last);
        varint_append(out, counts[i]);
        last = i;
    }
    return buffer_status(out, error);
}

enum status character_counts_decode(struct text bytes, uint32_t counts[CHARACTER_COUNTS_SIZE],
                                    struct error *error)
{
    struct reading reading = { bytes, true };
    uint64_t codepoint = 0;
    while (reading.rest.length && reading.good) {
        codepoint += number32(&reading);
        uint32_t count = number32(&reading);
        reading.good = reading.good && codepoint < CHARACTER_COUNTS_SIZE;
        if (reading.good)
            counts[codepoint] += count;
    }
    return reading.good ? STATUS_OK
                        : error_set(error, STATUS_CORRUPT, "the index's head is damaged");
}
