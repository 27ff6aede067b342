/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which paragraph is what. The head is found first, then its parts; behind the lead, forms are
 * told by their looks, and signature and date by standing together below the text. */
#include "indexer/reply/headings.h"
#include "indexer/reply/lines.h"
#include "indexer/reply/parse.h"

#include "indexer/base/utf8.h"

#define HEAD_PARAGRAPHS 60
#define CLOSING_CODEPOINTS 220
#define FIRST_LINE_CODEPOINTS 60 /* a first line that may be a title of something */

static bool is_section_mark(struct text shadow)
{
    struct mark mark = mark_at_start(shadow);
    return mark.level != 0 && mark.level < LEVEL_ITEM;
}

static bool is_running_text(struct text shadow)
{
    return shadow.length > 120 && line_is_finished(shadow);
}

static bool has_salutation(struct text shadow)
{
    struct text start = text_slice(shadow, 0, utf8_boundary(shadow, 400));
    return pattern_test(PATTERN_SALUTATION, start);
}

static void find_addressee(struct parse *parse)
{
    size_t count = parse->reply->paragraph_count;
    size_t running = 0;
    for (size_t i = 0; i < count && i < HEAD_PARAGRAPHS && running < 3; i++) {
        struct text shadow = parse->shadows[i];
        if ((line_is_addressee(shadow) && !line_is_label(shadow)) || has_salutation(shadow)) {
            parse->addressee = i;
            return;
        }
        if (is_section_mark(shadow))
            return;
        running += is_running_text(shadow) && !line_is_label(shadow);
    }
}

/* The document's own title is the last one before the addressee: a page's title comes earlier. */
static void find_title(struct parse *parse)
{
    size_t end = parse->addressee;
    if (end == SECTION_NONE) {
        end = parse->reply->paragraph_count < 20 ? parse->reply->paragraph_count : 20;
        for (size_t i = 0; i < end; i++) {
            if (is_section_mark(parse->shadows[i]) || is_running_text(parse->shadows[i]))
                end = i;
        }
    }
    for (size_t i = 0; i < end; i++) {
        struct text shadow = parse->shadows[i];
        if (line_is_title(shadow) && !line_is_label(shadow) && !line_is_chrome(shadow))
            parse->title = i;
    }
}

static void find_lead(struct parse *parse)
{
    size_t start = 0;
    if (parse->title != SECTION_NONE)
        start = parse->title + 1;
    if (parse->addressee != SECTION_NONE)
        start = has_salutation(parse->shadows[parse->addressee]) ? parse->addressee
                                                                 : parse->addressee + 1;
    size_t count = parse->reply->paragraph_count;
    size_t window = parse->addressee != SECTION_NONE ? 3 : 8;
    for (size_t i = start; i < count && i < start + window; i++) {
        if (is_section_mark(parse->shadows[i]))
            return;
        if (line_is_lead(parse->shadows[i]) && !line_is_label(parse->shadows[i])) {
            parse->lead = i;
            return;
        }
    }
}

static bool mentions_proposal(struct text shadow)
{
    struct text start = text_slice(shadow, 0, utf8_boundary(shadow, 1500));
    return text_contains(start, TEXT("提案")) || text_contains(start, TEXT("建议")) ||
           text_contains(start, TEXT("议案")) || text_contains(start, TEXT("原案"));
}

/* 题目：…… 提案人：…… 主办单位：……: the card of a proposal, without a letter. Where its first lines
 * end; 0 when there is none. */
static size_t find_card_end(const struct parse *parse)
{
    size_t count = parse->reply->paragraph_count, end = 0, others = 0;
    bool subject = false;
    for (size_t i = 0; i < count && i < 20; i++) {
        struct text shadow = parse->shadows[i];
        bool names = shadow.length <= FORM_BYTES && pattern_test(PATTERN_CARD_SUBJECT, shadow);
        bool person = shadow.length <= FORM_BYTES && pattern_test(PATTERN_CARD_PERSON, shadow);
        subject |= names;
        others += person ||
                  pattern_test(PATTERN_CARD_UNIT, text_slice(shadow, 0, utf8_boundary(shadow, 60)));
        if ((names || person) && i == end)
            end = i + 1;
    }
    return subject && others >= 2 ? end : 0;
}

/* A title alone may be that of a report or a news item about replies. */
static bool is_strong_title(struct text shadow)
{
    return pattern_test(PATTERN_TITLE_STRONG, shadow) || pattern_test(PATTERN_SESSION, shadow) ||
           pattern_test(PATTERN_NUMBER, shadow);
}

