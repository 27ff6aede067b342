/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Building documents. Everything lies in the arena of the reader that builds one. */
#include "indexer/document/document.h"

#include "indexer/base/utf8.h"

bool document_set_source(struct document *document, struct arena *arena, const char *path)
{
    struct text given = text_of(path);
    char *copy = arena_array(arena, given.length + 1, 3); /* a bad byte can become three */
    if (!copy)
        return false;

    size_t length = 0;
    for (size_t offset = 0; offset < given.length;) {
        uint32_t codepoint = utf8_next(given.data, given.length, &offset);
        length += utf8_encode(codepoint == UTF8_INVALID ? 0xFFFD : codepoint, copy + length);
    }
    document->source = (struct text) { copy, length };
    return true;
}

struct text document_stem(const struct document *document)
{
    struct text path = document->source;
    size_t slash = text_find_last(path, TEXT("/"));
    if (slash != TEXT_NONE)
        path = text_slice(path, slash + 1, path.length - slash - 1);
    size_t dot = text_find(path, TEXT("."));
    return dot == TEXT_NONE || dot == 0 ? path : text_slice(path, 0, dot);
}

struct block *document_add_block(struct document *document, struct arena *arena,
                                 enum block_kind kind, struct text text)
{
    if (!arena_grow(arena, &document->blocks, document->block_count, &document->block_capacity,
                    sizeof(*document->blocks)))
        return NULL;

    struct block *block = &document->blocks[document->block_count++];
    *block = (struct block) { .text = text, .kind = kind };
    return block;
}

enum status document_append(struct document *document, struct arena *arena,
                            const struct document *from, struct error *error)
{
    for (size_t i = 0; i < from->block_count; i++) {
        if (document->block_count == DOCUMENT_BLOCKS_MAX)
            return error_set(error, STATUS_LIMIT, "more than %zu paragraphs", DOCUMENT_BLOCKS_MAX);
        struct text text = arena_text(arena, from->blocks[i].text);
        struct block *block =
            text.data ? document_add_block(document, arena, from->blocks[i].kind, text) : NULL;
        if (!block)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        block->level = from->blocks[i].level;
        block->page = from->blocks[i].page;
    }
    return STATUS_OK;
}

bool document_declare(struct document *document, struct arena *arena, const char *key,
                      struct text value)
{
    if (!arena_grow(arena, &document->declared, document->declared_count,
                    &document->declared_capacity, sizeof(*document->declared)))
        return false;

    document->declared[document->declared_count++] =
        (struct declared) { .key = text_of(key), .value = value };
    return true;
}

struct text document_declared(const struct document *document, const char *key)
{
    for (size_t i = 0; i < document->declared_count; i++)
        if (text_equal(document->declared[i].key, text_of(key)))
            return document->declared[i].value;
    return (struct text) { NULL, 0 };
}
