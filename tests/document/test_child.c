/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/child.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/document/child_sandbox.h"
#include "tests/base/suite.h"

static const struct child_limits AMPLE = { 20, (size_t)1 << 30, (size_t)16 << 20 };

static enum status run(const char *script, struct text input, const struct child_limits *limits,
                       struct buffer *out, struct error *error)
{
    const char *const argv[] = { "sh", "-c", script, NULL };
    return child_run(argv, input, limits, out, error);
}

static void assert_fails(const char *script, const struct child_limits *limits, enum status status,
                         const char *message)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    ck_assert_str_eq(status_name(run(script, TEXT(""), limits, &out, &error)), status_name(status));
    ck_assert_str_eq(error.message, message);
}

static void assert_prints(const char *script, const char *expected)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    enum status status = run(script, TEXT(""), &AMPLE, &out, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    assert_text(buffer_text(&out), expected);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

START_TEST(input_longer_than_a_pipe_comes_back_whole)
{
    CLEANUP(buffer_release) struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
    struct error error;
    for (int i = 0; i < 300000; i++)
        buffer_printf(&in, "%d\n", i);
    ck_assert_int_eq(run("cat", buffer_text(&in), &AMPLE, &out, &error), STATUS_OK);
    ck_assert(text_equal(buffer_text(&in), buffer_text(&out)));
}
END_TEST

START_TEST(input_can_be_sought_but_not_changed)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    enum status status = run("head -c 3; { echo x >/proc/self/fd/0; } 2>/dev/null || echo sealed",
                             TEXT("abcdef"), &AMPLE, &out, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    assert_text(buffer_text(&out), "abcsealed\n");
}
END_TEST

START_TEST(a_program_that_does_not_read_its_input_is_fine)
{
    CLEANUP(buffer_release) struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
    struct error error;
    ck_assert_ptr_nonnull(buffer_reserve(&in, 1 << 20));
    memset(in.data, 'x', 1 << 20);
    in.length = 1 << 20;
    ck_assert_int_eq(run("echo done", buffer_text(&in), &AMPLE, &out, &error), STATUS_OK);
    assert_text(buffer_text(&out), "done\n");
}
END_TEST

START_TEST(a_missing_program_is_named)
{
    const char *const argv[] = { "dafu-no-such-program", NULL };
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    ck_assert_int_eq(child_run(argv, TEXT(""), &AMPLE, &out, &error), STATUS_NOT_FOUND);
    ck_assert_str_eq(error.message, "the program \"dafu-no-such-program\" is not installed");
    ck_assert(!child_available("dafu-no-such-program"));
    ck_assert(child_available("sh"));
}
END_TEST

START_TEST(a_failure_is_told_in_the_words_of_the_program)
{
    assert_fails("echo first >&2; echo second >&2; exit 3", &AMPLE, STATUS_INVALID, "sh: first");
    assert_fails("exit 3", &AMPLE, STATUS_INVALID, "sh failed with exit code 3");
    assert_fails("kill -SEGV $$", &AMPLE, STATUS_INVALID, "sh was ended by signal 11");
    assert_fails("printf '\\377\\001x\\n' >&2; exit 1", &AMPLE, STATUS_INVALID, "sh: ??x");
}
END_TEST

START_TEST(time_is_limited)
{
    const struct child_limits limits = { 1, (size_t)1 << 30, (size_t)1 << 20 };
    static const char *const SCRIPTS[] = {
        "sleep 30",
        "while :; do :; done",
        "exec >&- 2>&-; sleep 30",                /* closes its pipes and hangs */
        "exec >&-; while :; do echo x >&2; done", /* complains without end */
        "sleep 30 & exit 0",                      /* leaves somebody behind who holds the pipes */
        "trap '' TERM INT HUP; sleep 30; sleep 30",
    };
    for (size_t i = 0; i < LENGTH_OF(SCRIPTS); i++) {
        double start = seconds_now();
        assert_fails(SCRIPTS[i], &limits, STATUS_LIMIT, "sh took more than 1 s");
        ck_assert_double_lt(seconds_now() - start, 5);
    }
}
END_TEST

START_TEST(output_is_limited)
{
    const struct child_limits limits = { 20, (size_t)1 << 30, (size_t)2 << 20 };
    assert_fails("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", &limits,
                 STATUS_LIMIT, "more than 2 MiB of text");
}
END_TEST

START_TEST(memory_is_limited)
{
    const struct child_limits limits = { 20, (size_t)64 << 20, (size_t)1 << 20 };
    assert_fails("x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done", &limits, STATUS_LIMIT,
                 "sh needed more than 64 MiB of memory");
}
END_TEST

START_TEST(no_file_can_be_written)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    char path[] = "/tmp/dafu-test-XXXXXX", script[128];
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(fchmod(file, 0666), 0);
    snprintf(script, sizeof(script), "echo hello >%s", path);
    ck_assert_int_ne(run(script, TEXT(""), &AMPLE, &out, &error), STATUS_OK);
    ck_assert_int_eq(lseek(file, 0, SEEK_END), 0);
    close(file);
    unlink(path);
}
END_TEST

