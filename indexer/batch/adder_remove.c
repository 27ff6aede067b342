/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Taking out by path or id; the ledger forgets with it. */
#include "indexer/batch/adder_file.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/source.h"

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
    status = adder_begin_row(adder, row, error);
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
    enum status status = adder_start(adder, error);
    unsigned long before = adder->counts.gone;
    for (size_t row = 0; !status && row < adder->ledger.count; row++) {
        const struct ledger_file *known = &adder->ledger.files[row];
        if (!known->forgotten && changes_lies_in(known->path, folder))
            status = adder_remove_gone(adder, row, error);
    }
    unsigned long others = 0; /* of a member, or of what the ledger does not know */
    if (!status)
        status = index_writer_remove_source(adder->writer, source, &others, error);
    if (!status && others)
        status = forget_source(adder, source, error);
    *removed = adder->counts.gone - before + others;
    return adder_read_due(adder, status, error);
}

static enum status take_source(void *context, struct text record, struct error *error)
{
    struct text head, passage;
    struct reply_record reply;
    struct buffer *source = context;
    enum status status = document_record_split(record, &head, &passage, error);
    if (status || !head.length)
        return status;
    status = reply_record_decode(head, &reply, error);
    if (!status)
        buffer_append(source, reply.source);
    return status;
}

enum status adder_remove_id(struct adder *adder, struct text id, struct error *error)
{
    CLEANUP(buffer_release) struct buffer source = BUFFER_INIT;
    enum status status = adder_start(adder, error);
    if (!status)
        status = index_writer_records(adder->writer, id, take_source, &source, error);
    if (!status)
        status = buffer_status(&source, error);
    if (!status)
        status = index_writer_remove(adder->writer, id, error);
    if (!status)
        status = forget_source(adder, buffer_text(&source), error);
    adder->counts.gone += !status;
    return adder_read_due(adder, status, error);
}
