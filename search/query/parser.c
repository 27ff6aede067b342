/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recursive descent over the lexemes, one function per rule of query.h. An operator without an
 * operand is a word. */
#include "search/query/query.h"

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/lexer.h"

struct parser {
    struct lexeme_list *list;
    struct text line;
    size_t next;
    size_t depth;
    struct arena *arena;
    bool no_memory;
};

static struct query_node *parse_sequence(struct parser *parser);

static const struct lexeme *look(const struct parser *parser, size_t ahead)
{
    size_t at = parser->next + ahead;
    return at < parser->list->count ? &parser->list->lexemes[at] : NULL;
}

static bool at_kind(const struct parser *parser, enum lexeme_kind kind)
{
    const struct lexeme *lexeme = look(parser, 0);
    return lexeme && lexeme->kind == kind;
}

/* Whether the lexeme `ahead` can start an operand. */
static bool starts_operand(const struct parser *parser, size_t ahead)
{
    const struct lexeme *lexeme = look(parser, ahead);
    return lexeme && lexeme->kind != LEXEME_AND && lexeme->kind != LEXEME_OR &&
           lexeme->kind != LEXEME_CLOSE;
}

static struct query_node *node_new(struct parser *parser, enum query_kind kind, struct text text)
{
    struct query_node *node = ARENA_NEW(parser->arena, struct query_node);
    if (!node) {
        parser->no_memory = true;
        return NULL;
    }
    node->kind = kind;
    node->text = text;
    return node;
}

static struct query_node *parse_group(struct parser *parser)
{
    parser->next++;
    parser->depth++;
    struct query_node *group = parse_sequence(parser);
    parser->depth--;
    if (at_kind(parser, LEXEME_CLOSE))
        parser->next++;
    return group;
}

/* The field belongs to all words of the group that have none. */
static void apply_field(struct query_node *node, enum query_field field)
{
    if (node->kind == QUERY_WORDS || node->kind == QUERY_EXACT) {
        node->quoted = node->kind == QUERY_EXACT && !node->prefix;
        node->kind = QUERY_FIELD;
        node->field = field;
    }
    for (struct query_node *child = node->first; child; child = child->next)
        apply_field(child, field);
}

/* A field and its value: the lexer promises that the value follows, unless the line was cut. */
static struct query_node *parse_field(struct parser *parser)
{
    const struct lexeme *name = look(parser, 0), *value = look(parser, 1);
    bool has_value = value && (value->kind == LEXEME_WORD || value->kind == LEXEME_QUOTED);
    if (value && value->kind == LEXEME_OPEN && parser->depth < QUERY_DEPTH_MAX) {
        enum query_field field = name->field;
        parser->next++;
        struct query_node *group = parse_group(parser);
        if (group)
            apply_field(group, field);
        return group;
    }
    parser->next += has_value ? 2 : 1;
    struct query_node *node = node_new(parser, has_value ? QUERY_FIELD : QUERY_WORDS,
                                       has_value ? value->text : name->text);
    if (node && has_value) {
        node->field = name->field;
        node->quoted = value->kind == LEXEME_QUOTED;
        node->prefix = value->prefix;
        node->suffix = value->suffix;
    }
    return node;
}

/* A word, also one that would be an operator elsewhere. */
static struct query_node *parse_word(struct parser *parser, const struct lexeme *lexeme)
{
    parser->next++;
    if (lexeme->kind != LEXEME_WORD && lexeme->kind != LEXEME_CLOSE && lexeme->text.length > 1)
        query_warn(&parser->list->warnings, parser->line, lexeme->text, WARNING_NO_OPERAND,
                   lexeme->text, TEXT(""));
    bool wildcard = lexeme->prefix || lexeme->suffix;
    struct query_node *node = node_new(parser, wildcard ? QUERY_EXACT : QUERY_WORDS, lexeme->text);
    if (node)
        node->prefix = wildcard;
    return node;
}

static struct query_node *parse_operand(struct parser *parser)
{
    const struct lexeme *lexeme = look(parser, 0);
    switch (lexeme->kind) {
    case LEXEME_FIELD:
        return parse_field(parser);
    case LEXEME_OPEN:
        if (parser->depth < QUERY_DEPTH_MAX)
            return parse_group(parser);
        query_warn(&parser->list->warnings, parser->line, lexeme->text, WARNING_DEEP_PARENTHESES,
                   arena_printf(parser->arena, "%d", QUERY_DEPTH_MAX), TEXT(""));
        parser->next++;
        return node_new(parser, QUERY_WORDS, lexeme->text);
    case LEXEME_QUOTED:
        parser->next++;
        return node_new(parser, QUERY_EXACT, lexeme->text);
    default:
        return parse_word(parser, lexeme);
    }
}

static struct query_node *parse_unary(struct parser *parser)
{
    bool negated = false;
    while (at_kind(parser, LEXEME_NOT) && starts_operand(parser, 1)) {
        negated = !negated;
        parser->next++;
    }
    struct query_node *operand = parse_operand(parser);
    if (!negated || !operand)
        return operand;
    struct query_node *node = node_new(parser, QUERY_NOT, (struct text) { 0 });
    if (node)
        node->first = operand;
    return node;
}

