/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The container under DOCX and OFD, and archives of files: a ZIP in memory, read through libzip
 * with ceilings. Nothing is written to disk, so a name can lead nowhere; names are keys only. */
#ifndef DAFU_DOCUMENT_ZIP_H
#define DAFU_DOCUMENT_ZIP_H

#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

#include <stdint.h>

struct zip_container;

/* Ceilings. Above: STATUS_LIMIT. */
#define ZIP_BYTES_MAX ((size_t)256 << 20)            /* the file itself */
#define ZIP_ENTRIES_MAX ((size_t)20000)              /* names in it, which libzip compares */
#define ZIP_ENTRY_BYTES_MAX ((size_t)64 << 20)       /* one file, inflated */
#define ZIP_TOTAL_BYTES_MAX ((uint64_t)1 << 30)      /* all that is inflated, nested ZIPs too */
#define ZIP_DOCUMENT_BYTES_MAX ((uint64_t)256 << 20) /* ... of one DOCX or OFD file */
#define ZIP_RATIO_MAX 200                            /* inflated : compressed, from ... */
#define ZIP_RATIO_BYTES_MIN ((uint64_t)4 << 20)      /* ... this inflated size on */

/* Whether the bytes begin like a ZIP file; *first is the name of its first file, as it stands
 * there, as far as the head has it. */
bool zip_recognizes(struct text head, struct text *first);

/* bytes   stay the caller's and must outlive the container
 * budget  bytes that may still be inflated, counted down; a container inside another shares it
 * STATUS_INVALID (no ZIP, damaged, cut off), STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status zip_container_open(struct text bytes, uint64_t *budget, struct zip_container **out,
                               struct error *error);
void zip_container_close(struct zip_container *container);
void zip_container_closep(struct zip_container **container); /* for CLEANUP */

/* Entries in the order of the central directory, folders too. */
size_t zip_container_count(const struct zip_container *container);

/* Valid UTF-8 (from UTF-8 or GB18030), "/" between folders, without "." and "..", no "/" in front
 * and none at the end. Lives as long as the container. */
struct text zip_container_name(const struct zip_container *container, size_t index);
bool zip_container_is_folder(const struct zip_container *container, size_t index);

/* The entry that `path`, written in entry `from` (a name, or empty for the root), points at:
 * relative to the folder of `from`, or to the root when it begins with "/"; what is not found
 * relative is tried from the root. "\" counts as "/", case does not count. */
bool zip_container_find(const struct zip_container *container, struct text from, struct text path,
                        size_t *index);

/* Appends the inflated bytes. STATUS_INVALID (damaged), STATUS_UNSUPPORTED (encrypted, or an
 * unknown compression), STATUS_LIMIT, STATUS_NO_MEMORY. The message names the entry. */
enum status zip_container_read(struct zip_container *container, size_t index, struct buffer *out,
                               struct error *error);

#endif
