/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/joins.h"

#include "search/query/lexer.h"
#include "search/query/scan.h"
#include "search/query/units.h"

static bool is_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
}

static bool digit_at(struct text line, size_t at)
{
    return at < line.length && is_digit(utf8_next_valid(line.data, &at));
}

bool joins_unit(struct text line, size_t end, size_t at)
{
    static const struct text MAGNITUDES[] = { TEXT_INIT("万"), TEXT_INIT("亿"), TEXT_INIT("千万"),
                                              TEXT_INIT("百万"), TEXT_INIT("") };
    size_t length;
    if (!is_digit(scan_previous(line, end)))
        return false;
    const struct unit *unit = unit_at(line, at, &length);
    return scan_any_at(line, at, MAGNITUDES) || (unit && !unit->counts && length > 1);
}

/* The number behind the brackets. */
static bool number_follows(struct text line, size_t end, size_t at)
{
    static const struct text CLOSE[] = { TEXT_INIT("〕"), TEXT_INIT("]"),  TEXT_INIT("）"),
                                         TEXT_INIT(")"),  TEXT_INIT("】"), TEXT_INIT("﹞"),
                                         TEXT_INIT("］"), TEXT_INIT("") };
    at += scan_at(line, at, TEXT("第")) ? TEXT("第").length : 0;
    return scan_any_before(line, end, CLOSE) && digit_at(line, at);
}

static size_t blanks_end(struct text line, size_t at)
{
    for (size_t next = at; at < line.length; at = next)
        if (!lexer_is_blank(utf8_next_valid(line.data, &next)))
            break;
    return at;
}

/* The mark of a range, and what stands behind one. */
static bool range_follows(struct text line, size_t start, size_t end, size_t at)
{
    static const struct text MARKS[] = { TEXT_INIT(".."), TEXT_INIT("至"), TEXT_INIT("到"),
                                         TEXT_INIT("~"),  TEXT_INIT("—"),  TEXT_INIT("–"),
                                         TEXT_INIT("-"),  TEXT_INIT("") };
    size_t mark = scan_any_at(line, at, MARKS);
    if (mark) { /* -2026 is what there should not be */
        size_t behind = blanks_end(line, at + mark);
        return digit_at(line, behind) && (behind > at + mark || !scan_at(line, at, TEXT("-")));
    }
    return utf8_boundary(line, end - 1) > start && scan_any_before(line, end, MARKS) &&
           digit_at(line, at);
}

bool joins_value(struct text line, enum query_field field, size_t start, size_t end, size_t at)
{
    bool times = field == QUERY_FIELD_YEAR || field == QUERY_FIELD_DATE;
    return (field == QUERY_FIELD_DOCUMENT_NUMBER && number_follows(line, end, at)) ||
           (times && range_follows(line, start, end, at));
}
