/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/figures.h"

#include "indexer/analysis/segmenter.h"
#include "search/extract/finder.h"
#include "search/extract/leading.h"
#include "search/extract/measure.h"
#include "search/extract/sentences.h"
#include "search/extract/series.h"
#include "search/extract/verbs.h"

const char *figure_bound_name(enum figure_bound bound)
{
    static const char *const NAMES[] = { "exact", "about", "over", "under" };
    return NAMES[bound];
}

/* ---- years ---- */

/* 2022年、2023年 in a row. */
static void keep_year(struct finder *finder, size_t at, size_t end)
{
    static const struct text AND[] = { TEXT_INIT("、"), TEXT_INIT("和"), TEXT_INIT("及"),
                                       TEXT_INIT("") };
    size_t between = scan_any_before(finder->sentence, at, AND);
    if (!between || at - between != finder->years_end)
        finder->year_count = 0;
    if (finder->year_count < SERIES_YEARS)
        finder->years[finder->year_count++] = finder->year;
    finder->years_end = end;
}

/* What the sentence says about time at `at`; bytes that were read. */
static size_t read_time(struct finder *finder, size_t at)
{
    static const struct {
        struct text word;
        enum figure_time time;
    } WORDS[] = {
        { TEXT_INIT("今年"), FIGURE_THIS_YEAR },
        { TEXT_INIT("本年"), FIGURE_THIS_YEAR },
        { TEXT_INIT("去年"), FIGURE_LAST_YEAR },
        { TEXT_INIT("上年"), FIGURE_LAST_YEAR },
    };
    unsigned year = 0;
    static const struct text BOUNDS[] = { TEXT_INIT("以前"), TEXT_INIT("之前"), TEXT_INIT("以来"),
                                          TEXT_INIT("以后"), TEXT_INIT("前建"), TEXT_INIT("") };
    static const struct text THAN[] = { TEXT_INIT("较"), TEXT_INIT("比"), TEXT_INIT("按"),
                                        TEXT_INIT("") };
    static const struct text IS[] = { TEXT_INIT("是"),     TEXT_INIT("为"),     TEXT_INIT("相当于"),
                                      TEXT_INIT("恢复至"), TEXT_INIT("恢复到"), TEXT_INIT("") };
    size_t end = quantity_year(finder->sentence, at, &year);
    bool compared =
        scan_any_before(finder->sentence, at, THAN) > 0 ||
        (scan_any_before(finder->sentence, at, IS) && scan_at(finder->sentence, end, TEXT("的")));
    if (end && !compared && !scan_any_at(finder->sentence, end, BOUNDS)) {
        finder->time = FIGURE_YEAR;
        finder->year = year;
        keep_year(finder, at, end);
    }
    if (end)
        return end - at;
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(*WORDS); i++) {
        if (!scan_at(finder->sentence, at, WORDS[i].word))
            continue;
        if (!compared)
            finder->time = WORDS[i].time;
        return WORDS[i].word.length;
    }
    return 0;
}

/* ---- parts of a figure ---- */

static size_t source_of(const struct finder *finder, size_t start, size_t length, size_t *out)
{
    uint32_t offset, bytes;
    normalized_source(finder->normalized, finder->offset + start, length, &offset, &bytes);
    *out = bytes;
    return offset;
}

/* What the figure before says, when this one only goes on: 提高4.6个和6.1个百分点. */
static void inherit(const struct finder *finder, struct figure *figure)
{
    const struct figure *before = &finder->out->figures[finder->out->count - 1];
    figure->direction = before->direction;
    figure->basis = before->basis;
    if (figure->bound == FIGURE_EXACT && before->bound != FIGURE_ABOUT)
        figure->bound = before->bound;
}

/* The change that the phrase speaks of, and where what changes ends in it. */
static size_t read_change(struct finder *finder, const struct quantity *quantity,
                          struct text phrase, struct figure *figure)
{
    struct text basis = { NULL, 0 };
    size_t named = phrase.length;
    if (figure->direction) {
        basis = leading_basis(phrase, &finder->words);
        if (basis.length)
            named = (size_t)(basis.data - phrase.data);
    } else if (finder_is_share(quantity) || text_equal(quantity->unit, TEXT("个百分点"))) {
        figure->direction = leading_distance(phrase, &named);
        basis = scan_rest(phrase, named); /* 高于全省平均水平 */
    } else {
        figure->direction = leading_distance(phrase, &named);
        basis = scan_rest(phrase, named);
        if (!figure->direction)
            figure->direction = leading_verb(phrase);
    }
    figure->basis = finder_keep(finder, basis);
    return named;
}

