/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a converter (pdftotext, antiword, ...) as a limited child process: a hostile file can at
 * worst waste the limits below, and the indexer goes on.
 *
 * The child gets the bytes on standard input (a sealed memory file, so it may seek), an empty
 * environment but for the locale, no other open file, its own process group, no core dump, no
 * file to write, and can gain no privileges; where the kernel allows it, no network, and nothing to
 * read but what is installed (child_sandbox.h). */
#ifndef DAFU_DOCUMENT_CHILD_H
#define DAFU_DOCUMENT_CHILD_H

#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

struct child_limits {
    unsigned seconds; /* wall time; processor time is limited to the same */
    size_t memory;    /* bytes of address space */
    size_t output;    /* bytes of standard output */
};

/* argv[0] is looked up in /usr/local/bin, /usr/bin and /bin; argv ends with NULL. Standard output
 * is appended to `out`, also before a failure. STATUS_NOT_FOUND: the program is not installed. STATUS_LIMIT: a limit was
 * reached, the message says which. STATUS_INVALID: it failed; the message is the first line that
 * it printed on standard error. STATUS_IO, STATUS_NO_MEMORY. Any thread. */
enum status child_run(const char *const argv[], struct text input,
                      const struct child_limits *limits, struct buffer *out, struct error *error);

/* Whether child_run would find the program. */
bool child_available(const char *program);

#endif
