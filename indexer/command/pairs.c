/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/command/pairs.h"

#include "indexer/analysis/field.h"
#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/batch/learn_pairs.h"
#include "indexer/index/index_scan.h"
#include "indexer/index/reanalysis.h"

#define HEADER "# full\tshort\tcategory\tdirection\trule\toccurrences\treplies\texample\n"

struct reading {
    struct learn_pairs *pairs;
    struct buffer reply; /* id of the last passage's reply */
    uint32_t number;
};

/* The passages of a reply lie together, for it is stored whole. */
static enum status read_passage(void *context, struct text bytes, struct error *error)
{
    struct reading *reading = context;
    struct passage_record record;
    enum status status = passage_record_decode(bytes, &record, error);
    if (status)
        return status;
    if (!text_equal(record.reply, buffer_text(&reading->reply))) {
        reading->number++;
        buffer_clear(&reading->reply);
        buffer_append(&reading->reply, record.reply);
    }
    return learn_pairs_add_passage(reading->pairs, reading->number, record.text, error);
}

static enum status read_reply(void *context, struct text bytes, struct error *error)
{
    struct reading *reading = context;
    struct reply_record record;
    enum status status = reply_record_decode(bytes, &record, error);
    reading->number++;
    return status ? status
                  : learn_pairs_add_reply(reading->pairs, reading->number, record.title,
                                          record.issuer, error);
}

static enum status read_records(struct index_scan *scan, const char *kind, index_scan_sink *sink,
                                struct learn_pairs *pairs, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct reading reading = { .pairs = pairs };
    struct text term = field_term(FIELDS[FIELD_RECORD].prefix, text_of(kind), &arena);
    enum status status = term.data ? index_scan_records(scan, term, sink, &reading, error)
                                   : error_set(error, STATUS_NO_MEMORY, "out of memory");
    buffer_release(&reading.reply);
    return status;
}

enum status pairs_find(const char *index_path, const struct lexicon *lexicon, struct buffer *list,
                       size_t *count, struct error *error)
{
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    CLEANUP(learn_pairs_release) struct learn_pairs pairs;
    CLEANUP(arena_release) struct arena arena;
    struct learned_pair *found = NULL;
    *count = 0;
    arena_init(&arena, 0);
    learn_pairs_init(&pairs, lexicon);
    enum status status = index_scan_open(index_path, lexicon_fingerprint(lexicon), &scan, error);
    if (!status)
        status = read_records(scan, "passage", read_passage, &pairs, error);
    if (!status)
        status = read_records(scan, "reply", read_reply, &pairs, error);
    if (!status)
        status = learn_pairs_judge(&pairs, &arena, &found, count, error);
    if (status)
        return status;
    buffer_append(list, TEXT(HEADER));
    for (size_t i = 0; i < *count; i++) {
        const struct learned_pair *pair = &found[i];
        buffer_printf(list, "%.*s\t%.*s\t%s\t=\t%s\t%u\t%u\t%.*s\n", TEXT_ARG(pair->full),
                      TEXT_ARG(pair->brief), pair->agency ? "agency" : "learned",
                      pair_rule_name(pair->rule), (unsigned)pair->occurrences,
                      (unsigned)pair->replies, TEXT_ARG(pair->example));
    }
    return buffer_status(list, error);
}

static bool is_pair(struct text line)
{
    struct text columns[4] = { { 0 } };
    for (size_t i = 0; i < 4; i++) {
        if (!text_split(&line, TEXT("\t"), &columns[i]))
            return false;
    }
    struct text direction = text_trim(columns[3]);
    return utf8_count(text_trim(columns[0])) > 1 && utf8_count(text_trim(columns[1])) > 1 &&
           (text_equal(direction, TEXT("=")) || text_equal(direction, TEXT(">")));
}

enum status pairs_check(const char *path, struct text list, size_t *count, struct error *error)
{
    struct text line;
    *count = 0;
    for (size_t number = 1; text_split(&list, TEXT("\n"), &line); number++) {
        if (text_trim(line).length == 0 || text_starts_with(line, TEXT("#")))
            continue;
        if (!is_pair(line))
            return error_set(error, STATUS_INVALID,
                             "%s, line %zu: not full form, short form, category and = or >", path,
                             number);
        if (++*count > LEARNED_PAIRS_MAX)
            return error_set(error, STATUS_LIMIT, "more than %d pairs", LEARNED_PAIRS_MAX);
    }
    return STATUS_OK;
}

enum status pairs_keep(const char *index_path, const struct lexicon *lexicon, struct text list,
                       struct error *error)
{
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    enum status status =
        index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, error);
    if (!status)
        status = index_writer_keep_pairs(writer, list, error);
    return status ? status : index_writer_commit(writer, error);
}
