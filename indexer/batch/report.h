/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run did, as one JSON object:
 *
 *   started, seconds, interrupted
 *   files      met, read, unchanged, attached, gone, failed_before
 *   replies    added, updated, removed, duplicates, same_id
 *   passages   that were written
 *   left_out   files, documents and parts that could not be used, by reason (status_name)
 *   losses     documents that were taken though some characters could not be decoded
 *   bytes      file, text; megabytes_per_second of text
 *   stages     seconds: finding, reading and analysis (summed over threads), writing, committing
 *   messages   the lines that were told, up to REPORT_MESSAGES_MAX
 */
#ifndef DAFU_BATCH_REPORT_H
#define DAFU_BATCH_REPORT_H

#include "indexer/batch/adder.h"

#define REPORT_MESSAGES_MAX 1000

struct report {
    int64_t started_ns; /* since 1970 */
    double seconds;
    bool interrupted;
    const struct adder *adder;
    struct buffer messages; /* each with its line end */
    size_t message_count;
};

void report_note(struct report *report, const char *line);

/* Appends the object, without a line end. With `brief` the messages are left out. */
enum status report_write(const struct report *report, bool brief, struct buffer *out,
                         struct error *error);

#endif
