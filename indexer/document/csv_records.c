/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/csv_records.h"

enum status csv_records_open(struct csv_records *records, struct stream *in, char delimiter,
                             struct error *error)
{
    *records = (struct csv_records) { .delimiter = delimiter };
    buffer_init(&records->record, CSV_RECORD_BYTES_MAX + 1);
    return coded_stream_open(&records->coded, in, error);
}

void csv_records_close(struct csv_records *records)
{
    coded_stream_close(&records->coded);
    buffer_release(&records->record);
}

/* -- bytes ------------------------------------------------------------------------------------ */

/* The next byte, without taking it; -1 at the end. */
static int peek_byte(struct csv_records *records, enum status *status, struct error *error)
{
    if (records->at == records->window.length) {
        records->at = 0;
        *status = coded_stream_next(&records->coded, &records->window, error);
        if (*status || records->window.length == 0)
            return -1;
    }
    return (unsigned char)records->window.data[records->at];
}

static void take_byte(struct csv_records *records)
{
    records->at++;
    records->length++;
}

/* -- records ---------------------------------------------------------------------------------- */

enum state {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_SEEN, /* in a quoted field: the end, or the first of two */
};

static enum status end_field(struct csv_records *records, struct error *error)
{
    if (records->count == CSV_FIELDS_MAX)
        return error_set(error, STATUS_LIMIT, "line %zu: more than %d fields", records->line,
                         CSV_FIELDS_MAX);
    records->ends[records->count++] = records->record.length;
    return STATUS_OK;
}

/* Takes one byte of a field; the delimiter and line ends outside quotes are not given here. */
static enum state take_content(struct csv_records *records, enum state state, char byte)
{
    if (state == FIELD_START && byte == '"')
        return QUOTED;
    if (state == QUOTED && byte == '"')
        return QUOTE_SEEN;
    if (state == QUOTE_SEEN) {
        buffer_append_byte(&records->record, byte);
        return byte == '"' ? QUOTED : PLAIN; /* text behind a closing quote: take it as it is */
    }
    buffer_append_byte(&records->record, byte);
    return state == FIELD_START ? PLAIN : state;
}

static enum status check_record(const struct csv_records *records, struct error *error)
{
    if (records->record.failed == STATUS_NO_MEMORY)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (records->record.failed)
        return error_set(error, STATUS_LIMIT, "line %zu: a record longer than %zu MiB",
                         records->line, CSV_RECORD_BYTES_MAX >> 20);
    return STATUS_OK;
}

static void begin_record(struct csv_records *records)
{
    buffer_clear(&records->record);
    records->count = 0;
    records->offset += records->length;
    records->length = 0;
    records->line = records->lines + 1;
}

static enum status read_record(struct csv_records *records, bool *found, struct error *error)
{
    enum state state = FIELD_START;
    enum status status = STATUS_OK;
    begin_record(records);
    for (;;) {
        int byte = peek_byte(records, &status, error);
        if (!status)
            status = check_record(records, error);
        if (status)
            return status;
        if (byte < 0 && state == QUOTED)
            return error_set(error, STATUS_INVALID, "line %zu: a quote that is never closed",
                             records->line);
        if (byte < 0)
            break;
        take_byte(records);
        records->lines += byte == '\n';
        if (state != QUOTED && byte == '\n')
            break;
        if (state != QUOTED && byte == records->delimiter) {
            status = end_field(records, error);
            state = FIELD_START;
        } else if (state == QUOTED || byte != '\r') {
            state = take_content(records, state, (char)byte);
        }
        if (status)
            return status;
    }
    *found = records->length > 0;
    return end_field(records, error);
}

static bool is_blank_record(const struct csv_records *records)
{
    return records->record.length == 0 || text_trim(buffer_text(&records->record)).length == 0;
}

enum status csv_records_next(struct csv_records *records, bool *found, struct error *error)
{
    do {
        enum status status = read_record(records, found, error);
        if (status)
            return status;
    } while (*found && is_blank_record(records));
    records->number += *found;
    return *found ? coded_stream_settle(&records->coded, buffer_text(&records->record), error)
                  : STATUS_OK;
}

/* -- fields ----------------------------------------------------------------------------------- */

static size_t start_of(const struct csv_records *records, size_t index)
{
    return index == 0 ? 0 : records->ends[index - 1];
}

enum status csv_records_field(struct csv_records *records, size_t index, struct arena *arena,
                              struct text *out, size_t *replaced, struct error *error)
{
    *out = (struct text) { NULL, 0 };
    if (index >= records->count || records->record.length == 0)
        return STATUS_OK;
    size_t start = start_of(records, index);
    struct text raw =
        text_slice(buffer_text(&records->record), start, records->ends[index] - start);
    return raw.length > 0 ? coded_stream_decode(&records->coded, raw, arena, out, replaced, error)
                          : STATUS_OK;
}

enum status csv_records_rest(struct csv_records *records, size_t index, struct arena *arena,
                             struct text *out, size_t *replaced, struct error *error)
{
    *out = (struct text) { NULL, 0 };
    if (index >= records->count || records->record.length == 0)
        return STATUS_OK;
    size_t room = records->record.length + records->count;
    char *bytes = arena_alloc(arena, room + 1);
    size_t length = 0;
    if (!bytes)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = index; i < records->count; i++) {
        size_t start = start_of(records, i), size = records->ends[i] - start;
        if (i > index)
            bytes[length++] = records->delimiter;
        memcpy(bytes + length, records->record.data + start, size);
        length += size;
    }
    return coded_stream_decode(&records->coded, text_of_bytes(bytes, length), arena, out, replaced,
                               error);
}
