/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/page_words.h"

#include <ctype.h>
#include <string.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define LABEL_CODEPOINTS 6

static bool is_opening(uint32_t codepoint)
{
    switch (codepoint) {
    case '(':
    case '[':
    case 0x2018:
    case 0x201C:
    case 0x3008:
    case 0x300A:
    case 0x300C: /* ‘“〈《「 */
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0xFF08:
    case 0xFF3B: /* 『【〔（［ */
        return true;
    default:
        return false;
    }
}

static bool is_closing(uint32_t codepoint)
{
    switch (codepoint) {
    case ')':
    case ']':
    case ',':
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
    case '%':
    case 0x2019:
    case 0x201D:
    case 0x2026:
    case 0x3001:
    case 0x3002:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0xFF01:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
    case 0xFF3D:
    case 0xFF05:
    case 0x2014:
        return true;
    default:
        return false;
    }
}

static bool is_end_mark(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF1B:
    case 0xFF1A:
    case '!':
    case '?':
    case ';':
    case ':':
    case '.':
        return true;
    default:
        return false;
    }
}

static bool is_word(uint32_t codepoint)
{
    return !is_full_width(codepoint) && codepoint != ' ' && !is_opening(codepoint) &&
           !is_closing(codepoint);
}

/* Ends as a sentence does, also inside closing quotes and brackets. */
bool page_is_finished(struct text text)
{
    for (size_t end = text.length; end > 0;) {
        size_t at = utf8_boundary(text, end - 1);
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (is_end_mark(codepoint))
            return true;
        if (codepoint != 0x201D && codepoint != 0x2019 && codepoint != 0xFF09 && codepoint != ')' &&
            codepoint != 0x300D && codepoint != 0x300F)
            return false;
        end = at;
    }
    return false;
}

/* Many programs break no line before or behind them (class QU of Unicode's annex 14). */
static bool is_quote(uint32_t codepoint)
{
    return codepoint == 0x2018 || codepoint == 0x2019 || codepoint == 0x201C || codepoint == 0x201D;
}

/* Width in em of what cannot be parted from the line's first character. */
double page_first_unit(struct text text)
{
    double width = 0;
    size_t at = 0;
    bool head = false, word = false, quote = false;
    while (at < text.length && width < 40) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        bool wide = is_full_width(codepoint) || (codepoint >= 0x2014 && codepoint <= 0x2026);
        if (head && !quote && !is_closing(codepoint) && !(word && is_word(codepoint)) &&
            !is_quote(codepoint))
            break;
        quote = is_quote(codepoint);
        if (!is_opening(codepoint) && !head) {
            head = true;
            word = is_word(codepoint);
        }
        width += wide ? 1 : 0.55;
    }
    return width;
}

/* "一、", "（一）", "1." and the like */
bool page_starts_item(struct text text)
{
    size_t at = 0;
    uint32_t codepoint = text.length ? utf8_next_valid(text.data, &at) : 0;
    bool bracket = codepoint == 0xFF08 || codepoint == '(';
    if (codepoint >= 0x2460 && codepoint <= 0x24FF)
        return true;
    if (bracket && at < text.length)
        codepoint = utf8_next_valid(text.data, &at);
    static const char *const DIGITS[] = {
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"
    };
    for (int i = 0; i < 4; i++) {
        bool digit = codepoint >= '0' && codepoint <= '9';
        for (size_t j = 0; !digit && j < sizeof(DIGITS) / sizeof(DIGITS[0]); j++) {
            size_t zero = 0;
            digit = codepoint == utf8_next_valid(DIGITS[j], &zero);
        }
        if (!digit)
            return i > 0 &&
                   (bracket ? codepoint == 0xFF09 || codepoint == ')'
                            : codepoint == 0x3001 || codepoint == '.' || codepoint == 0xFF0E);
        if (at >= text.length)
            return false;
        codepoint = utf8_next_valid(text.data, &at);
    }
    return false;
}

/* Nothing but digits and what stands between those of a telephone number, and perhaps the bracket that
 * closes behind it. */
static bool is_number(struct text text)
{
    size_t digits = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        bool full = codepoint > 0xFF00 && codepoint <= 0xFF5E;
        codepoint = full ? codepoint - 0xFF00 + ' ' : codepoint;
        if (codepoint == ')' && at == text.length)
            break;
        if (codepoint >= 0x80 || (!isdigit((int)codepoint) && !strchr("-,/; ", (int)codepoint)))
            return false;
        digits += isdigit((int)codepoint) != 0;
    }
    return digits >= 7;
}

