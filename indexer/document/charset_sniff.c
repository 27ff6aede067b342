/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Encodings recognised by the shape of their bytes. uchardet does not know UTF-16 without a mark,
 * and takes short GB text for Western or Korean; both have shapes that are easy to see. */
#include "indexer/document/charset_sniff.h"

#include "indexer/base/utf8.h"

#define UTF16_SAMPLE_BYTES ((size_t)1 << 16)

/* What the 16-bit units of a text would be in one byte order. */
struct units {
    size_t ascii;
    size_t chinese; /* ideographs, their punctuation and full-width forms */
    size_t high;    /* of the ideographs: those whose low byte is >= 0x80 */
    size_t ideographs;
    size_t strange; /* NUL, surrogates, private use and unassigned places */
    size_t count;
};

static bool is_usual_ascii(uint32_t unit)
{
    return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\n' || unit == '\r' ||
           unit == '\f' || unit == 0xA0 || unit == 0xB7;
}

static bool is_usual_sign(uint32_t unit)
{
    return (unit >= 0x3000 && unit <= 0x301F) || (unit >= 0xFF01 && unit <= 0xFF5E) ||
           (unit >= 0x2010 && unit <= 0x203B) || (unit >= 0x2460 && unit <= 0x249B);
}

static struct units count_units(struct text sample, bool big_endian)
{
    struct units units = { .count = sample.length / 2 };
    for (size_t i = 0; i + 1 < sample.length; i += 2) {
        uint32_t first = (unsigned char)sample.data[i];
        uint32_t second = (unsigned char)sample.data[i + 1];
        uint32_t unit = big_endian ? first << 8 | second : second << 8 | first;
        bool ideograph = unit >= 0x4E00 && unit <= 0x9FFF;
        units.ascii += is_usual_ascii(unit);
        units.ideographs += ideograph;
        units.high += ideograph && (unit & 0x80) != 0;
        units.chinese += ideograph || is_usual_sign(unit);
        units.strange += unit == 0 || (unit >= 0xD800 && unit <= 0xF8FF) || unit >= 0xFFFE;
    }
    return units;
}

/* Nearly all units are plausible ones. Pairs of ASCII letters look like ideographs, too, but the
 * low byte of a true one is as often above 0x7F as below. */
static bool is_utf16(const struct units *units)
{
    size_t good = units->ascii + units->chinese;
    if (units->count < 2 || good * 100 < units->count * 90 || units->strange * 50 > units->count)
        return false;
    if (units->ideographs == 0)
        return units->ascii * 2 > units->count && units->count >= 4;
    if (units->ideographs < 8)
        return units->ascii > 0 || units->high > 0;
    return units->high * 100 > units->ideographs * 15 && units->high * 100 < units->ideographs * 85;
}

const struct codec *sniff_utf16(struct text sample)
{
    if (sample.length > UTF16_SAMPLE_BYTES)
        sample.length = UTF16_SAMPLE_BYTES;
    bool zeros = sample.length > 0 && memchr(sample.data, 0, sample.length);
    if (!zeros && utf8_find_invalid(sample) == TEXT_NONE)
        return NULL;

    struct units little = count_units(sample, false);
    struct units big = count_units(sample, true);
    bool is_little = is_utf16(&little);
    bool is_big = is_utf16(&big);
    if (is_little && is_big)
        is_little = little.ascii + little.chinese >= big.ascii + big.chinese;
    return is_little ? &CODEC_FOR_UTF16LE : is_big ? &CODEC_FOR_UTF16BE : NULL;
}

static bool is_wide(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || (codepoint >= 0x2010 && codepoint <= 0x303F) ||
           (codepoint >= 0xFF00 && codepoint <= 0xFFEF);
}

#define UTF8_WIDE_PER_BAD 3

bool sniff_utf8(struct text bytes)
{
    size_t bad = 0;
    size_t wide = 0; /* three bytes that no GB text has in this order, but by chance */
    size_t other = 0;
    size_t last_bad = 0;
    for (size_t offset = 0; offset < bytes.length;) {
        size_t start = offset;
        if ((unsigned char)bytes.data[offset] < 0x80) {
            offset++;
            continue;
        }
        uint32_t codepoint = utf8_next(bytes.data, bytes.length, &offset);
        bad += codepoint == UTF8_INVALID;
        last_bad = codepoint == UTF8_INVALID ? start : last_bad;
        wide += codepoint != UTF8_INVALID && is_wide(codepoint);
        other += codepoint != UTF8_INVALID && !is_wide(codepoint);
    }
    if (bad == 0)
        return true;
    bool cut_off = bad == 1 && last_bad + 4 > bytes.length;
    if (cut_off && (wide >= 2 || other >= 20))
        return true;
    /* Slices of GB18030 and Big5 replies, cut anywhere: from 10 bytes on not one of 100,000 has
     * twice as many of these triples as bad bytes; below that, one in 20,000. */
    return wide / UTF8_WIDE_PER_BAD >= bad || other / 200 >= bad;
}

unsigned sniff_gb(struct text sample)
{
    size_t common = 0;
    size_t all = 0;
    for (size_t i = 0; i + 1 < sample.length;) {
        unsigned char lead = (unsigned char)sample.data[i];
        unsigned char trail = (unsigned char)sample.data[i + 1];
        if (lead < 0x80) {
            i++;
            continue;
        }
        bool level_one = lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1;
        bool sign = (lead == 0xA1 || lead == 0xA3) && trail >= 0xA1;
        common += level_one || sign;
        all++;
        i += 2;
    }
    return all > 0 ? (unsigned)(common * 100 / all) : 0;
}
