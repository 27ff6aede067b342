/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search --index DIR QUERY…: ranked passages, or replies with their best passages. */
#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "search/command/about.h"
#include "search/command/filter_options.h"
#include "search/command/query_help.h"
#include "search/command/terminal.h"
#include "search/command/topics.h"
#include "search/output/output.h"

#define SNIPPET_CODEPOINTS 220
#define FACET_VALUES 10 /* of each facet, when nothing is said */
#define LIMIT_UNSET ((unsigned long)-1)

static const char *index_path, *topics_path, *facet_names;
static unsigned long limit = LIMIT_UNSET, offset, passages, facet_values = FACET_VALUES;
static int format, color, sort;
static struct option_list weight_list;
static struct filter_options filter_options;
static bool full, group, total, explain, version, language;

static const struct option OPTIONS[] = {
    INDEX_OPTION(&index_path),
    { "limit", 'n', OPTION_COUNT, "N", NULL,
      "results at most (default 10; 100 with --format=trec or csv)", &limit },
    { "offset", 0, OPTION_COUNT, "N", NULL, "leave out the first N results", &offset },
    { "sort", 's', OPTION_CHOICE, "ORDER", "relevance|date",
      "date: newest first, undated last, without what hardly matches", &sort },
    { "group", 'g', OPTION_FLAG, NULL, NULL, "replies with their best passages", &group },
    { "passages", 0, OPTION_COUNT, "N", NULL, "of each reply with --group (default 3)", &passages },
    FILTER_OPTIONS(filter_options),
    { "facets", 0, OPTION_STRING, "LIST", NULL,
      "count exactly what matches by agency, place, year, session, kind, class, role: names "
      "with commas, or all. A filter does not narrow its own facet",
      &facet_names },
    { "facet-values", 0, OPTION_COUNT, "N", NULL, "of each facet at most (default 10; 0: all)",
      &facet_values },
    { "total", 0, OPTION_FLAG, NULL, NULL, "count exactly how many passages and replies match",
      &total },
    { "format", 'f', OPTION_CHOICE, "FORMAT", OUTPUT_CHOICES,
      "text, json (an object per line), trec or csv", &format },
    { "topics", 't', OPTION_STRING, "FILE", NULL,
      "queries from a file, \"id TAB query\" per line; - is standard input", &topics_path },
    { "explain", 0, OPTION_FLAG, NULL, NULL,
      "show what each score is made of: words, fields, the rest of the document", &explain },
    { "full", 0, OPTION_FLAG, NULL, NULL, "show long passages whole", &full },
    COLOR_OPTION(&color),
    { "weight", 0, OPTION_LIST, "NAME=N", NULL, "change a number of the ranking: for experiments",
      &weight_list },
    HELP_OPTION,
    { "help-query", 0, OPTION_FLAG, NULL, NULL, "print how a query may be written", &language },
    { "version", 'V', OPTION_FLAG, NULL, NULL, "print the version", &version },
    OPTIONS_END,
};

struct session { /* of one run of the program */
    struct searcher *searcher;
    const struct output_format *format;
    struct search_options options;
    struct output output;
    bool many; /* queries: nothing is said about a single one */
    bool found;
};

/* Says on stderr what was done with the query, and when nothing came of it. */
static enum status comment(struct session *session, struct text line,
                           const struct result_list *list, struct arena *arena, struct error *error)
{
    struct text suggestion;
    tell_warnings(list, arena);
    if (list->read_as.data)
        say("searched for: %.*s", TEXT_ARG(list->read_as));
    bool found = list->count || list->group_count;
    if (session->options.offset || !session->options.limit || (found && !list->suggest))
        return STATUS_OK;
    enum status status = searcher_suggest(session->searcher, line, arena, &suggestion, error);
    if (status)
        return status;
    session->output.suggestion = suggestion;
    if (suggestion.data)
        say("%s您是不是要找: %.*s", found ? "" : "nothing found; ", TEXT_ARG(suggestion));
    else if (!found)
        say("nothing found");
    return STATUS_OK;
}

static enum status search_one(struct session *session, struct text line, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct result_list list;
    enum status status =
        searcher_search(session->searcher, line, &session->options, &arena, &list, error);
    if (status)
        return status;
    bool counted = !session->options.limit && list.total > 0;
    session->found = session->found || list.count || list.group_count || counted;
    session->output.line = line;
    session->output.suggestion = (struct text) { NULL, 0 };
    tell_missing(session->searcher);
    if (!session->many)
        status = comment(session, line, &list, &arena, error);
    if (!status)
        status = session->format->write(&session->output, &list, error);
    session->output.first = false;
    return status;
}

