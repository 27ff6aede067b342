/* SPDX-License-Identifier: GPL-2.0-or-later */
/* To whom, with whom, copied to whom, and whom to ask. */
#include "indexer/reply/lines.h"
#include "indexer/reply/parse.h"

#include "indexer/base/utf8.h"

#define LEAD_BYTES 2400

/* A text and its shadow, cut together. */
struct pair {
    struct text text, shadow;
};

static struct pair pair_slice(struct pair pair, size_t start, size_t length)
{
    return (struct pair) { text_slice(pair.text, start, length),
                           text_slice(pair.shadow, start, length) };
}

static struct pair pair_trim(struct pair pair)
{
    struct text trimmed = text_trim(pair.text);
    size_t start = trimmed.length ? (size_t)(trimmed.data - pair.text.data) : 0;
    return pair_slice(pair, start, trimmed.length);
}

/* The next piece before one of the separators outside brackets; false at the end. */
static bool next_piece(struct pair pair, const char *separators, size_t *at, struct pair *piece)
{
    size_t start = *at, depth = 0;
    if (start > pair.shadow.length)
        return false;
    for (size_t here = start; here < pair.shadow.length;) {
        size_t length = utf8_length((unsigned char)pair.shadow.data[here]);
        struct text one = text_slice(pair.shadow, here, length);
        depth += text_equal(one, TEXT("（")) || text_equal(one, TEXT("("));
        depth -= depth > 0 && (text_equal(one, TEXT("）")) || text_equal(one, TEXT(")")));
        if (depth == 0 && text_contains(text_of(separators), one)) {
            *piece = pair_trim(pair_slice(pair, start, here - start));
            *at = here + length;
            return true;
        }
        here += length;
    }
    *piece = pair_trim(pair_slice(pair, start, pair.shadow.length - start));
    *at = pair.shadow.length + 1;
    return true;
}

/* --- addressee ----------------------------------------------------------------------------- */

/* Bytes of a name without 委员, 代表, 等3名委员 ... behind it. */
static size_t name_length(struct text shadow)
{
    static const struct text TITLES[] = {
        TEXT_INIT("委员"), TEXT_INIT("代表"), TEXT_INIT("同志"),   TEXT_INIT("先生"),
        TEXT_INIT("女士"), TEXT_INIT("们"),   TEXT_INIT("代表团"),
    };
    size_t length = shadow.length;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof(TITLES) / sizeof(TITLES[0]); i++) {
            struct text rest = text_slice(shadow, 0, length);
            if (text_ends_with(rest, TITLES[i])) {
                length -= TITLES[i].length;
                again = true;
            }
        }
    }
    size_t others = text_find_last(text_slice(shadow, 0, length), TEXT("等"));
    if (others != TEXT_NONE && others > 0 && length - others <= 15)
        length = others; /* 等, 等3名, 等四位 */
    return length;
}

/* 张 三: two characters that were set apart to fill the place of three. */
static bool add_name(struct parse *parse, struct pair name)
{
    size_t length = name_length(name.shadow);
    if (length == 0)
        return true;
    struct text plain = without_blanks(text_trim(text_slice(name.text, 0, length)), parse->arena);
    return plain.data &&
           (plain.length == 0 || add_text(&parse->reply->addressees, plain, parse->arena));
}

/* Names with blanks between them: 张三　李四; 赵 敏 is one name, spread out. */
static bool add_spaced_names(struct parse *parse, struct pair names)
{
    struct pair piece, single = { { NULL, 0 }, { NULL, 0 } };
    for (size_t at = 0; next_piece(names, " \t　", &at, &piece);) {
        if (piece.shadow.length == 0)
            continue;
        if (utf8_count(piece.shadow) == 1 && single.text.length == 0) {
            single = piece;
            continue;
        }
        if (single.text.length > 0) { /* from the single character up to this piece */
            size_t start = (size_t)(single.text.data - names.text.data);
            size_t end = (size_t)(piece.text.data - names.text.data) + piece.text.length;
            piece = pair_slice(names, start, end - start);
            single.text.length = 0;
        }
        if (!add_name(parse, piece))
            return false;
    }
    return single.text.length == 0 || add_name(parse, single);
}

