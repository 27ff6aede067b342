/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index learn: the terms of an index's texts that the lexicon lacks, as a list to review, and
 * into the index for its searches. */
#include "indexer/analysis/field.h"
#include "indexer/analysis/record.h"
#include "indexer/analysis/term_list.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"
#include "indexer/batch/learn_terms.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"
#include "indexer/command/pairs.h"
#include "indexer/index/index_scan.h"

#define LIST_BYTES_MAX ((size_t)64 << 20)

static const char *index_path, *output_path, *taken_path;
static unsigned long limit = TERM_LIST_MAX;
static bool use, pairs;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    { "output", 'o', OPTION_STRING, "FILE", NULL, "the list goes there (default: standard output)",
      &output_path },
    { "limit", 'n', OPTION_COUNT, "N", NULL, "the best N terms only", &limit },
    { "pairs", 'p', OPTION_FLAG, NULL, NULL,
      "instead of terms the short forms that the texts define: (以下简称“…”), 全称（简称）, and an "
      "agency's title against its name",
      &pairs },
    { "use", 'u', OPTION_FLAG, NULL, NULL,
      "the index keeps what was found, terms and short forms: searches take a short form and its "
      "full one for each other (terms do not change the ranking: it did not gain); no list "
      "without -o",
      &use },
    { "take", 't', OPTION_STRING, "FILE", NULL,
      "keep what this list has, which you have reviewed, instead of looking for any", &taken_path },
    HELP_OPTION,
    OPTIONS_END,
};

/* --- the texts --- */

struct collecting {
    struct learn_text *text;
    uint32_t number;
    bool begun; /* a reply has begun that gave passages */
};

/* The passages of a reply lie together, for it is stored whole. */
static enum status collect(void *context, const struct index_scan_document *document,
                           struct error *error)
{
    struct collecting *collecting = context;
    struct passage_record record;
    if (document->dead)
        return STATUS_OK;
    if (document->damage)
        return error_set(error, STATUS_CORRUPT, "%s", document->damage);
    if (document->reply.length) {
        collecting->number += collecting->begun;
        collecting->begun = false;
    }
    if (!document->passage.length)
        return STATUS_OK;
    collecting->begun = true;
    enum status status = passage_record_decode(document->passage, &record, error);
    return status ? status
                  : learn_text_add(collecting->text, collecting->number, record.text, error);
}

static enum status read_index(const struct lexicon *lexicon, struct learn_text *text,
                              struct error *error)
{
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    struct collecting collecting = { .text = text };
    enum status status = index_scan_open(index_path, lexicon_fingerprint(lexicon), &scan, error);
    for (size_t i = 0; !status && i < index_scan_segment_count(scan); i++)
        status = index_scan_documents(scan, i, collect, &collecting, error);
    return status;
}

static enum status find_terms(const struct lexicon *lexicon, struct arena *arena,
                              struct learned_terms *out, struct error *error)
{
    CLEANUP(learn_text_release) struct learn_text text;
    CLEANUP(learn_suffixes_release) struct learn_suffixes suffixes = { 0 };
    enum status status = learn_text_init(&text, lexicon, error);
    if (!status)
        status = read_index(lexicon, &text, error);
    if (!status && text.left_out)
        say("the index has more text than fits into memory: %zu of %zu passages are left out",
            text.left_out, text.left_out + text.passage_count);
    if (!status)
        status = learn_suffixes_sort(&text, &suffixes, error);
    if (!status)
        status = learn_terms(&suffixes, arena, out, error);
    if (!status && out->count > limit)
        out->count = limit;
    return status;
}

/* --- the list --- */

#define HEADER                                                                                     \
    "# term\tscore\tfrequency\tpassages\treplies\tquoted\tPMI\tleft entropy\tright entropy\t"      \
    "example\tanother\n"

