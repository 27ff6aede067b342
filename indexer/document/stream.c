/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One window of bytes that moves over the file. Compressed files pass a second, smaller buffer and
 * liblzma on their way into the window; several .xz streams after each other read as one, as with
 * the xz program. A failure is kept back until everything before it has been taken, so a file that
 * is damaged at its end still gives its beginning. */
#include "indexer/document/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"

#define WINDOW_BYTES ((size_t)64 << 10)
#define PACKED_BYTES ((size_t)16 << 10)

struct stream {
    int file;           /* -1: the bytes come out of memory */
    struct text memory; /* what is still to come */
    uint64_t size;
    bool at_end;        /* nothing more will come into the window */
    enum status failed; /* why, when that was a failure */
    struct error failure;
    bool compressed;
    bool file_at_end;
    lzma_stream decoder;
    unsigned char packed[PACKED_BYTES]; /* decoder.next_in points into it */
    size_t start, end;                  /* of what is at hand in the window */
    char window[WINDOW_BYTES];
};

static void fail(struct stream *stream, enum status status, const char *message)
{
    stream->failed = error_set(&stream->failure, status, "%s", message);
    stream->at_end = true;
}

static size_t read_memory(struct stream *stream, void *bytes, size_t count)
{
    struct text *memory = &stream->memory;
    count = count < memory->length ? count : memory->length;
    if (count == 0)
        return 0;
    memcpy(bytes, memory->data, count);
    *memory = text_slice(*memory, count, memory->length - count);
    return count;
}

static size_t read_file(struct stream *stream, void *bytes, size_t count)
{
    if (stream->file < 0)
        return read_memory(stream, bytes, count);
    for (;;) {
        ssize_t got = read(stream->file, bytes, count);
        if (got >= 0)
            return (size_t)got;
        if (errno == EINTR)
            continue;
        if (errno == EISDIR)
            fail(stream, STATUS_INVALID, "is a folder");
        else
            fail(stream, STATUS_IO, strerror(errno));
        return 0;
    }
}

static void fail_decoding(struct stream *stream, lzma_ret result)
{
    switch (result) {
    case LZMA_MEM_ERROR:
        fail(stream, STATUS_NO_MEMORY, "out of memory");
        return;
    case LZMA_MEMLIMIT_ERROR:
        fail(stream, STATUS_LIMIT, "xz data that need more than 256 MiB of memory");
        return;
    case LZMA_OPTIONS_ERROR:
        fail(stream, STATUS_UNSUPPORTED, "xz data with unknown options");
        return;
    case LZMA_BUF_ERROR:
        fail(stream, STATUS_INVALID, "xz data end too early");
        return;
    default:
        fail(stream, STATUS_INVALID, "damaged xz data");
        return;
    }
}

/* Decodes until at least one byte has come out, or the end. */
static void unpack(struct stream *stream)
{
    lzma_stream *decoder = &stream->decoder;
    decoder->next_out = (unsigned char *)stream->window + stream->end;
    decoder->avail_out = WINDOW_BYTES - stream->end;
    size_t room = decoder->avail_out;

    while (decoder->avail_out == room && !stream->at_end) {
        if (decoder->avail_in == 0 && !stream->file_at_end) {
            decoder->next_in = stream->packed;
            decoder->avail_in = read_file(stream, stream->packed, PACKED_BYTES);
            stream->file_at_end = decoder->avail_in == 0;
            if (stream->failed)
                return;
        }
        lzma_ret result = lzma_code(decoder, stream->file_at_end ? LZMA_FINISH : LZMA_RUN);
        if (result == LZMA_STREAM_END)
            stream->at_end = true;
        else if (result != LZMA_OK)
            fail_decoding(stream, result);
    }
    stream->end += room - decoder->avail_out;
}

/* Brings more bytes into the window, unless it is full. */
static void fill(struct stream *stream)
{
    memmove(stream->window, stream->window + stream->start, stream->end - stream->start);
    stream->end -= stream->start;
    stream->start = 0;
    if (stream->end == WINDOW_BYTES)
        return;
    if (stream->compressed) {
        unpack(stream);
        return;
    }

    size_t got = read_file(stream, stream->window + stream->end, WINDOW_BYTES - stream->end);
    stream->end += got;
    if (got == 0)
        stream->at_end = true;
}

static void fill_until(struct stream *stream, size_t count)
{
    while (stream->end - stream->start < count && !stream->at_end)
        fill(stream);
}

