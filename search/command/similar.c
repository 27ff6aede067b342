/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search similar ID|FILE: replies that say the same (查重). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/command/command.h"
#include "search/command/filter_options.h"
#include "search/command/terminal.h"
#include "search/draft/draft.h"
#include "search/output/similar_output.h"
#include "search/searcher/reply_view.h"

#define LEAST 0.15

static const char *index_path, *least_given;
static unsigned long limit = 10, overlaps = 3;
static int format, color;
static bool draft_only;
static struct filter_options filter_options;

static const struct option OPTIONS[] = {
    INDEX_OPTION(&index_path),
    { "limit", 'n', OPTION_COUNT, "N", NULL, "replies at most (default 10)", &limit },
    { "overlaps", 0, OPTION_COUNT, "N", NULL,
      "pairs of passages with the same text to show of each (default 3)", &overlaps },
    { "least", 0, OPTION_STRING, "SCORE", NULL, "leave out what is less similar (default 0.15)",
      &least_given },
    { "draft", 0, OPTION_FLAG, NULL, NULL,
      "the operand is a file, also when the index has a reply of that name", &draft_only },
    FILTER_OPTIONS(filter_options),
    { "format", 'f', OPTION_CHOICE, "FORMAT", EXTRACT_CHOICES,
      "text, json (an object per line) or csv", &format },
    COLOR_OPTION(&color),
    HELP_OPTION,
    OPTIONS_END,
};

struct draft { /* arena-held */
    struct arena *arena;
    struct text *passages;
    size_t count;
};

static enum status read_draft(const char *path, struct draft *draft, struct error *error)
{
    const void *table = NULL;
    enum status status = module_open(DRAFT_MODULE, DRAFT_SYMBOL, &table, error);
    const struct draft_module *reader = table;
    return status ? status
                  : reader->read(path, draft->arena, &draft->passages, &draft->count, error);
}

static enum status read_least(double *out, struct error *error)
{
    char *end = NULL;
    *out = least_given ? strtod(least_given, &end) : LEAST;
    if (least_given && (end == least_given || *end || !(*out >= 0 && *out <= 1)))
        return error_set(error, STATUS_MISUSE, "a similarity is between 0 and 1: \"%s\"",
                         least_given);
    return STATUS_OK;
}

static enum status compare(struct searcher *searcher, const char *operand,
                           const struct similar_options *options, struct draft *draft,
                           struct similar_list *list, struct error *error)
{
    struct text id = { NULL, 0 };
    enum status status = STATUS_NOT_FOUND;
    bool input = strcmp(operand, "-") == 0;
    if (!input && !draft_only && utf8_find_invalid(text_of(operand)) == TEXT_NONE)
        status = searcher_find_reply(searcher, text_of(operand), draft->arena, &id, error);
    if (!status)
        return searcher_similar_to(searcher, id, options, draft->arena, &draft->passages,
                                   &draft->count, list, error);
    if (status != STATUS_NOT_FOUND)
        return status;
    if (!input && !draft_only && access(operand, F_OK) != 0)
        return error_set(error, STATUS_NOT_FOUND, "neither a reply of the index nor a file: \"%s\"",
                         operand);
    status = read_draft(input ? "/dev/stdin" : operand, draft, error);
    if (!status)
        status = searcher_similar(searcher, draft->passages, draft->count, options, draft->arena,
                                  list, error);
    return status;
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct search_filters filters;
    struct similar_options options = { .limit = limit, .overlaps = overlaps, .filters = &filters };
    struct draft draft = { .arena = &arena };
    struct similar_list list = { 0 };
    if (count != 1)
        return error_set(error, STATUS_MISUSE, "one reply or one file at a time");
    enum status status = filter_options_read(&filter_options, &filters, error);
    if (!status)
        status = read_least(&options.least, error);
    if (!status)
        status = open_index(index_path, &searcher, error);
    if (!status)
        status = compare(searcher, operands[0], &options, &draft, &list, error);
    if (!status)
        tell_missing(searcher);
    if (status)
        return status;
    *found = list.count > 0;
    if (!list.count)
        say("nothing similar found");
    const struct output output = { .stream = stdout,
                                   .bold = terminal_bold((enum when)color),
                                   .columns = terminal_columns() };
    return similar_write(&output, (enum extract_format)format, draft.passages, &list, error);
}

const struct command SIMILAR_COMMAND = {
    .name = "similar",
    .operands = "ID|FILE|-",
    .summary = "find replies that say the same as a reply, or as a draft in any readable format",
    .details = "相似 (score) is the share of the draft's pairs of characters that the reply has, "
               "too, the rare\n"
               "ones counting more: 1 is all of them, a reply about something else has about 0.1.\n"
               "重合 (copied) is the share of its characters that stand in the reply in runs of "
               "ten or more.\n- is a draft from standard input.",
    .options = OPTIONS,
    .run = run,
};
