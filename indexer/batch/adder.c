/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/adder.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/source.h"
#include "indexer/document/reader.h"

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static void tell(void *context, const char *line)
{
    struct adder *adder = context;
    if (adder->progress)
        progress_clear(adder->progress);
    adder->tell(adder->context, line);
}

/* ---- ids that come twice ------------------------------------------------------------------ */

#define FILE_NUMBER_BITS 32

/* Half of a digest tells files apart, the number one reading of a file from the next. */
static void number_file(struct adder *adder, struct text source)
{
    uint64_t number = (adder->file + 1) & UINT32_MAX;
    adder->file = (text_hash(source) & ~(uint64_t)UINT32_MAX) | (number ? number : 1);
    adder->doubles = 0;
}

/* The same file again, named twice or reached by two ways, is no second reply. */
static bool is_double(const struct adder *adder, uint64_t before)
{
    bool other_file = before >> FILE_NUMBER_BITS != adder->file >> FILE_NUMBER_BITS;
    return before && (other_file || before == adder->file);
}

static enum status check_id(struct adder *adder, const struct reply *reply, struct error *error)
{
    uint64_t digest = text_hash(reply->id);
    bool twice = is_double(adder, seen_find(&adder->ids, digest, reply->id.length));
    if (!seen_put(&adder->ids, digest, reply->id.length, adder->file))
        return no_memory(error);
    if (!twice)
        return STATUS_OK;
    adder->counts.doubles++;
    if (++adder->doubles > READER_WARNINGS_MAX)
        return STATUS_OK;
    struct error line;
    error_set(&line, STATUS_INVALID, "'%.*s' replaces another reply with the same id",
              TEXT_ARG(reply->id));
    error_prefix(&line, STATUS_INVALID, "%s", adder->intake.path);
    tell(adder, line.message);
    return STATUS_OK;
}

/* ---- replies ------------------------------------------------------------------------------ */

static enum status store(struct adder *adder, const struct index_entries *entries,
                         struct error *error)
{
    bool replaced = false;
    enum status status = index_writer_put(adder->writer, entries, &replaced, error);
    if (status)
        return status;
    adder->counts.added += !replaced;
    adder->counts.replaced += replaced;
    adder->counts.passages += entries->count - 1;

    if (adder->progress)
        progress_update(adder->progress, adder->counts.added + adder->counts.replaced,
                        adder->intake.bytes);
    if (adder->counts.passages - adder->committed.passages < adder->commit_every)
        return STATUS_OK;
    return adder_commit(adder, error);
}

/* A file that is part of a page now may be in the index in its own right. */
static enum status remove_attached(struct adder *adder, struct error *error)
{
    const struct document *document = adder->intake.document;
    for (size_t i = 0; i < document->attached_count; i++) {
        unsigned long removed = 0;
        CLEANUP(cleanup_free) char *path = realpath(document->attached[i], NULL);
        struct text source = source_text(text_of(path), &adder->intake.arena);
        if (!source.data)
            return no_memory(error);
        enum status status = index_writer_remove_source(adder->writer, source, &removed, error);
        if (status)
            return status;
        adder->counts.gone += removed;
    }
    return STATUS_OK;
}

/* STATUS_INVALID, STATUS_LIMIT: something about this reply; the index is as it was. */
static enum status take_reply(void *context, const struct reply *reply, struct arena *arena,
                              struct error *error)
{
    struct adder *adder = context;
    struct index_entries entries;
    enum status status = index_entries_build(reply, adder->analyzer, arena, &entries, error);
    if (!status)
        status = store(adder, &entries, error);
    if (!status)
        status = check_id(adder, reply, error);
    if (!status)
        status = remove_attached(adder, error);
    if (status != STATUS_INVALID && status != STATUS_LIMIT)
        return status;
    intake_leave_out(&adder->intake, reply, status, error);
    return STATUS_OK;
}

/* ---- files -------------------------------------------------------------------------------- */

static enum status begin_file(void *context, struct text source, struct error *error)
{
    struct adder *adder = context;
    number_file(adder, source);
    return index_writer_begin_source(adder->writer, source, error);
}

static enum status end_file(void *context, bool complete, struct error *error)
{
    struct adder *adder = context;
    if (adder->doubles > READER_WARNINGS_MAX) {
        struct error line;
        error_set(&line, STATUS_INVALID, "%lu more replies replace another with the same id",
                  adder->doubles - READER_WARNINGS_MAX);
        error_prefix(&line, STATUS_INVALID, "%s", adder->intake.path);
        tell(adder, line.message);
    }
    unsigned long gone = 0;
    enum status status = index_writer_end_source(adder->writer, complete, &gone, error);
    adder->counts.gone += gone;
    return status;
}

void adder_init(struct adder *adder)
{
    *adder = (struct adder) { .commit_every = ADDER_COMMIT_EVERY };
    intake_init(&adder->intake);
}

void adder_release(struct adder *adder)
{
    intake_release(&adder->intake);
    seen_release(&adder->ids);
}

enum status adder_add(struct adder *adder, const char *path, struct error *error)
{
    adder->intake.reply = take_reply;
    adder->intake.begin = begin_file;
    adder->intake.end = end_file;
    adder->intake.tell = tell;
    adder->intake.context = adder;
    adder->intake.stop = adder->stop;
    adder->intake.ocr = adder->ocr;
    return intake_run(&adder->intake, path, error);
}

enum status adder_commit(struct adder *adder, struct error *error)
{
    enum status status = index_writer_commit(adder->writer, error);
    if (!status)
        adder->committed = adder->counts;
    return status;
}