static enum figure_bound bound_behind(const struct quantity *quantity)
{
    return quantity->more    ? FIGURE_OVER
           : quantity->about ? FIGURE_ABOUT
           : quantity->less  ? FIGURE_UNDER
                             : FIGURE_EXACT;
}

static void end_series(struct finder *finder)
{
    finder->failed |= !series_end(&finder->series, finder->out, &finder->words, finder->arena);
}

static void begin_series(struct finder *finder, struct text phrase, size_t named)
{
    end_series(finder);
    finder->series = (struct series) { .first = finder->out->count,
                                       .sentence = finder->series.sentence,
                                       .years = finder->year_count };
    memcpy(finder->series.year, finder->years, sizeof(finder->years));
    finder->year_count = 0;
    series_begin(&finder->series, finder->sentence, phrase, named, &finder->words);
}

/* ---- one figure ---- */

/* What stands right before the number: 不超过, 每人, 增长了. *before is moved to where it begins, *rate is
 * what each has so much of. */
static void read_lead(struct finder *finder, const struct quantity *quantity, struct figure *figure,
                      size_t *before, struct text *rate)
{
    struct text sentence = finder->sentence;
    figure->bound = leading_bound(sentence, before);
    *rate = leading_rate(sentence, before);
    if (figure->bound == FIGURE_EXACT)
        figure->bound = leading_bound(sentence, before);
    figure->direction = leading_direction(sentence, before);
    if (quantity->grows)
        figure->direction = 1;
    if (figure->bound == FIGURE_EXACT && figure->direction)
        figure->bound = leading_bound(sentence, before);
}

/* 不低于总投资的20%, 最高给予每户500元: the bound stands further ahead. Moves *phrase and *named to what is
 * left of the name. */
static void read_bound_within(struct finder *finder, const struct quantity *quantity,
                              struct figure *figure, struct text *phrase, size_t *named)
{
    bool share = finder_is_share(quantity);
    size_t limit = *named, limited = 0;
    enum figure_bound within = leading_bound_within(*phrase, share, &limit, &limited);
    if (figure->bound != FIGURE_EXACT || within == FIGURE_EXACT)
        return;
    figure->bound = within;
    if (!share)
        return;
    bool given = scan_before(*phrase, limit, TEXT("给予")); /* 给予不超过总投资20% */
    if (!given && measure_before(*phrase, 0, limit, &finder->words, true).length)
        *named = limit;
    else if (limited < *named) {
        *phrase = scan_rest(*phrase, limited);
        *named -= limited;
    }
}

/* Which measure the next figure may go on with: not that of a share or a change. */
static void remember(struct finder *finder, const struct quantity *quantity,
                     const struct figure *figure, struct text phrase)
{
    bool share = finder_is_share(quantity) && finder_share_in(finder, phrase) != TEXT_NONE;
    if ((figure->direction || share || finder->derived) && finder->last.length)
        return;
    finder->last = figure->measure;
    finder->last_unit = quantity->unit;
}

static struct text name_of(struct finder *finder, const struct quantity *quantity,
                           const struct figure *figure, struct text phrase, size_t named,
                           struct text rate)
{
    size_t end = (size_t)(phrase.data - finder->sentence.data) + named;
    struct text measure = finder_measure(finder, quantity, phrase, end, figure->bound);
    bool behind = finder->used > quantity->end;
    if (rate.length && !behind) {
        finder->derived |= !measure.length;
        measure = finder_join(finder, measure.length ? measure : finder->last, rate);
    }
    return measure.length ? measure : finder->last; /* 增加值2882.4亿元，同比增长5.2% */
}

static void store(struct finder *finder, const struct quantity *quantity, struct figure *figure)
{
    figure->time = finder->time;
    figure->year = finder->year;
    figure->start =
        source_of(finder, quantity->start, quantity->end - quantity->start, &figure->length);
    figure->sentence_start =
        source_of(finder, 0, finder->sentence.length, &figure->sentence_length);
    if (finder->failed || !arena_grow(finder->arena, &finder->out->figures, finder->out->count,
                                      &finder->out->capacity, sizeof(*figure)))
        finder->failed = true;
    else
        finder->out->figures[finder->out->count++] = *figure;
}

