/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines (jsonlines.org): one object per line, one document per object:
 *
 *   id     name of the document; a number will do; without one it is <file stem>:<line>
 *   text   the text, required: one block and one passage, line breaks inside it kept
 *   title  lines with the same title are parts of one larger document
 *   issuer, doc_number, date, url   declared as they are
 *
 * null is the same as not there, other keys are ignored. A line that is not such an object is left
 * out with a warning, and so is one that is too long, of which no more than the ceiling is kept. JSON
 * is UTF-8 (RFC 8259), but crawlers on Chinese systems write it in the system's encoding too, where a
 * character may end in the byte of a backslash: lines are decoded before they are parsed. */
#include <inttypes.h>

#include <jansson.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/coded_stream.h"
#include "indexer/document/warnings.h"

#define LINE_BYTES_MAX DOCUMENT_BYTES_MAX
#define VALUE_BYTES_MAX ((size_t)1 << 16) /* of id, title and the like */

struct lines {
    struct coded_stream coded;
    struct text piece; /* bytes taken and not read yet */
    const char *path;
    struct warnings warnings;
    struct arena arena; /* of one document */
    struct buffer line;
    bool too_long;   /* the line, of which `line` holds the start only */
    size_t number;   /* of the line, from 1 */
    uint64_t offset; /* of the line in the stream */
    uint64_t length; /* of the line with its end */
    size_t replaced; /* in the line */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static struct text skip_blanks(struct text text)
{
    while (text.length > 0 && is_blank(text.data[0]))
        text = text_slice(text, 1, text.length - 1);
    return text;
}

static bool begins_like_json(struct text head, struct text extension)
{
    head = skip_blanks(head);
    if (text_equal(extension, TEXT("jsonl")) || text_equal(extension, TEXT("ndjson")))
        return head.length > 0 && memchr(head.data, '\0', head.length) == NULL;
    if (!text_starts_with(head, TEXT("{")))
        return false;
    return text_starts_with(skip_blanks(text_slice(head, 1, head.length - 1)), TEXT("\""));
}

static bool recognizes_jsonl(struct text head, struct text extension)
{
    CLEANUP(arena_release) struct arena arena;
    struct charset_text decoded;
    arena_init(&arena, 0);
    return charset_decode(head, TEXT(""), &arena, &decoded, NULL) == STATUS_OK &&
           begins_like_json(decoded.text, extension);
}

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* Reads the next line without its LF into `line`. *found is false at the end of the stream. */
static enum status next_line(struct lines *lines, bool *found, struct error *error)
{
    buffer_clear(&lines->line);
    lines->too_long = false;
    lines->offset += lines->length;
    lines->length = 0;
    lines->number++;
    for (bool ended = false; !ended;) {
        struct text *piece = &lines->piece;
        enum status status =
            piece->length ? STATUS_OK : coded_stream_next(&lines->coded, piece, error);
        if (status)
            return status;
        const char *end = piece->length ? memchr(piece->data, '\n', piece->length) : NULL;
        ended = end || piece->length == 0;
        size_t taken = end ? (size_t)(end - piece->data) + 1 : piece->length;

        if (lines->line.length + taken > LINE_BYTES_MAX)
            lines->too_long = true;
        else
            buffer_append(&lines->line, text_slice(*piece, 0, end ? taken - 1 : taken));
        lines->length += taken;
        *piece = text_slice(*piece, taken, piece->length - taken);
    }
    *found = lines->length > 0;
    return buffer_status(&lines->line, error);
}

/* The line as UTF-8. In a file of UTF-8, what is not is left for the parser to refuse. */
static enum status decode_line(struct lines *lines, struct text *line, struct error *error)
{
    *line = buffer_text(&lines->line);
    lines->replaced = 0;
    enum status status = coded_stream_settle(&lines->coded, *line, error);
    if (status || lines->coded.codec->form == CODEC_UTF8)
        return status;
    return coded_stream_decode(&lines->coded, *line, &lines->arena, line, &lines->replaced, error);
}

/* The value of a key that may be missing: its trimmed text in *out. */
static enum status get_text(const struct lines *lines, const json_t *object, const char *key,
                            struct text *out, struct error *error)
{
    const json_t *value = json_object_get(object, key);
    *out = (struct text) { NULL, 0 };
    if (!value || json_is_null(value))
        return STATUS_OK;
    if (!json_is_string(value))
        return error_set(error, STATUS_INVALID, "line %zu: \"%s\" is not a string", lines->number,
                         key);
    *out = text_trim((struct text) { json_string_value(value), json_string_length(value) });
    return STATUS_OK;
}

/* The same for what has to be on one line: line breaks and other controls become blanks. */
static enum status get_line(struct lines *lines, const json_t *object, const char *key,
                            struct text *out, struct error *error)
{
    struct text given;
    enum status status = get_text(lines, object, key, &given, error);
    if (status)
        return status;
    if (given.length > VALUE_BYTES_MAX)
        return error_set(error, STATUS_LIMIT, "line %zu: \"%s\" is longer than %zu KiB",
                         lines->number, key, VALUE_BYTES_MAX >> 10);
    struct text copy = arena_text(&lines->arena, given);
    if (!copy.data)
        return out_of_memory(error);
    char *bytes = (char *)copy.data; /* our own copy */
    for (size_t i = 0; i < copy.length; i++)
        if ((unsigned char)bytes[i] < 0x20)
            bytes[i] = ' ';
    *out = copy;
    return STATUS_OK;
}

static enum status get_id(struct lines *lines, const json_t *object, struct document *document,
                          struct error *error)
{
    const json_t *value = json_object_get(object, "id");
    if (json_is_integer(value)) {
        document->id =
            arena_printf(&lines->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else {
        enum status status = get_line(lines, object, "id", &document->id, error);
        if (status)
            return status;
        document->id_numbers = document->id.length == 0;
        if (document->id_numbers)
            document->id = arena_printf(&lines->arena, "%.*s:%zu",
                                        TEXT_ARG(document_stem(document)), lines->number);
    }
    return document->id.data ? STATUS_OK : out_of_memory(error);
}

static enum status get_declared(struct lines *lines, const json_t *object,
                                struct document *document, struct error *error)
{
    static const char *const KEYS[] = { "title", "issuer", "doc_number", "date", "url" };
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        struct text value;
        enum status status = get_line(lines, object, KEYS[i], &value, error);
        if (status)
            return status;
        if (value.length > 0 && !document_declare(document, &lines->arena, KEYS[i], value))
            return out_of_memory(error);
    }
    document->group = document_declared(document, "title");
    return STATUS_OK;
}

static enum status get_block(struct lines *lines, const json_t *object, struct document *document,
                             struct error *error)
{
    struct text text;
    enum status status = get_text(lines, object, "text", &text, error);
    if (status)
        return status;
    if (text.length == 0)
        return error_set(error, STATUS_INVALID, "line %zu: no \"text\"", lines->number);

