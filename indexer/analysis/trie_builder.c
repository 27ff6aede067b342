/* SPDX-License-Identifier: GPL-2.0-or-later */
/* First fit: the children of a node go to the first place of the array where all of them find a
 * free cell. The search starts where the array was last found to be nearly full (the rule of
 * Darts, http://chasen.org/~taku/software/darts/), so that full regions are not walked again. */
#include "indexer/analysis/trie_builder.h"

#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/cleanup.h"

struct builder {
    const struct trie_word *words;
    uint64_t *nodes;
    size_t capacity;
    size_t used;  /* 1 + the highest cell in use */
    size_t start; /* searches begin here */
};

/* Children of one node: where each begins among the words, and its code. */
struct child {
    uint16_t code;
    size_t first;
    size_t end;
};

static bool grow(struct builder *builder, size_t needed)
{
    size_t capacity = builder->capacity ? builder->capacity : 0x20000;
    while (capacity < needed)
        capacity *= 2;
    if (capacity == builder->capacity)
        return true;
    uint64_t *nodes = realloc(builder->nodes, capacity * sizeof(*nodes));
    if (!nodes)
        return false;
    for (size_t i = builder->capacity; i < capacity; i++)
        nodes[i] = NODE(0, NODE_UNUSED, 0);
    builder->nodes = nodes;
    builder->capacity = capacity;
    return true;
}

static bool is_free(const struct builder *builder, size_t cell)
{
    return node_check(builder->nodes[cell]) == NODE_UNUSED;
}

static void take(struct builder *builder, size_t cell, uint32_t parent)
{
    builder->nodes[cell] = NODE(0, parent, 0);
    if (builder->used <= cell)
        builder->used = cell + 1;
}

static bool all_fit(const struct builder *builder, const struct child *children, size_t count,
                    size_t base)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_free(builder, base + children[i].code))
            return false;
    }
    return true;
}

/* A base for the children, or NODE_INDEX_MAX when memory or indices run out. */
static uint32_t find_base(struct builder *builder, const struct child *children, size_t count)
{
    size_t span = children[count - 1].code;
    size_t start = builder->start > children[0].code ? builder->start : children[0].code;
    size_t full = 0;
    for (size_t cell = start;; cell++) {
        if (cell + span >= NODE_INDEX_MAX || !grow(builder, cell + span + 1))
            return NODE_INDEX_MAX;
        if (!is_free(builder, cell)) {
            full++;
            continue;
        }
        size_t base = cell - children[0].code;
        if (!all_fit(builder, children, count, base))
            continue;
        if (full * 20 >= (cell - start + 1) * 19)
            builder->start = cell;
        return (uint32_t)base;
    }
}

/* The words [first, end) share `depth` codes; lists what follows. *own: the word of just these. */
static size_t list_children(const struct builder *builder, size_t first, size_t end, uint32_t depth,
                            struct child *children, uint16_t *own)
{
    size_t count = 0;
    *own = 0;
    for (size_t i = first; i < end; i++) {
        const struct trie_word *word = &builder->words[i];
        if (word->length == depth) {
            *own = word->word;
            continue;
        }
        uint16_t code = word->codes[depth];
        if (count == 0 || children[count - 1].code != code)
            children[count++] = (struct child) { code, i, i };
        children[count - 1].end = i + 1;
    }
    return count;
}

static enum status place(struct builder *builder, uint32_t at, size_t first, size_t end,
                         uint32_t depth)
{
    size_t room = end - first < 0x10000 ? end - first : 0x10000;
    CLEANUP(cleanup_free) struct child *children = malloc((room ? room : 1) * sizeof(*children));
    if (!children)
        return STATUS_NO_MEMORY;
    uint16_t own;
    size_t count = list_children(builder, first, end, depth, children, &own);
    uint32_t base = 0;
    if (count && depth) {
        base = find_base(builder, children, count);
        if (base == NODE_INDEX_MAX)
            return STATUS_LIMIT;
    }
    builder->nodes[at] = NODE(base, node_check(builder->nodes[at]), own);
    for (size_t i = 0; i < count; i++)
        take(builder, base + children[i].code, at);
    for (size_t i = 0; i < count; i++) {
        enum status status =
            place(builder, base + children[i].code, children[i].first, children[i].end, depth + 1);
        if (status)
            return status;
    }
    return STATUS_OK;
}

enum status trie_build(const struct trie_word *words, size_t count, struct trie *out,
                       struct error *error)
{
    struct builder builder = { .words = words };
    enum status status = STATUS_NO_MEMORY;
    if (grow(&builder, 0x20000)) {
        /* The root is cell 0 with base 0: the first step is one look-up by code. Its check is an
         * index that no node has, so that nothing leads back to it. */
        take(&builder, 0, NODE_UNUSED - 1);
        status = place(&builder, 0, 0, count, 0);
    }
    if (status) {
        free(builder.nodes);
        return error_set(error, status, "the word list does not fit into a trie");
    }
    *out = (struct trie) { builder.nodes, builder.used };
    return STATUS_OK;
}

void trie_release(struct trie *trie)
{
    if (!trie)
        return;
    free(trie->nodes);
    *trie = (struct trie) { 0 };
}
