/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames have their content size and neither checksum nor dictionary number: Xapian's blocks have
 * no checksums, either, and `check` decodes every record. */
#include "indexer/analysis/record_codec.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>

/* stard (59,290 records), levels 1, 3, 6, 9 and 12: 13.5, 11.8, 11.7, 11.3 and 10.9 MB; 9.9, 9.7,
 * 10.3, 10.5 and 12.6 s of processor for the whole build. */
#define LEVEL 3
#define MAGIC_BYTES 4
#define SAMPLES_LEAST 64

static const char MAGIC[MAGIC_BYTES] = { '\x28', '\xB5', '\x2F', '\xFD' };

struct record_codec {
    enum record_codec_use use;
    ZSTD_CDict *writing[RECORD_DICTIONARIES_MAX]; /* by number - 1 */
    ZSTD_DDict *reading[RECORD_DICTIONARIES_MAX];
};

struct record_encoder {
    ZSTD_CCtx *context;
};

struct record_decoder {
    ZSTD_DCtx *context;
    struct buffer frame;
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status record_codec_new(enum record_codec_use use, struct record_codec **out,
                             struct error *error)
{
    struct record_codec *codec = calloc(1, sizeof(*codec));
    if (!codec)
        return no_memory(error);
    codec->use = use;
    *out = codec;
    return STATUS_OK;
}

void record_codec_free(struct record_codec *codec)
{
    for (size_t i = 0; codec && i < RECORD_DICTIONARIES_MAX; i++) {
        ZSTD_freeCDict(codec->writing[i]);
        ZSTD_freeDDict(codec->reading[i]);
    }
    free(codec);
}

void record_codec_freep(struct record_codec **codec)
{
    record_codec_free(*codec);
}

enum status record_codec_add(struct record_codec *codec, unsigned number, struct text dictionary,
                             struct error *error)
{
    if (number < 1 || number > RECORD_DICTIONARIES_MAX)
        return error_set(error, STATUS_CORRUPT, "no dictionary can have the number %u", number);
    ZSTD_CDict **writing = &codec->writing[number - 1];
    ZSTD_DDict **reading = &codec->reading[number - 1];
    bool writes = codec->use == RECORD_CODEC_WRITES;
    if (!*reading)
        *reading = ZSTD_createDDict(dictionary.data, dictionary.length);
    if (writes && !*writing)
        *writing = ZSTD_createCDict(dictionary.data, dictionary.length, LEVEL);
    return *reading && (*writing || !writes) ? STATUS_OK : no_memory(error);
}

enum status record_codec_train(const char *samples, const size_t *lengths, unsigned count,
                               struct buffer *out, struct error *error)
{
    buffer_clear(out);
    if (count < SAMPLES_LEAST)
        return STATUS_OK;
    char *room = buffer_reserve(out, RECORD_DICTIONARY_BYTES);
    if (!room)
        return buffer_status(out, error);
    size_t length = ZDICT_trainFromBuffer(room, RECORD_DICTIONARY_BYTES, samples, lengths, count);
    if (!ZDICT_isError(length)) /* an error is: too little to learn from */
        out->length = length;
    return STATUS_OK;
}

/* --- encoding --- */

struct record_encoder *record_encoder_new(void)
{
    struct record_encoder *encoder = calloc(1, sizeof(*encoder));
    if (encoder)
        encoder->context = ZSTD_createCCtx();
    if (encoder && encoder->context)
        return encoder;
    free(encoder);
    return NULL;
}

void record_encoder_free(struct record_encoder *encoder)
{
    if (encoder)
        ZSTD_freeCCtx(encoder->context);
    free(encoder);
}

static enum status append_plain(struct text record, struct buffer *out, struct error *error)
{
    buffer_append_byte(out, 0);
    buffer_append(out, record);
    return buffer_status(out, error);
}

enum status record_encode(struct record_encoder *encoder, const struct record_codec *codec,
                          unsigned number, struct text record, struct buffer *out,
                          struct error *error)
{
    if (number == 0)
        return append_plain(record, out, error);
    size_t start = out->length, most = ZSTD_compressBound(record.length);
    char *room = buffer_reserve(out, most + 1);
    if (!room)
        return buffer_status(out, error);
    ZSTD_CCtx_setParameter(encoder->context, ZSTD_c_dictIDFlag, 0);
    ZSTD_CCtx_refCDict(encoder->context, codec->writing[number - 1]);
    size_t length = ZSTD_compress2(encoder->context, room + 1, most, record.data, record.length);
    if (ZSTD_isError(length))
        return no_memory(error);
    if (length - MAGIC_BYTES >= record.length)
        return append_plain(record, out, error);
    room[0] = (char)number;
    memmove(room + 1, room + 1 + MAGIC_BYTES, length - MAGIC_BYTES);
    out->length = start + 1 + length - MAGIC_BYTES;
    out->data[out->length] = '\0';
    return STATUS_OK;
}

/* --- decoding --- */

struct record_decoder *record_decoder_new(void)
{
    struct record_decoder *decoder = calloc(1, sizeof(*decoder));
    if (decoder)
        decoder->context = ZSTD_createDCtx();
    if (decoder && decoder->context)
        return decoder;
    free(decoder);
    return NULL;
}

void record_decoder_free(struct record_decoder *decoder)
{
    if (!decoder)
        return;
    ZSTD_freeDCtx(decoder->context);
    buffer_release(&decoder->frame);
    free(decoder);
}

static enum status damaged(struct error *error)
{
    return error_set(error, STATUS_CORRUPT, "a stored record is damaged");
}

enum status record_decode(struct record_decoder *decoder, const struct record_codec *codec,
                          struct text bytes, struct arena *arena, struct text *out,
                          struct error *error)
{
    if (bytes.length == 0)
        return damaged(error);
    unsigned number = (unsigned char)bytes.data[0];
    struct text rest = text_slice(bytes, 1, bytes.length - 1);
    if (number == 0) {
        *out = arena_text(arena, rest);
        return out->data ? STATUS_OK : no_memory(error);
    }
    if (number > RECORD_DICTIONARIES_MAX || !codec->reading[number - 1])
        return damaged(error);
    buffer_clear(&decoder->frame);
    buffer_append(&decoder->frame, (struct text) { MAGIC, MAGIC_BYTES });
    buffer_append(&decoder->frame, rest);
    if (decoder->frame.failed)
        return buffer_status(&decoder->frame, error);
    unsigned long long size = ZSTD_getFrameContentSize(decoder->frame.data, decoder->frame.length);
    if (size > RECORD_BYTES_MAX) /* unknown and error are the largest numbers */
        return damaged(error);
    char *room = arena_alloc(arena, (size_t)size + 1);
    if (!room)
        return no_memory(error);
    size_t length =
        ZSTD_decompress_usingDDict(decoder->context, room, (size_t)size, decoder->frame.data,
                                   decoder->frame.length, codec->reading[number - 1]);
    if (ZSTD_isError(length) || length != size)
        return damaged(error);
    room[size] = '\0';
    *out = (struct text) { room, (size_t)size };
    return STATUS_OK;
}
