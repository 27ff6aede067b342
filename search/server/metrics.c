/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/metrics.h"

#include <unistd.h>

#include "indexer/base/cleanup.h"

static const unsigned CODES[METRICS_CODES] = { 200, 304, 400, 401, 404, 405, 413,
                                               414, 429, 431, 500, 503, 0 };
static const double SECONDS[METRICS_BUCKETS] = { .001, .0025, .005, .01, .025, .05,
                                                 .1,   .25,   .5,   1,   2.5,  10 };

void metrics_count(struct metrics *metrics, size_t route, unsigned code, unsigned long long bytes,
                   long long microseconds)
{
    size_t row = 0, bucket = 0;
    while (CODES[row] && CODES[row] != code)
        row++;
    while (bucket < METRICS_BUCKETS && (double)microseconds > SECONDS[bucket] * 1e6)
        bucket++;
    atomic_fetch_add(&metrics->requests[route][row], 1);
    atomic_fetch_add(&metrics->buckets[route][bucket], 1);
    atomic_fetch_add(&metrics->microseconds[route], (unsigned long long)microseconds);
    atomic_fetch_add(&metrics->bytes, bytes);
}

static void write_requests(const struct metrics *metrics, const char *const *names, size_t routes,
                           struct buffer *out)
{
    buffer_append(out, TEXT("# HELP dafu_requests_total Requests answered.\n"
                            "# TYPE dafu_requests_total counter\n"));
    for (size_t route = 0; route < routes; route++)
        for (size_t code = 0; code < METRICS_CODES; code++) {
            unsigned long long count = atomic_load(&metrics->requests[route][code]);
            if (count)
                buffer_printf(out, "dafu_requests_total{route=\"%s\",code=\"%u\"} %llu\n",
                              names[route], CODES[code], count);
        }
}

static void write_durations(const struct metrics *metrics, const char *const *names, size_t routes,
                            struct buffer *out)
{
    buffer_append(out, TEXT("# HELP dafu_request_seconds Time from the request to its answer.\n"
                            "# TYPE dafu_request_seconds histogram\n"));
    for (size_t route = 0; route < routes; route++) {
        unsigned long long sum = 0, microseconds = atomic_load(&metrics->microseconds[route]);
        for (size_t i = 0; i < METRICS_BUCKETS; i++) {
            sum += atomic_load(&metrics->buckets[route][i]);
            buffer_printf(out, "dafu_request_seconds_bucket{route=\"%s\",le=\"%g\"} %llu\n",
                          names[route], SECONDS[i], sum);
        }
        sum += atomic_load(&metrics->buckets[route][METRICS_BUCKETS]);
        buffer_printf(out,
                      "dafu_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %llu\n"
                      "dafu_request_seconds_sum{route=\"%s\"} %.6f\n"
                      "dafu_request_seconds_count{route=\"%s\"} %llu\n",
                      names[route], sum, names[route], (double)microseconds / 1e6, names[route],
                      sum);
    }
}

static unsigned long long resident_bytes(void)
{
    CLEANUP(cleanup_fclose) FILE *file = fopen("/proc/self/statm", "r");
    unsigned long long size = 0, resident = 0;
    if (!file || fscanf(file, "%llu %llu", &size, &resident) != 2)
        return 0;
    return resident * (unsigned long long)sysconf(_SC_PAGESIZE);
}

void metrics_write(const struct metrics *metrics, const char *const *route_names, size_t routes,
                   const struct gauges *gauges, struct buffer *out)
{
    write_requests(metrics, route_names, routes, out);
    write_durations(metrics, route_names, routes, out);
    const struct {
        const char *name, *kind, *help;
        unsigned long long value;
    } SINGLE[] = {
        { "dafu_response_bytes_total", "counter", "Bytes of answers, as sent.",
          atomic_load(&metrics->bytes) },
        { "dafu_searches_rejected_total", "counter", "Searches refused: the queue was full.",
          atomic_load(&metrics->rejected) },
        { "dafu_searches_late_total", "counter", "Searches that took too long.",
          atomic_load(&metrics->late) },
        { "dafu_searches_abandoned_total", "counter", "Searches stopped: their client had gone.",
          atomic_load(&metrics->abandoned) },
        { "dafu_searches_limited_total", "counter", "Searches refused: too many of one client.",
          atomic_load(&metrics->limited) },
        { "dafu_searches_running", "gauge", "Searches that run.", gauges->running },
        { "dafu_searches_queued", "gauge", "Searches that wait.", gauges->queued },
        { "dafu_cache_hits_total", "counter", "Searches answered as before.", gauges->cache.hits },
        { "dafu_cache_bytes", "gauge", "Answers that are kept.", gauges->cache.bytes },
        { "dafu_connections", "gauge", "Open connections.", gauges->connections },
        { "dafu_healthy", "gauge", "1: the index can be read.", gauges->healthy },
        { "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes() },
    };
    for (size_t i = 0; i < sizeof(SINGLE) / sizeof(*SINGLE); i++)
        buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n", SINGLE[i].name, SINGLE[i].help,
                      SINGLE[i].name, SINGLE[i].kind, SINGLE[i].name, SINGLE[i].value);
    buffer_append(out, TEXT("# HELP dafu_build_info The version.\n# TYPE dafu_build_info gauge\n"
                            "dafu_build_info{version=\"" DAFU_VERSION "\"} 1\n"));
}
