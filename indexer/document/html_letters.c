/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only as much of a letter's form is looked at as is needed to see its end and the next one's
 * beginning; with any doubt the page stays one document: a title that is repeated, or without
 * sentences behind it, as in a list, begins none. */
#include "indexer/document/html_letters.h"

#include "indexer/base/utf8.h"

static bool ends_with_any(struct text text, const char *list)
{
    struct text rest = text_of(list);
    struct text piece;
    while (text_split(&rest, TEXT(" "), &piece))
        if (text_ends_with(text, piece))
            return true;
    return false;
}

static bool begins_with_any(struct text text, const char *list)
{
    struct text rest = text_of(list);
    struct text piece;
    while (text_split(&rest, TEXT(" "), &piece))
        if (text_starts_with(text, piece))
            return true;
    return false;
}

/* "尊敬的陈某某代表：": a short line of its own. */
static bool is_salutation(struct text text)
{
    return text.length <= 150 &&
           ends_with_any(text,
                         "委员： 代表： 委员: 代表: 委员会： 等委员： 等代表： 先生： 女士：") &&
           !text_contains(text, TEXT("。"));
}

/* "2024年6月28日", "二〇二四年六月二十八日", nothing else. */
static bool is_date(struct text text)
{
    bool year = false;
    bool month = false;
    if (text.length > 60 || !ends_with_any(text, "日"))
        return false;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        bool digit =
            (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
        char one[4];
        struct text sign = { one, utf8_encode(codepoint, one) };
        year = year || text_equal(sign, TEXT("年"));
        month = month || text_equal(sign, TEXT("月"));
        if (!digit && codepoint > ' ' && codepoint != 0x3000 &&
            !text_contains(TEXT("年月日〇○零Ｏ一二三四五六七八九十O"), sign))
            return false;
    }
    return year && month;
}

/* "市政府办公室　　2024年6月28日印发": the last line of a printed letter. */
static bool is_imprint(struct text text)
{
    return text.length <= 150 && ends_with_any(text, "印发") && text_contains(text, TEXT("年"));
}

/* What may follow the date and still belongs to the letter. */
static bool is_tail(const struct document *document, size_t i)
{
    const struct block *block = &document->blocks[i];
    bool printed_next = i + 1 < document->block_count && text_contains(block[1].text, TEXT("印发"));
    if (ends_with_any(block->text, "办公室"))
        return printed_next; /* else it is the head of the next letter */
    return block->kind == BLOCK_BLANK || is_date(block->text) ||
           begins_with_any(
               block->text,
               "联系 （联系 (联系 抄送 承办人 经办人 分管 （此件 (此件 附件 "
               "印发 分类 办理结果 办理类型 公开 主动公开 办复 电话 邮编 地址 （公开") ||
           ends_with_any(block->text, "印发 主动公开");
}

/* "一、", "（二）" or "3." at the start of the text; 0 without one. */
static size_t marker_length(struct text text)
{
    size_t at = 0, digits = 0;
    for (; at < text.length; digits++) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        char one[4];
        struct text sign = { one, utf8_encode(codepoint, one) };
        bool bracket = at == 0 && (codepoint == 0xFF08 || codepoint == '(');
        if (!bracket && !(codepoint >= '0' && codepoint <= '9') &&
            !text_contains(TEXT("一二三四五六七八九十"), sign)) {
            bool ends = digits > 0 && text_contains(TEXT("、.．）)"), sign);
            return ends ? next : 0;
        }
        if (digits > 4)
            return 0;
        at = next;
    }
    return 0;
}

/* "关于市政协六届二次会议第58号提案的答复": what a letter is called, not a sentence about it. */
static bool is_title(struct text text)
{
    size_t marker = marker_length(text);
    text = text_trim(text_slice(text, marker, text.length - marker));
    return text.length >= 24 && text.length <= 360 && !text_contains(text, TEXT("。")) &&
           !text_contains(text, TEXT("：")) &&
           !begins_with_any(text, "附件 附 《 “ 上一 下一 相关 【") &&
           ends_with_any(text,
                         "答复 复函 的函 回复 会办意见 协办意见 办理意见 办理情况 答复意见") &&
           (text_contains(text, TEXT("提案")) || text_contains(text, TEXT("建议")) ||
            text_contains(text, TEXT("议案"))) &&
           (text_contains(text, TEXT("号")) || text_contains(text, TEXT("届")) ||
            text_contains(text, TEXT("会议")) || text_contains(text, TEXT("《")));
}

