/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of readers, and choosing one. */
#ifndef DAFU_DOCUMENT_READERS_H
#define DAFU_DOCUMENT_READERS_H

#include "indexer/document/reader.h"

/* Reads one file, plain or xz-compressed, with the reader that recognises it. STATUS_OK also
 * when parts of it were left out: receiver->warn was told of each. Errors (all prefixed with the
 * path): STATUS_NOT_FOUND, STATUS_IO, STATUS_EMPTY (no text), STATUS_UNSUPPORTED (binary, no
 * reader), STATUS_INVALID (encoding, syntax, schema, a folder, or no part of the file was good),
 * STATUS_LIMIT, STATUS_NO_MEMORY; or what receiver->document returned. Documents handed over
 * before an error stay handed over. Any number of threads may read at the same time. */
enum status readers_read(const char *path, const struct document_receiver *receiver,
                         struct error *error);

/* The same for bytes in memory, such as a member of an archive; messages are not prefixed. */
enum status readers_read_bytes(struct text bytes, const char *path,
                               const struct document_receiver *receiver, struct error *error);

/* Whether a folder walk should take a file of this name: a known extension, in any case, also
 * with ".xz" after it, and no dot at the start. */
bool readers_take(struct text file_name);

/* The same for the name of a web page, with which other files may be read (document.attached). */
bool readers_take_page(struct text file_name);

#endif
