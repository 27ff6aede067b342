/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run is: a line on a terminal that rewrites itself; elsewhere a line now and then, when
 * the run is a long one. */
#ifndef DAFU_BATCH_PROGRESS_H
#define DAFU_BATCH_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *out;
    bool live;             /* out is a terminal that may be rewritten */
    bool visible;          /* the line stands there now */
    bool quiet;            /* nothing at all */
    double started, drawn; /* seconds of the monotonic clock */
    double interval;       /* seconds between plain lines; they become rarer */
};

struct progress_state {
    size_t files, all_files;
    uint64_t bytes, all_bytes; /* of files */
    unsigned long replies, failed;
};

/* Live only when `out` is a terminal and neither NO_COLOR nor TERM=dumb is set. */
void progress_start(struct progress *progress, FILE *out);

/* Redraws the line, ten times a second at most; or writes one. */
void progress_update(struct progress *progress, const struct progress_state *state);

/* Takes the line away, before something else is written to the same terminal. */
void progress_clear(struct progress *progress);

double progress_seconds(const struct progress *progress); /* since the start */

#endif