/* The paragraph that names the addressee, and the pattern that finds the name in it. */
static size_t addressee_place(const struct parse *parse, enum pattern *pattern)
{
    *pattern = parse->addressee == parse->lead ? PATTERN_SALUTATION : PATTERN_ADDRESSEE;
    if (parse->addressee != SECTION_NONE)
        return parse->addressee;
    *pattern = PATTERN_CARD_PERSON;
    for (size_t i = 0; i < parse->head_end; i++) {
        if (parse->shadows[i].length <= FORM_BYTES &&
            pattern_test(PATTERN_CARD_PERSON, parse->shadows[i]))
            return i;
    }
    return SECTION_NONE;
}

static bool read_addressee(struct parse *parse)
{
    struct pattern_match match;
    enum pattern pattern;
    size_t place = addressee_place(parse, &pattern);
    if (place == SECTION_NONE)
        return true;
    struct text text = parse->reply->paragraphs[place].text;
    struct text shadow = parse->shadows[place];
    if (!pattern_find(pattern, shadow, 0, &match) || !pattern_has(&match, PIECE_NAME))
        return true;
    struct pair names = pair_trim((struct pair) { pattern_piece(&match, PIECE_NAME, text),
                                                  pattern_piece(&match, PIECE_NAME, shadow) });
    parse->reply->addressee = names.text;
    struct pair piece;
    for (size_t at = 0; next_piece(names, "、，,", &at, &piece);) {
        if (!add_spaced_names(parse, piece))
            return false;
    }
    return true;
}

/* --- consulted ----------------------------------------------------------------------------- */

/* Offices inside an agency are not consulted agencies: 失业保险处. */
static bool is_inner_office(struct text shadow)
{
    static const struct text ENDINGS[] = { TEXT_INIT("处"), TEXT_INIT("科"), TEXT_INIT("股"),
                                           TEXT_INIT("科室"), TEXT_INIT("处室") };
    static const struct text PLACES[] = { TEXT_INIT("省"), TEXT_INIT("市"), TEXT_INIT("县"),
                                          TEXT_INIT("区"), TEXT_INIT("州"), TEXT_INIT("国") };
    for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
        if (text_starts_with(shadow, PLACES[i]))
            return false;
    }
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++) {
        if (text_ends_with(shadow, ENDINGS[i]) && !text_ends_with(shadow, TEXT("办事处")))
            return true;
    }
    return false;
}

static bool is_agency(struct text shadow)
{
    return !is_inner_office(shadow) && shadow.length >= 6 && shadow.length <= 90 &&
           pattern_test(PATTERN_AGENCY, shadow);
}

/* 市财政局和市教育局 are two, 市住房和城乡建设局 is one: cut where both sides are agencies. */
static size_t conjunction(struct text shadow, size_t *length)
{
    static const struct text WORDS[] = { TEXT_INIT("以及"), TEXT_INIT("和"), TEXT_INIT("及"),
                                         TEXT_INIT("与") };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        for (size_t at = 0; at + WORDS[i].length <= shadow.length;
             at += utf8_length((unsigned char)shadow.data[at])) {
            struct text rest = text_slice(shadow, at, shadow.length - at);
            if (!text_starts_with(rest, WORDS[i]))
                continue;
            struct text left = text_slice(shadow, 0, at);
            struct text right = text_slice(rest, WORDS[i].length, rest.length - WORDS[i].length);
            if (is_agency(left) && is_agency(right) && !text_equal(right, TEXT("改革委"))) {
                *length = WORDS[i].length;
                return at;
            }
        }
    }
    return TEXT_NONE;
}

static bool has_consulted(const struct reply *reply, struct text name)
{
    for (size_t i = 0; i < reply->consulted.count; i++) {
        if (text_equal(reply->consulted.items[i], name))
            return true;
    }
    return false;
}

static bool add_agency(struct parse *parse, struct pair name)
{
    static const struct text ENDINGS[] = { TEXT_INIT("后"), TEXT_INIT("等"), TEXT_INIT("的"),
                                           TEXT_INIT("共同"), TEXT_INIT("联合") };
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++) {
        if (text_ends_with(name.shadow, ENDINGS[i]))
            name = pair_slice(name, 0, name.shadow.length - ENDINGS[i].length);
    }
    size_t cut_length = 0;
    size_t cut = conjunction(name.shadow, &cut_length);
    if (cut != TEXT_NONE) {
        struct pair left = pair_slice(name, 0, cut);
        struct pair right =
            pair_slice(name, cut + cut_length, name.shadow.length - cut - cut_length);
        return add_agency(parse, left) && add_agency(parse, right);
    }
    if (!is_agency(name.shadow) || has_consulted(parse->reply, name.text))
        return true;
    return add_text(&parse->reply->consulted, name.text, parse->arena);
}

