/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of a file in the ledger, in this order: numbers are LEB128 varints, a text is its
 * length and its bytes, a digest eight bytes, low first.
 *
 *   path, via, state, size, modified_ns, device, settled, digest low, digest high, reader,
 *   replies, passages, left out,
 *   problems: count, then each reason and line,
 *   attachments: count, then each path, size, modified_ns, device, settled,
 *   replies: count, then each id, source, twin_of, usable, rank, number, figures,
 *   content, bands
 *
 * Ids and sources mostly begin with the path: a text of a reply begins with a 1 when the path has
 * been taken from its start. What stands behind the fields of a later version is skipped. */
#include "indexer/batch/ledger.h"

static void put_number(struct buffer *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buffer_append_byte(out, (char)(value | 0x80));
    buffer_append_byte(out, (char)value);
}

static void put_text(struct buffer *out, struct text text)
{
    put_number(out, text.length);
    buffer_append(out, text);
}

static void put_digest(struct buffer *out, uint64_t digest)
{
    for (int i = 0; i < 8; i++)
        buffer_append_byte(out, (char)(digest >> 8 * i));
}

static void put_stamp(struct buffer *out, const struct file_stamp *stamp)
{
    put_number(out, stamp->size);
    put_number(out, (uint64_t)stamp->modified_ns);
    put_number(out, stamp->device);
    put_number(out, stamp->settled);
}

static void put_name(struct buffer *out, struct text path, struct text name)
{
    bool below = path.length > 0 && text_starts_with(name, path);
    put_number(out, below);
    put_text(out, below ? text_slice(name, path.length, name.length - path.length) : name);
}

static void put_reply(struct buffer *out, struct text path, const struct ledger_reply *reply)
{
    put_name(out, path, reply->id);
    put_name(out, path, reply->source);
    put_name(out, path, reply->twin_of);
    put_number(out, reply->sketch.usable);
    put_number(out, reply->sketch.rank);
    put_digest(out, reply->sketch.number);
    put_digest(out, reply->sketch.figures);
    put_digest(out, reply->sketch.content);
    for (size_t i = 0; i < SKETCH_BANDS; i += 2)
        put_digest(out, reply->sketch.bands[i] | (uint64_t)reply->sketch.bands[i + 1] << 32);
}

void ledger_encode_entry(const struct ledger_entry *entry, struct buffer *out)
{
    put_text(out, entry->path);
    put_text(out, entry->via);
    put_number(out, entry->state);
    put_stamp(out, &entry->stamp);
    put_digest(out, entry->digest.low);
    put_digest(out, entry->digest.high);
    put_digest(out, entry->reader);
    put_number(out, entry->replies);
    put_number(out, entry->passages);
    put_number(out, entry->left_out);
    put_number(out, entry->problem_count);
    for (size_t i = 0; i < entry->problem_count; i++) {
        put_number(out, entry->problems[i].reason);
        put_text(out, entry->problems[i].line);
    }
    put_number(out, entry->attachment_count);
    for (size_t i = 0; i < entry->attachment_count; i++) {
        put_text(out, entry->attachments[i].path);
        put_stamp(out, &entry->attachments[i].stamp);
    }
    put_number(out, entry->listed_count);
    for (size_t i = 0; i < entry->listed_count; i++)
        put_reply(out, entry->path, &entry->listed[i]);
}

/* ---- and back: a field that does not fit sets `bad`, and everything after it is zero -------- */

struct fields {
    struct text rest;
    struct arena *arena;
    bool bad;
    bool no_memory; /* that is why */
};

static uint64_t get_number(struct fields *fields)
{
    uint64_t value = 0;
    struct text *rest = &fields->rest;
    for (size_t i = 0; !fields->bad && i < rest->length && i < 10; i++) {
        unsigned char byte = (unsigned char)rest->data[i];
        value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            *rest = text_slice(*rest, i + 1, rest->length - i - 1);
            return value;
        }
    }
    fields->bad = true;
    return 0;
}

static struct text get_text(struct fields *fields)
{
    uint64_t length = get_number(fields);
    if (fields->bad || length > fields->rest.length) {
        fields->bad = true;
        return (struct text) { NULL, 0 };
    }
    struct text text = text_slice(fields->rest, 0, (size_t)length);
    fields->rest = text_slice(fields->rest, (size_t)length, fields->rest.length - (size_t)length);
    return text;
}

