/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/period.h"

#include <stdio.h>

#include "search/query/numeral.h"

#define YEAR_FIRST 1900
#define YEAR_LAST 2100

/* ---- ranges ---- */

static bool is_year(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.length == 4;
}

static bool is_year_at(struct text value, size_t at)
{
    return value.length - at >= 4 && is_year(text_slice(value, at, 4)) &&
           (text_starts_with(text_slice(value, at, 2), TEXT("19")) ||
            text_starts_with(text_slice(value, at, 2), TEXT("20")));
}

/* What stands between the ends of a range: ".." or what people write there. A hyphen only before a
 * year: elsewhere it is a mark of a date. */
static bool find_range(struct text value, size_t *at, size_t *length)
{
    static const struct text MARKS[] = { TEXT_INIT("..."), TEXT_INIT(".."), TEXT_INIT("…"),
                                         TEXT_INIT("~"),   TEXT_INIT("至"), TEXT_INIT("到"),
                                         TEXT_INIT("——"),  TEXT_INIT("—"),  TEXT_INIT("–"),
                                         TEXT_INIT("--") };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++)
        if ((*at = text_find(value, MARKS[i])) != TEXT_NONE) {
            *length = MARKS[i].length;
            return true;
        }
    *length = 1;
    for (*at = 4; *at + 1 < value.length; (*at)++)
        if (value.data[*at] == '-' && is_year_at(value, *at + 1))
            return true;
    return false;
}

struct range {
    struct text low, high; /* empty: open */
    bool above, below;     /* without that end itself */
};

/* >=2024, ≤2024, >2024, 2024年以来, 2024年以前. */
static bool read_bound(struct text value, struct range *out)
{
    static const struct {
        struct text mark;
        bool behind, low, open;
    } ROWS[] = {
        { TEXT_INIT(">="), false, true, false },  { TEXT_INIT("<="), false, false, false },
        { TEXT_INIT("≥"), false, true, false },   { TEXT_INIT("≤"), false, false, false },
        { TEXT_INIT(">"), false, true, true },    { TEXT_INIT("<"), false, false, true },
        { TEXT_INIT("以来"), true, true, false }, { TEXT_INIT("以后"), true, true, false },
        { TEXT_INIT("起"), true, true, false },   { TEXT_INIT("以前"), true, false, false },
    };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
        struct text mark = ROWS[i].mark;
        if (ROWS[i].behind ? !text_ends_with(value, mark) : !text_starts_with(value, mark))
            continue;
        struct text end = text_trim(
            text_slice(value, ROWS[i].behind ? 0 : mark.length, value.length - mark.length));
        if (!end.length)
            return false;
        *out = (struct range) { .low = ROWS[i].low ? end : TEXT(""),
                                .high = ROWS[i].low ? TEXT("") : end,
                                .above = ROWS[i].open && ROWS[i].low,
                                .below = ROWS[i].open && !ROWS[i].low };
        return true;
    }
    return false;
}

/* "low..high", either of which may be missing; without a mark both are the whole value. */
static struct range read_range(struct text value)
{
    size_t at, length;
    struct range range = { .low = value, .high = value };
    if (read_bound(value, &range) || !find_range(value, &at, &length))
        return range;
    range.low = text_trim(text_slice(value, 0, at));
    range.high = text_trim(text_slice(value, at + length, value.length - at - length));
    return range;
}

bool period_reverse(struct text value, struct arena *arena, struct text *out)
{
    struct range range = read_range(value);
    if (range.low.data == range.high.data || !range.low.length || !range.high.length)
        return false;
    *out = arena_printf(arena, "%.*s..%.*s", TEXT_ARG(range.high), TEXT_ARG(range.low));
    return out->data != NULL;
}

/* ---- years ---- */

static bool read_year(struct text text, unsigned missing, unsigned *year)
{
    if (text_ends_with(text, TEXT("年")))
        text.length -= 3;
    *year = missing;
    return text.length == 0 ||
           (numeral_read(text, year) && *year >= YEAR_FIRST && *year <= YEAR_LAST);
}

bool period_years(struct text value, unsigned *first, unsigned *last)
{
    struct range range = read_range(value);
    if ((!range.low.length && !range.high.length) || !read_year(range.low, YEAR_FIRST, first) ||
        !read_year(range.high, YEAR_LAST, last))
        return false;
    *first += range.above;
    *last -= range.below;
    return *first <= *last;
}

/* ---- dates ---- */

struct date_parts {
    unsigned values[3]; /* year, month, day */
    size_t count;
};

