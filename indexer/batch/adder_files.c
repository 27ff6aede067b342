/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One file after the other: what the ledger knows of it before, and what it says of it afterwards. */
#include "indexer/batch/adder_file.h"

#include "indexer/batch/source.h"
#include "indexer/document/reader.h"

static void clear_incoming(struct incoming *incoming)
{
    struct arena arena = incoming->arena;
    arena_clear(&arena);
    *incoming = (struct incoming) { .arena = arena };
}

const struct change *adder_change_of(const struct adder *adder, const struct job *job)
{
    return &adder->changes->items[adder->first_change + (size_t)(job - adder->first_job)];
}

enum status adder_begin_row(struct adder *adder, size_t row, struct error *error)
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
    struct text bytes = { arena_alloc(&incoming->arena, known->bytes.length), known->bytes.length };
    if (!bytes.data)
        return adder_no_memory(error);
    memcpy((char *)bytes.data, known->bytes.data, bytes.length);
    return ledger_decode_entry(bytes, &incoming->arena, &incoming->before, error);
}

/* A file that was part of a page, and this run's pages have not taken it so far. It is read in its
 * own right only when its page is gone or was read and has let go of it; when it is other than it
 * was and the page has not been read, both are due. */
static enum status begin_attachment(struct adder *adder, const struct job *job, struct error *error)
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

enum status adder_begin_file(void *context, const struct job *job, struct error *error)
{
    struct adder *adder = context;
    size_t row = adder_change_of(adder, job)->row;
    struct incoming *incoming = adder->incoming;
    enum status status = adder_begin_row(adder, row, error);
    if (status)
        return status;
    bool attached =
        job->attached || (row != LEDGER_NONE && seen_find(&adder->attached_rows, row + 1, 0));
    incoming->skip = attached || job->same;
    incoming->as_before = job->same && !attached;
    adder->counts.attached += attached;
    if (!attached && incoming->known && incoming->before.state == LEDGER_ATTACHED)
        status = begin_attachment(adder, job, error);
    if (status || incoming->skip)
        return status;
    adder_number_file(adder, row == LEDGER_NONE ? text_of(job->path) : incoming->source);
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
    adder_tell_about(adder, job->path, STATUS_INVALID, &line);
}

/* The same content, but another time, or it was tried in vain once more. */
static enum status keep_entry(struct adder *adder, const struct job *job, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    const struct change *change = adder_change_of(adder, job);
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
    enum status status = adder_begin_row(adder, row, error);
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
    return status
               ? status
               : adder_settle_twins(adder, incoming->known ? &incoming->before : NULL, NULL, error);
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
        entry->attachments[entry->attachment_count++] =
            (struct ledger_attachment) { text_of(incoming->attached[i]),
                                         file_stamp_of(&what, now_ns()) };
    }
    return STATUS_OK;
}

/* What the system had not enough of this time is no property of the file: no reader has read it yet. */
static bool is_passing(const struct ledger_entry *entry)
{
    for (size_t i = 0; i < entry->problem_count; i++)
        if (entry->problems[i].reason == STATUS_NO_MEMORY)
            return true;
    return false;
}

static enum status write_entry(struct adder *adder, const struct job *job, struct error *error)
{
    struct incoming *incoming = adder->incoming;
    struct ledger_entry *entry = &incoming->entry;
    struct text via = text_of(adder_change_of(adder, job)->via);
    entry->via = text_equal(via, entry->path) ? TEXT("") : via;
    bool nothing = entry->replies == 0 && entry->listed_count == 0;
    entry->state = nothing && entry->left_out ? LEDGER_FAILED : LEDGER_READ;
    entry->stamp = job->stamp;
    entry->digest = job->has_digest ? job->digest : (struct file_digest) { 0, 0 };
    entry->reader = is_passing(entry) ? 0 : adder->reader;
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

enum status adder_end_file(void *context, const struct job *job, struct error *error)
{
    struct adder *adder = context;
    struct incoming *incoming = adder->incoming;
    unsigned long gone = 0;
    adder->counts.file_bytes += adder_change_of(adder, job)->size;
    adder_show_progress(adder, job);
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

enum status adder_remove_gone(struct adder *adder, size_t row, struct error *error)
{
    unsigned long removed = 0;
    enum status status = adder_begin_row(adder, row, error);
    if (!status)
        status =
            index_writer_remove_source(adder->writer, adder->incoming->source, &removed, error);
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
