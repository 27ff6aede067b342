/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fork, limit, exec, and read until the deadline. Between fork and exec only async-signal-safe
 * calls are made, because other threads may hold locks. */
#define _GNU_SOURCE
#include "indexer/document/child.h"

#include "indexer/base/cleanup.h"
#include "indexer/document/child_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMPLAINT_MAX 400 /* bytes of standard error that are kept */

struct child {
    pid_t pid;
    int output; /* our ends of its pipes; -1 closed */
    int complaint;
    char message[COMPLAINT_MAX];
    size_t message_length;
    int outcome; /* of wait4 */
    struct rusage usage;
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool find_program(const char *name, char path[PATH_MAX])
{
    static const char *const FOLDERS[] = { "/usr/local/bin", "/usr/bin", "/bin" };
    for (size_t i = 0; i < sizeof(FOLDERS) / sizeof(FOLDERS[0]); i++) {
        int length = snprintf(path, PATH_MAX, "%s/%s", FOLDERS[i], name);
        if (length > 0 && length < PATH_MAX && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

bool child_available(const char *program)
{
    char path[PATH_MAX];
    return find_program(program, path);
}

/* The input as a file that can be read and sought, but not be changed. */
static enum status make_input(struct text input, int *fd, struct error *error)
{
    *fd = memfd_create("dafu-input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (*fd < 0)
        return error_set(error, STATUS_IO, "cannot make a memory file: %s", strerror(errno));
    for (size_t done = 0; done < input.length;) {
        ssize_t written = write(*fd, input.data + done, input.length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            close_fd(fd);
            return error_set(error, STATUS_IO, "cannot fill a memory file: %s", strerror(errno));
        }
        done += (size_t)written;
    }
    (void)fcntl(*fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    (void)lseek(*fd, 0, SEEK_SET);
    return STATUS_OK;
}

static void limit(int resource, rlim_t value)
{
    struct rlimit both = { value, value };
    (void)setrlimit((__rlimit_resource_t)resource, &both);
}

/* Onto 0, 1 and 2, which the descriptors may be themselves if our own were closed. */
static bool move_into_place(int input, int output, int complaint)
{
    int from[3] = { input, output, complaint };
    for (int i = 0; i < 3; i++)
        if ((from[i] = fcntl(from[i], F_DUPFD, 3)) < 0)
            return false;
    for (int i = 0; i < 3; i++)
        if (dup2(from[i], i) < 0)
            return false;
    return true;
}

/* In the child: never returns. */
static void become(const char *path, const char *const argv[], int input, int output, int complaint,
                   const struct child_limits *limits)
{
    static char *const ENVIRONMENT[] = {
        "LC_ALL=C.UTF-8",
        "PATH=/usr/bin:/bin",
        "OMP_THREAD_LIMIT=1", /* tesseract: more threads only wait for each other */
        NULL,
    };
    (void)setpgid(0, 0);
    (void)unshare(CLONE_NEWUSER | CLONE_NEWNET); /* no network; fine where it is refused */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);      /* after unshare, which would clear it */
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (!move_into_place(input, output, complaint) || chdir("/") != 0)
        _exit(127);
    (void)close_range(3, ~0U, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_CPU, limits->seconds);
    limit(RLIMIT_AS, limits->memory);
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGPIPE, SIG_DFL);
    if (!child_sandbox_enter())
        _exit(127);
    execve(path, (char *const *)argv, ENVIRONMENT);
    _exit(127);
}

static enum status start(const char *path, const char *const argv[], int input,
                         const struct child_limits *limits, struct child *child,
                         struct error *error)
{
    int output[2] = { -1, -1 }, complaint[2] = { -1, -1 };
    if (pipe2(output, O_CLOEXEC) || pipe2(complaint, O_CLOEXEC) || (child->pid = fork()) < 0) {
        int number = errno;
        for (int end = 0; end < 2; end++) {
            close_fd(&output[end]);
            close_fd(&complaint[end]);
        }
        return error_set(error, STATUS_IO, "cannot start \"%s\": %s", argv[0], strerror(number));
    }
    if (child->pid == 0)
        become(path, argv, input, output[1], complaint[1], limits);
    (void)setpgid(child->pid, child->pid); /* whoever comes first */
    close_fd(&output[1]);
    close_fd(&complaint[1]);
    child->output = output[0];
    child->complaint = complaint[0];
    return STATUS_OK;
}

static long remaining_ms(const struct timespec *deadline)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (deadline->tv_sec - now.tv_sec) * 1000 + (deadline->tv_nsec - now.tv_nsec) / 1000000;
}

/* Takes what is there from standard output; closes it at its end. */
static enum status take_output(struct child *child, const struct child_limits *limits,
                               size_t *taken, struct buffer *out, struct error *error)
{
    char bytes[65536];
    ssize_t count = read(child->output, bytes, sizeof(bytes));
    if (count < 0)
        return errno == EINTR ? STATUS_OK
                              : error_set(error, STATUS_IO, "cannot read: %s", strerror(errno));
    if (count == 0)
        close_fd(&child->output);
    *taken += (size_t)count;
    if (*taken > limits->output)
        return error_set(error, STATUS_LIMIT, "more than %zu MiB of text", limits->output >> 20);
    buffer_append(out, (struct text) { bytes, (size_t)count });
    return buffer_status(out, error);
}

static void take_complaint(struct child *child)
{
    char bytes[4096];
    ssize_t count = read(child->complaint, bytes, sizeof(bytes));
    if (count < 0 && errno == EINTR)
        return;
    if (count <= 0) {
        close_fd(&child->complaint);
        return;
    }
    size_t room = sizeof(child->message) - child->message_length;
    size_t kept = (size_t)count < room ? (size_t)count : room;
    memcpy(child->message + child->message_length, bytes, kept);
    child->message_length += kept;
}

static enum status too_slow(const char *name, const struct child_limits *limits,
                            struct error *error)
{
    return error_set(error, STATUS_LIMIT, "%s took more than %u s", name, limits->seconds);
}

static enum status listen_to(struct child *child, const char *name,
                             const struct child_limits *limits, const struct timespec *deadline,
                             struct buffer *out, struct error *error)
{
    size_t taken = 0;
    while (child->output >= 0 || child->complaint >= 0) {
        long wait_ms = remaining_ms(deadline);
        if (wait_ms <= 0)
            return too_slow(name, limits, error);
        struct pollfd ends[2] = { { child->output, POLLIN, 0 }, { child->complaint, POLLIN, 0 } };
        if (poll(ends, 2, (int)wait_ms) < 0) {
            if (errno == EINTR)
                continue;
            return error_set(error, STATUS_IO, "cannot wait for \"%s\": %s", name, strerror(errno));
        }
        if (ends[1].revents)
            take_complaint(child);
        if (ends[0].revents) {
            enum status status = take_output(child, limits, &taken, out, error);
            if (status)
                return status;
        }
    }
    return STATUS_OK;
}

/* Closing its pipes is not the end of a program. Leaves it to be reaped by end_child. */
static enum status wait_for(const struct child *child, const char *name,
                            const struct child_limits *limits, const struct timespec *deadline,
                            struct error *error)
{
    struct timespec nap = { 0, 500000 };
    for (;;) {
        siginfo_t info = { .si_pid = 0 };
        int failed = waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT);
        if (!failed && info.si_pid == child->pid)
            return STATUS_OK;
        if (failed && errno != EINTR)
            return error_set(error, STATUS_IO, "cannot wait for \"%s\": %s", name, strerror(errno));
        if (remaining_ms(deadline) <= 0)
            return too_slow(name, limits, error);
        (void)nanosleep(&nap, NULL);
        if (nap.tv_nsec < 16000000)
            nap.tv_nsec *= 2;
    }
}

/* Its whole process group goes (its number is taken until the child is reaped, so it is nobody
 * else's), and nothing of it stays in the process table. */
static void end_child(struct child *child)
{
    close_fd(&child->output);
    close_fd(&child->complaint);
    (void)kill(-child->pid, SIGKILL);
    (void)kill(child->pid, SIGKILL);
    while (wait4(child->pid, &child->outcome, 0, &child->usage) < 0 && errno == EINTR)
        ;
}

/* The first line that it printed on standard error, as ASCII. */
static struct text first_complaint(struct child *child)
{
    const char *end = memchr(child->message, '\n', child->message_length);
    size_t length = end ? (size_t)(end - child->message) : child->message_length;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)child->message[i] >= 0x80)
            child->message[i] = '?';
    return text_trim((struct text) { child->message, length });
}

