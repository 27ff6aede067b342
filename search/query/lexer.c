/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the line with a code point of look-ahead, then one over the parentheses. */
#include "search/query/lexer.h"

#include <strings.h>

#include "indexer/base/utf8.h"
#include "search/query/joins.h"

struct lexer {
    struct text line;
    size_t offset;
    size_t depth;    /* parentheses that are open here */
    size_t dangling; /* opened inside of words and not closed in them */
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

#define BLANKS_MAX 6              /* bytes between a number and its unit */
#define GROUP_LOOK ((size_t)4096) /* bytes in which a parenthesis is looked for */

bool lexer_is_blank(uint32_t codepoint)
{
    return codepoint <= 0x20 || (codepoint >= 0x7F && codepoint <= 0xA0) || codepoint == 0x3000 ||
           (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x2028 ||
           codepoint == 0x2029 || codepoint == 0x202F || codepoint == 0x205F;
}

bool lexer_is_unseen(uint32_t codepoint)
{
    return codepoint == 0xAD || (codepoint >= 0x200B && codepoint <= 0x200F) ||
           (codepoint >= 0x2060 && codepoint <= 0x2064) || codepoint == 0xFEFF;
}

static bool is_open(uint32_t codepoint)
{
    return codepoint == '(' || codepoint == 0xFF08;
}

static bool is_close(uint32_t codepoint)
{
    return codepoint == ')' || codepoint == 0xFF09;
}

static bool is_minus(uint32_t codepoint)
{
    return codepoint == '-' || codepoint == 0xFF0D || codepoint == 0xFE63 || codepoint == 0x2212 ||
           codepoint == 0x2010 || codepoint == 0x2011;
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
    return is_separator(last) || is_minus(last);
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

/* Operators, also as Chinese keyboards write them. */
static enum lexeme_kind word_kind(struct text word)
{
    static const struct {
        struct text name;
        enum lexeme_kind kind;
    } OPERATORS[] = {
        { TEXT_INIT("AND"), LEXEME_AND }, { TEXT_INIT("ＡＮＤ"), LEXEME_AND },
        { TEXT_INIT("OR"), LEXEME_OR },   { TEXT_INIT("ＯＲ"), LEXEME_OR },
        { TEXT_INIT("NOT"), LEXEME_NOT }, { TEXT_INIT("ＮＯＴ"), LEXEME_NOT },
    };
    for (size_t i = 0; i < sizeof(OPERATORS) / sizeof(*OPERATORS); i++)
        if (text_equal(word, OPERATORS[i].name))
            return OPERATORS[i].kind;
    return LEXEME_WORD;
}

static size_t skip_blanks(const struct lexer *lexer, size_t offset)
{
    while (offset < lexer->line.length && lexer_is_blank(peek(lexer, offset)))
        offset += utf8_length((unsigned char)lexer->line.data[offset]);
    return offset;
}

/* Whether what stands behind the blanks behind a colon is a value: no mark, operator or field. */
static bool is_value(const struct lexer *lexer, size_t offset)
{
    size_t end = offset;
    while (end < lexer->line.length && !lexer_is_blank(peek(lexer, end))) {
        size_t next = end;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &next);
        enum query_field field;
        if ((codepoint == ':' || codepoint == 0xFF1A) &&
            query_field_find(text_slice(lexer->line, offset, end - offset), &field))
            return false;
        end = next;
    }
    return end > offset && !is_close(peek(lexer, offset)) && !is_minus(peek(lexer, offset)) &&
           word_kind(text_slice(lexer->line, offset, end - offset)) == LEXEME_WORD;
}

/* What a name and its colon are: a field, unless there is none of that name or no value. People
 * also leave a blank before the value. */
static bool is_field(const struct lexer *lexer, struct text name, size_t after, bool wide,
                     enum query_field *field)
{
    uint32_t next = peek(lexer, after);
    bool value = !lexer_is_blank(next) && !is_close(next);
    if (!query_field_find(name, field)) {
        if (!wide && value && looks_like_field(lexer, name, after))
            warn(lexer, name, WARNING_NO_FIELD);
        return false;
    }
    value = value || is_value(lexer, skip_blanks(lexer, after));
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
            *after = skip_blanks(lexer, offset);
            return is_field(lexer, name, offset, codepoint != ':', field);
        }
        if (lexer_is_blank(codepoint))
            return false;
    }
    return false;
}

/* A field's name and a colon stand at `at`. */
static bool names_field(const struct lexer *lexer, size_t at)
{
    enum query_field field;
    for (size_t start = at, count = 0; at < lexer->line.length && count < 16; count++) {
        size_t end = at;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &at);
        if (codepoint == ':' || codepoint == 0xFF1A)
            return query_field_find(text_slice(lexer->line, start, end - start), &field);
        if (is_separator(codepoint))
            return false;
    }
    return false;
}

