/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of the head and the foot: title, issuer, document number, class, publicity. The running
 * text is never searched for them: it cites other documents. */
#include "indexer/reply/lines.h"
#include "indexer/reply/numerals.h"
#include "indexer/reply/parse.h"
#include "indexer/reply/shadow.h"

#include "indexer/base/utf8.h"

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 || codepoint == 0x3000;
}

struct text without_blanks(struct text text, struct arena *arena)
{
    bool any = false;
    for (size_t at = 0; at < text.length && !any;)
        any = is_blank(utf8_next_valid(text.data, &at));
    if (!any)
        return text;
    char *out = arena_alloc(arena, text.length + 1);
    size_t used = 0;
    if (!out)
        return (struct text) { NULL, 0 };
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        if (is_blank(utf8_next_valid(text.data, &at)))
            continue;
        memcpy(out + used, text.data + start, at - start);
        used += at - start;
    }
    return (struct text) { out, used };
}

bool add_text(struct text_list *list, struct text text, struct arena *arena)
{
    if (!arena_grow(arena, &list->items, list->count, &list->capacity, sizeof(*list->items)))
        return false;
    list->items[list->count++] = text;
    return true;
}

/* Full-width digits and letters as ASCII; everything else stays the author's. */
static struct text fold_digits(struct text text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.length + 1);
    size_t used = 0;
    if (!out)
        return (struct text) { NULL, 0 };
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        bool digit = (codepoint >= 0xFF10 && codepoint <= 0xFF19) ||
                     (codepoint >= 0xFF21 && codepoint <= 0xFF3A) ||
                     (codepoint >= 0xFF41 && codepoint <= 0xFF5A);
        if (digit) {
            out[used++] = (char)(codepoint - 0xFF01 + '!');
            continue;
        }
        memcpy(out + used, text.data + start, at - start);
        used += at - start;
    }
    return (struct text) { out, used };
}

/* --- title --------------------------------------------------------------------------------- */

void title_texts(const struct parse *parse, struct text *text, struct text *shadow)
{
    *text = *shadow = (struct text) { "", 0 };
    if (parse->title == SECTION_NONE)
        return;
    *text = parse->reply->paragraphs[parse->title].text;
    *shadow = parse->shadows[parse->title];
    struct pattern_match match;
    size_t start = 0;
    if (pattern_find(PATTERN_TITLE_FIELD, *shadow, 0, &match))
        start = match.piece_start[PIECE_NAME];
    else if (pattern_find(PATTERN_DOCUMENT_NUMBER, *shadow, 0, &match) && match.start == 0 &&
             match.end < shadow->length)
        start = match.end; /* 嘉嘉办理〔2024〕2号关于……的会办意见 */
    *text = text_slice(*text, start, text->length - start);
    *shadow = text_slice(*shadow, start, shadow->length - start);
    struct text trimmed = text_trim(*text);
    size_t skipped = (size_t)(trimmed.data - text->data);
    *text = trimmed;
    *shadow = text_slice(*shadow, skipped, trimmed.length);
}

static bool read_title(struct parse *parse)
{
    struct text text, shadow;
    struct pattern_match match;
    title_texts(parse, &text, &shadow);
    for (size_t i = 0; text.length == 0 && i < parse->head_end; i++) {
        if (pattern_find(PATTERN_TITLE_FIELD, parse->shadows[i], 0, &match))
            text = pattern_piece(&match, PIECE_NAME, parse->reply->paragraphs[i].text);
    }
    if (text.length == 0)
        return true;
    parse->reply->title = fold_digits(text, parse->arena);
    return parse->reply->title.data != NULL;
}

/* --- issuer -------------------------------------------------------------------------------- */

static bool in_foot(const struct parse *parse, size_t i)
{
    enum paragraph_kind kind = parse->reply->paragraphs[i].kind;
    return i >= parse->head_end &&
           (kind == PARAGRAPH_SIGNATURE || kind == PARAGRAPH_DATE || kind == PARAGRAPH_TAIL);
}

/* The agency of a line that is its name, 文件 or a date behind it left out. */
static struct text agency_of_line(const struct parse *parse, size_t i)
{
    struct pattern_match match;
    struct text text = parse->reply->paragraphs[i].text;
    struct text shadow = parse->shadows[i];
    if (parse->reply->paragraphs[i].kind == PARAGRAPH_DATE) {
        if (shadow.length > FORM_BYTES || !pattern_find(PATTERN_DATE, shadow, 0, &match))
            return (struct text) { "", 0 };
        text = text_trim(text_slice(text, 0, match.start));
        shadow = text_slice(shadow, 0, text.length);
    }
    if (!line_is_agency(shadow) || !pattern_find(PATTERN_AGENCY_LINE, shadow, 0, &match))
        return (struct text) { "", 0 };
    return pattern_piece(&match, PIECE_NAME, text);
}

