/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the ledger of an index, of this format or of the one before. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger.h"
#include "indexer/batch/ledger_upgrade.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(struct text bytes)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(ledger_release) struct ledger ledger;
    CLEANUP(buffer_release) struct buffer copy = BUFFER_INIT;
    struct error error = { "" };
    struct ledger_entry entry;
    arena_init(&arena, 0);
    ledger_init(&ledger);
    buffer_append(&copy, bytes);
    if (ledger_load(&ledger, &copy, &error)) {
        assert(error.message[0] && ledger.count == 0);
        return;
    }
    for (size_t row = 0; row < ledger.count; row++) {
        size_t found = ledger_find(&ledger, ledger.files[row].path);
        assert(ledger.files[row].forgotten ? found == LEDGER_NONE : found == row);
        if (found == LEDGER_NONE)
            continue;
        assert(!ledger_decode(&ledger, row, &arena, &entry, &error));
        assert(!ledger_put(&ledger, &entry, &error));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(buffer_release) struct buffer upgraded = BUFFER_INIT;
    struct text bytes = text_of_bytes((const char *)data, size);
    struct error error;
    load(bytes);
    assert(!ledger_of_format_1(bytes, &upgraded, &error));
    CLEANUP(ledger_release) struct ledger ledger;
    ledger_init(&ledger);
    assert(!ledger_load(&ledger, &upgraded, &error)); /* whatever it was, now it is a ledger */
    return 0;
}
