/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/docx_numerals.h"

#include <stdio.h>

/* The characters of a counting system, and how it says 10 and 100. */
struct han_system {
    const char *digits[10];
    const char *units[5]; /* 1, 10, 100, 1000, 10000 */
    bool one_before_ten;  /* 一十 rather than 十, for 10 to 19 */
    bool one_before_unit; /* 一百 rather than 百 */
    bool zero_between;    /* 一百零一 rather than 百一 */
};

static const struct han_system COUNTING = {
    { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" },
    { "", "十", "百", "千", "万" },
    false,
    true,
    true,
};
static const struct han_system JAPANESE = {
    { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" },
    { "", "十", "百", "千", "万" },
    false,
    false,
    false,
};
static const struct han_system LEGAL = {
    { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" },
    { "", "拾", "佰", "仟", "万" },
    true,
    true,
    true,
};
static const struct han_system LEGAL_TRADITIONAL = {
    { "零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖" },
    { "", "拾", "佰", "仟", "萬" },
    true,
    true,
    true,
};

static void append(struct buffer *out, const char *string)
{
    buffer_append(out, text_of(string));
}

void docx_numeral_decimal(struct buffer *out, unsigned value)
{
    buffer_printf(out, "%u", value);
}

static void count_in(const struct han_system *system, struct buffer *out, unsigned value)
{
    if (value == 0 || value > 99999) {
        if (value == 0)
            append(out, system->digits[0]);
        else
            docx_numeral_decimal(out, value);
        return;
    }
    bool started = false;
    bool zero = false;
    unsigned scale = 10000;
    for (int unit = 4; unit >= 0; unit--, scale /= 10) {
        unsigned digit = value / scale % 10;
        if (digit == 0) {
            zero = started;
            continue;
        }
        if (zero && system->zero_between)
            append(out, system->digits[0]);
        bool bare_ten = unit == 1 && !started && !system->one_before_ten;
        bool bare = digit == 1 && unit > 0 && (bare_ten || !system->one_before_unit);
        if (!bare)
            append(out, system->digits[digit]);
        append(out, system->units[unit]);
        started = true;
        zero = false;
    }
}

static void chinese_thousand(struct buffer *out, unsigned value)
{
    count_in(&COUNTING, out, value);
}

static void japanese(struct buffer *out, unsigned value)
{
    count_in(&JAPANESE, out, value);
}

static void chinese_legal(struct buffer *out, unsigned value)
{
    count_in(&LEGAL, out, value);
}

static void traditional_legal(struct buffer *out, unsigned value)
{
    count_in(&LEGAL_TRADITIONAL, out, value);
}

/* Each digit for itself: 10 is 一〇. */
static void han_digits(struct buffer *out, unsigned value)
{
    char decimal[16];
    int length = snprintf(decimal, sizeof(decimal), "%u", value);
    for (int i = 0; i < length; i++)
        append(out, JAPANESE.digits[decimal[i] - '0']);
}

/* Counts as 一 二 … 九十九 and goes on digit by digit. */
static void chinese(struct buffer *out, unsigned value)
{
    if (value < 100)
        count_in(&COUNTING, out, value);
    else
        han_digits(out, value);
}

/* Characters that follow each other in Unicode, from `first` on; above `count`: digits. */
static void from_range(struct buffer *out, unsigned value, uint32_t first, unsigned count)
{
    if (value >= 1 && value <= count)
        buffer_append_codepoint(out, first + value - 1);
    else
        docx_numeral_decimal(out, value);
}

static void circled(struct buffer *out, unsigned value)
{
    if (value > 20 && value <= 35)
        from_range(out, value - 20, 0x3251, 15);
    else if (value > 35)
        from_range(out, value - 35, 0x32B1, 15);
    else
        from_range(out, value, 0x2460, 20);
}

static void parenthesised(struct buffer *out, unsigned value)
{
    from_range(out, value, 0x2474, 20);
}

static void with_full_stop(struct buffer *out, unsigned value)
{
    from_range(out, value, 0x2488, 20);
}

static void han_circled(struct buffer *out, unsigned value)
{
    from_range(out, value, 0x3280, 10);
}

static void han_parenthesised(struct buffer *out, unsigned value)
{
    from_range(out, value, 0x3220, 10);
}

static void full_width(struct buffer *out, unsigned value)
{
    char decimal[16];
    int length = snprintf(decimal, sizeof(decimal), "%u", value);
    for (int i = 0; i < length; i++)
        buffer_append_codepoint(out, 0xFF10 + (uint32_t)(decimal[i] - '0'));
}

static void two_digits(struct buffer *out, unsigned value)
{
    buffer_printf(out, "%02u", value);
}

static void in_dashes(struct buffer *out, unsigned value)
{
    buffer_printf(out, "- %u -", value);
}

static void ordinal(struct buffer *out, unsigned value)
{
    static const char *const ENDINGS[] = { "th", "st", "nd", "rd" };
    unsigned last = value % 10;
    bool teen = value / 10 % 10 == 1;
    buffer_printf(out, "%u%s", value, teen || last > 3 ? "th" : ENDINGS[last]);
}

static void hexadecimal(struct buffer *out, unsigned value)
{
    buffer_printf(out, "%X", value);
}

/* a to z, then aa, bb, ... as Word has it. */
static void letters(struct buffer *out, unsigned value, char first)
{
    if (value == 0 || value > 26 * 8) {
        docx_numeral_decimal(out, value);
        return;
    }
    for (unsigned i = 0; i <= (value - 1) / 26; i++)
        buffer_append_byte(out, (char)(first + (int)((value - 1) % 26)));
}

static void upper_letters(struct buffer *out, unsigned value)
{
    letters(out, value, 'A');
}

static void lower_letters(struct buffer *out, unsigned value)
{
    letters(out, value, 'a');
}

static void roman(struct buffer *out, unsigned value, const char *const *signs)
{
    static const unsigned VALUES[] = { 1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1 };
    if (value == 0 || value > 3999) {
        docx_numeral_decimal(out, value);
        return;
    }
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        for (; value >= VALUES[i]; value -= VALUES[i])
            append(out, signs[i]);
}

static void upper_roman(struct buffer *out, unsigned value)
{
    static const char *const SIGNS[] = { "M",  "CM", "D",  "CD", "C",  "XC", "L",
                                         "XL", "X",  "IX", "V",  "IV", "I" };
    roman(out, value, SIGNS);
}

static void lower_roman(struct buffer *out, unsigned value)
{
    static const char *const SIGNS[] = { "m",  "cm", "d",  "cd", "c",  "xc", "l",
                                         "xl", "x",  "ix", "v",  "iv", "i" };
    roman(out, value, SIGNS);
}

static void from_list(struct buffer *out, unsigned value, const char *const *list, unsigned count)
{
    if (value >= 1 && value <= count)
        append(out, list[value - 1]);
    else
        docx_numeral_decimal(out, value);
}

static void stems(struct buffer *out, unsigned value)
{
    static const char *const STEMS[] = {
        "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"
    };
    from_list(out, value, STEMS, 10);
}

static void branches(struct buffer *out, unsigned value)
{
    static const char *const BRANCHES[] = { "子", "丑", "寅", "卯", "辰", "巳",
                                            "午", "未", "申", "酉", "戌", "亥" };
    from_list(out, value, BRANCHES, 12);
}

docx_numeral *docx_numeral_find(struct text name)
{
    static const struct {
        struct text name;
        docx_numeral *numeral;
    } FORMATS[] = {
        { TEXT_INIT("decimal"), docx_numeral_decimal },
        { TEXT_INIT("chineseCounting"), chinese },
        { TEXT_INIT("chineseCountingThousand"), chinese_thousand },
        { TEXT_INIT("taiwaneseCounting"), chinese },
        { TEXT_INIT("taiwaneseCountingThousand"), chinese_thousand },
        { TEXT_INIT("japaneseCounting"), japanese },
        { TEXT_INIT("koreanCounting"), japanese },
        { TEXT_INIT("ideographDigital"), han_digits },
        { TEXT_INIT("taiwaneseDigital"), han_digits },
        { TEXT_INIT("japaneseDigitalTenThousand"), han_digits },
        { TEXT_INIT("chineseLegalSimplified"), chinese_legal },
        { TEXT_INIT("ideographLegalTraditional"), traditional_legal },
        { TEXT_INIT("japaneseLegal"), traditional_legal },
        { TEXT_INIT("ideographTraditional"), stems },
        { TEXT_INIT("ideographZodiac"), branches },
        { TEXT_INIT("ideographEnclosedCircle"), han_circled },
        { TEXT_INIT("ideographParenthesized"), han_parenthesised },
        { TEXT_INIT("decimalEnclosedCircle"), circled },
        { TEXT_INIT("decimalEnclosedCircleChinese"), circled },
        { TEXT_INIT("decimalEnclosedParen"), parenthesised },
        { TEXT_INIT("decimalEnclosedFullstop"), with_full_stop },
        { TEXT_INIT("decimalFullWidth"), full_width },
        { TEXT_INIT("decimalFullWidth2"), full_width },
        { TEXT_INIT("decimalZero"), two_digits },
        { TEXT_INIT("numberInDash"), in_dashes },
        { TEXT_INIT("ordinal"), ordinal },
        { TEXT_INIT("hex"), hexadecimal },
        { TEXT_INIT("upperLetter"), upper_letters },
        { TEXT_INIT("lowerLetter"), lower_letters },
        { TEXT_INIT("upperRoman"), upper_roman },
        { TEXT_INIT("lowerRoman"), lower_roman },
        { TEXT_INIT("bullet"), NULL },
        { TEXT_INIT("none"), NULL },
    };
    for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
        if (text_equal(FORMATS[i].name, name))
            return FORMATS[i].numeral;
    return docx_numeral_decimal;
}
