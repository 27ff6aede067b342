/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One printer a form. Everything that is printed comes from the tables, so it is quoted for the
 * language that it goes to. */
#include "indexer/base/manual.h"

#include <string.h>

#include "indexer/base/text.h"

/* "dafu-index" as part of a function's name */
static void print_identifier(const char *program, FILE *out)
{
    for (; *program; program++)
        fputc(*program == '-' ? '_' : *program, out);
}

/* Each byte as it is, but for those that `quoted` lists, which `form` is printed for. */
static void print_quoted(const char *text, const char *quoted, const char *form, FILE *out)
{
    for (; *text; text++) {
        if (strchr(quoted, *text))
            fprintf(out, form, *text);
        else
            fputc(*text, out);
    }
}

/* The choices of "a|b|c" with blanks between them. */
static void print_choices(const struct option *option, FILE *out)
{
    for (const char *at = option->choices; at && *at; at++)
        fputc(*at == '|' ? ' ' : *at, out);
}

static bool takes_value(const struct option *option)
{
    return option->kind != OPTION_FLAG;
}

/* --- the manual page: roff with the macros of man(7) --- */

static void print_roff(const char *text, FILE *out)
{
    bool starts = true;
    for (; *text; text++) {
        if (starts && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else
            fputc(*text, out);
        starts = *text == '\n';
    }
}

static void print_option(const struct option *option, FILE *out)
{
    const char *value = option->argument ? option->argument : option->choices;
    fputs(".TP\n", out);
    if (option->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    print_roff(option->name, out);
    fputs("\\fR", out);
    if (takes_value(option) && value) {
        fputs("=\\fI", out);
        print_roff(value, out);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    print_roff(option->help, out);
    if (option->argument && option->choices) {
        fputs(" (", out);
        print_roff(option->choices, out);
        fputc(')', out);
    }
    fputc('\n', out);
}

static void print_command(const struct manual *manual, const struct manual_command *command,
                          FILE *out)
{
    fputs(".SS \"", out);
    print_roff(manual->program, out);
    if (command->name)
        fprintf(out, " %s", command->name);
    fputs("\"\n.RI [ OPTION \"]... \" \"", out);
    print_roff(command->operands, out);
    fputs("\"\n.PP\n", out);
    print_roff(command->summary, out);
    fputc('\n', out);
    if (command->details) {
        fputs(".PP\n", out);
        print_roff(command->details, out);
        fputc('\n', out);
    }
    for (const struct option *option = command->options; option->name; option++)
        print_option(option, out);
}

static void print_list(const struct manual_list *list, FILE *out)
{
    fputs(".SH \"", out);
    print_roff(list->title, out);
    fputs("\"\n", out);
    print_roff(list->introduction, out);
    fputc('\n', out);
    for (size_t i = 0; i < list->count; i++) {
        const struct manual_item *item = &list->items[i];
        fputs(item->text ? ".TP\n\\fB" : ".SS \"", out);
        print_roff(item->term, out);
        fputs(item->text ? "\\fR\n" : "\"\n", out);
        print_roff(item->text ? item->text : "", out);
        fputs(item->text ? "\n" : "", out);
    }
}

static void print_man(const struct manual *manual, FILE *out)
{
    fputs(".\\\" Generated from the program's own tables.\n.TH ", out);
    print_roff(manual->program, out);
    fprintf(out, " 1 \"\" \"dafu %s\" \"dafu\"\n.SH NAME\n", DAFU_VERSION);
    print_roff(manual->program, out);
    fputs(" \\- ", out);
    print_roff(manual->tagline, out);
    fputs("\n.SH DESCRIPTION\n", out);
    print_roff(manual->description, out);
    fputs("\n.SH COMMANDS\n", out);
    for (size_t i = 0; i < manual->count; i++)
        print_command(manual, &manual->commands[i], out);
    if (manual->list.count)
        print_list(&manual->list, out);
    if (manual->closing)
        fputs(manual->closing, out);
}

/* --- bash --- */

static void print_bash_options(const struct manual_command *command, FILE *out)
{
    for (const struct option *option = command->options; option->name; option++)
        fprintf(out, " --%s", option->name);
}

static void print_bash_values(const struct manual_command *command, FILE *out)
{
    fprintf(out, "    %s)\n        case $before in\n", command->name ? command->name : "*");
    for (const struct option *option = command->options; option->name; option++) {
        if (!takes_value(option))
            continue;
        fprintf(out, "        --%s", option->name);
        if (option->letter)
            fprintf(out, "|-%c", option->letter);
        fputs(") words='", out);
        print_choices(option, out);
        fputs("'; options= ;;\n", out);
    }
    fputs("        *) options='", out);
    print_bash_options(command, out);
    fputs("' ;;\n        esac ;;\n", out);
}

static void print_bash(const struct manual *manual, FILE *out)
{
    fputs("# bash completion, generated from the program's own tables\n_", out);
    print_identifier(manual->program, out);
    fputs("()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    local command=${COMP_WORDS[1]} words= options=\n"
          "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    [ \"$word\" = = ] && word=\n"
          "    COMPREPLY=()\n",
          out);
    fputs("    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words='", out);
    for (size_t i = 0; i < manual->count; i++)
        fprintf(out, " %s", manual->commands[i].name ? manual->commands[i].name : "");
    fputs(" --help --version'\n    fi\n    case $command in\n", out);
    for (size_t i = 0; i < manual->count; i++) { /* the nameless one is the last pattern */
        if (manual->commands[i].name)
            print_bash_values(&manual->commands[i], out);
    }
    for (size_t i = 0; i < manual->count; i++) {
        if (!manual->commands[i].name)
            print_bash_values(&manual->commands[i], out);
    }
    fputs("    esac\n"
          "    [ \"${word#-}\" != \"$word\" ] && words=\"$words $options\"\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "}\ncomplete -o bashdefault -o default -F _",
          out);
    print_identifier(manual->program, out);
    fprintf(out, " %s\n", manual->program);
}

/* --- zsh --- */

/* Inside [ ] inside ' '. */
static void print_zsh_help(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fprintf(out, strchr("[]:\\", *text) ? "\\%c" : "%c", *text);
    }
}

static void print_zsh_options(const struct manual_command *command, FILE *out)
{
    for (const struct option *option = command->options; option->name; option++) {
        fprintf(out, "            '%s--%s%s[", option->kind == OPTION_LIST ? "*" : "", option->name,
                takes_value(option) ? "=" : "");
        print_zsh_help(option->help, out);
        fputc(']', out);
        if (takes_value(option)) {
            fputs(":value:", out);
            if (option->choices) {
                fputc('(', out);
                print_choices(option, out);
                fputc(')', out);
            } else {
                fputs("_files", out);
            }
        }
        fputs("' \\\n", out);
    }
    fputs("            '*:operand:_files'\n", out);
}

static void print_zsh(const struct manual *manual, FILE *out)
{
    fprintf(out,
            "#compdef %s\n# generated from the program's own tables\n"
            "if (( CURRENT == 2 )); then\n    local -a commands=(\n",
            manual->program);
    for (size_t i = 0; i < manual->count; i++) {
        if (!manual->commands[i].name)
            continue;
        fprintf(out, "        '%s:", manual->commands[i].name);
        print_quoted(manual->commands[i].summary, "'", "%c\\''", out);
        fputs("'\n", out);
    }
    fputs("    )\n    _describe command commands\nfi\ncase $words[2] in\n", out);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < manual->count; i++) {
            const struct manual_command *command = &manual->commands[i];
            if ((pass == 0) != (command->name != NULL))
                continue;
            fprintf(out, "    %s)\n        _arguments \\\n", command->name ? command->name : "*");
            print_zsh_options(command, out);
            fputs("        ;;\n", out);
        }
    }
    fputs("esac\n", out);
}

