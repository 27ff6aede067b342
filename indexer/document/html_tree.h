/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A web page as a tree: what libxml2's HTML parser makes of it, kept small and bounded. */
#ifndef DAFU_DOCUMENT_HTML_TREE_H
#define DAFU_DOCUMENT_HTML_TREE_H

#include "indexer/base/arena.h"
#include "indexer/base/status.h"

#include <stdint.h>

enum html_tag_flag {
    HTML_BLOCK = 1 << 0, /* begins and ends a paragraph */
    HTML_SKIP = 1 << 1,  /* nothing in it is text of the page */
    HTML_BREAK = 1 << 2, /* ends a line */
    HTML_CELL = 1 << 3,
    HTML_ROW = 1 << 4,
    HTML_TABLE = 1 << 5,
    HTML_LINK = 1 << 6,
    HTML_KEEP = 1 << 7,   /* line ends in it count */
    HTML_NARROW = 1 << 8, /* a paragraph: never a container of paragraphs */
    HTML_HEADING = 1 << 9,
};

enum html_kind { HTML_ELEMENT, HTML_TEXT, HTML_COMMENT };

struct html_attribute {
    struct text name; /* lower case */
    struct text value;
};

struct html_node {
    enum html_kind kind;
    unsigned flags;                    /* of the element; 0 for an unknown one */
    struct text name;                  /* element: lower case */
    struct text text;                  /* text, or a comment's content */
    struct html_attribute *attributes; /* those that html_tree.c knows a use for */
    size_t attribute_count;
    struct html_node *parent, *first, *last, *next;
    struct html_node *before; /* the node made before this one: the tree backwards */
    uint32_t index;           /* in document order, the root's is 0 */
    uint32_t end;             /* index behind its last descendant */

    /* What html_measure.c finds. */
    bool dropped;     /* hidden, skipped or chrome, itself or one above it */
    bool linked;      /* inside a link */
    uint32_t chinese; /* ideographs in it outside of links, dropped ones not counted */
    uint32_t linked_chinese;
    uint32_t links;
    uint32_t sentences; /* 。！？； */
};

struct html_tree {
    struct html_node *root; /* a nameless element above everything */
    struct html_node *last; /* the node made last */
    uint32_t count;
};

/* Elements below this depth are kept as empty ones, with their content behind them. */
#define HTML_DEPTH_MAX 300
#define HTML_NODES_MAX ((uint32_t)1 << 21)
#define HTML_ATTRIBUTES_MAX 2048 /* of one tag: the parser compares each with each */

/* Parses a page that is valid UTF-8 already, whatever it declares. All of the tree is in the
 * arena. Any text gives a tree; STATUS_LIMIT when it is made to be too expensive, STATUS_NO_MEMORY.
 * Thread-safe. */
enum status html_tree_parse(struct text page, struct arena *arena, struct html_tree *out,
                            struct error *error);

/* The value of the attribute, trimmed; empty when absent. */
struct text html_attribute(const struct html_node *node, const char *name);
bool html_has_attribute(const struct html_node *node, const char *name);

bool html_is(const struct html_node *node, const char *name);

/* ASCII letters do not count in case. */
bool html_same(struct text a, struct text b);

/* Whether the blank-separated list has the word. */
bool html_has_word(struct text list, struct text word);

/* The next node in document order that is not a descendant of `node`, NULL at the end. */
struct html_node *html_after(const struct html_node *node);
/* The next node in document order, NULL at the end. */
struct html_node *html_next(const struct html_node *node);

static inline bool html_contains(const struct html_node *outer, const struct html_node *inner)
{
    return inner->index >= outer->index && inner->index < outer->end;
}

#endif
