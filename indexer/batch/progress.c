/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Carriage return, the line, erase to its end (ECMA-48 EL). */
#include "indexer/batch/progress.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REDRAW_SECONDS 0.1

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, FILE *out)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    *progress = (struct progress) { .out = out, .started = now() };
    progress->live = isatty(fileno(out)) && !(no_color && *no_color) && term && *term &&
                     strcmp(term, "dumb") != 0;
}

double progress_seconds(const struct progress *progress)
{
    return now() - progress->started;
}

void progress_update(struct progress *progress, unsigned long replies, uint64_t bytes)
{
    double time = progress->live ? now() : 0;
    if (!progress->live || time - progress->drawn < REDRAW_SECONDS)
        return;
    double seconds = time - progress->started;
    double megabytes = (double)bytes / 1e6;
    fprintf(progress->out, "\r%lu replies, %.1f MB, %.1f MB/s\033[K", replies, megabytes,
            seconds > 0 ? megabytes / seconds : 0);
    fflush(progress->out);
    progress->drawn = time;
    progress->visible = true;
}

void progress_clear(struct progress *progress)
{
    if (!progress->visible)
        return;
    fputs("\r\033[K", progress->out);
    fflush(progress->out);
    progress->visible = false;
}
