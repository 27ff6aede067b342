/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the small file that names an index's parts and their sums. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/analysis/index_head.h"
#include "indexer/analysis/index_sums.h"
#include "indexer/base/cleanup.h"
#include "indexer/index/index_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[64], path[96];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static void ignore(void *context, const char *line)
{
    (void)context;
    assert(line[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(buffer_release) struct buffer ledger = BUFFER_INIT;
    struct error error = { "" };
    size_t damages;
    if (!folder[0]) {
        snprintf(folder, sizeof(folder), "/tmp/dafu-fuzz-stub.XXXXXX");
        assert(mkdtemp(folder));
        snprintf(path, sizeof(path), "%s/" INDEX_STUB, folder);
        atexit(remove_folder);
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert(file >= 0 && write(file, data, size) == (ssize_t)size);
    close(file);
    (void)index_sums_compare(folder, 1 << 20, ignore, NULL, &damages, &error);
    assert(index_ledger(folder, &ledger, &error) && error.message[0]); /* nothing else lies there */
    return 0;
}
