/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command of dafu-index is: one file, one row in main.c. */
#ifndef DAFU_COMMAND_COMMAND_H
#define DAFU_COMMAND_COMMAND_H

#include "indexer/analysis/analyzer.h"
#include "indexer/base/options.h"
#include "indexer/batch/intake.h"
#include "indexer/index/index_writer.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_PARTLY = 1, /* some documents were left out; check: the index is damaged */
    EXIT_FAILED = 2, /* misuse or failure */
};

struct command {
    const char *name;
    const char *operands;         /* "PATH…" */
    const char *summary;          /* one sentence fragment for the list of commands */
    const char *details;          /* lines below the usage in the command's help; may be NULL */
    const struct option *options; /* their targets are the command's own static variables */
    /* Does it and returns the exit code; a failure has been told by then. */
    enum exit_code (*run)(const char **operands, int count);
};

extern const struct command ADD_COMMAND, REMOVE_COMMAND, STATUS_COMMAND, INSPECT_COMMAND, CONVERT_COMMAND,
    SEGMENT_COMMAND, CHECK_COMMAND, REINDEX_COMMAND, WORDS_COMMAND, LEARN_COMMAND;
extern const struct command ADD_COMMAND, REMOVE_COMMAND, INSPECT_COMMAND, CONVERT_COMMAND,
    SEGMENT_COMMAND, CHECK_COMMAND, REINDEX_COMMAND, WORDS_COMMAND, LEARN_COMMAND,
    COMPACT_COMMAND, SNAPSHOT_COMMAND, PUBLISH_COMMAND, SPLIT_COMMAND, MERGE_COMMAND;

/* Set by --help, the last row of every table of options. */
extern bool help_wanted;
#define HELP_OPTION                                                                                \
    {                                                                                              \
        "help", 'h', OPTION_FLAG, NULL, NULL, "show this help", &help_wanted                       \
    }
/* --ocr of commands that read documents. */
#define OCR_OPTION(target)                                                                         \
    {                                                                                              \
        "ocr", 0, OPTION_FLAG, NULL, NULL,                                                         \
            "read PDF pages that are pictures: seconds a page; needs tesseract-ocr-chi-sim",       \
            target                                                                                 \
    }
#define OPTIONS_END                                                                                \
    {                                                                                              \
        NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL                                               \
    }

/* "dafu-index: message" on standard error, one line. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* say() and EXIT_FAILED. */
enum exit_code fail(const struct error *error);
enum exit_code misuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Flushes standard output; a failure of that turns `code` into EXIT_FAILED. */
enum exit_code finish_output(enum exit_code code);

/* Runs the operands (files and folders) through `intake`; what is left out is told on standard
 * error. EXIT_PARTLY when something was, or was lost in decoding; EXIT_FAILED when intake->reply failed. */
enum exit_code take_operands(struct intake *intake, const char **operands, int count);

/* A damaged index can make Xapian crash: tell so then, in one line, instead of dying silently.
 * `path` must stay. */
void explain_crashes(const char *path);

/* 1 after SIGINT, SIGTERM or SIGHUP, from the call on; a second signal ends the program. */
const volatile sig_atomic_t *watch_signals(void);

#endif
