/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search show ID: one reply as the index has it. */
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/command/command.h"
#include "search/command/terminal.h"
#include "search/output/reply_output.h"

static const char *index_path;
static int format, color;

static const struct option OPTIONS[] = {
    INDEX_OPTION(&index_path),
    { "format", 'f', OPTION_CHOICE, "FORMAT", "text|json", "text or json (one object)", &format },
    COLOR_OPTION(&color),
    HELP_OPTION,
    OPTIONS_END,
};

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct reply_view view;
    struct text id;
    if (count != 1)
        return error_set(error, STATUS_MISUSE, "one reply at a time: its id or number");
    if (utf8_find_invalid(text_of(operands[0])) != TEXT_NONE)
        return error_set(error, STATUS_MISUSE, "the id is not valid UTF-8");
    enum status status = open_index(index_path, &searcher, error);
    if (status)
        return status;
    status = searcher_find_reply(searcher, text_of(operands[0]), &arena, &id, error);
    if (!status)
        status = searcher_reply(searcher, id, &arena, &view, error);
    if (status == STATUS_NOT_FOUND) {
        say("%s", error->message);
        return STATUS_OK;
    }
    if (status)
        return status;
    *found = true;
    const struct output output = { .stream = stdout,
                                   .bold = terminal_bold((enum when)color),
                                   .columns = terminal_columns() };
    return format ? reply_json_write(&output, &view, error)
                  : reply_text_write(&output, &view, error);
}

const struct command SHOW_COMMAND = {
    .name = "show",
    .operands = "ID",
    .summary = "show one reply: what it says about itself, headings and passages",
    .details =
        "ID is what json calls \"reply\", a document number (甬经信函〔2026〕9号) or a citation\n"
        "(市政协十六届五次会议第13号提案).",
    .options = OPTIONS,
    .run = run,
};
