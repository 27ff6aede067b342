/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a caller can act on, and one line of explanation.
 *
 * Whoever fails first writes the message: problem, then subject in quotes, lower case, no full
 * stop. Nothing below the command floors prints or exits. No globals: each thread has its own
 * struct error. */
#ifndef DAFU_BASE_STATUS_H
#define DAFU_BASE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

enum status {
    STATUS_OK = 0,
    STATUS_NO_MEMORY,   /* an allocation failed */
    STATUS_NOT_FOUND,   /* the named thing does not exist */
    STATUS_IO,          /* the operating system refused: permission, disk full, ... */
    STATUS_INVALID,     /* the input is not what it claims to be (encoding, syntax, schema) */
    STATUS_UNSUPPORTED, /* a kind of input that no reader takes */
    STATUS_EMPTY,       /* input without any text */
    STATUS_LIMIT,       /* a documented ceiling was reached */
    STATUS_MISUSE,      /* the command line or the call is wrong */
    STATUS_LOCKED,      /* another writer has the index */
    STATUS_STALE,       /* the reader's snapshot is gone: reopen and try again */
    STATUS_CORRUPT,     /* the index or the lexicon is damaged or foreign */
    STATUS_MISMATCH,    /* index and program do not share one analysis or format */
    STATUS_STOPPED,     /* a callback asked to stop */
};

#define ERROR_MESSAGE_SIZE 1024

struct error {
    char message[ERROR_MESSAGE_SIZE]; /* one line, NUL-terminated, valid UTF-8 */
};

/* Formats the message into `error` (which may be NULL) and returns `status`. Control characters
 * of the result become '?', a message that is too long is cut at a code point. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the message that is there; of a prefix that is too long (a path) the
 * middle gives way to "...", so that the message stays. Returns `status`. */
enum status error_prefix(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Short name of a status for logs and JSON: "ok", "no-memory", "not-found", ... Never NULL. */
const char *status_name(enum status status);

#ifdef __cplusplus
}
#endif
#endif
