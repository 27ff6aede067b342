/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the line with a code point of look-ahead, then one over the parentheses. */
#include "search/query/lexer.h"

#include "indexer/base/utf8.h"

struct lexer {
    struct text line;
    size_t offset;
    size_t depth; /* parentheses that are open here */
    struct arena *arena;
    struct lexeme_list *out;
};

static const struct quotation {
    uint32_t open, close;
    bool always; /* exact also when glued to a word */
} QUOTATIONS[] = {
    { '"', '"', true },        { 0xFF02, 0xFF02, true },  { 0x201C, 0x201D, false },
    { 0x300C, 0x300D, false }, { 0x300E, 0x300F, false }, { 0x300A, 0x300B, false },
};
#define QUOTATION_COUNT (sizeof(QUOTATIONS) / sizeof(*QUOTATIONS))

bool lexer_is_blank(uint32_t codepoint)
{
    return codepoint <= 0x20 || (codepoint >= 0x7F && codepoint <= 0xA0) || codepoint == 0x3000 ||
           (codepoint >= 0x2000 && codepoint <= 0x200D) || codepoint == 0x2028 ||
           codepoint == 0x2029 || codepoint == 0x202F || codepoint == 0xFEFF;
}

/* Marks that end a sentence or a part of one: a quotation beside one stands apart. */
static bool is_separator(uint32_t codepoint)
{
    static const uint32_t SEPARATORS[] = { ',',    ';',    '?',    '!',    '(',    ')',
                                           0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1F, 0xFF01,
                                           0xFF08, 0xFF09, ':',    0xFF1A };
    for (size_t i = 0; i < sizeof(SEPARATORS) / sizeof(*SEPARATORS); i++)
        if (codepoint == SEPARATORS[i])
            return true;
    return lexer_is_blank(codepoint);
}

/* The code point at `offset`; a blank at the end. */
static uint32_t peek(const struct lexer *lexer, size_t offset)
{
    return offset < lexer->line.length ? utf8_next_valid(lexer->line.data, &offset) : ' ';
}

static uint32_t before(const struct lexer *lexer, size_t offset)
{
    return offset ? peek(lexer, utf8_boundary(lexer->line, offset - 1)) : ' ';
}

static bool emit(struct lexer *lexer, enum lexeme_kind kind, size_t start, size_t end,
                 enum query_field field)
{
    struct lexeme_list *list = lexer->out;
    if (!arena_grow(lexer->arena, &list->lexemes, list->count, &list->capacity,
                    sizeof(*list->lexemes)))
        return false;
    list->lexemes[list->count++] = (struct lexeme) {
        .kind = kind, .text = text_slice(lexer->line, start, end - start), .field = field
    };
    return true;
}

/* Of the part of the line that is told of, which is the subject, too. */
static void warn(const struct lexer *lexer, struct text at, enum query_warning_kind kind)
{
    query_warn(&lexer->out->warnings, lexer->line, at, kind, at, TEXT(""));
}

static bool stands_apart(const struct lexer *lexer, size_t offset)
{
    uint32_t last = before(lexer, offset);
    return is_separator(last) || last == '-';
}

/* A quotation that starts at the lexer's place: its inside, and where it ends. */
static bool quotation_at(const struct lexer *lexer, bool value, size_t *start, size_t *end,
                         size_t *after)
{
    size_t offset = lexer->offset;
    uint32_t first = peek(lexer, offset);
    const struct quotation *marks = NULL;
    for (size_t i = 0; i < QUOTATION_COUNT; i++)
        if (QUOTATIONS[i].open == first)
            marks = &QUOTATIONS[i];
    if (!marks)
        return false;

    *start = offset + utf8_length((unsigned char)lexer->line.data[offset]);
    for (size_t next = *start; next < lexer->line.length;) {
        *end = next;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &next);
        if (codepoint != marks->close)
            continue;
        *after = next;
        bool apart = value || stands_apart(lexer, offset);
        return marks->always || (apart && is_separator(peek(lexer, next)));
    }
    if (marks->always || stands_apart(lexer, offset))
        warn(lexer, text_slice(lexer->line, offset, *start - offset), WARNING_OPEN_QUOTATION);
    return false;
}