static bool is_sentence(struct text text)
{
    return text.length >= 60 && text_contains(text, TEXT("。"));
}

static bool is_agency(struct text text)
{
    return ends_with_any(text, "局 厅 委员会 政府 办公室 办事处 文件 中心 支队 院 公司");
}

/* What may stand above a title and belongs to it. */
static bool is_head(struct text text)
{
    if (!text.length)
        return true;
    if (text.length > 150 || is_date(text) || is_imprint(text) || text_contains(text, TEXT("。")))
        return false;
    return (text_contains(text, TEXT("号")) && ends_with_any(text, "号 号） 类 公开")) ||
           begins_with_any(text, "关于 对 索引号 索 文号 文 发文 发布 公开方式 主题 成文日期 "
                                 "生成日期 签发人 名称 类别标记 办理结果 首页") ||
           is_agency(text);
}

/* Where the letter after [start, next) begins, or `next` if there is no telling. */
static size_t find_boundary(const struct document *document, size_t start, size_t next)
{
    for (size_t i = next; i > start; i--) {
        struct text text = document->blocks[i - 1].text;
        if (!is_date(text) && !is_imprint(text))
            continue;
        while (i < next && is_tail(document, i))
            i++;
        return i;
    }
    return TEXT_NONE;
}

/* The letter that is being read. */
struct letter {
    size_t start, end; /* end: behind its last sentence */
    struct text title;
    bool addressed;
    size_t salutation;
};

/* Where the letter with the title at `title` begins: behind the date of the one before; else where its
 * head begins, to which no signature belongs: an agency, where letters do not begin with one. */
static size_t find_head(const struct document *document, const struct letter *letter, size_t title)
{
    size_t start = find_boundary(document, letter->end, title);
    if (start != TEXT_NONE)
        return start;
    for (start = title; start > letter->end && is_head(document->blocks[start - 1].text);)
        start--;
    bool signature = start < title && start == letter->end &&
                     is_agency(document->blocks[start].text) &&
                     !is_agency(document->blocks[letter->start].text);
    return start + signature;
}

/* Sentences behind the block at `title`, up to the next title: 2 are enough to be sure. */
static size_t count_sentences(const struct document *document, size_t title)
{
    size_t count = 0;
    for (size_t i = title + 1; i < document->block_count && count < 2; i++) {
        if (i > title + 1 && is_title(document->blocks[i].text) && count)
            break;
        count += is_sentence(document->blocks[i].text);
    }
    return count;
}

static void begin_letter(struct letter *letter, size_t start)
{
    *letter = (struct letter) { .start = start, .end = start };
}

static void drop_marker(struct block *block)
{
    size_t marker = marker_length(block->text);
    block->text = text_trim(text_slice(block->text, marker, block->text.length - marker));
}

/* Where a letter begins whose title or salutation is at `i`, or TEXT_NONE. */
static size_t find_start(const struct document *document, const struct letter *letter, size_t i)
{
    struct text text = document->blocks[i].text;
    bool written = letter->end > letter->start;
    if (is_title(text))
        return written && !text_equal(text, letter->title) && count_sentences(document, i)
                   ? find_head(document, letter, i)
                   : TEXT_NONE;
    if (!letter->addressed || !is_salutation(text) || !written)
        return TEXT_NONE;
    return find_boundary(document, letter->salutation + 1, i);
}

void html_find_letters(struct document *document, struct html_letters *out)
{
    struct letter letter;
    out->count = 1;
    out->starts[0] = 0;
    begin_letter(&letter, 0);
    for (size_t i = 0; i < document->block_count; i++) {
        struct text text = document->blocks[i].text;
        size_t start = out->count < HTML_LETTERS_MAX ? find_start(document, &letter, i) : TEXT_NONE;
        if (start != TEXT_NONE && start > letter.start) {
            out->starts[out->count++] = start;
            begin_letter(&letter, start);
        }
        if (is_title(text)) {
            letter.title = text;
        } else if (is_salutation(text)) {
            letter.salutation = i;
            letter.addressed = true;
        }
        if (is_sentence(text))
            letter.end = i + 1;
    }
    out->starts[out->count] = document->block_count;
    for (size_t i = 0; out->count > 1 && i < document->block_count; i++)
        if (is_title(document->blocks[i].text))
            drop_marker(&document->blocks[i]);
}
