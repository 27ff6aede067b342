/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index: finds the command's row, reads its options, runs it. */
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/about.h"

static const struct command *const COMMANDS[] = {
    &ADD_COMMAND,   &REMOVE_COMMAND, &STATUS_COMMAND,  &REINDEX_COMMAND, &LEARN_COMMAND,   &WORDS_COMMAND,
    &CHECK_COMMAND, &INSPECT_COMMAND, &CONVERT_COMMAND, &SEGMENT_COMMAND,
    &COMPACT_COMMAND, &SNAPSHOT_COMMAND, &PUBLISH_COMMAND,
    &SPLIT_COMMAND, &MERGE_COMMAND,
};
#define COMMAND_COUNT (sizeof(COMMANDS) / sizeof(COMMANDS[0]))

static enum exit_code print_overview(void)
{
    puts("usage: dafu-index COMMAND [OPTION]… [OPERAND]…\n"
         "\n"
         "Builds the index of government replies that dafu-search reads.\n"
         "\n"
         "commands:");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    puts("  help       show this, or the help of a command\n"
         "\n"
         "dafu-index COMMAND --help tells the options of a command; dafu-index --version the\n"
         "version. Exit codes: 0 done, 1 some documents were left out or the index is damaged,\n"
         "2 misuse or failure.");
    return finish_output(EXIT_DONE);
}

static enum exit_code print_help(const struct command *command)
{
    printf("usage: dafu-index %s [OPTION]…%s%s\n\n%s\n", command->name,
           *command->operands ? " " : "", command->operands, command->summary);
    if (command->details)
        printf("\n%s\n", command->details);
    puts("\noptions:");
    options_help(command->options, stdout);
    return finish_output(EXIT_DONE);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    }
    return NULL;
}

static enum exit_code unknown_command(const char *name)
{
    say("unknown command \"%s\"; try 'dafu-index --help'", name);
    return EXIT_FAILED;
}

static enum exit_code run_help(int argc, char **argv)
{
    if (argc == 0)
        return print_overview();
    const struct command *command = find_command(argv[0]);
    return command ? print_help(command) : unknown_command(argv[0]);
}

static enum exit_code run_command(const struct command *command, int argc, char **argv)
{
    struct error error;
    int count = 0;
    CLEANUP(cleanup_free) const char **operands = calloc((size_t)argc + 1, sizeof(*operands));
    if (!operands) {
        say("out of memory");
        return EXIT_FAILED;
    }
    if (options_parse(command->options, argc, argv, operands, &count, &error)) {
        say("%s; try 'dafu-index %s --help'", error.message, command->name);
        return EXIT_FAILED;
    }
    return help_wanted ? print_help(command) : command->run(operands, count);
}

#define MANUAL "--manual="

static enum exit_code print_manual(const char *form)
{
    if (about_print_manual(form, COMMANDS, COMMAND_COUNT))
        return finish_output(EXIT_DONE);
    say("no manual in the form \"%s\"; there are man, bash, zsh and fish", form);
    return EXIT_FAILED;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        say("no command; try 'dafu-index --help'");
        return EXIT_FAILED;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return (int)print_overview();
    if (strcmp(name, "--version") == 0) {
        about_print_version();
        return (int)finish_output(EXIT_DONE);
    }
    if (strncmp(name, MANUAL, strlen(MANUAL)) == 0)
        return (int)print_manual(name + strlen(MANUAL));
    if (strcmp(name, "help") == 0)
        return (int)run_help(argc - 2, argv + 2);
    const struct command *command = find_command(name);
    return (int)(command ? run_command(command, argc - 2, argv + 2) : unknown_command(name));
}
