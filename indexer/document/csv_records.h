/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of a CSV file (RFC 4180), one at a time, from a stream in any encoding. Memory does not
 * grow with the file. */
#ifndef DAFU_DOCUMENT_CSV_RECORDS_H
#define DAFU_DOCUMENT_CSV_RECORDS_H

#include "indexer/document/coded_stream.h"

#define CSV_FIELDS_MAX 256
#define CSV_RECORD_BYTES_MAX ((size_t)64 << 20)

struct csv_records {
    struct coded_stream coded;
    char delimiter;
    struct text window;   /* bytes taken */
    size_t at;            /* in the window */
    struct buffer record; /* the fields, one after the other */
    size_t ends[CSV_FIELDS_MAX];
    size_t count;    /* fields of the record */
    size_t number;   /* of the record, from 1 */
    size_t line;     /* where the record begins, from 1 */
    size_t lines;    /* ended so far */
    uint64_t offset; /* of the record: bytes, of the decoded text for UTF-16 and UTF-32 */
    uint64_t length; /* ... with its end */
};

/* Finds the encoding from the stream's beginning. STATUS_UNSUPPORTED, and what streams return. */
enum status csv_records_open(struct csv_records *records, struct stream *in, char delimiter,
                             struct error *error);
void csv_records_close(struct csv_records *records);

/* The next record that is not blank, in records->count fields; *found is false at the end.
 * STATUS_LIMIT (a record or its fields too many), STATUS_INVALID (a quote that is never closed);
 * both end the reading, as nobody knows where the next record begins. */
enum status csv_records_next(struct csv_records *records, bool *found, struct error *error);

/* Field `index` of the record as UTF-8: in the arena, or in the record until the next one. Empty
 * when the record is shorter. *replaced grows by the characters that could not be decoded. */
enum status csv_records_field(struct csv_records *records, size_t index, struct arena *arena,
                              struct text *out, size_t *replaced, struct error *error);

/* Fields `index` and all after it as they stood in the file, for a last column whose commas nobody
 * has quoted. */
enum status csv_records_rest(struct csv_records *records, size_t index, struct arena *arena,
                             struct text *out, size_t *replaced, struct error *error);

#endif
