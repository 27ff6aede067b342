/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text in any encoding (charset.h); LF, CRLF and CR end a line, a form feed ends a line and a
 * page. Every line is a block with its place in the file; what belongs together is for the floor
 * above to find out. This is the last row of the table of readers, so it also says what is wrong
 * with a file that nobody can read. */
#include "indexer/base/cleanup.h"
#include "indexer/document/reader.h"
#include "indexer/document/source_text.h"

/* Empty lines in a row that are kept: one may be a page break, more never mean anything else. */
#define BLANKS_MAX 3

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static bool recognizes_text(struct text head, struct text extension)
{
    (void)head;
    (void)extension;
    return true;
}

static enum status refuse_binary(const struct charset_text *decoded, struct error *error)
{
    if (charset_is_binary(decoded))
        return error_set(error, STATUS_UNSUPPORTED, "binary file");
    return STATUS_OK;
}

/* A large film is not "too long". */
static enum status refuse_binary_head(struct stream *in, struct arena *arena, struct error *error)
{
    struct text head;
    struct charset_text decoded;
    if (stream_size(in) <= READER_HEAD_BYTES)
        return STATUS_OK; /* the whole will be seen at once */
    enum status status = stream_peek(in, READER_HEAD_BYTES, &head, error);
    if (!status)
        status = charset_decode(head, (struct text) { NULL, 0 }, arena, &decoded, error);
    return status ? status : refuse_binary(&decoded, error);
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r' || byte == '\f';
}

/* Where the line goes on after its end at `offset`. */
static size_t skip_line_end(struct text text, size_t offset)
{
    if (text.data[offset] == '\r' && offset + 1 < text.length && text.data[offset + 1] == '\n')
        return offset + 2;
    return offset + 1;
}

struct lines {
    struct document *document;
    struct arena *arena;
    struct text text;
    struct charset_walk walk; /* back to the bytes of the file */
    uint32_t page;
    size_t blanks; /* in a row */
};

static enum status add_block(struct lines *lines, size_t start, size_t length, struct error *error)
{
    struct text text = text_slice(lines->text, start, length);
    bool blank = text_trim(text).length == 0;
    lines->blanks = blank ? lines->blanks + 1 : 0;
    if (lines->blanks > BLANKS_MAX)
        return STATUS_OK;
    if (lines->document->block_count == DOCUMENT_BLOCKS_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu lines", DOCUMENT_BLOCKS_MAX);

    struct block *block =
        document_add_block(lines->document, lines->arena, blank ? BLOCK_BLANK : BLOCK_LINE,
                           blank ? (struct text) { NULL, 0 } : text);
    if (!block)
        return out_of_memory(error);
    block->page = lines->page;
    if (!blank && !charset_walk_map(&lines->walk, start, length, lines->arena, &block->map))
        return out_of_memory(error);
    return STATUS_OK;
}

static enum status add_lines(struct lines *lines, struct error *error)
{
    struct text text = lines->text;
    lines->page = memchr(text.data, '\f', text.length) ? 1 : 0;
    for (size_t offset = 0; offset < text.length;) {
        size_t start = offset;
        while (offset < text.length && !ends_line(text.data[offset]))
            offset++;
        bool page_ends = offset < text.length && text.data[offset] == '\f';

        enum status status = STATUS_OK;
        if (offset > start || !page_ends) /* a page break in front is no line of its own */
            status = add_block(lines, start, offset - start, error);
        if (!status && page_ends) {
            status = add_block(lines, offset, 0, error);
            lines->page++;
        }
        if (status)
            return status;
        offset = offset < text.length ? skip_line_end(text, offset) : offset;
    }
    return STATUS_OK;
}

static bool has_line(const struct document *document)
{
    for (size_t i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind == BLOCK_LINE)
            return true;
    return false;
}

static enum status split_lines(const struct charset_text *decoded, struct document *document,
                               struct arena *arena, struct error *error)
{
    struct lines lines = { .document = document, .arena = arena, .text = decoded->text };
    enum status status = charset_walk_open(&lines.walk, decoded, error);
    if (!status && decoded->text.length > 0)
        status = add_lines(&lines, error);
    charset_walk_close(&lines.walk);
    return status;
}

static enum status read_text(struct stream *in, const char *path,
                             const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    CLEANUP(source_text_release) struct source_text source = { .bytes = BUFFER_INIT };
    enum status status = refuse_binary_head(in, &arena, error);
    if (!status)
        status = source_text_read(in, &arena, &source, error);
    if (!status)
        status = refuse_binary(&source.decoded, error);
    if (status)
        return status;

    struct document document = { .reader = TEXT_READER.name };
    source_text_describe(&source, &document);
    if (!document_set_source(&document, &arena, path))
        return out_of_memory(error);
    status = split_lines(&source.decoded, &document, &arena, error);
    if (status)
        return status;
    if (!has_line(&document))
        return error_set(error, STATUS_EMPTY, "file is empty");
    return receiver->document(receiver->context, &document, error);
}

const struct reader TEXT_READER = {
    .name = "text",
    .extensions = "txt text",
    .recognizes = recognizes_text,
    .read = read_text,
};
