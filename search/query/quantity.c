/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/quantity.h"

#include <math.h>
#include <stdlib.h>

#include "search/query/scan.h"
#include "search/query/units.h"

#define DIGITS_MAX 24 /* of one number; what is longer is a code */
#define TELEPHONE_DIGITS 7
#define NAME_CODEPOINTS 13 /* a quotation of that length is a name */

/* ---- numerals ---- */

struct numeral {
    size_t end;
    double value;
    size_t digits; /* ASCII digits before a point; 0: written in Chinese */
    bool whole;    /* no point */
    bool small;    /* Chinese, below ten */
};

/* "12", "37.46"; not "1.2.3". False with *end behind what is no number. */
static bool read_digits(struct text text, size_t at, struct numeral *out)
{
    char copy[DIGITS_MAX + 1];
    size_t end = at, points = 0;
    while (scan_digit(text, end) || (end > at && text.data[end < text.length ? end : at] == '.' &&
                                     scan_digit(text, end + 1))) {
        points += text.data[end] == '.';
        end++;
    }
    size_t length = end - at;
    *out = (struct numeral) { .end = end, .whole = points == 0 };
    if (length == 0 || length > DIGITS_MAX || points > 1)
        return false;
    memcpy(copy, text.data + at, length);
    copy[length] = '\0';
    out->value = strtod(copy, NULL);
    out->digits = points ? strcspn(copy, ".") : length;
    return true;
}

