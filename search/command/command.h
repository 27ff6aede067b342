/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command of dafu-search is: one file, one row in main.c. */
#ifndef DAFU_SEARCH_COMMAND_COMMAND_H
#define DAFU_SEARCH_COMMAND_COMMAND_H

#include "indexer/base/arena.h"
#include "indexer/base/options.h"
#include "search/searcher/searcher.h"

enum exit_code {
    EXIT_FOUND = 0,
    EXIT_NOTHING = 1,
    EXIT_FAILED = 2, /* misuse or failure */
};

struct command {
    const char *name;
    const char *operands;         /* "QUERY…" */
    bool places_index;            /* they say themselves how --index is given, or it is not */
    const char *summary;          /* one sentence fragment for the list of commands */
    const char *details;          /* lines below the usage in the command's help; may be NULL */
    const struct option *options; /* their targets are the command's own static variables */
    /* Does it. *found: the exit code is EXIT_FOUND, not EXIT_NOTHING. */
    enum status (*run)(const char **operands, int count, bool *found, struct error *error);
};

extern const struct command QUERY_COMMAND, COMMITMENTS_COMMAND, FIGURES_COMMAND, SIMILAR_COMMAND,
    SHOW_COMMAND, SAVE_COMMAND, SAVED_COMMAND, NEW_COMMAND;
extern const struct command SERVE_COMMAND;

/* Set by --help, the last row of every table of options. */
extern bool help_wanted;
#define HELP_OPTION                                                                                \
    {                                                                                              \
        "help", 'h', OPTION_FLAG, NULL, NULL, "print this help", &help_wanted                      \
    }
#define OPTIONS_END                                                                                \
    {                                                                                              \
        NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL                                               \
    }
/* --index, and how the shards of a collection are asked. */
extern unsigned long shard_seconds;
extern bool partial_wanted;
#define INDEX_OPTION(target)                                                                       \
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index, or the collection of shards, to search", \
      target },                                                                                    \
        { "partial", 0, OPTION_FLAG, NULL, NULL,                                                   \
          "when a shard does not answer, answer without it, and say so", &partial_wanted },        \
    {                                                                                              \
        "shard-seconds", 0, OPTION_COUNT, "N", NULL,                                               \
            "a shard on another machine may take so long (default 5)", &shard_seconds              \
    }

/* "dafu-search: message" on standard error. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* How shards are asked, by the options above. STATUS_MISUSE: out of range. */
enum status read_shard_options(struct shard_options *out, struct error *error);

/* Says on standard error which shards the last answer is without. */
void tell_missing(struct searcher *searcher);

/* Says on standard error what in the line was not read as syntax, and in which column. */
void tell_warnings(const struct result_list *list, struct arena *arena);

/* STATUS_MISUSE without an index; otherwise as searcher_open. */
enum status open_index(const char *path, struct searcher **out, struct error *error);

/* The operands with blanks between them. data NULL: out of memory. */
struct text join_operands(const char **operands, int count, struct arena *arena);

#endif
