/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/adder.h"

#include <stdlib.h>
#include <time.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/adder_file.h"
#include "indexer/batch/source.h"
#include "indexer/document/reader.h"

static double seconds_now(void)
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

static void tell_about(struct adder *adder, const char *path, enum status status,
                       struct error *line)
{
    error_prefix(line, status, "%s", path);
    adder_tell(adder, line->message);
}

static void show_progress(struct adder *adder, const struct job *job)
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

/* ---- ids that come twice ------------------------------------------------------------------ */

#define FILE_NUMBER_BITS 32

/* Half of a digest tells files apart, the number one reading of a file from the next. */
static void number_file(struct adder *adder, struct text source)
{
    uint64_t number = (adder->file + 1) & UINT32_MAX;
    adder->file = (text_hash(source) & ~(uint64_t)UINT32_MAX) | (number ? number : 1);
}

/* The same file again, named twice or reached by two ways, is no second reply. */
static bool is_double(const struct adder *adder, uint64_t before)
{
    bool other_file = before >> FILE_NUMBER_BITS != adder->file >> FILE_NUMBER_BITS;
    return before && (other_file || before == adder->file);
}

static enum status check_id(struct adder *adder, const struct job *job, const struct reply *reply,
                            struct error *error)
{
    uint64_t digest = text_hash(reply->id);
    bool twice = is_double(adder, seen_find(&adder->ids, digest, reply->id.length));
    if (!seen_put(&adder->ids, digest, reply->id.length, adder->file))
        return adder_no_memory(error);
    if (!twice)
        return STATUS_OK;
    adder->counts.doubles++;
    if (++adder->incoming->doubles > READER_WARNINGS_MAX)
        return STATUS_OK;
    struct error line;
    error_set(&line, STATUS_INVALID, "'%.*s' replaces another reply with the same id",
              TEXT_ARG(reply->id));
    tell_about(adder, job->path, STATUS_INVALID, &line);
    return STATUS_OK;
}

/* ---- replies ------------------------------------------------------------------------------ */

/* Counts what was left out and tells it; `line` begins with the path already. */
static enum status leave_out(struct adder *adder, const struct job *job, enum status reason,
                             const char *line, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    struct text what = text_of(line);
    size_t path_length = strlen(job->path);
    if (text_starts_with(what, text_of(job->path)) &&
        text_starts_with(text_slice(what, path_length, what.length - path_length), TEXT(": ")))
        what = text_slice(what, path_length + 2, what.length - path_length - 2);
    adder->counts.left_out[reason]++;
    incoming->left_out++;
    adder_tell(adder, line);
    return ledger_add_problem(&incoming->entry, &incoming->arena, reason, what)
               ? STATUS_OK
               : adder_no_memory(error);
}

static enum status leave_reply_out(struct adder *adder, const struct job *job,
                                   const struct reply *reply, enum status reason,
                                   struct error *problem)
{
    if (text_equal(reply->id, reply->source))
        error_prefix(problem, reason, "%s", job->path);
    else
        error_prefix(problem, reason, "%s: '%.*s'", job->path, TEXT_ARG(reply->id));
    struct error error;
    return leave_out(adder, job, reason, problem->message, &error);
}

/* What is committed of a file that is still being read belongs to the file already: if this run ends
 * here, the next one knows that it has to be read again, or whose replies these are if it is gone. */
static enum status commit_within_file(struct adder *adder, struct error *error)
{
    struct ledger_entry entry = adder->incoming->entry;
    entry.state = LEDGER_READ;
    entry.stamp = (struct file_stamp) { 0 };
    entry.reader = 0;
    enum status status =
        adder->incoming->row == LEDGER_NONE ? STATUS_OK : ledger_put(&adder->ledger, &entry, error);
    return status ? status : adder_commit(adder, error);
}

enum status adder_store(struct adder *adder, const struct index_entries *entries,
                        struct error *error)
{
    bool replaced = false;
    double started = seconds_now();
    enum status status = index_writer_put(adder->writer, entries, &replaced, error);
    adder->writing += seconds_now() - started;
    if (status)
        return status;
    replaced = replaced || adder->incoming->took_place;
    adder->incoming->took_place = false;
    adder->counts.added += !replaced;
    adder->counts.replaced += replaced;
    adder->counts.passages += entries->passages;
    adder->incoming->entry.replies++;
    adder->incoming->entry.passages += entries->passages;
    if (adder->counts.passages - adder->committed.passages < adder->options.commit_every)
        return STATUS_OK;
    return commit_within_file(adder, error);
}

