/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/page_marks.h"

#include "indexer/base/utf8.h"

/* Text without blanks and dashes, each number as '#'. */
struct form {
    char bytes[PAGE_MARK_BYTES_MAX];
    size_t length;
    unsigned long number; /* the first one */
    bool dashed;          /* dashes or dots stood around it */
};

static const struct text FORMS[] = {
    TEXT_INIT("第#页"),       TEXT_INIT("第#页共#页"),   TEXT_INIT("共#页第#页"),
    TEXT_INIT("第#页/共#页"), TEXT_INIT("第#页，共#页"), TEXT_INIT("共#页，第#页"),
    TEXT_INIT("第#页,共#页"), TEXT_INIT("第#页(共#页)"), TEXT_INIT("第#页（共#页）"),
    TEXT_INIT("#页/共#页"),   TEXT_INIT("Page#"),        TEXT_INIT("Page#of#"),
    TEXT_INIT("page#"),       TEXT_INIT("P#"),           TEXT_INIT("P.#"),
    TEXT_INIT("#/#"),         TEXT_INIT("第#頁"),        TEXT_INIT("第#頁共#頁"),
    TEXT_INIT("（#）第#页"),  TEXT_INIT("#of#"),
};

static bool is_chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                       0x516B, 0x4E5D, 0x5341, 0x767E, 0x3007, 0x96F6 };
    for (size_t i = 0; i < sizeof(DIGITS) / sizeof(DIGITS[0]); i++)
        if (codepoint == DIGITS[i])
            return true;
    return false;
}

static bool is_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
}

static bool is_dash(uint32_t codepoint)
{
    switch (codepoint) {
    case '-':
    case '~':
    case 0xB7:
    case 0x2022:
    case 0x2500:
    case 0x30FB:
    case 0xFF0D:
    case 0xFF5E:
        return true;
    default:
        return codepoint >= 0x2010 && codepoint <= 0x2015;
    }
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == 0x3000 || codepoint == 0xA0 || codepoint == '\t';
}

/* Chinese digits count only after 第 and 共. */
static bool make_form(struct text text, struct form *form)
{
    *form = (struct form) { .length = 0 };
    bool in_number = false, counts = false, first = true;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_blank(codepoint))
            continue;
        if (is_dash(codepoint)) {
            form->dashed = true;
            continue;
        }
        bool digit = is_digit(codepoint) || (is_chinese_digit(codepoint) && (counts || in_number));
        if (digit && first && is_digit(codepoint) && form->number < 100000)
            form->number = form->number * 10 + (codepoint & 0xF);
        if (digit && in_number)
            continue;
        if (in_number && !digit)
            first = false;
        in_number = digit;
        counts = codepoint == 0x7B2C || codepoint == 0x5171; /* 第 共 */
        if (form->length + 4 > sizeof(form->bytes))
            return false;
        if (digit)
            form->bytes[form->length++] = '#';
        else
            form->length += utf8_encode(codepoint, form->bytes + form->length);
    }
    return form->length > 0;
}

static struct text form_text(const struct form *form)
{
    return (struct text) { form->bytes, form->length };
}

static bool is_bare(const struct form *form)
{
    return text_equal(form_text(form), TEXT("#"));
}

static bool says_page(const struct form *form)
{
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++)
        if (text_equal(form_text(form), FORMS[i]))
            return true;
    return is_bare(form) && form->dashed;
}

/* "2026年第1页": words, and the number of the page behind them. */
static bool ends_with_page(const struct form *form)
{
    return says_page(form) || text_ends_with(form_text(form), TEXT("第#页"));
}

static bool append(struct page_mark *mark, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_blank(codepoint) || is_dash(codepoint))
            continue;
        if (mark->length + 4 > sizeof(mark->bytes))
            return false;
        mark->length += utf8_encode(codepoint, mark->bytes + mark->length);
    }
    return true;
}

/* Takes digits off the start or the end of *text and notes which number they were. */
static bool cut_number(struct text *text, bool at_end, struct page_mark *mark)
{
    size_t length = 0;
    *text = text_trim(*text);
    while (length < text->length && length < 5) {
        char byte = text->data[at_end ? text->length - 1 - length : length];
        if (byte < '0' || byte > '9')
            break;
        length++;
    }
    if (length == 0 || length == text->length)
        return false;
    struct text digits = text_slice(*text, at_end ? text->length - length : 0, length);
    *text = text_slice(*text, at_end ? 0 : length, text->length - length);
    unsigned long number = 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (unsigned long)(digits.data[i] - '0');
    mark->numbers[mark->number_count++] = number;
    return true;
}

/* Words, perhaps with a number before (the row's first segment) or behind them (its last). */
static bool append_words(struct page_mark *mark, struct text text, bool first, bool last)
{
    if (first && mark->number_count < 2 && cut_number(&text, false, mark) &&
        !append(mark, TEXT("#")))
        return false;
    bool cut = last && mark->number_count < 2 && cut_number(&text, true, mark);
    return append(mark, text) && (!cut || append(mark, TEXT("#")));
}

static bool append_segment(struct page_mark *mark, struct text text, bool first, bool last)
{
    struct form form;
    bool formed = make_form(text, &form);
    if (formed && ends_with_page(&form)) {
        mark->paged = true;
        return append(mark, form_text(&form));
    }
    if (!formed || !is_bare(&form) || mark->number_count == 2)
        return append_words(mark, text, first, last);
    mark->numbers[mark->number_count++] = form.number;
    return append(mark, form_text(&form));
}

static bool join(struct segment *const *segments, size_t count, struct page_mark *room,
                 struct text *out)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        struct text text = segments[i]->text;
        if (length + text.length + 1 > sizeof(room->bytes))
            return false;
        memcpy(room->bytes + length, text.data, text.length);
        length += text.length;
        room->bytes[length++] = ' ';
    }
    *out = text_of_bytes(room->bytes, length);
    return true;
}

/* Digits with date and time signs between them: 2026/10/12 09:30, 2026-10-12 */
static bool is_date(struct text text)
{
    size_t digits = 0, signs = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        digits += digit;
        signs += !digit && text.data[i] != ' ';
        if (!digit && !strchr("/-.: ", text.data[i]))
            return false;
    }
    return digits >= 6 && signs >= 2;
}

static bool is_printed(struct segment *const *segments, size_t count)
{
    struct form form;
    struct text first = text_trim(segments[0]->text);
    bool paged = make_form(segments[count - 1]->text, &form) && says_page(&form);
    bool address = text_contains(first, TEXT("://"));
    return count >= 2 ? is_date(first) || (address && paged)
                      : address && !paged && first.length < 200;
}

bool page_mark_make(struct segment *const *segments, size_t count, bool small,
                    struct page_mark *mark)
{
    struct form form;
    struct text row;
    struct page_mark room, made = { .length = 0 };
    if (!join(segments, count, &room, &row))
        return false;
    if (make_form(row, &form) && (says_page(&form) || is_bare(&form))) {
        made.says_page = says_page(&form);
        made.bare = !made.says_page;
        made.numbers[0] = form.number;
        made.number_count = 1;
        append(&made, form_text(&form));
    } else {
        for (size_t i = 0; i < count; i++)
            if (!append_segment(&made, segments[i]->text, small && i == 0, small && i + 1 == count))
                return false;
    }
    made.printed = is_printed(segments, count);
    *mark = made;
    return made.length > 0;
}
