/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a web page. What comes out must be valid UTF-8 without line ends. */
#define _GNU_SOURCE /* memfd_create */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status check_document(void *context, const struct document *document,
                                  struct error *error)
{
    (void)context;
    (void)error;
    for (size_t i = 0; i < document->block_count; i++) {
        struct text text = document->blocks[i].text;
        assert(utf8_find_invalid(text) == TEXT_NONE);
        assert(text.length == 0 || !memchr(text.data, '\n', text.length));
    }
    for (size_t i = 0; i < document->declared_count; i++) {
        assert(utf8_find_invalid(document->declared[i].value) == TEXT_NONE);
        assert(document->declared[i].value.length > 0);
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int file = memfd_create("page", 0);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    char path[64];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    CLEANUP(stream_closep) struct stream *in = NULL;
    struct error error;
    struct document_receiver receiver = { .document = check_document };
    if (stream_open(path, &in, &error) == STATUS_OK) {
        struct text head;
        if (stream_peek(in, READER_HEAD_BYTES, &head, &error) == STATUS_OK)
            (void)HTML_READER.recognizes(head, TEXT("html"));
        (void)HTML_READER.read(in, path, &receiver, &error);
    }
    close(file);
    return 0;
}
