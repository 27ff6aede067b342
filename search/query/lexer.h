/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's line -> lexemes. The rules are in query.h; nothing here fails on odd input: a mark
 * that means nothing where it stands belongs to the word around it. */
#ifndef DAFU_SEARCH_QUERY_LEXER_H
#define DAFU_SEARCH_QUERY_LEXER_H

#include "indexer/base/arena.h"
#include "search/query/fields.h"
#include "search/query/warning.h"

enum lexeme_kind {
    LEXEME_WORD,
    LEXEME_QUOTED,
    LEXEME_FIELD, /* the next lexeme, a word or quoted, is its value; or a group of values opens */
    LEXEME_AND,
    LEXEME_OR,
    LEXEME_NOT,
    LEXEME_OPEN,
    LEXEME_CLOSE,
};

struct lexeme {
    enum lexeme_kind kind;
    struct text text; /* slice of the line, without quotation marks and * */
    enum query_field field;
    bool prefix, suffix; /* a word that ended, that began with * */
};

struct lexeme_list { /* arena-held */
    struct lexeme *lexemes;
    size_t count, capacity;
    struct query_warnings warnings;
};

/* Appends the lexemes of `line` (valid UTF-8), at most `ceiling`; what is left of a longer line
 * becomes one last word. Parentheses come out balanced. False: no memory. */
bool lexer_run(struct text line, size_t ceiling, struct arena *arena, struct lexeme_list *out);

/* Blank in a query: ASCII blanks and controls, no-break and ideographic spaces. */
bool lexer_is_blank(uint32_t codepoint);

/* Neither seen nor blank: what copied text has between its characters (zero-width spaces, marks of
 * direction). Around a word it is left out; inside of one the analysis knows none of it. */
bool lexer_is_unseen(uint32_t codepoint);

#endif
