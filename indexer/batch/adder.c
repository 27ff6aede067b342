/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs: what has changed is read, in slices, and committed. */
#include "indexer/batch/adder_file.h"

#include <stdlib.h>
#include <time.h>

#include "indexer/base/cleanup.h"

double adder_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void adder_tell(struct adder *adder, const char *line)
{
    if (adder->progress)
        progress_clear(adder->progress);
    adder->tell(adder->context, line);
}

void adder_tell_about(struct adder *adder, const char *path, enum status status, struct error *line)
{
    error_prefix(line, status, "%s", path);
    adder_tell(adder, line->message);
}

void adder_show_progress(struct adder *adder, const struct job *job)
{
    if (!adder->progress)
        return;
    const struct progress_state state = {
        .files = (size_t)(job - adder->first_job) + adder->first_change,
        .all_files = adder->changes->count,
        .bytes = adder->counts.file_bytes,
        .all_bytes = adder->changes->bytes,
        .replies = adder->counts.added + adder->counts.replaced,
        .failed = adder_left_out(&adder->counts),
    };
    progress_update(adder->progress, &state);
}

void adder_init(struct adder *adder)
{
    *adder = (struct adder) { .options = { .commit_every = ADDER_COMMIT_EVERY,
                                           .memory = PIPELINE_MEMORY } };
    ledger_init(&adder->ledger);
}

void adder_release(struct adder *adder)
{
    pipeline_free(adder->pipeline);
    if (adder->incoming)
        arena_release(&adder->incoming->arena);
    free(adder->incoming);
    free(adder->due_rows);
    ledger_release(&adder->ledger);
    twins_release(&adder->twins);
    seen_release(&adder->ids);
    seen_release(&adder->attached_rows);
    seen_release(&adder->read_rows);
    seen_release(&adder->due);
}

void adder_begin_round(struct adder *adder)
{
    adder->counts = adder->committed = (struct adder_counts) { 0 };
    adder->finding = adder->writing = adder->committing = 0;
    adder->times_before.reading += adder->times.reading;
    adder->times_before.analysis += adder->times.analysis;
    adder->times = (struct pipeline_times) { 0, 0 };
}

unsigned long adder_left_out(const struct adder_counts *counts)
{
    unsigned long sum = 0;
    for (size_t i = 0; i <= STATUS_STOPPED; i++)
        sum += counts->left_out[i];
    return sum;
}

enum status adder_commit(struct adder *adder, struct error *error)
{
    double started = adder_seconds();
    enum status status = ledger_flush(&adder->ledger, adder->writer, error);
    if (!status)
        status = index_writer_commit(adder->writer, error);
    if (!status)
        adder->committed = adder->counts;
    adder->committing += adder_seconds() - started;
    return status;
}

#define DUE_MAX 3 /* times that a file is read in one run because of others */

enum status adder_due(struct adder *adder, size_t row, struct error *error)
{
    uint64_t times = seen_find(&adder->due, row + 1, 0);
    if (times > DUE_MAX)
        return STATUS_OK;
    if (!seen_put(&adder->due, row + 1, 0, times + 1))
        return adder_no_memory(error);
    if (adder->due_count == adder->due_capacity) {
        size_t capacity = adder->due_capacity ? adder->due_capacity * 2 : 16;
        size_t *rows = realloc(adder->due_rows, capacity * sizeof(*rows));
        if (!rows)
            return adder_no_memory(error);
        adder->due_rows = rows;
        adder->due_capacity = capacity;
    }
    adder->due_rows[adder->due_count++] = row;
    return STATUS_OK;
}

/* A ledger that cannot be understood is begun anew: every file is read again then. */
static enum status load_ledger(struct adder *adder, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    if (adder->loaded)
        return STATUS_OK;
    enum status status = index_writer_ledger(adder->writer, &bytes, error);
    if (!status)
        status = ledger_load(&adder->ledger, &bytes, error);
    if (status == STATUS_CORRUPT) {
        adder_tell(adder, "the index's ledger of files is damaged: all files are read again");
        status = index_writer_ledger_replace(adder->writer, TEXT(""), error);
    }
    adder->loaded = !status;
    return status;
}

enum status adder_start(struct adder *adder, struct error *error)
{
    if (!adder->incoming) {
        adder->incoming = calloc(1, sizeof(*adder->incoming));
        if (!adder->incoming)
            return adder_no_memory(error);
        arena_init(&adder->incoming->arena, 0);
        adder->reader = reader_version(adder->options.ocr);
    }
    return load_ledger(adder, error);
}

