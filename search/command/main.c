/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search: ranked passages for a query. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/options.h"
#include "search/command/topics.h"
#include "search/output/output.h"

#define EXIT_FOUND 0
#define EXIT_NOTHING 1
#define EXIT_FAILED 2

#define COLUMNS_DEFAULT 80
#define COLUMNS_MOST 120 /* longer lines of Chinese text are hard to read */
#define SNIPPET_CODEPOINTS 220

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct command_line {
    const char *index;
    unsigned long limit, offset;
    int format, color;
    const char *topics;
    struct option_list weights;
    bool full, help, version;
};

#define LIMIT_UNSET ((unsigned long)-1)

static int fail(const struct error *error)
{
    fprintf(stderr, "dafu-search: %s\n", error->message);
    return EXIT_FAILED;
}

static void print_help(const struct option *options)
{
    puts("usage: dafu-search --index DIR QUERY...\n"
         "       dafu-search --index DIR --topics FILE --format=trec\n"
         "\n"
         "Prints the passages of government replies that answer the query, the best first.\n"
         "\n"
         "  停车 补贴标准          any of the words; passages with more and rarer ones come first\n"
         "  \"一网通办\"  《…》      exactly this\n"
         "  停车 -收费             without this\n"
         "  A AND B, A OR B, NOT A, ( )\n"
         "  标题:停车  机关:经信局  文号:甬经信函〔2026〕9号  年份:2024..2026\n"
         "  届次:十六届五次  类型:提案  部分:下步  日期:2026-06  类别:A  地区:宁波市\n"
         "  第13号提案             the reply to it; document numbers likewise\n");
    options_help(options, stdout);
    puts("\nExit code: 0 found, 1 nothing found, 2 misuse or failure.");
}

static size_t terminal_columns(void)
{
    struct winsize size;
    size_t columns = COLUMNS_DEFAULT;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    return columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
}

static bool use_bold(enum when when)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (when != WHEN_AUTO)
        return when == WHEN_ALWAYS;
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
           !(term && strcmp(term, "dumb") == 0);
}

/* -收费 is a word of the query, not an option: options are ASCII. The blank hides it. */
static bool protect_words(int argc, char **argv, struct arena *arena)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool denied = argv[i][0] == '-' && ((unsigned char)argv[i][1] >= 0x80 || argv[i][1] == '"');
        struct text word = denied ? arena_printf(arena, " %s", argv[i]) : TEXT("");
        if (!word.data)
            return false;
        if (denied)
            argv[i] = (char *)(uintptr_t)word.data;
    }
    return true;
}

struct session { /* of one run of the program */
    struct searcher *searcher;
    const struct output_format *format;
    struct search_options options;
    struct output output;
    bool many; /* queries: nothing is said about a single one */
    bool found;
};

/* Says on stderr what was done with the query, and when nothing came of it. */
static enum status explain(struct session *session, struct text line,
                           const struct result_list *list, struct arena *arena, struct error *error)
{
    struct text suggestion;
    if (list->read_as.data)
        fprintf(stderr, "dafu-search: searched for: %.*s\n", TEXT_ARG(list->read_as));
    if (list->count || session->options.offset || !session->options.limit)
        return STATUS_OK;
    enum status status = searcher_suggest(session->searcher, line, arena, &suggestion, error);
    if (status)
        return status;
    if (suggestion.data)
        fprintf(stderr, "dafu-search: nothing found; 您是不是要找: %.*s\n", TEXT_ARG(suggestion));
    else
        fputs("dafu-search: nothing found\n", stderr);
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
    session->found = session->found || list.count > 0;
    session->output.line = line;
    if (!session->many)
        status = explain(session, line, &list, &arena, error);
    return status ? status : session->format->write(&session->output, &list, error);
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
            fail(error);
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
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    for (int i = 0; i < count; i++) {
        if (i)
            buffer_append_byte(&line, ' ');
        buffer_append(&line, text_of(operands[i]));
    }
    if (session->format == &OUTPUTS[OUTPUT_TREC])
        session->output.topic = TEXT("1"); /* a run names its topics */
    enum status status = buffer_status(&line, error);
    return status ? status : search_one(session, buffer_text(&line), error);
}