/* Year, month and day with a mark between them: 2024-6-8, 2024/06, 2024.6.8, 2024年6月8日. */
static bool read_parts(struct text text, struct date_parts *out)
{
    static const struct text MARKS[] = { TEXT_INIT("-"),  TEXT_INIT("/"),  TEXT_INIT("."),
                                         TEXT_INIT("年"), TEXT_INIT("月"), TEXT_INIT("日") };
    *out = (struct date_parts) { 0 };
    for (size_t at = 0; at < text.length;) {
        size_t start = at, mark = 0;
        unsigned value = 0;
        for (; at < text.length && text.data[at] >= '0' && text.data[at] <= '9'; at++)
            value = value * 10 + (unsigned)(text.data[at] - '0');
        if (out->count == 3 || at == start || at - start > (out->count ? 2U : 4U))
            return false;
        out->values[out->count++] = value;
        struct text rest = text_slice(text, at, text.length - at);
        for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS) && !mark; i++)
            mark = text_starts_with(rest, MARKS[i]) ? MARKS[i].length : 0;
        if ((rest.length && !mark) || (mark == 1 && mark == rest.length))
            return false;
        at += mark;
    }
    return true;
}

/* 20240608 and 202406 without marks. */
static bool read_plain(struct text text, struct date_parts *out)
{
    unsigned long long number = 0;
    if ((text.length != 6 && text.length != 8) || !text_to_u64(text, &number))
        return false;
    unsigned long long day = text.length == 8 ? number % 100 : 1,
                       rest = text.length == 8 ? number / 100 : number;
    *out = (struct date_parts) { { (unsigned)(rest / 100), (unsigned)(rest % 100), (unsigned)day },
                                 text.length == 8 ? 3 : 2 };
    return true;
}

static unsigned days_of(unsigned year, unsigned month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    bool short_month = month == 4 || month == 6 || month == 9 || month == 11;
    return month == 2 ? 28 + leap : 31 - short_month;
}

/* A year, a month or a day -> eight digits, the missing ones as `fill`. Nothing is an open end. */
static bool read_date(struct text text, char fill, struct arena *arena, struct text *out)
{
    struct date_parts parts = { 0 };
    text = text_trim(text);
    if (text.length && !read_plain(text, &parts) && !read_parts(text, &parts))
        return false;
    if ((parts.count > 0 && (parts.values[0] < YEAR_FIRST || parts.values[0] > YEAR_LAST)) ||
        (parts.count > 1 && (parts.values[1] < 1 || parts.values[1] > 12)) ||
        (parts.count > 2 &&
         (parts.values[2] < 1 || parts.values[2] > days_of(parts.values[0], parts.values[1]))))
        return false;
    char digits[16];
    snprintf(digits, sizeof(digits), "%04u%02u%02u", parts.values[0] % 10000, parts.values[1] % 100,
             parts.values[2] % 100);
    for (size_t i = parts.count ? 2 + 2 * parts.count : 8; i < 8; i++)
        digits[i] = fill;
    *out = arena_text(arena, (struct text) { digits, parts.count ? 8 : 0 });
    return out->data != NULL;
}

/* The 9月 of 2024年3月至9月 is of the same year. */
static struct text with_year(struct text low, struct text high, struct arena *arena)
{
    size_t year = text_find(low, TEXT("年"));
    bool lacks = text_contains(high, TEXT("月")) && !text_contains(high, TEXT("年"));
    return year == TEXT_NONE || !lacks
               ? high
               : arena_printf(arena, "%.*s年%.*s", (int)year, low.data, TEXT_ARG(high));
}

/* >2024-06-01 begins the day after, >2024-06 the month after: with the digits that fill it, no date is
 * greater. */
static bool read_end(struct text text, bool low, bool open, struct arena *arena, struct text *out)
{
    char fill = low == open ? '9' : '0';
    unsigned long long number = 0;
    if (!read_date(text, fill, arena, out) || !open || !out->length)
        return out->data != NULL;
    bool day = out->data[7] != fill || out->data[6] != fill;
    if (!day || !text_to_u64(*out, &number))
        return true;
    *out = arena_printf(arena, "%08llu", low ? number + 1 : number - 1);
    return out->data != NULL;
}

bool period_dates(struct text value, struct arena *arena, struct text *low, struct text *high)
{
    struct range range = read_range(value);
    range.high = with_year(range.low, range.high, arena);
    return range.high.data && read_end(range.low, true, range.above, arena, low) &&
           read_end(range.high, false, range.below, arena, high) && (low->length || high->length);
}
