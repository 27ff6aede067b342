/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two halves of the walk through word/document.xml share: docx_body.c has the paragraphs and
 * tables, docx_text.c what stands in a run. */
#ifndef DAFU_DOCUMENT_DOCX_WALK_H
#define DAFU_DOCUMENT_DOCX_WALK_H

#include "indexer/document/document.h"
#include "indexer/document/docx_chunks.h"
#include "indexer/document/docx_numbering.h"

#define SOFT_BREAK '\v' /* in the text of a paragraph: a line break inside it */

struct block_list {
    struct block *items;
    size_t count, capacity;
    struct text open; /* text whose paragraph mark was deleted: the next paragraph goes on */
    uint32_t open_page;
};

struct inline_text {
    struct docx_paragraph properties;
    struct buffer text;
    struct block_list boxes;
    uint32_t page; /* where the text begins */
    bool joined;   /* the paragraph mark is deleted or hidden */
};

struct row {
    struct block_list *cells;
    size_t count, capacity;
    bool deleted;
};

struct walk {
    struct part *part;
    struct docx_numbering *numbering;
    struct docx_chunks *chunks; /* or NULL */
    struct document *document;
    struct arena *arena;
    uint32_t page;       /* 0: the file does not say */
    uint32_t field_code; /* bit n: field n (counted outwards in) is in its code */
    int field_depth;
    size_t bytes; /* of text so far */
    size_t blocks;
    size_t progress; /* goes up with everything that is taken */
    enum status status;
    struct error *error;
};

/* Where the walk is: what it adds to, and whether the text is hidden. */
struct place {
    const struct rule *rules;
    struct block_list *blocks;
    struct inline_text *text;
    struct row *row;
    bool hidden;
};

struct rule {
    const char *element;
    void (*visit)(struct walk *walk, struct place place);
};

/* Keeps the first failure; the walk comes to its end. */
void docx_fail(struct walk *walk, enum status status, const char *message);

/* Rules for the elements of a run. */
void docx_visit_text(struct walk *walk, struct place place);
void docx_visit_tab(struct walk *walk, struct place place);
void docx_visit_hyphen(struct walk *walk, struct place place);
void docx_visit_break(struct walk *walk, struct place place);
void docx_visit_page_break(struct walk *walk, struct place place);
void docx_visit_symbol(struct walk *walk, struct place place);
void docx_visit_field(struct walk *walk, struct place place);

#endif
