/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files: map one, read one whole, replace one atomically; and where the program's data lie. */
#ifndef DAFU_BASE_FILE_H
#define DAFU_BASE_FILE_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct file_map {
    const unsigned char *data; /* read-only, valid until closed; NULL for an empty file */
    size_t length;
};

/* STATUS_NOT_FOUND, STATUS_IO, STATUS_INVALID (not a regular file). The message names the path.
 * For our own files that nobody truncates in place: reading beyond a new end would be SIGBUS. */
enum status file_map_open(const char *path, struct file_map *out, struct error *error);
void file_map_close(struct file_map *map); /* CLEANUP-able, also on a zeroed struct */

/* Appends the whole file; STATUS_LIMIT when it is longer than `ceiling` bytes (0: only the
 * buffer's own ceiling counts). Regular files only: a folder, pipe or device is STATUS_INVALID
 * and never waited for. Path "-" is not special. On failure the buffer keeps what it had. */
enum status file_read(const char *path, size_t ceiling, struct buffer *out, struct error *error);

#define FILE_BESIDE ".dafu-"

/* Writes beside the file, fsyncs, renames over it, fsyncs the folder: after a crash the old or
 * the new content is there, never a mixture, and perhaps a file whose name begins with
 * FILE_BESIDE. Keeps the mode of the file that is replaced, follows
 * a symbolic link, and refuses to replace what is not a regular file (STATUS_INVALID). */
enum status file_replace(const char *path, struct text content, struct error *error);

/* Full path of a data file of the program ("lexicon.dafu", "reply.rng"): $DAFU_DATA if set, else
 * ../share/dafu beside the running executable (true for build/bin and for an installed prefix).
 * STATUS_NOT_FOUND names the places that were tried. */
enum status file_find_data(const char *name, struct arena *arena, const char **path,
                           struct error *error);

/* Full path of what is called so from the folder of the running executable ("../lib/dafu/draft.so");
 * whether anything is there is not looked at. */
enum status file_beside_program(const char *relative, struct arena *arena, const char **path,
                                struct error *error);

/* Makes the folder and its parents as needed; a folder that is there already is success. */
enum status file_make_folder(const char *path, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