/* What parts a value from the next field where people leave no blank: 标题:停车，年份:2024 */
static bool parts_fields(const struct lexer *lexer, size_t offset)
{
    size_t start = offset;
    uint32_t mark = offset < lexer->line.length ? utf8_next_valid(lexer->line.data, &start) : ' ';
    bool parts = mark == ',' || mark == ';' || mark == 0xFF0C || mark == 0xFF1B || mark == 0x3001;
    return parts && names_field(lexer, start);
}

/* A parenthesis at `offset` groups what is in it, unless it belongs to a word that goes on behind it:
 * (一)建设, (2024)12号. */
static bool group_at(const struct lexer *lexer, size_t offset)
{
    size_t inner = 0;
    size_t end =
        lexer->line.length - offset < GROUP_LOOK ? lexer->line.length : offset + GROUP_LOOK;
    if (!is_open(peek(lexer, offset)))
        return false;
    while (offset < end) {
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &offset);
        if (lexer_is_blank(codepoint))
            return true;
        inner += is_open(codepoint);
        inner -= is_close(codepoint);
        if (!inner)
            return is_separator(peek(lexer, offset)) || peek(lexer, offset) == '"';
    }
    return true; /* nothing closes it, which is told */
}

/* The end of the word that starts here. Parentheses inside a word that close in it stay, and so do
 * those that close one of an earlier word: 费用(含 税费). *stray: the last one closes none. */
static size_t word_end(struct lexer *lexer, bool *stray)
{
    size_t offset = lexer->offset, inner = 0;
    *stray = false;
    while (offset < lexer->line.length) {
        size_t next = offset;
        uint32_t codepoint = utf8_next_valid(lexer->line.data, &next);
        if (lexer_is_blank(codepoint) || (codepoint == '"' && offset > lexer->offset) ||
            parts_fields(lexer, offset))
            break;
        bool closes = is_close(codepoint);
        if (closes && !inner && !lexer->dangling && lexer->depth)
            break;
        *stray = closes && !inner && !lexer->dangling;
        inner += is_open(codepoint);
        if (closes && inner)
            inner--;
        else if (closes && lexer->dangling)
            lexer->dangling--;
        offset = next;
    }
    lexer->dangling += inner;
    return offset;
}

/* ---- wildcards ---- */

static const struct text STARS[] = { TEXT_INIT("*"), TEXT_INIT("＊") };
#define STAR_COUNT (sizeof(STARS) / sizeof(*STARS))

static size_t count_stars(struct text word)
{
    size_t count = 0;
    for (size_t i = 0; i < STAR_COUNT; i++)
        for (size_t at = 0, found; at < word.length; at += found + STARS[i].length, count++) {
            found = text_find(text_slice(word, at, word.length - at), STARS[i]);
            if (found == TEXT_NONE)
                break;
        }
    return count;
}

/* Takes the star from the beginning or the end of the word. */
static bool take_star(struct text *word, bool end)
{
    for (size_t i = 0; i < STAR_COUNT; i++) {
        size_t mark = STARS[i].length;
        if (word->length <= mark ||
            !(end ? text_ends_with(*word, STARS[i]) : text_starts_with(*word, STARS[i])))
            continue;
        *word = text_slice(*word, end ? 0 : mark, word->length - mark);
        return true;
    }
    return false;
}

/* Stars side by side hide a name. */
static bool hides_name(struct text word)
{
    return text_contains(word, TEXT("**")) || text_contains(word, TEXT("＊＊"));
}

static bool begins_with_han(struct text word)
{
    size_t at = 0;
    return word.length && utf8_is_han(utf8_next_valid(word.data, &at));
}

/* Cuts the stars off that make the word a wildcard: one at its end, and one before a field's value or
 * before Chinese, which may follow anything anyway. A hidden name (张**) has none. */
static void cut_stars(const struct lexer *lexer, bool value, struct lexeme *lexeme)
{
    struct text word = lexeme->text;
    size_t count = count_stars(word);
    bool prefix = count && take_star(&word, true);
    bool suffix = count > (size_t)prefix && take_star(&word, false);
    if (count == (size_t)prefix + suffix && (!suffix || value || begins_with_han(word))) {
        lexeme->text = word;
        lexeme->prefix = prefix;
        lexeme->suffix = suffix;
        return;
    }
    size_t star = text_find(lexeme->text, STARS[0]);
    star = star == TEXT_NONE ? text_find(lexeme->text, STARS[1]) : star;
    bool alone = text_equal(lexeme->text, STARS[0]) || text_equal(lexeme->text, STARS[1]);
    if (count && !alone && !hides_name(lexeme->text))
        query_warn(&lexer->out->warnings, lexer->line, text_slice(lexeme->text, star, 1),
                   WARNING_STAR_INSIDE, TEXT("*"), TEXT(""));
}

