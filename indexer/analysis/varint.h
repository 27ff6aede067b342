/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers in as many bytes as they need: LEB128, seven bits a byte, the lowest first. */
#ifndef DAFU_ANALYSIS_VARINT_H
#define DAFU_ANALYSIS_VARINT_H

#include "indexer/base/buffer.h"

#include <stdint.h>

#define VARINT_MAX 10 /* bytes */

static inline size_t varint_encode(uint64_t value, char out[VARINT_MAX])
{
    size_t length = 0;
    for (; value >= 0x80; value >>= 7)
        out[length++] = (char)(value | 0x80);
    out[length++] = (char)value;
    return length;
}

static inline void varint_append(struct buffer *out, uint64_t value)
{
    char bytes[VARINT_MAX];
    struct text text = { bytes, varint_encode(value, bytes) };
    buffer_append(out, text);
}

/* Takes a number off the front of `rest`. False when the bytes end early or the number does not
 * fit; then nothing is taken. */
static inline bool varint_take(struct text *rest, uint64_t *value)
{
    uint64_t result = 0;
    for (size_t i = 0; i < rest->length && i < VARINT_MAX; i++) {
        unsigned char byte = (unsigned char)rest->data[i];
        if (i == VARINT_MAX - 1 && byte > 1)
            return false;
        result |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            *rest = text_slice(*rest, i + 1, rest->length - i - 1);
            *value = result;
            return true;
        }
    }
    return false;
}

#endif
