/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every document of every segment is read in order: a reply's record says how many passages follow
 * it, and all of them must have its identity. Nothing is remembered from reply to reply, so memory
 * does not grow with the index. */
#include "indexer/index/index_writer.h"

#include <stdarg.h>
#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "indexer/index/index_scan.h"

struct check {
    struct index_scan *scan;
    void (*report)(void *context, const char *line);
    void *context;
    size_t problems;
    struct index_counts counts;
    size_t segment;
    struct index_scan_segment expected;
    uint32_t passages, replies; /* of the segment so far */
    /* the reply at hand */
    struct buffer id;
    uint32_t first, passages_seen, passages_wanted;
    bool dead;
};

static void complain(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void complain(struct check *check, const char *format, ...)
{
    struct error line;
    va_list arguments;
    va_start(arguments, format);
    char text[ERROR_MESSAGE_SIZE];
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    error_set(&line, STATUS_CORRUPT, "%s", text); /* one clean line */
    check->problems++;
    check->report(check->context, line.message);
}

/* The reply at hand has no more documents. */
static enum status end_reply(struct check *check, uint32_t end, struct error *error)
{
    if (!check->first)
        return STATUS_OK;
    struct text id = buffer_text(&check->id);
    if (check->passages_seen != check->passages_wanted)
        complain(check, "reply '%.*s': %u passages instead of %u", TEXT_ARG(id),
                 (unsigned)check->passages_seen, (unsigned)check->passages_wanted);
    uint32_t count = 0;
    enum status status =
        index_scan_identity(check->scan, check->segment, check->first, id, &count, error);
    if (!status && count != end - check->first)
        complain(check, "reply '%.*s': %u entries are found by its id, %u belong to it",
                 TEXT_ARG(id), (unsigned)count, (unsigned)(end - check->first));
    check->replies++;
    check->passages += check->passages_seen;
    if (!check->dead) {
        check->counts.replies++;
        check->counts.passages += check->passages_seen;
    }
    check->first = 0;
    return status;
}

static enum status begin_reply(struct check *check, const struct index_scan_document *document,
                               struct error *error)
{
    struct reply_record record;
    struct error detail;
    enum status status = end_reply(check, document->number, error);
    if (status)
        return status;
    if (reply_record_decode(document->reply, &record, &detail)) {
        complain(check, "%s: entry %u: %s", check->expected.name, (unsigned)document->number,
                 detail.message);
        return STATUS_OK;
    }
    buffer_clear(&check->id);
    buffer_append(&check->id, record.id);
    check->first = document->number;
    check->dead = document->dead;
    check->passages_seen = 0;
    check->passages_wanted = record.passage_count;
    return buffer_status(&check->id, error);
}

static void take_passage(struct check *check, const struct index_scan_document *document)
{
    struct passage_record record;
    struct error detail;
    struct text id = buffer_text(&check->id);
    if (!check->first)
        complain(check, "%s: entry %u is a passage of no reply", check->expected.name,
                 (unsigned)document->number);
    else if (passage_record_decode(document->passage, &record, &detail))
        complain(check, "reply '%.*s': passage %u: %s", TEXT_ARG(id),
                 (unsigned)check->passages_seen, detail.message);
    else if (record.ordinal != check->passages_seen)
        complain(check, "reply '%.*s': wrong passage numbers", TEXT_ARG(id));
    check->passages_seen++;
}

static enum status check_document(void *context, const struct index_scan_document *document,
                                  struct error *error)
{
    struct check *check = context;
    if (document->damage) {
        complain(check, "%s: entry %u: %s", check->expected.name, (unsigned)document->number,
                 document->damage);
        return STATUS_OK;
    }
    enum status status = document->reply.length ? begin_reply(check, document, error) : STATUS_OK;
    if (!status && document->passage.length)
        take_passage(check, document);
    if (!status && check->first && document->dead != check->dead)
        complain(check, "%s: entry %u: half of a reply is removed", check->expected.name,
                 (unsigned)document->number);
    return status;
}

static enum status check_segment(struct check *check, size_t number, struct error *error)
{
    enum status status = index_scan_describe(check->scan, number, &check->expected, error);
    if (status)
        return status;
    check->segment = number;
    check->passages = check->replies = check->first = 0;
    const struct index_scan_segment *expected = &check->expected;
    if (expected->stored != expected->documents)
        complain(check, "%s: %u entries instead of %u", expected->name, (unsigned)expected->stored,
                 (unsigned)expected->documents);
    status = index_scan_documents(check->scan, number, check_document, check, error);
    if (!status)
        status = end_reply(check, expected->documents + 1, error);
    if (!status && (check->replies != expected->replies || check->passages != expected->passages))
        complain(check, "%s: %u replies and %u passages instead of %u and %u", expected->name,
                 (unsigned)check->replies, (unsigned)check->passages, (unsigned)expected->replies,
                 (unsigned)expected->passages);
    return status;
}

static enum status check_content(const char *path, const char *fingerprint, struct check *check,
                                 struct error *error)
{
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    enum status status = index_scan_open(path, fingerprint, &scan, error);
    check->scan = scan;
    for (size_t i = 0; !status && i < index_scan_segment_count(scan); i++)
        status = check_segment(check, i, error);
    return status;
}

enum status index_check(const char *path, const char *fingerprint,
                        void (*report)(void *context, const char *line), void *context,
                        struct index_counts *counts, struct error *error)
{
    struct check check = { .report = report, .context = context };
    enum status status = index_scan_tables(path, report, context, &check.problems, error);
    if (!status && check.problems == 0) /* damaged tables are not worth reading on */
        status = check_content(path, fingerprint, &check, error);
    buffer_release(&check.id);
    if (!status && check.problems == 0) {
        CLEANUP(buffer_release) struct buffer ledger = BUFFER_INIT;
        status = index_ledger(path, &ledger, error);
    }
    if (status)
        return status;
    *counts = check.counts;
    if (check.problems)
        return error_set(error, STATUS_CORRUPT, "damaged index '%s': %zu problem%s", path,
                         check.problems, check.problems == 1 ? "" : "s");
    return STATUS_OK;
}
