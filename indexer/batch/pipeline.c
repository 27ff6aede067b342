/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/pipeline.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/intake.h"
#include "indexer/batch/shape.h"

/* A parcel is handed on when it has so much: enough to make locking cheap, little enough to keep
 * every core busy with one long file. */
#define PARCEL_TEXT_BYTES ((size_t)64 << 10)
#define PARCEL_ITEMS 256

struct worker {
    pthread_t thread;
    bool started;
    struct pipeline *pipeline;
    struct analyzer *analyzer;
    struct arena scratch; /* of one reply's analysis */
    struct intake intake;
    size_t job;            /* being read */
    struct parcel *parcel; /* being filled; its arena is the intake's until it is handed on */
    struct pipeline_times times;
};

struct pipeline {
    struct queue queue;
    const struct lexicon *lexicon;
    const volatile sig_atomic_t *stop;
    pthread_mutex_t lock; /* of what follows */
    struct seen attached; /* files that were read with a page: the first page's job + 1 */
    struct pipeline_times times;
    size_t worker_count;
    struct worker workers[];
};

static double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- analysis ----------------------------------------------------------------------------- */

static enum status sketch_item(struct worker *worker, struct item *item, struct arena *arena,
                               struct error *error)
{
    struct text *records = ARENA_ARRAY(arena, struct text, item->entries.count);
    if (!records)
        return no_memory(error);
    for (size_t i = 0; i < item->entries.count; i++)
        records[i] = item->entries.entries[i].record;
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch, 0);
    struct shape shape;
    enum status status = shape_of_records(records, item->entries.count, worker->pipeline->lexicon,
                                          &scratch, &shape, error);
    if (!status)
        shape_sketch(&shape, item->reader, &item->sketch);
    return status;
}

static void analyse_item(struct worker *worker, struct item *item, struct arena *arena)
{
    struct error error;
    item->reason = index_entries_build(item->reply, worker->analyzer, &worker->scratch, arena,
                                       &item->entries, &error);
    if (!item->reason && !item->reply->single_passage)
        item->reason = sketch_item(worker, item, arena, &error);
    if (!item->reason)
        return;
    item->line = arena_text(arena, text_of(error.message));
    if (!item->line.data)
        item->line = TEXT("out of memory");
}

static void analyse(struct worker *worker, struct parcel *parcel)
{
    double started = seconds_now();
    for (size_t i = 0; i < parcel->count; i++) {
        if (parcel->items[i].reply)
            analyse_item(worker, &parcel->items[i], &parcel->arena);
    }
    worker->times.analysis += seconds_now() - started;
    queue_analysed(&worker->pipeline->queue, parcel);
}

/* ---- reading ------------------------------------------------------------------------------ */

/* Hands on what there is of the file, and helps with the analysis when there is too much. */
static bool hand_on(struct worker *worker)
{
    struct queue *queue = &worker->pipeline->queue;
    struct parcel *parcel = worker->parcel;
    if (!parcel)
        return true;
    parcel->arena = worker->intake.arena;
    arena_init(&worker->intake.arena, 0);
    worker->parcel = NULL;
    bool open = queue_put(queue, worker->job, parcel);
    double waited = seconds_now();
    for (struct parcel *other; (other = queue_wait(queue, worker->job));)
        analyse(worker, other);
    worker->times.reading -= seconds_now() - waited;
    return open;
}

static struct item *add_item(struct worker *worker)
{
    struct parcel *parcel = worker->parcel;
    if (!parcel)
        parcel = worker->parcel = calloc(1, sizeof(*parcel));
    if (!parcel || !arena_grow(&worker->intake.arena, &parcel->items, parcel->count,
                               &parcel->capacity, sizeof(*parcel->items)))
        return NULL;
    struct item *item = &parcel->items[parcel->count++];
    memset(item, 0, sizeof(*item));
    return item;
}

static bool note_attached(struct worker *worker, struct item *item, const struct document *document)
{
    struct arena *arena = &worker->intake.arena;
    struct pipeline *pipeline = worker->pipeline;
    if (document->attached_count == 0)
        return true;
    item->attached = ARENA_ARRAY(arena, const char *, document->attached_count);
    if (!item->attached)
        return false;
    bool done = true;
    for (size_t i = 0; done && i < document->attached_count; i++) {
        struct stat file;
        CLEANUP(cleanup_free) char *real = realpath(document->attached[i], NULL);
        if (!real || stat(real, &file))
            continue;
        struct text copy = arena_text(arena, text_of(real));
        pthread_mutex_lock(&pipeline->lock);
        uint64_t before = seen_find(&pipeline->attached, file.st_dev, file.st_ino);
        if (before == 0 || before > worker->job + 1)
            done = seen_put(&pipeline->attached, file.st_dev, file.st_ino, worker->job + 1);
        pthread_mutex_unlock(&pipeline->lock);
        done = done && copy.data;
        item->attached[item->attached_count++] = copy.data;
    }
    return done;
}

