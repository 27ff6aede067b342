/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search serve: the service, until a signal ends it. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "search/command/command.h"
#include "search/server/http.h"

#define TOKEN_MIN 16 /* bytes: what cannot be guessed */
#define TOKEN_MAX 256
#define THREADS_MAX 256
#define SECONDS_MAX 3600
#define CACHE_MAX 65536 /* MiB */
#define TELL_SECONDS 5

static struct {
    const char *index, *listen, *log, *token_file, *seconds;
    unsigned long threads, queue, connections, idle, rate, burst, cache;
    struct option_list proxies;
} line = { .listen = "127.0.0.1:8080",
           .queue = 64,
           .connections = 16384,
           .seconds = "10",
           .idle = 30,
           .rate = 20,
           .burst = 100,
           .cache = 32 };

/* The token is the file's first line: a command line is visible to every user of the machine. */
static enum status read_token(const char *path, struct buffer *out, struct error *error)
{
    struct text rest, token;
    enum status status = file_read(path, 1 << 16, out, error);
    if (status)
        return status;
    rest = buffer_text(out);
    text_split(&rest, TEXT("\n"), &token);
    token = text_trim(token);
    if (token.length < TOKEN_MIN || token.length > TOKEN_MAX)
        return error_set(error, STATUS_MISUSE, "the token is not %d to %d bytes long \"%s\"",
                         TOKEN_MIN, TOKEN_MAX, path);
    memmove(out->data, token.data, token.length);
    out->data[token.length] = 0;
    out->length = token.length;
    return STATUS_OK;
}

/* "10" or "0.25". */
static enum status read_seconds(const char *seconds, size_t *milliseconds, struct error *error)
{
    struct text rest = text_of(seconds), whole;
    unsigned long long number, thousandths = 0;
    text_split(&rest, TEXT("."), &whole);
    char digits[] = "000";
    if (rest.length <= 3)
        memcpy(digits, rest.data, rest.length);
    if (rest.length > 3 || !text_to_u64(whole, &number) || number > SECONDS_MAX ||
        !text_to_u64(text_of(digits), &thousandths) || number + thousandths == 0)
        return error_set(error, STATUS_MISUSE, "no time for a search \"%s\"", seconds);
    *milliseconds = (size_t)(number * 1000 + thousandths);
    return STATUS_OK;
}

static enum status check(const char **operands, int count, struct error *error)
{
    if (count)
        return error_set(error, STATUS_MISUSE, "what is this for? \"%s\"", operands[0]);
    if (!line.index)
        return error_set(error, STATUS_MISUSE, "no index given: use --index DIR");
    if (line.cache > CACHE_MAX)
        return error_set(error, STATUS_MISUSE, "a cache of more than %d MiB", CACHE_MAX);
    if (line.threads > THREADS_MAX)
        return error_set(error, STATUS_MISUSE, "more than %d threads", THREADS_MAX);
    if (!line.queue || !line.connections || !line.idle || !line.burst)
        return error_set(error, STATUS_MISUSE, "a limit of 0 would answer nobody");
    return STATUS_OK;
}

/* Every client's search meets the same failure: it is told once in some seconds. */
static void tell_failure(const struct error *error)
{
    static atomic_llong told;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long last = atomic_load(&told), second = (long long)now.tv_sec + 1;
    if ((!last || second - last >= TELL_SECONDS) &&
        atomic_compare_exchange_strong(&told, &last, second))
        say("%s", error->message);
}

/* The signals are blocked in every thread; here they are waited for. */
static void serve_until_stopped(const struct http_module *service, struct http *http,
                                const sigset_t *signals)
{
    struct error error;
    int signal = 0;
    while (sigwait(signals, &signal) == 0 && signal == SIGHUP)
        if (service->reload(http, &error))
            say("%s", error.message);
}

