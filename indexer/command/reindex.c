/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index reindex: the stored text of an index analysed again. */
#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path, *words_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    { "words", 'w', OPTION_STRING, "FILE", NULL,
      "words of your own in place of those the index has: one a line and, behind a blank, its "
      "weight (default 500); # starts a comment; an empty file takes them away",
      &words_path },
    HELP_OPTION,
    OPTIONS_END,
};

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index reindex --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index reindex --help'", operands[0]);

    struct error error;
    bool other;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, words_path, &lexicon, &error) ||
        analyzer_new(lexicon, &analyzer, &error))
        return fail(&error);
    if (index_is_old(index_path))
        return upgrade_index(index_path, analyzer, &error) ? fail(&error) : EXIT_DONE;
    if (index_writer_open_any(index_path, lexicon_fingerprint(lexicon), TEXT(""), false, &other,
                              &writer, &error) ||
        reanalyse_index(writer, analyzer, &error))
        return fail(&error);
    return EXIT_DONE;
}

const struct command REINDEX_COMMAND = {
    .name = "reindex",
    .operands = "",
    .summary = "analyse the stored text of an index again",
    .details =
        "After a change of your own words, or when dafu has a newer lexicon. An index of an older\n"
        "format becomes one of this program's; that needs room for both. No source file is needed.\n"
        "Until it is done searches go on with the old analysis; when it is interrupted the index\n"
        "stays as it was.",
    .options = OPTIONS,
    .run = run,
};
