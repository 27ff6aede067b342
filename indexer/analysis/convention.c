/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/convention.h"

#include "indexer/analysis/lexicon_format.h"

#define PARTS_MAX 32 /* characters of a compound; a longer one stays whole */

struct division {
    enum convention convention;
    const struct lexicon *lexicon;
    struct text text;
    struct arena *scratch;
    struct word_list out;
    bool failed;
};

static void add(struct division *division, size_t start, size_t end, enum token_kind kind)
{
    struct word_list *out = &division->out;
    if (out->count == out->capacity && !arena_grow(division->scratch, &out->words, out->count,
                                                   &out->capacity, sizeof(*out->words)))
        division->failed = true;
    else
        out->words[out->count++] = (struct word) { .offset = (uint32_t)start,
                                                   .length = (uint32_t)(end - start),
                                                   .kind = kind };
}

static bool divides(const struct division *division, uint32_t entry)
{
    switch (division->convention) {
    case CONVENTION_PLAIN:
        return entry & WORD_LOOSE;
    case CONVENTION_PKU:
        return entry & WORD_COMPOUND;
    default:
        return false;
    }
}

/* --- compounds --- */

struct parts {
    size_t count;
    size_t ends[PARTS_MAX + 1]; /* of the characters; [0] is the start */
    uint32_t costs[PARTS_MAX + 1];
    uint8_t begins[PARTS_MAX + 1];
    uint32_t entries[PARTS_MAX + 1]; /* of the part that ends here */
};

static bool read_characters(struct text text, size_t start, size_t end, struct parts *parts)
{
    parts->count = 0;
    parts->ends[0] = start;
    parts->costs[0] = 0;
    for (size_t at = start; at < end;) {
        if (parts->count == PARTS_MAX)
            return false;
        utf8_next_valid(text.data, &at);
        parts->ends[++parts->count] = at;
        parts->costs[parts->count] = UINT32_MAX;
    }
    return true;
}

/* All listed words of two or more characters, but the whole, that begin at character `from`. */
static void relax_parts(const struct division *division, struct parts *parts, size_t from)
{
    const struct lexicon *lexicon = division->lexicon;
    uint32_t node = 0;
    for (size_t to = from + 1; to <= parts->count; to++) {
        size_t at = parts->ends[to - 1];
        uint32_t code = unit_code(lexicon_unit(lexicon, utf8_next_valid(division->text.data, &at)));
        if (!code || !lexicon_step(lexicon, &node, code))
            return;
        uint32_t word = node_word(lexicon->nodes[node]);
        if (!word || to == from + 1 || to - from == parts->count)
            continue;
        uint32_t cost = parts->costs[from] + word_cost(word);
        if (cost < parts->costs[to]) {
            parts->costs[to] = cost;
            parts->begins[to] = (uint8_t)from;
            parts->entries[to] = word;
        }
    }
}

/* Parts that are compounds themselves are divided in their turn. */
static void add_compound(struct division *division, size_t start, size_t end, uint32_t entry)
{
    struct parts parts;
    size_t order[PARTS_MAX], count = 0;
    bool found = divides(division, entry) && read_characters(division->text, start, end, &parts);
    for (size_t from = 0; found && from < parts.count; from++) {
        if (parts.costs[from] != UINT32_MAX)
            relax_parts(division, &parts, from);
    }
    if (!found || parts.costs[parts.count] == UINT32_MAX) {
        add(division, start, end, TOKEN_WORD);
        return;
    }
    for (size_t to = parts.count; to > 0; to = parts.begins[to])
        order[count++] = to;
    while (count--) {
        size_t to = order[count];
        add_compound(division, parts.ends[parts.begins[to]], parts.ends[to], parts.entries[to]);
    }
}

/* --- foreign names --- */

/* Half of its characters spell foreign names: 约翰, 哥伦布; or it is Latin. */
static bool is_foreign(const struct division *division, const struct word *word)
{
    size_t at = word->offset, all = 0, foreign = 0;
    while (at < word->offset + word->length) {
        uint32_t codepoint = utf8_next_valid(division->text.data, &at);
        foreign += (lexicon_unit(division->lexicon, codepoint) & UNIT_FOREIGN) != 0;
        all++;
    }
    return word->kind == TOKEN_LATIN || (word->kind == TOKEN_WORD && 2 * foreign >= all);
}

static bool is_point(const struct division *division, const struct word *word)
{
    static const char *const POINTS[] = { "·", "•", "‧", "・" };
    struct text text = text_slice(division->text, word->offset, word->length);
    for (size_t i = 0; i < sizeof(POINTS) / sizeof(POINTS[0]); i++) {
        if (text_equal(text, text_of(POINTS[i])))
            return true;
    }
    return false;
}

/* 约翰·史密斯 is one word; returns how many words of the list it takes, or 0. */
static size_t foreign_name(const struct division *division, const struct word_list *words, size_t i)
{
    size_t end = i, points = 0;
    while (end < words->count && is_foreign(division, &words->words[end])) {
        end++;
        if (end + 1 >= words->count || !is_point(division, &words->words[end]) ||
            !is_foreign(division, &words->words[end + 1]))
            continue;
        points++;
        end++;
    }
    bool latin = words->words[i].kind == TOKEN_LATIN && words->words[end - 1].kind == TOKEN_LATIN;
    return points && !latin ? end - i : 0;
}

/* --- the list --- */

static void add_word(struct division *division, const struct word *word)
{
    size_t end = word->offset + word->length;
    if (word->surname && division->convention != CONVENTION_MSR) {
        add(division, word->offset, word->offset + word->surname, TOKEN_WORD);
        add(division, word->offset + word->surname, end, TOKEN_WORD);
    } else if (word->kind == TOKEN_WORD) {
        add_compound(division, word->offset, end, word->entry);
    } else {
        add(division, word->offset, end, word->kind);
    }
}

enum status convention_apply(enum convention convention, const struct lexicon *lexicon,
                             struct text text, struct arena *scratch, struct word_list *words,
                             struct error *error)
{
    struct division division = {
        .convention = convention, .lexicon = lexicon, .text = text, .scratch = scratch
    };
    if (convention == CONVENTION_INDEX)
        return STATUS_OK;
    for (size_t i = 0, taken; i < words->count && !division.failed; i += taken) {
        const struct word *word = &words->words[i];
        taken = is_foreign(&division, word) ? foreign_name(&division, words, i) : 0;
        const struct word *last = taken ? &words->words[i + taken - 1] : word;
        if (taken)
            add(&division, word->offset, last->offset + last->length, TOKEN_WORD);
        else
            add_word(&division, word);
        taken += !taken;
    }
    if (division.failed)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    *words = division.out;
    return STATUS_OK;
}
