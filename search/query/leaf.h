/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A leaf of the query, read: its tokens, where names and amounts stand that have other forms, and
 * which words only make it a question. */
#ifndef DAFU_SEARCH_QUERY_LEAF_H
#define DAFU_SEARCH_QUERY_LEAF_H

#include "indexer/analysis/analyzer.h"
#include "search/query/synonyms.h"

struct leaf_name {                 /* or an amount */
    struct text typed;             /* normalised */
    size_t start;                  /* in the leaf's normalised text */
    uint32_t offset, length;       /* bytes of the leaf as written */
    const struct synonym **others; /* what else it is called, each once */
    size_t other_count;
};

struct leaf {           /* arena-held */
    struct text normal; /* the leaf normalised */
    struct token_list tokens;
    uint32_t *name_of; /* per token: 1 + index of the name it lies in; 0: none */
    bool *filler;      /* per token: part of a filler */
    struct leaf_name *names;
    size_t name_count, name_capacity;
};

/* `synonyms` NULL: neither names nor amounts. Names and fillers begin and end where words do; a name of four or
 * more characters may also stand inside a word. */
enum status leaf_read(struct text text, struct analyzer *analyzer, const struct synonyms *synonyms,
                      struct arena *arena, struct leaf *out, struct error *error);

/* The leaf's normalised text and the texts with other forms of its names in it, the leaf's own
 * first; all of them also without blanks between Han characters. */
#define LEAF_VARIANTS_MAX 16
enum status leaf_variants(const struct leaf *leaf, struct arena *arena,
                          struct text out[LEAF_VARIANTS_MAX], size_t *count, struct error *error);

#endif
