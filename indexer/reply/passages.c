/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs -> passages of a size that can be found and read: lists fall apart into their items,
 * long text is cut at sentence ends, and words that tell whom to ring up are left out. */
#include "indexer/reply/headings.h"
#include "indexer/reply/parse.h"

#include "indexer/base/utf8.h"

#define NEAR_BYTES ((size_t)240) /* a person and a number belong together */
#define LEAD_IN_CODEPOINTS 15    /* less than this before the first item goes with the item */
#define LONG_CODEPOINTS 450      /* longer pieces are cut */
#define CUT_CODEPOINTS 280       /* at the first sentence end behind this */
#define LAST_CODEPOINTS 80       /* a rest shorter than this is not cut off */
#define HARD_CODEPOINTS 900      /* where there is no sentence end at all */
#define CLAUSE_CODEPOINTS 40     /* a clause that names a contact is not longer */

struct builder {
    struct parse *parse;
    size_t capacity;
    struct text *paths; /* of the sections */
    size_t next_section;
    size_t current; /* the section that is open, not an item */
};

static bool build_paths(struct builder *builder)
{
    const struct reply *reply = builder->parse->reply;
    builder->paths = ARENA_ARRAY(builder->parse->arena, struct text, reply->section_count + 1);
    if (!builder->paths)
        return false;
    for (size_t s = 0; s < reply->section_count; s++) {
        const struct section *section = &reply->sections[s];
        struct text above = { "", 0 };
        if (section->parent != SECTION_NONE)
            above = builder->paths[section->parent];
        builder->paths[s] = arena_printf(builder->parse->arena, "%.*s%s%.*s%.*s", TEXT_ARG(above),
                                         above.length ? " › " : "", TEXT_ARG(section->marker),
                                         TEXT_ARG(section->heading));
        if (!builder->paths[s].data)
            return false;
    }
    return true;
}

static enum passage_role role_of(const struct builder *builder, const struct paragraph *paragraph,
                                 size_t section, struct text shadow)
{
    switch (paragraph->kind) {
    case PARAGRAPH_HEAD:
    case PARAGRAPH_TITLE:
    case PARAGRAPH_ADDRESSEE:
        return ROLE_HEAD;
    case PARAGRAPH_LEAD:
        return ROLE_BACKGROUND;
    case PARAGRAPH_HEADING:
        return ROLE_HEADING;
    case PARAGRAPH_BODY:
        return role_of_text(builder->parse, section, shadow);
    default:
        return ROLE_OTHER;
    }
}

static bool says_something(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (codepoint >= 0x3400 && !(codepoint >= 0xFF00 && codepoint <= 0xFF0F) &&
            codepoint != 0xFF1A && codepoint != 0xFF1B && codepoint != 0xFF1F)
            return true;
        if ((codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z') ||
            (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 0xC0 && codepoint < 0x2000))
            return true;
    }
    return false;
}

/* One passage: bytes [start, end) of the paragraph without blanks at both ends. */
static bool add_passage(struct builder *builder, size_t paragraph_index, size_t start, size_t end,
                        size_t section)
{
    struct reply *reply = builder->parse->reply;
    const struct paragraph *paragraph = &reply->paragraphs[paragraph_index];
    struct text piece = text_slice(paragraph->text, start, end - start);
    struct text text = text_trim(piece);
    if (text.length == 0 || !says_something(text))
        return true;
    size_t offset = (size_t)(text.data - paragraph->text.data);
    if (!arena_grow(builder->parse->arena, &reply->passages, reply->passage_count,
                    &builder->capacity, sizeof(*reply->passages)))
        return false;
    struct passage *passage = &reply->passages[reply->passage_count++];
    struct text shadow = text_slice(builder->parse->shadows[paragraph_index], offset, text.length);
    *passage = (struct passage) {
        .paragraph = paragraph_index,
        .offset = offset,
        .length = text.length,
        .section = section,
        .text = text,
        .path = section == SECTION_NONE ? (struct text) { "", 0 } : builder->paths[section],
        .role = role_of(builder, paragraph, section, shadow),
    };
    span_map_source(&paragraph->map, offset, text.length, &passage->source_offset,
                    &passage->source_length);
    return true;
}

