/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For fuzz targets of ZIP formats: an input is either a container as it is, or, when it begins with
 * '<', its parts ("%%" on a line between them), which are put into a well-formed container so that
 * the fuzzer need not learn CRCs to reach the XML. */
#ifndef DAFU_FUZZ_PARTS_H
#define DAFU_FUZZ_PARTS_H

#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/reader.h"

static inline uint32_t fuzz_crc(struct text text)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < text.length; i++) {
        crc ^= (unsigned char)text.data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static inline void fuzz_put(struct buffer *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_append_byte(out, (char)(i < 8 ? value >> 8 * i & 0xFF : 0));
}

/* The fields that local and central headers share. */
static inline void fuzz_put_header(struct buffer *out, struct text name, struct text part)
{
    fuzz_put(out, 20, 2);
    fuzz_put(out, 0, 2 + 2 + 4); /* flags, stored, time */
    fuzz_put(out, fuzz_crc(part), 4);
    fuzz_put(out, part.length, 4);
    fuzz_put(out, part.length, 4);
    fuzz_put(out, name.length, 2);
    fuzz_put(out, 0, 2);
}

/* Stores the parts of `input` under `names`, up to its NULL. */
static inline void fuzz_pack(struct text input, const char *const *names, struct buffer *out)
{
    CLEANUP(buffer_release) struct buffer directory = BUFFER_INIT;
    size_t count = 0;
    struct text part;
    for (; names[count] && text_split(&input, TEXT("\n%%\n"), &part); count++) {
        struct text name = text_of(names[count]);
        size_t offset = out->length;
        buffer_append(out, TEXT("PK\3\4"));
        fuzz_put_header(out, name, part);
        buffer_append(out, name);
        buffer_append(out, part);
        buffer_append(&directory, TEXT("PK\1\2"));
        fuzz_put(&directory, 20, 2);
        fuzz_put_header(&directory, name, part);
        fuzz_put(&directory, 0, 2 + 2 + 2 + 4);
        fuzz_put(&directory, offset, 4);
        buffer_append(&directory, name);
    }
    size_t offset = out->length;
    buffer_append(out, buffer_text(&directory));
    buffer_append(out, TEXT("PK\5\6"));
    fuzz_put(out, 0, 4);
    fuzz_put(out, count, 2);
    fuzz_put(out, count, 2);
    fuzz_put(out, directory.length, 4);
    fuzz_put(out, offset, 4);
    fuzz_put(out, 0, 2);
}

/* What readers promise: valid UTF-8, values that are not empty. */
static inline enum status fuzz_check(void *context, const struct document *document,
                                     struct error *error)
{
    (void)context;
    (void)error;
    assert(document->block_count > 0);
    for (size_t i = 0; i < document->block_count; i++)
        assert(utf8_find_invalid(document->blocks[i].text) == TEXT_NONE);
    for (size_t i = 0; i < document->declared_count; i++) {
        assert(utf8_find_invalid(document->declared[i].value) == TEXT_NONE);
        assert(document->declared[i].value.length > 0);
    }
    return STATUS_OK;
}

static inline void fuzz_read(const struct reader *reader, struct text bytes)
{
    CLEANUP(stream_closep) struct stream *in = NULL;
    struct error error = { "" };
    struct text head;
    struct document_receiver receiver = { .document = fuzz_check };
    if (stream_open_bytes(bytes, &in, &error) != STATUS_OK)
        return;
    if (stream_peek(in, READER_HEAD_BYTES, &head, &error) == STATUS_OK)
        (void)reader->recognizes(head, TEXT(""));
    enum status status = reader->read(in, "fuzz", &receiver, &error);
    assert(status == STATUS_OK || error.message[0] != '\0');
}

static inline void fuzz_read_parts(const struct reader *reader, const char *const *names,
                                   const uint8_t *data, size_t size)
{
    CLEANUP(buffer_release) struct buffer packed = BUFFER_INIT;
    struct text input = text_of_bytes((const char *)data, size);
    if (text_starts_with(input, TEXT("<"))) {
        fuzz_pack(input, names, &packed);
        input = buffer_text(&packed);
    }
    fuzz_read(reader, input);
}

#endif
