/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command lines as tables: commands, their options, and the help that is generated from both.
 * Low-level parsing only; nothing is opened or done here. */
#ifndef DAFU_BASE_OPTIONS_H
#define DAFU_BASE_OPTIONS_H

#include "indexer/base/status.h"

#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum option_kind {
    OPTION_FLAG,   /* bool *: --name sets true */
    OPTION_STRING, /* const char **: --name VALUE or --name=VALUE */
    OPTION_COUNT,  /* unsigned long *: non-negative decimal */
    OPTION_CHOICE, /* int *: index into choices ("text|json|trec") */
    OPTION_LIST,   /* struct option_list *: may be given several times */
};

#define OPTION_LIST_MAX 64
struct option_list {
    const char *values[OPTION_LIST_MAX];
    size_t count;
};

struct option {
    const char *name; /* long name without dashes */
    char letter;      /* short name, or 0 */
    enum option_kind kind;
    const char *argument; /* name of the value in the help: "DIR"; NULL for a flag */
    const char *choices;  /* OPTION_CHOICE: "text|json|trec" */
    const char *help;     /* one sentence fragment, no full stop */
    void *target;
};

/* Parses argv[0] to argv[argc - 1], arguments only (the caller skips the names of program and
 * command), into the targets of `options` (ended by a row with name NULL). Options and operands
 * may mix; "--" ends the options; a single "-" is an operand. A value stands behind its name:
 * --name VALUE, --name=VALUE, -n VALUE, -nVALUE; one that begins with "--" needs the "=". Flags may
 * be joined: -ab. Operands go to operands[], which has room for argc pointers. STATUS_MISUSE with
 * a message on an unknown option, a missing or a bad value (near misses are suggested); targets of
 * the options before it are then set already. --help is not special here. */
enum status options_parse(const struct option *options, int argc, char **argv,
                          const char **operands, int *operand_count, struct error *error);

/* Prints the rows as aligned help lines, wrapped at 80 columns. Behind the help of a choice that
 * names its argument stand the choices; one that does not shows them in the argument's place. */
void options_help(const struct option *options, FILE *out);

/* Flushes stdout at the program's end: a failed write, now or earlier, is STATUS_IO; a pipe that
 * its reader closed is not a failure. */
enum status output_close(struct error *error);

#ifdef __cplusplus
}
#endif
#endif
