/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a query; what is read of them is read further, as before a search. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "search/query/leaf.h"
#include "search/query/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct lexicon *lexicon;
static struct analyzer *analyzer;
static struct synonyms *synonyms;

static void open_once(void)
{
    struct error error;
    if (!lexicon &&
        (lexicon_open(NULL, &lexicon, &error) || analyzer_new(lexicon, &analyzer, &error) ||
         synonyms_open(NULL, TEXT(""), lexicon, &synonyms, &error)))
        abort();
}

/* Slices of the line, as deep as promised, and each leaf can be read. */
static void visit(const struct query_node *node, struct text line, struct arena *arena,
                  unsigned depth)
{
    struct text variants[LEAF_VARIANTS_MAX];
    struct leaf leaf;
    struct error error;
    size_t count;
    assert(depth <= 4 * QUERY_DEPTH_MAX + 4);
    if (node->text.length) {
        assert(node->text.data >= line.data &&
               node->text.data + node->text.length <= line.data + line.length);
        if (!leaf_read(node->text, analyzer, synonyms, arena, &leaf, &error))
            leaf_variants(&leaf, arena, variants, &count, &error);
    }
    for (const struct query_node *child = node->first; child; child = child->next)
        visit(child, line, arena, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text line = text_of_bytes((const char *)data, size);
    struct arena arena;
    struct query query;
    struct error error;
    open_once();
    arena_init(&arena, 0);
    if (!query_parse(line, lexicon, &arena, &query, &error)) {
        visit(query.root, line, &arena, 0);
        query_describe(&query, &arena);
        for (size_t i = 0; i < query.warnings.count; i++)
            assert(query.warnings.items[i].column >= 1 &&
                   query.warnings.items[i].column <= line.length);
    }
    arena_release(&arena);
    return 0;
}
