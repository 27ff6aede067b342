/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two ways of writing in Chinese characters are read: by place (二〇二四) and by unit (二十四). */
#include "indexer/reply/numerals.h"

#include "indexer/base/utf8.h"

static const struct {
    struct text character;
    int value;
} CHINESE_DIGITS[] = {
    { TEXT_INIT("〇"), 0 },  { TEXT_INIT("零"), 0 },   { TEXT_INIT("一"), 1 },
    { TEXT_INIT("二"), 2 },  { TEXT_INIT("两"), 2 },   { TEXT_INIT("三"), 3 },
    { TEXT_INIT("四"), 4 },  { TEXT_INIT("五"), 5 },   { TEXT_INIT("六"), 6 },
    { TEXT_INIT("七"), 7 },  { TEXT_INIT("八"), 8 },   { TEXT_INIT("九"), 9 },
    { TEXT_INIT("十"), 10 }, { TEXT_INIT("百"), 100 }, { TEXT_INIT("O"), 0 },
    { TEXT_INIT("o"), 0 },   { TEXT_INIT("Ｏ"), 0 },
};

/* The value of one character, 10 and 100 for the units; -1 when it is no numeral. */
static int character_value(struct text character)
{
    if (character.length == 1 && character.data[0] >= '0' && character.data[0] <= '9')
        return character.data[0] - '0';
    size_t offset = 0;
    uint32_t codepoint = utf8_next_valid(character.data, &offset);
    if (codepoint >= 0xFF10 && codepoint <= 0xFF19)
        return (int)(codepoint - 0xFF10);
    for (size_t i = 0; i < sizeof(CHINESE_DIGITS) / sizeof(CHINESE_DIGITS[0]); i++) {
        if (text_equal(character, CHINESE_DIGITS[i].character))
            return CHINESE_DIGITS[i].value;
    }
    return -1;
}

bool numeral_value(struct text shadow, int *value)
{
    int total = 0, digits = 0, unit_digit = -1;
    bool units = false;
    for (size_t at = 0; at < shadow.length;) {
        size_t length = utf8_length((unsigned char)shadow.data[at]);
        int one = character_value(text_slice(shadow, at, length));
        at += length;
        if (one < 0 || digits++ > 6)
            return false;
        if (one >= 10) {
            total += (unit_digit < 0 ? 1 : unit_digit) * one;
            unit_digit = -1;
            units = true;
        } else if (units) {
            unit_digit = one; /* 十六, 一百零八 */
        } else {
            unit_digit = (unit_digit < 0 ? 0 : unit_digit) * 10 + one;
        }
    }
    if (digits == 0)
        return false;
    if (unit_digit > 0)
        total += unit_digit;
    *value = total;
    return true;
}

struct text numeral_fold(struct text text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.length + 1);
    size_t used = 0;
    if (!out)
        return (struct text) { NULL, 0 };
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 || codepoint == 0x3000)
            continue;
        if (codepoint >= 0xFF01 && codepoint <= 0xFF5E) {
            out[used++] = (char)(codepoint - 0xFF01 + '!');
            continue;
        }
        memcpy(out + used, text.data + start, at - start);
        used += at - start;
    }
    return (struct text) { out, used };
}

struct text numeral_date(const struct pattern_match *match, struct text shadow, struct arena *arena)
{
    static const int DAYS[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year = 0, month = 0, day = 0;
    if (!numeral_value(pattern_piece(match, PIECE_YEAR, shadow), &year) ||
        !numeral_value(pattern_piece(match, PIECE_MONTH, shadow), &month) ||
        !numeral_value(pattern_piece(match, PIECE_DAY, shadow), &day))
        return (struct text) { "", 0 };
    if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1])
        return (struct text) { "", 0 };
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}
