/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document at a time; its arena is emptied before the next. */
#include "indexer/batch/intake.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/scanner.h"
#include "indexer/document/readers.h"

void intake_init(struct intake *intake)
{
    memset(intake, 0, sizeof(*intake));
    arena_init(&intake->arena, 0);
}

void intake_release(struct intake *intake)
{
    arena_release(&intake->arena);
}

unsigned long intake_left_out(const struct intake *intake)
{
    unsigned long sum = 0;
    for (size_t i = 0; i < sizeof(intake->reasons) / sizeof(intake->reasons[0]); i++)
        sum += intake->reasons[i];
    return sum;
}

static void leave_out(struct intake *intake, enum status reason, const char *line)
{
    intake->reasons[reason]++;
    intake->tell(intake->context, line);
}

static void leave_document_out(struct intake *intake, struct text id, enum status reason,
                               struct error *error)
{
    if (id.length)
        error_prefix(error, reason, "%s: '%.*s'", intake->path, TEXT_ARG(id));
    else
        error_prefix(error, reason, "%s", intake->path);
    leave_out(intake, reason, error->message);
}

void intake_leave_out(struct intake *intake, const struct reply *reply, enum status reason,
                      struct error *error)
{
    bool named_by_file = text_equal(reply->id, reply->source);
    leave_document_out(intake, named_by_file ? (struct text) { 0 } : reply->id, reason, error);
}

static enum status end(struct intake *intake, enum status status, const struct error *error)
{
    intake->ended = status;
    intake->ending = *error;
    return status;
}

static enum status stopped(struct intake *intake, struct error *error)
{
    if (!intake->stop || !*intake->stop)
        return STATUS_OK;
    error_set(error, STATUS_STOPPED, "interrupted");
    return end(intake, STATUS_STOPPED, error);
}

/* A reply without an id of its own is known by where it lies: the file's absolute path, and from
 * the second reply of a file on its number too. */
static enum status identify(struct intake *intake, const struct document *document,
                            struct reply *reply, struct error *error)
{
    if (intake->real_path)
        reply->source = text_of(intake->real_path);
    if (document->id.length)
        return STATUS_OK;
    reply->id = reply->source;
    if (intake->documents > 1)
        reply->id =
            arena_printf(&intake->arena, "%.*s#%lu", TEXT_ARG(reply->source), intake->documents);
    return reply->id.data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static void tell_replaced(struct intake *intake, const struct document *document)
{
    struct error line;
    if (document->replaced == 0)
        return;
    error_set(&line, STATUS_OK, "%s: %zu %s not valid %s and became U+FFFD", intake->path,
              document->replaced, document->replaced == 1 ? "character is" : "characters are",
              document->encoding);
    intake->tell(intake->context, line.message);
}

static enum status take_document(void *context, const struct document *document,
                                 struct error *error)
{
    struct intake *intake = context;
    enum status status = stopped(intake, error);
    if (status)
        return status;
    intake->documents++;
    for (size_t i = 0; i < document->block_count; i++)
        intake->bytes += document->blocks[i].text.length;

    arena_clear(&intake->arena);
    struct reply reply;
    memset(&reply, 0, sizeof(reply));
    status = reply_parse(document, &intake->arena, &reply, error);
    if (!status)
        status = identify(intake, document, &reply, error);
    if (status) {
        leave_document_out(intake, document->id, status, error);
        return STATUS_OK;
    }
    tell_replaced(intake, document);
    status = intake->reply(intake->context, &reply, &intake->arena, error);
    return status ? end(intake, status, error) : STATUS_OK;
}

static void take_warning(void *context, const char *path, const char *message)
{
    struct error line;
    error_set(&line, STATUS_INVALID, "%s: %s", path, message);
    leave_out(context, STATUS_INVALID, line.message);
}

static enum status take_file(void *context, const char *path, struct error *error)
{
    struct intake *intake = context;
    enum status status = stopped(intake, error);
    if (status)
        return status;

    CLEANUP(cleanup_free) char *real_path = realpath(path, NULL);
    intake->path = path;
    intake->real_path = real_path;
    intake->documents = 0;
    const struct document_receiver receiver = { take_document, take_warning, intake };
    status = readers_read(path, &receiver, error);
    intake->path = intake->real_path = NULL;

    if (intake->ended)
        return error_set(error, intake->ended, "%s", intake->ending.message);
    if (status)
        leave_out(intake, status, error->message);
    return STATUS_OK;
}

static void take_problem(void *context, const char *line)
{
    leave_out(context, STATUS_IO, line);
}

enum status intake_run(struct intake *intake, const char *path, struct error *error)
{
    const struct scanner_sink sink = { take_file, take_problem, intake };
    intake->ended = STATUS_OK;
    return scanner_walk(path, &sink, error);
}
