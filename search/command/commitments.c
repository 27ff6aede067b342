/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search commitments QUERY…: sentences that announce something, with their deadlines. */
#include "indexer/base/cleanup.h"
#include "search/command/command.h"
#include "search/command/filter_options.h"
#include "search/command/terminal.h"
#include "search/output/extracts_output.h"

static const char *index_path;
static unsigned long limit = 20, offset;
static int format, color, sort;
static struct filter_options filter_options;

static const struct option OPTIONS[] = {
    INDEX_OPTION(&index_path),
    { "limit", 'n', OPTION_COUNT, "N", NULL, "at most (default 20)", &limit },
    { "offset", 0, OPTION_COUNT, "N", NULL, "leave out the first N", &offset },
    { "sort", 's', OPTION_CHOICE, "ORDER", "relevance|date", "date: newest first", &sort },
    FILTER_OPTIONS(filter_options),
    { "format", 'f', OPTION_CHOICE, "FORMAT", EXTRACT_CHOICES,
      "text, json (an object per line) or csv", &format },
    COLOR_OPTION(&color),
    HELP_OPTION,
    OPTIONS_END,
};

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct search_filters filters;
    struct commitment_list list;
    if (!count)
        return error_set(error, STATUS_MISUSE, "no query given");
    struct text line = join_operands(operands, count, &arena);
    if (!line.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    const struct search_options options = {
        .limit = limit, .offset = offset, .filters = &filters, .sort = (enum search_sort)sort
    };
    enum status status = filter_options_read(&filter_options, &filters, error);
    if (!status)
        status = open_index(index_path, &searcher, error);
    if (!status)
        status = searcher_commitments(searcher, line, &options, &arena, &list, error);
    if (status)
        return status;
    *found = list.count > 0;
    if (!list.count && !offset)
        say("nothing found");
    const struct output output = { .stream = stdout,
                                   .bold = terminal_bold((enum when)color),
                                   .columns = terminal_columns() };
    return commitments_write(&output, (enum extract_format)format, &list, error);
}

const struct command COMMITMENTS_COMMAND = {
    .name = "commitments",
    .operands = "QUERY...",
    .summary = "list what will be done 下步: the sentences that match, with agency and date",
    .details = "Sentences are taken from sections of plans, and from others where they say so "
               "(下一步, 将, 力争,\n到2027年底). The query is as for a search.",
    .options = OPTIONS,
    .run = run,
};