static int chinese_digit(uint32_t codepoint)
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
static bool read_chinese(struct text text, size_t at, struct numeral *out)
{
    double total = 0, section = 0, smallest = HUGE_VAL;
    int digit = -1;
    size_t end = at, digits = 0;
    while (end < text.length) {
        size_t next = end;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        int value = chinese_digit(codepoint);
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
    *out = (struct numeral) { end, value, 0, true, value < 10 && digits == 1 };
    return end > at && value > 0;
}

static bool read_numeral(struct text text, size_t at, struct numeral *out)
{
    return scan_digit(text, at) ? read_digits(text, at, out) : read_chinese(text, at, out);
}

/* ---- units ---- */

static size_t skip_blank(struct text text, size_t at)
{
    return at < text.length && text.data[at] == ' ' ? at + 1 : at;
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
static bool read_amount(struct text text, size_t at, struct numeral *out, bool *more)
{
    if (!read_numeral(text, at, out))
        return false;
    double factor = 1, last = HUGE_VAL, sum = 0;
    struct numeral next = *out;
    *more = false;
    for (;;) {
        size_t place = skip_blank(text, next.end), extra = more_at(text, place);
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
        if (extra || factor >= last || !scan_digit(text, end) || !read_digits(text, end, &next))
            break;
        double smaller = 1;
        if (!magnitude_at(text, skip_blank(text, next.end), &smaller) || smaller >= factor)
            break;
        last = factor;
    }
    out->value = sum;
    return true;
}

/* ---- what is no figure ---- */

static bool in_brackets(struct text text, size_t at, struct text open, struct text close,
                        size_t codepoints)
{
    size_t opened = text_find_last(text_slice(text, 0, at), open);
    if (opened == TEXT_NONE || text_contains(text_slice(text, opened, at - opened), close))
        return false;
    size_t closed = text_find(scan_rest(text, at), close);
    if (closed == TEXT_NONE)
        return false;
    size_t start = opened + open.length;
    return utf8_count(text_slice(text, start, at + closed - start)) <= codepoints;
}

static bool in_name(struct text text, size_t at)
{
    return in_brackets(text, at, TEXT("《"), TEXT("》"), 80) ||
           in_brackets(text, at, TEXT("“"), TEXT("”"), NAME_CODEPOINTS) ||
           in_brackets(text, at, TEXT("\""), TEXT("\""), NAME_CODEPOINTS) ||
           in_brackets(text, at, TEXT("〔"), TEXT("〕"), 12);
}

static bool is_ordinal(struct text text, size_t at)
{
    static const struct text BEFORE[] = {
        TEXT_INIT("第"),   TEXT_INIT("初"), TEXT_INIT("星期"), TEXT_INIT("周"), TEXT_INIT("礼拜"),
        TEXT_INIT("分之"), TEXT_INIT("数"), TEXT_INIT("几"),   TEXT_INIT("前"), TEXT_INIT("-"),
        TEXT_INIT("+"),    TEXT_INIT("/"),  TEXT_INIT("."),    TEXT_INIT("no"), TEXT_INIT("—"),
        TEXT_INIT(":"),    TEXT_INIT("∶"),  TEXT_INIT("×"),    TEXT_INIT(""),
    };
    static const struct text SPOKEN[] = { TEXT_INIT("初"), TEXT_INIT("周"), TEXT_INIT("数"),
                                          TEXT_INIT("几"), TEXT_INIT("") };
    size_t length = scan_any_before(text, at, BEFORE);
    if (scan_digit(text, at) && scan_any_before(text, at, SPOKEN))
        return false; /* 基数60%, 每周5次: only 数十家 and 周三 are none */
    if (!length || scan_before(text, at, TEXT("前")))
        return false; /* 前三位, but also 目前36家, 日前12家: those have units of their own */
    return !scan_before(text, at, TEXT(":")) || scan_digit(text, at - 2 < at ? at - 2 : at);
}

/* 电话 and the like stand before it. */
static bool is_telephone(struct text text, size_t at, const struct numeral *number)
{
    static const struct text WORDS[] = { TEXT_INIT("电话"), TEXT_INIT("热线"), TEXT_INIT("手机"),
                                         TEXT_INIT("传真"), TEXT_INIT("邮编"), TEXT_INIT("号码"),
                                         TEXT_INIT("编号"), TEXT_INIT("拨打"), TEXT_INIT("") };
    if (number->digits < TELEPHONE_DIGITS || !number->whole)
        return false;
    for (size_t back = at, steps = 0; back > 0 && steps < 8; steps++) {
        if (scan_any_before(text, back, WORDS))
            return true;
        back = utf8_boundary(text, back - 1);
    }
    return false;
}

/* 3时30分, 2点5分, 6月8日. */
static bool is_time_of_day(struct text text, size_t at, struct text unit)
{
    return text_equal(unit, TEXT("分")) &&
           (scan_before(text, at, TEXT("时")) || scan_before(text, at, TEXT("点")));
}

/* Ways of speaking: 三个方面, 一家, 两种; and 十分, 一年. */
static bool is_phrase(const struct numeral *number, const struct unit *unit)
{
    if (number->digits)
        return false;
    bool spoken = text_equal(unit->name, TEXT("分")) || text_equal(unit->name, TEXT("年")) ||
                  text_equal(unit->name, TEXT("天")) || text_equal(unit->name, TEXT("周")) ||
                  text_equal(unit->name, TEXT("方")) || text_equal(unit->name, TEXT("部")) ||
                  text_equal(unit->name, TEXT("期")) || text_equal(unit->name, TEXT("次")) ||
                  text_equal(unit->name, TEXT("轮")) || text_equal(unit->name, TEXT("批")) ||
                  text_equal(unit->name, TEXT("本")) || text_equal(unit->name, TEXT("口")) ||
                  text_equal(unit->name, TEXT("级")) || text_equal(unit->name, TEXT("通")) ||
                  text_equal(unit->name, TEXT("门")) || text_equal(unit->name, TEXT("面"));
    if (text_equal(unit->name, TEXT("分")) || text_equal(unit->name, TEXT("方"))) /* 十分重要 */
        return true;
    return number->small && (unit->general || spoken || number->value <= 1);
}

/* 分 of 分钟 is taken by the longer unit; 分 before these is no score. */
static bool is_other_word(struct text text, size_t at, struct text unit)
{
    static const struct {
        struct text unit, word;
    } ROWS[] = {
        { TEXT_INIT("分"), TEXT_INIT("分之") },   { TEXT_INIT("分"), TEXT_INIT("分类") },
        { TEXT_INIT("分"), TEXT_INIT("分级") },   { TEXT_INIT("分"), TEXT_INIT("分别") },
        { TEXT_INIT("分"), TEXT_INIT("分为") },   { TEXT_INIT("方"), TEXT_INIT("方面") },
        { TEXT_INIT("方"), TEXT_INIT("方式") },   { TEXT_INIT("成"), TEXT_INIT("成为") },
        { TEXT_INIT("成"), TEXT_INIT("成功") },   { TEXT_INIT("成"), TEXT_INIT("成立") },
        { TEXT_INIT("部"), TEXT_INIT("部门") },   { TEXT_INIT("本"), TEXT_INIT("本科") },
        { TEXT_INIT("级"), TEXT_INIT("级") },     { TEXT_INIT("通"), TEXT_INIT("通") },
        { TEXT_INIT("期"), TEXT_INIT("期间") },   { TEXT_INIT("对"), TEXT_INIT("对接") },
        { TEXT_INIT("年"), TEXT_INIT("年级") },   { TEXT_INIT("年"), TEXT_INIT("年代") },
        { TEXT_INIT("批"), TEXT_INIT("批复") },   { TEXT_INIT("家"), TEXT_INIT("家庭") },
        { TEXT_INIT("名"), TEXT_INIT("名单") },   { TEXT_INIT("项"), TEXT_INIT("项目制") },
        { TEXT_INIT("单"), TEXT_INIT("单位") },   { TEXT_INIT("列"), TEXT_INIT("列入") },
        { TEXT_INIT("米"), TEXT_INIT("米粉") },   { TEXT_INIT("条"), TEXT_INIT("条例") },
        { TEXT_INIT("支"), TEXT_INIT("支持") },   { TEXT_INIT("处"), TEXT_INIT("处理") },
        { TEXT_INIT("处"), TEXT_INIT("处置") },   { TEXT_INIT("班"), TEXT_INIT("班子") },
        { TEXT_INIT("所"), TEXT_INIT("所有") },   { TEXT_INIT("头"), TEXT_INIT("头部") },
        { TEXT_INIT("床"), TEXT_INIT("床位数") }, { TEXT_INIT("周"), TEXT_INIT("周边") },
        { TEXT_INIT("周"), TEXT_INIT("周年") },   { TEXT_INIT("天"), TEXT_INIT("天然") },
        { TEXT_INIT("位"), TEXT_INIT("位分机") }, { TEXT_INIT("位"), TEXT_INIT("位数") },
        { TEXT_INIT("升"), TEXT_INIT("升级") },   { TEXT_INIT("升"), TEXT_INIT("升至") },
    };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++)
        if (text_equal(unit, ROWS[i].unit) && scan_at(text, at, ROWS[i].word))
            return true;
    return false;
}

/* ---- the whole ---- */

static size_t range_mark(struct text text, size_t at)
{
    static const struct text MARKS[] = { TEXT_INIT("至"), TEXT_INIT("到"), TEXT_INIT("-"),
                                         TEXT_INIT("—"),  TEXT_INIT("——"), TEXT_INIT("–"),
                                         TEXT_INIT("~"),  TEXT_INIT("～"), TEXT_INIT("") };
    return scan_any_at(text, at, MARKS);
}

static bool is_year(const struct numeral *number)
{
    return number->whole && number->digits == 4 && number->value >= 1900 && number->value <= 2100;
}

size_t quantity_year(struct text text, size_t at, unsigned *year)
{
    struct numeral number;
    if (!scan_digit(text, at) || (at && (scan_digit(text, at - 1) || text.data[at - 1] == '.')) ||
        !read_digits(text, at, &number) || !is_year(&number))
        return 0;
    size_t end = number.end, mark = scan_at(text, end, TEXT("年")) ? 3 : 0;
    size_t range = range_mark(text, end + mark);
    struct numeral last;
    if (range && read_digits(text, end + mark + range, &last) && is_year(&last) &&
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
    struct numeral below, above;
    *out = (struct quantity) { .start = at };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(*WORDS); i++)
        if (scan_at(text, at, WORDS[i].word)) {
            out->end = at + WORDS[i].word.length;
            out->grows = WORDS[i].percent > 50;
            return give_share(text, WORDS[i].percent, out, next);
        }
    if (!read_numeral(text, at, &below) || !scan_at(text, below.end, TEXT("分之")) ||
        !read_numeral(text, below.end + TEXT("分之").length, &above) || below.value < 2 ||
        above.value >= below.value)
        return false;
    out->end = above.end;
    return give_share(text, above.value * 100 / below.value, out, next);
}

/* 百分之五, 千分之三 */
static bool read_share(struct text text, size_t at, struct quantity *out, size_t *next)
{
    bool percent = scan_at(text, at, TEXT("百分之"));
    struct numeral number;
    bool more;
    if ((!percent && !scan_at(text, at, TEXT("千分之"))) ||
        !read_amount(text, at + 9, &number, &more))
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
    int digit = codepoint == 0x534A ? 5 : chinese_digit(codepoint);
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
    struct numeral next;
    size_t length = scan_any_at(text, at, AND);
    return length && read_numeral(text, at + length, &next) &&
           scan_at(text, next.end, TEXT("个百分点"));
}

/* 80周岁以上老人, 24小时开放, 5年前: the number tells which ones are meant, or when. */
static bool is_attribute(struct text text, const struct quantity *quantity)
{
    static const struct text AGE[] = { TEXT_INIT("龄"), TEXT_INIT("为"), TEXT_INIT("达"),
                                       TEXT_INIT("到"), TEXT_INIT("至"), TEXT_INIT("约"),
                                       TEXT_INIT("") };
    static const struct text THEN[] = { TEXT_INIT("前"), TEXT_INIT("来"), TEXT_INIT("") };
    static const struct text BOUNDS[] = { TEXT_INIT("以上"), TEXT_INIT("以下"), TEXT_INIT("以内"),
                                          TEXT_INIT("") };
    static const struct text MARKS[] = { TEXT_INIT(","),  TEXT_INIT("。"), TEXT_INIT(";"),
                                         TEXT_INIT("的"), TEXT_INIT("、"), TEXT_INIT("") };
    static const struct text NOW[] = { TEXT_INIT("目前"), TEXT_INIT("日前"), TEXT_INIT("此前"),
                                       TEXT_INIT("之前"), TEXT_INIT("") };
    size_t end = quantity->end, bound = scan_any_at(text, end, BOUNDS);
    bool named = end + bound < text.length && !scan_any_at(text, end + bound, MARKS);
    bool starts = quantity->start == 0 || scan_any_before(text, quantity->start, MARKS);
    if (scan_before(text, quantity->start, TEXT("前")) &&
        !scan_any_before(text, quantity->start, NOW) &&
        (text_equal(quantity->unit, TEXT("位")) || text_equal(quantity->unit, TEXT("名"))))
        return true; /* 前200位企业 */
    if (text_ends_with(quantity->unit, TEXT("岁")))
        return !scan_any_before(text, quantity->start, AGE);
    if (text_equal(quantity->unit, TEXT("小时")) && quantity->low == 24)
        return named && starts;
    if (text_equal(quantity->unit, TEXT("年")))
        return scan_any_at(text, end, THEN) || scan_before(text, quantity->start, TEXT("分")) ||
               (bound && named && starts);
    return (text_equal(quantity->unit, TEXT("天")) || text_equal(quantity->unit, TEXT("个月"))) &&
           scan_any_at(text, end, THEN);
}

static bool finish(struct text text, const struct numeral *number, size_t at, struct quantity *out)
{
    size_t length = 0, place = skip_blank(text, out->end);
    const struct unit *unit = unit_at(text, place, &length);
    if (!unit || is_other_word(text, place, unit->name) || is_phrase(number, unit) ||
        is_time_of_day(text, at, unit->name) || is_telephone(text, at, number) ||
        (is_year(number) && text_equal(unit->name, TEXT("年"))))
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
static void read_second(struct text text, struct numeral *number, struct quantity *out)
{
    size_t place = skip_blank(text, out->end), length = 0;
    const struct unit *unit = unit_at(text, place, &length);
    size_t mark = range_mark(text, unit ? place + length : place);
    size_t at = (unit ? place + length : place) + mark;
    struct numeral second;
    bool more;
    if (!mark || !read_amount(text, at, &second, &more) || second.value <= out->low)
        return;
    size_t second_length = 0;
    const struct unit *second_unit = unit_at(text, skip_blank(text, second.end), &second_length);
    if (!second_unit || (unit && unit != second_unit) || (is_year(number) && is_year(&second)))
        return;
    /* 3至5万元: the magnitude is of both */
    struct numeral plain;
    double factor = 1;
    if (!unit && read_numeral(text, at, &plain) && plain.end < second.end && out->low < plain.value)
        factor = plain.value > 0 ? second.value / plain.value : 1;
    out->low *= factor;
    out->high = second.value;
    out->more = more;
    out->end = second.end;
    *number = second;
}

/* 5000元以上2万元以下 */
static bool read_upto(struct text text, struct numeral *number, struct quantity *out)
{
    size_t place = skip_blank(text, out->end), length = 0, second_length = 0;
    const struct unit *unit = unit_at(text, place, &length);
    struct numeral second;
    bool more;
    if (!unit || !scan_at(text, place + length, TEXT("以上")) ||
        !read_amount(text, place + length + TEXT("以上").length, &second, &more) ||
        unit_at(text, skip_blank(text, second.end), &second_length) != unit ||
        !scan_at(text, skip_blank(text, second.end) + second_length, TEXT("以下")) ||
        second.value <= out->low)
        return false;
    out->high = second.value;
    out->end = second.end;
    *number = second;
    return true;
}

bool quantity_read(struct text text, size_t at, struct quantity *out, size_t *next)
{
    struct numeral number;
    bool more = false;
    *next = at + utf8_length((unsigned char)text.data[at]);
    if (read_share(text, at, out, next) || read_part(text, at, out, next))
        return !in_name(text, at);
    *next = at + utf8_length((unsigned char)text.data[at]);
    bool read = read_amount(text, at, &number, &more);
    if (scan_digit(text, at) && number.end > *next)
        *next = number.end; /* never the second half of a number */
    if (!read)
        return false;
    if (!scan_digit(text, at) && number.end > *next)
        *next = number.end;
    if (is_ordinal(text, at) || (at && scan_letter(text, at - 1)) || in_name(text, at) ||
        scan_at(text, number.end, TEXT("+")))
        return false;
    *out = (struct quantity) {
        .start = at, .end = number.end, .low = number.value, .high = number.value, .more = more
    };
    struct numeral last = number;
    read_second(text, &last, out);
    bool closed = read_upto(text, &last, out);
    if (!finish(text, &last, at, out))
        return false;
    if (closed)
        out->less = false;
    if (is_attribute(text, out))
        return false;
    *next = out->end;
    return true;
}