static struct text issuer_of_signature(const struct parse *parse)
{
    for (size_t i = parse->reply->paragraph_count; i > parse->head_end; i--) {
        enum paragraph_kind kind = parse->reply->paragraphs[i - 1].kind;
        if (kind != PARAGRAPH_SIGNATURE && kind != PARAGRAPH_DATE)
            continue;
        struct text agency = agency_of_line(parse, i - 1);
        if (agency.length > 0)
            return agency;
    }
    return (struct text) { "", 0 };
}

static struct text issuer_of_head(const struct parse *parse)
{
    for (size_t i = 0; i < parse->head_end; i++) {
        if (parse->reply->paragraphs[i].kind != PARAGRAPH_HEAD || line_is_label(parse->shadows[i]))
            continue;
        struct text agency = agency_of_line(parse, i);
        if (agency.length > 0)
            return agency;
    }
    return (struct text) { "", 0 };
}

static struct text issuer_of_fields(const struct parse *parse)
{
    struct pattern_match match;
    for (size_t i = 0; i < parse->reply->paragraph_count; i++) {
        if ((i < parse->head_end || in_foot(parse, i)) && parse->shadows[i].length <= FORM_BYTES &&
            pattern_find(PATTERN_ISSUER_FIELD, parse->shadows[i], 0, &match))
            return pattern_piece(&match, PIECE_NAME, parse->reply->paragraphs[i].text);
    }
    return (struct text) { "", 0 };
}

static struct text issuer_of_title(const struct parse *parse)
{
    struct pattern_match match;
    struct text text, shadow;
    title_texts(parse, &text, &shadow);
    if (shadow.length == 0 || shadow.length > TITLE_BYTES ||
        !pattern_find(PATTERN_TITLE_ISSUER, shadow, 0, &match))
        return (struct text) { "", 0 };
    return pattern_piece(&match, PIECE_NAME, text);
}

/* 关于……的答复（水利局） */
static struct text issuer_of_brackets(const struct parse *parse)
{
    struct pattern_match match;
    struct text text, shadow;
    title_texts(parse, &text, &shadow);
    if (shadow.length == 0 || shadow.length > TITLE_BYTES ||
        !pattern_find(PATTERN_TITLE_BRACKETS, shadow, 0, &match))
        return (struct text) { "", 0 };
    return pattern_piece(&match, PIECE_NAME, text);
}

/* 宁波市经济和信息化局办公室 above the print date: the office of the issuer. */
static struct text issuer_of_print(const struct parse *parse)
{
    for (size_t i = parse->head_end; i < parse->reply->paragraph_count; i++) {
        if (parse->reply->paragraphs[i].kind != PARAGRAPH_TAIL)
            continue;
        struct text agency = agency_of_line(parse, i);
        struct text office = TEXT("办公室");
        if (text_ends_with(agency, office) &&
            line_is_agency(text_slice(agency, 0, agency.length - office.length)))
            agency.length -= office.length;
        if (agency.length > 0)
            return agency;
    }
    return (struct text) { "", 0 };
}

/* Whether a name begins with a place's own name, not just its level (市经信局). */
static bool is_full_name(struct text name)
{
    static const char *const LEVELS[] = { "省", "市", "县", "縣", "区", "區", "州" };
    for (size_t i = 0; i < sizeof(LEVELS) / sizeof(LEVELS[0]); i++) {
        if (text_starts_with(name, text_of(LEVELS[i])))
            return false;
    }
    return name.length > 0;
}

static bool read_issuer(struct parse *parse)
{
    struct text (*const sources[])(const struct parse *) = {
        issuer_of_signature, issuer_of_head,  issuer_of_fields,
        issuer_of_print,     issuer_of_title, issuer_of_brackets,
    };
    struct text best = { "", 0 };
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        struct text found = sources[i](parse);
        if (found.length > 0 && (best.length == 0 || (!is_full_name(best) && is_full_name(found))))
            best = found;
    }
    parse->reply->issuer = best.length ? without_blanks(best, parse->arena) : best;
    return parse->reply->issuer.data != NULL;
}

/* --- document number ----------------------------------------------------------------------- */

struct text document_number_of(const struct pattern_match *match, struct text text,
                               struct text shadow, struct arena *arena)
{
    struct text code = without_blanks(pattern_piece(match, PIECE_CODE, text), arena);
    struct text year = numeral_fold(pattern_piece(match, PIECE_YEAR, text), arena);
    struct text number = numeral_fold(pattern_piece(match, PIECE_NUMBER, text), arena);
    if (!code.data || !year.data || !number.data)
        return (struct text) { NULL, 0 };
    while (number.length > 1 && number.data[0] == '0')
        number = text_slice(number, 1, number.length - 1); /* the standard has no leading zeros */
    /* 苇人社提字（2026）第15号: 字 belongs to the code; it stays */
    size_t code_end = match->piece_end[PIECE_CODE];
    struct text tail = text_slice(shadow, code_end, match->piece_start[PIECE_YEAR] - code_end);
    const char *character = text_contains(tail, TEXT("字")) ? "字" : "";
    return arena_printf(arena, "%.*s%s〔%.*s〕%.*s号", TEXT_ARG(code), character, TEXT_ARG(year),
                        TEXT_ARG(number));
}

