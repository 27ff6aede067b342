/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "search/command/about.h"

#include <jansson.h>
#include <lzma.h>
#include <pcre2.h>
#include <utf8proc.h>
#include <zstd.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/manual.h"
#include "search/command/query_help.h"

#define COMMANDS_MAX 32

void about_print_version(void)
{
    char pcre[64] = "";
    pcre2_config(PCRE2_CONFIG_VERSION, pcre);
    printf("dafu-search %s\n", DAFU_VERSION);
    printf("Xapian %s, libxml2 %s, libutf8proc %s, jansson %s, PCRE2 %s, liblzma %s, libzip %s\n",
           DAFU_XAPIAN_VERSION, DAFU_LIBXML2_VERSION, utf8proc_version(), jansson_version_str(),
           pcre, lzma_version_string(), DAFU_LIBZIP_VERSION);
    printf("zstd %s, uchardet %s, libmicrohttpd %s, zlib %s\n", ZSTD_versionString(),
           DAFU_UCHARDET_VERSION, DAFU_MICROHTTPD_VERSION, DAFU_ZLIB_VERSION);
}

static const char CLOSING[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\nfound\n"
    ".TP\n1\nnothing found\n"
    ".TP\n2\nmisuse or failure\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B DAFU_DATA\nthe folder of the lexicon, instead of ../share/dafu beside the program\n"
    ".TP\n.B XDG_DATA_HOME\nsaved searches lie in its folder dafu, instead of ~/.local/share\n"
    ".TP\n.B NO_COLOR\nno colour, whatever the terminal\n"
    ".SH SEE ALSO\n"
    ".BR dafu\\-index (1),\n"
    ".BR dafu\\-formats (5)\n";

bool about_print_manual(const char *form, const struct command *const *commands, size_t count)
{
    struct manual_command rows[COMMANDS_MAX];
    for (size_t i = 0; i < count && i < COMMANDS_MAX; i++)
        rows[i] =
            (struct manual_command) { commands[i] == &QUERY_COMMAND ? NULL : commands[i]->name,
                                      commands[i]->operands, commands[i]->summary,
                                      commands[i]->details, commands[i]->options };
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct manual_list list;
    if (!query_help_list(&arena, &list))
        return false;
    const struct manual manual = {
        .program = "dafu-search",
        .tagline = "search Chinese government replies",
        .description = "Asks an index that dafu-index has built, and shows the passages that "
                       "answer best, each with its agency, document number, date, section and "
                       "place in the source. Without the name of a command the line is a query.",
        .list = list,
        .closing = CLOSING,
        .commands = rows,
        .count = count < COMMANDS_MAX ? count : COMMANDS_MAX,
    };
    return manual_print(&manual, form, stdout);
}
