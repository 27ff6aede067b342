/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/file_state.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <xxhash.h>

#include "indexer/base/cleanup.h"
#include "indexer/document/child.h"
#include "indexer/batch/reader_sources.h" /* made by reader_sources.cmake */

#define CHUNK_BYTES ((size_t)256 << 10)

static void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
}

static void free_state(XXH3_state_t **state)
{
    XXH3_freeState(*state);
}

static enum status refuse(enum status status, const char *reason, struct error *error)
{
    return error_set(error, status, "%s", reason);
}

enum status file_digest(const char *path, struct file_digest *out, struct error *error)
{
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return refuse(errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO, strerror(errno), error);
    struct stat what;
    if (fstat(file, &what))
        return refuse(STATUS_IO, strerror(errno), error);
    if (!S_ISREG(what.st_mode))
        return refuse(STATUS_INVALID, "not a regular file", error);

    CLEANUP(cleanup_free) char *chunk = malloc(CHUNK_BYTES);
    CLEANUP(free_state) XXH3_state_t *state = XXH3_createState();
    if (!chunk || !state)
        return refuse(STATUS_NO_MEMORY, "out of memory", error);
    XXH3_128bits_reset(state);
    for (ssize_t got; (got = read(file, chunk, CHUNK_BYTES)) != 0;) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(STATUS_IO, strerror(errno), error);
        XXH3_128bits_update(state, chunk, (size_t)got);
    }
    XXH128_hash_t digest = XXH3_128bits_digest(state);
    *out = (struct file_digest) { digest.low64, digest.high64 };
    return STATUS_OK;
}

uint64_t reader_version(bool ocr)
{
    static const char *const PROGRAMS[] = { "pdftotext", "pdftoppm", "pdfinfo", "antiword",
                                            "catdoc",    "tesseract" };
    uint64_t version = text_hash(TEXT(READER_SOURCES));
    for (size_t i = 0; i < sizeof(PROGRAMS) / sizeof(PROGRAMS[0]); i++)
        version = version * 31 + child_available(PROGRAMS[i]);
    return version * 31 + ocr;
}

int64_t now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}
