/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which proposal is answered: session, number, kind, and whether this is the answer or an opinion
 * for the agency that answers. The title says it best, then the lead. */
#include "indexer/reply/lines.h"
#include "indexer/reply/numerals.h"
#include "indexer/reply/parse.h"

#include "indexer/base/utf8.h"

#define LEAD_BYTES 2400

/* A text that may tell: the author's and the shadow. */
struct witness {
    struct text text, shadow;
};

struct witnesses {
    struct witness items[8];
    size_t count;
};

static void call(struct witnesses *list, struct text text, struct text shadow)
{
    if (shadow.length == 0 || list->count == sizeof(list->items) / sizeof(list->items[0]))
        return;
    size_t length = utf8_boundary(shadow, LEAD_BYTES < shadow.length ? LEAD_BYTES : shadow.length);
    list->items[list->count++] =
        (struct witness) { text_slice(text, 0, length), text_slice(shadow, 0, length) };
}

static struct witnesses call_witnesses(const struct parse *parse)
{
    struct witnesses list = { .count = 0 };
    struct text text, shadow;
    title_texts(parse, &text, &shadow);
    call(&list, text, shadow);
    if (parse->lead != SECTION_NONE)
        call(&list, parse->reply->paragraphs[parse->lead].text, parse->shadows[parse->lead]);
    for (size_t i = 0; i < parse->head_end; i++) {
        if (i != parse->title && parse->reply->paragraphs[i].kind == PARAGRAPH_TITLE)
            call(&list, parse->reply->paragraphs[i].text, parse->shadows[i]);
    }
    declared_title(parse, &text, &shadow);
    call(&list, text, shadow);
    for (size_t i = 0; i < parse->head_end && list.count == 0; i++) {
        if (parse->shadows[i].length <= FORM_BYTES &&
            pattern_test(PATTERN_CARD_SUBJECT, parse->shadows[i]))
            call(&list, parse->reply->paragraphs[i].text, parse->shadows[i]);
    }
    return list;
}

static bool in_book_marks(struct text shadow, size_t at)
{
    struct text before = text_slice(shadow, 0, at);
    size_t open = text_find_last(before, TEXT("《"));
    size_t closed = text_find_last(before, TEXT("》"));
    return open != TEXT_NONE && (closed == TEXT_NONE || closed < open);
}

/* --- session ------------------------------------------------------------------------------- */

static bool mentions(struct text text, const char *word)
{
    return text_contains(text, text_of(word));
}

static enum reply_body body_of(struct text session, struct text witness)
{
    if (mentions(session, "政协") || mentions(session, "政治协商"))
        return BODY_CPPCC;
    if (mentions(session, "人大") || mentions(session, "人民代表"))
        return BODY_CONGRESS;
    bool cppcc =
        mentions(witness, "政协") || mentions(witness, "提案") || mentions(witness, "委员");
    bool congress = mentions(witness, "人大") || mentions(witness, "代表");
    if (cppcc != congress)
        return cppcc ? BODY_CPPCC : BODY_CONGRESS;
    return BODY_NONE;
}

/* 市 -> 宁波市, as far as the issuer tells; a full name stays. */
static struct text full_area(const struct parse *parse, struct text area, struct text area_shadow)
{
    const struct reply *reply = parse->reply;
    struct place_list places = places_of(parse->issuer_shadow, reply->issuer);
    if (area.length == 0)
        return reply->area;
    if (mentions(area_shadow, "全国"))
        return TEXT("全国");
    if (area.length > 3)
        return area;
    return place_of_level(&places, area);
}

static bool read_one_session(struct parse *parse, const struct witness *witness,
                             enum pattern pattern, size_t *end)
{
    struct session *session = &parse->reply->session;
    struct pattern_match match;
    bool found = false;
    for (size_t at = 0; !found && pattern_find(pattern, witness->shadow, at, &match);
         at = match.end)
        found = match.end > match.start && !in_book_marks(witness->shadow, match.start);
    if (!found)
        return true;
    session->raw = without_blanks(text_slice(witness->text, match.start, match.end - match.start),
                                  parse->arena);
    if (!session->raw.data)
        return false;
    struct text matched = text_slice(witness->shadow, match.start, match.end - match.start);
    session->body = body_of(matched, witness->shadow);
    struct text term = pattern_piece(&match, PIECE_TERM, witness->shadow);
    struct text meeting = pattern_piece(&match, PIECE_MEETING, witness->shadow);
    if (!numeral_value(term, &session->term))
        session->term = 0;
    if (!numeral_value(meeting, &session->meeting))
        session->meeting = 0;
    session->area = full_area(parse, pattern_piece(&match, PIECE_AREA, witness->text),
                              pattern_piece(&match, PIECE_AREA, witness->shadow));
    *end = match.end;
    return true;
}

