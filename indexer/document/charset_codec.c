/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels follow the WHATWG Encoding Standard where that knows better than the label: GB2312 and GBK
 * are read as GB18030, which contains both, because pages that declare the one hold the other. What
 * is undecodable is measured as there, too: a lead byte takes its trail with it only when that is
 * no ASCII character, so a damaged character never eats the tag or line end behind it. */
#include "indexer/document/charset_codec.h"

#include <assert.h>
#include <errno.h>

#include "indexer/base/utf8.h"

const struct codec CODEC_FOR_UTF8 = { "UTF-8", CODEC_UTF8, false, false };
const struct codec CODEC_FOR_UTF16LE = { "UTF-16LE", CODEC_UTF16, false, false };
const struct codec CODEC_FOR_UTF16BE = { "UTF-16BE", CODEC_UTF16, true, false };
const struct codec CODEC_FOR_UTF32LE = { "UTF-32LE", CODEC_UTF32, false, false };
const struct codec CODEC_FOR_UTF32BE = { "UTF-32BE", CODEC_UTF32, true, false };
const struct codec CODEC_FOR_GB18030 = { "GB18030", CODEC_DOUBLE, false, true };

/* Not here: encodings whose characters depend on their neighbours (CP1255, CP1258, ISO-2022),
 * because no place in the file could be given for such a character.
 * Labels in lower case without the characters "-", "_", ":", "." and blanks. */
static const struct {
    const struct codec codec;
    const char *labels;
} CODECS[] = {
    { { "UTF-8", CODEC_UTF8, false, false },
      "utf8 utf8mb4 unicode11utf8 unicode20utf8 xunicode20utf8" },
    { { "GB18030", CODEC_DOUBLE, false, true },
      "gb2312 gb231280 gb23121980 gbk xgbk cp936 ms936 windows936 936 gb18030 gb180302000 "
      "gb180302005 gb180302022 gb chinese csgb2312 csiso58gb231280 isoir58 euccn xeuccn gbk2312" },
    { { "BIG5-HKSCS", CODEC_DOUBLE, false, true },
      "big5 big5hkscs cnbig5 csbig5 xxbig5 xbig5 cp950 ms950 windows950 950 big5eten bigfive" },
    { { "EUC-TW", CODEC_DOUBLE, false, true }, "euctw xeuctw" },
    { { "CP949", CODEC_DOUBLE, false, false },
      "euckr cp949 ms949 uhc windows949 ksc56011987 ksc5601" },
    { { "EUC-JP", CODEC_DOUBLE, false, false }, "eucjp xeucjp" },
    { { "CP932", CODEC_MIXED, false, false },
      "shiftjis sjis xsjis ms932 cp932 windows31j mskanji" },
    { { "CP1252", CODEC_SINGLE, false, false },
      "windows1252 cp1252 iso88591 iso885915 latin1 l1 ascii "
      "usascii ansix341968" },
    { { "CP1250", CODEC_SINGLE, false, false }, "windows1250 cp1250 iso88592 latin2" },
    { { "CP1251", CODEC_SINGLE, false, false },
      "windows1251 cp1251 iso88595 koi8r koi8u ibm866 "
      "xmaccyrillic maccyrillic" },
    { { "CP1253", CODEC_SINGLE, false, false }, "windows1253 cp1253 iso88597" },
    { { "CP1254", CODEC_SINGLE, false, false }, "windows1254 cp1254 iso88599 iso88593" },
    { { "CP1256", CODEC_SINGLE, false, false }, "windows1256 cp1256 iso88596" },
    { { "CP1257", CODEC_SINGLE, false, false }, "windows1257 cp1257 iso88594 iso885913 iso885910" },
    { { "TIS-620", CODEC_SINGLE, false, false }, "tis620 windows874 iso885911" },
};

#define CODEC_COUNT (sizeof(CODECS) / sizeof(CODECS[0]))
#define LABEL_BYTES_MAX 40
#define REPLACEMENT TEXT("\xEF\xBF\xBD")

static size_t plain_label(struct text label, char out[LABEL_BYTES_MAX])
{
    size_t length = 0;
    for (size_t i = 0; i < label.length; i++) {
        char letter = label.data[i];
        if (strchr("-_:. \t\r\n\"'", letter))
            continue;
        if (length == LABEL_BYTES_MAX)
            return 0;
        out[length++] = letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
    }
    return length;
}

