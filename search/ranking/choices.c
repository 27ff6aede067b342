/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/choices.h"

#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

struct text choices_term(enum token_kind kind, const uint16_t *characters, size_t count,
                         struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    for (size_t i = 0; i < count; i++)
        buffer_append_codepoint(&buffer, characters[i]);
    if (buffer.failed)
        return (struct text) { NULL, 0 };
    return field_term(field_text_prefix(kind), buffer_text(&buffer), arena);
}

static int by_passages(const void *a, const void *b)
{
    const struct choice *left = a, *right = b;
    if (left->passages != right->passages)
        return left->passages > right->passages ? -1 : 1;
    return (int)left->character - (int)right->character;
}

enum status choices_find(struct index_reader *reader, const uint16_t *characters, size_t count,
                         size_t most, struct arena *arena, struct choice_list *out,
                         uint64_t *passages, struct error *error)
{
    struct text *terms = ARENA_ARRAY(arena, struct text, count + 1);
    uint32_t *counts = ARENA_ARRAY(arena, uint32_t, count + 1);
    struct choice *choices = ARENA_ARRAY(arena, struct choice, count + 1);
    if (!terms || !counts || !choices)
        return no_memory(error);
    for (size_t i = 0; i < count; i++) {
        terms[i] = choices_term(TOKEN_CHARACTER, &characters[i], 1, arena);
        if (!terms[i].data)
            return no_memory(error);
    }
    enum status status = index_reader_statistics(reader, terms, count, counts, passages, error);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice) { characters[i], counts[i] };
    if (count)
        qsort(choices, count, sizeof(*choices), by_passages);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < most && choices[i].passages; i++)
        if (!kept || choices[kept - 1].character != choices[i].character)
            choices[kept++] = choices[i];
    *out = (struct choice_list) { choices, kept };
    return STATUS_OK;
}
