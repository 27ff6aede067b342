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

struct manual_item {
    const char *term, *text; /* text NULL: a heading over the items behind it */
};

struct manual_list { /* a section of terms and what they mean */
    const char *title, *introduction;
    const struct manual_item *items;
    size_t count;
};

struct manual {
    const char *program, *tagline;
    const char *description; /* a paragraph */
    struct manual_list list; /* behind the commands; no items: none */
    const char *closing;     /* sections at the end, as roff; may be NULL */
    const struct manual_command *commands;
    size_t count;
};

/* `form`: man, bash, zsh or fish; false when it is none of them. */
bool manual_print(const struct manual *manual, const char *form, FILE *out);

#endif
