/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compound file that Word's binary format lies in: named streams in chains of sectors
 * ([MS-CFB]). Only what it takes to copy one stream out. */
#ifndef DAFU_DOCUMENT_OLE_CONTAINER_H
#define DAFU_DOCUMENT_OLE_CONTAINER_H

#include "indexer/base/buffer.h"

/* Appends the stream of this (ASCII) name, which may lie in any storage. False: it is not there, the
 * file is damaged where it lies, or out of memory (out->failed). Whatever the file says, no more
 * than its own length is copied. */
bool ole_read_stream(struct text file, const char *name, struct buffer *out);

/* Little-endian numbers; 0 behind the end. */
static inline uint32_t ole_number(struct text bytes, size_t at, size_t size)
{
    uint32_t value = 0;
    if (at > bytes.length || size > bytes.length - at)
        return 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint32_t)(unsigned char)bytes.data[at + i] << 8 * i;
    return value;
}

#endif
