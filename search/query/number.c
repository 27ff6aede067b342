/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/number.h"

#include <math.h>
#include <stdlib.h>

#include "search/query/scan.h"
#include "search/query/units.h"

#define DIGITS_MAX 24 /* of one number; what is longer is a code */

/* "12", "37.46"; not "1.2.3". False with *end behind what is no number. */
bool number_digits(struct text text, size_t at, struct number *out)
{
    char copy[DIGITS_MAX + 1];
    size_t end = at, points = 0;
    while (scan_digit(text, end) || (end > at && text.data[end < text.length ? end : at] == '.' &&
                                     scan_digit(text, end + 1))) {
        points += text.data[end] == '.';
        end++;
    }
    size_t length = end - at;
    *out = (struct number) { .end = end, .whole = points == 0 };
    if (length == 0 || length > DIGITS_MAX || points > 1)
        return false;
    memcpy(copy, text.data + at, length);
    copy[length] = '\0';
    out->value = strtod(copy, NULL);
    out->digits = points ? strcspn(copy, ".") : length;
    return true;
}

int number_chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                       0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    for (int i = 0; i < 10; i++)
        if (DIGITS[i] == codepoint)
            return i;
    return codepoint == 0x4E24 ? 2 : codepoint == 0x96F6 ? 0 : -1; /* 两, 零 */
}

static double chinese_unit(uint32_t codepoint)
{
    return codepoint == 0x5341   ? 10
           : codepoint == 0x767E ? 100
           : codepoint == 0x5343 ? 1000
           : codepoint == 0x4E07 ? 1e4
           : codepoint == 0x4EBF ? 1e8
                                 : 0;
}

/* 三十六, 两千三百, 十二万, 一亿零五百万. A bare 百 or 万 at the start is no numeral. */
static bool read_chinese(struct text text, size_t at, struct number *out)
{
    double total = 0, section = 0, smallest = HUGE_VAL;
    int digit = -1;
    size_t end = at, digits = 0;
    while (end < text.length) {
        size_t next = end;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        int value = number_chinese_digit(codepoint);
        double unit = chinese_unit(codepoint);
        if (value < 0 && unit == 0)
            break;
        if (value >= 0) {
            if (digit > 0 && value > 0)
                return false; /* 三四, 一二三 */
            digit = value;
            digits++;
        } else if (unit < 1e4) {
            if (digit <= 0 && (unit > 10 || section > 0))
                break;
            if (unit >= smallest)
                return false;
            section += (digit > 0 ? digit : 1) * unit;
            smallest = unit;
            digit = -1;
        } else {
            if (section + (digit > 0 ? digit : 0) <= 0)
                break;
            double part = section + (digit > 0 ? digit : 0);
            total = unit > 1e4 ? (total + part) * unit : total + part * unit; /* 三亿五千万 */
            section = 0;
            smallest = HUGE_VAL;
            digit = -1;
        }
        end = next;
    }
    double value = total + section + (digit > 0 ? digit : 0);
    *out = (struct number) { end, value, 0, true, value < 10 && digits == 1 };
    return end > at && value > 0;
}

bool number_read(struct text text, size_t at, struct number *out)
{
    return scan_digit(text, at) ? number_digits(text, at, out) : read_chinese(text, at, out);
}

/* 万, 亿, 千万, 万亿 …: 0 none. 千瓦 and 百分点 are units. */
static size_t magnitude_at(struct text text, size_t at, double *factor)
{
    static const struct {
        struct text name;
        double factor;
    } ROWS[] = {
        { TEXT_INIT("万亿"), 1e12 }, { TEXT_INIT("亿"), 1e8 },   { TEXT_INIT("千万"), 1e7 },
        { TEXT_INIT("百万"), 1e6 },  { TEXT_INIT("十万"), 1e5 }, { TEXT_INIT("万"), 1e4 },
        { TEXT_INIT("千"), 1e3 },    { TEXT_INIT("百"), 1e2 },
    };
    size_t length;
    const struct unit *unit = unit_at(text, at, &length);
    if (unit)
        return 0;
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++)
        if (scan_at(text, at, ROWS[i].name)) {
            *factor = ROWS[i].factor;
            return ROWS[i].name.length;
        }
    return 0;
}

/* 余, 多, 来 between number and unit. */
static size_t more_at(struct text text, size_t at)
{
    static const struct text WORDS[] = { TEXT_INIT("余"), TEXT_INIT("多"), TEXT_INIT("来"),
                                         TEXT_INIT("") };
    return scan_any_at(text, at, WORDS);
}

/* The number with what multiplies it: 3亿5000万. */
bool number_amount(struct text text, size_t at, struct number *out, bool *more)
{
    if (!number_read(text, at, out))
        return false;
    double factor = 1, last = HUGE_VAL, sum = 0;
    struct number next = *out;
    *more = false;
    for (;;) {
        size_t place = scan_skip_blank(text, next.end), extra = more_at(text, place);
        size_t length = magnitude_at(text, place + extra, &factor);
        if (!length) { /* 30多家 */
            *more = *more || extra > 0;
            out->end = place + extra;
            sum += next.value;
            break;
        }
        *more = *more || extra > 0;
        sum += next.value * factor;
        out->end = place + extra + length;
        out->small = false;
        size_t end = out->end;
        extra = more_at(text, end);
        *more = *more || extra > 0;
        out->end += extra;
        if (extra || factor >= last || !scan_digit(text, end) || !number_digits(text, end, &next))
            break;
        double smaller = 1;
        if (!magnitude_at(text, scan_skip_blank(text, next.end), &smaller) || smaller >= factor)
            break;
        last = factor;
    }
    out->value = sum;
    return true;
}

bool number_is_year(const struct number *number)
{
    return number->whole && number->digits == 4 && number->value >= 1900 && number->value <= 2100;
}