const struct codec *codec_find(struct text label)
{
    char plain[LABEL_BYTES_MAX];
    struct text wanted = { plain, plain_label(label, plain) };
    for (size_t i = 0; i < CODEC_COUNT && wanted.length > 0; i++) {
        struct text labels = text_of(CODECS[i].labels);
        struct text known;
        while (text_split(&labels, TEXT(" "), &known))
            if (text_equal(known, wanted))
                return &CODECS[i].codec;
    }
    return NULL;
}

static bool through_iconv(const struct codec *codec)
{
    return codec->form >= CODEC_DOUBLE;
}

enum status decoder_open(struct decoder *decoder, const struct codec *codec, struct error *error)
{
    *decoder = (struct decoder) { codec, (iconv_t)-1 };
    if (!through_iconv(codec))
        return STATUS_OK;
    decoder->handle = iconv_open("UTF-8", codec->name);
    if (decoder->handle == (iconv_t)-1)
        return error_set(error, STATUS_UNSUPPORTED, "this system cannot decode \"%s\"",
                         codec->name);
    return STATUS_OK;
}

void decoder_close(struct decoder *decoder)
{
    if (decoder->handle != (iconv_t)-1)
        iconv_close(decoder->handle);
    decoder->handle = (iconv_t)-1;
}

/* Unicode's own forms -------------------------------------------------------------------------- */

static uint32_t unit_at(const struct codec *codec, struct text bytes, size_t offset, size_t size)
{
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++) {
        size_t place = codec->big_endian ? offset + i : offset + size - 1 - i;
        unit = unit << 8 | (unsigned char)bytes.data[place];
    }
    return unit;
}