static uint64_t get_digest(struct fields *fields)
{
    if (fields->bad || fields->rest.length < 8) {
        fields->bad = true;
        return 0;
    }
    uint64_t digest = 0;
    for (int i = 0; i < 8; i++)
        digest |= (uint64_t)(unsigned char)fields->rest.data[i] << 8 * i;
    fields->rest = text_slice(fields->rest, 8, fields->rest.length - 8);
    return digest;
}

static struct file_stamp get_stamp(struct fields *fields)
{
    struct file_stamp stamp;
    stamp.size = get_number(fields);
    stamp.modified_ns = (int64_t)get_number(fields);
    stamp.device = get_number(fields);
    stamp.settled = get_number(fields) != 0;
    return stamp;
}

/* Every item takes at least a byte: a count beyond that is damage, and asks for no memory. */
static void *get_array(struct fields *fields, size_t size, size_t *count)
{
    uint64_t wanted = get_number(fields);
    if (fields->bad || wanted > fields->rest.length) {
        fields->bad = true;
        return NULL;
    }
    void *items = wanted ? arena_array(fields->arena, (size_t)wanted, size) : NULL;
    fields->bad = fields->no_memory = wanted && !items;
    *count = items ? (size_t)wanted : 0;
    return items;
}

static struct text get_name(struct fields *fields, struct text path)
{
    bool below = get_number(fields) != 0;
    struct text rest = get_text(fields);
    if (!below || fields->bad)
        return rest;
    char *name = arena_alloc(fields->arena, path.length + rest.length + 1);
    fields->bad = fields->no_memory = !name;
    if (!name)
        return rest;
    memcpy(name, path.data, path.length);
    if (rest.length)
        memcpy(name + path.length, rest.data, rest.length);
    return (struct text) { name, path.length + rest.length };
}

static void get_reply(struct fields *fields, struct text path, struct ledger_reply *reply)
{
    reply->id = get_name(fields, path);
    reply->source = get_name(fields, path);
    reply->twin_of = get_name(fields, path);
    reply->sketch.usable = get_number(fields) != 0;
    reply->sketch.rank = (uint8_t)get_number(fields);
    reply->sketch.number = get_digest(fields);
    reply->sketch.figures = get_digest(fields);
    reply->sketch.content = get_digest(fields);
    for (size_t i = 0; i < SKETCH_BANDS; i += 2) {
        uint64_t two = get_digest(fields);
        reply->sketch.bands[i] = (uint32_t)two;
        reply->sketch.bands[i + 1] = (uint32_t)(two >> 32);
    }
}

enum status ledger_decode_entry(struct text bytes, struct arena *arena, struct ledger_entry *out,
                                struct error *error)
{
    struct fields fields = { .rest = bytes, .arena = arena };
    struct ledger_entry entry = { .path = get_text(&fields) };
    entry.via = get_text(&fields);
    entry.state = (enum ledger_state)get_number(&fields);
    entry.stamp = get_stamp(&fields);
    entry.digest.low = get_digest(&fields);
    entry.digest.high = get_digest(&fields);
    entry.reader = get_digest(&fields);
    entry.replies = (unsigned long)get_number(&fields);
    entry.passages = (unsigned long)get_number(&fields);
    entry.left_out = (unsigned long)get_number(&fields);
    entry.problems = get_array(&fields, sizeof(*entry.problems), &entry.problem_count);
    for (size_t i = 0; i < entry.problem_count; i++) {
        uint64_t reason = get_number(&fields);
        entry.problems[i].reason = reason <= STATUS_STOPPED ? (enum status)reason : STATUS_INVALID;
        entry.problems[i].line = get_text(&fields);
    }
    entry.attachments = get_array(&fields, sizeof(*entry.attachments), &entry.attachment_count);
    for (size_t i = 0; i < entry.attachment_count; i++) {
        entry.attachments[i].path = get_text(&fields);
        entry.attachments[i].stamp = get_stamp(&fields);
    }
    entry.listed = get_array(&fields, sizeof(*entry.listed), &entry.listed_count);
    for (size_t i = 0; i < entry.listed_count; i++)
        get_reply(&fields, entry.path, &entry.listed[i]);
    entry.problem_capacity = entry.problem_count;
    entry.attachment_capacity = entry.attachment_count;
    entry.listed_capacity = entry.listed_count;
    if (fields.no_memory)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (fields.bad || entry.path.length == 0 || entry.state > LEDGER_ATTACHED)
        return error_set(error, STATUS_CORRUPT, "the index's ledger of files is damaged");
    *out = entry;
    return STATUS_OK;
}