/* All names of a list, when its first one is an agency; otherwise it is no such list. */
static bool add_agencies(struct parse *parse, struct pair list)
{
    struct pair piece;
    for (size_t at = 0; next_piece(list, "、", &at, &piece);) {
        if (!add_agency(parse, piece))
            return false;
    }
    return true;
}

/* ，市贸促会、檀川海关会办。: the list stands before the word. */
static bool read_list_before(struct parse *parse, struct pair lead)
{
    static const struct text WORDS[] = { TEXT_INIT("会办"), TEXT_INIT("协办"), TEXT_INIT("分办"),
                                         TEXT_INIT("配合办理"), TEXT_INIT("协助办理") };
    struct pair clause;
    for (size_t at = 0; next_piece(lead, "，。；,;：", &at, &clause);) {
        for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
            size_t end = text_find(clause.shadow, WORDS[i]);
            if (end == TEXT_NONE || end == 0)
                continue;
            struct pair list = pair_slice(clause, 0, end);
            size_t by = text_find_last(list.shadow, TEXT("由"));
            if (by != TEXT_NONE)
                list = pair_slice(list, by + 3, list.shadow.length - by - 3);
            if (!add_agencies(parse, list))
                return false;
            break;
        }
    }
    return true;
}

static bool read_consulted(struct parse *parse)
{
    struct pattern_match match;
    if (parse->lead == SECTION_NONE)
        return true;
    struct pair lead = { parse->reply->paragraphs[parse->lead].text, parse->shadows[parse->lead] };
    if (lead.shadow.length > LEAD_BYTES)
        lead = pair_slice(lead, 0, utf8_boundary(lead.shadow, LEAD_BYTES));
    for (size_t at = 0; pattern_find(PATTERN_CONSULTED, lead.shadow, at, &match);) {
        struct pair list = { pattern_piece(&match, PIECE_NAME, lead.text),
                             pattern_piece(&match, PIECE_NAME, lead.shadow) };
        size_t before = parse->reply->consulted.count;
        if (!add_agencies(parse, list))
            return false;
        bool found = parse->reply->consulted.count > before;
        at = found ? match.end
                   : match.start + utf8_length((unsigned char)lead.shadow.data[match.start]);
    }
    return read_list_before(parse, lead);
}

/* --- copies and contact -------------------------------------------------------------------- */

/* 市政府办公室（1份）: how many they get is no part of the name. */
static struct pair without_copies(struct pair body)
{
    if (!text_ends_with(body.shadow, TEXT("份）")) && !text_ends_with(body.shadow, TEXT("份)")))
        return body;
    size_t full = text_find_last(body.shadow, TEXT("（"));
    size_t half = text_find_last(body.shadow, TEXT("("));
    size_t open = full == TEXT_NONE || (half != TEXT_NONE && half > full) ? half : full;
    return open == TEXT_NONE ? body : pair_trim(pair_slice(body, 0, open));
}

static bool read_copy_to(struct parse *parse)
{
    struct pattern_match match;
    struct reply *reply = parse->reply;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        if (reply->paragraphs[i].kind != PARAGRAPH_COPY_TO ||
            !pattern_find(PATTERN_COPY_TO, parse->shadows[i], 0, &match))
            continue;
        struct pair list = { pattern_piece(&match, PIECE_NAME, reply->paragraphs[i].text),
                             pattern_piece(&match, PIECE_NAME, parse->shadows[i]) };
        struct pair piece;
        for (size_t at = 0; next_piece(list, "、，,；;", &at, &piece);) {
            piece = without_copies(piece);
            if (piece.text.length > 0 && !add_text(&reply->copy_to, piece.text, parse->arena))
                return false;
        }
    }
    return true;
}

static bool read_contact(struct parse *parse)
{
    struct reply *reply = parse->reply;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        if (reply->paragraphs[i].kind != PARAGRAPH_CONTACT)
            continue;
        struct text line = reply->paragraphs[i].text;
        reply->contact = reply->contact.length == 0
                             ? line
                             : arena_printf(parse->arena, "%.*s；%.*s", TEXT_ARG(reply->contact),
                                            TEXT_ARG(line));
        if (!reply->contact.data)
            return false;
        if (reply->contact.length > 2000)
            break; /* a page of numbers is no contact line */
    }
    return true;
}

bool read_people(struct parse *parse)
{
    if (!parse->is_reply)
        return true;
    return read_addressee(parse) && read_consulted(parse) && read_copy_to(parse) &&
           read_contact(parse);
}
