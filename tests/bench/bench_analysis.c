/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_analysis FILE [ROUNDS]: MB per CPU second of the stages of analysis over the lines of a
 * UTF-8 file, one thread, best of ROUNDS. One line is one text, as one passage is. Lines of JSONL are analysed as
 * they are, keys and escapes included, so that the bench needs no parser. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/segmenter.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

struct bench {
    const struct lexicon *lexicon;
    struct analyzer *analyzer;
    struct normalized normalized;
    struct arena scratch;
    struct word_list words;
    size_t items; /* characters, words or tokens of the last round */
};

static enum status normalise(struct bench *bench, struct text line, struct error *error)
{
    enum status status = normalizer_run(bench->lexicon, line, &bench->normalized, error);
    bench->items += bench->normalized.text.length;
    return status;
}

static enum status cut(struct bench *bench, struct text line, struct error *error)
{
    enum status status = normalizer_run(bench->lexicon, line, &bench->normalized, error);
    if (!status)
        status = segmenter_cut(bench->lexicon, buffer_text(&bench->normalized.text),
                               &bench->scratch, &bench->words, error);
    bench->items += bench->words.count;
    return status;
}

static enum status analyse(struct bench *bench, struct text line, struct error *error,
                           enum analysis analysis)
{
    struct token_list tokens = { 0 };
    arena_clear(&bench->scratch);
    enum status status =
        analyzer_run(bench->analyzer, analysis, line, &bench->scratch, &tokens, error);
    bench->items += tokens.count;
    return status;
}

static enum status analyse_words(struct bench *bench, struct text line, struct error *error)
{
    return analyse(bench, line, error, ANALYSIS_WORDS);
}

static enum status analyse_text(struct bench *bench, struct text line, struct error *error)
{
    return analyse(bench, line, error, ANALYSIS_TEXT);
}

static const struct {
    const char *name;
    enum status (*run)(struct bench *bench, struct text line, struct error *error);
    const char *items;
} STAGES[] = {
    { "normalise", normalise, "bytes" },
    { "normalise + words", cut, "words" },
    { "tokens: words", analyse_words, "tokens" },
    { "tokens: everything", analyse_text, "tokens" },
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static enum status run_stage(struct bench *bench, size_t stage, struct text all, double *seconds,
                             struct error *error)
{
    double start = now();
    struct text line;
    bench->items = 0;
    while (text_split(&all, TEXT("\n"), &line)) {
        enum status status = STAGES[stage].run(bench, line, error);
        if (status)
            return status;
    }
    *seconds = now() - start;
    return STATUS_OK;
}

static enum status measure(struct bench *bench, struct text all, int rounds, struct error *error)
{
    for (size_t stage = 0; stage < sizeof(STAGES) / sizeof(STAGES[0]); stage++) {
        double best = 1e9;
        for (int i = 0; i < rounds; i++) {
            double seconds;
            enum status status = run_stage(bench, stage, all, &seconds, error);
            if (status)
                return status;
            best = seconds < best ? seconds : best;
        }
        bench->words = (struct word_list) { 0 };
        arena_clear(&bench->scratch);
        printf("%-20s %8.1f MB/CPU-s %12zu %s\n", STAGES[stage].name,
               (double)all.length / best / 1e6, bench->items, STAGES[stage].items);
    }
    return STATUS_OK;
}

static enum status bench_file(const char *path, int rounds, struct error *error)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    enum status status = file_read(path, (size_t)1 << 30, &buffer, error);
    if (status)
        return status;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    double start = now();
    status = lexicon_open(NULL, &lexicon, error);
    if (status)
        return status;
    printf("open %.3f ms, %zu words\n", (now() - start) * 1e3, lexicon_word_count(lexicon));

    struct bench bench = { .lexicon = lexicon };
    normalized_init(&bench.normalized);
    arena_init(&bench.scratch, 0);
    status = analyzer_new(lexicon, &bench.analyzer, error);
    if (!status)
        status = measure(&bench, buffer_text(&buffer), rounds, error);
    analyzer_free(bench.analyzer);
    normalized_release(&bench.normalized);
    arena_release(&bench.scratch);
    return status;
}

int main(int argc, char **argv)
{
    struct error error;
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: bench_analysis FILE [ROUNDS]\n");
        return 2;
    }
    if (bench_file(argv[1], argc > 2 ? atoi(argv[2]) : 3, &error)) {
        fprintf(stderr, "bench_analysis: %s\n", error.message);
        return 2;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MB, the file included\n", usage.ru_maxrss / 1024);
    return 0;
}
