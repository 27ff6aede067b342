/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_search INDEX TOPICS [NAME=N...]: what the queries of a file cost in one warm process. Every
 * query runs three times after one round that does not count; of each the best counts. Prints the
 * number of queries, then median, 95th and 99th percentile and mean in milliseconds, of the clock
 * and of the processor. Results have snippets, as a user gets them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "indexer/base/cleanup.h"
#include "search/command/topics.h"
#include "search/searcher/searcher.h"

#define ROUNDS 3

static double milliseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

static void print_times(const char *name, double *times, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += times[i];
    qsort(times, count, sizeof(*times), by_size);
    printf("%s median %.2f p95 %.2f p99 %.2f mean %.2f\n", name, times[count / 2],
           times[count * 95 / 100], times[count * 99 / 100], sum / (double)count);
}

static enum status search(struct searcher *searcher, struct text line,
                          const struct weights *weights, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    const struct search_options options = { .limit = 10,
                                            .snippet_codepoints = 220,
                                            .weights = weights };
    struct result_list list;
    return searcher_search(searcher, line, &options, &arena, &list, error);
}

static enum status measure(struct searcher *searcher, const struct topic_list *topics,
                           const struct weights *weights, struct error *error)
{
    CLEANUP(cleanup_free) double *wall = calloc(topics->count + 1, sizeof(*wall));
    CLEANUP(cleanup_free) double *cpu = calloc(topics->count + 1, sizeof(*cpu));
    enum status status = wall && cpu ? STATUS_OK : STATUS_NO_MEMORY;
    for (int round = 0; round <= ROUNDS; round++)
        for (size_t i = 0; i < topics->count && !status; i++) {
            double start = milliseconds(CLOCK_MONOTONIC);
            double start_cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
            status = search(searcher, topics->topics[i].query, weights, error);
            double used = milliseconds(CLOCK_MONOTONIC) - start;
            double used_cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID) - start_cpu;
            if (round == 1 || (round > 1 && used < wall[i]))
                wall[i] = used;
            if (round == 1 || (round > 1 && used_cpu < cpu[i]))
                cpu[i] = used_cpu;
        }
    if (status || !topics->count)
        return status ? status : error_set(error, STATUS_INVALID, "no queries");
    printf("%zu queries\n", topics->count);
    print_times("clock", wall, topics->count);
    print_times("processor", cpu, topics->count);
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    CLEANUP(topics_release) struct topic_list topics = { 0 };
    CLEANUP(arena_release) struct arena arena;
    struct weights weights = WEIGHTS;
    struct error error = { 0 };
    arena_init(&arena, 0);
    if (argc < 3) {
        fputs("usage: bench_search INDEX TOPICS [NAME=N...]\n", stderr);
        return 2;
    }
    enum status status = searcher_open(argv[1], &searcher, &error);
    for (int i = 3; i < argc && !status; i++)
        status = weights_set(&weights, argv[i], &error);
    if (!status)
        status = topics_read(argv[2], &arena, &topics, &error);
    if (!status)
        status = measure(searcher, &topics, &weights, &error);
    if (status)
        fprintf(stderr, "bench_search: %s\n", error.message);
    return status ? 2 : 0;
}
