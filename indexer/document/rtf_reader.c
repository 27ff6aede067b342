/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rich Text Format (Microsoft, "RTF Specification, version 1.9.1"). Written here because the
 * packaged converters read Chinese neither as bytes of a code page (\'d6\'d0) nor past \uc0. One
 * pass over the bytes: groups, control words and text. */
#include "indexer/base/cleanup.h"
#include "indexer/document/facts.h"
#include "indexer/document/reader.h"
#include "indexer/document/rtf.h"

#define WORD_BYTES_MAX ((size_t)32) /* of a control word (specification, "Control Words") */

/* --- bytes ---------------------------------------------------------------------------------- */

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int hex_digit(char digit)
{
    return is_digit(digit)                ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

static bool at_end(const struct rtf *rtf)
{
    return rtf->offset >= rtf->bytes.length;
}

static char peek(const struct rtf *rtf)
{
    return at_end(rtf) ? '\0' : rtf->bytes.data[rtf->offset];
}

static void read_hex_byte(struct rtf *rtf)
{
    int value = 0;
    for (int i = 0; i < 2; i++) {
        int digit = hex_digit(peek(rtf));
        if (at_end(rtf) || digit < 0)
            return;
        value = value * 16 + digit;
        rtf->offset++;
    }
    rtf_put_byte(rtf, (char)value);
}

/* After a backslash before something that is no letter. */
static void read_control_symbol(struct rtf *rtf)
{
    char symbol = rtf->bytes.data[rtf->offset++];
    switch (symbol) {
    case '\'':
        read_hex_byte(rtf);
        break;
    case '*':
        rtf->starred = rtf->group_is_new;
        return; /* the group is as new as before */
    case '~':
        rtf_put_symbol(rtf, " ");
        break;
    case '_':
        rtf_put_symbol(rtf, "-");
        break;
    case '\n':
    case '\r':
        rtf_obey(rtf, TEXT("par"), (struct parameter) { 0, false });
        break;
    case '\t':
        rtf_put_symbol(rtf, "\t");
        break;
    case '\\':
    case '{':
    case '}':
        rtf_put_byte(rtf, symbol);
        break;
    default: /* \- and others show nothing */
        if ((unsigned char)symbol >= 0x80)
            rtf_put_byte(rtf, symbol);
        break;
    }
    rtf->group_is_new = rtf->starred = false;
}

static struct parameter read_parameter(struct rtf *rtf)
{
    struct parameter parameter = { 0, false };
    bool negative = peek(rtf) == '-';
    size_t digits = rtf->offset + negative;
    for (size_t at = digits; at < rtf->bytes.length && is_digit(rtf->bytes.data[at]); at++) {
        if (parameter.value < 100000000)
            parameter.value = parameter.value * 10 + (rtf->bytes.data[at] - '0');
        parameter.given = true;
        rtf->offset = at + 1;
    }
    if (negative)
        parameter.value = -parameter.value;
    if (peek(rtf) == ' ')
        rtf->offset++;
    return parameter;
}

/* After a backslash: a control word with its number and one blank, or a control symbol. */
static void read_control(struct rtf *rtf)
{
    if (at_end(rtf))
        return;
    if (!is_letter(peek(rtf))) {
        read_control_symbol(rtf);
        return;
    }
    size_t start = rtf->offset;
    while (is_letter(peek(rtf)) && rtf->offset - start < WORD_BYTES_MAX)
        rtf->offset++;
    struct text name = text_slice(rtf->bytes, start, rtf->offset - start);
    struct parameter parameter = read_parameter(rtf);
    if (text_equal(name, TEXT("bin"))) {
        size_t left = rtf->bytes.length - rtf->offset;
        size_t count = parameter.value > 0 ? (size_t)parameter.value : 0;
        rtf->offset += count < left ? count : left;
    } else {
        rtf_obey(rtf, name, parameter);
    }
    rtf->group_is_new = rtf->starred = false;
}

static void open_group(struct rtf *rtf)
{
    rtf_flush(rtf);
    rtf->pending_fallback = 0;
    if (rtf->depth + 1 >= GROUPS_MAX) {
        rtf_text_fail(&rtf->text, STATUS_LIMIT, "groups are nested too deeply");
        return;
    }
    rtf->groups[rtf->depth + 1] = *rtf_top(rtf);
    rtf->depth++;
    rtf_top(rtf)->box = false;
    rtf->group_is_new = true;
    rtf->starred = false;
}

static void close_group(struct rtf *rtf)
{
    rtf_flush(rtf);
    rtf->pending_fallback = 0;
    rtf->group_is_new = false;
    if (rtf_top(rtf)->box) {
        rtf_text_end_paragraph(&rtf->text);
        rtf->text.in_box = false;
    }
    bool fonts = rtf_top(rtf)->destination == FONTS;
    if (rtf->depth > 0)
        rtf->depth--;
    if (fonts && rtf_top(rtf)->destination != FONTS)
        rtf_top(rtf)->codec = rtf_font_codec(rtf, rtf->default_font);
    rtf->ended = rtf->depth == 0;
}

static void read_groups(struct rtf *rtf)
{
    while (!at_end(rtf) && !rtf->ended && !rtf->text.status) {
        char byte = rtf->bytes.data[rtf->offset++];
        if (byte == '{') {
            open_group(rtf);
        } else if (byte == '}') {
            close_group(rtf);
        } else if (byte == '\\') {
            read_control(rtf);
        } else if (byte != '\n' && byte != '\r' && byte != '\0') {
            rtf->group_is_new = false;
            rtf_put_byte(rtf, byte);
        }
    }
    if (!rtf->ended)
        rtf_flush(rtf);
    rtf_text_finish(&rtf->text);
}

/* --- the reader ----------------------------------------------------------------------------- */

static void rtf_release(struct rtf *rtf)
{
    buffer_release(&rtf->raw);
    buffer_release(&rtf->title);
    buffer_release(&rtf->author);
    decoder_close(&rtf->decoder);
    rtf_text_release(&rtf->text);
}

static bool declare(struct rtf *rtf, const char *key, struct text value)
{
    value = text_trim(value);
    if (!value.length || text_contains(value, TEXT("\n")))
        return true;
    struct text copy = arena_text(rtf->text.arena, value);
    return copy.data && document_declare(rtf->text.document, rtf->text.arena, key, copy);
}

static bool declare_properties(struct rtf *rtf)
{
    const long *created = rtf->created;
    char date[16] = "";
    if (created[0] > 1900 && created[0] < 10000 && created[1] >= 1 && created[1] <= 12 &&
        created[2] >= 1 && created[2] <= 31)
        snprintf(date, sizeof(date), "%04d-%02d-%02d", (int)created[0], (int)created[1],
                 (int)created[2]);
    return declare(rtf, "file_title", buffer_text(&rtf->title)) &&
           declare(rtf, "file_author", buffer_text(&rtf->author)) &&
           declare(rtf, "file_created", text_of(date));
}

static enum status parse(struct text bytes, struct document *document, struct arena *arena,
                         bool *complete, struct error *error)
{
    struct rtf *rtf = ARENA_NEW(arena, struct rtf);
    if (!rtf)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    rtf->bytes = bytes;
    rtf->decoder = (struct decoder) { NULL, (iconv_t)-1 };
    rtf->default_codec = &CODEC_FOR_GB18030;
    rtf->font = -1;
    rtf->text.arena = arena;
    rtf->text.document = document;
    rtf->text.error = error;
    rtf->groups[0] = (struct group) { .fallback = 1, .codec = &CODEC_FOR_GB18030 };
    read_groups(rtf);
    enum status status = rtf->text.status;
    if (!status && !(declare_properties(rtf) && facts_take_rows(document, arena)))
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!status && !document->block_count)
        status = error_set(error, STATUS_EMPTY, "no text in it");
    *complete = rtf->ended;
    rtf_release(rtf);
    return status;
}

static bool recognizes_rtf(struct text head, struct text extension)
{
    while (head.length && strchr(" \t\r\n", head.data[0]))
        head = text_slice(head, 1, head.length - 1);
    return text_starts_with(head, TEXT("{\\rtf"));
}

static enum status read_rtf(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    enum status status = stream_load(in, DOCUMENT_BYTES_MAX, &bytes, error);
    if (status)
        return status;

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct document document = { .reader = "rtf", .encoding = "RTF" };
    if (!document_set_source(&document, &arena, path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    bool complete = false;
    status = parse(buffer_text(&bytes), &document, &arena, &complete, error);
    if (status)
        return status;
    if (!complete && receiver->warn)
        receiver->warn(receiver->context, path, "cut off: the RTF ends inside a group");
    return receiver->document(receiver->context, &document, error);
}

const struct reader RTF_READER = { "rtf", "rtf", recognizes_rtf, read_rtf };
