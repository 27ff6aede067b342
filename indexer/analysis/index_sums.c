/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/index_sums.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <lzma.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

#define STUB_BYTES_MAX ((size_t)1 << 20)
#define NAME_MAX_BYTES 128
#define BLOCK_BYTES ((size_t)1 << 16)

enum status index_sums_of(const char *path, uint64_t *length, uint64_t *crc, struct error *error)
{
    uint8_t block[BLOCK_BYTES];
    ssize_t got;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return error_set(error, STATUS_IO, "cannot read \"%s\": %s", path, strerror(errno));
    *length = *crc = 0;
    while ((got = read(file, block, sizeof(block))) > 0) {
        *crc = lzma_crc64(block, (size_t)got, *crc);
        *length += (uint64_t)got;
    }
    int reason = errno;
    close(file);
    return got == 0 ? STATUS_OK
                    : error_set(error, STATUS_IO, "cannot read \"%s\": %s", path, strerror(reason));
}

struct sum {
    char name[NAME_MAX_BYTES];
    uint64_t length, crc;
};

static bool next_sum(struct text *rest, struct sum *sum)
{
    struct text line;
    while (text_split(rest, TEXT("\n"), &line)) {
        char copy[NAME_MAX_BYTES * 2];
        snprintf(copy, sizeof(copy), "%.*s", TEXT_ARG(line));
        if (sscanf(copy, "# sum %127s %" SCNu64 " %" SCNx64, sum->name, &sum->length, &sum->crc) ==
            3)
            return true;
    }
    return false;
}

/* NULL: it is as it was. */
static const char *compare(const char *path, const struct sum *sum, bool content, char *line,
                           size_t size)
{
    struct stat info;
    char full[4096 + NAME_MAX_BYTES];
    uint64_t length, crc = 0;
    struct error error;
    snprintf(full, sizeof(full), "%.4000s/%s", path, sum->name);
    if (stat(full, &info) != 0)
        snprintf(line, size, "cannot open %s: %s", sum->name, strerror(errno));
    else if ((uint64_t)info.st_size != sum->length)
        snprintf(line, size, "%s has %jd bytes instead of %" PRIu64, sum->name,
                 (intmax_t)info.st_size, sum->length);
    else if (content && index_sums_of(full, &length, &crc, &error))
        snprintf(line, size, "%s", error.message);
    else if (content && crc != sum->crc)
        snprintf(line, size, "%s is not what was written", sum->name);
    else
        return NULL;
    return line;
}

enum status index_sums_compare(const char *path, uint64_t most,
                               void (*report)(void *context, const char *line), void *context,
                               size_t *damages, struct error *error)
{
    CLEANUP(buffer_release) struct buffer stub = BUFFER_INIT;
    char name[4096 + NAME_MAX_BYTES], line[4096 + NAME_MAX_BYTES];
    struct sum sum;
    uint64_t total = 0;
    snprintf(name, sizeof(name), "%.4000s/" INDEX_STUB, path);
    enum status status = file_read(name, STUB_BYTES_MAX, &stub, error);
    if (status)
        return status;
    *damages = 0;
    for (struct text rest = buffer_text(&stub); next_sum(&rest, &sum);)
        total += sum.length;
    for (struct text rest = buffer_text(&stub); next_sum(&rest, &sum);) {
        const char *damage = compare(path, &sum, total <= most, line, sizeof(line));
        if (!damage)
            continue;
        report(context, damage);
        ++*damages;
    }
    return STATUS_OK;
}