static enum status note_attached(struct incoming *incoming, const struct item *item,
                                 struct error *error)
{
    for (size_t i = 0; i < item->attached_count; i++) {
        struct text copy = arena_text(&incoming->arena, text_of(item->attached[i]));
        if (!copy.data || !arena_grow(&incoming->arena, &incoming->attached,
                                      incoming->attached_count, &incoming->attached_capacity,
                                      sizeof(*incoming->attached)))
            return adder_no_memory(error);
        incoming->attached[incoming->attached_count++] = copy.data;
    }
    return STATUS_OK;
}

/* STATUS_INVALID, STATUS_LIMIT: something about this reply; the index is as it was. */
static enum status take_reply(struct adder *adder, const struct job *job, const struct item *item,
                              struct error *error)
{
    const struct reply *reply = item->reply;
    struct text kept = TEXT("");
    enum status status = STATUS_OK;
    if (item->reason)
        return error_set(error, item->reason, "%.*s", TEXT_ARG(item->line));
    bool listed = !reply->single_passage && adder->incoming->row != LEDGER_NONE;
    if (listed)
        status = adder_find_twin(adder, item, &kept, error);
    if (!status && kept.length == 0)
        status = adder_store(adder, &item->entries, error);
    if (!status && kept.length == 0)
        status = check_id(adder, job, reply, error);
    if (!status && listed)
        status = adder_list_reply(adder, item, kept, error);
    return status ? status : note_attached(adder->incoming, item, error);
}

static enum status take_item(void *context, const struct job *job, const struct item *item,
                             struct arena *arena, struct error *error)
{
    struct adder *adder = context;
    if (adder->incoming->skip)
        return STATUS_OK;
    if (item->reply) {
        enum status status = take_reply(adder, job, item, error);
        if (status != STATUS_INVALID && status != STATUS_LIMIT)
            return status;
        return leave_reply_out(adder, job, item->reply, status, error);
    }
    const char *line = arena_text(arena, item->line).data;
    if (!line)
        return adder_no_memory(error);
    if (item->reason)
        return leave_out(adder, job, item->reason, line, error);
    adder->counts.losses++;
    adder_tell(adder, line);
    return STATUS_OK;
}

/* ---- files -------------------------------------------------------------------------------- */

static void clear_incoming(struct incoming *incoming)
{
    struct arena arena = incoming->arena;
    arena_clear(&arena);
    *incoming = (struct incoming) { .arena = arena };
}

static const struct change *change_of(const struct adder *adder, const struct job *job)
{
    return &adder->changes->items[adder->first_change + (size_t)(job - adder->first_job)];
}

static enum status begin_row(struct adder *adder, size_t row, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    clear_incoming(incoming);
    incoming->row = row;
    if (row == LEDGER_NONE)
        return STATUS_OK;
    const struct ledger_file *known = &adder->ledger.files[row];
    struct text path = arena_text(&incoming->arena, known->path);
    incoming->source = source_text(path, &incoming->arena);
    incoming->entry.path = path;
    if (!path.data || !incoming->source.data)
        return adder_no_memory(error);
    incoming->known = !known->forgotten;
    if (!incoming->known)
        return STATUS_OK;
    /* the row's bytes may change before the file has ended: a copy */
    struct text bytes = { arena_alloc(&incoming->arena, known->bytes.length),
                          known->bytes.length };
    if (!bytes.data)
        return adder_no_memory(error);
    memcpy((char *)bytes.data, known->bytes.data, bytes.length);
    return ledger_decode_entry(bytes, &incoming->arena, &incoming->before, error);
}

/* A file that was part of a page, and this run's pages have not taken it so far. It is read in its
 * own right only when its page is gone or was read and has let go of it; when it is other than it
 * was and the page has not been read, both are due. */
static enum status begin_attachment(struct adder *adder, const struct job *job,
                                    struct error *error)
{
    struct incoming *incoming = adder->incoming;
    const struct ledger_entry *before = &incoming->before;
    struct text page_path = before->attachment_count ? before->attachments[0].path : TEXT("");
    size_t page = ledger_find(&adder->ledger, page_path);
    bool page_is_through = page == LEDGER_NONE || seen_find(&adder->read_rows, page + 1, 0);
    bool same = job->has_digest && file_digest_equal(&job->digest, &before->digest);
    if (page_is_through && !job->same)
        return STATUS_OK;
    incoming->skip = true;
    incoming->as_before = same && !page_is_through;
    if (incoming->as_before)
        return STATUS_OK;
    enum status status = page_is_through ? STATUS_OK : adder_due(adder, page, error);
    return status ? status : adder_due(adder, incoming->row, error);
}

