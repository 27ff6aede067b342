/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/index/index_copy.h"

#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "indexer/index/index_scan.h"
#include "indexer/index/reanalysis.h"

struct copy {
    struct index_writer *to;
    struct index_copying *how;
    struct arena arena; /* of the reply at hand */
    struct text *records;
    size_t count, capacity;
    unsigned long committed; /* passages */
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* The reply at hand has no more documents. */
static enum status end_reply(struct copy *copy, struct error *error)
{
    struct index_entries entries;
    struct index_counts *counts = &copy->how->counts;
    bool replaced;
    if (!copy->count)
        return STATUS_OK;
    enum status status = index_entries_rebuild(copy->records, copy->count, copy->how->analyzer,
                                               &copy->arena, &entries, error);
    if (!status)
        status = index_writer_put(copy->to, &entries, &replaced, error);
    if (status)
        return status;
    counts->replies += !replaced;
    counts->passages += entries.passages;
    copy->records = NULL;
    copy->count = copy->capacity = 0;
    arena_clear(&copy->arena);
    if (counts->passages - copy->committed < copy->how->commit_every)
        return STATUS_OK;
    copy->committed = counts->passages;
    return index_writer_commit(copy->to, error);
}

/* What index_entries_rebuild takes: the document's record, whole. */
static enum status keep(struct copy *copy, const struct index_scan_document *document,
                        struct error *error)
{
    if (!arena_grow(&copy->arena, &copy->records, copy->count, &copy->capacity,
                    sizeof(*copy->records)))
        return no_memory(error);
    struct text record = arena_text(&copy->arena, document->record);
    copy->records[copy->count++] = record;
    return record.data ? STATUS_OK : no_memory(error);
}

static enum status take(void *context, const struct index_scan_document *document,
                        struct error *error)
{
    struct copy *copy = context;
    if (copy->how->stop && *copy->how->stop)
        return error_set(error, STATUS_STOPPED, "interrupted");
    if (document->damage)
        return error_set(error, STATUS_CORRUPT, "entry %u: %s", (unsigned)document->number,
                         document->damage);
    enum status status = document->reply.length ? end_reply(copy, error) : STATUS_OK;
    return status || document->dead ? status : keep(copy, document, error);
}

static enum status copy_lists(const char *path, struct index_scan *scan, struct index_writer *to,
                              struct error *error)
{
    CLEANUP(buffer_release) struct buffer ledger = BUFFER_INIT;
    struct text learned, pairs;
    enum status status = index_ledger(path, &ledger, error);
    if (!status)
        status = index_writer_ledger_append(to, buffer_text(&ledger), error);
    index_scan_lists(scan, &learned, &pairs);
    if (!status && learned.length)
        status = index_writer_keep_learned(to, learned, error);
    if (!status && pairs.length)
        status = index_writer_keep_pairs(to, pairs, error);
    return status;
}

enum status index_copy(const char *path, struct index_writer *to, struct index_copying *how,
                       struct error *error)
{
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    struct copy copy = { .to = to, .how = how };
    how->counts = (struct index_counts) { 0 };
    arena_init(&copy.arena, 0);
    const char *fingerprint = lexicon_fingerprint(analyzer_lexicon(how->analyzer));
    enum status status = index_scan_open(path, fingerprint, &scan, error);
    for (size_t i = 0; !status && i < index_scan_segment_count(scan); i++) {
        status = index_scan_documents(scan, i, take, &copy, error);
        if (!status)
            status = end_reply(&copy, error);
    }
    if (!status)
        status = copy_lists(path, scan, to, error);
    arena_release(&copy.arena);
    return status ? status : index_writer_commit(to, error);
}
