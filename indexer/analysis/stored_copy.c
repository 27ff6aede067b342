/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/stored_copy.h"

#include "indexer/analysis/varint.h"

static void put(struct buffer *out, struct text part)
{
    varint_append(out, part.length);
    buffer_append(out, part);
}

void stored_copy_append(struct buffer *out, const struct stored_copy *copy)
{
    put(out, copy->facets);
    put(out, copy->identity);
    buffer_append(out, copy->data);
}

static bool take(struct text *rest, struct text *out)
{
    uint64_t length;
    if (!varint_take(rest, &length) || length > rest->length)
        return false;
    *out = text_slice(*rest, 0, (size_t)length);
    *rest = text_slice(*rest, (size_t)length, rest->length - (size_t)length);
    return true;
}

bool stored_copy_read(struct text bytes, struct stored_copy *out)
{
    struct stored_copy copy;
    if (!take(&bytes, &copy.facets) || !take(&bytes, &copy.identity))
        return false;
    copy.data = bytes;
    *out = copy;
    return true;
}
