/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as an RTF file: whatever they are, what comes out is valid UTF-8. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/base/utf8.h"
#include "indexer/document/reader.h"

static enum status take(void *context, const struct document *document, struct error *error)
{
    for (size_t i = 0; i < document->block_count; i++)
        if (!document->blocks[i].text.length ||
            utf8_find_invalid(document->blocks[i].text) != TEXT_NONE)
            abort();
    for (size_t i = 0; i < document->declared_count; i++)
        if (utf8_find_invalid(document->declared[i].value) != TEXT_NONE)
            abort();
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static int file = -1;
    char path[64];
    if (file < 0)
        file = memfd_create("fuzz", 0);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    if (ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
        return 0;
    struct stream *stream = NULL;
    struct error error;
    struct document_receiver receiver = { .document = take };
    if (!stream_open(path, &stream, &error))
        (void)RTF_READER.read(stream, path, &receiver, &error);
    stream_close(stream);
    return 0;
}
