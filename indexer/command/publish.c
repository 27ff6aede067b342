/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index publish: makes an index one that Xapian's own server can serve. */
#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;
static bool undo;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index, or the collection of shards",
      &index_path },
    { "undo", 0, OPTION_FLAG, NULL, NULL, "drop what only servers need", &undo },
    HELP_OPTION,
    OPTIONS_END,
};

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index publish --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index publish --help'", operands[0]);

    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, NULL, &lexicon, &error) ||
        index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, &error) ||
        index_writer_serve(writer, !undo, &error) || index_writer_commit(writer, &error))
        return fail(&error);
    return EXIT_DONE;
}

const struct command PUBLISH_COMMAND = {
    .name = "publish",
    .operands = "",
    .summary = "prepare an index, or the shards of a collection, for a server",
    .details =
        "Xapian's server cannot send the text of our passages as it is stored; so the index keeps\n"
        "it a second time, in a form that can be sent, from now on and through every later commit.\n"
        "Then, on the machine that has the folder:\n"
        "\n"
        "  xapian-tcpsrv --port 7101 --interface 10.0.0.3 DIR/passages\n"
        "\n"
        "and in the file of the collection 10.0.0.3:7101 in place of the folder.",
    .options = OPTIONS,
    .run = run,
};
