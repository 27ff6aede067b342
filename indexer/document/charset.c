/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deciding on an encoding. Declarations lie (a server's default, a template copied from another
 * site), so each candidate has to decode the bytes with hardly a mistake before it is believed,
 * and an encoding of single bytes, in which nothing is a mistake, is believed only where the
 * bytes are no Chinese. */
#include "indexer/document/charset.h"

#include <uchardet/uchardet.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/charset_sniff.h"

/* Evidence is looked for in this many bytes of a long text. */
#define SAMPLE_BYTES ((size_t)1 << 20)

/* Percent of common characters of GB2312. Running Chinese text has more than 95; Big5 read as GB
 * has less than 50. */
#define GB_LIKELY 70
#define GB_CERTAIN 88

const char *charset_origin_name(enum charset_origin origin)
{
    static const char *const NAMES[] = { "byte order mark", "byte pattern", "valid",
                                         "declared",        "detected",     "assumed" };
    return NAMES[origin];
}

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

struct decision {
    const struct codec *codec;
    enum charset_origin origin;
    size_t mark;
};

static bool find_mark(struct text bytes, struct decision *out)
{
    static const struct {
        struct text mark;
        const struct codec *codec;
    } MARKS[] = {
        { TEXT_INIT("\xEF\xBB\xBF"), &CODEC_FOR_UTF8 },
        { TEXT_INIT("\xFF\xFE\0\0"), &CODEC_FOR_UTF32LE }, /* before the mark that begins it */
        { TEXT_INIT("\0\0\xFE\xFF"), &CODEC_FOR_UTF32BE },
        { TEXT_INIT("\xFF\xFE"), &CODEC_FOR_UTF16LE },
        { TEXT_INIT("\xFE\xFF"), &CODEC_FOR_UTF16BE },
        { TEXT_INIT("\x84\x31\x95\x33"), &CODEC_FOR_GB18030 },
    };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(MARKS[0]); i++) {
        if (!text_starts_with(bytes, MARKS[i].mark))
            continue;
        *out = (struct decision) { MARKS[i].codec, CHARSET_MARK, MARKS[i].mark.length };
        return true;
    }
    return false;
}

/* Whether the codec decodes the sample with hardly a mistake. */
static bool decodes(const struct codec *codec, struct text sample)
{
    struct decoder decoder;
    if (decoder_open(&decoder, codec, NULL) != STATUS_OK)
        return false;
    size_t replaced;
    size_t length = decoder_run(&decoder, sample, NULL, 0, &replaced);
    decoder_close(&decoder);
    return replaced <= 1 + length / 3 / 200; /* the one may be the sample's end */
}

/* Whether ASCII makes up most of it, as in a Western text. */
static bool mostly_ascii(struct text sample)
{
    size_t above = 0;
    for (size_t i = 0; i < sample.length; i++)
        above += (unsigned char)sample.data[i] >= 0x80;
    return above * 2 < sample.length;
}

/* Whether a label leads to an encoding that may be believed. */
static bool believable(const struct codec *codec, struct text sample)
{
    if (!codec || codec->form == CODEC_UTF8) /* UTF-8 had its chance */
        return false;
    if (codec->form == CODEC_UTF16 || codec->form == CODEC_UTF32)
        return false;
    if (codec->form == CODEC_SINGLE && !mostly_ascii(sample))
        return false;
    return decodes(codec, sample) && (codec->chinese || sniff_gb(sample) < GB_LIKELY);
}

/* uchardet takes its time, so it is asked only where the answer is not plain to see. */
static const struct codec *detect(struct text sample)
{
    if (sniff_gb(sample) >= GB_CERTAIN)
        return &CODEC_FOR_GB18030;
    uchardet_t detector = uchardet_new();
    if (!detector)
        return NULL;
    const struct codec *found = NULL;
    if (uchardet_handle_data(detector, sample.data, sample.length) == 0) {
        uchardet_data_end(detector);
        found = codec_find(text_of(uchardet_get_charset(detector)));
    }
    uchardet_delete(detector);
    return found;
}

static struct decision decide(struct text bytes, struct text declared)
{
    struct decision decision;
    if (find_mark(bytes, &decision))
        return decision;

