/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No list of places: whatever the index has as the place of a reply is one. */
#include "search/ranking/evidence.h"

#include "indexer/base/utf8.h"
#include "search/ranking/match_build.h"

#define EVIDENCE_TEXT_MAX 600 /* bytes; a page of text says nothing about one reply */
#define FACTS_MAX 32

struct finder {
    struct text terms[FACTS_MAX];
    double weights[FACTS_MAX];
    size_t count;
    struct arena *arena;
    bool no_memory;
};

static void add(struct finder *finder, enum field field, struct text value, double weight)
{
    if (finder->count == FACTS_MAX || !(weight > 0))
        return;
    struct text term = field_term(FIELDS[field].prefix, value, finder->arena);
    finder->no_memory = finder->no_memory || !term.data;
    finder->terms[finder->count] = term;
    finder->weights[finder->count++] = weight;
}

/* 宁波市 is also named by 宁波; 沙市 only by itself. */
static bool names_place(struct text text, struct text place)
{
    static const struct text LEVELS[] = { TEXT_INIT("市"), TEXT_INIT("省"), TEXT_INIT("县"),
                                          TEXT_INIT("区") };
    for (size_t i = 0; i < sizeof(LEVELS) / sizeof(*LEVELS); i++)
        if (text_ends_with(place, LEVELS[i]) && utf8_count(place) > 2)
            place.length -= LEVELS[i].length;
    return utf8_count(place) > 1 && text_contains(text, place);
}

static bool is_digit(struct text text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* The next four digits that stand alone, from *at, which is moved behind them. */
static bool next_year(struct text text, size_t *at, struct text *out)
{
    while (*at < text.length) {
        size_t start = *at, end = start;
        while (is_digit(text, end))
            end++;
        *at = end > start ? end : start + 1;
        bool fraction = (start > 0 && text.data[start - 1] == '.') ||
                        (end < text.length && text.data[end] == '.');
        if (fraction || end - start != 4 || (text.data[start] != '1' && text.data[start] != '2'))
            continue;
        *out = text_slice(text, start, 4);
        return true;
    }
    return false;
}

bool evidence_has_year(struct text text)
{
    size_t at = 0;
    struct text year;
    return next_year(text, &at, &year);
}

static enum status keep_known(struct finder *finder, struct index_reader *reader,
                              struct match **group, struct error *error)
{
    uint32_t counts[FACTS_MAX];
    uint64_t passages;
    if (finder->no_memory)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status =
        index_reader_statistics(reader, finder->terms, finder->count, counts, &passages, error);
    for (size_t i = 0; i < finder->count && !status; i++) {
        if (!counts[i])
            continue;
        if (!*group)
            *group = match_group(MATCH_OR, finder->arena);
        const struct match *term = match_term(finder->terms[i], 1, finder->arena);
        term = match_scale(term, finder->weights[i], finder->arena);
        *group = match_add(*group, term, finder->arena);
        if (!*group)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return status;
}

enum status evidence_facts(struct text text, const struct place_list *places,
                           struct index_reader *reader, const struct weights *weights,
                           struct arena *arena, struct match **group, struct error *error)
{
    struct finder finder = { .arena = arena };
    if (text.length > EVIDENCE_TEXT_MAX)
        return STATUS_OK;
    for (size_t i = 0; i < places->count; i++)
        if (names_place(text, places->places[i]))
            add(&finder, FIELD_AREA, places->places[i], weights->area);
    size_t at = 0;
    for (struct text year; next_year(text, &at, &year);)
        add(&finder, FIELD_YEAR, year, weights->year);
    return finder.count ? keep_known(&finder, reader, group, error) : STATUS_OK;
}

static enum status add_agency(struct text name, struct analyzer *analyzer, double weight,
                              struct arena *arena, struct match **group, struct error *error)
{
    struct token_list tokens = { 0 };
    enum status status = analyzer_run(analyzer, ANALYSIS_WORDS, name, arena, &tokens, error);
    if (status || !tokens.count)
        return status;
    struct match *all = match_group(MATCH_AND, arena);
    for (size_t i = 0; i < tokens.count; i++) {
        struct text term = field_term(FIELDS[FIELD_ISSUER].prefix, tokens.tokens[i].term, arena);
        all = match_add(all, match_term(term, 1, arena), arena);
    }
    if (!*group)
        *group = match_group(MATCH_OR, arena);
    weight /= (double)tokens.count; /* as much as one word */
    *group = match_add(*group, match_scale(all, weight, arena), arena);
    return *group ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status evidence_agencies(const struct name_table *names, struct analyzer *analyzer,
                              const struct weights *weights, struct arena *arena,
                              struct match **group, struct error *error)
{
    for (size_t i = 0; i < names->count && weights->issuer > 0; i++)
        for (size_t j = 0; j < names->names[i].other_count; j++) {
            const struct synonym *other = names->names[i].others[j];
            enum status status =
                other->kind == SYNONYM_AGENCY
                    ? add_agency(other->other, analyzer, weights->issuer, arena, group, error)
                    : STATUS_OK;
            if (status)
                return status;
        }
    return STATUS_OK;
}
