/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "indexer/command/about.h"

#include <jansson.h>
#include <libxml/xmlversion.h>
#include <lzma.h>
#include <pcre2.h>
#include <utf8proc.h>
#include <xxhash.h>
#include <zip.h>
#include <zstd.h>

#include "indexer/base/manual.h"

#define COMMANDS_MAX 32

void about_print_version(void)
{
    char pcre[64] = "";
    pcre2_config(PCRE2_CONFIG_VERSION, pcre);
    printf("dafu-index %s\n", DAFU_VERSION);
    printf("Xapian %s, libxml2 %s, libutf8proc %s, jansson %s, PCRE2 %s, liblzma %s, libzip %s\n",
           DAFU_XAPIAN_VERSION, LIBXML_DOTTED_VERSION, utf8proc_version(), jansson_version_str(),
           pcre, lzma_version_string(), zip_libzip_version());
    printf("zstd %s, uchardet %s, xxHash %u.%u.%u" DAFU_ALLOCATOR "\n", ZSTD_versionString(),
           DAFU_UCHARDET_VERSION, XXH_versionNumber() / 10000, XXH_versionNumber() / 100 % 100,
           XXH_versionNumber() % 100);
}

static const char CLOSING[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\ndone\n"
    ".TP\n1\nsome documents were left out or read with loss, or the index is damaged\n"
    ".TP\n2\nmisuse or failure\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B DAFU_DATA\nthe folder of the lexicon and the schema, instead of ../share/dafu beside "
    "the "
    "program\n"
    ".TP\n.B NO_COLOR\nno colour, whatever the terminal\n"
    ".SH SEE ALSO\n"
    ".BR dafu\\-search (1),\n"
    ".BR dafu\\-formats (5)\n";

bool about_print_manual(const char *form, const struct command *const *commands, size_t count)
{
    struct manual_command rows[COMMANDS_MAX];
    for (size_t i = 0; i < count && i < COMMANDS_MAX; i++)
        rows[i] = (struct manual_command) { commands[i]->name, commands[i]->operands,
                                            commands[i]->summary, commands[i]->details,
                                            commands[i]->options };
    const struct manual manual = {
        .program = "dafu-index",
        .tagline = "index Chinese government replies",
        .description = "Builds the index of government replies that dafu-search reads: finds the "
                       "files, understands how a reply is built, segments its text and stores "
                       "ranked passages with their agency, number, date and place in the source.",
        .closing = CLOSING,
        .commands = rows,
        .count = count < COMMANDS_MAX ? count : COMMANDS_MAX,
    };
    return manual_print(&manual, form, stdout);
}
