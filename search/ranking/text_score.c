/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The characters of the query are numbered; a text becomes a row of these numbers, and the terms are
 * short rows that are looked for in it. */
#include "search/ranking/text_score.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/lexicon_walk.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/ranking/terms.h"
#include "search/ranking/window.h"

enum { SYMBOL_BREAK, SYMBOL_ALPHANUMERIC, SYMBOL_FIRST, SYMBOL_MAX = 256 };

#define TERM_NONE UINT32_MAX

struct row { /* what is looked for */
    const uint8_t *symbols;
    uint32_t length;
    uint32_t next;            /* that begins alike */
    double weight;            /* of its BM25 */
    uint32_t name;            /* as in plan_term */
    bool other;               /* another form of the name */
    uint32_t count;           /* in the text */
};

#define FOLDS_READ 256 /* code points that are looked up together, when the first of them occurs */

struct text_scorer {
    const struct lexicon *lexicon;
    bool read[LEXICON_FOLDS / FOLDS_READ];
    uint16_t folds[LEXICON_FOLDS];
    uint8_t symbols[LEXICON_FOLDS]; /* of folded code points */
    uint16_t used[SYMBOL_MAX];      /* code points that have a symbol, to forget them again */
    size_t symbol_count;
    bool alphanumeric[SYMBOL_MAX];
    uint32_t heads[SYMBOL_MAX]; /* first row that begins so */
    struct row *rows;           /* in the arena of the query */
    size_t row_count, row_capacity;
    double *names, *forms; /* per name: what its typed form adds, and another form */
    size_t name_count;
    uint8_t *text; /* scratch */
    size_t text_capacity;
    struct window window;
    double average;
    const struct weights *weights;
};

enum status text_scorer_new(const struct lexicon *lexicon, struct text_scorer **out,
                            struct error *error)
{
    struct text_scorer *scorer = calloc(1, sizeof(*scorer));
    if (!scorer)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    scorer->lexicon = lexicon;
    for (uint32_t c = '0'; c <= 'z'; c++)
        if (c <= '9' || c >= 'a')
            scorer->symbols[c] = SYMBOL_ALPHANUMERIC;
    scorer->alphanumeric[SYMBOL_ALPHANUMERIC] = true;
    *out = scorer;
    return STATUS_OK;
}

void text_scorer_free(struct text_scorer *scorer)
{
    if (scorer)
        free(scorer->text);
    free(scorer);
}

/* ---- the query ---- */

static bool is_alphanumeric(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'a' && codepoint <= 'z');
}

static void forget(struct text_scorer *scorer)
{
    for (size_t i = 0; i < scorer->symbol_count; i++) {
        uint16_t codepoint = scorer->used[i];
        scorer->symbols[codepoint] = is_alphanumeric(codepoint) ? SYMBOL_ALPHANUMERIC : 0;
        scorer->alphanumeric[SYMBOL_FIRST + i] = false;
    }
    scorer->symbol_count = 0;
    scorer->rows = NULL;
    scorer->row_count = scorer->row_capacity = 0;
    for (size_t i = 0; i < SYMBOL_MAX; i++)
        scorer->heads[i] = TERM_NONE;
}

/* SYMBOL_BREAK: there is none for it. */
static uint8_t symbol_of(struct text_scorer *scorer, uint32_t codepoint)
{
    if (codepoint >= LEXICON_FOLDS || codepoint <= ' ')
        return SYMBOL_BREAK;
    uint8_t *symbol = &scorer->symbols[codepoint];
    if (*symbol < SYMBOL_FIRST && scorer->symbol_count < SYMBOL_MAX - SYMBOL_FIRST) {
        scorer->used[scorer->symbol_count] = (uint16_t)codepoint;
        *symbol = (uint8_t)(SYMBOL_FIRST + scorer->symbol_count++);
        scorer->alphanumeric[*symbol] = is_alphanumeric(codepoint);
    }
    return *symbol < SYMBOL_FIRST ? SYMBOL_BREAK : *symbol;
}

/* The symbols of a normalised text; blanks are breaks. NULL: no memory. */
static uint8_t *symbols_of(struct text_scorer *scorer, struct text text, struct arena *arena,
                           uint32_t *count, bool *whole)
{
    uint8_t *symbols = ARENA_ARRAY(arena, uint8_t, text.length + 1);
    *count = 0;
    *whole = true;
    for (size_t at = 0; symbols && at < text.length;) {
        uint8_t symbol = symbol_of(scorer, utf8_next_valid(text.data, &at));
        *whole = *whole && symbol != SYMBOL_BREAK;
        symbols[(*count)++] = symbol;
    }
    return symbols;
}

static bool add_row(struct text_scorer *scorer, struct row row, struct arena *arena)
{
    if (!arena_grow(arena, &scorer->rows, scorer->row_count, &scorer->row_capacity,
                    sizeof(*scorer->rows)))
        return false;
    row.next = scorer->heads[row.symbols[0]];
    scorer->heads[row.symbols[0]] = (uint32_t)scorer->row_count;
    scorer->rows[scorer->row_count++] = row;
    return true;
}

static bool add_text(struct text_scorer *scorer, struct text text, struct row row,
                     struct arena *arena)
{
    bool whole;
    uint8_t *symbols = symbols_of(scorer, text, arena, &row.length, &whole);
    if (!symbols || !whole || !row.length)
        return symbols != NULL;
    row.symbols = symbols;
    return add_row(scorer, row, arena);
}

