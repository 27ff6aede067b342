/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every test is a length check and a pattern; only line_is_finished looks at characters itself,
 * because it runs on lines of any length. */
#include "indexer/reply/lines.h"

#include "indexer/base/utf8.h"
#include "indexer/reply/patterns.h"

#define ADDRESSEE_BYTES 1500
#define LEAD_BYTES 3000

static bool form(enum pattern pattern, struct text shadow)
{
    return shadow.length <= FORM_BYTES && pattern_test(pattern, shadow);
}

bool line_is_addressee(struct text shadow)
{
    return shadow.length <= ADDRESSEE_BYTES &&
           (text_ends_with(shadow, TEXT("：")) || text_ends_with(shadow, TEXT(":"))) &&
           pattern_test(PATTERN_ADDRESSEE, shadow);
}

bool line_is_contact(struct text shadow)
{
    return form(PATTERN_CONTACT_LINE, shadow);
}

bool line_is_copy_to(struct text shadow)
{
    /* the list behind the mark may be long: the mark alone decides */
    struct text start = text_slice(shadow, 0, utf8_boundary(shadow, 60));
    return pattern_test(PATTERN_COPY_TO, start);
}

bool line_is_print(struct text shadow)
{
    return form(PATTERN_PRINT_LINE, shadow);
}

bool line_is_publicity(struct text shadow)
{
    return form(PATTERN_PUBLICITY_LINE, shadow);
}

bool line_is_class(struct text shadow)
{
    return form(PATTERN_CLASS_LINE, shadow);
}

bool line_is_label(struct text shadow)
{
    return form(PATTERN_LABEL_LINE, shadow);
}

bool line_is_chrome(struct text shadow)
{
    return form(PATTERN_CHROME_LINE, shadow);
}

bool line_is_date(struct text shadow)
{
    return form(PATTERN_DATE_LINE, shadow);
}

bool line_is_agency(struct text shadow)
{
    return shadow.length <= 180 && pattern_test(PATTERN_AGENCY_LINE, shadow);
}

bool line_is_title(struct text shadow)
{
    return shadow.length <= TITLE_BYTES && pattern_test(PATTERN_TITLE, shadow);
}

bool line_starts_title(struct text shadow)
{
    return shadow.length <= FORM_BYTES && pattern_test(PATTERN_TITLE_START, shadow);
}

bool line_is_lead(struct text shadow)
{
    struct text start = text_slice(shadow, 0, utf8_boundary(shadow, LEAD_BYTES));
    return pattern_test(PATTERN_LEAD, start);
}

bool line_is_closing(struct text shadow)
{
    return shadow.length <= 900 && pattern_test(PATTERN_CLOSING, shadow);
}

bool line_is_attachment(struct text shadow)
{
    return text_starts_with(shadow, TEXT("附件")) || text_starts_with(shadow, TEXT("附：")) ||
           text_starts_with(shadow, TEXT("附表"));
}

bool line_is_document_number(struct text shadow)
{
    struct pattern_match match;
    if (shadow.length > FORM_BYTES || !pattern_find(PATTERN_DOCUMENT_NUMBER, shadow, 0, &match))
        return false;
    struct text before = text_slice(shadow, 0, match.start);
    struct text behind = text_slice(shadow, match.end, shadow.length - match.end);
    if (text_trim(before).length > 0 && !line_is_label(shadow))
        return false;
    return behind.length <= 120 && !text_contains(behind, TEXT("。")) &&
           !text_contains(behind, TEXT("关于")) && !text_contains(behind, TEXT("》"));
}

bool line_is_form(struct text shadow)
{
    return line_is_attachment(shadow) || line_is_copy_to(shadow) || line_is_contact(shadow) ||
           line_is_date(shadow) || line_is_print(shadow) || line_is_publicity(shadow) ||
           line_is_class(shadow) || line_is_label(shadow) || line_is_chrome(shadow);
}

static uint32_t last_codepoint(struct text *text)
{
    if (text->length == 0)
        return 0;
    size_t at = utf8_boundary(*text, text->length - 1);
    size_t next = at;
    uint32_t codepoint = utf8_next_valid(text->data, &next);
    text->length = at;
    return codepoint;
}

static bool is_stop(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF1B:
    case 0xFF1A:
    case 0x2026: /* 。！？；：… */
    case '!':
    case '?':
    case ';':
    case ':':
        return true;
    default:
        return false;
    }
}

static bool is_closing_mark(uint32_t codepoint)
{
    return codepoint == 0x201D || codepoint == 0x2019 || codepoint == 0xFF09 || codepoint == ')' ||
           codepoint == 0x300D || codepoint == 0x3011; /* ”’）」】 */
}

/* （此件公开发布）: one pair of brackets holds the whole line. */
static bool is_in_brackets(struct text shadow)
{
    static const struct {
        struct text open, close;
    } PAIRS[] = {
        { TEXT_INIT("（"), TEXT_INIT("）") },
        { TEXT_INIT("("), TEXT_INIT(")") },
        { TEXT_INIT("【"), TEXT_INIT("】") },
    };
    for (size_t i = 0; i < sizeof(PAIRS) / sizeof(PAIRS[0]); i++) {
        if (text_starts_with(shadow, PAIRS[i].open))
            return text_find(shadow, PAIRS[i].close) + PAIRS[i].close.length == shadow.length;
    }
    return false;
}

bool line_is_finished(struct text shadow)
{
    struct text rest = shadow;
    uint32_t last = last_codepoint(&rest);
    if (is_stop(last))
        return true;
    /* a closing mark ends a line when the sentence ended inside it, or all of it is inside */
    return is_closing_mark(last) && (is_in_brackets(shadow) || is_stop(last_codepoint(&rest)));
}
