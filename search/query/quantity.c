/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number, perhaps a second one for a range, and the unit; or a share in words. */
#include "search/query/quantity.h"

#include "search/query/no_quantity.h"
#include "search/query/number.h"
#include "search/query/scan.h"
#include "search/query/units.h"

static size_t range_mark(struct text text, size_t at)
{
    static const struct text MARKS[] = { TEXT_INIT("至"), TEXT_INIT("到"), TEXT_INIT("-"),
                                         TEXT_INIT("—"),  TEXT_INIT("——"), TEXT_INIT("–"),
                                         TEXT_INIT("~"),  TEXT_INIT("～"), TEXT_INIT("") };
    return scan_any_at(text, at, MARKS);
}

size_t quantity_year(struct text text, size_t at, unsigned *year)
{
    struct number number;
    if (!scan_digit(text, at) || (at && (scan_digit(text, at - 1) || text.data[at - 1] == '.')) ||
        !number_digits(text, at, &number) || !number_is_year(&number))
        return 0;
    size_t end = number.end, mark = scan_at(text, end, TEXT("年")) ? 3 : 0;
    size_t range = range_mark(text, end + mark);
    struct number last;
    if (range && number_digits(text, end + mark + range, &last) && number_is_year(&last) &&
        scan_at(text, last.end, TEXT("年"))) {
        *year = (unsigned)last.value;
        return last.end + 3;
    }
    *year = (unsigned)number.value;
    return mark ? end + mark : 0;
}

/* 以上, 左右 behind it. */
static void read_suffix(struct text text, struct quantity *quantity)
{
    if (scan_at(text, quantity->end, TEXT("以上")) || scan_at(text, quantity->end, TEXT("多")) ||
        scan_at(text, quantity->end, TEXT("余")))
        quantity->more = true;
    else if (scan_at(text, quantity->end, TEXT("左右")) ||
             scan_at(text, quantity->end, TEXT("上下")))
        quantity->about = true;
    else if (scan_at(text, quantity->end, TEXT("以内")) ||
             scan_at(text, quantity->end, TEXT("以下")))
        quantity->less = true;
}

static bool give_share(struct text text, double value, struct quantity *out, size_t *next)
{
    out->low = out->high = value;
    out->unit = TEXT("%");
    read_suffix(text, out);
    *next = out->end;
    return true;
}

/* 三分之一, 一半, 过半数, 翻了一番 */
static bool read_part(struct text text, size_t at, struct quantity *out, size_t *next)
{
    static const struct {
        struct text word;
        double percent;
    } WORDS[] = {
        { TEXT_INIT("一半"), 50 },    { TEXT_INIT("半数"), 50 },  { TEXT_INIT("翻了一番"), 100 },
        { TEXT_INIT("翻一番"), 100 }, { TEXT_INIT("翻番"), 100 }, { TEXT_INIT("翻了两番"), 300 },
        { TEXT_INIT("翻两番"), 300 },
    };
    struct number below, above;
    *out = (struct quantity) { .start = at };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(*WORDS); i++)
        if (scan_at(text, at, WORDS[i].word)) {
            out->end = at + WORDS[i].word.length;
            out->grows = WORDS[i].percent > 50;
            return give_share(text, WORDS[i].percent, out, next);
        }
    if (!number_read(text, at, &below) || !scan_at(text, below.end, TEXT("分之")) ||
        !number_read(text, below.end + TEXT("分之").length, &above) || below.value < 2 ||
        above.value >= below.value)
        return false;
    out->end = above.end;
    return give_share(text, above.value * 100 / below.value, out, next);
}

/* 百分之五, 千分之三 */
static bool read_share(struct text text, size_t at, struct quantity *out, size_t *next)
{
    bool percent = scan_at(text, at, TEXT("百分之"));
    struct number number;
    bool more;
    if ((!percent && !scan_at(text, at, TEXT("千分之"))) ||
        !number_amount(text, at + 9, &number, &more))
        return false;
    *out = (struct quantity) { .start = at,
                               .end = number.end,
                               .low = number.value,
                               .high = number.value,
                               .more = more,
                               .unit = percent ? TEXT("%") : TEXT("‰") };
    read_suffix(text, out);
    *next = out->end;
    return true;
}

/* 五 of 九成五, 半 of 三成半. */
static size_t tenths_at(struct text text, size_t at, double *more)
{
    size_t end = at;
    uint32_t codepoint = at < text.length ? utf8_next_valid(text.data, &end) : 0;
    int digit = codepoint == 0x534A ? 5 : number_chinese_digit(codepoint);
    if (digit <= 0)
        return 0;
    *more = digit / 10.0;
    return end - at;
}

