/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only as much of a letter's form is looked at as is needed to see its end and the next one's
 * beginning; with any doubt the page stays one document. */
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
           begins_with_any(block->text,
                           "联系 （联系 (联系 抄送 承办人 经办人 分管 （此件 (此件 附件 "
                           "印发 分类 办理结果 公开 主动公开 办复 电话 邮编 地址 （公开") ||
           ends_with_any(block->text, "印发 主动公开");
}

static size_t next_salutation(const struct document *document, size_t from)
{
    while (from < document->block_count && !is_salutation(document->blocks[from].text))
        from++;
    return from;
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

void html_find_letters(const struct document *document, struct html_letters *out)
{
    out->count = 1;
    out->starts[0] = 0;
    size_t salutation = next_salutation(document, 0);
    while (salutation < document->block_count && out->count < HTML_LETTERS_MAX) {
        size_t next = next_salutation(document, salutation + 1);
        if (next == document->block_count)
            break;
        size_t boundary = find_boundary(document, salutation + 1, next);
        if (boundary != TEXT_NONE)
            out->starts[out->count++] = boundary;
        salutation = next;
    }
    out->starts[out->count] = document->block_count;
}