/* A query that fails alone (empty, too long) does not stop the others. */
static enum status search_topics(struct session *session, const char *path, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(topics_release) struct topic_list topics = { 0 };
    arena_init(&arena, 0);
    enum status status = topics_read(path, &arena, &topics, error), last = STATUS_OK;
    for (size_t i = 0; i < topics.count && !status && !ferror(stdout); i++) {
        session->output.topic = topics.topics[i].id;
        status = search_one(session, topics.topics[i].query, error);
        if (status == STATUS_MISUSE || status == STATUS_LIMIT) {
            error_prefix(error, status, "line %zu", topics.topics[i].line);
            say("%s", error->message);
            last = status;
            status = STATUS_OK;
        }
    }
    if (!status && last)
        return error_set(error, STATUS_INVALID, "some topics could not be searched");
    return status;
}

static enum status search_operands(struct session *session, const char **operands, int count,
                                   struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text line = join_operands(operands, count, &arena);
    if (!line.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (session->format == &OUTPUTS[OUTPUT_TREC])
        session->output.topic = TEXT("1"); /* a run names its topics */
    return search_one(session, line, error);
}

static enum status check(int operands, struct error *error)
{
    if (!index_path)
        return error_set(error, STATUS_MISUSE, "no index given: use --index DIR");
    if (topics_path && operands)
        return error_set(error, STATUS_MISUSE, "a query and --topics exclude each other");
    if (!topics_path && !operands)
        return error_set(error, STATUS_MISUSE, "no query given");
    if (format == OUTPUT_TREC && group)
        return error_set(error, STATUS_MISUSE, "--group and --format=trec exclude each other");
    return STATUS_OK;
}

static enum status read_options(struct search_options *options, struct weights *weights,
                                struct search_filters *filters, struct error *error)
{
    const struct output_format *written = &OUTPUTS[format];
    *options = (struct search_options) {
        .offset = offset,
        .limit = limit == LIMIT_UNSET ? written->limit : limit,
        .bare = written->bare,
        .one_per_paragraph = written->one_per_paragraph,
        .snippet_codepoints = full ? 0 : SNIPPET_CODEPOINTS,
        .weights = weights,
        .filters = filters,
        .sort = (enum search_sort)sort,
        .group = group,
        .group_passages = passages,
        .explain = explain,
        .exact_total = total,
        .facet_limit = facet_values,
    };
    enum status status = filter_options_read(&filter_options, filters, error);
    for (size_t i = 0; i < weight_list.count && !status; i++)
        status = weights_set(weights, weight_list.values[i], error);
    if (!status && facet_names)
        status = facet_list_read(facet_names, &options->facets, error);
    return status;
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    if (version) {
        about_print_version();
        *found = true;
        return STATUS_OK;
    }
    if (language) {
        *found = true;
        return query_help_print(stdout, error);
    }
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    struct weights weights = WEIGHTS;
    struct search_filters filters;
    struct session session = {
        .format = &OUTPUTS[format],
        .output = { .stream = stdout,
                    .bold = terminal_bold((enum when)color),
                    .columns = terminal_columns(),
                    .first = true,
                    .counts = total || facet_names },
        .many = topics_path != NULL,
    };
    enum status status = check(count, error);
    if (!status)
        status = read_options(&session.options, &weights, &filters, error);
    if (!status)
        status = open_index(index_path, &searcher, error);
    if (status)
        return status;
    session.searcher = searcher;
    status = topics_path ? search_topics(&session, topics_path, error)
                         : search_operands(&session, operands, count, error);
    *found = session.found;
    return status;
}

const struct command QUERY_COMMAND = {
    .name = "query",
    .operands = "QUERY...\n       dafu-search --index DIR --topics FILE --format=trec",
    .summary = "find passages; the name of this command may be left out",
    .details =
        "\n"
        "Prints the passages of government replies that answer the query, the best first.\n"
        "\n"
        "  停车 补贴标准          any of the words; passages with more and rarer ones come first\n"
        "  \"一网通办\"  《…》      exactly this\n"
        "  停车 -收费             without this; also AND, OR, NOT, ( )\n"
        "  机关:经信局 年份:2024..2026 部分:下步    fields and ranges\n"
        "  第13号提案             the reply to it; document numbers likewise\n"
        "\n"
        "--help-query tells all of it.\n",
    .options = OPTIONS,
    .run = run,
};
