/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages as browsers and Word save them in one file (MHTML, RFC 2557: a multipart/related message, RFC
 * 2045 and 2046): the first part that is a page is decoded and read as one. Pictures and frames beside
 * it are left out. */
#include <ctype.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/html_tree.h"
#include "indexer/document/readers.h"

#define HEAD_LINES_MAX 400
#define NESTED_MAX 4 /* multipart inside multipart */

/* The value of a header field, with its continuation lines. */
struct header {
    struct text type, coding;
};

static bool starts_with(struct text text, const char *name)
{
    size_t length = strlen(name);
    return text.length >= length &&
           html_same(text_slice(text, 0, length), text_of_bytes(name, length));
}

static struct text take_line(struct text *rest)
{
    size_t end = 0;
    while (end < rest->length && rest->data[end] != '\n')
        end++;
    struct text line = text_slice(*rest, 0, end);
    size_t behind = end < rest->length ? end + 1 : end;
    *rest = text_slice(*rest, behind, rest->length - behind);
    if (line.length && line.data[line.length - 1] == '\r')
        line.length--;
    return line;
}

static bool is_continuation(struct text rest)
{
    return rest.length > 0 && (rest.data[0] == ' ' || rest.data[0] == '\t');
}

/* The header fields up to the empty line; *rest is the body. False: these are no header fields. */
static bool read_header(struct text *rest, struct header *header)
{
    *header = (struct header) { .type = { "", 0 }, .coding = { "", 0 } };
    for (size_t lines = 0; rest->length > 0; lines++) {
        const char *start = rest->data;
        struct text line = take_line(rest);
        if (line.length == 0)
            return lines > 0;
        while (is_continuation(*rest))
            take_line(rest);
        struct text field = text_trim(text_of_bytes(start, (size_t)(rest->data - start)));
        size_t colon = text_find(field, TEXT(":"));
        if (lines == HEAD_LINES_MAX || colon == TEXT_NONE || colon > 80)
            return false;
        struct text value = text_trim(text_slice(field, colon + 1, field.length - colon - 1));
        if (starts_with(field, "content-type:"))
            header->type = value;
        else if (starts_with(field, "content-transfer-encoding:"))
            header->coding = value;
    }
    return false;
}

/* boundary="..." of a multipart type; empty when there is none. */
static struct text boundary_of(struct text type)
{
    struct text none = { "", 0 };
    for (size_t i = 0; i + 9 < type.length; i++) {
        struct text rest = text_slice(type, i, type.length - i);
        if (!starts_with(rest, "boundary="))
            continue;
        rest = text_slice(rest, 9, rest.length - 9);
        bool quoted = rest.data[0] == '"';
        size_t end = quoted;
        while (end < rest.length &&
               (quoted ? rest.data[end] != '"'
                       : rest.data[end] != ';' && !isspace((unsigned char)rest.data[end])))
            end++;
        return text_slice(rest, quoted, end - quoted);
    }
    return none;
}

/* What stands before the next delimiter line; *rest is behind that line. */
static struct text take_part(struct text *rest, struct text boundary)
{
    const char *start = rest->data;
    while (rest->length > 0) {
        const char *here = rest->data;
        struct text line = take_line(rest);
        if (text_starts_with(line, TEXT("--")) &&
            text_starts_with(text_slice(line, 2, line.length - 2), boundary))
            return text_of_bytes(start, (size_t)(here - start));
    }
    return text_of_bytes(start, (size_t)(rest->data - start)); /* cut off */
}

static int hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char lower = (char)tolower((unsigned char)digit);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static void decode_quoted(struct text text, struct buffer *out)
{
    for (size_t i = 0; i < text.length; i++) {
        int high = i + 2 < text.length ? hex(text.data[i + 1]) : -1;
        int low = i + 2 < text.length ? hex(text.data[i + 2]) : -1;
        if (text.data[i] != '=') {
            buffer_append_byte(out, text.data[i]);
        } else if (high >= 0 && low >= 0) {
            buffer_append_byte(out, (char)(high << 4 | low));
            i += 2;
        } else { /* a soft line end */
            while (i + 1 < text.length && text.data[i] != '\n')
                i++;
        }
    }
}

static void decode_base64(struct text text, struct buffer *out)
{
    static const char LETTERS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < text.length && text.data[i] != '='; i++) {
        const char *letter = text.data[i] ? strchr(LETTERS, text.data[i]) : NULL;
        if (!letter)
            continue;
        bits = bits << 6 | (uint32_t)(letter - LETTERS);
        count += 6;
        if (count >= 8) {
            count -= 8;
            buffer_append_byte(out, (char)(bits >> count & 0xFF));
        }
    }
}

static enum status read_page(struct text body, struct text coding, const char *path,
                             const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer page = BUFFER_INIT;
    if (starts_with(coding, "quoted-printable"))
        decode_quoted(body, &page);
    else if (starts_with(coding, "base64"))
        decode_base64(body, &page);
    else
        buffer_append(&page, body);
    enum status status = buffer_status(&page, error);
    CLEANUP(stream_closep) struct stream *in = NULL;
    if (!status)
        status = stream_open_bytes(buffer_text(&page), &in, error);
    return status ? status : HTML_READER.read(in, path, receiver, error);
}

/* The first page in the message, or in the messages that are its parts. */
static enum status read_message(struct text message, const char *path, int depth, bool *found,
                                const struct document_receiver *receiver, struct error *error)
{
    struct header header;
    enum status status = STATUS_EMPTY;
    if (!read_header(&message, &header))
        return STATUS_EMPTY;
    *found = starts_with(header.type, "text/html") || starts_with(header.type, "application/xhtml");
    if (*found)
        return read_page(message, header.coding, path, receiver, error);
    struct text boundary = boundary_of(header.type);
    if (boundary.length == 0 || depth == NESTED_MAX)
        return STATUS_EMPTY;
    take_part(&message, boundary);
    while (message.length > 0 && !*found)
        status =
            read_message(take_part(&message, boundary), path, depth + 1, found, receiver, error);
    return status;
}

/* Header fields, among them one that only a message with a page in it has. */
static bool recognizes_mht(struct text head, struct text extension)
{
    struct header header;
    (void)extension;
    if (head.length == 0 || !isalpha((unsigned char)head.data[0]) || !read_header(&head, &header))
        return false;
    return starts_with(header.type, "multipart/related") ||
           starts_with(header.type, "multipart/alternative") ||
           starts_with(header.type, "multipart/mixed") || starts_with(header.type, "text/html");
}

static enum status read_mht(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    enum status status = stream_load(in, DOCUMENT_BYTES_MAX, &bytes, error);
    if (status)
        return status;
    bool found = false;
    status = read_message(buffer_text(&bytes), path, 0, &found, receiver, error);
    if (!found)
        return error_set(error, STATUS_EMPTY, "no page in this message");
    return status;
}

const struct reader MHT_READER = {
    .name = "mht",
    .extensions = "mht mhtml",
    .recognizes = recognizes_mht,
    .read = read_mht,
};