static void print_terms(const struct learned_terms *terms, struct buffer *out)
{
    buffer_append(out, TEXT(HEADER));
    for (size_t i = 0; i < terms->count; i++) {
        const struct learned_term *term = &terms->terms[i];
        buffer_printf(out, "%.*s\t%.3f\t%u\t%u\t%u\t%u\t%.2f\t%.2f\t%.2f\t%.*s\t%.*s\n",
                      TEXT_ARG(term->term), term->score, (unsigned)term->frequency,
                      (unsigned)term->passages, (unsigned)term->replies, (unsigned)term->quoted,
                      term->association, term->left, term->right, TEXT_ARG(term->examples[0]),
                      TEXT_ARG(term->examples[1]));
    }
}

static enum status write_terms(const struct learned_terms *terms, struct error *error)
{
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    print_terms(terms, &list);
    enum status status = buffer_status(&list, error);
    if (!status && output_path)
        return file_replace(output_path, buffer_text(&list), error);
    if (!status)
        fwrite(list.data, 1, list.length, stdout);
    return status;
}

/* "term score frequency passages ..."; a line of a term alone is as good. */
static enum status take_line(struct text line, size_t number, struct learned_term *out,
                             struct error *error)
{
    struct text part = { 0 };
    unsigned long long passages = 1;
    *out = (struct learned_term) { 0 };
    text_split(&line, TEXT("\t"), &out->term);
    out->term = text_trim(out->term);
    for (int i = 0; i < 3; i++)
        part = text_split(&line, TEXT("\t"), &part) ? text_trim(part) : (struct text) { 0 };
    if (out->term.length == 0 || utf8_count(out->term) > OWN_WORD_CODEPOINTS_MAX)
        return error_set(error, STATUS_INVALID, "%s, line %zu: no term of up to 32 characters",
                         taken_path, number);
    if (part.length && (!text_to_u64(part, &passages) || passages > UINT32_MAX))
        return error_set(error, STATUS_INVALID, "%s, line %zu: not a number of passages \"%.*s\"",
                         taken_path, number, TEXT_ARG(part));
    out->passages = (uint32_t)passages;
    return STATUS_OK;
}

static enum status take_terms(struct arena *arena, struct learned_terms *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    enum status status = file_read(taken_path, LIST_BYTES_MAX, &file, error);
    if (!status && utf8_find_invalid(buffer_text(&file)) != TEXT_NONE)
        status = error_set(error, STATUS_INVALID, "not UTF-8 '%s'", taken_path);
    struct text rest = arena_text(arena, buffer_text(&file)), line;
    if (!status && !rest.data)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    *out = (struct learned_terms) { 0 };
    for (size_t number = 1; !status && text_split(&rest, TEXT("\n"), &line); number++) {
        struct learned_term term;
        if (text_trim(line).length == 0 || text_starts_with(line, TEXT("#")))
            continue;
        status = take_line(line, number, &term, error);
        if (!status && !arena_grow(arena, &out->terms, out->count, &out->capacity, sizeof(term)))
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
        if (!status)
            out->terms[out->count++] = term;
    }
    return status;
}

/* --- into the index --- */

static enum status list_terms(const struct learned_terms *terms, const struct lexicon *lexicon,
                              struct arena *arena, struct buffer *out, struct error *error)
{
    struct term_list list = { ARENA_ARRAY(arena, struct listed_term, terms->count + 1), 0 };
    if (!list.terms)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (terms->count > TERM_LIST_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d terms", TERM_LIST_MAX);
    for (size_t i = 0; i < terms->count; i++) {
        CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
        enum status status = normalizer_fold(lexicon, terms->terms[i].term, &folded, error);
        struct text term = arena_text(arena, text_trim(buffer_text(&folded)));
        if (status || !term.data)
            return status ? status : error_set(error, STATUS_NO_MEMORY, "out of memory");
        if (term.length)
            list.terms[list.count++] = (struct listed_term) { term, terms->terms[i].passages };
    }
    term_list_sort(&list);
    term_list_write(&list, out);
    return buffer_status(out, error);
}

static enum status use_terms(const struct learned_terms *terms, const struct lexicon *lexicon,
                             struct arena *arena, struct error *error)
{
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    enum status status = list_terms(terms, lexicon, arena, &list, error);
    if (!status)
        status = index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, error);
    if (!status)
        status = index_writer_keep_learned(writer, buffer_text(&list), error);
    return status ? status : index_writer_commit(writer, error);
}

