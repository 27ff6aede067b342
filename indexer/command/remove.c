/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index remove: replies out of an index, by id or by path. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *index_path;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    HELP_OPTION,
    OPTIONS_END,
};

/* The id of a file that may be gone: the absolute path of its folder, then its name. NULL when
 * the folder is gone too. */
static char *path_id(const char *operand)
{
    char *whole = realpath(operand, NULL);
    if (whole)
        return whole;
    const char *slash = strrchr(operand, '/');
    const char *name = slash ? slash + 1 : operand;
    CLEANUP(cleanup_free)
    char *folder = slash ? strndup(operand, (size_t)(slash - operand) + 1) : strdup(".");
    CLEANUP(cleanup_free) char *real_folder = folder ? realpath(folder, NULL) : NULL;
    if (!real_folder || !*name)
        return NULL;
    size_t size = strlen(real_folder) + strlen(name) + 2;
    char *id = malloc(size);
    if (id)
        snprintf(id, size, "%s/%s", strcmp(real_folder, "/") == 0 ? "" : real_folder, name);
    return id;
}

static enum status remove_one(struct index_writer *writer, const char *operand, struct error *error)
{
    enum status status = index_writer_remove(writer, text_of(operand), error);
    if (status != STATUS_NOT_FOUND)
        return status;
    CLEANUP(cleanup_free) char *id = path_id(operand);
    struct error second;
    if (!id || (status = index_writer_remove(writer, text_of(id), &second)) == STATUS_NOT_FOUND)
        return STATUS_NOT_FOUND; /* with the message about what was typed */
    if (status)
        *error = second;
    return status;
}

static enum exit_code remove_all(struct index_writer *writer, const char **operands, int count)
{
    struct error error;
    unsigned long removed = 0, missing = 0;
    for (int i = 0; i < count; i++) {
        enum status status = remove_one(writer, operands[i], &error);
        if (status && status != STATUS_NOT_FOUND)
            return fail(&error);
        if (status)
            say("%s", error.message);
        missing += status != STATUS_OK;
        removed += status == STATUS_OK;
    }
    if (index_writer_commit(writer, &error))
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
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    explain_crashes(index_path);
    if (open_lexicon(index_path, NULL, &lexicon, &error) ||
        index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, &error))
        return fail(&error);
    return remove_all(writer, operands, count);
}

const struct command REMOVE_COMMAND = {
    .name = "remove",
    .operands = "ID|PATH…",
    .summary = "take replies out of an index",
    .details =
        "A reply is named by its id, or by the path of the file it was read from, which need\n"
        "not be there any more.",
    .options = OPTIONS,
    .run = run,
};