START_TEST(the_environment_is_empty_but_for_the_locale)
{
    setenv("DAFU_SECRET", "1", 1);
    assert_prints("echo \"$DAFU_SECRET$HOME$LD_PRELOAD|$LC_ALL\"; pwd", "|C.UTF-8\n/\n");
}
END_TEST

START_TEST(no_open_file_is_inherited)
{
    int file = open("/dev/null", O_RDONLY); /* without O_CLOEXEC */
    ck_assert_int_ge(file, 3);
    assert_prints("for fd in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$fd ] && echo $fd; done; echo end",
                  "end\n");
    close(file);
}
END_TEST

START_TEST(it_works_when_our_own_standard_files_are_closed)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    int kept[3];
    for (int i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD, 10);
        close(i);
    }
    enum status status = run("cat; echo b", TEXT("a"), &AMPLE, &out, &error);
    for (int i = 0; i < 3; i++) {
        dup2(kept[i], i);
        close(kept[i]);
    }
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    assert_text(buffer_text(&out), "ab\n");
}
END_TEST

static size_t count_open_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    ck_assert_ptr_nonnull(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

START_TEST(nothing_is_left_behind)
{
    const struct child_limits limits = { 1, (size_t)1 << 30, (size_t)1 << 20 };
    size_t files = count_open_files();
    assert_prints("echo a", "a\n");
    assert_fails("sleep 30", &limits, STATUS_LIMIT, "sh took more than 1 s");
    assert_fails("exit 1", &limits, STATUS_INVALID, "sh failed with exit code 1");
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
    ck_assert_uint_eq(count_open_files(), files);
}
END_TEST

START_TEST(what_the_program_started_ends_with_it)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    /* the sleeper holds none of our pipes, so nobody waits for it */
    enum status status =
        run("sleep 30 >/dev/null 2>&1 </dev/null & echo $!", TEXT(""), &AMPLE, &out, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    long pid = strtol(out.data, NULL, 10);
    ck_assert_int_gt(pid, 1);
    for (int i = 0; i < 100; i++) {
        char path[64], state = 'X';
        snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
        FILE *file = fopen(path, "r");
        if (!file || fscanf(file, "%*d %*s %c", &state) != 1)
            state = 'X';
        if (file)
            fclose(file);
        if (state == 'X' || state == 'Z')
            return;
        usleep(20000);
    }
    ck_abort_msg("process %ld still runs", pid);
}
END_TEST

/* Connecting from inside to a socket that listens here, on this machine. */
START_TEST(there_is_no_network)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    if (system("unshare --user --net true >/dev/null 2>&1") != 0 || !child_available("bash")) {
        fprintf(stderr, "skipped: no user namespaces here\n");
        return;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t length = sizeof(address);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(server, (struct sockaddr *)&address, length), 0);
    ck_assert_int_eq(listen(server, 1), 0);
    ck_assert_int_eq(getsockname(server, (struct sockaddr *)&address, &length), 0);
    char script[200];
    snprintf(script, sizeof(script),
             "{ exec 3<>/dev/tcp/127.0.0.1/%d; } 2>/dev/null && echo reached",
             ntohs(address.sin_port));
    char check[300];
    snprintf(check, sizeof(check), "bash -c '%s' | grep -q reached", script);
    ck_assert_int_eq(system(check), 0); /* from outside it can be reached */
    const char *const argv[] = { "bash", "-c", script, NULL };
    ck_assert_int_eq(child_run(argv, TEXT(""), &AMPLE, &out, &error), STATUS_INVALID);
    assert_text(buffer_text(&out), "");
    close(server);
}
END_TEST

