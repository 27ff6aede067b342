/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored records: one table of rows per record names each field's tag, kind and place, and the
 * same two loops write and read both records. Byte layout in record.h; the first byte says which
 * record it is, so that foreign bytes are recognised. */
#include "indexer/analysis/record.h"

#include <stddef.h>

#include "indexer/analysis/varint.h"

static const struct {
    const char *name;
    const char *chinese;
} ROLES[ROLE_COUNT] = {
    [ROLE_OTHER] = { "other", "其他" },       [ROLE_HEAD] = { "head", "版头" },
    [ROLE_HEADING] = { "heading", "小标题" }, [ROLE_BACKGROUND] = { "background", "背景" },
    [ROLE_DONE] = { "done", "已做" },         [ROLE_COMMITMENT] = { "commitment", "下步" },
};

const char *role_name(enum passage_role role)
{
    return (unsigned)role < ROLE_COUNT ? ROLES[role].name : ROLES[ROLE_OTHER].name;
}

const char *role_chinese(enum passage_role role)
{
    return (unsigned)role < ROLE_COUNT ? ROLES[role].chinese : ROLES[ROLE_OTHER].chinese;
}

enum row_kind { ROW_TEXT, ROW_U32, ROW_U64, ROW_ROLE };

struct row {
    unsigned tag; /* never reused */
    enum row_kind kind;
    size_t offset;
};

#define ROW(record, tag, kind, field)                                                              \
    {                                                                                              \
        tag, kind, offsetof(struct record, field)                                                  \
    }

static const struct row PASSAGE_ROWS[] = {
    ROW(passage_record, 3, ROW_TEXT, path),         ROW(passage_record, 4, ROW_TEXT, text),
    ROW(passage_record, 5, ROW_U32, ordinal),       ROW(passage_record, 6, ROW_U32, paragraph),
    ROW(passage_record, 7, ROW_ROLE, role),         ROW(passage_record, 8, ROW_U64, source_offset),
    ROW(passage_record, 9, ROW_U64, source_length),
};

static const struct row REPLY_ROWS[] = {
    ROW(reply_record, 1, ROW_TEXT, id),
    ROW(reply_record, 2, ROW_TEXT, source),
    ROW(reply_record, 3, ROW_TEXT, group),
    ROW(reply_record, 4, ROW_TEXT, title),
    ROW(reply_record, 5, ROW_TEXT, issuer),
    ROW(reply_record, 6, ROW_TEXT, document_number),
    ROW(reply_record, 7, ROW_TEXT, subject),
    ROW(reply_record, 8, ROW_TEXT, addressee),
    ROW(reply_record, 9, ROW_TEXT, area),
    ROW(reply_record, 10, ROW_TEXT, body),
    ROW(reply_record, 11, ROW_TEXT, session),
    ROW(reply_record, 12, ROW_U32, term),
    ROW(reply_record, 13, ROW_U32, meeting),
    ROW(reply_record, 14, ROW_TEXT, kind),
    ROW(reply_record, 15, ROW_TEXT, reply_type),
    ROW(reply_record, 16, ROW_TEXT, proposal_number),
    ROW(reply_record, 17, ROW_TEXT, result_class),
    ROW(reply_record, 18, ROW_TEXT, publicity),
    ROW(reply_record, 19, ROW_TEXT, date),
    ROW(reply_record, 20, ROW_TEXT, date_origin),
    ROW(reply_record, 21, ROW_TEXT, metadata_json),
    ROW(reply_record, 22, ROW_U32, passage_count),
    ROW(reply_record, 23, ROW_TEXT, other_sources),
    ROW(reply_record, 24, ROW_TEXT, stem),
};

