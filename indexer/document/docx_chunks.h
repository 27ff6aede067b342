/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents inside a Word document (w:altChunk, ECMA-376 part 1, 17.17.2): what web systems write that
 * leave it to Word to turn their HTML into paragraphs when somebody opens the file. */
#ifndef DAFU_DOCUMENT_DOCX_CHUNKS_H
#define DAFU_DOCUMENT_DOCX_CHUNKS_H

#include "indexer/document/reader.h"
#include "indexer/document/zip.h"

#define DOCX_CHUNKS_MAX 256

struct docx_chunks {
    struct zip_container *container;
    struct text main, relationships; /* names of parts */
    const char *path;                /* of the file */
    const struct document_receiver *receiver;
    uint64_t budget; /* bytes that chunks which are ZIPs may inflate to */
    size_t count;    /* read so far */
};

/* Adds the blocks of the chunk with that relationship to the document. One that is not there, or cannot
 * be read, is told to receiver->warn and left out; chunks of chunks are. STATUS_NO_MEMORY,
 * STATUS_LIMIT. */
enum status docx_chunk_read(struct docx_chunks *chunks, struct text id, struct arena *arena,
                            struct document *document, struct error *error);

#endif