static enum status judge(struct child *child, const char *name, const struct child_limits *limits,
                         struct error *error)
{
    int outcome = child->outcome;
    if (WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0)
        return STATUS_OK;
    int number = WIFSIGNALED(outcome) ? WTERMSIG(outcome) : 0;
    if (number == SIGXCPU || number == SIGKILL)
        return too_slow(name, limits, error);
    /* a program that meets its memory limit aborts, crashes or says so and fails */
    if ((size_t)child->usage.ru_maxrss * 1024 > limits->memory / 2)
        return error_set(error, STATUS_LIMIT, "%s needed more than %zu MiB of memory", name,
                         limits->memory >> 20);
    if (number)
        return error_set(error, STATUS_INVALID, "%s was ended by signal %d", name, number);
    struct text complaint = first_complaint(child);
    if (!complaint.length)
        return error_set(error, STATUS_INVALID, "%s failed with exit code %d", name,
                         WEXITSTATUS(outcome));
    return error_set(error, STATUS_INVALID, "%s: %.*s", name, TEXT_ARG(complaint));
}

enum status child_run(const char *const argv[], struct text input,
                      const struct child_limits *limits, struct buffer *out, struct error *error)
{
    char path[PATH_MAX];
    if (!find_program(argv[0], path))
        return error_set(error, STATUS_NOT_FOUND, "the program \"%s\" is not installed", argv[0]);

    int fd;
    enum status status = make_input(input, &fd, error);
    if (status)
        return status;
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += (time_t)limits->seconds;
    struct child child = { .pid = -1, .output = -1, .complaint = -1 };
    status = start(path, argv, fd, limits, &child, error);
    close_fd(&fd);
    if (status)
        return status;

    status = listen_to(&child, argv[0], limits, &deadline, out, error);
    if (!status)
        status = wait_for(&child, argv[0], limits, &deadline, error);
    end_child(&child);
    return status ? status : judge(&child, argv[0], limits, error);
}