/* 4.5万元、3.6万元入职奖补: what stands behind the last of them is of all. */
static void name_those_before(struct finder *finder, const struct figure *figure)
{
    for (size_t i = finder->out->count; i > finder->series.sentence; i--) {
        struct figure *before = &finder->out->figures[i - 1];
        if (before->measure.length || !text_equal(before->unit, figure->unit))
            break;
        before->measure = figure->measure;
    }
}

static void add(struct finder *finder, const struct quantity *quantity)
{
    struct figure figure = { .low = quantity->low, .high = quantity->high };
    size_t before = quantity->start, floor = finder->used;
    struct text rate;
    read_lead(finder, quantity, &figure, &before, &rate);
    size_t clause = measure_clause(finder->sentence, floor < before ? floor : before, before);
    struct text phrase = text_slice(finder->sentence, clause, before - clause);
    bool goes_on = finder_continues(finder, quantity);
    size_t named = read_change(finder, quantity, phrase, &figure);
    if (figure.bound == FIGURE_EXACT)
        figure.bound = bound_behind(quantity);
    if (goes_on && !figure.direction)
        inherit(finder, &figure);
    read_bound_within(finder, quantity, &figure, &phrase, &named);
    if (!goes_on)
        begin_series(finder, phrase, named);
    figure.measure = name_of(finder, quantity, &figure, phrase, named, rate);
    remember(finder, quantity, &figure, phrase);
    figure.unit = finder_keep(finder, quantity->unit);
    if (goes_on)
        name_those_before(finder, &figure);
    store(finder, quantity, &figure);
}

/* ---- sentences ---- */

/* "1." "(2)" at the start of a sentence. */
static size_t marker(struct text sentence)
{
    size_t at = scan_at(sentence, 0, TEXT("(")), digits = at;
    while (scan_digit(sentence, at))
        at++;
    if (at == digits || at > digits + 3)
        return 0;
    bool ends = scan_at(sentence, at, TEXT("、")) || scan_at(sentence, at, TEXT(")")) ||
                (scan_at(sentence, at, TEXT(".")) && !scan_digit(sentence, at + 1));
    return ends ? at : 0;
}

static void read_sentence(struct finder *finder)
{
    struct text sentence = finder->sentence;
    finder->used = finder->year_count = 0;
    finder->last = (struct text) { NULL, 0 };
    finder->series =
        (struct series) { .first = finder->out->count, .sentence = finder->out->count };
    for (size_t at = marker(sentence); at < sentence.length && !finder->failed;) {
        struct quantity quantity;
        size_t time = read_time(finder, at), next;
        if (time) {
            at += time;
            continue;
        }
        if (quantity_read(sentence, at, &quantity, &next)) {
            add(finder, &quantity);
            at = quantity.end;
        } else
            at = next;
    }
    end_series(finder);
}

static enum status find_words(struct text normal, const struct lexicon *lexicon,
                              struct arena *arena, struct scan_words *out, struct error *error)
{
    struct word_list words = { 0 };
    bool *inside = ARENA_ARRAY(arena, bool, normal.length + 1);
    if (!inside)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = segmenter_cut(lexicon, normal, arena, &words, error);
    for (size_t i = 0; i < words.count && !status; i++)
        for (uint32_t j = 1; j < words.words[i].length; j++)
            inside[words.words[i].offset + j] = true;
    *out = (struct scan_words) { normal.data, normal.length, inside };
    return status;
}

enum status figures_find(struct text text, const struct lexicon *lexicon,
                         struct normalized *scratch, struct arena *arena, struct figure_list *out,
                         struct error *error)
{
    enum status status = normalizer_run(lexicon, text, scratch, error);
    if (status)
        return status;
    struct text normal = arena_text(arena, buffer_text(&scratch->text));
    struct finder finder = {
        .normalized = scratch, .arena = arena, .out = out, .failed = !normal.data
    };
    if (!finder.failed)
        status = find_words(normal, lexicon, arena, &finder.words, error);
    if (status)
        return status;
    for (size_t at = 0, end; at < normal.length && !finder.failed; at = end) {
        end = sentence_end(normal, at);
        finder.sentence = text_slice(normal, at, end - at);
        finder.offset = at;
        finder.time = FIGURE_UNDATED;
        read_sentence(&finder);
    }
    if (finder.failed)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}