static enum status begin_file(void *context, const struct job *job, struct error *error)
{
    struct adder *adder = context;
    size_t row = change_of(adder, job)->row;
    struct incoming *incoming = adder->incoming;
    enum status status = begin_row(adder, row, error);
    if (status)
        return status;
    bool attached = job->attached ||
                    (row != LEDGER_NONE && seen_find(&adder->attached_rows, row + 1, 0));
    incoming->skip = attached || job->same;
    incoming->as_before = job->same && !attached;
    adder->counts.attached += attached;
    if (!attached && incoming->known && incoming->before.state == LEDGER_ATTACHED)
        status = begin_attachment(adder, job, error);
    if (status || incoming->skip)
        return status;
    number_file(adder, row == LEDGER_NONE ? text_of(job->path) : incoming->source);
    if (row == LEDGER_NONE)
        return STATUS_OK;
    status = adder_forget_twins(adder, row, error);
    return status ? status : index_writer_begin_source(adder->writer, incoming->source, error);
}

static void tell_more_doubles(struct adder *adder, const struct job *job)
{
    unsigned long doubles = adder->incoming->doubles;
    struct error line;
    if (doubles <= READER_WARNINGS_MAX)
        return;
    error_set(&line, STATUS_INVALID, "%lu more replies replace another with the same id",
              doubles - READER_WARNINGS_MAX);
    tell_about(adder, job->path, STATUS_INVALID, &line);
}

/* The same content, but another time, or it was tried in vain once more. */
static enum status keep_entry(struct adder *adder, const struct job *job, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    const struct change *change = change_of(adder, job);
    struct ledger_entry entry = incoming->before;
    struct text via = text_of(change->via);
    if (!incoming->known)
        return STATUS_OK;
    adder->counts.unchanged++;
    adder->counts.failed_before += entry.state == LEDGER_FAILED || entry.left_out;
    entry.stamp = job->stamp;
    entry.via = text_equal(via, entry.path) ? TEXT("") : via;
    return ledger_put(&adder->ledger, &entry, error);
}

/* Replies of before that a file could not be read for this time: they stay, and so do their
 * rows. */
static enum status keep_old_replies(struct adder *adder, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    struct ledger_entry *entry = &incoming->entry;
    size_t new_count = entry->listed_count;
    for (size_t i = 0; incoming->known && i < incoming->before.listed_count; i++) {
        const struct ledger_reply *old = &incoming->before.listed[i];
        bool again = false;
        for (size_t j = 0; j < new_count; j++)
            again = again || text_equal(entry->listed[j].id, old->id);
        if (again)
            continue;
        if (!arena_grow(&incoming->arena, &entry->listed, entry->listed_count,
                        &entry->listed_capacity, sizeof(*entry->listed)) ||
            !twins_add(&adder->twins, incoming->row, entry->listed_count, old))
            return adder_no_memory(error);
        entry->listed[entry->listed_count++] = *old;
    }
    return STATUS_OK;
}

/* A file that was read with a page: what it gave in its own right goes, and its row names the
 * page. */
static enum status attach_file(struct adder *adder, const char *path, struct text page,
                               struct error *error)
{
    struct stat what;
    size_t row = ledger_row(&adder->ledger, text_of(path));
    if (row == LEDGER_NONE || !seen_put(&adder->attached_rows, row + 1, 0, 1))
        return adder_no_memory(error);
    enum status status = begin_row(adder, row, error);
    if (status)
        return status;
    struct incoming *incoming = adder->incoming;
    unsigned long removed = 0;
    status = index_writer_remove_source(adder->writer, incoming->source, &removed, error);
    adder->counts.gone += removed;
    if (!status)
        status = adder_forget_twins(adder, row, error);
    struct ledger_attachment of_page = { .path = page };
    struct ledger_entry entry = { .path = incoming->entry.path,
                                  .state = LEDGER_ATTACHED,
                                  .attachments = &of_page,
                                  .attachment_count = 1 };
    if (stat(path, &what) == 0)
        entry.stamp = file_stamp_of(&what, now_ns());
    struct error unread; /* then it is read again next time */
    (void)file_digest(path, &entry.digest, &unread);
    if (!status)
        status = ledger_put(&adder->ledger, &entry, error);
    return status ? status
                  : adder_settle_twins(adder, incoming->known ? &incoming->before : NULL, NULL,
                                       error);
}