static void weigh_evidence(struct parse *parse)
{
    bool title = parse->title != SECTION_NONE && is_strong_title(parse->shadows[parse->title]);
    bool addressee = parse->addressee != SECTION_NONE;
    bool lead = false;
    if (parse->lead != SECTION_NONE) {
        struct text shadow = parse->shadows[parse->lead];
        lead = mentions_proposal(shadow) &&
               (addressee || parse->title != SECTION_NONE || pattern_test(PATTERN_SESSION, shadow));
    }
    struct text text, shadow;
    declared_title(parse, &text, &shadow);
    title |=
        shadow.length > 0 && (addressee || parse->lead != SECTION_NONE) && is_strong_title(shadow);
    parse->is_reply = title || lead || parse->card_end > 0;
    if (!parse->is_reply)
        parse->addressee = parse->lead = SECTION_NONE; /* one without the other says nothing */
}

static bool is_heading(const struct parse *parse, size_t i)
{
    const struct paragraph *paragraph = &parse->reply->paragraphs[i];
    bool alone = false;
    struct text shadow = parse->shadows[i];
    struct mark mark = mark_at_start(shadow);
    if (paragraph->declared_level > 0 && utf8_count(shadow) <= 80)
        return true;
    if (mark.level == 0 || mark.level >= LEVEL_ITEM)
        return false;
    heading_length(text_slice(shadow, mark.length, shadow.length - mark.length), &alone);
    return alone && text_trim(shadow).length > mark.length;
}

static enum paragraph_kind head_kind(const struct parse *parse, size_t i)
{
    struct text shadow = parse->shadows[i];
    if (i == parse->addressee && i != parse->lead)
        return PARAGRAPH_ADDRESSEE;
    if (i == parse->title)
        return PARAGRAPH_TITLE;
    if (line_is_contact(shadow))
        return PARAGRAPH_CONTACT;
    if (parse->title != SECTION_NONE && text_equal(shadow, parse->shadows[parse->title]))
        return PARAGRAPH_TITLE;
    return PARAGRAPH_HEAD;
}

/* Forms that need no neighbours to be recognised. */
static enum paragraph_kind form_kind(struct text shadow)
{
    if (line_is_copy_to(shadow))
        return PARAGRAPH_COPY_TO;
    if (line_is_contact(shadow))
        return PARAGRAPH_CONTACT;
    if (line_is_print(shadow) || line_is_publicity(shadow) || line_is_chrome(shadow))
        return PARAGRAPH_TAIL;
    return PARAGRAPH_BODY;
}

/* Lines that say something about the letter, below a reply's text. */
static bool is_remark(struct text shadow)
{
    return line_is_class(shadow) || line_is_label(shadow);
}

static bool is_foot(const struct parse *parse, size_t i)
{
    enum paragraph_kind kind = parse->reply->paragraphs[i].kind;
    if (kind != PARAGRAPH_BODY)
        return kind != PARAGRAPH_HEADING && kind != PARAGRAPH_LEAD;
    return line_is_date(parse->shadows[i]) || line_is_agency(parse->shadows[i]) ||
           is_remark(parse->shadows[i]);
}

/* Where the text ends and the foot begins. What follows the last form of a foot (an attachment, a
 * page's own lines) is left out of account. */
static size_t find_foot(const struct parse *parse, size_t start)
{
    size_t foot = parse->reply->paragraph_count;
    for (size_t i = foot; i > start; i--) {
        enum paragraph_kind kind = parse->reply->paragraphs[i - 1].kind;
        if (kind == PARAGRAPH_COPY_TO || kind == PARAGRAPH_TAIL || kind == PARAGRAPH_CONTACT) {
            foot = i;
            break;
        }
    }
    if (foot < parse->reply->paragraph_count && is_foot(parse, parse->reply->paragraph_count - 1))
        foot = parse->reply->paragraph_count;
    while (foot > start && is_foot(parse, foot - 1))
        foot--;
    return foot;
}

static void find_signature(struct parse *parse, size_t start, size_t foot)
{
    struct paragraph *paragraphs = parse->reply->paragraphs;
    size_t count = parse->reply->paragraph_count;
    for (size_t i = start; i < count; i++) {
        if (paragraphs[i].kind != PARAGRAPH_BODY)
            continue;
        bool next_date = i + 1 < count && line_is_date(parse->shadows[i + 1]);
        bool next_print = i + 1 < count && line_is_print(parse->shadows[i + 1]);
        if (line_is_date(parse->shadows[i]) &&
            (i >= foot || (i > start && paragraphs[i - 1].kind == PARAGRAPH_SIGNATURE)))
            paragraphs[i].kind = PARAGRAPH_DATE;
        else if (i >= foot && is_remark(parse->shadows[i]))
            paragraphs[i].kind = PARAGRAPH_TAIL;
        else if (line_is_agency(parse->shadows[i]) && (i >= foot || next_date || next_print))
            paragraphs[i].kind = next_print ? PARAGRAPH_TAIL : PARAGRAPH_SIGNATURE;
    }
}