/* 和6.1个百分点 follows. */
static bool shares_points(struct text text, size_t at)
{
    static const struct text AND[] = { TEXT_INIT("和"), TEXT_INIT("、"), TEXT_INIT("及"),
                                       TEXT_INIT("") };
    struct number next;
    size_t length = scan_any_at(text, at, AND);
    return length && number_read(text, at + length, &next) &&
           scan_at(text, next.end, TEXT("个百分点"));
}

static bool finish(struct text text, const struct number *number, size_t at, struct quantity *out)
{
    size_t length = 0, place = scan_skip_blank(text, out->end);
    const struct unit *unit = unit_at(text, place, &length);
    if (!unit || no_quantity_unit(text, at, number, place, unit))
        return false;
    out->end = place + length;
    out->unit = text_slice(text, place, length);
    if (text_equal(out->unit, TEXT("个")) && shares_points(text, out->end))
        out->unit = TEXT("个百分点"); /* 分别提高4.6个和6.1个百分点 */
    out->counts = unit->counts;
    if (text_equal(out->unit, TEXT("成"))) { /* 三成, 九成五 */
        double more = 0;
        out->end += tenths_at(text, out->end, &more);
        out->low = (out->low + more) * 10;
        out->high = (out->high + more) * 10;
        out->unit = TEXT("%");
    } else if (text_equal(out->unit, TEXT("百分点")))
        out->unit = TEXT("个百分点");
    read_suffix(text, out);
    return true;
}

/* The second number of a range, before the unit or behind the first one's (5%至8%). */
static void read_second(struct text text, struct number *number, struct quantity *out)
{
    size_t place = scan_skip_blank(text, out->end), length = 0;
    const struct unit *unit = unit_at(text, place, &length);
    size_t mark = range_mark(text, unit ? place + length : place);
    size_t at = (unit ? place + length : place) + mark;
    struct number second;
    bool more;
    if (!mark || !number_amount(text, at, &second, &more) || second.value <= out->low)
        return;
    size_t second_length = 0;
    const struct unit *second_unit =
        unit_at(text, scan_skip_blank(text, second.end), &second_length);
    if (!second_unit || (unit && unit != second_unit) ||
        (number_is_year(number) && number_is_year(&second)))
        return;
    /* 3至5万元: the magnitude is of both */
    struct number plain;
    double factor = 1;
    if (!unit && number_read(text, at, &plain) && plain.end < second.end && out->low < plain.value)
        factor = plain.value > 0 ? second.value / plain.value : 1;
    out->low *= factor;
    out->high = second.value;
    out->more = more;
    out->end = second.end;
    *number = second;
}

/* 5000元以上2万元以下 */
static bool read_upto(struct text text, struct number *number, struct quantity *out)
{
    size_t place = scan_skip_blank(text, out->end), length = 0, second_length = 0;
    const struct unit *unit = unit_at(text, place, &length);
    struct number second;
    bool more;
    if (!unit || !scan_at(text, place + length, TEXT("以上")) ||
        !number_amount(text, place + length + TEXT("以上").length, &second, &more) ||
        unit_at(text, scan_skip_blank(text, second.end), &second_length) != unit ||
        !scan_at(text, scan_skip_blank(text, second.end) + second_length, TEXT("以下")) ||
        second.value <= out->low)
        return false;
    out->high = second.value;
    out->end = second.end;
    *number = second;
    return true;
}

bool quantity_read(struct text text, size_t at, struct quantity *out, size_t *next)
{
    struct number number;
    bool more = false;
    *next = at + utf8_length((unsigned char)text.data[at]);
    if (read_share(text, at, out, next) || read_part(text, at, out, next))
        return !no_quantity_name(text, at);
    *next = at + utf8_length((unsigned char)text.data[at]);
    bool read = number_amount(text, at, &number, &more);
    if (scan_digit(text, at) && number.end > *next)
        *next = number.end; /* never the second half of a number */
    if (!read)
        return false;
    if (!scan_digit(text, at) && number.end > *next)
        *next = number.end;
    if (no_quantity_number(text, at, &number))
        return false;
    *out = (struct quantity) {
        .start = at, .end = number.end, .low = number.value, .high = number.value, .more = more
    };
    struct number last = number;
    read_second(text, &last, out);
    bool closed = read_upto(text, &last, out);
    if (!finish(text, &last, at, out))
        return false;
    if (closed)
        out->less = false;
    if (no_quantity_attribute(text, out))
        return false;
    *next = out->end;
    return true;
}
