/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks are read by hand, one code point after the other: this runs at every clause of every
 * paragraph. GB/T 9704-2012 orders the levels 一、（一）1.（1）①. */
#include "indexer/reply/headings.h"

#include "indexer/base/utf8.h"

#define HEADING_CODEPOINTS 40 /* a run-in heading is not longer */
#define ALONE_CODEPOINTS 60   /* a heading that stands alone may be */
#define TERSE_CODEPOINTS 16   /* with a full stop behind it a longer one is a sentence */
#define CLAUSE_CODEPOINTS 30  /* nor a clause that has to do for a heading */

static uint32_t peek(struct text text, size_t *at)
{
    return *at < text.length ? utf8_next_valid(text.data, at) : 0;
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 || codepoint == 0x3000;
}

static void skip_blanks(struct text text, size_t *at)
{
    for (size_t next = *at; next < text.length && is_blank(utf8_next_valid(text.data, &next));)
        *at = next;
}

static int chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };
    for (int i = 0; i < 10; i++) {
        if (DIGITS[i] == codepoint)
            return i + 1;
    }
    return 0;
}

/* 一 ... 九十九 at *at; 0 when there is none. */
static int read_chinese(struct text text, size_t *at)
{
    int value = 0, digit = 0;
    size_t count = 0;
    for (size_t next = *at; next < text.length && count < 4; count++) {
        int one = chinese_digit(utf8_next_valid(text.data, &next));
        if (one == 0)
            break;
        if (one == 10) {
            value += (digit ? digit : 1) * 10;
            digit = 0;
        } else if (digit) {
            return 0; /* 二三: no number of a heading */
        } else {
            digit = one;
        }
        *at = next;
    }
    return value + digit;
}

static int digit_value(uint32_t codepoint)
{
    if (codepoint >= '0' && codepoint <= '9')
        return (int)(codepoint - '0');
    if (codepoint >= 0xFF10 && codepoint <= 0xFF19)
        return (int)(codepoint - 0xFF10);
    return -1;
}

/* 1 ... 99 at *at; 0 when there is none. */
static int read_arabic(struct text text, size_t *at)
{
    int value = 0;
    size_t count = 0;
    for (size_t next = *at; next < text.length; count++) {
        int one = digit_value(utf8_next_valid(text.data, &next));
        if (one < 0)
            break;
        if (count == 2)
            return 0;
        value = value * 10 + one;
        *at = next;
    }
    return value;
}

static bool is_open(uint32_t codepoint)
{
    return codepoint == '(' || codepoint == 0xFF08;
}

static bool is_close(uint32_t codepoint)
{
    return codepoint == ')' || codepoint == 0xFF09;
}

static bool is_dot(uint32_t codepoint)
{
    return codepoint == '.' || codepoint == 0xFF0E || codepoint == 0x3001; /* . ． 、 */
}

static struct mark mark_of(int level, int number, size_t length)
{
    return (struct mark) { .level = level, .number = number, .length = length };
}

/* ① ⑴ ⒈ ㈠: one code point is the whole mark. */
static struct mark enclosed_mark(uint32_t codepoint, size_t length)
{
    static const struct {
        uint32_t first, last;
        int level;
    } RANGES[] = {
        { 0x2460, 0x2473, 5 },
        { 0x2474, 0x2487, 4 },
        { 0x2488, 0x249B, 3 },
        { 0x3220, 0x3229, 2 },
    };
    for (size_t i = 0; i < sizeof(RANGES) / sizeof(RANGES[0]); i++) {
        if (codepoint >= RANGES[i].first && codepoint <= RANGES[i].last)
            return mark_of(RANGES[i].level, (int)(codepoint - RANGES[i].first) + 1, length);
    }
    return mark_of(0, 0, 0);
}

/* Takes one dot-like character behind a closing bracket: （一）、 */
static size_t with_dot(struct text text, size_t at)
{
    size_t next = at;
    return is_dot(peek(text, &next)) ? next : at;
}

static struct mark bracketed_mark(struct text text, size_t at)
{
    size_t inside = at;
    skip_blanks(text, &inside);
    size_t end = inside;
    int level = 2;
    int number = read_chinese(text, &end);
    if (number == 0) {
        end = inside;
        level = 4;
        number = read_arabic(text, &end);
    }
    skip_blanks(text, &end);
    if (number == 0 || !is_close(peek(text, &end)))
        return mark_of(0, 0, 0);
    return mark_of(level, number, with_dot(text, end));
}

