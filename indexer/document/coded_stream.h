/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stream of text in any encoding, piece by piece, for formats whose records are cut by ASCII
 * (line ends, quotes, commas). No character of GB18030, Big5 or UTF-8 has such a byte inside it as
 * far as those marks go, so pieces are handed out as they are and records are decoded once they are
 * cut; UTF-16 and UTF-32 are decoded first. Memory does not grow with the file. */
#ifndef DAFU_DOCUMENT_CODED_STREAM_H
#define DAFU_DOCUMENT_CODED_STREAM_H

#include "indexer/base/buffer.h"
#include "indexer/document/charset.h"
#include "indexer/document/stream.h"

struct coded_stream {
    struct stream *in;
    const struct codec *codec;
    enum charset_origin origin;
    struct decoder decoder;
    bool settled;         /* characters that are not ASCII have shown the encoding */
    struct buffer window; /* UTF-16, UTF-32: the piece, decoded */
    struct buffer carry;  /* ... and a character that is not whole yet */
};

/* Finds the encoding from the stream's beginning and takes a byte order mark. STATUS_UNSUPPORTED,
 * and what streams return. Close it also after a failure. */
enum status coded_stream_open(struct coded_stream *coded, struct stream *in, struct error *error);
void coded_stream_close(struct coded_stream *coded);

/* Whether pieces are UTF-8 already, so that offsets in them are not those of the file. */
bool coded_stream_is_wide(const struct coded_stream *coded);

/* The next bytes, at least one; empty at the end. They live until the next call. */
enum status coded_stream_next(struct coded_stream *coded, struct text *piece, struct error *error);

/* The head of the file may have been ASCII, which is UTF-8 too, and what follows something else: the
 * first record that shows it decides for all. To be called with each record before it is decoded. */
enum status coded_stream_settle(struct coded_stream *coded, struct text record,
                                struct error *error);

/* A record, or a part of one that begins and ends at ASCII, as UTF-8: in the arena, or `raw` itself.
 * *replaced grows by the characters that could not be decoded. */
enum status coded_stream_decode(struct coded_stream *coded, struct text raw, struct arena *arena,
                                struct text *out, size_t *replaced, struct error *error);

#endif