static struct job job_of(const struct adder *adder, const struct change *change)
{
    struct job job = { .path = change->path, .real = change->real, .page = change->page };
    job.bytes = adder->bytes;
    if (change->kind == CHANGE_TOUCHED) {
        const struct ledger_file *known = &adder->ledger.files[change->row];
        job.compare = known->digest.low || known->digest.high;
        job.digest = known->digest;
    }
    return job;
}

/* Jobs of a slice of the changes at a time, so that a million of them need no memory at once. */
#define SLICE 65536

static enum status run_slice(struct adder *adder, size_t count, struct error *error)
{
    const struct pipeline_sink sink = { adder_begin_file, adder_take_item, adder_end_file, adder };
    struct job *jobs = calloc(count, sizeof(*jobs));
    if (!jobs)
        return adder_no_memory(error);
    for (size_t i = 0; i < count; i++)
        jobs[i] = job_of(adder, &adder->changes->items[adder->first_change + i]);
    adder->first_job = jobs;
    enum status status = pipeline_run(adder->pipeline, jobs, count, &sink, error);
    adder->times = pipeline_times(adder->pipeline);
    adder->times.reading -= adder->times_before.reading;
    adder->times.analysis -= adder->times_before.analysis;
    if (status) { /* its threads must not outlive the jobs */
        pipeline_free(adder->pipeline);
        adder->pipeline = NULL;
    }
    free(jobs);
    return status;
}

static enum status run_changes(struct adder *adder, struct changes *changes, struct error *error)
{
    enum status status = STATUS_OK;
    adder->changes = changes;
    for (size_t i = 0; !status && i < changes->gone_count; i++)
        status = adder_remove_gone(adder, changes->gone[i], error);
    if (!status && changes->count && !adder->pipeline)
        status = pipeline_new(analyzer_lexicon(adder->analyzer), adder->options.threads,
                              adder->options.memory, adder->options.ocr, adder->stop,
                              &adder->pipeline, error);
    for (size_t at = 0; !status && at < changes->count; at += SLICE) {
        size_t rest = changes->count - at;
        adder->first_change = at;
        status = run_slice(adder, rest < SLICE ? rest : SLICE, error);
    }
    adder->changes = NULL;
    return status;
}

static void set_options(struct adder *adder, struct changes *changes)
{
    changes_init(changes);
    changes->keep_gone = adder->options.keep_gone;
    changes->retry_failed = adder->options.retry_failed;
    changes->reread = adder->options.reread;
    changes->reader = adder->reader;
    changes->tell = adder->tell;
    changes->context = adder->context;
    changes->stop = adder->stop;
}

/* Files whose reply was kept in another source, which is gone. */
static enum status run_due(struct adder *adder, struct error *error)
{
    CLEANUP(changes_release) struct changes changes;
    set_options(adder, &changes);
    changes.ledger = &adder->ledger;
    enum status status = STATUS_OK;
    for (size_t row = 0; row < adder->ledger.count; row++)
        adder->ledger.files[row].planned = false;
    for (size_t i = 0; !status && i < adder->due_count; i++) {
        if (!adder->ledger.files[adder->due_rows[i]].forgotten)
            status = changes_add_due(&changes, adder->due_rows[i], error);
    }
    adder->due_count = 0;
    changes_sort(&changes);
    return status ? status : run_changes(adder, &changes, error);
}

enum status adder_read_due(struct adder *adder, enum status status, struct error *error)
{
    while (!status && adder->due_count)
        status = run_due(adder, error);
    seen_release(&adder->due);
    seen_release(&adder->attached_rows);
    seen_release(&adder->read_rows);
    return status;
}

enum status adder_add(struct adder *adder, const char *const *paths, size_t count,
                      struct error *error)
{
    CLEANUP(changes_release) struct changes changes;
    double started = adder_seconds();
    enum status status = adder_start(adder, error);
    set_options(adder, &changes);
    if (!status)
        status = changes_find(&changes, &adder->ledger, paths, count, error);
    adder->finding += adder_seconds() - started;
    adder->counts.files += changes.files;
    adder->counts.unchanged += changes.unchanged;
    adder->counts.failed_before += changes.failed_before;
    adder->counts.left_out[STATUS_IO] += changes.problems;
    if (!status)
        status = run_changes(adder, &changes, error);
    return adder_read_due(adder, status, error);
}

enum status adder_add_bytes(struct adder *adder, struct text bytes, const char *name,
                            struct error *error)
{
    struct change change = { .kind = CHANGE_NEW,
                             .path = name,
                             .real = name,
                             .via = name,
                             .row = LEDGER_NONE,
                             .size = bytes.length };
    struct changes changes = { .items = &change, .count = 1, .bytes = bytes.length };
    enum status status = adder_start(adder, error);
    adder->bytes = bytes;
    if (!status)
        status = run_changes(adder, &changes, error);
    adder->bytes = (struct text) { NULL, 0 };
    return status;
}