/* "or" between Chinese words, which have no such word. */
static bool is_small_operator(const struct lexer *lexer, struct text word, size_t start, size_t end)
{
    static const struct text NAMES[] = { TEXT_INIT("and"), TEXT_INIT("or"), TEXT_INIT("not") };
    bool named = false;
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(*NAMES); i++)
        named = named || (word.length == NAMES[i].length &&
                          strncasecmp(word.data, NAMES[i].data, word.length) == 0);
    while (start > 0 && lexer_is_blank(before(lexer, start)))
        start = utf8_boundary(lexer->line, start - 1);
    while (end < lexer->line.length && lexer_is_blank(peek(lexer, end)))
        end += utf8_length((unsigned char)lexer->line.data[end]);
    return named && utf8_is_han(before(lexer, start)) && utf8_is_han(peek(lexer, end));
}

/* What ends at `end` goes on behind blanks, at *at. */
static bool goes_on(const struct lexer *lexer, bool value, enum query_field field, size_t start,
                    size_t end, size_t *at)
{
    *at = skip_blanks(lexer, end);
    if (end == start || *at == end || *at - end > BLANKS_MAX || names_field(lexer, *at))
        return false;
    return joins_unit(lexer->line, end, *at) ||
           (value && joins_value(lexer->line, field, start, end, *at));
}

static bool lex_word(struct lexer *lexer, bool value)
{
    bool stray;
    size_t start = lexer->offset, end = word_end(lexer, &stray), more;
    enum query_field field = value ? lexer->out->lexemes[lexer->out->count - 1].field : 0;
    while (goes_on(lexer, value, field, start, end, &more)) {
        lexer->offset = more;
        end = word_end(lexer, &stray);
        if (end == more)
            break;
    }
    if (end == start)
        end += utf8_length((unsigned char)lexer->line.data[end]);
    lexer->offset = end;
    while (end > start && lexer_is_unseen(before(lexer, end)))
        end = utf8_boundary(lexer->line, end - 1);
    struct text word = text_slice(lexer->line, start, end - start);
    size_t last = utf8_boundary(lexer->line, end - 1);
    if (stray && last > start)
        warn(lexer, text_slice(lexer->line, last, end - last), WARNING_STRAY_PARENTHESIS);
    if (!emit(lexer, word_kind(word), start, end, 0))
        return false;
    struct lexeme *lexeme = &lexer->out->lexemes[lexer->out->count - 1];
    if (lexeme->kind != LEXEME_WORD)
        return true;
    cut_stars(lexer, value, lexeme);
    if (!value && is_small_operator(lexer, word, start, end))
        warn(lexer, word, WARNING_SMALL_OPERATOR);
    return true;
}

static bool lex_mark(struct lexer *lexer, enum lexeme_kind kind)
{
    size_t start = lexer->offset;
    lexer->offset += utf8_length((unsigned char)lexer->line.data[start]);
    return emit(lexer, kind, start, lexer->offset, 0);
}

static bool is_not(const struct lexer *lexer)
{
    size_t next = lexer->offset + utf8_length((unsigned char)lexer->line.data[lexer->offset]);
    return is_minus(peek(lexer, lexer->offset)) && !is_minus(peek(lexer, next)) &&
           (!is_separator(peek(lexer, next)) || group_at(lexer, next));
}

static bool lex_one(struct lexer *lexer)
{
    size_t start, end, after;
    enum query_field field;
    bool value =
        lexer->out->count && lexer->out->lexemes[lexer->out->count - 1].kind == LEXEME_FIELD;

    if (quotation_at(lexer, value, &start, &end, &after)) {
        lexer->offset = after;
        return start == end || emit(lexer, LEXEME_QUOTED, start, end, 0);
    }
    if (group_at(lexer, lexer->offset)) {
        lexer->depth++;
        return lex_mark(lexer, LEXEME_OPEN);
    }
    if (is_close(peek(lexer, lexer->offset)) && lexer->depth && !lexer->dangling) {
        lexer->depth--;
        return lex_mark(lexer, LEXEME_CLOSE);
    }
    if (!value && is_not(lexer))
        return lex_mark(lexer, LEXEME_NOT);
    if (!value && field_at(lexer, &field, &after)) {
        bool done = emit(lexer, LEXEME_FIELD, lexer->offset, after, field);
        lexer->offset = after;
        return done;
    }
    return lex_word(lexer, value);
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
    struct lexer lexer = { .line = line, .arena = arena, .out = out };
    while (lexer.offset < line.length) {
        size_t next = lexer.offset;
        uint32_t codepoint = utf8_next_valid(line.data, &next);
        if (lexer_is_blank(codepoint) || lexer_is_unseen(codepoint) ||
            parts_fields(&lexer, lexer.offset)) {
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