START_TEST(no_file_but_installed_ones_can_be_read)
{
    if (!child_sandbox_has_landlock()) {
        fprintf(stderr, "skipped: no Landlock here\n");
        return;
    }
    char secret[] = "/tmp/dafu-secret-XXXXXX", script[200];
    int file = mkstemp(secret);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, "secret", 6), 6);
    close(file);
    ck_assert_int_eq(chmod(secret, 0644), 0);
    snprintf(script, sizeof(script), "cat %s 2>/dev/null || echo refused", secret);
    assert_prints(script, "refused\n");
    unlink(secret);
    assert_prints("cat /etc/passwd 2>/dev/null || echo refused", "refused\n");
    assert_prints("ls / 2>/dev/null || echo refused", "refused\n");
    assert_prints("cat /proc/1/cmdline 2>/dev/null || echo refused", "refused\n");
    assert_prints("test -r /usr/bin/env && head -c 4 /usr/bin/env | tail -c 3", "ELF");
    assert_prints("echo gone >/dev/null && echo fine", "fine\n");
}
END_TEST

START_TEST(no_socket_can_be_made)
{
    if (!child_sandbox_has_seccomp() || !child_available("python3")) {
        fprintf(stderr, "skipped: no seccomp here\n");
        return;
    }
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    struct error error;
    static const char PROGRAM[] = "import socket\n"
                                  "for family in socket.AF_INET, socket.AF_INET6, socket.AF_UNIX:\n"
                                  "    try:\n"
                                  "        socket.socket(family)\n"
                                  "        print('made')\n"
                                  "    except PermissionError:\n"
                                  "        print('refused')\n";
    const char *const argv[] = { "python3", "-S", "-c", PROGRAM, NULL };
    ck_assert_msg(!child_run(argv, TEXT(""), &AMPLE, &out, &error), "%s", error.message);
    assert_text(buffer_text(&out), "refused\nrefused\nrefused\n");
}
END_TEST

static void *run_often(void *failures)
{
    for (int i = 0; i < 20; i++) {
        struct buffer out = BUFFER_INIT;
        struct error error;
        if (run("cat", TEXT("hello"), &AMPLE, &out, &error) ||
            !text_equal(buffer_text(&out), TEXT("hello")))
            ++*(size_t *)failures;
        buffer_release(&out);
    }
    return NULL;
}

START_TEST(several_threads_may_run_children)
{
    pthread_t threads[4];
    size_t failures[4] = { 0 };
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run_often, &failures[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_uint_eq(failures[i], 0);
    }
}
END_TEST

RUN_SUITE("child", NULL, NULL, input_longer_than_a_pipe_comes_back_whole,
          input_can_be_sought_but_not_changed, a_program_that_does_not_read_its_input_is_fine,
          a_missing_program_is_named, a_failure_is_told_in_the_words_of_the_program,
          time_is_limited, output_is_limited, memory_is_limited, no_file_can_be_written,
          the_environment_is_empty_but_for_the_locale, no_open_file_is_inherited,
          it_works_when_our_own_standard_files_are_closed, nothing_is_left_behind,
          what_the_program_started_ends_with_it, there_is_no_network,
          no_file_but_installed_ones_can_be_read, no_socket_can_be_made,
          several_threads_may_run_children)