/* Writes the list where it is wanted. */
static enum status write_list(struct text list, struct error *error)
{
    if (output_path)
        return file_replace(output_path, list, error);
    if (!use)
        fwrite(list.data, 1, list.length, stdout);
    return STATUS_OK;
}

static enum status learn_terms_of_index(const struct lexicon *lexicon, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct learned_terms terms = { 0 };
    arena_init(&arena, 0);
    enum status status =
        taken_path ? take_terms(&arena, &terms, error) : find_terms(lexicon, &arena, &terms, error);
    if (!status && !taken_path && (output_path || !use))
        status = write_terms(&terms, error);
    if (!status && (use || taken_path))
        status = use_terms(&terms, lexicon, &arena, error);
    if (!status && (use || taken_path))
        say("the index keeps %zu terms", terms.count);
    return status;
}

static enum status take_pairs(struct buffer *list, size_t *count, struct error *error)
{
    enum status status = file_read(taken_path, LIST_BYTES_MAX, list, error);
    if (!status && utf8_find_invalid(buffer_text(list)) != TEXT_NONE)
        status = error_set(error, STATUS_INVALID, "not UTF-8 '%s'", taken_path);
    return status ? status : pairs_check(taken_path, buffer_text(list), count, error);
}

/* With `terms` the list of those goes to the output. */
static enum status learn_pairs_of_index(const struct lexicon *lexicon, bool terms,
                                        struct error *error)
{
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    size_t count;
    enum status status = taken_path ? take_pairs(&list, &count, error)
                                    : pairs_find(index_path, lexicon, &list, &count, error);
    if (!status && !taken_path && !terms)
        status = write_list(buffer_text(&list), error);
    if (!status && (use || taken_path))
        status = pairs_keep(index_path, lexicon, buffer_text(&list), error);
    if (!status && (use || taken_path))
        say("the index keeps %zu short forms", count);
    return status;
}

static enum status learn(struct error *error)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    enum status status = open_lexicon(index_path, NULL, &lexicon, error);
    if (!status && !pairs)
        status = learn_terms_of_index(lexicon, error);
    if (!status && (pairs || (use && !taken_path)))
        status = learn_pairs_of_index(lexicon, !pairs, error);
    return status;
}

static enum exit_code run(const char **operands, int count)
{
    struct error error;
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index learn --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index learn --help'", operands[0]);
    if (taken_path && output_path)
        return misuse("--take and --output exclude each other");
    explain_crashes(index_path);
    enum status status = learn(&error);
    enum exit_code code = finish_output(EXIT_DONE);
    return status ? fail(&error) : code;
}

const struct command LEARN_COMMAND = {
    .name = "learn",
    .operands = "",
    .summary = "find the terms of an index's texts that the lexicon lacks, and short forms",
    .details =
        "Prints one term a line with its evidence, separated by tabs, the surest first: score;\n"
        "occurrences, passages, replies; how often it fills quotation marks; PMI at its weakest\n"
        "joint; entropy of what stands left and right of it; two examples. Learned terms do not\n"
        "change how text is cut; a word that shall do that goes into the list of --words.\n"
        "With --pairs: full form, short form, category, direction; how it was defined (said,\n"
        "brackets, issuer), how often, in how many replies; the words of the first place.\n"
        "Takes about 8 bytes of memory per character, and leaves out what is beyond 64 million.",
    .options = OPTIONS,
    .run = run,
};