static bool ends_sentence(uint32_t codepoint)
{
    return codepoint == 0x3002 || codepoint == 0xFF01 || codepoint == 0xFF1F || codepoint == '\n' ||
           codepoint == '!' || codepoint == '?';
}

static bool ends_clause(uint32_t codepoint)
{
    return codepoint == 0xFF1B || codepoint == ';' || codepoint == 0xFF0C || codepoint == ',';
}

static bool closes(uint32_t codepoint)
{
    return codepoint == 0x201D || codepoint == 0x2019 || codepoint == 0xFF09 || codepoint == ')' ||
           codepoint == 0x300D || codepoint == 0x300B;
}

/* Where to cut text that is too long: behind the first sentence end after a readable size. */
static size_t cut_position(struct text text)
{
    size_t codepoints = 0, clause = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        codepoints++;
        if (codepoints >= CUT_CODEPOINTS && ends_sentence(codepoint)) {
            size_t next = at;
            while (next < text.length && closes(utf8_next_valid(text.data, &next)))
                at = next;
            return at;
        }
        if (codepoints <= LONG_CODEPOINTS && ends_clause(codepoint))
            clause = at;
        if (codepoints >= HARD_CODEPOINTS)
            return clause ? clause : at;
    }
    return text.length;
}

/* Whether the text has more than `codepoints` characters, without counting all of them. */
static bool is_longer(struct text text, size_t codepoints)
{
    return text.length > codepoints && utf8_advance(text, codepoints) < text.length;
}

static bool add_cut(struct builder *builder, size_t paragraph, size_t start, size_t end,
                    size_t section)
{
    struct text text = builder->parse->reply->paragraphs[paragraph].text;
    while (is_longer(text_slice(text, start, end - start), LONG_CODEPOINTS)) {
        size_t cut = start + cut_position(text_slice(text, start, end - start));
        if (!is_longer(text_slice(text, cut, end - cut), LAST_CODEPOINTS))
            break;
        if (!add_passage(builder, paragraph, start, cut, section))
            return false;
        start = cut;
    }
    return add_passage(builder, paragraph, start, end, section);
}

/* [start, end) of a paragraph, with the items of lists that start inside it; *item is the first
 * section that may. */
static bool add_range(struct builder *builder, size_t paragraph, size_t start, size_t end,
                      size_t own, size_t *item)
{
    const struct reply *reply = builder->parse->reply;
    struct text text = reply->paragraphs[paragraph].text;
    size_t section = own;
    while (*item < reply->section_count && reply->sections[*item].first_paragraph == paragraph &&
           reply->sections[*item].offset < end) {
        size_t offset = reply->sections[*item].offset;
        if (offset > start && (section != own || is_longer(text_slice(text, start, offset - start),
                                                           LEAD_IN_CODEPOINTS - 1))) {
            if (!add_cut(builder, paragraph, start, offset, section))
                return false;
            start = offset;
        }
        section = (*item)++;
    }
    return add_cut(builder, paragraph, start, end, section);
}

/* Where the clause around `at` starts that asks to ring up or to write; `at` when it does not. */
static size_t clause_start(struct text shadow, size_t from, size_t at)
{
    static const struct text WORDS[] = { TEXT_INIT("联系"), TEXT_INIT("咨询"), TEXT_INIT("请"),
                                         TEXT_INIT("反馈"), TEXT_INIT("沟通"), TEXT_INIT("告知") };
    size_t start = at;
    for (size_t steps = 0; start > from && steps < CLAUSE_CODEPOINTS; steps++) {
        size_t last = utf8_boundary(shadow, start - 1);
        size_t next = last;
        uint32_t codepoint = utf8_next_valid(shadow.data, &next);
        if (ends_sentence(codepoint) || ends_clause(codepoint))
            break;
        start = last;
    }
    struct text clause = text_slice(shadow, start, at - start);
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        if (text_contains(clause, WORDS[i]))
            return start;
    }
    return at;
}

