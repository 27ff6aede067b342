/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index convert: any readable input as one Reply XML collection. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/reply/reply_xml.h"

static const char *output_path;
static bool show_contacts, ocr;

static const struct option OPTIONS[] = {
    { "output", 'o', OPTION_STRING, "FILE", NULL,
      "write FILE instead of standard output; it appears when it is complete", &output_path },
    OCR_OPTION(&ocr),
    { "show-contacts", 0, OPTION_FLAG, NULL, NULL, "names and numbers of contacts as written",
      &show_contacts },
    HELP_OPTION,
    OPTIONS_END,
};

struct conversion {
    FILE *out;
    char *here;            /* the current folder, with a "/" behind it; or NULL */
    struct reply_xml *xml; /* from the first reply on */
};

static enum status name_output(enum status status, struct error *error)
{
    return error_prefix(error, status, "%s", output_path ? output_path : "standard output");
}

static enum status put(void *context, const struct reply *reply, struct arena *arena,
                       struct error *error)
{
    struct conversion *conversion = context;
    enum status status = STATUS_OK;
    if (!conversion->xml)
        status = reply_xml_open(conversion->out, show_contacts, &conversion->xml, error);
    /* a path as id is told from here on: the collection may travel, our folders need not */
    struct reply told = *reply;
    struct text here = text_of(conversion->here);
    if (here.length && text_starts_with(told.id, here))
        told.id = text_slice(told.id, here.length, told.id.length - here.length);
    if (!status)
        status = reply_xml_put(conversion->xml, &told, error);
    return status ? name_output(status, error) : STATUS_OK;
}

/* The current folder with a "/" behind it; NULL when it has no name. */
static char *name_here(void)
{
    CLEANUP(cleanup_free) char *folder = realpath(".", NULL);
    size_t length = folder ? strlen(folder) : 0;
    char *here = folder ? malloc(length + 2) : NULL;
    if (here)
        snprintf(here, length + 2, "%s%s", folder, length > 1 ? "/" : "");
    return here;
}

/* Without a single reply nothing is written. */
static enum exit_code convert(FILE *out, const char **operands, int count, bool *written)
{
    CLEANUP(cleanup_free) char *here = name_here();
    struct conversion conversion = { .out = out, .here = here };
    CLEANUP(intake_release) struct intake intake;
    intake_init(&intake);
    intake.reply = put;
    intake.ocr = ocr;
    intake.context = &conversion;
    enum exit_code code = take_operands(&intake, operands, count);

    struct error error;
    *written = conversion.xml != NULL;
    enum status closed = conversion.xml ? reply_xml_close(conversion.xml, &error) : STATUS_OK;
    if (!closed || code == EXIT_FAILED)
        return code;
    name_output(closed, &error);
    return fail(&error);
}

static enum exit_code cannot_write(const char *path)
{
    say("cannot write '%s': %s", path, strerror(errno));
    return EXIT_FAILED;
}

/* A file that is there is kept until the new one is complete, and gives it its mode. Renaming over
 * a device would destroy it, over a symbolic link the link. */
static enum exit_code find_target(char **target, mode_t *mode)
{
    struct stat file;
    *target = realpath(output_path, NULL);
    if (!*target) {
        mode_t mask = umask(0);
        umask(mask);
        *mode = 0666 & ~mask;
        *target = strdup(output_path);
        return *target ? EXIT_DONE : misuse("out of memory");
    }
    if (stat(*target, &file) || access(*target, W_OK))
        return cannot_write(output_path);
    if (!S_ISREG(file.st_mode))
        return misuse("cannot write '%s': not a regular file", output_path);
    *mode = file.st_mode & 0777;
    return EXIT_DONE;
}

#define UNFINISHED ".dafu-XXXXXX" /* short: the file's own name may be as long as names can be */

/* Beside the file, then renamed over it. */
static enum exit_code convert_to_file(const char **operands, int count)
{
    mode_t mode = 0;
    CLEANUP(cleanup_free) char *target = NULL;
    if (find_target(&target, &mode) != EXIT_DONE)
        return EXIT_FAILED;
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target) + 1 : 0;
    size_t size = (size_t)folder + sizeof(UNFINISHED);
    CLEANUP(cleanup_free) char *unfinished = malloc(size);
    if (!unfinished)
        return misuse("out of memory");
    snprintf(unfinished, size, "%.*s" UNFINISHED, folder, target);
    int descriptor = mkstemp(unfinished);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!out)
        return cannot_write(output_path);

    bool written = false;
    enum exit_code code = convert(out, operands, count, &written);
    bool good = fchmod(descriptor, mode) == 0 && fflush(out) == 0 && fsync(descriptor) == 0;
    if (code == EXIT_FAILED)
        fclose(out);
    else if (fclose(out) || !good || (written && rename(unfinished, target)))
        code = cannot_write(output_path);
    if (!written || code == EXIT_FAILED)
        unlink(unfinished);
    return code;
}

static enum exit_code run(const char **operands, int count)
{
    if (count == 0)
        return misuse("nothing to convert; try 'dafu-index convert --help'");
    if (output_path)
        return convert_to_file(operands, count);
    bool written = false;
    enum exit_code code = convert(stdout, operands, count, &written);
    return code == EXIT_FAILED ? code : finish_output(code); /* one message is enough */
}

const struct command CONVERT_COMMAND = {
    .name = "convert",
    .operands = "FILE…",
    .summary = "write replies as Reply XML, which reads back as the same replies",
    .details = "A FILE may be a folder. Contacts are masked unless --show-contacts is given.",
    .options = OPTIONS,
    .run = run,
};
