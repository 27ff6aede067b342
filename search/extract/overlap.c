/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/overlap.h"

#include "indexer/base/utf8.h"

#define GRAM 8       /* characters of the runs that are indexed */
#define TRIES_MAX 64 /* places of one such run that are looked at */
#define NOWHERE UINT32_MAX

static bool counts(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || (codepoint >= '0' && codepoint <= '9') ||
           (codepoint >= 'a' && codepoint <= 'z');
}

static bool add(struct content *content, struct content_character character, struct arena *arena)
{
    if (!arena_grow(arena, &content->characters, content->count, &content->capacity,
                    sizeof(*content->characters)))
        return false;
    content->characters[content->count++] = character;
    content->letters += character.codepoint != 0;
    return true;
}

static bool add_passage(struct content *content, const struct normalized *normalized,
                        uint32_t passage, struct arena *arena)
{
    struct text text = buffer_text(&normalized->text);
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at), offset, length;
        if (!counts(codepoint))
            continue;
        normalized_source(normalized, start, at - start, &offset, &length);
        if (!add(content,
                 (struct content_character) { codepoint, passage, offset, offset + length }, arena))
            return false;
    }
    return add(content, (struct content_character) { .passage = passage }, arena);
}

enum status content_read(const struct text *passages, size_t passage_count,
                         const struct lexicon *lexicon, struct normalized *scratch,
                         struct arena *arena, struct content *out, struct error *error)
{
    *out = (struct content) { 0 };
    for (size_t i = 0; i < passage_count; i++) {
        enum status status = normalizer_run(lexicon, passages[i], scratch, error);
        if (status)
            return status;
        if (!add_passage(out, scratch, (uint32_t)i, arena))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return STATUS_OK;
}

/* ---- runs ---- */

struct grams { /* of the second content: hash -> places, the first of each first */
    uint32_t *heads, *next;
    size_t mask;
};

/* 0: there is no whole gram at `at`. */
static uint64_t hash_at(const struct content *content, size_t at)
{
    uint64_t hash = 14695981039346656037ULL;
    if (at + GRAM > content->count)
        return 0;
    for (size_t i = at; i < at + GRAM; i++) {
        if (content->characters[i].codepoint == 0)
            return 0;
        hash = (hash ^ content->characters[i].codepoint) * 1099511628211ULL;
    }
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

static bool index_grams(const struct content *content, struct arena *arena, struct grams *out)
{
    size_t size = 64;
    while (size < content->count * 2)
        size *= 2;
    *out = (struct grams) { ARENA_ARRAY(arena, uint32_t, size),
                            ARENA_ARRAY(arena, uint32_t, content->count + 1), size - 1 };
    if (!out->heads || !out->next)
        return false;
    memset(out->heads, 0xFF, size * sizeof(*out->heads));
    for (size_t i = content->count; i-- > 0;) {
        uint64_t hash = hash_at(content, i);
        if (!hash)
            continue;
        uint32_t *head = &out->heads[hash & out->mask];
        out->next[i] = *head;
        *head = (uint32_t)i;
    }
    return true;
}

static size_t run_length(const struct content *first, size_t i, const struct content *second,
                         size_t j)
{
    size_t length = 0;
    while (i + length < first->count && j + length < second->count &&
           first->characters[i + length].codepoint &&
           first->characters[i + length].codepoint == second->characters[j + length].codepoint)
        length++;
    return length;
}

static struct shared_run longest_at(const struct content *first, size_t i,
                                    const struct content *second, const struct grams *grams)
{
    struct shared_run best = { i, 0, 0 };
    uint64_t hash = hash_at(first, i);
    uint32_t j = hash ? grams->heads[hash & grams->mask] : NOWHERE;
    for (int tries = 0; j != NOWHERE && tries < TRIES_MAX; tries++, j = grams->next[j]) {
        size_t length = run_length(first, i, second, j);
        if (length > best.length)
            best = (struct shared_run) { i, j, length };
    }
    return best;
}

enum status overlap_find(const struct content *first, const struct content *second,
                         struct arena *arena, struct shared_runs *out, struct error *error)
{
    struct grams grams;
    *out = (struct shared_runs) { 0 };
    if (!index_grams(second, arena, &grams))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < first->count;) {
        struct shared_run run = longest_at(first, i, second, &grams);
        if (run.length < SHARED_RUN_LEAST) {
            i++;
            continue;
        }
        if (!arena_grow(arena, &out->runs, out->count, &out->capacity, sizeof(run)))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        out->runs[out->count++] = run;
        i += run.length;
    }
    return STATUS_OK;
}