static bool set_document_number(struct parse *parse, const struct pattern_match *match, size_t i)
{
    struct text text = parse->reply->paragraphs[i].text;
    struct arena *arena = parse->arena;
    size_t end = match->piece_end[PIECE_NUMBER];
    size_t mark =
        text_find(text_slice(parse->shadows[i], end, parse->shadows[i].length - end), TEXT("号"));
    struct text raw = text_slice(text, match->start, end + mark + 3 - match->start);
    parse->reply->document_number_raw = raw;
    parse->reply->document_number = document_number_of(match, text, parse->shadows[i], arena);
    if (pattern_has(match, PIECE_LETTER) && !parse->reply->result_class) {
        struct text letter = numeral_fold(pattern_piece(match, PIECE_LETTER, text), arena);
        if (!letter.data)
            return false;
        parse->reply->result_class = letter.data[0];
    }
    return parse->reply->document_number.data != NULL;
}

/* Where a number may start in a head line: at its start, or behind 文号： */
static size_t number_start(struct text shadow)
{
    static const struct text LABELS[] = { TEXT_INIT("发文字号"), TEXT_INIT("文号"),
                                          TEXT_INIT("文件编号"), TEXT_INIT("号：") };
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++) {
        size_t at = text_find(shadow, LABELS[i]);
        if (at == TEXT_NONE)
            continue;
        at += LABELS[i].length;
        while (at < shadow.length && (shadow.data[at] == ' ' || shadow.data[at] == ':'))
            at++;
        if (at + 3 <= shadow.length && memcmp(shadow.data + at, "：", 3) == 0)
            at += 3;
        return at;
    }
    return 0;
}

static bool read_document_number(struct parse *parse)
{
    struct pattern_match match;
    for (size_t i = 0; i < parse->head_end; i++) {
        struct text shadow = parse->shadows[i];
        if (shadow.length > FORM_BYTES && i != parse->title)
            continue;
        size_t start = number_start(shadow);
        if (!pattern_find(PATTERN_DOCUMENT_NUMBER, shadow, start, &match))
            continue;
        struct text before = text_slice(shadow, start, match.start - start);
        bool inside = i == parse->title && match.start > 0 &&
                      (text_ends_with(before, TEXT("（")) || text_ends_with(before, TEXT("(")));
        if (text_trim(before).length == 0 || inside || text_ends_with(before, TEXT("文件")))
            return set_document_number(parse, &match, i);
    }
    return true;
}

/* --- class and publicity ------------------------------------------------------------------- */

static bool may_hold_remark(const struct parse *parse, size_t i)
{
    enum paragraph_kind kind = parse->reply->paragraphs[i].kind;
    return parse->shadows[i].length <= FORM_BYTES &&
           (kind == PARAGRAPH_HEAD || kind == PARAGRAPH_CONTACT || in_foot(parse, i));
}

static bool read_remarks(struct parse *parse)
{
    struct reply *reply = parse->reply;
    struct pattern_match match;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        if (!may_hold_remark(parse, i))
            continue;
        struct text shadow = parse->shadows[i];
        if (!reply->result_class && pattern_find(PATTERN_CLASS, shadow, 0, &match)) {
            struct text letter =
                numeral_fold(pattern_piece(&match, PIECE_LETTER, shadow), parse->arena);
            if (!letter.data)
                return false;
            reply->result_class = letter.length ? letter.data[0] : 0;
        }
        if (reply->publicity.length == 0 && pattern_find(PATTERN_PUBLICITY, shadow, 0, &match))
            reply->publicity = pattern_piece(&match, PIECE_NAME, reply->paragraphs[i].text);
    }
    return true;
}

static void read_area(struct parse *parse)
{
    static const struct text LOW[] = { TEXT_INIT("街道"), TEXT_INIT("镇"), TEXT_INIT("乡") };
    struct place_list places = places_of(parse->issuer_shadow, parse->reply->issuer);
    if (places.count == 0) {
        if (pattern_test(PATTERN_CENTRAL_AGENCY, parse->issuer_shadow))
            parse->reply->area = TEXT("全国");
        return;
    }
    size_t last = places.count - 1;
    for (size_t i = 0; i < sizeof(LOW) / sizeof(LOW[0]); i++) {
        if (last > 0 && text_ends_with(places.shadows[last], LOW[i]))
            last--;
    }
    parse->reply->area = places.items[last];
}

bool read_head_fields(struct parse *parse)
{
    if (!read_title(parse))
        return false;
    if (!parse->is_reply)
        return true;
    if (!read_issuer(parse) || !read_document_number(parse) || !read_remarks(parse))
        return false;
    parse->issuer_shadow = shadow_of(parse->reply->issuer, parse->arena);
    if (!parse->issuer_shadow.data)
        return false;
    read_area(parse);
    return true;
}
