/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader is. One file and one row in readers.c per format. */
#ifndef DAFU_DOCUMENT_READER_H
#define DAFU_DOCUMENT_READER_H

#include "indexer/base/status.h"
#include "indexer/document/document.h"
#include "indexer/document/stream.h"

/* Who gets what is read from a source. */
struct document_receiver {
    /* Each document of the source, in order. The document and its texts live until the call
     * returns. A status other than STATUS_OK stops the reading and is passed on. */
    enum status (*document)(void *context, const struct document *document, struct error *error);
    /* A part of the source (a JSON line, one reply of a collection) that was left out, and why,
     * as one line that names the place but not the path; the parts after it are still read.
     * At most READER_WARNINGS_MAX and one that counts the rest per source. NULL: not wanted. */
    void (*warn)(void *context, const char *path, const char *message);
    void *context;
    /* Read the pictures of scans too, which takes seconds a page and programs that may not be
     * installed. A reader that reads parts with other readers passes this on. */
    bool ocr;
};

#define READER_WARNINGS_MAX 20
#define READER_HEAD_BYTES 4096 /* of the source that recognizes() sees */

struct reader {
    const char *name;       /* "text" */
    const char *extensions; /* lower case, blank-separated: "txt text" */
    /* Whether the first bytes (up to READER_HEAD_BYTES) look like this format; the first reader
     * that says yes takes the source. Content decides, the extension (lower case, without ".xz",
     * may be empty) is only a hint. */
    bool (*recognizes)(struct text head, struct text extension);
    /* Reads the source to its end and hands over its documents; path is for their `source`.
     * Memory is bounded by one document. Messages do not repeat the path (the caller prefixes
     * it) but name line or byte. */
    enum status (*read)(struct stream *in, const char *path,
                        const struct document_receiver *receiver, struct error *error);
};

extern const struct reader TEXT_READER, XML_READER, JSONL_READER, CSV_READER, HTML_READER,
    DOCX_READER, OFD_READER, ZIP_READER, PDF_READER, DOC_READER, RTF_READER,
    MHT_READER;

#endif
