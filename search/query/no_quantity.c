/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/no_quantity.h"

#include "search/query/scan.h"

#define TELEPHONE_DIGITS 7
#define NAME_CODEPOINTS 13 /* a quotation of that length is a name */

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

bool no_quantity_name(struct text text, size_t at)
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
static bool is_telephone(struct text text, size_t at, const struct number *number)
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
static bool is_phrase(const struct number *number, const struct unit *unit)
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

bool no_quantity_number(struct text text, size_t at, const struct number *number)
{
    return is_ordinal(text, at) || (at && scan_letter(text, at - 1)) ||
           no_quantity_name(text, at) || scan_at(text, number->end, TEXT("+"));
}

bool no_quantity_unit(struct text text, size_t at, const struct number *number, size_t place,
                      const struct unit *unit)
{
    return is_other_word(text, place, unit->name) || is_phrase(number, unit) ||
           is_time_of_day(text, at, unit->name) || is_telephone(text, at, number) ||
           (number_is_year(number) && text_equal(unit->name, TEXT("年")));
}

/* 80周岁以上老人, 24小时开放, 5年前: the number tells which ones are meant, or when. */
bool no_quantity_attribute(struct text text, const struct quantity *quantity)
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
        return true;                                /* 前200位企业 */
    if (text_ends_with(quantity->unit, TEXT("岁"))) /* 为60岁以上老人办理 */
        return !scan_any_before(text, quantity->start, AGE) ||
               (bound && named && scan_before(text, quantity->start, TEXT("为")));
    if (text_equal(quantity->unit, TEXT("小时")) && quantity->low == 24)
        return named && starts;
    if (text_equal(quantity->unit, TEXT("年")))
        return scan_any_at(text, end, THEN) || scan_before(text, quantity->start, TEXT("分")) ||
               (bound && named && starts);
    return (text_equal(quantity->unit, TEXT("天")) || text_equal(quantity->unit, TEXT("个月"))) &&
           scan_any_at(text, end, THEN);
}
