/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of one source that were left out, told to the receiver without flooding it: the first
 * READER_WARNINGS_MAX one by one, the rest as a number. Nothing is told before a good part has
 * been found: a source without any is one error, not a list of warnings and an error. */
#ifndef DAFU_DOCUMENT_WARNINGS_H
#define DAFU_DOCUMENT_WARNINGS_H

#include "indexer/document/reader.h"

struct warnings {
    const struct document_receiver *receiver;
    const char *path;
    size_t count; /* all */
    size_t told;  /* of those kept */
    bool started; /* a document has been handed over */
    enum status first;
    struct error kept[READER_WARNINGS_MAX];
};

void warnings_init(struct warnings *warnings, const struct document_receiver *receiver,
                   const char *path);

/* A part was left out: `problem` says why. */
void warnings_add(struct warnings *warnings, enum status status, const struct error *problem);

/* Hands a good document to the receiver, after what was left out before it. */
enum status warnings_deliver(struct warnings *warnings, const struct document *document,
                             struct error *error);

/* The source has come to its end, or failed with `status` and its message in `error`: tells the
 * rest and returns what the reader is to return: `status` if that is a failure; else the first
 * problem if no part was good; STATUS_EMPTY with `empty` if there were no parts. */
enum status warnings_end(struct warnings *warnings, enum status status, const char *empty,
                         struct error *error);

#endif