    struct text sample =
        text_slice(bytes, 0, bytes.length < SAMPLE_BYTES ? bytes.length : SAMPLE_BYTES);
    const struct codec *codec = sniff_utf16(sample);
    if (codec)
        return (struct decision) { codec, CHARSET_PATTERN, 0 };
    if (sniff_utf8(bytes))
        return (struct decision) { &CODEC_FOR_UTF8, CHARSET_VALID, 0 };
    codec = codec_find(declared);
    if (believable(codec, sample))
        return (struct decision) { codec, CHARSET_DECLARED, 0 };
    codec = detect(sample);
    if (believable(codec, sample))
        return (struct decision) { codec, CHARSET_DETECTED, 0 };
    return (struct decision) { &CODEC_FOR_GB18030, CHARSET_ASSUMED, 0 };
}

static enum status convert(struct charset_text *decoded, struct text content, struct arena *arena,
                           struct error *error)
{
    CLEANUP(decoder_close) struct decoder decoder;
    enum status status = decoder_open(&decoder, decoded->codec, error);
    if (status)
        return status;
    size_t length = decoder_run(&decoder, content, NULL, 0, &decoded->replaced);
    char *data = arena_alloc(arena, length + 1);
    if (!data)
        return out_of_memory(error);
    decoder_run(&decoder, content, data, length, &decoded->replaced);
    decoded->text = (struct text) { data, length };
    return STATUS_OK;
}

enum status charset_decode(struct text bytes, struct text declared, struct arena *arena,
                           struct charset_text *out, struct error *error)
{
    if (bytes.length == 0)
        bytes = TEXT("");
    struct decision decision = decide(bytes, declared);
    struct charset_text decoded = {
        .bytes = bytes, .mark = decision.mark, .codec = decision.codec, .origin = decision.origin
    };
    struct text content = bytes;
    if (decision.mark > 0)
        content = text_slice(bytes, decision.mark, bytes.length - decision.mark);

    enum status status = STATUS_OK;
    if (decoded.codec->form == CODEC_UTF8 && utf8_find_invalid(content) == TEXT_NONE)
        decoded.text = content;
    else
        status = convert(&decoded, content, arena, error);
    if (!status)
        *out = decoded;
    return status;
}

/* Characters of private use: where bytes of anything decode as GB18030, every tenth is one. */
static size_t count_private(struct text text)
{
    size_t count = 0;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        count += codepoint >= 0xE000 && codepoint <= 0xF8FF;
    }
    return count;
}

bool charset_is_binary(const struct charset_text *decoded)
{
    size_t controls = 0;
    struct text text = decoded->text;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte == 0)
            return true;
        controls += (byte < 0x20 && !(byte >= '\t' && byte <= '\r')) || byte == 0x7F;
    }
    if (controls * 10 > text.length || (controls >= 8 && controls * 64 > text.length))
        return true;
    size_t strange = decoded->replaced + count_private(text);
    return strange >= 8 && strange * 20 > utf8_count(text);
}

/* The way back ---------------------------------------------------------------------------------- */

enum status charset_walk_open(struct charset_walk *walk, const struct charset_text *decoded,
                              struct error *error)
{
    *walk = (struct charset_walk) { .decoded = decoded, .source_offset = decoded->mark };
    return decoder_open(&walk->decoder, decoded->codec, error);
}

void charset_walk_close(struct charset_walk *walk)
{
    decoder_close(&walk->decoder);
}

static bool is_copy(const struct charset_text *decoded)
{
    return decoded->codec->form == CODEC_UTF8 && decoded->replaced == 0;
}

/* Walks on to text offset `end`; with a map, every character on the way is a run of it. */
static bool walk_to(struct charset_walk *walk, size_t end, struct arena *arena,
                    struct span_map *map)
{
    struct text bytes = walk->decoded->bytes;
    while (walk->text_offset < end && walk->source_offset < bytes.length) {
        char piece[DECODER_STEP_BYTES];
        size_t length;
        bool bad;
        size_t taken =
            decoder_step(&walk->decoder, bytes, walk->source_offset, piece, &length, &bad);
        if (map && !span_map_append(map, arena, (uint32_t)length, walk->source_offset, taken))
            return false;
        walk->text_offset += length;
        walk->source_offset += taken;
    }
    return true;
}

bool charset_walk_map(struct charset_walk *walk, size_t start, size_t length, struct arena *arena,
                      struct span_map *map)
{
    if (is_copy(walk->decoded))
        return span_map_append(map, arena, (uint32_t)length, start + walk->decoded->mark, length);

    walk_to(walk, start, NULL, NULL);
    if (walk->decoded->bytes.length <= CHARSET_EXACT_BYTES)
        return walk_to(walk, start + length, arena, map);
    size_t source = walk->source_offset;
    walk_to(walk, start + length, NULL, NULL);
    return span_map_append(map, arena, (uint32_t)length, source, walk->source_offset - source);
}