static enum status list_attachments(struct incoming *incoming, struct error *error)
{
    struct ledger_entry *entry = &incoming->entry;
    for (size_t i = 0; i < incoming->attached_count; i++) {
        struct stat what;
        if (stat(incoming->attached[i], &what))
            continue;
        if (!arena_grow(&incoming->arena, &entry->attachments, entry->attachment_count,
                        &entry->attachment_capacity, sizeof(*entry->attachments)))
            return adder_no_memory(error);
        entry->attachments[entry->attachment_count++] = (struct ledger_attachment) {
            text_of(incoming->attached[i]), file_stamp_of(&what, now_ns())
        };
    }
    return STATUS_OK;
}

static enum status write_entry(struct adder *adder, const struct job *job, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    struct ledger_entry *entry = &incoming->entry;
    struct text via = text_of(change_of(adder, job)->via);
    entry->via = text_equal(via, entry->path) ? TEXT("") : via;
    bool nothing = entry->replies == 0 && entry->listed_count == 0;
    entry->state = nothing && entry->left_out ? LEDGER_FAILED : LEDGER_READ;
    entry->stamp = job->stamp;
    entry->digest = job->has_digest ? job->digest : (struct file_digest) { 0, 0 };
    entry->reader = adder->reader;
    enum status status = list_attachments(incoming, error);
    if (!status && entry->left_out)
        status = keep_old_replies(adder, error);
    return status ? status : ledger_put(&adder->ledger, entry, error);
}

/* The attached files have rows of their own, for which the file at hand has to stand aside. */
static enum status attach_files(struct adder *adder, struct error *error)
{
    struct incoming *page = adder->incoming;
    enum status status = STATUS_OK;
    if (page->attached_count == 0)
        return status;
    struct incoming attached = { .row = LEDGER_NONE };
    arena_init(&attached.arena, 0);
    adder->incoming = &attached;
    for (size_t i = 0; !status && i < page->attached_count; i++)
        status = attach_file(adder, page->attached[i], page->entry.path, error);
    adder->incoming = page;
    arena_release(&attached.arena);
    return status;
}

static enum status end_file(void *context, const struct job *job, struct error *error)
{
    struct adder *adder = context;
    struct incoming *incoming = adder->incoming;
    unsigned long gone = 0;
    adder->counts.file_bytes += change_of(adder, job)->size;
    show_progress(adder, job);
    if (incoming->skip)
        return incoming->as_before ? keep_entry(adder, job, error) : STATUS_OK;
    if (incoming->row != LEDGER_NONE && !seen_put(&adder->read_rows, incoming->row + 1, 0, 1))
        return adder_no_memory(error);
    adder->counts.read += !job->missing;
    adder->counts.text_bytes += job->text_bytes;
    tell_more_doubles(adder, job);
    if (incoming->row == LEDGER_NONE)
        return STATUS_OK;
    enum status status =
        index_writer_end_source(adder->writer, incoming->left_out == 0, &gone, error);
    adder->counts.gone += gone;
    if (job->missing) /* a run over its folder will find it gone */
        return status;
    if (!status)
        status = write_entry(adder, job, error);
    if (!status)
        status = adder_settle_twins(adder, incoming->known ? &incoming->before : NULL,
                                    &incoming->entry, error);
    return status ? status : attach_files(adder, error);
}

static enum status remove_gone(struct adder *adder, size_t row, struct error *error)
{
    unsigned long removed = 0;
    enum status status = begin_row(adder, row, error);
    if (!status)
        status = index_writer_remove_source(adder->writer, adder->incoming->source, &removed, error);
    if (!status)
        status = adder_forget_twins(adder, row, error);
    if (!status)
        status = ledger_forget(&adder->ledger, row, error);
    if (!status)
        status = adder_settle_twins(adder, &adder->incoming->before, NULL, error);
    adder->counts.gone += removed;
    adder->counts.gone_files++;
    return status;
}

/* ---- runs --------------------------------------------------------------------------------- */

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
    double started = seconds_now();
    enum status status = ledger_flush(&adder->ledger, adder->writer, error);
    if (!status)
        status = index_writer_commit(adder->writer, error);
    if (!status)
        adder->committed = adder->counts;
    adder->committing += seconds_now() - started;
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

static enum status start(struct adder *adder, struct error *error)
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
    const struct pipeline_sink sink = { begin_file, take_item, end_file, adder };
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
        status = remove_gone(adder, changes->gone[i], error);
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

