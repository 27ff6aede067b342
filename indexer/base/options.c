/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the arguments. A misspelt option or choice is compared with all the right ones by
 * edit distance with transpositions (Damerau, CACM 7:3, 1964), as git does for its commands. */
#include "indexer/base/options.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "indexer/base/text.h"
#include "indexer/base/utf8.h"

#define NAME_LONGEST 32 /* bytes; longer words are near nothing */
#define HELP_COLUMNS 80
#define HELP_INDENT_MOST 32

/* The edit distance that counts adjacent swaps as one (optimal string alignment). */
static size_t edit_distance(struct text a, struct text b)
{
    size_t table[NAME_LONGEST + 1][NAME_LONGEST + 1]; /* [i][j]: of a's first i and b's first j */
    for (size_t i = 0; i <= a.length; i++)
        table[i][0] = i;
    for (size_t j = 0; j <= b.length; j++)
        table[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        for (size_t j = 1; j <= b.length; j++) {
            size_t best = table[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]);
            if (table[i - 1][j] + 1 < best)
                best = table[i - 1][j] + 1;
            if (table[i][j - 1] + 1 < best)
                best = table[i][j - 1] + 1;
            bool swapped =
                i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
            if (swapped && table[i - 2][j - 2] + 1 < best)
                best = table[i - 2][j - 2] + 1;
            table[i][j] = best;
        }
    }
    return table[a.length][b.length];
}

struct suggestion {
    struct text wanted; /* what was typed */
    struct text best;   /* the nearest so far; empty: none is near */
    size_t distance;
};

static void suggestion_consider(struct suggestion *suggestion, struct text candidate)
{
    struct text wanted = suggestion->wanted;
    if (wanted.length < 2 || wanted.length > NAME_LONGEST || candidate.length > NAME_LONGEST)
        return;
    size_t distance = text_starts_with(candidate, wanted) ? 1 : edit_distance(wanted, candidate);
    if (distance > (wanted.length + 2) / 3)
        return;
    if (!suggestion->best.length || distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}

struct arguments {
    const struct option *options;
    char **values;
    int count;
    int next;
    struct error *error;
};

/* `dashes` and `name` are what was typed, without a value. */
static enum status unknown_option(const struct arguments *arguments, const char *dashes,
                                  struct text name)
{
    struct suggestion suggestion = { .wanted = name };
    for (const struct option *option = arguments->options; option->name; option++)
        suggestion_consider(&suggestion, text_of(option->name));
    if (!suggestion.best.length)
        return error_set(arguments->error, STATUS_MISUSE, "unknown option \"%s%.*s\"", dashes,
                         TEXT_ARG(name));
    return error_set(arguments->error, STATUS_MISUSE,
                     "unknown option \"%s%.*s\" (did you mean \"--%.*s\"?)", dashes, TEXT_ARG(name),
                     TEXT_ARG(suggestion.best));
}

static enum status set_count(const struct option *option, const char *value, struct error *error)
{
    struct text text = text_of(value);
    size_t digits = strspn(value, "0123456789");
    if (!digits || digits != text.length)
        return error_set(error, STATUS_MISUSE, "not a number for --%s \"%s\"", option->name, value);
    unsigned long long number;
    if (!text_to_u64(text, &number) || number > ULONG_MAX)
        return error_set(error, STATUS_MISUSE, "number too large for --%s \"%s\"", option->name,
                         value);
    *(unsigned long *)option->target = (unsigned long)number;
    return STATUS_OK;
}

static enum status set_choice(const struct option *option, const char *value, struct error *error)
{
    struct suggestion suggestion = { .wanted = text_of(value) };
    struct text rest = text_of(option->choices);
    struct text choice;
    for (int index = 0; text_split(&rest, TEXT("|"), &choice); index++) {
        if (text_equal(choice, suggestion.wanted)) {
            *(int *)option->target = index;
            return STATUS_OK;
        }
        suggestion_consider(&suggestion, choice);
    }
    if (!suggestion.best.length)
        return error_set(error, STATUS_MISUSE, "not one of %s for --%s \"%s\"", option->choices,
                         option->name, value);
    return error_set(error, STATUS_MISUSE, "not one of %s for --%s \"%s\" (did you mean \"%.*s\"?)",
                     option->choices, option->name, value, TEXT_ARG(suggestion.best));
}

static enum status add_to_list(const struct option *option, const char *value, struct error *error)
{
    struct option_list *list = option->target;
    if (list->count == OPTION_LIST_MAX)
        return error_set(error, STATUS_MISUSE, "more than %d times --%s \"%s\"", OPTION_LIST_MAX,
                         option->name, value);
    list->values[list->count++] = value;
    return STATUS_OK;
}

static enum status set_value(const struct option *option, const char *value, struct error *error)
{
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->target = true;
        return STATUS_OK;
    case OPTION_STRING:
        *(const char **)option->target = value;
        return STATUS_OK;
    case OPTION_COUNT:
        return set_count(option, value, error);
    case OPTION_CHOICE:
        return set_choice(option, value, error);
    case OPTION_LIST:
        return add_to_list(option, value, error);
    }
    return STATUS_MISUSE;
}

static const char *argument_name(const struct option *option)
{
    return option->argument                                   ? option->argument
           : option->kind == OPTION_CHOICE && option->choices ? option->choices
                                                              : "VALUE";
}