/* What is in the window becomes the first input of the decoder. */
static enum status start_decoder(struct stream *stream, struct error *error)
{
    if (lzma_stream_decoder(&stream->decoder, STREAM_XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    if (lseek(stream->file, 0, SEEK_SET) < 0) { /* a pipe: only a short head has been read */
        memcpy(stream->packed, stream->window, stream->end);
        stream->decoder.next_in = stream->packed;
        stream->decoder.avail_in = stream->end;
    }
    stream->start = stream->end = 0;
    stream->compressed = true;
    stream->at_end = false;
    stream->size = UINT64_MAX;
    return STATUS_OK;
}

/* Reads just enough to tell: never more than fits into `packed`. */
static enum status detect_compression(struct stream *stream, struct error *error)
{
    static const char MAGIC[] = { '\xFD', '7', 'z', 'X', 'Z', '\0' };
    while (stream->end < sizeof(MAGIC) && !stream->at_end) {
        size_t got = read_file(stream, stream->window + stream->end, sizeof(MAGIC) - stream->end);
        stream->end += got;
        stream->at_end = stream->at_end || got == 0;
    }
    if (stream->end < sizeof(MAGIC) || memcmp(stream->window, MAGIC, sizeof(MAGIC)) != 0)
        return STATUS_OK;
    return start_decoder(stream, error);
}

enum status stream_open(const char *path, struct stream **out, struct error *error)
{
    CLEANUP(stream_closep) struct stream *stream = calloc(1, sizeof(*stream));
    if (!stream)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    /* without O_NONBLOCK a named pipe that nobody writes to would be waited for */
    stream->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (stream->file < 0) {
        enum status status = errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO;
        return error_set(error, status, "%s", strerror(errno));
    }
    fcntl(stream->file, F_SETFL, O_RDONLY);
    struct stat info;
    stream->size = UINT64_MAX;
    if (fstat(stream->file, &info) == 0 && S_ISREG(info.st_mode))
        stream->size = (uint64_t)info.st_size;

    enum status status = detect_compression(stream, error);
    if (status)
        return status;
    if (stream->failed == STATUS_INVALID) /* a folder */
        return error_set(error, stream->failed, "%s", stream->failure.message);
    *out = stream;
    stream = NULL;
    return STATUS_OK;
}

enum status stream_open_bytes(struct text bytes, struct stream **out, struct error *error)
{
    CLEANUP(stream_closep) struct stream *stream = calloc(1, sizeof(*stream));
    if (!stream)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    stream->file = -1;
    stream->memory = bytes;
    stream->size = bytes.length;
    enum status status = detect_compression(stream, error);
    if (status)
        return status;
    *out = stream;
    stream = NULL;
    return STATUS_OK;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    lzma_end(&stream->decoder);
    if (stream->file >= 0)
        close(stream->file);
    free(stream);
}

void stream_closep(struct stream **stream)
{
    stream_close(*stream);
}

/* Hands out up to `count` bytes that are at hand, or the failure when there are none. */
static enum status hand_out(struct stream *stream, size_t count, struct text *out,
                            struct error *error)
{
    size_t length = stream->end - stream->start;
    if (length == 0 && stream->failed)
        return error_set(error, stream->failed, "%s", stream->failure.message);
    *out = (struct text) { stream->window + stream->start, length < count ? length : count };
    return STATUS_OK;
}

enum status stream_peek(struct stream *stream, size_t count, struct text *out, struct error *error)
{
    fill_until(stream, count < STREAM_PEEK_MAX ? count : STREAM_PEEK_MAX);
    return hand_out(stream, count, out, error);
}

enum status stream_take(struct stream *stream, size_t count, struct text *out, struct error *error)
{
    fill_until(stream, 1);
    enum status status = hand_out(stream, count, out, error);
    if (status == STATUS_OK)
        stream->start += out->length; /* NOLINT: hand_out has set it */
    return status;
}

uint64_t stream_size(const struct stream *stream)
{
    return stream->size;
}

bool stream_is_compressed(const struct stream *stream)
{
    return stream->compressed;
}

enum status stream_load(struct stream *stream, size_t ceiling, struct buffer *out,
                        struct error *error)
{
    const size_t before = out->length;
    uint64_t size = stream_size(stream);
    bool too_long = size != UINT64_MAX && size > ceiling;
    while (!too_long) {
        struct text piece;
        enum status status = stream_take(stream, SIZE_MAX, &piece, error);
        if (status)
            return status;
        if (piece.length == 0)
            return buffer_status(out, error);
        too_long = piece.length > ceiling - (out->length - before);
        if (!too_long)
            buffer_append(out, piece);
    }
    return error_set(error, STATUS_LIMIT, "longer than %zu MiB", ceiling >> 20);
}
