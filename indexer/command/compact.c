/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index compact: one segment without anything dead. */
#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"
#include "indexer/index/index_writer.h"

static const char *index_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index compact --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index compact --help'", operands[0]);

    struct error error;
    struct index_counts counts;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, NULL, &lexicon, &error) ||
        index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, &error) ||
        index_writer_compact(writer, &error) || index_writer_counts(writer, &counts, &error))
        return fail(&error);
    say("one segment with %lu replies, %lu passages", counts.replies, counts.passages);
    return EXIT_DONE;
}

const struct command COMPACT_COMMAND = {
    .name = "compact",
    .operands = "",
    .summary = "make an index as small and fast as it can be",
    .details =
        "What was replaced or removed leaves the files, and all of them become one. Commits do that\n"
        "by themselves little by little; after a large removal this gives the room back at once.\n"
        "Searches go on meanwhile. Until it is done the old files stay: there must be room for both.",
    .options = OPTIONS,
    .run = run,
};
