/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of ZIP containers share: which kind a container is, and how its content is
 * handed over. */
#ifndef DAFU_DOCUMENT_ZIP_READER_H
#define DAFU_DOCUMENT_ZIP_READER_H

#include "indexer/document/reader.h"
#include "indexer/document/zip.h"

/* Reads the container as what it is, whatever the file's name says and whatever stands first in
 * it: DOCX, OFD, else an archive. The read() of all three readers. */
enum status zip_read_stream(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error);

/* A container that is one kind of document. */
struct container_kind {
    bool (*is)(const struct zip_container *container);
    enum status (*read)(struct zip_container *container, const char *path,
                        const struct document_receiver *receiver, struct error *error);
};

extern const struct container_kind DOCX_CONTAINER, OFD_CONTAINER;

#endif