/* Names that people may take for a field's: letters only, and not the scheme of an address. */
static bool looks_like_field(const struct lexer *lexer, struct text name, size_t after)
{
    struct text value = text_slice(lexer->line, after, lexer->line.length - after);
    bool letters = name.length > 1 && !text_starts_with(value, TEXT("//"));
    for (size_t offset = 0; offset < name.length && letters;) {
        uint32_t codepoint = utf8_next_valid(name.data, &offset);
        letters = utf8_is_han(codepoint) || (codepoint >= 'a' && codepoint <= 'z') ||
                  (codepoint >= 'A' && codepoint <= 'Z');
    }
    return letters && (name.data[0] & 0x80 ? name.length <= 12 : name.length > 2);
}

/* What a name and its colon are: a field, unless there is none of that name or no value. */
static bool is_field(const struct lexer *lexer, struct text name, size_t after, bool wide,
                     enum query_field *field)
{
    uint32_t next = peek(lexer, after);
    bool value = !lexer_is_blank(next) && next != ')';
    if (!query_field_find(name, field)) {
        if (!wide && value && looks_like_field(lexer, name, after))
            warn(lexer, name, WARNING_NO_FIELD);
        return false;
    }
    if (!value)
        warn(lexer, name, WARNING_NO_VALUE);
    return value;
}

/* A field's name and colon at the lexer's place, with a value behind it. */
static bool field_at(const struct lexer *lexer, enum query_field *field, size_t *after)
{
    size_t offset = lexer->offset;
    for (size_t count = 0; offset < lexer->line.length && count < 16; count++) {
        size_t end = offset;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &offset);
        if (codepoint == ':' || codepoint == 0xFF1A) {
            struct text name = text_slice(lexer->line, lexer->offset, end - lexer->offset);
            *after = offset;
            return is_field(lexer, name, offset, codepoint != ':', field);
        }
        if (lexer_is_blank(codepoint))
            return false;
    }
    return false;
}

/* The end of the word that starts here. Parentheses inside a word that close in it stay. */
static size_t word_end(const struct lexer *lexer)
{
    size_t offset = lexer->offset, inner = 0;
    while (offset < lexer->line.length) {
        size_t next = offset;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &next);
        if (lexer_is_blank(codepoint) || (codepoint == '"' && offset > lexer->offset))
            break;
        if (codepoint == '(')
            inner++;
        if (codepoint == ')') {
            if (!inner && lexer->depth)
                break;
            inner -= inner > 0;
        }
        offset = next;
    }
    return offset;
}

static enum lexeme_kind word_kind(struct text word)
{
    return text_equal(word, TEXT("AND"))   ? LEXEME_AND
           : text_equal(word, TEXT("OR"))  ? LEXEME_OR
           : text_equal(word, TEXT("NOT")) ? LEXEME_NOT
                                           : LEXEME_WORD;
}

/* The length of `word` without the * at its end, when that makes it a wildcard; otherwise 0. A
 * hidden name (张**) is none. */
static size_t stem_length(const struct lexer *lexer, struct text word)
{
    static const struct text STARS[] = { TEXT_INIT("*"), TEXT_INIT("＊") };
    size_t stars = 0, star = TEXT_NONE, end = 0, mark = 0;
    for (size_t i = 0; i < sizeof(STARS) / sizeof(*STARS); i++)
        for (size_t at = 0; at < word.length; stars++) {
            size_t found = text_find(text_slice(word, at, word.length - at), STARS[i]);
            if (found == TEXT_NONE)
                break;
            star = at + found;
            mark = STARS[i].length;
            at = end = star + mark;
        }
    if (stars == 1 && star > 0 && end == word.length)
        return star;
    if (stars == 1 && word.length > mark)
        query_warn(&lexer->out->warnings, lexer->line, text_slice(word, star, mark),
                   WARNING_STAR_INSIDE, TEXT("*"), TEXT(""));
    return 0;
}