/* --- number -------------------------------------------------------------------------------- */

static bool take_number(struct parse *parse, const struct witness *witness,
                        const struct pattern_match *match)
{
    struct reply *reply = parse->reply;
    struct text piece = pattern_piece(match, PIECE_NUMBER, witness->shadow);
    int value = 0;
    size_t at = 0;
    uint32_t first = piece.length ? utf8_next_valid(piece.data, &at) : 0;
    if (utf8_is_han(first) && numeral_value(piece, &value))
        reply->proposal_number = arena_printf(parse->arena, "%d", value); /* 第五号 */
    else
        reply->proposal_number = numeral_fold(piece, parse->arena);
    struct pattern_match category;
    struct text behind =
        text_slice(witness->shadow, match->end, witness->shadow.length - match->end);
    if (pattern_find(PATTERN_CATEGORY, behind, 0, &category))
        reply->proposal_category = pattern_piece(
            &category, PIECE_NAME, text_slice(witness->text, match->end, behind.length));
    return reply->proposal_number.data != NULL;
}

static bool read_number(struct parse *parse, const struct witness *witness, size_t start)
{
    struct pattern_match match;
    for (size_t at = start; pattern_find(PATTERN_NUMBER, witness->shadow, at, &match);
         at = match.end) {
        if (!in_book_marks(witness->shadow, match.start))
            return take_number(parse, witness, &match);
    }
    if (pattern_find(PATTERN_NUMBER_AFTER, witness->shadow, 0, &match))
        return take_number(parse, witness, &match);
    return true;
}

/* --- kind and type ------------------------------------------------------------------------- */

/* Copies a shadow without what stands in 《》, whose 建议 is the member's word, not the kind. */
static struct text without_subject(struct text shadow, struct arena *arena)
{
    char *out = arena_alloc(arena, shadow.length + 1);
    size_t used = 0, depth = 0;
    if (!out)
        return (struct text) { NULL, 0 };
    for (size_t at = 0; at < shadow.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(shadow.data, &at);
        depth += codepoint == 0x300A;
        if (depth == 0) {
            memcpy(out + used, shadow.data + start, at - start);
            used += at - start;
        }
        depth -= codepoint == 0x300B && depth > 0;
    }
    return (struct text) { out, used };
}

static enum reply_kind kind_of(enum reply_body body, struct text text)
{
    bool bill = mentions(text, "议案") || mentions(text, "议事原案");
    bool suggestion = mentions(text, "建议");
    if (body == BODY_CPPCC)
        return KIND_PROPOSAL;
    if (body == BODY_CONGRESS)
        return bill && !suggestion ? KIND_BILL : KIND_SUGGESTION;
    if (mentions(text, "提案"))
        return KIND_PROPOSAL;
    if (suggestion)
        return KIND_SUGGESTION;
    return bill ? KIND_BILL : KIND_NONE;
}

static bool read_kind(struct parse *parse, const struct witnesses *list)
{
    struct reply *reply = parse->reply;
    for (size_t i = 0; i < list->count && reply->kind == KIND_NONE; i++) {
        struct text plain = without_subject(list->items[i].shadow, parse->arena);
        if (!plain.data)
            return false;
        reply->kind = kind_of(reply->session.body, plain);
    }
    for (size_t i = 0; i < list->count && reply->kind == KIND_NONE; i++)
        reply->kind = kind_of(reply->session.body, list->items[i].shadow);
    if (reply->session.body == BODY_NONE && reply->session.raw.length > 0) {
        if (reply->kind == KIND_PROPOSAL)
            reply->session.body = BODY_CPPCC;
        else if (reply->kind != KIND_NONE)
            reply->session.body = BODY_CONGRESS;
    }
    return true;
}

