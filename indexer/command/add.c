/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index add: files and folders into an index. */
#include <errno.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/adder.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;
static unsigned long commit_every = ADDER_COMMIT_EVERY;
static const char *words_path;
static bool quiet, ocr;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index; made when it is not there",
      &index_path },
    { "commit-every", 0, OPTION_COUNT, "N", NULL,
      "make what is done durable and visible after every N passages (default 2500)",
      &commit_every },
    { "words", 'w', OPTION_STRING, "FILE", NULL,
      "words of your own, which the index keeps: one a line and, behind a blank, its weight "
      "(default 500); # starts a comment",
      &words_path },
    OCR_OPTION(&ocr),
    { "quiet", 'q', OPTION_FLAG, NULL, NULL, "no summary; what is left out is still told", &quiet },
    HELP_OPTION,
    OPTIONS_END,
};

static void tell_line(void *context, const char *line)
{
    say("%s", line);
}

/* What a reason is called in the summary; the others are told as "failed". */
static const struct {
    enum status reason;
    const char *name;
} REASONS[] = {
    { STATUS_NOT_FOUND, "not there" },
    { STATUS_IO, "not readable" },
    { STATUS_EMPTY, "empty" },
    { STATUS_UNSUPPORTED, "of no known format" },
    { STATUS_INVALID, "not well formed" },
    { STATUS_LIMIT, "too large" },
    { STATUS_NO_MEMORY, "out of memory" },
};

static void append_reasons(const struct intake *intake, struct buffer *out)
{
    unsigned long all = intake_left_out(intake);
    if (all == 0)
        return;
    buffer_printf(out, ", left out %lu (", all);
    const char *separator = "";
    for (size_t i = 0; i < sizeof(REASONS) / sizeof(REASONS[0]); i++) {
        unsigned long count = intake->reasons[REASONS[i].reason];
        if (count) {
            buffer_printf(out, "%s%lu %s", separator, count, REASONS[i].name);
            separator = ", ";
        }
        all -= count;
    }
    if (all)
        buffer_printf(out, "%s%lu failed", separator, all);
    buffer_append(out, TEXT(")"));
}

static void tell_summary(const struct adder *adder, const struct adder_counts *counts)
{
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    double seconds = progress_seconds(adder->progress);
    double megabytes = (double)adder->intake.bytes / 1e6;
    buffer_printf(&line, "added %lu, replaced %lu", counts->added, counts->replaced);
    if (counts->gone)
        buffer_printf(&line, ", removed %lu", counts->gone);
    if (counts->doubles)
        buffer_printf(&line, ", %lu with the id of another", counts->doubles);
    if (adder->intake.losses)
        buffer_printf(&line, ", %lu with characters lost", adder->intake.losses);
    append_reasons(&adder->intake, &line);
    buffer_printf(&line, "; %lu passages in %.1f s", counts->passages, seconds);
    if (megabytes >= 1)
        buffer_printf(&line, " (%.1f MB, %.1f MB/s)", megabytes, megabytes / seconds);
    if (!line.failed)
        say("%s", line.data);
}

static enum status add_listed(struct adder *adder, FILE *list, struct error *error)
{
    CLEANUP(cleanup_free) char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, list)) >= 0) {
        if (length > 0 && line[length - 1] == '\n')
            line[--length] = '\0';
        enum status status = *line ? adder_add(adder, line, error) : STATUS_OK;
        if (status)
            return status;
    }
    if (ferror(list))
        return error_set(error, STATUS_IO, "cannot read the list of paths: %s", strerror(errno));
    return STATUS_OK;
}

static enum exit_code add_all(struct adder *adder, const char **operands, int count)
{
    struct error error;
    enum status status = STATUS_OK;
    for (int i = 0; !status && i < count; i++)
        status = strcmp(operands[i], "-") == 0 ? add_listed(adder, stdin, &error)
                                               : adder_add(adder, operands[i], &error);

    bool interrupted = status == STATUS_STOPPED;
    if (!status || interrupted)
        status = adder_commit(adder, &error);
    progress_clear(adder->progress);
    if (status) {
        fail(&error);
        say("what is in the index: added %lu, replaced %lu", adder->committed.added,
            adder->committed.replaced);
        return EXIT_FAILED;
    }
    if (interrupted)
        say("interrupted; what was done so far is in the index");
    if (!quiet || interrupted)
        tell_summary(adder, &adder->committed);
    bool partly = interrupted || intake_left_out(&adder->intake) || adder->intake.losses ||
                  adder->counts.doubles;
    return partly ? EXIT_PARTLY : EXIT_DONE;
}

/* Other words than the index has: what is in it gets its terms again first. */
static enum status open_writer(struct analyzer *analyzer, struct index_writer **out,
                               struct error *error)
{
    const struct lexicon *lexicon = analyzer_lexicon(analyzer);
    const char *fingerprint = lexicon_fingerprint(lexicon);
    if (!words_path)
        return index_writer_open(index_path, fingerprint, true, out, error);
    bool other = false;
    enum status status = index_writer_open_any(index_path, fingerprint, lexicon_own_words(lexicon),
                                               true, &other, out, error);
    if (status || !other)
        return status;
    say("the index has other words: what is in it is analysed again");
    return reanalyse_index(*out, analyzer, error);
}

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index add --help'");
    if (count == 0)
        return misuse("nothing to add; try 'dafu-index add --help'");
    if (commit_every == 0)
        return misuse("--commit-every must be at least 1");
    signal(SIGPIPE, SIG_IGN); /* a reader of the messages that goes away does not end the work */

    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, words_path, &lexicon, &error) ||
        analyzer_new(lexicon, &analyzer, &error) || open_writer(analyzer, &writer, &error))
        return fail(&error);

    struct progress progress;
    progress_start(&progress, stderr);
    CLEANUP(adder_release) struct adder adder;
    adder_init(&adder);
    adder.writer = writer;
    adder.analyzer = analyzer;
    adder.commit_every = commit_every;
    adder.stop = watch_signals();
    adder.progress = &progress;
    adder.tell = tell_line;
    adder.ocr = ocr;
    return add_all(&adder, operands, count);
}

const struct command ADD_COMMAND = {
    .name = "add",
    .operands = "PATH…",
    .summary = "put replies into an index; one that is there is replaced",
    .details =
        "A PATH is a file or a folder; \"-\" reads a list of paths, one a line, from standard\n"
        "input. What is read, whatever the file is called: plain text, HTML, PDF, Word (docx, "
        "doc,\n"
        "wps, rtf), OFD, Reply XML, JSONL, CSV and TSV, ZIP archives of these, and each of them\n"
        "compressed with xz. Of a folder those files are taken that are called like that: txt "
        "text\n"
        "htm html shtml xhtml jhtml pdf docx docm dotx doc dot wps wpt rtf ofd xml jsonl ndjson\n"
        "csv tsv zip, and with .xz behind it. PDF needs pdftotext (package poppler-utils), doc\n"
        "needs antiword or catdoc; --ocr also needs tesseract (tesseract-ocr-chi-sim).\n"
        "A file that a web page links to and that lies beside it is read with the page when the\n"
        "page itself says little.\n"
        "\n"
        "A reply is known by the id its file gives it, or by the file's absolute path. A file "
        "that\n"
        "is added again replaces what it gave before, and what it has no longer is removed. Files\n"
        "that cannot be used are told and left out.\n"
        "Words of your own are known from the first PATH on; when the index had others, what is "
        "in\n"
        "it is analysed again first, from its stored text.",
    .options = OPTIONS,
    .run = run,
};