/* The value is the next argument. */
static enum status take_value(struct arguments *arguments, const struct option *option)
{
    const char *value =
        arguments->next < arguments->count ? arguments->values[arguments->next] : NULL;
    if (!value || strncmp(value, "--", 2) == 0)
        return error_set(arguments->error, STATUS_MISUSE, "missing %s for option \"--%s\"",
                         argument_name(option), option->name);
    arguments->next++;
    return set_value(option, value, arguments->error);
}

/* --name, --name VALUE or --name=VALUE */
static enum status parse_long(struct arguments *arguments, const char *typed)
{
    const char *equals = strchr(typed, '=');
    struct text name = text_of(typed + 2);
    if (equals)
        name.length = (size_t)(equals - name.data);

    for (const struct option *option = arguments->options; option->name; option++) {
        if (!text_equal(name, text_of(option->name)))
            continue;
        if (option->kind == OPTION_FLAG && equals)
            return error_set(arguments->error, STATUS_MISUSE, "option takes no value \"%s\"",
                             typed);
        if (option->kind == OPTION_FLAG || equals)
            return set_value(option, equals ? equals + 1 : NULL, arguments->error);
        return take_value(arguments, option);
    }
    return unknown_option(arguments, "--", name);
}

/* -n VALUE, -nVALUE, or joined flags of which the last may take a value */
static enum status parse_letters(struct arguments *arguments, const char *typed)
{
    for (const char *letter = typed + 1; *letter; letter++) {
        const struct option *option = arguments->options;
        while (option->name && option->letter != *letter)
            option++;
        if (!option->name)
            return unknown_option(arguments, "-", text_of(typed + 1)); /* -limit: --limit */
        if (option->kind != OPTION_FLAG)
            return letter[1] ? set_value(option, letter + 1, arguments->error)
                             : take_value(arguments, option);
        set_value(option, NULL, arguments->error);
    }
    return STATUS_OK;
}

enum status options_parse(const struct option *options, int argc, char **argv,
                          const char **operands, int *operand_count, struct error *error)
{
    struct arguments arguments = { options, argv, argc, 0, error };
    bool only_operands = false;
    *operand_count = 0;
    while (arguments.next < argc) {
        const char *typed = argv[arguments.next++];
        enum status status = STATUS_OK;
        if (only_operands || typed[0] != '-' || typed[1] == '\0')
            operands[(*operand_count)++] = typed;
        else if (strcmp(typed, "--") == 0)
            only_operands = true;
        else if (typed[1] == '-')
            status = parse_long(&arguments, typed);
        else
            status = parse_letters(&arguments, typed);
        if (status)
            return status;
    }
    return STATUS_OK;
}

/* "  -l, --limit N"; returns its width in columns. */
static size_t format_left(const struct option *option, char *out, size_t size)
{
    char letter[] = "    ";
    if (option->letter)
        snprintf(letter, sizeof(letter), "-%c, ", option->letter);
    bool has_value = option->kind != OPTION_FLAG;
    snprintf(out, size, "  %s--%s%s%s", letter, option->name, has_value ? " " : "",
             has_value ? argument_name(option) : "");
    return utf8_columns(text_of(out));
}

/* Prints the words of `text`, the first at `column`; returns the column behind the last one. */
static size_t print_words(struct text text, size_t indent, size_t column, FILE *out)
{
    struct text word;
    while (text_split(&text, TEXT(" "), &word)) {
        size_t width = utf8_columns(word);
        bool first = column == indent;
        if (!width)
            continue;
        if (!first && column + 1 + width > HELP_COLUMNS) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            putc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", TEXT_ARG(word));
        column += width;
    }
    return column;
}

static void print_row(const struct option *option, size_t indent, FILE *out)
{
    char left[160];
    size_t width = format_left(option, left, sizeof(left));
    fputs(left, out);
    if (width + 2 > indent)
        fprintf(out, "\n%*s", (int)indent, "");
    else
        fprintf(out, "%*s", (int)(indent - width), "");

    size_t column = print_words(text_of(option->help), indent, indent, out);
    if (option->kind == OPTION_CHOICE && option->argument) {
        char choices[160];
        snprintf(choices, sizeof(choices), "(%s)", option->choices);
        print_words(text_of(choices), indent, column, out);
    }
    putc('\n', out);
}

void options_help(const struct option *options, FILE *out)
{
    size_t indent = 0;
    for (const struct option *option = options; option->name; option++) {
        char left[160];
        size_t width = format_left(option, left, sizeof(left)) + 2;
        if (width > indent && width <= HELP_INDENT_MOST)
            indent = width;
    }
    if (!indent)
        indent = HELP_INDENT_MOST;
    for (const struct option *option = options; option->name; option++)
        print_row(option, indent, out);
}

/* After an earlier write failed, errno is long gone; a pipe still tells that nobody reads it. */
static bool reader_is_gone(int fd)
{
    struct pollfd poller = { .fd = fd, .events = POLLOUT };
    return poll(&poller, 1, 0) == 1 && (poller.revents & POLLERR);
}

enum status output_close(struct error *error)
{
    bool failed_before = ferror(stdout);
    errno = 0;
    int code = fflush(stdout) ? errno : 0;
    if ((!failed_before && !code) || code == EPIPE || reader_is_gone(STDOUT_FILENO))
        return STATUS_OK;
    if (!code)
        return error_set(error, STATUS_IO, "cannot write to \"standard output\"");
    char reason[256];
    if (strerror_r(code, reason, sizeof(reason)))
        snprintf(reason, sizeof(reason), "error %d", code);
    return error_set(error, STATUS_IO, "cannot write to \"standard output\": %s", reason);
}
