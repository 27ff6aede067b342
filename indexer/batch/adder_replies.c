/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies of the file at hand: ids that come twice, twins, what cannot be used, and the index. */
#include "indexer/batch/adder_file.h"

#include "indexer/document/reader.h"

/* ---- ids that come twice ------------------------------------------------------------------ */

#define FILE_NUMBER_BITS 32

/* Half of a digest tells files apart, the number one reading of a file from the next. */
void adder_number_file(struct adder *adder, struct text source)
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
    adder_tell_about(adder, job->path, STATUS_INVALID, &line);
    return STATUS_OK;
}

/* ---- replies ------------------------------------------------------------------------------ */

/* Counts what was left out and tells it; `line` begins with the path already. */
enum status adder_leave_out(struct adder *adder, const struct job *job, enum status reason,
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
    return adder_leave_out(adder, job, reason, problem->message, &error);
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
    double started = adder_seconds();
    enum status status = index_writer_put(adder->writer, entries, &replaced, error);
    adder->writing += adder_seconds() - started;
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
        if (!copy.data ||
            !arena_grow(&incoming->arena, &incoming->attached, incoming->attached_count,
                        &incoming->attached_capacity, sizeof(*incoming->attached)))
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

enum status adder_take_item(void *context, const struct job *job, const struct item *item,
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
        return adder_leave_out(adder, job, item->reason, line, error);
    adder->counts.losses++;
    adder_tell(adder, line);
    return STATUS_OK;
}