/* What of a reply lives only as long as its file is being read. */
static struct reply *keep_reply(const struct reply *reply, struct arena *arena)
{
    struct reply *kept = ARENA_NEW(arena, struct reply);
    struct text source = arena_text(arena, reply->source);
    struct text id = arena_text(arena, reply->id);
    if (!kept || !source.data || !id.data)
        return NULL;
    *kept = *reply;
    kept->source = source;
    kept->id = id;
    return kept;
}

static enum status take_reply(void *context, const struct reply *reply, struct arena *arena,
                              struct error *error)
{
    struct worker *worker = context;
    struct item *item = add_item(worker);
    if (!item)
        return no_memory(error);
    item->reader = worker->intake.document->reader;
    item->reply = keep_reply(reply, arena);
    if (!item->reply || !note_attached(worker, item, worker->intake.document))
        return no_memory(error);
    for (size_t i = 0; i < reply->passage_count; i++)
        worker->parcel->text_bytes += reply->passages[i].text.length;
    bool full =
        worker->parcel->text_bytes >= PARCEL_TEXT_BYTES || worker->parcel->count >= PARCEL_ITEMS;
    if (full && !hand_on(worker))
        return error_set(error, STATUS_STOPPED, "interrupted");
    return STATUS_OK;
}

static void take_line(void *context, const char *line)
{
    struct worker *worker = context;
    struct item *item = add_item(worker);
    if (!item)
        return; /* the next reply fails for the same reason */
    item->reason = worker->intake.reason;
    item->line = arena_text(&worker->intake.arena, text_of(line));
    if (!item->line.data)
        item->line = TEXT("out of memory");
}

static bool was_attached(struct worker *worker, const struct job *job, const struct stat *file)
{
    struct pipeline *pipeline = worker->pipeline;
    if (job->page)
        return false; /* pages do not wait for each other, so this would be chance */
    pthread_mutex_lock(&pipeline->lock);
    uint64_t page = seen_find(&pipeline->attached, file->st_dev, file->st_ino);
    pthread_mutex_unlock(&pipeline->lock);
    return page && page <= worker->job;
}

/* Whether there is nothing to read. */
static bool look_at(struct worker *worker, struct job *job, struct error *error)
{
    struct stat file;
    if (stat(job->path, &file)) {
        job->missing = true;
        return false; /* reading it tells why */
    }
    job->stamp = file_stamp_of(&file, now_ns());
    job->attached = was_attached(worker, job, &file);
    if (job->attached)
        return true;
    struct file_digest before = job->digest;
    job->has_digest = S_ISREG(file.st_mode) && !file_digest(job->path, &job->digest, error);
    job->same = job->compare && job->has_digest && file_digest_equal(&before, &job->digest);
    return job->same;
}

/* A file that was written to while it was read is not known by what stat told before. */
static void look_again(struct job *job)
{
    struct stat file;
    if (stat(job->path, &file)) {
        job->stamp.settled = false;
        return;
    }
    struct file_stamp now = file_stamp_of(&file, now_ns());
    if (now.size != job->stamp.size || now.modified_ns != job->stamp.modified_ns)
        job->stamp.settled = false;
}

static void read_job(struct worker *worker, size_t number)
{
    struct queue *queue = &worker->pipeline->queue;
    struct job *job = &queue->jobs[number];
    struct error error;
    double started = seconds_now();
    worker->job = number;
    enum status status = STATUS_OK;
    uint64_t bytes = worker->intake.bytes;
    if (job->bytes.data) {
        status = intake_read_bytes(&worker->intake, job->bytes, job->path, &error);
    } else if (!look_at(worker, job, &error)) {
        status = intake_read(&worker->intake, job->path, &error);
        look_again(job);
    }
    job->text_bytes = worker->intake.bytes - bytes;
    hand_on(worker);
    arena_clear(&worker->intake.arena);
    worker->times.reading += seconds_now() - started;
    if (status && status != STATUS_STOPPED)
        queue_fail(queue, status, &error);
    queue_read(queue, number);
}

/* ---- threads ------------------------------------------------------------------------------ */

static void add_times(struct worker *worker)
{
    struct pipeline *pipeline = worker->pipeline;
    pthread_mutex_lock(&pipeline->lock);
    pipeline->times.reading += worker->times.reading;
    pipeline->times.analysis += worker->times.analysis;
    pthread_mutex_unlock(&pipeline->lock);
    worker->times = (struct pipeline_times) { 0, 0 };
}

