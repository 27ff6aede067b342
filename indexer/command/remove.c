/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index remove: replies out of an index, by id or by where they came from. */
#include "indexer/base/cleanup.h"
#include "indexer/batch/adder.h"
#include "indexer/batch/source.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

/* One letter of a page, named by the page's path: page.html#2. */
static enum status remove_letter(struct adder *adder, const char *operand, unsigned long *removed,
                                 struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    CLEANUP(cleanup_free) char *path = source_resolve(operand);
    struct text id = source_text(text_of(path), &arena);
    if (!id.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = adder_remove_id(adder, id, error);
    *removed = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The operand as an id and, unless that was found and cannot be a path too, as a path. */
static enum status remove_one(struct adder *adder, const char *operand, unsigned long *removed,
                              struct error *error)
{
    unsigned long by_path = 0;
    struct error detail;
    enum status found = adder_remove_id(adder, text_of(operand), error);
    if (found && found != STATUS_NOT_FOUND)
        return found;
    if (found || operand[0] == '/') {
        enum status status = adder_remove_path(adder, operand, &by_path, &detail);
        if (!status && found && !by_path)
            status = remove_letter(adder, operand, &by_path, &detail);
        if (status)
            return error_set(error, status, "%s", detail.message);
    }
    *removed = by_path + (found == STATUS_OK);
    return *removed ? STATUS_OK : found; /* with the message about what was typed */
}

static void tell_line(void *context, const char *line)
{
    say("%s", line);
}

static enum exit_code remove_all(struct adder *adder, const char **operands, int count)
{
    struct error error;
    unsigned long removed = 0, missing = 0;
    for (int i = 0; i < count; i++) {
        unsigned long found = 0;
        enum status status = remove_one(adder, operands[i], &found, &error);
        if (status && status != STATUS_NOT_FOUND)
            return fail(&error);
        if (status)
            say("%s", error.message);
        missing += status != STATUS_OK;
        removed += found;
    }
    if (adder_commit(adder, &error))
        return fail(&error);
    say("removed %lu", removed);
    return missing ? EXIT_PARTLY : EXIT_DONE;
}

static enum exit_code run(const char **operands, int count)
{
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index remove --help'");
    if (count == 0)
        return misuse("nothing to remove; try 'dafu-index remove --help'");

    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, NULL, &lexicon, &error) ||
        analyzer_new(lexicon, &analyzer, &error) ||
        index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, &error))
        return fail(&error);
    CLEANUP(adder_release) struct adder adder;
    adder_init(&adder);
    adder.writer = writer;
    adder.analyzer = analyzer;
    adder.tell = tell_line;
    return remove_all(&adder, operands, count);
}

const struct command REMOVE_COMMAND = {
    .name = "remove",
    .operands = "ID|PATH…",
    .summary = "take replies out of an index",
    .details =
        "A reply is named by its id. The path of a file, of an archive (or a member of one:\n"
        "archive.zip!/reply.docx) or of a folder takes out everything that was read from it; what\n"
        "is named need not be there any more. A reply that lies elsewhere too is read from there\n"
        "then; what still lies in an added folder comes back when that is added again.",
    .options = OPTIONS,
    .run = run,
};
