/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index snapshot: a consistent copy of an index. */
#include "indexer/command/command.h"
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
        return misuse("no index named: --index DIR; try 'dafu-index snapshot --help'");
    if (count != 1)
        return misuse("one folder for the copy is needed; try 'dafu-index snapshot --help'");

    struct error error;
    explain_crashes(index_path);
    return index_snapshot(index_path, operands[0], &error) ? fail(&error) : EXIT_DONE;
}

const struct command SNAPSHOT_COMMAND = {
    .name = "snapshot",
    .operands = "TARGET",
    .summary = "copy an index as it was at its last commit",
    .details =
        "TARGET is a folder that is not there yet, or an empty one; the copy in it is an index like\n"
        "any other. Nobody needs to stop writing or searching. On one file system the files are\n"
        "linked, which takes no room and no time; elsewhere they are copied.\n"
        "\n"
        "To restore it, stop what writes the index, move the index away and put a copy of TARGET in\n"
        "its place: dafu-index snapshot --index TARGET DIR. Then dafu-index check --index DIR.",
    .options = OPTIONS,
    .run = run,
};
