/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/coded_stream.h"

#include "indexer/base/utf8.h"

static bool is_wide(const struct codec *codec)
{
    return codec->form == CODEC_UTF16 || codec->form == CODEC_UTF32;
}

bool coded_stream_is_wide(const struct coded_stream *coded)
{
    return is_wide(coded->codec);
}

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static enum status find_codec(struct coded_stream *coded, struct error *error)
{
    struct arena arena;
    struct text head;
    struct charset_text decoded;
    enum status status = stream_peek(coded->in, STREAM_PEEK_MAX, &head, error);
    if (status)
        return status;
    arena_init(&arena, 0);
    status = charset_decode(head, TEXT(""), &arena, &decoded, error);
    if (!status) {
        coded->codec = decoded.codec;
        coded->origin = decoded.origin;
        coded->settled = decoded.mark > 0 || is_wide(decoded.codec) || !is_ascii(head);
    }
    if (!status && decoded.mark > 0) {
        struct text mark;
        status = stream_take(coded->in, decoded.mark, &mark, error);
    }
    arena_release(&arena);
    return status;
}

enum status coded_stream_open(struct coded_stream *coded, struct stream *in, struct error *error)
{
    *coded = (struct coded_stream) { .in = in, .codec = &CODEC_FOR_UTF8 };
    coded->decoder = (struct decoder) { &CODEC_FOR_UTF8, (iconv_t)-1 };
    enum status status = find_codec(coded, error);
    return status ? status : decoder_open(&coded->decoder, coded->codec, error);
}

void coded_stream_close(struct coded_stream *coded)
{
    decoder_close(&coded->decoder);
    buffer_release(&coded->window);
    buffer_release(&coded->carry);
}

/* Decodes what is whole of the carry into the window. */
static void decode_carry(struct coded_stream *coded, bool all)
{
    struct text bytes = buffer_text(&coded->carry);
    size_t offset = 0;
    while (offset < bytes.length && (all || bytes.length - offset >= 4)) {
        char out[DECODER_STEP_BYTES];
        size_t length;
        bool bad = false;
        offset += decoder_step(&coded->decoder, bytes, offset, out, &length, &bad);
        buffer_append(&coded->window, text_of_bytes(out, length));
    }
    memmove(coded->carry.data, coded->carry.data + offset, bytes.length - offset);
    coded->carry.length = bytes.length - offset;
}

enum status coded_stream_next(struct coded_stream *coded, struct text *piece, struct error *error)
{
    if (!is_wide(coded->codec))
        return stream_take(coded->in, SIZE_MAX, piece, error);
    buffer_clear(&coded->window);
    for (bool ended = false; coded->window.length == 0 && !ended;) {
        struct text bytes;
        enum status status = stream_take(coded->in, SIZE_MAX, &bytes, error);
        if (status)
            return status;
        ended = bytes.length == 0;
        buffer_append(&coded->carry, bytes);
        if (coded->carry.length > 0)
            decode_carry(coded, ended);
    }
    *piece = buffer_text(&coded->window);
    enum status status = buffer_status(&coded->carry, error);
    return status ? status : buffer_status(&coded->window, error);
}

enum status coded_stream_settle(struct coded_stream *coded, struct text record, struct error *error)
{
    struct arena arena;
    struct charset_text decoded;
    if (coded->settled || is_ascii(record))
        return STATUS_OK;
    coded->settled = utf8_find_invalid(record) == TEXT_NONE;
    if (coded->settled)
        return STATUS_OK;
    arena_init(&arena, 0);
    enum status status = charset_decode(record, TEXT(""), &arena, &decoded, error);
    if (!status && !is_wide(decoded.codec) && !decoded.replaced) {
        decoder_close(&coded->decoder);
        coded->decoder = (struct decoder) { &CODEC_FOR_UTF8, (iconv_t)-1 };
        coded->codec = decoded.codec;
        coded->origin = decoded.origin;
        coded->settled = true;
        status = decoder_open(&coded->decoder, coded->codec, error);
    }
    arena_release(&arena);
    return status;
}

enum status coded_stream_decode(struct coded_stream *coded, struct text raw, struct arena *arena,
                                struct text *out, size_t *replaced, struct error *error)
{
    *out = raw;
    if ((is_wide(coded->codec) || coded->codec->form == CODEC_UTF8) &&
        utf8_find_invalid(raw) == TEXT_NONE)
        return STATUS_OK;
    size_t bad = 0;
    size_t length = decoder_run(&coded->decoder, raw, NULL, 0, &bad);
    char *bytes = arena_alloc(arena, length + 1);
    if (!bytes)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    decoder_run(&coded->decoder, raw, bytes, length, &bad);
    *replaced += bad;
    *out = text_of_bytes(bytes, length);
    return STATUS_OK;
}