/* An opinion for another agency says so in its title; without a title, in its lead. */
static void read_type(struct parse *parse)
{
    struct text text, shadow;
    title_texts(parse, &text, &shadow);
    if (shadow.length == 0 && parse->lead != SECTION_NONE)
        shadow = parse->shadows[parse->lead];
    struct text start = text_slice(
        shadow, 0, utf8_boundary(shadow, shadow.length < LEAD_BYTES ? shadow.length : LEAD_BYTES));
    if (pattern_test(PATTERN_JOINT, start))
        parse->reply->type = TYPE_JOINT_OPINION;
}

bool read_session(struct parse *parse)
{
    struct reply *reply = parse->reply;
    if (!parse->is_reply)
        return true;
    struct witnesses list = call_witnesses(parse);
    static const enum pattern PATTERNS[] = { PATTERN_SESSION, PATTERN_TERM_ONLY };
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = 0; i < list.count && reply->session.raw.length == 0; i++) {
            size_t end = 0;
            if (!read_one_session(parse, &list.items[i], PATTERNS[p], &end) ||
                (reply->proposal_number.length == 0 && end > 0 &&
                 !read_number(parse, &list.items[i], end)))
                return false;
        }
    }
    for (size_t i = 0; i < list.count && reply->proposal_number.length == 0; i++) {
        if (!read_number(parse, &list.items[i], 0))
            return false;
    }
    read_type(parse);
    return read_kind(parse, &list);
}

/* --- subject ------------------------------------------------------------------------------- */

/* What stands between the marks, nested ones included; the piece after *at. */
static bool next_quoted(struct text shadow, uint32_t open, uint32_t close, size_t *at,
                        size_t *start, size_t *end)
{
    size_t depth = 0;
    while (*at < shadow.length) {
        size_t here = *at;
        uint32_t codepoint = utf8_next_valid(shadow.data, at);
        if (codepoint == open && depth++ == 0)
            *start = *at;
        if (codepoint == close && depth > 0 && --depth == 0) {
            *end = here;
            return true;
        }
    }
    return false;
}

static bool is_subject(struct text quoted, bool book_marks)
{
    static const char *const ENDINGS[] = { "建议", "提案", "议案", "原案", "意见", "问题" };
    if (quoted.length < 9 || quoted.length > 600)
        return false;
    if (text_starts_with(quoted, TEXT("关于")) || text_starts_with(quoted, TEXT("对")))
        return true;
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++) {
        if (text_ends_with(quoted, text_of(ENDINGS[i])))
            return book_marks || !mentions(quoted, "届");
    }
    return false;
}

static bool subject_in_marks(const struct witness *witness, uint32_t open, uint32_t close,
                             struct text *subject)
{
    size_t start = 0, end = 0;
    for (size_t at = 0; next_quoted(witness->shadow, open, close, &at, &start, &end);) {
        struct text quoted = text_slice(witness->shadow, start, end - start);
        if (!is_subject(quoted, open == 0x300A) ||
            (open != 0x300A && mentions(quoted, "号提案") && mentions(quoted, "届")))
            continue;
        *subject = text_slice(witness->text, start, end - start);
        return true;
    }
    return false;
}

/* A card (建议承办表) has no sentence that names the subject. */
static void subject_of_card(struct parse *parse)
{
    struct pattern_match match;
    for (size_t i = 0; i < parse->head_end && parse->reply->subject.length == 0; i++) {
        if (parse->shadows[i].length <= FORM_BYTES &&
            pattern_find(PATTERN_CARD_SUBJECT, parse->shadows[i], 0, &match))
            parse->reply->subject =
                pattern_piece(&match, PIECE_NAME, parse->reply->paragraphs[i].text);
    }
}

bool read_subject(struct parse *parse)
{
    struct reply *reply = parse->reply;
    struct pattern_match match;
    if (!parse->is_reply)
        return true;
    struct witnesses list = call_witnesses(parse);
    for (size_t i = 0; i < list.count; i++) {
        if (subject_in_marks(&list.items[i], 0x300A, 0x300B, &reply->subject) ||
            subject_in_marks(&list.items[i], 0x201C, 0x201D, &reply->subject))
            break;
        if (pattern_find(PATTERN_SUBJECT, list.items[i].shadow, 0, &match)) {
            reply->subject = pattern_piece(&match, PIECE_NAME, list.items[i].text);
            break;
        }
    }
    if (reply->subject.length == 0)
        subject_of_card(parse);
    return true;
}
