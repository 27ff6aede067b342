/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document at a time; its arena is emptied before the next. */
#include "indexer/batch/intake.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/scanner.h"
#include "indexer/batch/source.h"
#include "indexer/document/readers.h"

void intake_init(struct intake *intake)
{
    memset(intake, 0, sizeof(*intake));
    arena_init(&intake->arena, 0);
    arena_init(&intake->file_arena, 0);
}

void intake_release(struct intake *intake)
{
    arena_release(&intake->arena);
    arena_release(&intake->file_arena);
    seen_release(&intake->attached);
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
    intake->reason = reason;
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
    leave_document_out(intake, named_by_file ? TEXT("") : reply->id, reason, error);
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

/* The file's absolute path, and behind it the member of an archive as the reader names it. */
static struct text source_of(struct intake *intake, const struct document *document)
{
    struct text shown = document->source;
    if (intake->file.length == 0)
        return source_text(shown, &intake->arena);
    if (shown.length <= intake->shown_path)
        return intake->file;
    struct text member = text_slice(shown, intake->shown_path, shown.length - intake->shown_path);
    member = source_text(member, &intake->arena);
    return member.data
               ? arena_printf(&intake->arena, "%.*s%.*s", TEXT_ARG(intake->file), TEXT_ARG(member))
               : member;
}

/* Which reply of its source this is, as its reader counts; empty for the first or only one. */
static struct text number_of(const struct document *document)
{
    struct text id = document->id;
    size_t stem = document_stem(document).length;
    return id.length > stem ? text_slice(id, stem + 1, id.length - stem - 1) : (struct text) { 0 };
}

static unsigned long long digest_of(const struct document *document)
{
    unsigned long long digest = 0;
    for (size_t i = 0; i < document->block_count; i++)
        digest = digest * 31 + text_hash(document->blocks[i].text);
    return digest;
}

/* A reply without an id of its own is known by where it lies, and if it is one of several there,
 * by its number too. */
static enum status identify(struct intake *intake, const struct document *document,
                            struct reply *reply, struct error *error)
{
    reply->source = source_of(intake, document);
    if (document->id_numbers && intake->memory.data)
        reply->id = arena_printf(&intake->arena, "%.*s#%016llx", TEXT_ARG(reply->source),
                                 digest_of(document));
    else if (document->id.length == 0)
        reply->id = reply->source;
    else if (document->id_numbers)
        reply->id = arena_printf(&intake->arena, "%.*s#%.*s", TEXT_ARG(reply->source),
                                 TEXT_ARG(number_of(document)));
    if (!reply->source.data || !reply->id.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

static void tell_replaced(struct intake *intake, const struct document *document)
{
    struct error line;
    if (document->replaced == 0)
        return;
    bool one = document->replaced == 1;
    error_set(&line, STATUS_OK, "%zu character%s could not be decoded as %s and %s replaced",
              document->replaced, one ? "" : "s", document->encoding, one ? "was" : "were");
    error_prefix(&line, STATUS_OK, "%.*s", TEXT_ARG(document->source));
    intake->losses++;
    intake->reason = STATUS_OK;
    intake->tell(intake->context, line.message);
}

/* Files whose text is in the document now. */
static enum status note_attached(struct intake *intake, const struct document *document,
                                 struct error *error)
{
    for (size_t i = 0; i < document->attached_count; i++) {
        struct stat file;
        if (stat(document->attached[i], &file) == 0 &&
            !seen_put(&intake->attached, file.st_dev, file.st_ino, 1))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return STATUS_OK;
}

static enum status hand_over(struct intake *intake, const struct document *document,
                             const struct reply *reply, struct error *error)
{
    intake->document = document;
    enum status status = intake->reply(intake->context, reply, &intake->arena, error);
    intake->document = NULL;
    if (!status)
        status = note_attached(intake, document, error);
    return status ? end(intake, status, error) : STATUS_OK;
}

static enum status take_document(void *context, const struct document *document,
                                 struct error *error)
{
    struct intake *intake = context;
    enum status status = stopped(intake, error);
    if (status)
        return status;
    for (size_t i = 0; i < document->block_count; i++)
        intake->bytes += document->blocks[i].text.length;

    if (!intake->keep_arena)
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
    return hand_over(intake, document, &reply, error);
}

static void take_warning(void *context, const char *path, const char *message)
{
    struct error line;
    error_set(&line, STATUS_INVALID, "%s", message);
    error_prefix(&line, STATUS_INVALID, "%s", path);
    leave_out(context, STATUS_INVALID, line.message);
}

/* The file's name as readers put it into document->source, and as the index does. */
static enum status name_file(struct intake *intake, const char *path, struct error *error)
{
    struct document shown = { .source = { NULL, 0 } };
    arena_clear(&intake->file_arena);
    CLEANUP(cleanup_free) char *real_path = realpath(path, NULL);
    struct text absolute = arena_text(&intake->file_arena, text_of(real_path));
    intake->file = source_text(absolute, &intake->file_arena);
    intake->path = path;
    if (!absolute.data || !intake->file.data ||
        !document_set_source(&shown, &intake->file_arena, path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    intake->shown_path = shown.source.length;
    return STATUS_OK;
}

static enum status read_file(struct intake *intake, const char *path, struct error *error)
{
    unsigned long before = intake_left_out(intake);
    const struct document_receiver receiver = { take_document, take_warning, intake, intake->ocr };
    enum status status = STATUS_OK;
    if (intake->begin)
        status = intake->begin(intake->context, intake->file, error);
    if (status)
        return status;
    if (!intake->memory.data)
        status = readers_read(path, &receiver, error);
    else if ((status = readers_read_bytes(intake->memory, path, &receiver, error)))
        error_prefix(error, status, "%s", path);
    if (intake->ended)
        return error_set(error, intake->ended, "%s", intake->ending.message);
    if (status)
        leave_out(intake, status, error->message);
    bool complete = intake_left_out(intake) == before;
    return intake->end ? intake->end(intake->context, complete, error) : STATUS_OK;
}

enum status intake_read(struct intake *intake, const char *path, struct error *error)
{
    intake->ended = STATUS_OK;
    enum status status = stopped(intake, error);
    if (!status)
        status = name_file(intake, path, error);
    if (!status)
        status = read_file(intake, path, error);
    intake->path = NULL;
    intake->file = (struct text) { 0 };
    return status;
}

enum status intake_read_bytes(struct intake *intake, struct text bytes, const char *name,
                              struct error *error)
{
    intake->ended = STATUS_OK;
    intake->path = name;
    intake->memory = bytes;
    intake->file = text_of(name);
    intake->shown_path = intake->file.length;
    enum status status = read_file(intake, name, error);
    intake->memory = (struct text) { NULL, 0 };
    intake->path = NULL;
    intake->file = (struct text) { NULL, 0 };
    return status;
}

static enum status take_file(void *context, const struct scanner_file *file, struct error *error)
{
    struct intake *intake = context;
    bool attached = intake->attached.count && file->stat &&
                    seen_find(&intake->attached, file->stat->st_dev, file->stat->st_ino);
    return attached ? STATUS_OK : intake_read(intake, file->path, error);
}

static void take_problem(void *context, const char *via, const char *line)
{
    leave_out(context, STATUS_IO, line);
}

enum status intake_run(struct intake *intake, const char *path, struct error *error)
{
    const struct scanner_sink sink = { take_file, take_problem, intake };
    return scanner_walk(path, &sink, error);
}