/* "电话：0574-" and "87654321": a number that was broken behind its hyphen, or its label. */
bool page_number_goes_on(struct text before, struct text line)
{
    if (is_number(line) &&
        (text_ends_with(before, TEXT("：")) || text_contains(before, TEXT("联系人"))))
        return true;
    static const struct text DASHES[] = { TEXT_INIT("-"), TEXT_INIT("–"), TEXT_INIT("—"),
                                          TEXT_INIT("－") };
    if (!line.length || !isdigit((unsigned char)line.data[0]))
        return false;
    for (size_t i = 0; i < sizeof(DASHES) / sizeof(DASHES[0]); i++)
        if (text_ends_with(before, DASHES[i]) && before.length > DASHES[i].length)
            return isdigit((unsigned char)before.data[before.length - DASHES[i].length - 1]);
    return false;
}

/* "（联系人：王某某；联系电话：0574-87654321）": a note of its own. */
bool page_is_bracketed(struct text text)
{
    size_t depth = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        depth += codepoint == 0xFF08 || codepoint == '(';
        if (!depth)
            return false;
        depth -= codepoint == 0xFF09 || codepoint == ')';
        if (!depth && at < text.length)
            return false;
    }
    return text.length > 0 && !depth;
}

/* "纪某某" and "电话：": the blank between them was where the line was broken. */
bool page_is_contact(struct text text)
{
    static const struct text LABELS[] = {
        TEXT_INIT("电话："), TEXT_INIT("联系电话："), TEXT_INIT("联系人："), TEXT_INIT("承办人："),
        TEXT_INIT("手机："), TEXT_INIT("传真："),     TEXT_INIT("邮编："),   TEXT_INIT("地址："),
    };
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++)
        if (text_starts_with(text, LABELS[i]))
            return true;
    return is_number(text);
}

/* "办复类别：C类": a short name, a colon and something behind it. */
bool page_is_labelled(struct text text)
{
    size_t at = 0;
    for (int i = 0; i <= LABEL_CODEPOINTS && at < text.length; i++) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (codepoint == 0xFF1A || codepoint == ':')
            return i >= 2 && at < text.length;
        if (codepoint == ' ' || codepoint == 0x3000)
            i--;
        else if (!utf8_is_han(codepoint))
            return false;
    }
    return false;
}

/* What begins a paragraph wherever it stands: the last lines of a letter, a label or a note in brackets
 * behind a sentence, and to whom a letter goes below its title. */
bool page_begins_anew(struct text before, struct text line)
{
    static const struct text LABELS[] = {
        TEXT_INIT("抄送"),       TEXT_INIT("抄报"),     TEXT_INIT("主送："),
        TEXT_INIT("附件："),     TEXT_INIT("附："),     TEXT_INIT("公开属性"),
        TEXT_INIT("公开方式："), TEXT_INIT("信息公开"), TEXT_INIT("办理结果"),
        TEXT_INIT("办理类型："),
    };
    static const struct text TITLES[] = { TEXT_INIT("答复"), TEXT_INIT("回复"), TEXT_INIT("函"),
                                          TEXT_INIT("会办意见"), TEXT_INIT("协办意见") };
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++)
        if (text_starts_with(line, LABELS[i]) && text_contains(line, TEXT("：")))
            return true;
    if (page_is_finished(before) && page_is_labelled(line))
        return true;
    if (isdigit((unsigned char)line.data[0]) && text_ends_with(line, TEXT("印发")) &&
        text_ends_with(before, TEXT("办公室")))
        return true;
    if (page_is_bracketed(line) && text_contains(line, TEXT("公开")))
        return true;
    for (size_t i = 0; i < sizeof(TITLES) / sizeof(TITLES[0]); i++)
        if (text_ends_with(before, TITLES[i]) && text_ends_with(line, TEXT("：")))
            return true;
    return false;
}

static bool is_digit(uint32_t codepoint)
{
    return codepoint >= '0' && codepoint <= '9';
}

bool page_needs_blank(struct text before, struct text line)
{
    if (!before.length || !line.length)
        return false;
    size_t last = utf8_boundary(before, before.length - 1), first = 0;
    uint32_t left = utf8_next_valid(before.data, &last);
    uint32_t right = utf8_next_valid(line.data, &first);
    if (utf8_is_han(left) && page_is_contact(line))
        return true;
    bool left_letter = !is_full_width(left) && !(left >= 0x2010 && left < 0x2E80);
    if (left < 0x80 && (strchr("-*/_~", (int)left) || (isdigit((int)left) && is_digit(right))))
        return false; /* an address, or a string of digits, that was broken where it was full */
    return left_letter && is_word(right) && !(right >= 0x2010 && right < 0x2E80);
}