    struct block *block = document_add_block(document, &lines->arena, BLOCK_PARAGRAPH, text);
    if (!block)
        return out_of_memory(error);
    if (!coded_stream_is_wide(&lines->coded) &&
        !span_map_append(&block->map, &lines->arena, (uint32_t)text.length, lines->offset,
                         lines->length))
        return out_of_memory(error);
    return STATUS_OK;
}

static enum status get_document(struct lines *lines, const json_t *object,
                                struct document *document, struct error *error)
{
    *document = (struct document) { .single_passage = true,
                                    .reader = JSONL_READER.name,
                                    .encoding = lines->coded.codec->name,
                                    .replaced = lines->replaced };
    if (lines->coded.codec->form != CODEC_UTF8)
        document->encoding_origin = charset_origin_name(lines->coded.origin);
    if (!json_is_object(object))
        return error_set(error, STATUS_INVALID, "line %zu: not a JSON object", lines->number);
    if (!document_set_source(document, &lines->arena, lines->path))
        return out_of_memory(error);
    enum status status = get_id(lines, object, document, error);
    if (!status)
        status = get_declared(lines, object, document, error);
    if (!status)
        status = get_block(lines, object, document, error);
    return status;
}

static void release_json(json_t **value)
{
    json_decref(*value);
}

/* A failure here is about this line; one of the receiver's is passed through *stop. */
static enum status read_line(struct lines *lines, struct text line, enum status *stop,
                             struct error *error)
{
    if (lines->too_long)
        return error_set(error, STATUS_LIMIT, "line %zu: longer than %zu MiB", lines->number,
                         LINE_BYTES_MAX >> 20);

    json_error_t problem;
    CLEANUP(release_json)
    json_t *object = json_loadb(line.data, line.length, JSON_REJECT_DUPLICATES, &problem);
    if (!object && json_error_code(&problem) == json_error_out_of_memory)
        return out_of_memory(error);
    if (!object)
        return error_set(error, STATUS_INVALID, "line %zu, column %d: %s", lines->number,
                         problem.column, problem.text);

    struct document document;
    enum status status = get_document(lines, object, &document, error);
    if (!status)
        *stop = warnings_deliver(&lines->warnings, &document, error);
    return status;
}

static enum status read_lines(struct lines *lines, struct error *error)
{
    for (;;) {
        bool found = false;
        enum status status = next_line(lines, &found, error);
        if (status || !found)
            return status;
        struct text line;
        arena_clear(&lines->arena);
        status = decode_line(lines, &line, error);
        if (status)
            return status;
        if (skip_blanks(line).length == 0 && !lines->too_long)
            continue;

        enum status stop = STATUS_OK;
        status = read_line(lines, line, &stop, error);
        if (stop || status == STATUS_NO_MEMORY)
            return stop ? stop : status;
        if (status)
            warnings_add(&lines->warnings, status, error);
    }
}

static enum status read_jsonl(struct stream *in, const char *path,
                              const struct document_receiver *receiver, struct error *error)
{
    struct lines lines = { .path = path };
    struct error problem = { "" };
    warnings_init(&lines.warnings, receiver, path);
    arena_init(&lines.arena, 0);
    buffer_init(&lines.line, LINE_BYTES_MAX);

    enum status status = coded_stream_open(&lines.coded, in, &problem);
    if (!status)
        status = read_lines(&lines, &problem);
    if (status)
        error_set(error, status, "%s", problem.message);
    status = warnings_end(&lines.warnings, status, "file is empty", error);
    coded_stream_close(&lines.coded);
    buffer_release(&lines.line);
    arena_release(&lines.arena);
    return status;
}

const struct reader JSONL_READER = {
    .name = "jsonl",
    .extensions = "jsonl ndjson",
    .recognizes = recognizes_jsonl,
    .read = read_jsonl,
};