static enum status check(const struct command_line *command, int operands, struct error *error)
{
    if (!command->index)
        return error_set(error, STATUS_MISUSE, "no index given: use --index DIR");
    if (command->topics && operands)
        return error_set(error, STATUS_MISUSE, "a query and --topics exclude each other");
    if (!command->topics && !operands)
        return error_set(error, STATUS_MISUSE, "no query given");
    return STATUS_OK;
}

static enum status run(const struct command_line *command, const char **operands, int count,
                       bool *found, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    struct weights weights = WEIGHTS;
    enum status status = check(command, count, error);
    for (size_t i = 0; i < command->weights.count && !status; i++)
        status = weights_set(&weights, command->weights.values[i], error);
    if (!status)
        status = searcher_open(command->index, &searcher, error);
    if (status)
        return status;

    const struct output_format *format = &OUTPUTS[command->format];
    struct session session = {
        .searcher = searcher,
        .format = format,
        .options = { .offset = command->offset,
                     .limit = command->limit == LIMIT_UNSET ? format->limit : command->limit,
                     .bare = format->bare,
                     .one_per_paragraph = format->one_per_paragraph,
                     .snippet_codepoints = command->full ? 0 : SNIPPET_CODEPOINTS,
                     .weights = &weights },
        .output = { .stream = stdout,
                    .bold = use_bold((enum when)command->color),
                    .columns = terminal_columns() },
    };
    session.many = command->topics != NULL;
    status = command->topics ? search_topics(&session, command->topics, error)
                             : search_operands(&session, operands, count, error);
    *found = session.found;
    return status;
}

int main(int argc, char **argv)
{
    struct command_line command = { .limit = LIMIT_UNSET };
    const struct option options[] = {
        { "index", 'i', OPTION_STRING, "DIR", NULL, "the index to search", &command.index },
        { "limit", 'n', OPTION_COUNT, "N", NULL,
          "results at most (default 10; 100 with --format=trec)", &command.limit },
        { "offset", 0, OPTION_COUNT, "N", NULL, "leave out the first N results", &command.offset },
        { "format", 'f', OPTION_CHOICE, "FORMAT", OUTPUT_CHOICES,
          "text, json (an object per line) or trec", &command.format },
        { "topics", 't', OPTION_STRING, "FILE", NULL,
          "queries from a file, \"id TAB query\" per line; - is standard input", &command.topics },
        { "full", 0, OPTION_FLAG, NULL, NULL, "show long passages whole", &command.full },
        { "color", 0, OPTION_CHOICE, "WHEN", "auto|always|never",
          "show matched words bold (auto: on a terminal)", &command.color },
        { "weight", 0, OPTION_LIST, "NAME=N", NULL,
          "change a number of the ranking: for experiments", &command.weights },
        { "help", 'h', OPTION_FLAG, NULL, NULL, "print this help", &command.help },
        { "version", 'V', OPTION_FLAG, NULL, NULL, "print the version", &command.version },
        { NULL },
    };
    CLEANUP(cleanup_free) const char **operands = calloc((size_t)argc + 1, sizeof(*operands));
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct error error = { 0 };
    bool found = false;
    int count = 0;

    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen by the write */
    enum status status = operands && protect_words(argc, argv, &arena)
                             ? options_parse(options, argc - 1, argv + 1, operands, &count, &error)
                             : error_set(&error, STATUS_NO_MEMORY, "out of memory");
    if (!status && command.help)
        print_help(options);
    else if (!status && command.version)
        puts("dafu-search " DAFU_VERSION);
    else if (!status)
        status = run(&command, operands, count, &found, &error);
    else
        found = false;

    enum status closed = output_close(status ? NULL : &error);
    if (status == STATUS_MISUSE) {
        fprintf(stderr, "dafu-search: %s (try 'dafu-search --help')\n", error.message);
        return EXIT_FAILED;
    }
    if (status || closed)
        return fail(&error);
    return found || command.help || command.version ? EXIT_FOUND : EXIT_NOTHING;
}
