/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sequence of records was the same. In those of files only the fields behind the replies' numbers
 * differ, and the first ones are enough. */
#include "indexer/batch/ledger_upgrade.h"

#include "indexer/analysis/varint.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger.h"

static bool take_text(struct text *rest, struct text *out)
{
    uint64_t length;
    if (!varint_take(rest, &length) || length > rest->length)
        return false;
    *out = text_slice(*rest, 0, (size_t)length);
    *rest = text_slice(*rest, (size_t)length, rest->length - (size_t)length);
    return true;
}

static void append_record(struct buffer *out, char kind, struct text bytes)
{
    buffer_append_byte(out, kind);
    varint_append(out, bytes.length);
    buffer_append(out, bytes);
}

/* An attachment or a failure is found again by reading; only what gave replies can leave some. */
static void convert_file(struct text bytes, struct buffer *out)
{
    CLEANUP(buffer_release) struct buffer encoded = BUFFER_INIT;
    struct ledger_entry entry = { .state = LEDGER_READ };
    uint64_t state;
    if (!take_text(&bytes, &entry.path) || !take_text(&bytes, &entry.via) ||
        !varint_take(&bytes, &state) || entry.path.length == 0)
        return;
    if (state != LEDGER_READ) {
        append_record(out, 'G', entry.path);
        return;
    }
    ledger_encode_entry(&entry, &encoded);
    if (encoded.failed && !out->failed)
        out->failed = encoded.failed;
    append_record(out, 'F', buffer_text(&encoded));
}

enum status ledger_of_format_1(struct text old, struct buffer *out, struct error *error)
{
    struct text bytes;
    while (old.length > 0) {
        char kind = old.data[0];
        old = text_slice(old, 1, old.length - 1);
        if (!take_text(&old, &bytes))
            break;
        if (kind == 'F')
            convert_file(bytes, out);
        else
            append_record(out, kind, bytes);
    }
    return buffer_status(out, error);
}
