/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program's tables of commands and options as a manual page and as completions of shells, so
 * that these say what --help says. */
#ifndef DAFU_BASE_MANUAL_H
#define DAFU_BASE_MANUAL_H

#include "indexer/base/options.h"

#include <stddef.h>

struct manual_command {
    const char *name; /* NULL: what the program does without the name of a command */
    const char *operands, *summary;
    const char *details; /* may be NULL */
    const struct option *options;
};

struct manual {
    const char *program, *tagline;
    const char *description; /* a paragraph */
    const char *closing;     /* sections behind the commands, as roff; may be NULL */
    const struct manual_command *commands;
    size_t count;
};

/* `form`: man, bash, zsh or fish; false when it is none of them. */
bool manual_print(const struct manual *manual, const char *form, FILE *out);

#endif
