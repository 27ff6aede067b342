/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query tree: what the user's line says, before anything is known about the index.
 *
 *   sequence    = { disjunction }                     any of its words; all of the rest
 *   disjunction = conjunction { "OR" conjunction }
 *   conjunction = unary { "AND" unary }
 *   unary       = [ "-" | "NOT" ] operand
 *   operand     = word [ "*" ] | quoted | "(" sequence ")"
 *               | field ":" ( [ "*" ] word [ "*" ] | quoted | "(" sequence ")" )
 *   quoted      = '"'…'"' | “…” | 「…」 | 『…』 | 《…》
 *
 * A plain word is analysed and any of its terms may match. What stands under an operator or in
 * quotation marks must occur as it is written. A Chinese quotation that is glued to other words is
 * part of a sentence (什么是“一网通办”率) and is read as words; one that stands apart is exact.
 * A word with a star must occur, too: it or anything that it is the beginning of. A field before
 * parentheses belongs to everything in them, all of which must hold. Parentheses around words that
 * stand side by side change nothing. What cannot be read as syntax is words, with a warning: there
 * is no syntax error. grammar.h shows examples. */
#ifndef DAFU_SEARCH_QUERY_QUERY_H
#define DAFU_SEARCH_QUERY_QUERY_H

#include "indexer/analysis/analyzer.h"
#include "indexer/base/arena.h"
#include "search/query/fields.h"
#include "search/query/reference.h"
#include "search/query/warning.h"

#define QUERY_LINE_MAX ((size_t)256 << 10) /* bytes */
#define QUERY_NODE_MAX 512                 /* operands; the rest of the line is one word */
#define QUERY_DEPTH_MAX 32                 /* parentheses; deeper ones are ignored */

enum query_kind {
    QUERY_WORDS,    /* free text */
    QUERY_EXACT,    /* must occur as written */
    QUERY_FIELD,    /* field has the value */
    QUERY_AND,      /* every child holds */
    QUERY_OR,       /* some child holds */
    QUERY_NOT,      /* the child does not hold */
    QUERY_SEQUENCE, /* words side by side: they add up; the other children must hold */
};

struct query_node {
    enum query_kind kind;
    struct text text; /* WORDS, EXACT, FIELD: slice of the line, without marks */
    enum query_field field;
    bool quoted;                     /* FIELD: the value stood in quotation marks */
    bool prefix, suffix;             /* EXACT, FIELD: only the beginning, only the end is given */
    struct query_node *first, *next; /* children; siblings */
};

struct query {
    struct text line;           /* as given */
    struct query_node *root;    /* a QUERY_SEQUENCE */
    struct reference reference; /* the reply that is cited by its number, if one is */
    struct query_warnings warnings;
};

/* Reads a line. Everything lives in `arena`, slices point into `line`. STATUS_MISUSE: nothing but
 * blanks; STATUS_INVALID: not UTF-8; STATUS_LIMIT: longer than QUERY_LINE_MAX. */
enum status query_parse(struct text line, const struct lexicon *lexicon, struct arena *arena,
                        struct query *out, struct error *error);

/* The tree as one line for tests and explanation: (seq 停车 (not 收费) (exact 一网通办)
 * (prefix 智能) (field number* 甬经信)). */
struct text query_describe(const struct query *query, struct arena *arena);

#endif
