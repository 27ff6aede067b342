/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index split, merge: another number of shards. */
#include "indexer/analysis/collection.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/adder.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"
#include "indexer/index/index_copy.h"
#include "indexer/index/reanalysis.h"

static const char *index_path;
static unsigned long shards;

static const struct option SPLIT_OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index, or the collection of shards",
      &index_path },
    { "shards", 0, OPTION_COUNT, "N", NULL, "how many TARGET has", &shards },
    HELP_OPTION,
    OPTIONS_END,
};

static const struct option MERGE_OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the collection of shards", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

static enum status open_target(const char *target, const struct lexicon *lexicon,
                               struct index_writer **out, struct error *error)
{
    struct index_counts counts;
    bool other;
    enum status status = shards ? collection_create(target, shards, error) : STATUS_OK;
    if (!status)
        status = index_writer_open_any(target, lexicon_fingerprint(lexicon),
                                       lexicon_own_words(lexicon), true, &other, out, error);
    if (!status)
        status = index_writer_counts(*out, &counts, error);
    if (!status && (other || counts.replies))
        status = error_set(error, STATUS_MISUSE, "there is an index already '%s'", target);
    return status;
}

static enum exit_code copy_to(const char *target)
{
    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, NULL, &lexicon, &error) ||
        analyzer_new(lexicon, &analyzer, &error) ||
        open_target(target, lexicon, &writer, &error))
        return fail(&error);
    struct index_copying copying = { .analyzer = analyzer,
                                     .commit_every = ADDER_COMMIT_EVERY,
                                     .stop = watch_signals() };
    if (index_copy(index_path, writer, &copying, &error))
        return fail(&error);
    say("%lu replies, %lu passages", copying.counts.replies, copying.counts.passages);
    return EXIT_DONE;
}

static enum exit_code run_split(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index split --help'");
    if (count != 1)
        return misuse("one folder for the result is needed; try 'dafu-index split --help'");
    if (!shards)
        return misuse("how many shards? --shards N; try 'dafu-index split --help'");
    return copy_to(operands[0]);
}

static enum exit_code run_merge(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index merge --help'");
    if (count != 1)
        return misuse("one folder for the result is needed; try 'dafu-index merge --help'");
    return copy_to(operands[0]);
}

const struct command SPLIT_COMMAND = {
    .name = "split",
    .operands = "--shards N TARGET",
    .summary = "make a collection of N shards of an index or of another collection",
    .details =
        "TARGET is made; what it is made of stays as it is, and may be written again only when TARGET\n"
        "is there. Texts are analysed again from what is stored; no source file is needed.",
    .options = SPLIT_OPTIONS,
    .run = run_split,
};

const struct command MERGE_COMMAND = {
    .name = "merge",
    .operands = "TARGET",
    .summary = "make one index of all shards of a collection",
    .details =
        "TARGET is made; the collection stays as it is. The shards may be indexes that were made each\n"
        "by itself and are only listed together; of two replies with one id the later one stays.",
    .options = MERGE_OPTIONS,
    .run = run_merge,
};