/* 一、产业 but not 一、二产业; 一. and 一． too. */
static struct mark chinese_mark(struct text text)
{
    size_t at = 0;
    int number = read_chinese(text, &at);
    if (number == 0)
        return mark_of(0, 0, 0);
    size_t behind = at;
    uint32_t next = peek(text, &behind);
    if (next == 0x662F) /* 是 */
        return mark_of(LEVEL_ITEM, number, behind);
    skip_blanks(text, &at);
    if (!is_dot(peek(text, &at)))
        return mark_of(0, 0, 0);
    size_t after = at;
    if (chinese_digit(peek(text, &after)) != 0)
        return mark_of(0, 0, 0);
    return mark_of(1, number, at);
}

static struct mark arabic_mark(struct text text)
{
    size_t at = 0;
    int number = read_arabic(text, &at);
    if (number == 0)
        return mark_of(0, 0, 0);
    skip_blanks(text, &at);
    uint32_t stop = peek(text, &at);
    size_t after = at;
    uint32_t next = peek(text, &after);
    if (is_close(stop))
        return mark_of(4, number, with_dot(text, at));
    if (!is_dot(stop) || digit_value(next) >= 0 || is_dot(next))
        return mark_of(0, 0, 0); /* 3.5 亿, 3、4月 */
    return mark_of(3, number, at);
}

struct mark mark_at_start(struct text shadow)
{
    size_t at = 0;
    uint32_t first = peek(shadow, &at);
    if (first == 0)
        return mark_of(0, 0, 0);
    if (is_open(first))
        return bracketed_mark(shadow, at);
    struct mark mark = enclosed_mark(first, at);
    if (mark.level)
        return mark;
    return digit_value(first) >= 0 ? arabic_mark(shadow) : chinese_mark(shadow);
}

static bool is_full_stop(uint32_t codepoint)
{
    return codepoint == 0x3002 || codepoint == 0xFF01 || codepoint == 0xFF1F || codepoint == '\n';
}

static bool is_semicolon(uint32_t codepoint)
{
    return codepoint == 0xFF1B || codepoint == ';' || codepoint == 0xFF1A || codepoint == ':';
}

static bool is_pause(uint32_t codepoint)
{
    return codepoint == 0xFF0C || codepoint == ',' || is_semicolon(codepoint);
}

/* First full stop, semicolon and pause within reach; TEXT_NONE where there is none. */
struct stops {
    size_t full, semicolon, pause;
    size_t full_end; /* behind the full stop */
    size_t codepoints_full, codepoints_semicolon, codepoints_pause;
    size_t codepoints; /* looked at */
    bool ended;        /* the text ended within reach */
};

static struct stops find_stops(struct text text)
{
    struct stops stops = { TEXT_NONE, TEXT_NONE, TEXT_NONE, 0, 0, 0, 0, 0, false };
    size_t at = 0;
    while (at < text.length && stops.codepoints <= ALONE_CODEPOINTS) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_full_stop(codepoint)) {
            stops.full = start;
            stops.full_end = at;
            stops.codepoints_full = stops.codepoints;
            break;
        }
        if (is_semicolon(codepoint) && stops.semicolon == TEXT_NONE) {
            stops.semicolon = start;
            stops.codepoints_semicolon = stops.codepoints;
        }
        if (is_pause(codepoint) && stops.pause == TEXT_NONE) {
            stops.pause = start;
            stops.codepoints_pause = stops.codepoints;
        }
        stops.codepoints++;
    }
    stops.ended = at >= text.length;
    return stops;
}

size_t heading_length(struct text shadow, bool *alone)
{
    struct stops stops = find_stops(shadow);
    *alone = false;
    if (stops.full == TEXT_NONE && stops.ended && stops.codepoints <= ALONE_CODEPOINTS) {
        *alone = true;
        size_t last = shadow.length;
        if (stops.semicolon != TEXT_NONE && stops.semicolon + 3 >= last)
            return stops.semicolon; /* 一、主要做法： */
        return last;
    }
    if (stops.full != TEXT_NONE && stops.codepoints_full <= HEADING_CODEPOINTS) {
        *alone = stops.full_end >= shadow.length && stops.codepoints_full <= TERSE_CODEPOINTS;
        return stops.full;
    }
    if (stops.pause != TEXT_NONE && stops.codepoints_pause <= CLAUSE_CODEPOINTS)
        return stops.pause;
    return 0;
}

size_t item_heading_length(struct text shadow)
{
    struct stops stops = find_stops(shadow);
    if (stops.full != TEXT_NONE && stops.codepoints_full <= HEADING_CODEPOINTS &&
        (stops.semicolon == TEXT_NONE || stops.semicolon > stops.full))
        return stops.full;
    if (stops.semicolon != TEXT_NONE && stops.codepoints_semicolon <= HEADING_CODEPOINTS)
        return stops.semicolon;
    if (stops.pause != TEXT_NONE && stops.codepoints_pause <= CLAUSE_CODEPOINTS)
        return stops.pause;
    if (stops.full == TEXT_NONE && stops.ended && stops.codepoints <= HEADING_CODEPOINTS)
        return shadow.length;
    return 0;
}