/* The next words that tell whom to ring up: a labelled number or name, a person with a number, or
 * a mobile number alone. */
static bool find_contact(struct text shadow, size_t at, size_t *start, size_t *end)
{
    struct pattern_match match;
    size_t from = at;
    bool found = false;
    *start = *end = shadow.length;
    while (!found && pattern_find(PATTERN_CONTACT_PHRASE, shadow, at, &match)) {
        struct text phrase = text_slice(shadow, match.start, match.end - match.start);
        found = pattern_test(PATTERN_PHONE, phrase) || pattern_test(PATTERN_MOBILE, phrase) ||
                pattern_test(PATTERN_CONTACT_NAME, phrase);
        if (found) {
            *start = match.start;
            *end = match.end;
        }
        at = match.end;
    }
    /* only what stands before it counts: no search to the end for each of many */
    if (found && shadow.length - *end > NEAR_BYTES)
        shadow.length = utf8_boundary(shadow, *end + NEAR_BYTES);
    if (pattern_find(PATTERN_MOBILE, shadow, from, &match) && match.start < *start) {
        *start = match.start;
        *end = match.end;
        found = true;
    }
    if (pattern_find(PATTERN_CONTACT_PERSON, shadow, from, &match) && match.start < *end) {
        struct pattern_match number;
        size_t name = match.piece_start[PIECE_NAME];
        *start = name < *start ? name : *start;
        if (pattern_find(PATTERN_PHONE, shadow, match.end, &number) && number.end > *end)
            *end = number.end;
        found = true;
    }
    if (found)
        *start = clause_start(shadow, from, *start);
    return found;
}

static bool may_name_contact(struct text shadow)
{
    return text_contains(shadow, TEXT("电")) || text_contains(shadow, TEXT("联")) ||
           text_contains(shadow, TEXT("办")) || text_contains(shadow, TEXT("手")) ||
           pattern_test(PATTERN_MOBILE, shadow);
}

static bool add_paragraph(struct builder *builder, size_t i)
{
    const struct reply *reply = builder->parse->reply;
    struct text shadow = builder->parse->shadows[i];
    enum paragraph_kind kind = reply->paragraphs[i].kind;
    while (builder->next_section < reply->section_count &&
           reply->sections[builder->next_section].first_paragraph == i &&
           reply->sections[builder->next_section].level < LEVEL_ITEM)
        builder->current = builder->next_section++;
    bool inside = kind == PARAGRAPH_BODY || kind == PARAGRAPH_HEADING;
    size_t own = inside ? builder->current : SECTION_NONE;
    size_t start = 0, from = 0, to = 0;
    if (may_name_contact(shadow)) {
        while (find_contact(shadow, start, &from, &to)) {
            if (!add_range(builder, i, start, from, own, &builder->next_section))
                return false;
            start = to;
        }
    }
    return add_range(builder, i, start, shadow.length, own, &builder->next_section);
}

bool build_passages(struct parse *parse)
{
    struct builder builder = { .parse = parse, .current = SECTION_NONE };
    const struct reply *reply = parse->reply;
    if (!build_paths(&builder))
        return false;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        switch (reply->paragraphs[i].kind) {
        case PARAGRAPH_CONTACT:
        case PARAGRAPH_COPY_TO:
        case PARAGRAPH_TAIL:
            break;
        default:
            if (!add_paragraph(&builder, i))
                return false;
        }
        /* sections whose paragraph the format made a contact or tail line have no passage */
        while (builder.next_section < reply->section_count &&
               reply->sections[builder.next_section].first_paragraph <= i)
            builder.next_section++;
    }
    return true;
}
