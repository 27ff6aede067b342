/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole of a source as UTF-8, whatever its encoding: where readers of text begin. */
#ifndef DAFU_DOCUMENT_SOURCE_TEXT_H
#define DAFU_DOCUMENT_SOURCE_TEXT_H

#include "indexer/base/buffer.h"
#include "indexer/document/charset.h"
#include "indexer/document/document.h"
#include "indexer/document/stream.h"

struct source_text {
    struct buffer bytes;         /* as they are in the source */
    struct charset_text decoded; /* refers to bytes, or lies in the arena */
};

/* Takes the stream to its end. STATUS_LIMIT above DOCUMENT_BYTES_MAX, and what the stream and
 * charset_decode say. Release it also after a failure. */
enum status source_text_read(struct stream *in, struct arena *arena, struct source_text *out,
                             struct error *error);
void source_text_release(struct source_text *source); /* CLEANUP-able */

/* Writes the encoding, and how it was found, into the document. */
void source_text_describe(const struct source_text *source, struct document *document);

#endif
