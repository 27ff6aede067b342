/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every reply is read through its terms, as a search would: its record by FIELD_ID, its passages
 * by FIELD_PART_OF. Nothing is remembered from reply to reply, so memory does not grow with the
 * index; what the replies do not account for shows in the totals. */
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
    struct arena arena; /* of the reply being checked */
    /* the reply whose passages are being read */
    struct text id;
    size_t records;
    uint32_t passages_seen, passages_wanted;
    bool in_order;
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

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status check_passage(void *context, struct text bytes, struct error *error)
{
    struct check *check = context;
    struct passage_record record;
    struct error detail;
    if (passage_record_decode(bytes, &record, &detail)) {
        complain(check, "reply '%.*s': passage %u: %s", TEXT_ARG(check->id),
                 (unsigned)check->passages_seen, detail.message);
    } else {
        if (!text_equal(record.reply, check->id))
            complain(check, "reply '%.*s': passage %u says it is of '%.*s'", TEXT_ARG(check->id),
                     (unsigned)check->passages_seen, TEXT_ARG(record.reply));
        if (record.ordinal != check->passages_seen)
            check->in_order = false;
    }
    check->passages_seen++;
    return STATUS_OK;
}

static enum status check_record(void *context, struct text bytes, struct error *error)
{
    struct check *check = context;
    struct reply_record record;
    struct error detail;
    check->records++;
    if (reply_record_decode(bytes, &record, &detail)) {
        complain(check, "a reply: %s", detail.message);
        check->id = (struct text) { 0 };
        return STATUS_OK;
    }
    check->id = arena_text(&check->arena, record.id);
    check->passages_wanted = record.passage_count;
    return check->id.data ? STATUS_OK : no_memory(error);
}

static enum status check_passages(struct check *check, struct error *error)
{
    check->passages_seen = 0;
    check->in_order = true;
    struct text term = field_term(FIELDS[FIELD_PART_OF].prefix, check->id, &check->arena);
    if (!term.data)
        return no_memory(error);
    enum status status = index_scan_records(check->scan, term, check_passage, check, error);
    if (status)
        return status;
    if (check->passages_seen != check->passages_wanted)
        complain(check, "reply '%.*s': %u passages instead of %u", TEXT_ARG(check->id),
                 (unsigned)check->passages_seen, (unsigned)check->passages_wanted);
    else if (!check->in_order)
        complain(check, "reply '%.*s': wrong passage numbers", TEXT_ARG(check->id));
    check->counts.replies++;
    check->counts.passages += check->passages_seen;
    return STATUS_OK;
}

/* One term of FIELD_ID: exactly one record, which has this id, and its passages. */
static enum status check_reply(void *context, struct text term, struct error *error)
{
    struct check *check = context;
    arena_clear(&check->arena);
    check->records = 0;
    enum status status = index_scan_records(check->scan, term, check_record, check, error);
    if (status)
        return status;
    if (check->records != 1)
        complain(check, "%zu replies with one id '%.*s'", check->records, TEXT_ARG(check->id));
    if (check->id.length == 0)
        return STATUS_OK;

    struct text wanted = field_term(FIELDS[FIELD_ID].prefix, check->id, &check->arena);
    if (!wanted.data)
        return no_memory(error);
    if (!text_equal(wanted, term))
        complain(check, "reply '%.*s' is stored under another id", TEXT_ARG(check->id));
    return check_passages(check, error);
}

static enum status check_totals(struct check *check, struct error *error)
{
    const struct {
        const char *kind, *name;
        unsigned long found;
    } rows[] = {
        { "reply", "replies", check->counts.replies },
        { "passage", "passages", check->counts.passages },
    };
    unsigned long documents = 0, accounted = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        unsigned long stored = 0;
        struct text term =
            field_term(FIELDS[FIELD_RECORD].prefix, text_of(rows[i].kind), &check->arena);
        if (!term.data)
            return no_memory(error);
        enum status status = index_scan_count(check->scan, term, &documents, &stored, error);
        if (status)
            return status;
        if (stored != rows[i].found)
            complain(check, "%lu %s are stored, %lu are found through their reply", stored,
                     rows[i].name, rows[i].found);
        accounted += rows[i].found;
    }
    if (documents != accounted)
        complain(check, "%lu entries are stored, %lu belong to a reply", documents, accounted);
    return STATUS_OK;
}

static enum status check_content(struct check *check, struct error *error)
{
    enum status status =
        index_scan_terms(check->scan, FIELDS[FIELD_ID].prefix, check_reply, check, error);
    arena_clear(&check->arena);
    return status ? status : check_totals(check, error);
}

enum status index_check(const char *path, const char *fingerprint,
                        void (*report)(void *context, const char *line), void *context,
                        struct index_counts *counts, struct error *error)
{
    struct check check = { .report = report, .context = context };
    enum status status = index_scan_tables(path, report, context, &check.problems, error);
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    if (!status && check.problems == 0) { /* damaged tables are not worth reading on */
        status = index_scan_open(path, fingerprint, &scan, error);
        check.scan = scan;
    }
    if (!status && check.problems == 0) {
        arena_init(&check.arena, 0);
        status = check_content(&check, error);
        arena_release(&check.arena);
    }
    if (status)
        return status;
    *counts = check.counts;
    if (check.problems)
        return error_set(error, STATUS_CORRUPT, "damaged index '%s': %zu problem%s", path,
                         check.problems, check.problems == 1 ? "" : "s");
    return STATUS_OK;
}
