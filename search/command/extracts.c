/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search commitments QUERY…: sentences that announce something, with their deadlines.
 * dafu-search figures QUERY…: numbers with unit, what they measure, agency and year.
 * They differ in what is taken out of the passages that a search finds. */
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

/* What the searcher takes out for the query, and its output. */
typedef enum status extracting(struct searcher *searcher, struct text line,
                               const struct search_options *options, const struct output *output,
                               struct arena *arena, size_t *count, struct error *error);

static enum status commitments(struct searcher *searcher, struct text line,
                               const struct search_options *options, const struct output *output,
                               struct arena *arena, size_t *count, struct error *error)
{
    struct commitment_list list;
    enum status status = searcher_commitments(searcher, line, options, arena, &list, error);
    if (status)
        return status;
    *count = list.count;
    return commitments_write(output, (enum extract_format)format, &list, error);
}

static enum status figures(struct searcher *searcher, struct text line,
                           const struct search_options *options, const struct output *output,
                           struct arena *arena, size_t *count, struct error *error)
{
    struct figure_result_list list;
    enum status status = searcher_figures(searcher, line, options, arena, &list, error);
    if (status)
        return status;
    *count = list.count;
    return figures_write(output, (enum extract_format)format, &list, error);
}

static enum status run(const char **operands, int count, extracting *extract, bool *found,
                       struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct search_filters filters;
    if (!count)
        return error_set(error, STATUS_MISUSE, "no query given");
    struct text line = join_operands(operands, count, &arena);
    if (!line.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    const struct search_options options = {
        .limit = limit, .offset = offset, .filters = &filters, .sort = (enum search_sort)sort
    };
    const struct output output = { .stream = stdout,
                                   .bold = terminal_bold((enum when)color),
                                   .columns = terminal_columns() };
    size_t listed = 0;
    enum status status = filter_options_read(&filter_options, &filters, error);
    if (!status)
        status = open_index(index_path, &searcher, error);
    if (!status)
        status = extract(searcher, line, &options, &output, &arena, &listed, error);
    if (!status)
        tell_missing(searcher);
    *found = listed > 0;
    if (!status && !listed && !offset)
        say("nothing found");
    return status;
}

static enum status run_commitments(const char **operands, int count, bool *found,
                                   struct error *error)
{
    return run(operands, count, commitments, found, error);
}

static enum status run_figures(const char **operands, int count, bool *found, struct error *error)
{
    return run(operands, count, figures, found, error);
}

const struct command COMMITMENTS_COMMAND = {
    .name = "commitments",
    .operands = "QUERY...",
    .summary = "list what will be done 下步: the sentences that match, with agency and date",
    .details = "Sentences are taken from sections of plans, and from others where they say so "
               "(下一步, 将, 力争,\n到2027年底). The query is as for a search.",
    .options = OPTIONS,
    .run = run_commitments,
};

const struct command FIGURES_COMMAND = {
    .name = "figures",
    .operands = "QUERY...",
    .summary = "list the numbers that match: unit, what they measure, agency and year",
    .details = "万 and 亿 are multiplied in json and csv, so that two years can be compared. A "
               "year with ? is\nthat of the reply; a sentence that says its own year has none. "
               "Numbers of telephones, documents,\narticles and proposals are no figures.",
    .options = OPTIONS,
    .run = run_figures,
};
