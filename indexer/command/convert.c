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
    struct reply_xml *xml; /* from the first reply on */
};

static enum status put(void *context, const struct reply *reply, struct arena *arena,
                       struct error *error)
{
    struct conversion *conversion = context;
    enum status status = STATUS_OK;
    if (!conversion->xml)
        status = reply_xml_open(conversion->out, show_contacts, &conversion->xml, error);
    return status ? status : reply_xml_put(conversion->xml, reply, error);
}

/* Without a single reply nothing is written. */
static enum exit_code convert(FILE *out, const char **operands, int count, bool *written)
{
    struct conversion conversion = { .out = out };
    CLEANUP(intake_release) struct intake intake;
    intake_init(&intake);
    intake.reply = put;
    intake.ocr = ocr;
    intake.context = &conversion;
    enum exit_code code = take_operands(&intake, operands, count);

    struct error error;
    *written = conversion.xml != NULL;
    if (conversion.xml && reply_xml_close(conversion.xml, &error) && code != EXIT_FAILED)
        return fail(&error);
    return code;
}

static enum exit_code cannot_write(const char *path)
{
    say("cannot write '%s': %s", path, strerror(errno));
    return EXIT_FAILED;
}

/* Beside the file, then renamed over it. */
static enum exit_code convert_to_file(const char **operands, int count)
{
    size_t size = strlen(output_path) + sizeof(".XXXXXX");
    CLEANUP(cleanup_free) char *unfinished = malloc(size);
    if (!unfinished) {
        say("out of memory");
        return EXIT_FAILED;
    }
    snprintf(unfinished, size, "%s.XXXXXX", output_path);
    int descriptor = mkstemp(unfinished);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!out)
        return cannot_write(output_path);

    bool written = false;
    enum exit_code code = convert(out, operands, count, &written);
    mode_t mask = umask(0);
    umask(mask);
    bool good = fchmod(descriptor, 0666 & ~mask) == 0 && fflush(out) == 0 && fsync(descriptor) == 0;
    if (fclose(out) || !good)
        code = cannot_write(output_path);
    else if (written && code != EXIT_FAILED && rename(unfinished, output_path))
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
    return finish_output(convert(stdout, operands, count, &written));
}

const struct command CONVERT_COMMAND = {
    .name = "convert",
    .operands = "FILE…",
    .summary = "write replies as Reply XML, which reads back as the same replies",
    .details = "A FILE may be a folder. Contacts are masked unless --show-contacts is given.",
    .options = OPTIONS,
    .run = run,
};
