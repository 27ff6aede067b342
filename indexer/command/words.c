/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index words: the words of the user's own that an index keeps. */
#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/index/reanalysis.h"

static const char *index_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index words --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index words --help'", operands[0]);
    struct error error;
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    if (index_own_words(index_path, &list, &error))
        return fail(&error);
    if (list.length)
        fwrite(list.data, 1, list.length, stdout);
    return finish_output(EXIT_DONE);
}

const struct command WORDS_COMMAND = {
    .name = "words",
    .operands = "",
    .summary = "print the words of your own that an index has",
    .details = "In the form that add --words and reindex --words take: normalised, with weights.",
    .options = OPTIONS,
    .run = run,
};
