/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From paths to replies: every document of every file is understood and handed on; what cannot
 * be used is told of and left out, the others go on. A file whose text was read as the attachment
 * of a page is not read a second time in its own right. */
#ifndef DAFU_BATCH_INTAKE_H
#define DAFU_BATCH_INTAKE_H

#include <signal.h>
#include <stdint.h>

#include "indexer/base/arena.h"
#include "indexer/batch/seen.h"
#include "indexer/reply/reply.h"

struct intake {
    /* Each reply. It and its arena, in which more may be put, live until the call returns. Not
     * STATUS_OK ends the intake; intake_leave_out is for what is wrong with one reply only. */
    enum status (*reply)(void *context, const struct reply *reply, struct arena *arena,
                         struct error *error);
    /* Before the first and after the last reply of a file, which is named as reply->source names
     * it; complete: it was read to its end and nothing of it was left out. Each may be NULL. */
    enum status (*begin)(void *context, struct text source, struct error *error);
    enum status (*end)(void *context, bool complete, struct error *error);
    /* One line "path: what" for a file, a document or a part of one that was left out, and for a
     * document that was taken though some of its bytes could not be decoded. */
    void (*tell)(void *context, const char *line);
    void *context;
    const volatile sig_atomic_t *stop; /* not 0: stop before the next document; may be NULL */
    bool ocr; /* read the pictures of scans (reader.h) */
    bool keep_arena; /* replies stay until the receiver clears the arena */

    /* Read only. */
    enum status reason; /* of the line that is told: STATUS_OK for what was taken with losses */
    unsigned long reasons[STATUS_STOPPED + 1]; /* how much was left out, by reason */
    unsigned long losses; /* documents that were taken though some of their bytes were lost */
    uint64_t bytes;       /* of text that was read */
    const struct document *document; /* the reply at hand comes from it */

    /* The intake's own. */
    struct arena arena;      /* of the document at hand */
    const char *path;        /* file being read */
    struct arena file_arena; /* of this file */
    struct text file;        /* its absolute path as text, or empty */
    struct text memory;      /* instead of a file; data NULL: a file is read */
    size_t shown_path;       /* bytes of document->source that name the file, not a member of it */
    struct seen attached;    /* device and inode of files that were read with a page */
    enum status ended;       /* what intake->reply returned, or STATUS_STOPPED */
    struct error ending;     /* and its message, without the prefix that readers put before it */
};

/* Empties everything; the caller sets the first fields afterwards. */
void intake_init(struct intake *intake);
void intake_release(struct intake *intake); /* CLEANUP-able */

/* A file, or the files of a folder (scanner.h). STATUS_OK also when some were left out;
 * STATUS_STOPPED, or what intake->reply returned. */
enum status intake_run(struct intake *intake, const char *path, struct error *error);

/* One file, in its own right. */
enum status intake_read(struct intake *intake, const char *path, struct error *error);

/* Bytes in memory under a name that is no file's. Replies without an id of their own are known by
 * a digest of their text then. */
enum status intake_read_bytes(struct intake *intake, struct text bytes, const char *name,
                              struct error *error);

/* Counts the reply at hand as left out, and says why. */
void intake_leave_out(struct intake *intake, const struct reply *reply, enum status reason,
                      struct error *error);

/* Everything that was left out. */
unsigned long intake_left_out(const struct intake *intake);

#endif