static enum status read_due(struct adder *adder, enum status status, struct error *error)
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
    double started = seconds_now();
    enum status status = start(adder, error);
    set_options(adder, &changes);
    if (!status)
        status = changes_find(&changes, &adder->ledger, paths, count, error);
    adder->finding += seconds_now() - started;
    adder->counts.files += changes.files;
    adder->counts.unchanged += changes.unchanged;
    adder->counts.failed_before += changes.failed_before;
    adder->counts.left_out[STATUS_IO] += changes.problems;
    if (!status)
        status = run_changes(adder, &changes, error);
    return read_due(adder, status, error);
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
    enum status status = start(adder, error);
    adder->bytes = bytes;
    if (!status)
        status = run_changes(adder, &changes, error);
    adder->bytes = (struct text) { NULL, 0 };
    return status;
}

/* ---- removing ----------------------------------------------------------------------------- */

/* The row of the file that a source lies in: its own path, or that of the archive. */
static enum status row_of_source(struct adder *adder, struct text source, size_t *row,
                                 struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    size_t member = text_find(source, TEXT("!/"));
    struct text file = member == TEXT_NONE ? source : text_slice(source, 0, member);
    *row = ledger_find(&adder->ledger, source);
    if (*row == LEDGER_NONE)
        *row = ledger_find(&adder->ledger, file);
    if (!text_contains(file, TEXT("\\x"))) /* written as the path is */
        return STATUS_OK;
    for (size_t i = 0; i < adder->ledger.count && *row == LEDGER_NONE; i++) {
        const struct ledger_file *known = &adder->ledger.files[i];
        if (known->forgotten)
            continue;
        arena_clear(&arena);
        struct text name = source_text(known->path, &arena);
        if (!name.data)
            return adder_no_memory(error);
        if (text_equal(name, source) || text_equal(name, file))
            *row = i;
    }
    return STATUS_OK;
}

/* Part of what a file gave has gone: the file is new to the next run. */
static enum status forget_source(struct adder *adder, struct text source, struct error *error)
{
    size_t row;
    enum status status = row_of_source(adder, source, &row, error);
    if (status || row == LEDGER_NONE)
        return status;
    status = begin_row(adder, row, error);
    if (!status)
        status = adder_forget_twins(adder, row, error);
    if (!status)
        status = ledger_forget(&adder->ledger, row, error);
    return status ? status : adder_settle_twins(adder, &adder->incoming->before, NULL, error);
}

enum status adder_remove_path(struct adder *adder, const char *path, unsigned long *removed,
                              struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    CLEANUP(cleanup_free) char *resolved = source_resolve(path);
    *removed = 0;
    if (!resolved) /* every path lies in an empty one */
        return *path ? adder_no_memory(error) : STATUS_OK;
    struct text folder = text_of(resolved);
    struct text source = source_text(folder, &arena);
    if (!source.data)
        return adder_no_memory(error);
    enum status status = start(adder, error);
    unsigned long before = adder->counts.gone;
    for (size_t row = 0; !status && row < adder->ledger.count; row++) {
        const struct ledger_file *known = &adder->ledger.files[row];
        if (!known->forgotten && changes_lies_in(known->path, folder))
            status = remove_gone(adder, row, error);
    }
    unsigned long others = 0; /* of a member, or of what the ledger does not know */
    if (!status)
        status = index_writer_remove_source(adder->writer, source, &others, error);
    if (!status && others)
        status = forget_source(adder, source, error);
    *removed = adder->counts.gone - before + others;
    return read_due(adder, status, error);
}

static enum status take_source(void *context, struct text record, struct error *error)
{
    struct reply_record reply;
    struct buffer *source = context;
    if (source->length == 0 && reply_record_decode(record, &reply, error) == STATUS_OK)
        buffer_append(source, reply.source);
    return STATUS_OK;
}

enum status adder_remove_id(struct adder *adder, struct text id, struct error *error)
{
    CLEANUP(buffer_release) struct buffer source = BUFFER_INIT;
    enum status status = start(adder, error);
    if (!status)
        status = index_writer_records(adder->writer, id, take_source, &source, error);
    if (!status)
        status = buffer_status(&source, error);
    if (!status)
        status = index_writer_remove(adder->writer, id, error);
    if (!status)
        status = forget_source(adder, buffer_text(&source), error);
    adder->counts.gone += !status;
    return read_due(adder, status, error);
}
