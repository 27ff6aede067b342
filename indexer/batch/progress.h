/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run is: a line on a terminal that rewrites itself, nothing elsewhere. */
#ifndef DAFU_BATCH_PROGRESS_H
#define DAFU_BATCH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *out;
    bool live;             /* out is a terminal that may be rewritten */
    bool visible;          /* the line stands there now */
    double started, drawn; /* seconds of the monotonic clock */
};

/* Live only when `out` is a terminal and neither NO_COLOR nor TERM=dumb is set. */
void progress_start(struct progress *progress, FILE *out);

/* Redraws the line, ten times a second at most. */
void progress_update(struct progress *progress, unsigned long replies, uint64_t bytes);

/* Takes the line away, before something else is written to the same terminal. */
void progress_clear(struct progress *progress);

double progress_seconds(const struct progress *progress); /* since the start */

#endif
