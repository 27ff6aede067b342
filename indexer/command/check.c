/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index check: whether an index is whole. */
#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

static void print_problem(void *context, const char *line)
{
    unsigned long *problems = context;
    ++*problems;
    puts(line);
}

/* With the words of the index, which cannot be read from every damaged one. */
static enum status open_whole_lexicon(struct lexicon **out, struct error *error)
{
    enum status status = open_lexicon(index_path, NULL, out, error);
    if (status && status != STATUS_NOT_FOUND)
        status = lexicon_open(NULL, out, error);
    return status ? status : lexicon_verify(*out, error);
}

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index check --help'");
    if (count > 0)
        return misuse("unexpected operand \"%s\"; try 'dafu-index check --help'", operands[0]);

    struct error error;
    struct index_counts counts;
    unsigned long problems = 0;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    explain_crashes(index_path);
    if (open_whole_lexicon(&lexicon, &error))
        return fail(&error);
    enum status status = index_check(index_path, lexicon_fingerprint(lexicon), print_problem,
                                     &problems, &counts, &error);
    if (!status)
        printf("good: %lu replies, %lu passages\n", counts.replies, counts.passages);
    enum exit_code code = finish_output(problems ? EXIT_PARTLY : EXIT_DONE);
    if (!status)
        return code;
    fail(&error);
    return problems ? code : EXIT_FAILED;
}

const struct command CHECK_COMMAND = {
    .name = "check",
    .operands = "",
    .summary = "read a whole index and tell what is wrong with it",
    .details = "Prints one line per problem; exit code 1 when there is any.",
    .options = OPTIONS,
    .run = run,
};
