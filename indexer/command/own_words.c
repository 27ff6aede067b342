/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/command/own_words.h"

#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger_upgrade.h"
#include "indexer/batch/progress.h"
#include "indexer/command/command.h"

static enum status add_words_of_index(struct lexicon *lexicon, const char *index_path,
                                      struct error *error)
{
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    enum status status = index_own_words(index_path, &list, error);
    if (status)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    return lexicon_add_words(lexicon, "words of the index", buffer_text(&list), error);
}

enum status open_lexicon(const char *index_path, const char *words_path, struct lexicon **out,
                         struct error *error)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    enum status status = lexicon_open(NULL, &lexicon, error);
    if (!status && words_path)
        status = lexicon_add_word_file(lexicon, words_path, error);
    else if (!status && index_path)
        status = add_words_of_index(lexicon, index_path, error);
    if (status)
        return status;
    *out = lexicon;
    lexicon = NULL;
    return STATUS_OK;
}

static void show_progress(void *context, unsigned long replies)
{
    progress_update(context, &(const struct progress_state) { .replies = replies });
}

static void tell(const struct reanalysis *reanalysis)
{
    size_t words = lexicon_own_word_count(analyzer_lexicon(reanalysis->analyzer));
    say("analysed %lu replies again (%lu passages) with %zu %s of your own",
        reanalysis->counts.replies, reanalysis->counts.passages, words,
        words == 1 ? "word" : "words");
}

enum status upgrade_index(const char *path, struct analyzer *analyzer, struct error *error)
{
    struct progress progress;
    progress_start(&progress, stderr);
    struct reanalysis reanalysis = {
        .analyzer = analyzer, .stop = watch_signals(), .done = show_progress, .context = &progress
    };
    enum status status = index_upgrade(path, &reanalysis, ledger_of_format_1, error);
    progress_clear(&progress);
    if (status)
        return status;
    tell(&reanalysis);
    say("index '%s' has format %d now; the next 'dafu-index add' reads every file again", path,
        INDEX_FORMAT);
    return STATUS_OK;
}

enum status reanalyse_index(struct index_writer *writer, struct analyzer *analyzer,
                            struct error *error)
{
    struct progress progress;
    progress_start(&progress, stderr);
    struct reanalysis reanalysis = {
        .analyzer = analyzer, .stop = watch_signals(), .done = show_progress, .context = &progress
    };
    enum status status = index_writer_reanalyse(writer, &reanalysis, error);
    if (!status)
        status = index_writer_commit(writer, error);
    progress_clear(&progress);
    if (status)
        return status;
    tell(&reanalysis);
    return STATUS_OK;
}
