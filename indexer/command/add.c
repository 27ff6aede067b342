/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index add: brings an index up to date with files and folders. */
#include <errno.h>
#include <string.h>

#include "indexer/analysis/collection.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/batch/adder.h"
#include "indexer/batch/file_state.h"
#include "indexer/batch/report.h"
#include "indexer/batch/watcher.h"
#include "indexer/command/add_parts.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;
static unsigned long commit_every = ADDER_COMMIT_EVERY;
static unsigned long threads, shards;
static unsigned long memory = PIPELINE_MEMORY >> 20;
static const char *words_path;
static const char *report_path;
static bool quiet, ocr, keep_gone, retry_failed, reread, dry_run, watch;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index, or the collection of shards; made when it is not there",
      &index_path },
    { "dry-run", 'n', OPTION_FLAG, NULL, NULL,
      "say what would be done, one file a line on standard output, and write nothing", &dry_run },
    { "keep-gone", 0, OPTION_FLAG, NULL, NULL,
      "what was read from files that are gone stays in the index", &keep_gone },
    { "retry-failed", 0, OPTION_FLAG, NULL, NULL,
      "read files again that failed, though neither they nor the readers have changed",
      &retry_failed },
    { "reread", 0, OPTION_FLAG, NULL, NULL,
      "read unchanged files again that another version of the program has read", &reread },
    { "watch", 0, OPTION_FLAG, NULL, NULL,
      "go on: take in what changes below the paths as it does, until a signal ends it", &watch },
    { "report", 0, OPTION_STRING, "FILE", NULL, "write what was done to FILE, as JSON",
      &report_path },
    { "shards", 0, OPTION_COUNT, "N", NULL,
      "make a collection of N indexes that are searched as one, and written at the same time",
      &shards },
    { "threads", 't', OPTION_COUNT, "N", NULL,
      "threads that read and analyse (default: one a core); the index is the same for any number",
      &threads },
    { "memory", 0, OPTION_COUNT, "MB", NULL,
      "memory for replies that are under way (default 256)", &memory },
    { "commit-every", 0, OPTION_COUNT, "N", NULL,
      "make what is done durable and visible after every N passages (default 100000)",
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
    if (context)
        report_note(context, line);
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

static void append_reasons(const struct adder_counts *counts, struct buffer *out)
{
    unsigned long all = adder_left_out(counts);
    if (all == 0)
        return;
    buffer_printf(out, ", left out %lu (", all);
    const char *separator = "";
    for (size_t i = 0; i < sizeof(REASONS) / sizeof(REASONS[0]); i++) {
        unsigned long count = counts->left_out[REASONS[i].reason];
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

static void append_files(const struct adder_counts *counts, struct buffer *out)
{
    if (counts->unchanged == 0)
        return;
    buffer_printf(out, "; %lu file%s unchanged", counts->unchanged,
                  counts->unchanged == 1 ? "" : "s");
    if (counts->failed_before)
        buffer_printf(out, " (%lu failed before)", counts->failed_before);
}

static void tell_summary(const struct report *report)
{
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    const struct adder_counts *counts = &report->adder->committed;
    double megabytes = (double)counts->text_bytes / 1e6;
    buffer_printf(&line, "added %lu, replaced %lu", counts->added, counts->replaced);
    if (counts->gone)
        buffer_printf(&line, ", removed %lu", counts->gone);
    if (counts->duplicates)
        buffer_printf(&line, ", %lu found elsewhere too", counts->duplicates);
    if (counts->doubles)
        buffer_printf(&line, ", %lu with the id of another", counts->doubles);
    if (counts->losses)
        buffer_printf(&line, ", %lu with characters lost", counts->losses);
    append_reasons(counts, &line);
    append_files(counts, &line);
    buffer_printf(&line, "; %lu passages in %.1f s", counts->passages, report->seconds);
    if (megabytes >= 1)
        buffer_printf(&line, " (%.1f MB, %.1f MB/s)", megabytes, megabytes / report->seconds);
    if (!line.failed)
        say("%s", line.data);
}

/* The run's report goes into the index with its last commit, and into a file of its own. */
static enum status finish(struct adder *adder, struct report *report, struct error *error)
{
    CLEANUP(buffer_release) struct buffer brief = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer full = BUFFER_INIT;
    report->seconds = progress_seconds(adder->progress);
    adder->committed = adder->counts; /* if this commit succeeds, and else nobody asks */
    enum status status = report_write(report, true, &brief, error);
    if (!status)
        status = ledger_set_last_run(&adder->ledger, buffer_text(&brief), error);
    if (!status)
        status = adder_commit(adder, error);
    report->seconds = progress_seconds(adder->progress); /* with the commit, which can be long */
    if (status || !report_path)
        return status;
    status = report_write(report, false, &full, error);
    buffer_append_byte(&full, '\n');
    if (!status)
        status = buffer_status(&full, error);
    return status ? status : file_replace(report_path, buffer_text(&full), error);
}

static enum exit_code tell_failure(const struct error *error, const struct adder_counts *committed)
{
    fail(error);
    say("what is in the index: added %lu, replaced %lu", committed->added, committed->replaced);
    return EXIT_FAILED;
}

static enum status add_paths(void *context, const char *const *paths, size_t count,
                             struct error *error)
{
    return adder_add(context, paths, count, error);
}

static enum status add_bytes(void *context, struct text bytes, struct error *error)
{
    return adder_add_bytes(context, bytes, "-", error);
}

/* The paths first, then standard input if that is named. */
static enum status add_operands(struct adder *adder, const char **operands, int count,
                                struct error *error)
{
    const struct input_sink sink = { add_paths, add_bytes, adder, adder->stop };
    size_t paths = 0;
    bool input = false;
    for (int i = 0; i < count; i++) {
        if (strcmp(operands[i], "-") == 0)
            input = true;
        else
            operands[paths++] = operands[i];
    }
    enum status status = paths ? adder_add(adder, operands, paths, error) : STATUS_OK;
    return status || !input ? status : read_input(&sink, error);
}

static enum exit_code tell_result(struct adder *adder, struct report *report)
{
    if (report->interrupted)
        say("interrupted; what was done so far is in the index");
    if (!quiet || report->interrupted)
        tell_summary(report);
    const struct adder_counts *counts = &adder->counts;
    bool partly = report->interrupted || adder_left_out(counts) || counts->losses || counts->doubles;
    return partly ? EXIT_PARTLY : EXIT_DONE;
}

/* One round of --watch: its own counts, its own commit, its own summary. */
static enum status add_round(struct adder *adder, struct report *report, const char *const *paths,
                             size_t count, struct error *error)
{
    adder_begin_round(adder);
    report->started_ns = now_ns();
    buffer_clear(&report->messages);
    report->message_count = 0;
    progress_start(adder->progress, stderr);
    adder->progress->quiet = quiet;
    enum status status = adder_add(adder, paths, count, error);
    bool stopped = status == STATUS_STOPPED;
    const struct adder_counts *counts = &adder->counts;
    bool nothing = !stopped && counts->read == 0 && counts->gone_files == 0;
    if (!status || stopped)
        status = nothing ? adder_commit(adder, error) : finish(adder, report, error);
    progress_clear(adder->progress);
    if (!status && !nothing && !quiet)
        tell_summary(report);
    return status;
}

/* What changes is taken in as it comes to rest; a signal is the way to end this, no failure. */
static enum exit_code keep_watching(struct adder *adder, struct report *report,
                                    struct watcher *watcher)
{
    struct error error;
    enum status status = STATUS_OK;
    if (!quiet)
        say("watching");
    while (!status) {
        const char *const *paths;
        size_t count = 0;
        status = watcher_wait(watcher, adder->stop, &paths, &count, &error);
        if (!status && count)
            status = add_round(adder, report, paths, count, &error);
        if (!status && *adder->stop)
            status = STATUS_STOPPED;
    }
    if (status != STATUS_STOPPED)
        return fail(&error);
    if (!quiet)
        say("no longer watching");
    return EXIT_DONE;
}

static enum status open_watcher(const char **operands, int count, struct watcher **out,
                                struct error *error)
{
    enum status status = watcher_open(out, error);
    for (int i = 0; !status && i < count; i++)
        status = watcher_add(*out, operands[i], error);
    return status;
}

static enum exit_code add_all(struct adder *adder, struct report *report, const char **operands,
                              int count)
{
    struct error error;
    CLEANUP(watcher_freep) struct watcher *watcher = NULL;
    if (watch && open_watcher(operands, count, &watcher, &error)) /* before the first look */
        return fail(&error);
    enum status status = add_operands(adder, operands, count, &error);
    struct adder_counts committed = adder->committed;
    report->interrupted = status == STATUS_STOPPED;
    if (!status || report->interrupted)
        status = finish(adder, report, &error);
    progress_clear(adder->progress);
    if (status)
        return tell_failure(&error, &committed);
    enum exit_code code = tell_result(adder, report);
    return watch && !report->interrupted ? keep_watching(adder, report, watcher) : code;
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

/* A new index that shall be a collection is one from the start. */
static enum status make_collection(struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct collection collection;
    arena_init(&arena, 0);
    enum status status = shards ? collection_find(index_path, &arena, &collection, error) : STATUS_OK;
    if (status || !shards || collection.count == shards)
        return status;
    if (collection.count)
        return error_set(error, STATUS_MISUSE, "'%s' has %zu shards: see 'dafu-index split'",
                         index_path, collection.count);
    return collection_create(index_path, shards, error);
}

static enum exit_code add(const char **operands, int count)
{
    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (make_collection(&error) || open_lexicon(index_path, words_path, &lexicon, &error) ||
        analyzer_new(lexicon, &analyzer, &error) || open_writer(analyzer, &writer, &error))
        return fail(&error);

    struct progress progress;
    progress_start(&progress, stderr);
    progress.quiet = quiet;
    CLEANUP(adder_release) struct adder adder;
    adder_init(&adder);
    struct report report = { .started_ns = now_ns(), .adder = &adder };
    adder.writer = writer;
    adder.analyzer = analyzer;
    adder.options = (struct adder_options) { commit_every, threads,      (size_t)memory << 20, ocr,
                                             keep_gone,    retry_failed, reread };
    adder.stop = watch_signals();
    adder.progress = &progress;
    adder.tell = tell_line;
    adder.context = &report;
    enum exit_code code = add_all(&adder, &report, operands, count);
    buffer_release(&report.messages);
    return code;
}

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index add --help'");
    if (count == 0)
        return misuse("nothing to add; try 'dafu-index add --help'");
    if (commit_every == 0)
        return misuse("--commit-every must be at least 1");
    if (memory == 0 || memory > 1 << 20)
        return misuse("--memory must be between 1 and %d", 1 << 20);
    signal(SIGPIPE, SIG_IGN); /* a reader of the messages that goes away does not end the work */

    for (int i = 0; watch && i < count; i++) {
        if (strcmp(operands[i], "-") == 0)
            return misuse("--watch needs files and folders; try 'dafu-index add --help'");
    }
    if (watch && dry_run)
        return misuse("--watch and --dry-run exclude each other");
    if (!dry_run)
        return add(operands, count);
    const struct changes how = { .keep_gone = keep_gone,
                                 .retry_failed = retry_failed,
                                 .reread = reread,
                                 .reader = reader_version(ocr),
                                 .tell = tell_line,
                                 .stop = watch_signals() };
    return tell_changes(index_path, operands, (size_t)count, &how);
}

const struct command ADD_COMMAND = {
    .name = "add",
    .operands = "PATH…",
    .summary = "bring an index up to date with files and folders",
    .details =
        "A PATH is a file or a folder; \"-\" reads standard input: JSONL when it begins with a {,\n"
        "else a list of paths, one a line. What is read, whatever the file is called: plain text,\n"
        "HTML (also mht), PDF, Word (docx, doc, wps, rtf), OFD, Reply XML, JSONL, CSV and TSV, ZIP archives of\n"
        "these, and each of them compressed with xz. Of a folder those files are taken that are called like that: txt "
        "text\n"
        "htm html shtml xhtml jhtml mht mhtml pdf docx docm dotx doc dot wps wpt rtf ofd xml jsonl ndjson\n"
        "csv tsv zip, and with .xz behind it. PDF needs pdftotext (package poppler-utils), doc\n"
        "needs antiword or catdoc; --ocr also needs tesseract (tesseract-ocr-chi-sim).\n"
        "A file that a web page links to and that lies beside it is read with the page when the\n"
        "page itself says little.\n"
        "\n"
        "A reply is known by the id its file gives it, or by the file's absolute path. The index\n"
        "remembers every file: run again, only new and changed files are read, and what was read\n"
        "from files that are gone from the given folders is removed. Files that cannot be used\n"
        "are told, left out, and tried again when they or the program have changed. A reply that\n"
        "lies in two places (a page and a PDF of it) is kept once, with both sources.\n"
        "Words of your own are known from the first PATH on; when the index had others, what is "
        "in\n"
        "it is analysed again first, from its stored text.",
    .options = OPTIONS,
    .run = run,
};