static size_t next_utf16(const struct codec *codec, struct text bytes, size_t offset,
                         uint32_t *codepoint)
{
    *codepoint = UTF8_INVALID;
    size_t left = bytes.length - offset;
    if (left < 2)
        return left;
    uint32_t unit = unit_at(codec, bytes, offset, 2);
    if (unit < 0xD800 || unit > 0xDFFF) {
        *codepoint = unit;
        return 2;
    }
    if (unit > 0xDBFF)
        return 2;
    if (left < 4)
        return left;
    uint32_t low = unit_at(codec, bytes, offset + 2, 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return 2;
    *codepoint = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}

static size_t next_utf32(const struct codec *codec, struct text bytes, size_t offset,
                         uint32_t *codepoint)
{
    *codepoint = UTF8_INVALID;
    size_t left = bytes.length - offset;
    if (left < 4)
        return left;
    uint32_t unit = unit_at(codec, bytes, offset, 4);
    if (unit <= 0x10FFFF && (unit < 0xD800 || unit > 0xDFFF))
        *codepoint = unit;
    return 4;
}

static size_t next_unicode(const struct codec *codec, struct text bytes, size_t offset,
                           uint32_t *codepoint)
{
    if (codec->form == CODEC_UTF16)
        return next_utf16(codec, bytes, offset, codepoint);
    if (codec->form == CODEC_UTF32)
        return next_utf32(codec, bytes, offset, codepoint);
    size_t end = offset;
    *codepoint = utf8_next(bytes.data, bytes.length, &end);
    return end - offset;
}

/* The rest ------------------------------------------------------------------------------------- */

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* Bytes that an undecodable character at `offset` takes. */
static size_t bad_length(const struct codec *codec, struct text bytes, size_t offset)
{
    bool pair = codec->form != CODEC_SINGLE && offset + 1 < bytes.length &&
                !is_ascii(bytes.data[offset + 1]);
    return pair ? 2 : 1;
}

/* 0x80 is the euro sign in CP936; not in GB18030, but pages that say GBK use it. */
static struct text bad_text(const struct codec *codec, struct text bytes, size_t offset,
                            size_t *length)
{
    if (strcmp(codec->name, CODEC_FOR_GB18030.name) == 0 &&
        (unsigned char)bytes.data[offset] == 0x80) {
        *length = 1;
        return TEXT("€");
    }
    *length = bad_length(codec, bytes, offset);
    return REPLACEMENT;
}

static void reset(struct decoder *decoder)
{
    (void)iconv(decoder->handle, NULL, NULL, NULL, NULL);
}

/* Gives iconv the `length` bytes at `offset`: true when it took them all, and needs no more. */
static bool take_unit(struct decoder *decoder, struct text bytes, size_t offset, size_t length,
                      char *out, size_t *out_length)
{
    char *in = (char *)(uintptr_t)(bytes.data + offset);
    char *to = out;
    size_t left = length;
    size_t room = DECODER_STEP_BYTES;
    reset(decoder);
    size_t result = iconv(decoder->handle, &in, &left, &to, &room);
    if (result == (size_t)-1 || left > 0)
        return false;
    (void)iconv(decoder->handle, NULL, NULL, &to, &room); /* a second code point it held back */
    *out_length = (size_t)(to - out);
    return true;
}

static size_t step_iconv(struct decoder *decoder, struct text bytes, size_t offset, char *out,
                         size_t *out_length, bool *bad)
{
    size_t left = bytes.length - offset;
    if (is_ascii(bytes.data[offset])) {
        out[0] = bytes.data[offset];
        *out_length = 1;
        return 1;
    }
    size_t first = decoder->codec->form == CODEC_DOUBLE ? 2 : 1;
    for (size_t length = first; length <= left && length <= 4; length++) {
        if (take_unit(decoder, bytes, offset, length, out, out_length))
            return length;
        if (errno != EINVAL)
            break;
    }
    if (first > 1 && take_unit(decoder, bytes, offset, 1, out, out_length))
        return 1; /* a control character above ASCII, and what follows is bad */
    size_t length = 0;
    struct text text = bad_text(decoder->codec, bytes, offset, &length);
    *bad = text.data == NULL || text_equal(text, REPLACEMENT);
    memcpy(out, text.data, text.length);
    *out_length = text.length;
    return length;
}

size_t decoder_step(struct decoder *decoder, struct text bytes, size_t offset, char *out,
                    size_t *out_length, bool *bad)
{
    assert(offset < bytes.length);
    *bad = false;
    if (through_iconv(decoder->codec))
        return step_iconv(decoder, bytes, offset, out, out_length, bad);

    uint32_t codepoint;
    size_t length = next_unicode(decoder->codec, bytes, offset, &codepoint);
    *bad = codepoint == UTF8_INVALID;
    *out_length = utf8_encode(*bad ? 0xFFFD : codepoint, out);
    return length;
}

/* Where the decoded bytes go: into `data`, or nowhere but counted. */
struct sink {
    char *data;
    size_t capacity;
    size_t length;
};

static void put(struct sink *sink, const char *data, size_t length)
{
    if (sink->data) {
        assert(sink->length + length <= sink->capacity);
        memcpy(sink->data + sink->length, data, length);
    }
    sink->length += length;
}

/* As far as iconv goes without complaint; returns the offset it stops at. */
static size_t run_until_bad(struct decoder *decoder, struct text bytes, size_t offset,
                            struct sink *sink)
{
    char piece[8192];
    char *in = (char *)(uintptr_t)(bytes.data + offset);
    size_t left = bytes.length - offset;
    for (;;) {
        char *to = piece;
        size_t room = sizeof(piece);
        size_t result = iconv(decoder->handle, &in, &left, &to, &room);
        int problem = errno;
        put(sink, piece, (size_t)(to - piece));
        if (result != (size_t)-1)
            break;
        if (problem != E2BIG)
            break;
    }
    char *to = piece;
    size_t room = sizeof(piece);
    (void)iconv(decoder->handle, NULL, NULL, &to, &room);
    put(sink, piece, (size_t)(to - piece));
    return bytes.length - left;
}

size_t decoder_run(struct decoder *decoder, struct text bytes, char *out, size_t capacity,
                   size_t *replaced)
{
    struct sink sink = { .data = out, .capacity = capacity };
    *replaced = 0;
    for (size_t offset = 0; offset < bytes.length;) {
        if (through_iconv(decoder->codec)) {
            offset = run_until_bad(decoder, bytes, offset, &sink);
            if (offset == bytes.length)
                break;
        }
        char piece[DECODER_STEP_BYTES];
        size_t length;
        bool bad;
        offset += decoder_step(decoder, bytes, offset, piece, &length, &bad);
        put(&sink, piece, length);
        *replaced += bad;
    }
    return sink.length;
}
