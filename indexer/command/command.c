/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all commands do alike: messages, exit codes, operands, signals. */
#include "indexer/command/command.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"

bool help_wanted;

static void say_list(const char *format, va_list arguments)
{
    char text[ERROR_MESSAGE_SIZE];
    vsnprintf(text, sizeof(text), format, arguments);
    struct error line;
    error_set(&line, STATUS_OK, "%s", text); /* control characters and half code points go */
    fprintf(stderr, "dafu-index: %s\n", line.message);
}

void say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_list(format, arguments);
    va_end(arguments);
}

enum exit_code fail(const struct error *error)
{
    say("%s", error->message);
    return EXIT_FAILED;
}

enum exit_code misuse(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_list(format, arguments);
    va_end(arguments);
    return EXIT_FAILED;
}

enum exit_code finish_output(enum exit_code code)
{
    struct error error;
    return output_close(&error) ? fail(&error) : code;
}

static void tell_line(void *context, const char *line)
{
    fflush(stdout); /* answers and messages in their order, where both go to one place */
    say("%s", line);
}

enum exit_code take_operands(struct intake *intake, const char **operands, int count)
{
    struct error error;
    intake->tell = tell_line;
    for (int i = 0; i < count; i++) {
        if (intake_run(intake, operands[i], &error))
            return fail(&error);
    }
    return intake_left_out(intake) || intake->losses ? EXIT_PARTLY : EXIT_DONE;
}

#ifdef __SANITIZE_ADDRESS__

void explain_crashes(const char *path)
{
    /* the sanitizer tells much more */
}

#else

static char crash_line[ERROR_MESSAGE_SIZE];

/* Only what a signal handler may call. */
static void tell_crash(int signal_number)
{
    ssize_t written = write(STDERR_FILENO, crash_line, strlen(crash_line));
    (void)written; /* nobody is left to hear of it */
    _exit(EXIT_FAILED);
}

void explain_crashes(const char *path)
{
    snprintf(
        crash_line, sizeof(crash_line),
        "dafu-index: crashed; a damaged index can cause that: dafu-index check --index %.512s; "
        "what was not committed is not in it\n",
        path);
    static char stack[65536];
    const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
    sigaltstack(&alternate, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = tell_crash;
    action.sa_flags = (int)SA_RESETHAND | SA_ONSTACK;
    static const int CRASHES[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE };
    for (size_t i = 0; i < sizeof(CRASHES) / sizeof(CRASHES[0]); i++)
        sigaction(CRASHES[i], &action, NULL);
}

#endif

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    interrupted = 1;
}

const volatile sig_atomic_t *watch_signals(void)
{
    static const int SIGNALS[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof(SIGNALS) / sizeof(SIGNALS[0]); i++) {
        struct sigaction action;
        sigaction(SIGNALS[i], NULL, &action);
        if (action.sa_handler == SIG_IGN)
            continue; /* nohup, or a shell's background job */
        memset(&action, 0, sizeof(action));
        action.sa_handler = interrupt;
        action.sa_flags = (int)SA_RESETHAND | SA_RESTART;
        sigaction(SIGNALS[i], &action, NULL);
    }
    return &interrupted;
}
