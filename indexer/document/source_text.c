/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A source that is too long is known by its size or by the first byte too many. */
#include "indexer/document/source_text.h"

static enum status too_long(struct error *error)
{
    return error_set(error, STATUS_LIMIT, "longer than %zu MiB", DOCUMENT_BYTES_MAX >> 20);
}

static enum status read_bytes(struct stream *in, struct buffer *bytes, struct error *error)
{
    uint64_t size = stream_size(in);
    if (size != UINT64_MAX && size > DOCUMENT_BYTES_MAX)
        return too_long(error);
    for (;;) {
        struct text piece;
        enum status status = stream_take(in, SIZE_MAX, &piece, error);
        if (status)
            return status;
        if (piece.length == 0)
            return buffer_status(bytes, error);
        if (bytes->length + piece.length > DOCUMENT_BYTES_MAX)
            return too_long(error);
        buffer_append(bytes, piece);
    }
}

enum status source_text_read(struct stream *in, struct arena *arena, struct source_text *out,
                             struct error *error)
{
    *out = (struct source_text) { .bytes = BUFFER_INIT };
    enum status status = read_bytes(in, &out->bytes, error);
    if (status)
        return status;
    struct text bytes = buffer_text(&out->bytes);
    return charset_decode(bytes, charset_declared(bytes), arena, &out->decoded, error);
}

void source_text_release(struct source_text *source)
{
    buffer_release(&source->bytes);
}

void source_text_describe(const struct source_text *source, struct document *document)
{
    document->encoding = source->decoded.codec->name;
    document->encoding_origin = charset_origin_name(source->decoded.origin);
    document->replaced = source->decoded.replaced;
}
