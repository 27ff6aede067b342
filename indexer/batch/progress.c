/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Carriage return, the line, erase to its end (ECMA-48 EL). */
#include "indexer/batch/progress.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REDRAW_SECONDS 0.1
#define PLAIN_SECONDS 20 /* until the first plain line */

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
    *progress = (struct progress) { .out = out, .started = now(), .interval = PLAIN_SECONDS };
    progress->drawn = progress->started;
    progress->live = isatty(fileno(out)) && !(no_color && *no_color) && term && *term &&
                     strcmp(term, "dumb") != 0;
}

double progress_seconds(const struct progress *progress)
{
    return now() - progress->started;
}

/* "1:02:03", "2:03", "3 s". */
static void format_time(double seconds, char *out, size_t size)
{
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600)
        snprintf(out, size, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    else if (whole >= 60)
        snprintf(out, size, "%lu:%02lu", whole / 60, whole % 60);
    else
        snprintf(out, size, "%lu s", whole);
}

static void format_line(const struct progress_state *state, double seconds, char *out, size_t size)
{
    double megabytes = (double)state->bytes / 1e6;
    if (state->all_files == 0) {
        snprintf(out, size, "%lu replies", state->replies);
        return;
    }
    int length = snprintf(out, size, "%zu of %zu files, %.1f of %.1f MB, %.0f replies/s",
                          state->files, state->all_files, megabytes, (double)state->all_bytes / 1e6,
                          seconds > 0 ? (double)state->replies / seconds : 0);
    if (state->failed)
        length += snprintf(out + length, size - (size_t)length, ", %lu left out", state->failed);
    if (seconds > 2 && state->bytes > 0 && state->bytes < state->all_bytes) {
        double left = seconds * (double)(state->all_bytes - state->bytes) / (double)state->bytes;
        char time[32];
        format_time(left, time, sizeof(time));
        snprintf(out + length, size - (size_t)length, ", %s left", time);
    }
}

void progress_update(struct progress *progress, const struct progress_state *state)
{
    double time = now();
    double wait = progress->live ? REDRAW_SECONDS : progress->interval;
    if (progress->quiet || time - progress->drawn < wait)
        return;
    char line[256];
    format_line(state, time - progress->started, line, sizeof(line));
    if (progress->live)
        fprintf(progress->out, "\r%s\033[K", line);
    else
        fprintf(progress->out, "dafu-index: %s\n", line);
    fflush(progress->out);
    progress->drawn = time;
    progress->visible = progress->live;
    progress->interval *= 1.5;
}

void progress_clear(struct progress *progress)
{
    if (!progress->visible)
        return;
    fputs("\r\033[K", progress->out);
    fflush(progress->out);
    progress->visible = false;
}
