/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/report.h"

#include <stdlib.h>
#include <time.h>

#include <jansson.h>

void report_note(struct report *report, const char *line)
{
    if (report->message_count >= REPORT_MESSAGES_MAX)
        return;
    report->message_count++;
    buffer_printf(&report->messages, "%s\n", line);
}

static json_t *time_of(int64_t ns)
{
    time_t seconds = (time_t)(ns / 1000000000);
    struct tm parts;
    char text[32];
    gmtime_r(&seconds, &parts);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return json_string(text);
}

static json_t *number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

/* To the millisecond. */
static json_t *seconds(double value)
{
    return json_real((double)(int64_t)(value * 1000 + 0.5) / 1000);
}

static json_t *files_of(const struct adder_counts *counts)
{
    return json_pack("{so so so so so so}", "met", number(counts->files), "read",
                     number(counts->read), "unchanged", number(counts->unchanged), "attached",
                     number(counts->attached), "gone", number(counts->gone_files), "failed_before",
                     number(counts->failed_before));
}

static json_t *replies_of(const struct adder_counts *counts)
{
    return json_pack("{so so so so so}", "added", number(counts->added), "updated",
                     number(counts->replaced), "removed", number(counts->gone), "duplicates",
                     number(counts->duplicates), "same_id", number(counts->doubles));
}

static json_t *left_out_of(const struct adder_counts *counts)
{
    json_t *object = json_object();
    for (size_t i = 0; i <= STATUS_STOPPED; i++) {
        if (counts->left_out[i])
            json_object_set_new(object, status_name((enum status)i), number(counts->left_out[i]));
    }
    return object;
}

static json_t *stages_of(const struct adder *adder)
{
    return json_pack("{so so so so so}", "finding", seconds(adder->finding), "reading",
                     seconds(adder->times.reading), "analysis", seconds(adder->times.analysis),
                     "writing", seconds(adder->writing), "committing", seconds(adder->committing));
}

static json_t *messages_of(const struct report *report)
{
    json_t *array = json_array();
    struct text rest = buffer_text(&report->messages), line;
    while (rest.length && text_split(&rest, TEXT("\n"), &line))
        json_array_append_new(array, json_stringn(line.data, line.length));
    return array;
}

enum status report_write(const struct report *report, bool brief, struct buffer *out,
                         struct error *error)
{
    const struct adder_counts *counts = &report->adder->committed;
    double megabytes = (double)counts->text_bytes / 1e6;
    json_t *object = json_pack(
        "{so so sb so so so so so s{so so so} so}", "started", time_of(report->started_ns),
        "seconds", seconds(report->seconds), "interrupted", report->interrupted, "files",
        files_of(counts), "replies", replies_of(counts), "passages", number(counts->passages),
        "left_out", left_out_of(counts), "losses", number(counts->losses), "bytes", "file",
        number(counts->file_bytes), "text", number(counts->text_bytes), "megabytes_per_second",
        seconds(report->seconds > 0 ? megabytes / report->seconds : 0), "stages",
        stages_of(report->adder));
    if (object && !brief)
        json_object_set_new(object, "messages", messages_of(report));
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(10)) : NULL;
    json_decref(object);
    if (!text)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    buffer_append(out, text_of(text));
    free(text);
    return buffer_status(out, error);
}