struct layout {
    const char *name;
    char first_byte;
    const struct row *rows;
    size_t count;
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
static const struct layout PASSAGE = { "passage", 'p', PASSAGE_ROWS, COUNT_OF(PASSAGE_ROWS) };
static const struct layout REPLY = { "reply", 'r', REPLY_ROWS, COUNT_OF(REPLY_ROWS) };

static uint64_t row_number(const struct row *row, const char *record)
{
    switch (row->kind) {
    case ROW_U64:
        return *(const uint64_t *)(const void *)(record + row->offset);
    case ROW_ROLE:
        return (uint64_t) * (const enum passage_role *)(const void *)(record + row->offset);
    default:
        return *(const uint32_t *)(const void *)(record + row->offset);
    }
}

/* An empty text and a zero are left out: decoding starts from a zeroed record. */
static void encode_row(const struct row *row, const char *record, struct buffer *out)
{
    char number[VARINT_MAX];
    struct text bytes;
    if (row->kind == ROW_TEXT) {
        bytes = *(const struct text *)(const void *)(record + row->offset);
    } else {
        uint64_t value = row_number(row, record);
        bytes = (struct text) { number, value ? varint_encode(value, number) : 0 };
    }
    if (bytes.length == 0)
        return;
    varint_append(out, row->tag);
    varint_append(out, bytes.length);
    buffer_append(out, bytes);
}

static enum status encode(const struct layout *layout, const void *record, struct buffer *out,
                          struct error *error)
{
    buffer_append_byte(out, layout->first_byte);
    for (size_t i = 0; i < layout->count; i++)
        encode_row(&layout->rows[i], record, out);
    return buffer_status(out, error);
}

static bool decode_row(const struct row *row, struct text bytes, char *record)
{
    if (row->kind == ROW_TEXT) {
        *(struct text *)(void *)(record + row->offset) = bytes;
        return true;
    }
    uint64_t value;
    if (!varint_take(&bytes, &value) || bytes.length)
        return false;
    if (row->kind == ROW_U64) {
        *(uint64_t *)(void *)(record + row->offset) = value;
    } else if (row->kind == ROW_ROLE) {
        *(enum passage_role *)(void *)(record + row->offset) =
            value < ROLE_COUNT ? (enum passage_role)value : ROLE_OTHER;
    } else {
        if (value > UINT32_MAX)
            return false;
        *(uint32_t *)(void *)(record + row->offset) = (uint32_t)value;
    }
    return true;
}

static const struct row *find_row(const struct layout *layout, uint64_t tag)
{
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->rows[i].tag == tag)
            return &layout->rows[i];
    }
    return NULL;
}

static bool decode(const struct layout *layout, struct text rest, void *record)
{
    if (rest.length == 0 || rest.data[0] != layout->first_byte)
        return false;
    rest = text_slice(rest, 1, rest.length - 1);
    while (rest.length) {
        uint64_t tag, length;
        if (!varint_take(&rest, &tag) || !varint_take(&rest, &length) || length > rest.length)
            return false;
        const struct row *row = find_row(layout, tag);
        if (row && !decode_row(row, text_slice(rest, 0, (size_t)length), record))
            return false;
        rest = text_slice(rest, (size_t)length, rest.length - (size_t)length);
    }
    return true;
}

enum status passage_record_encode(const struct passage_record *record, struct buffer *out,
                                  struct error *error)
{
    return encode(&PASSAGE, record, out, error);
}

enum status reply_record_encode(const struct reply_record *record, struct buffer *out,
                                struct error *error)
{
    return encode(&REPLY, record, out, error);
}

static enum status not_a_record(const struct layout *layout, struct error *error)
{
    return error_set(error, STATUS_CORRUPT, "stored %s record is damaged", layout->name);
}

enum status passage_record_decode(struct text bytes, struct passage_record *out,
                                  struct error *error)
{
    struct passage_record record = { 0 };
    if (!decode(&PASSAGE, bytes, &record))
        return not_a_record(&PASSAGE, error);
    *out = record;
    return STATUS_OK;
}

enum status reply_record_decode(struct text bytes, struct reply_record *out, struct error *error)
{
    struct reply_record record = { 0 };
    if (!decode(&REPLY, bytes, &record))
        return not_a_record(&REPLY, error);
    *out = record;
    return STATUS_OK;
}

/* --- documents --- */

#define BOTH 'b'

enum status document_record_join(struct text reply, struct text passage, struct buffer *out,
                                 struct error *error)
{
    if (reply.length && passage.length) {
        buffer_append_byte(out, BOTH);
        varint_append(out, reply.length);
    }
    buffer_append(out, reply);
    buffer_append(out, passage);
    return buffer_status(out, error);
}

enum status document_record_split(struct text bytes, struct text *reply, struct text *passage,
                                  struct error *error)
{
    *reply = *passage = (struct text) { NULL, 0 };
    char first = bytes.length ? bytes.data[0] : '\0';
    if (first == REPLY.first_byte) {
        *reply = bytes;
        return STATUS_OK;
    }
    if (first == PASSAGE.first_byte) {
        *passage = bytes;
        return STATUS_OK;
    }
    struct text rest = first == BOTH ? text_slice(bytes, 1, bytes.length - 1) : (struct text) { 0 };
    uint64_t length = 0;
    if (!varint_take(&rest, &length) || length >= rest.length)
        return error_set(error, STATUS_CORRUPT, "a stored record is damaged");
    *reply = text_slice(rest, 0, (size_t)length);
    *passage = text_slice(rest, (size_t)length, rest.length - (size_t)length);
    return STATUS_OK;
}
