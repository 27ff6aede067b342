/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quotes, delimiters and line ends are ASCII, and no character of GB18030, Big5 or UTF-8 has such a
 * byte inside it, so records are cut before they are decoded; UTF-16 and UTF-32 are decoded first. */
#include "indexer/document/csv_records.h"

#include "indexer/base/utf8.h"

#define BOM TEXT("\xEF\xBB\xBF")

static bool is_wide(const struct codec *codec)
{
    return codec->form == CODEC_UTF16 || codec->form == CODEC_UTF32;
}

static enum status find_codec(struct csv_records *records, struct error *error)
{
    struct arena arena;
    struct text head;
    struct charset_text decoded;
    enum status status = stream_peek(records->in, STREAM_PEEK_MAX, &head, error);
    if (status)
        return status;
    arena_init(&arena, 0);
    status = charset_decode(head, TEXT(""), &arena, &decoded, error);
    if (!status && decoded.mark > 0) {
        struct text mark;
        status = stream_take(records->in, decoded.mark, &mark, error);
    }
    if (!status) {
        records->codec = decoded.codec;
        records->origin = decoded.origin;
    }
    arena_release(&arena);
    return status;
}

enum status csv_records_open(struct csv_records *records, struct stream *in, char delimiter,
                             struct error *error)
{
    *records = (struct csv_records) { .in = in, .delimiter = delimiter };
    records->decoder = (struct decoder) { &CODEC_FOR_UTF8, (iconv_t)-1 };
    buffer_init(&records->record, CSV_RECORD_BYTES_MAX + 1);
    enum status status = find_codec(records, error);
    if (!status)
        status = decoder_open(&records->decoder, records->codec, error);
    return status;
}

void csv_records_close(struct csv_records *records)
{
    decoder_close(&records->decoder);
    buffer_release(&records->window);
    buffer_release(&records->carry);
    buffer_release(&records->record);
}

/* -- bytes ------------------------------------------------------------------------------------ */

/* Decodes what is whole of the carry into the window. */
static void decode_carry(struct csv_records *records, bool all)
{
    struct text bytes = buffer_text(&records->carry);
    size_t offset = 0;
    while (offset < bytes.length && (all || bytes.length - offset >= 4)) {
        char out[DECODER_STEP_BYTES];
        size_t length;
        bool bad = false;
        offset += decoder_step(&records->decoder, bytes, offset, out, &length, &bad);
        buffer_append(&records->window, text_of_bytes(out, length));
    }
    memmove(records->carry.data, records->carry.data + offset, bytes.length - offset);
    records->carry.length = bytes.length - offset;
}

static enum status refill(struct csv_records *records, struct error *error)
{
    struct text piece;
    buffer_clear(&records->window);
    records->at = 0;
    while (records->window.length == 0 && !records->at_end) {
        enum status status = stream_take(records->in, SIZE_MAX, &piece, error);
        if (status)
            return status;
        records->at_end = piece.length == 0;
        if (!is_wide(records->codec)) {
            buffer_append(&records->window, piece);
            continue;
        }
        buffer_append(&records->carry, piece);
        if (records->carry.length > 0)
            decode_carry(records, records->at_end);
    }
    enum status status = buffer_status(&records->carry, error);
    return status ? status : buffer_status(&records->window, error);
}

/* The next byte, without taking it; -1 at the end. */
static int peek_byte(struct csv_records *records, enum status *status, struct error *error)
{
    if (records->at == records->window.length) {
        *status = refill(records, error);
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

/* The head of the file may have been ASCII, which is UTF-8 too, and what follows something else: the
 * first record that shows it decides for all. */
static enum status check_encoding(struct csv_records *records, struct error *error)
{
    struct arena arena;
    struct charset_text decoded;
    struct text bytes = buffer_text(&records->record);
    if (records->codec->form != CODEC_UTF8 || utf8_find_invalid(bytes) == TEXT_NONE)
        return STATUS_OK;
    arena_init(&arena, 0);
    enum status status = charset_decode(bytes, TEXT(""), &arena, &decoded, error);
    if (!status && !is_wide(decoded.codec) && decoded.codec != records->codec) {
        decoder_close(&records->decoder);
        records->decoder = (struct decoder) { &CODEC_FOR_UTF8, (iconv_t)-1 };
        records->codec = decoded.codec;
        records->origin = decoded.origin;
        status = decoder_open(&records->decoder, records->codec, error);
    }
    arena_release(&arena);
    return status;
}

enum status csv_records_next(struct csv_records *records, bool *found, struct error *error)
{
    do {
        enum status status = read_record(records, found, error);
        if (status)
            return status;
    } while (*found && is_blank_record(records));
    records->number += *found;
    return *found ? check_encoding(records, error) : STATUS_OK;
}

/* -- fields ----------------------------------------------------------------------------------- */

static enum status decode(struct csv_records *records, struct text raw, struct arena *arena,
                          struct text *out, size_t *replaced, struct error *error)
{
    *out = raw;
    if ((is_wide(records->codec) || records->codec->form == CODEC_UTF8) &&
        utf8_find_invalid(raw) == TEXT_NONE)
        return STATUS_OK;
    size_t bad = 0;
    size_t length = decoder_run(&records->decoder, raw, NULL, 0, &bad);
    char *bytes = arena_alloc(arena, length + 1);
    if (!bytes)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    decoder_run(&records->decoder, raw, bytes, length, &bad);
    *replaced += bad;
    *out = text_of_bytes(bytes, length);
    return STATUS_OK;
}

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
    return raw.length > 0 ? decode(records, raw, arena, out, replaced, error) : STATUS_OK;
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
    return decode(records, text_of_bytes(bytes, length), arena, out, replaced, error);
}