static bool lex_word(struct lexer *lexer)
{
    size_t end = word_end(lexer);
    if (end == lexer->offset)
        end += utf8_length((unsigned char)lexer->line.data[end]);
    struct text word = text_slice(lexer->line, lexer->offset, end - lexer->offset);
    size_t stem = stem_length(lexer, word);
    if (text_ends_with(word, TEXT(")")) && !text_contains(word, TEXT("(")) && word.length > 1)
        warn(lexer, text_slice(lexer->line, end - 1, 1), WARNING_STRAY_PARENTHESIS);
    bool done = emit(lexer, word_kind(word), lexer->offset, stem ? lexer->offset + stem : end, 0);
    if (done && stem)
        lexer->out->lexemes[lexer->out->count - 1].prefix = true;
    lexer->offset = end;
    return done;
}

static bool lex_one(struct lexer *lexer)
{
    size_t start, end, after;
    enum query_field field;
    uint32_t first = peek(lexer, lexer->offset);
    bool value =
        lexer->out->count && lexer->out->lexemes[lexer->out->count - 1].kind == LEXEME_FIELD;

    if (quotation_at(lexer, value, &start, &end, &after)) {
        lexer->offset = after;
        return start == end || emit(lexer, LEXEME_QUOTED, start, end, 0);
    }
    if (!value && first == '(') {
        lexer->depth++;
        lexer->offset++;
        return emit(lexer, LEXEME_OPEN, lexer->offset - 1, lexer->offset, 0);
    }
    if (first == ')' && lexer->depth) {
        lexer->depth--;
        lexer->offset++;
        return emit(lexer, LEXEME_CLOSE, lexer->offset - 1, lexer->offset, 0);
    }
    if (!value && first == '-' && !is_separator(peek(lexer, lexer->offset + 1)) &&
        peek(lexer, lexer->offset + 1) != '-') {
        lexer->offset++;
        return emit(lexer, LEXEME_NOT, lexer->offset - 1, lexer->offset, 0);
    }
    if (!value && field_at(lexer, &field, &after)) {
        bool done = emit(lexer, LEXEME_FIELD, lexer->offset, after, field);
        lexer->offset = after;
        return done;
    }
    return lex_word(lexer);
}

/* Drops the opening parentheses that nothing closes. */
static void balance(struct lexer *lexer, size_t open)
{
    struct lexeme_list *list = lexer->out;
    size_t closed = 0;
    for (size_t i = list->count; i-- > 0 && open;) {
        struct lexeme *lexeme = &list->lexemes[i];
        if (lexeme->kind == LEXEME_CLOSE)
            closed++;
        if (lexeme->kind != LEXEME_OPEN)
            continue;
        if (closed) {
            closed--;
            continue;
        }
        warn(lexer, lexeme->text, WARNING_OPEN_PARENTHESIS);
        memmove(lexeme, lexeme + 1, (list->count - i - 1) * sizeof(*lexeme));
        list->count--;
        open--;
    }
}

bool lexer_run(struct text line, size_t ceiling, struct arena *arena, struct lexeme_list *out)
{
    struct lexer lexer = { line, 0, 0, arena, out };
    while (lexer.offset < line.length) {
        size_t next = lexer.offset;
        if (lexer_is_blank(utf8_next_valid(line.data, &next))) {
            lexer.offset = next;
            continue;
        }
        if (out->count + 1 >= ceiling) {
            query_warn(&out->warnings, line, text_slice(line, lexer.offset, 0), WARNING_LONG_LINE,
                       arena_printf(arena, "%zu", ceiling - 1), TEXT(""));
            if (!emit(&lexer, LEXEME_WORD, lexer.offset, line.length, 0))
                return false;
            break;
        }
        if (!lex_one(&lexer))
            return false;
    }
    balance(&lexer, lexer.depth);
    return true;
}
