/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search: finds the command's row, reads its options, runs it. Without the name of a command
 * the line is a query. */
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "search/command/about.h"

static const struct command *const COMMANDS[] = {
    &QUERY_COMMAND, &COMMITMENTS_COMMAND, &FIGURES_COMMAND, &SIMILAR_COMMAND, &SHOW_COMMAND,
    &SAVE_COMMAND,  &SAVED_COMMAND,       &NEW_COMMAND,     &SERVE_COMMAND,
};
#define COMMAND_COUNT (sizeof(COMMANDS) / sizeof(*COMMANDS))

bool help_wanted, partial_wanted;
unsigned long shard_seconds = 5;
#define SHARD_SECONDS_MAX 3600

/* ---- for the commands ---- */

void say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("dafu-search: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

enum status read_shard_options(struct shard_options *out, struct error *error)
{
    if (shard_seconds == 0 || shard_seconds > SHARD_SECONDS_MAX)
        return error_set(error, STATUS_MISUSE, "--shard-seconds is 1 to %d", SHARD_SECONDS_MAX);
    *out = SHARD_OPTIONS;
    out->partial = partial_wanted;
    out->answer_ms = (unsigned)shard_seconds * 1000;
    out->connect_ms = out->answer_ms < out->connect_ms ? out->answer_ms : out->connect_ms;
    return STATUS_OK;
}

enum status open_index(const char *path, struct searcher **out, struct error *error)
{
    if (!path)
        return error_set(error, STATUS_MISUSE, "no index given: use --index DIR");
    struct shard_options options;
    enum status status = read_shard_options(&options, error);
    return status ? status : searcher_open_shards(path, &options, out, error);
}

void tell_missing(struct searcher *searcher)
{
    for (const char *const *name = searcher_missing(searcher); *name; name++)
        say("shard \"%s\" does not answer: this is without it", *name);
}

void tell_warnings(const struct result_list *list, struct arena *arena)
{
    for (size_t i = 0; i < list->warnings.count; i++) {
        const struct query_warning *warning = &list->warnings.items[i];
        struct text message = query_warning_message(warning, WARNING_ENGLISH, arena);
        say("column %zu: %.*s", warning->column, TEXT_ARG(message));
    }
}

struct text join_operands(const char **operands, int count, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    for (int i = 0; i < count; i++) {
        if (i)
            buffer_append_byte(&line, ' ');
        buffer_append(&line, text_trim(text_of(operands[i]))); /* columns are as typed */
    }
    return line.failed ? (struct text) { NULL, 0 } : arena_text(arena, buffer_text(&line));
}

/* ---- help ---- */

static void print_overview(void)
{
    puts("\nother commands, dafu-search COMMAND --help tells more:");
    for (size_t i = 1; i < COMMAND_COUNT; i++)
        printf("  %-12s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
}

static void print_help(const struct command *command)
{
    bool query = command == &QUERY_COMMAND;
    printf("usage: dafu-search %s%s%s%s\n", query ? "" : command->name, query ? "" : " ",
           command->places_index ? "" : "--index DIR ", command->operands);
    if (!query)
        printf("\n%s\n", command->summary);
    if (command->details)
        printf("%s%s\n", query ? "" : "\n", command->details);
    options_help(command->options, stdout);
    if (query)
        print_overview();
    puts("\nExit code: 0 found, 1 nothing found, 2 misuse or failure.");
}

/* ---- running ---- */

/* -收费 is a word of the query, not an option: options are ASCII. The blank hides it. */
static bool protect_words(int argc, char **argv, struct arena *arena)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool denied = argv[i][0] == '-' && ((unsigned char)argv[i][1] >= 0x80 || argv[i][1] == '"');
        struct text word = denied ? arena_printf(arena, " %s", argv[i]) : TEXT("");
        if (!word.data)
            return false;
        if (denied)
            argv[i] = (char *)(uintptr_t)word.data;
    }
    return true;
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

static enum exit_code run_command(const struct command *command, int argc, char **argv)
{
    CLEANUP(cleanup_free) const char **operands = calloc((size_t)argc + 1, sizeof(*operands));
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct error error = { 0 };
    bool found = false;
    int count = 0;

    enum status status = operands && protect_words(argc, argv, &arena)
                             ? options_parse(command->options, argc, argv, operands, &count, &error)
                             : error_set(&error, STATUS_NO_MEMORY, "out of memory");
    if (!status && help_wanted)
        print_help(command);
    else if (!status)
        status = command->run(operands, count, &found, &error);

    enum status closed = output_close(status ? NULL : &error);
    bool query = command == &QUERY_COMMAND;
    if (status == STATUS_MISUSE)
        say("%s (try 'dafu-search %s%s--help')", error.message, query ? "" : command->name,
            query ? "" : " ");
    else if (status || closed)
        say("%s", error.message);
    if (status || closed)
        return EXIT_FAILED;
    return found || help_wanted ? EXIT_FOUND : EXIT_NOTHING;
}

#define MANUAL "--manual="

static enum exit_code print_manual(const char *form)
{
    struct error error;
    if (!about_print_manual(form, COMMANDS, COMMAND_COUNT)) {
        say("no manual in the form \"%s\"; there are man, bash, zsh and fish", form);
        return EXIT_FAILED;
    }
    if (!output_close(&error))
        return EXIT_FOUND;
    say("%s", error.message);
    return EXIT_FAILED;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen by the write */
    if (argc > 1 && strncmp(argv[1], MANUAL, strlen(MANUAL)) == 0)
        return (int)print_manual(argv[1] + strlen(MANUAL));
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    int skipped = command ? 2 : 1;
    return (int)run_command(command ? command : &QUERY_COMMAND, argc - skipped, argv + skipped);
}
