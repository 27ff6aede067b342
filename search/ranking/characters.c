/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/characters.h"

#include <math.h>

#include "indexer/base/utf8.h"

#define HAN_FIRST 0x3400
#define BMP 0x10000
#define CHARACTERS_MAX 255

struct characters {
    uint8_t *number; /* per BMP code point: 1 + its place in `weights`; 0: none */
    double weights[CHARACTERS_MAX];
    uint32_t counts[CHARACTERS_MAX];
    size_t count;
};

static void collect(const struct plan *plan, struct characters *characters)
{
    for (size_t i = 0; i < plan->term_count && characters->count < CHARACTERS_MAX; i++) {
        const struct plan_term *term = &plan->terms[i];
        if (term->kind != TOKEN_CHARACTER || term->alone || !(term->weight > 0))
            continue;
        size_t at = 0;
        uint32_t codepoint = utf8_next_valid(term->bare.data, &at);
        if (codepoint < HAN_FIRST || codepoint >= BMP || at != term->bare.length)
            continue;
        characters->weights[characters->count++] = term->weight;
        characters->number[codepoint] = (uint8_t)characters->count;
    }
}

static void count(struct characters *characters, struct text text)
{
    memset(characters->counts, 0, characters->count * sizeof(*characters->counts));
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        uint8_t number = codepoint < BMP ? characters->number[codepoint] : 0;
        if (number)
            characters->counts[number - 1]++;
    }
}

/* As in index/passage_weight.hpp. */
static double weigh(const struct characters *characters, double share, const struct bm25 *bm25)
{
    double saturation = bm25->k1 * (1 - bm25->b + bm25->b * fmax(share, bm25->shortest)), sum = 0;
    for (size_t i = 0; i < characters->count; i++)
        sum += characters->weights[i] * (bm25->k1 + 1) * characters->counts[i] /
               (characters->counts[i] + saturation);
    return sum;
}

enum status characters_add(struct candidate_list *list, const struct plan *plan,
                           double average_length, const struct weights *weights,
                           const struct lexicon *lexicon, struct normalized *scratch,
                           struct arena *arena, struct error *error)
{
    struct characters characters = { .number = ARENA_ARRAY(arena, uint8_t, BMP) };
    if (!characters.number)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    collect(plan, &characters);
    for (size_t i = 0; characters.count && i < list->count; i++) {
        struct candidate *candidate = &list->candidates[i];
        enum status status = normalizer_run(lexicon, candidate->passage.text, scratch, error);
        if (status)
            return status;
        count(&characters, buffer_text(&scratch->text));
        candidate->weight += weigh(&characters, candidate->length / average_length, &weights->bm25);
    }
    return STATUS_OK;
}
