/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/command/pairs.h"

#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/batch/learn_pairs.h"
#include "indexer/index/index_scan.h"
#include "indexer/index/reanalysis.h"

#define HEADER "# full\tshort\tcategory\tdirection\trule\toccurrences\treplies\texample\n"

struct reading {
    struct learn_pairs *pairs;
    uint32_t number; /* of the reply at hand, from 1 */
};

static enum status read_reply(struct reading *reading, struct text bytes, struct error *error)
{
    struct reply_record record;
    enum status status = reply_record_decode(bytes, &record, error);
    return status ? status
                  : learn_pairs_add_reply(reading->pairs, reading->number, record.title,
                                          record.issuer, error);
}

/* A reply's passages follow it. */
static enum status read_document(void *context, const struct index_scan_document *document,
                                 struct error *error)
{
    struct reading *reading = context;
    struct passage_record record;
    enum status status = STATUS_OK;
    if (document->dead)
        return STATUS_OK;
    if (document->damage)
        return error_set(error, STATUS_CORRUPT, "%s", document->damage);
    if (document->reply.length) {
        reading->number++;
        status = read_reply(reading, document->reply, error);
    }
    if (status || !document->passage.length)
        return status;
    status = passage_record_decode(document->passage, &record, error);
    return status ? status
                  : learn_pairs_add_passage(reading->pairs, reading->number, record.text, error);
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
    struct reading reading = { .pairs = &pairs };
    for (size_t i = 0; !status && i < index_scan_segment_count(scan); i++)
        status = index_scan_documents(scan, i, read_document, &reading, error);
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