static enum status serve(const struct http_module *service, const char *token, size_t search_ms,
                         struct error *error)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const char *proxies[OPTION_LIST_MAX + 1] = { NULL };
    for (size_t i = 0; i < line.proxies.count; i++)
        proxies[i] = line.proxies.values[i];
    const struct http_options options = {
        .proxies = proxies,
        .client_rate = line.rate,
        .client_burst = line.burst,
        .index = line.index,
        .listen = line.listen,
        .access_log = line.log,
        .token = token,
        .threads = line.threads     ? line.threads
                   : processors > 1 ? (size_t)processors
                                    : 2,
        .queue = line.queue,
        .connections = line.connections,
        .cache_bytes = line.cache << 20,
        .search_ms = search_ms,
        .idle_seconds = line.idle,
        .failed = tell_failure,
    };
    struct http_options all = options;
    struct http *http = NULL;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN); /* a client that goes away is seen by the write */
    enum status status = read_shard_options(&all.shards, error);
    if (!status)
        status = service->start(&all, &http, error);
    if (status)
        return status;
    if (!service->is_local(http) && !token)
        fputs("dafu-search: anyone who reaches this address can search: see --token-file\n",
              stderr);
    say("serving on %s", service->address(http));
    serve_until_stopped(service, http, &signals);
    service->stop(http);
    return STATUS_OK;
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(buffer_release) struct buffer token = BUFFER_INIT;
    size_t search_ms = 0;
    enum status status = check(operands, count, error);
    if (!status && line.token_file)
        status = read_token(line.token_file, &token, error);
    if (!status)
        status = read_seconds(line.seconds, &search_ms, error);
    const void *service = NULL;
    if (!status)
        status = module_open(HTTP_MODULE, HTTP_SYMBOL, &service, error);
    *found = true;
    return status ? status : serve(service, token.data, search_ms, error);
}

static const struct option OPTIONS[] = {
    INDEX_OPTION(&line.index),
    { "listen", 'l', OPTION_STRING, "ADDRESS", NULL,
      "numeric address and port (default 127.0.0.1:8080; port 0: a free one)", &line.listen },
    { "token-file", 0, OPTION_STRING, "FILE", NULL,
      "answer only who knows the token in FILE: Authorization: Bearer, or as a password",
      &line.token_file },
    { "log", 0, OPTION_STRING, "FILE", NULL,
      "write the access log, in Combined Log Format; - is standard output", &line.log },
    { "client-rate", 0, OPTION_COUNT, "N", NULL,
      "searches a second of one client; more get 429 (default 20; 0: any number)", &line.rate },
    { "client-burst", 0, OPTION_COUNT, "N", NULL,
      "searches of one client at once, after a rest (default 100)", &line.burst },
    { "proxy", 0, OPTION_LIST, "ADDRESS", NULL,
      "believe this proxy's X-Forwarded-For; may be given several times", &line.proxies },
    { "threads", 0, OPTION_COUNT, "N", NULL,
      "searches at the same time (default: one per processor)", &line.threads },
    { "queue", 0, OPTION_COUNT, "N", NULL, "searches that may wait; more get 503 (default 64)",
      &line.queue },
    { "cache", 0, OPTION_COUNT, "MIB", NULL,
      "memory for answers, kept until the index changes (default 32; 0: none)", &line.cache },
    { "connections", 0, OPTION_COUNT, "N", NULL, "open connections (default 16384)",
      &line.connections },
    { "search-seconds", 0, OPTION_STRING, "N", NULL,
      "a search may take so long, then it is stopped and gets 503 (default 10; 0.25)",
      &line.seconds },
    { "idle-seconds", 0, OPTION_COUNT, "N", NULL,
      "a request may take so long to arrive, an answer to leave (default 30)", &line.idle },
    HELP_OPTION,
    OPTIONS_END,
};

const struct command SERVE_COMMAND = {
    .name = "serve",
    .operands = "[--listen 127.0.0.1:8080]",
    .summary = "a page for people and an API for programs, over HTTP",
    .details =
        "GET /api/openapi.json describes the API. SIGTERM stops the service after the answers\n"
        "that are under way, SIGHUP opens index and log anew.\n",
    .options = OPTIONS,
    .run = run,
};
