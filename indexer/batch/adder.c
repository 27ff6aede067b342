/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/adder.h"

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

/* STATUS_INVALID, STATUS_LIMIT: something about this reply; the index is as it was. */
static enum status take_reply(void *context, const struct reply *reply, struct arena *arena,
                              struct error *error)
{
    struct adder *adder = context;
    struct index_entries entries;
    enum status status = index_entries_build(reply, adder->analyzer, arena, &entries, error);
    if (!status)
        status = store(adder, &entries, error);
    if (status != STATUS_INVALID && status != STATUS_LIMIT)
        return status;
    intake_leave_out(&adder->intake, reply, status, error);
    return STATUS_OK;
}

static void tell(void *context, const char *line)
{
    struct adder *adder = context;
    if (adder->progress)
        progress_clear(adder->progress);
    adder->tell(adder->context, line);
}

void adder_init(struct adder *adder)
{
    *adder = (struct adder) { .commit_every = ADDER_COMMIT_EVERY };
    intake_init(&adder->intake);
}

void adder_release(struct adder *adder)
{
    intake_release(&adder->intake);
}

enum status adder_add(struct adder *adder, const char *path, struct error *error)
{
    adder->intake.reply = take_reply;
    adder->intake.tell = tell;
    adder->intake.context = adder;
    adder->intake.stop = adder->stop;
    return intake_run(&adder->intake, path, error);
}

enum status adder_commit(struct adder *adder, struct error *error)
{
    enum status status = index_writer_commit(adder->writer, error);
    if (!status)
        adder->committed = adder->counts;
    return status;
}
