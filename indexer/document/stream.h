/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a file from its start to its end, decompressed on the way when they begin like an
 * .xz file (the file's name does not matter). Memory does not grow with the file. */
#ifndef DAFU_DOCUMENT_STREAM_H
#define DAFU_DOCUMENT_STREAM_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

struct stream;

#define STREAM_XZ_MEMORY ((uint64_t)256 << 20) /* what a decoder may ask for; above: STATUS_LIMIT */

/* STATUS_NOT_FOUND, STATUS_IO, STATUS_INVALID (a folder), STATUS_NO_MEMORY. Messages do not name
 * the path. */
enum status stream_open(const char *path, struct stream **out, struct error *error);
/* The same for bytes in memory (a member of an archive), which the stream borrows. */
enum status stream_open_bytes(struct text bytes, struct stream **out, struct error *error);
void stream_close(struct stream *stream);
void stream_closep(struct stream **stream); /* for CLEANUP */

/* The next bytes without taking them: `count` of them, fewer only at the end of the stream. They
 * live until the next call. count is at most STREAM_PEEK_MAX. */
#define STREAM_PEEK_MAX ((size_t)4096)
enum status stream_peek(struct stream *stream, size_t count, struct text *out, struct error *error);

/* Takes the next bytes, at least one and as many as are at hand, at most `count`; an empty text
 * at the end of the stream. They live until the next call. STATUS_IO, STATUS_INVALID (damaged or
 * cut off .xz), STATUS_LIMIT (an .xz that needs too much memory), STATUS_NO_MEMORY. */
enum status stream_take(struct stream *stream, size_t count, struct text *out, struct error *error);

/* Appends all that is left. STATUS_LIMIT when it is more than `ceiling` bytes (known from the size
 * of a plain file before any is read), and what stream_take returns. */
struct buffer;
enum status stream_load(struct stream *stream, size_t ceiling, struct buffer *out,
                        struct error *error);

/* Bytes of a plain regular file in all; UINT64_MAX where that is not known. */
uint64_t stream_size(const struct stream *stream);

/* Whether the bytes come out of an .xz file. */
bool stream_is_compressed(const struct stream *stream);

#endif