/* Thanks and phrases at the end of the text, at most four paragraphs. */
static void find_closing(struct parse *parse, size_t start, size_t foot)
{
    struct paragraph *paragraphs = parse->reply->paragraphs;
    size_t looked = 0;
    for (size_t i = foot; i > start && looked < 4; i--) {
        struct paragraph *paragraph = &paragraphs[i - 1];
        if (paragraph->kind == PARAGRAPH_HEADING)
            return;
        if (paragraph->kind != PARAGRAPH_BODY)
            continue;
        if (!line_is_closing(parse->shadows[i - 1]) ||
            utf8_count(paragraph->text) > CLOSING_CODEPOINTS)
            return;
        paragraph->kind = PARAGRAPH_CLOSING;
        looked++;
    }
}

static void take_declared_kinds(struct parse *parse)
{
    struct reply *reply = parse->reply;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        for (int kind = 0; kind <= PARAGRAPH_TAIL; kind++) {
            if (text_equal(parse->roles[i],
                           text_of(paragraph_kind_name((enum paragraph_kind)kind))))
                reply->paragraphs[i].kind = (enum paragraph_kind)kind;
        }
    }
}

static void layout_plain(struct parse *parse)
{
    struct reply *reply = parse->reply;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        if (is_heading(parse, i))
            reply->paragraphs[i].kind = PARAGRAPH_HEADING;
        else if (line_is_contact(parse->shadows[i]))
            reply->paragraphs[i].kind = PARAGRAPH_CONTACT;
    }
    struct text first = parse->shadows[0];
    if (parse->title != SECTION_NONE) {
        reply->paragraphs[parse->title].kind = PARAGRAPH_TITLE;
        return;
    }
    if (reply->paragraph_count > 1 && reply->paragraphs[0].kind == PARAGRAPH_BODY &&
        utf8_count(first) <= FIRST_LINE_CODEPOINTS && !line_is_finished(first) &&
        !line_is_form(first) && mark_at_start(first).level == 0) {
        reply->paragraphs[0].kind = PARAGRAPH_TITLE;
        parse->title = 0;
    }
}

static size_t later(size_t start, size_t index)
{
    return index != SECTION_NONE && index + 1 > start ? index + 1 : start;
}

static void layout_reply(struct parse *parse)
{
    struct reply *reply = parse->reply;
    size_t start = later(later(parse->card_end, parse->title), parse->addressee);
    if (parse->addressee == SECTION_NONE) { /* number or agency may stand below the title */
        while (start < reply->paragraph_count && start != parse->lead &&
               (line_is_document_number(parse->shadows[start]) ||
                line_is_label(parse->shadows[start]) ||
                (line_is_agency(parse->shadows[start]) && start + 1 < reply->paragraph_count &&
                 !line_is_date(parse->shadows[start + 1]))))
            start++;
    }
    if (parse->lead != SECTION_NONE && parse->lead == parse->addressee)
        start = parse->lead;
    parse->head_end = start;
    for (size_t i = 0; i < start; i++)
        reply->paragraphs[i].kind = head_kind(parse, i);
    for (size_t i = start; i < reply->paragraph_count; i++) {
        if (i == parse->lead)
            reply->paragraphs[i].kind = PARAGRAPH_LEAD;
        else if ((reply->paragraphs[i].kind = form_kind(parse->shadows[i])) == PARAGRAPH_BODY &&
                 is_heading(parse, i))
            reply->paragraphs[i].kind = PARAGRAPH_HEADING;
    }
    size_t foot = find_foot(parse, start);
    find_signature(parse, start, foot);
    find_closing(parse, start, foot);
}

/* The places in a document whose paragraphs the format has named. */
static void find_declared_places(struct parse *parse)
{
    const struct reply *reply = parse->reply;
    for (size_t i = reply->paragraph_count; i > 0; i--) {
        switch (reply->paragraphs[i - 1].kind) {
        case PARAGRAPH_TITLE:
            parse->title = parse->title == SECTION_NONE ? i - 1 : parse->title;
            break;
        case PARAGRAPH_ADDRESSEE:
            parse->addressee = i - 1;
            break;
        case PARAGRAPH_LEAD:
            parse->lead = i - 1;
            break;
        default:
            break;
        }
    }
}

void layout_paragraphs(struct parse *parse)
{
    const struct reply *reply = parse->reply;
    size_t declared = 0;
    for (size_t i = 0; i < reply->paragraph_count; i++)
        declared += parse->roles[i].length > 0;

    parse->title = parse->addressee = parse->lead = SECTION_NONE;
    if (declared < reply->paragraph_count) {
        find_addressee(parse);
        find_title(parse);
        find_lead(parse);
        if (parse->title == SECTION_NONE && parse->addressee == SECTION_NONE)
            parse->card_end = find_card_end(parse);
        weigh_evidence(parse);
        if (parse->is_reply)
            layout_reply(parse);
        else
            layout_plain(parse);
    }
    if (declared > 0) {
        take_declared_kinds(parse);
        parse->title = parse->addressee = parse->lead = SECTION_NONE;
        find_declared_places(parse);
        parse->is_reply =
            parse->is_reply || parse->addressee != SECTION_NONE || parse->lead != SECTION_NONE;
        parse->head_end = later(later(0, parse->title), parse->addressee);
    }
}