static void *work(void *context)
{
    struct worker *worker = context;
    for (;;) {
        struct task task = queue_task(&worker->pipeline->queue);
        if (task.kind == TASK_END)
            return NULL;
        if (task.kind == TASK_READ)
            read_job(worker, task.job);
        else
            analyse(worker, task.parcel);
        add_times(worker);
    }
}

static enum status start_worker(struct pipeline *pipeline, struct worker *worker, bool ocr,
                                struct error *error)
{
    worker->pipeline = pipeline;
    arena_init(&worker->scratch, 0);
    intake_init(&worker->intake);
    worker->intake.reply = take_reply;
    worker->intake.tell = take_line;
    worker->intake.context = worker;
    worker->intake.stop = pipeline->stop;
    worker->intake.ocr = ocr;
    worker->intake.keep_arena = true;
    enum status status = analyzer_new(pipeline->lexicon, &worker->analyzer, error);
    if (status)
        return status;
    int refused = pthread_create(&worker->thread, NULL, work, worker);
    worker->started = refused == 0;
    return refused
               ? error_set(error, STATUS_NO_MEMORY, "cannot start a thread: %s", strerror(refused))
               : STATUS_OK;
}

static size_t core_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (size_t)cores : 1;
}

enum status pipeline_new(const struct lexicon *lexicon, size_t threads, size_t memory, bool ocr,
                         const volatile sig_atomic_t *stop, struct pipeline **out,
                         struct error *error)
{
    threads = threads ? threads : core_count();
    threads = threads < PIPELINE_THREADS_MAX ? threads : PIPELINE_THREADS_MAX;
    struct pipeline *pipeline =
        calloc(1, sizeof(*pipeline) + threads * sizeof(pipeline->workers[0]));
    if (!pipeline)
        return no_memory(error);
    pipeline->lexicon = lexicon;
    pipeline->stop = stop;
    pthread_mutex_init(&pipeline->lock, NULL);
    queue_init(&pipeline->queue, threads, memory);
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < threads; i++) {
        pipeline->worker_count = i + 1;
        status = start_worker(pipeline, &pipeline->workers[i], ocr, error);
    }
    if (status)
        pipeline_free(pipeline);
    else
        *out = pipeline;
    return status;
}

void pipeline_free(struct pipeline *pipeline)
{
    if (!pipeline)
        return;
    queue_close(&pipeline->queue);
    for (size_t i = 0; i < pipeline->worker_count; i++) {
        struct worker *worker = &pipeline->workers[i];
        if (worker->started)
            pthread_join(worker->thread, NULL);
        intake_release(&worker->intake);
        analyzer_free(worker->analyzer);
        arena_release(&worker->scratch);
    }
    queue_release(&pipeline->queue);
    seen_release(&pipeline->attached);
    pthread_mutex_destroy(&pipeline->lock);
    free(pipeline);
}

void pipeline_freep(struct pipeline **pipeline)
{
    pipeline_free(*pipeline);
}

struct pipeline_times pipeline_times(struct pipeline *pipeline)
{
    pthread_mutex_lock(&pipeline->lock);
    struct pipeline_times times = pipeline->times;
    pthread_mutex_unlock(&pipeline->lock);
    return times;
}

/* ---- the writer's side -------------------------------------------------------------------- */

static enum status write_parcel(const struct pipeline_sink *sink, const struct job *job,
                                struct parcel *parcel, const volatile sig_atomic_t *stop,
                                struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < parcel->count; i++) {
        if (stop && *stop)
            return error_set(error, STATUS_STOPPED, "interrupted");
        status = sink->item(sink->context, job, &parcel->items[i], &parcel->arena, error);
    }
    return status;
}

static enum status write_job(struct pipeline *pipeline, struct job *job,
                             const struct pipeline_sink *sink, struct error *error)
{
    bool begun = false;
    for (;;) {
        struct parcel *parcel = NULL;
        enum status status = queue_take(&pipeline->queue, pipeline->stop, &parcel, error);
        if (status)
            return status;
        if (!begun)
            status = sink->begin(sink->context, job, error);
        begun = true;
        if (!status && parcel)
            status = write_parcel(sink, job, parcel, pipeline->stop, error);
        if (parcel)
            queue_free_parcel(&pipeline->queue, parcel);
        if (status || !parcel)
            return status ? status : sink->end(sink->context, job, error);
    }
}

enum status pipeline_run(struct pipeline *pipeline, struct job *jobs, size_t count,
                         const struct pipeline_sink *sink, struct error *error)
{
    seen_release(&pipeline->attached);
    queue_begin(&pipeline->queue, jobs, count);
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < count; i++) {
        status = write_job(pipeline, &jobs[i], sink, error);
        if (!status)
            queue_written(&pipeline->queue);
    }
    return status;
}