/* --- fish --- */

static void print_fish_option(const struct manual *manual, const struct manual_command *command,
                              const struct option *option, FILE *out)
{
    fprintf(out, "complete -c %s", manual->program);
    if (command->name)
        fprintf(out, " -n '__fish_seen_subcommand_from %s'", command->name);
    fprintf(out, " -l %s", option->name);
    if (option->letter)
        fprintf(out, " -s %c", option->letter);
    if (takes_value(option))
        fputs(option->choices ? " -x" : " -r", out);
    if (option->choices) {
        fputs(" -a '", out);
        print_choices(option, out);
        fputc('\'', out);
    }
    fputs(" -d '", out);
    print_quoted(option->help, "'\\", "\\%c", out);
    fputs("'\n", out);
}

static void print_fish(const struct manual *manual, FILE *out)
{
    fputs("# fish completion, generated from the program's own tables\n", out);
    for (size_t i = 0; i < manual->count; i++) {
        const struct manual_command *command = &manual->commands[i];
        if (command->name) {
            fprintf(out, "complete -c %s -n __fish_use_subcommand -a %s -d '", manual->program,
                    command->name);
            print_quoted(command->summary, "'\\", "\\%c", out);
            fputs("'\n", out);
        }
        for (const struct option *option = command->options; option->name; option++)
            print_fish_option(manual, command, option, out);
    }
}

bool manual_print(const struct manual *manual, const char *form, FILE *out)
{
    static const struct {
        const char *form;
        void (*print)(const struct manual *manual, FILE *out);
    } FORMS[] = {
        { "man", print_man }, { "bash", print_bash }, { "zsh", print_zsh }, { "fish", print_fish }
    };
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++) {
        if (strcmp(FORMS[i].form, form) == 0) {
            FORMS[i].print(manual, out);
            return true;
        }
    }
    return false;
}
