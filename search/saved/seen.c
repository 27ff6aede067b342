/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/saved/seen.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"

/* What tells a reply from all others wherever it lies; false when that is not known. */
static bool content_digest(const struct reply_record *reply, uint64_t *out)
{
    const struct text parts[] = { reply->issuer,          reply->document_number, reply->title,
                                  reply->proposal_number, reply->session,         reply->date };
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    if (!reply->issuer.length ||
        !(reply->document_number.length || (reply->title.length && reply->proposal_number.length)))
        return false;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        buffer_append(&bytes, parts[i]);
        buffer_append_byte(&bytes, '\0');
    }
    *out = text_hash(buffer_text(&bytes));
    return !bytes.failed;
}

struct seen_reply seen_reply_of(const struct reply_record *reply)
{
    struct seen_reply seen = { { text_hash(reply->group.length ? reply->group : reply->id) }, 1 };
    if (!reply->group.length && content_digest(reply, &seen.digests[1]))
        seen.count = 2;
    return seen;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

enum status seen_sort(struct seen *seen, struct arena *arena, struct error *error)
{
    seen->sorted = ARENA_ARRAY(arena, uint64_t, seen->count + 1);
    if (!seen->sorted)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (seen->count) {
        memcpy(seen->sorted, seen->digests, seen->count * sizeof(*seen->sorted));
        qsort(seen->sorted, seen->count, sizeof(*seen->sorted), by_value);
    }
    return STATUS_OK;
}

bool seen_has(const struct seen *seen, const struct seen_reply *reply)
{
    for (size_t i = 0; i < reply->count && seen->count; i++)
        if (bsearch(&reply->digests[i], seen->sorted, seen->count, sizeof(*seen->sorted), by_value))
            return true;
    return false;
}

enum status seen_add(struct seen *seen, const struct seen_reply *replies, size_t count,
                     struct arena *arena, struct error *error)
{
    struct seen added = { ARENA_ARRAY(arena, uint64_t, 2 * count + seen->count + 1), 0, NULL };
    if (!added.digests)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < replies[i].count; j++)
            added.digests[added.count++] = replies[i].digests[j];
    enum status status = seen_sort(&added, arena, error);
    size_t fresh = added.count;
    for (size_t i = 0; i < seen->count && !status; i++)
        if (!fresh ||
            !bsearch(&seen->digests[i], added.sorted, fresh, sizeof(*added.sorted), by_value))
            added.digests[added.count++] = seen->digests[i];
    if (status)
        return status;
    added.count = added.count < SEEN_MAX ? added.count : SEEN_MAX;
    added.sorted = NULL;
    *seen = added;
    return STATUS_OK;
}