/* left { mark right }, for AND over unary and OR over AND. */
static struct query_node *parse_chain(struct parser *parser, enum lexeme_kind mark,
                                      enum query_kind kind,
                                      struct query_node *(*operand)(struct parser *))
{
    struct query_node *left = operand(parser), *chain = NULL, *last = left;
    while (left && at_kind(parser, mark) && starts_operand(parser, 1)) {
        parser->next++;
        if (!chain) {
            chain = node_new(parser, kind, (struct text) { 0 });
            if (!chain)
                return NULL;
            chain->first = left;
        }
        last->next = operand(parser);
        last = last->next;
        if (!last)
            return NULL;
    }
    return chain ? chain : left;
}

static struct query_node *parse_conjunction(struct parser *parser)
{
    return parse_chain(parser, LEXEME_AND, QUERY_AND, parse_unary);
}

static struct query_node *parse_disjunction(struct parser *parser)
{
    return parse_chain(parser, LEXEME_OR, QUERY_OR, parse_conjunction);
}

/* Words side by side, without anything that must hold. */
static bool only_words(const struct query_node *node)
{
    for (const struct query_node *child = node->first; child; child = child->next)
        if (child->kind != QUERY_WORDS)
            return false;
    return node->kind == QUERY_SEQUENCE;
}

static struct query_node *parse_sequence(struct parser *parser)
{
    struct query_node *sequence = node_new(parser, QUERY_SEQUENCE, (struct text) { 0 });
    if (!sequence)
        return NULL;
    struct query_node **end = &sequence->first;
    while (look(parser, 0)) {
        if (at_kind(parser, LEXEME_CLOSE) && parser->depth)
            break;
        struct query_node *node = parse_disjunction(parser);
        if (!node)
            return NULL;
        *end = only_words(node) ? node->first : node;
        while (*end)
            end = &(*end)->next;
    }
    return sequence;
}

static bool only_blanks(struct text line)
{
    for (size_t offset = 0; offset < line.length;) {
        uint32_t codepoint = utf8_next_valid(line.data, &offset);
        if (!lexer_is_blank(codepoint) && !lexer_is_unseen(codepoint))
            return false;
    }
    return true;
}

/* A citation is looked for where the line is words only: operators are for people who know. */
static bool words_only(const struct query_node *sequence)
{
    for (const struct query_node *node = sequence->first; node; node = node->next)
        if (node->kind != QUERY_WORDS)
            return false;
    return true;
}

enum status query_parse(struct text line, const struct lexicon *lexicon, struct arena *arena,
                        struct query *out, struct error *error)
{
    if (line.length > QUERY_LINE_MAX)
        return error_set(error, STATUS_LIMIT, "query is longer than %zu KiB", QUERY_LINE_MAX >> 10);
    size_t invalid = utf8_find_invalid(line);
    if (invalid != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "query is not valid UTF-8 at byte %zu",
                         invalid + 1);
    if (only_blanks(line))
        return error_set(error, STATUS_MISUSE, "empty query");

    struct lexeme_list list = { 0 };
    if (!lexer_run(line, QUERY_NODE_MAX, arena, &list))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct parser parser = { &list, line, 0, 0, arena, false };
    struct query query = { .line = line, .root = parse_sequence(&parser) };
    if (!query.root)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (words_only(query.root)) {
        enum status status = reference_find(line, lexicon, arena, &query.reference, error);
        if (status)
            return status;
    }
    query.warnings = list.warnings;
    *out = query;
    return STATUS_OK;
}

static const char *const KIND_NAMES[] = {
    [QUERY_WORDS] = "words", [QUERY_EXACT] = "exact", [QUERY_FIELD] = "field",  [QUERY_AND] = "and",
    [QUERY_OR] = "or",       [QUERY_NOT] = "not",     [QUERY_SEQUENCE] = "seq",
};

static void describe(const struct query_node *node, struct buffer *out)
{
    if (node->kind == QUERY_WORDS) {
        buffer_append(out, node->text);
        return;
    }
    bool prefix = node->kind == QUERY_EXACT && node->prefix;
    buffer_printf(out, "(%s", prefix ? "prefix" : KIND_NAMES[node->kind]);
    if (node->kind == QUERY_FIELD)
        buffer_printf(out, " %s%s%s", node->suffix ? "*" : "", QUERY_FIELDS[node->field].names[1],
                      node->prefix   ? "*"
                      : node->quoted ? "="
                                     : "");
    if (node->text.length)
        buffer_printf(out, " %.*s", TEXT_ARG(node->text));
    for (const struct query_node *child = node->first; child; child = child->next) {
        buffer_append_byte(out, ' ');
        describe(child, out);
    }
    buffer_append_byte(out, ')');
}

struct text query_describe(const struct query *query, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    describe(query->root, &buffer);
    return arena_text(arena, buffer_text(&buffer));
}