static bool add_terms(struct text_scorer *scorer, const struct plan *plan, struct arena *arena)
{
    uint32_t names = 0;
    for (size_t i = 0; i < plan->term_count; i++) {
        const struct plan_term *term = &plan->terms[i];
        uint32_t name = term->kind == TOKEN_CHARACTER ? 0 : term->name;
        struct row row = { .weight = term->weight, .name = name };
        names = name > names ? name : names;
        if (term->telling && !add_text(scorer, term->bare, row, arena))
            return false;
    }
    for (size_t i = 0; i < plan->other_count; i++) {
        const struct plan_other *other = &plan->others[i];
        struct row row = { .weight = other->weight, .name = other->name, .other = true };
        names = other->name > names ? other->name : names;
        if (!add_text(scorer, other->needle, row, arena))
            return false;
    }
    scorer->name_count = names;
    scorer->names = ARENA_ARRAY(arena, double, names + 1);
    scorer->forms = ARENA_ARRAY(arena, double, names + 1);
    return scorer->names && scorer->forms;
}

static bool stands_at(const struct text_scorer *scorer, const struct row *row, const uint8_t *text,
                      size_t count, size_t at)
{
    if (at + row->length > count || memcmp(text + at, row->symbols, row->length) != 0)
        return false;
    bool cut_before =
        at > 0 && scorer->alphanumeric[text[at]] && scorer->alphanumeric[text[at - 1]];
    size_t end = at + row->length;
    bool cut_after =
        end < count && scorer->alphanumeric[text[end]] && scorer->alphanumeric[text[end - 1]];
    return !cut_before && !cut_after;
}

static bool begin_window(struct text_scorer *scorer, struct arena *arena)
{
    struct window_term *terms = ARENA_ARRAY(arena, struct window_term, scorer->row_count + 1);
    if (!terms)
        return false;
    for (size_t i = 0; i < scorer->row_count; i++)
        terms[i] = (struct window_term) { .weight = scorer->rows[i].weight,
                                          .name = scorer->rows[i].name,
                                          .other = scorer->rows[i].other };
    return window_begin(&scorer->window, terms, scorer->row_count, scorer->weights->near_span,
                        arena);
}

enum status text_scorer_begin(struct text_scorer *scorer, const struct plan *plan, double average,
                              const struct weights *weights, struct arena *arena,
                              struct error *error)
{
    forget(scorer);
    scorer->average = average;
    scorer->weights = weights;
    return add_terms(scorer, plan, arena) && begin_window(scorer, arena)
               ? STATUS_OK
               : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- a text ---- */

/* 1: one that is in no query. */
static uint32_t folded(struct text_scorer *scorer, uint32_t codepoint)
{
    if (codepoint >= LEXICON_FOLDS)
        return 1;
    uint32_t block = codepoint / FOLDS_READ, first = block * FOLDS_READ;
    if (!scorer->read[block]) {
        lexicon_simple_folds(scorer->lexicon, first, FOLDS_READ, scorer->folds + first);
        scorer->read[block] = true;
    }
    return scorer->folds[codepoint];
}

/* Symbols of the text; how many characters it has in *length. */
static size_t read_text(struct text_scorer *scorer, struct text text, size_t *length)
{
    uint8_t *out = scorer->text;
    size_t count = 0, characters = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t character = folded(scorer, utf8_next_valid(text.data, &at));
        if (!character)
            continue;
        out[count++] = scorer->symbols[character];
        characters += character > ' ';
    }
    *length = characters;
    return count;
}

static double add_up(struct text_scorer *scorer, double share)
{
    const struct bm25 *bm25 = &scorer->weights->bm25;
    double saturation = bm25->k1 * (1 - bm25->b + bm25->b * fmax(share, bm25->shortest)), sum = 0;
    memset(scorer->names, 0, (scorer->name_count + 1) * sizeof(*scorer->names));
    memset(scorer->forms, 0, (scorer->name_count + 1) * sizeof(*scorer->forms));
    for (size_t i = 0; i < scorer->row_count; i++) {
        const struct row *row = &scorer->rows[i];
        if (!row->count)
            continue;
        double score = row->weight * (bm25->k1 + 1) * row->count / (row->count + saturation);
        if (row->other)
            scorer->forms[row->name] = fmax(scorer->forms[row->name], score);
        else if (row->name)
            scorer->names[row->name] += score;
        else
            sum += score;
    }
    for (size_t i = 1; i <= scorer->name_count; i++)
        sum += fmax(scorer->names[i], scorer->forms[i]);
    return sum;
}

/* A text that is no longer than the window says there what it says as a whole: the longer it is, the
 * more this adds. */
static double near_score(const struct text_scorer *scorer, size_t length)
{
    double span = scorer->weights->near_span;
    return scorer->weights->near * scorer->window.best * (double)length / ((double)length + span);
}

double text_scorer_score(struct text_scorer *scorer, struct text text)
{
    if (text.length > scorer->text_capacity) {
        uint8_t *wider = realloc(scorer->text, text.length);
        if (!wider)
            return 0;
        scorer->text = wider;
        scorer->text_capacity = text.length;
    }
    for (size_t i = 0; i < scorer->row_count; i++)
        scorer->rows[i].count = 0;
    window_clear(&scorer->window);
    size_t length, count = read_text(scorer, text, &length);
    for (size_t at = 0; at < count; at++)
        for (uint32_t i = scorer->heads[scorer->text[at]]; i != TERM_NONE;
             i = scorer->rows[i].next) {
            struct row *row = &scorer->rows[i];
            if (!stands_at(scorer, row, scorer->text, count, at))
                continue;
            row->count++;
            window_add(&scorer->window, i, (uint32_t)at, (uint32_t)at + row->length);
        }
    return add_up(scorer, (double)length / scorer->average) + near_score(scorer, length);
}
