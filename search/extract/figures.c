/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/figures.h"

#include "indexer/analysis/segmenter.h"
#include "search/extract/leading.h"
#include "search/extract/measure.h"
#include "search/extract/sentences.h"
#include "search/extract/series.h"
#include "search/extract/verbs.h"

struct finder {
    const struct normalized *normalized;
    struct arena *arena;
    struct figure_list *out;
    struct text sentence; /* normalised */
    size_t offset;        /* of it in the normalised text */
    size_t used;          /* bytes of it that belong to figures before */
    enum figure_time time;
    unsigned year;
    struct text last, last_unit; /* what the figure before measures, and in what */
    bool derived;                /* this one: 隐患整改 */
    struct series series;
    unsigned years[SERIES_YEARS]; /* that stand in a row */
    size_t year_count, years_end;
    struct scan_words words;
    bool failed;
};

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

/* ---- one figure ---- */

static size_t source_of(const struct finder *finder, size_t start, size_t length, size_t *out)
{
    uint32_t offset, bytes;
    normalized_source(finder->normalized, finder->offset + start, length, &offset, &bytes);
    *out = bytes;
    return offset;
}

static struct text keep(struct finder *finder, struct text text)
{
    struct text kept = text.length ? arena_text(finder->arena, text) : (struct text) { NULL, 0 };
    finder->failed |= text.length && !kept.data;
    return kept;
}

static struct text joined(struct finder *finder, struct text measure, struct text rest)
{
    struct text both = arena_printf(finder->arena, "%.*s%.*s", TEXT_ARG(measure), TEXT_ARG(rest));
    finder->failed |= !both.data;
    return both;
}

/* Nothing but 和 or 、 is between this one and the one before, which has the same unit. */
static bool continues(const struct finder *finder, const struct quantity *quantity)
{
    static const struct text AND[] = { TEXT_INIT("和"), TEXT_INIT("、"), TEXT_INIT("及"),
                                       TEXT_INIT("") };
    size_t between = scan_any_before(finder->sentence, quantity->start, AND);
    return between && finder->used && quantity->start - between == finder->used &&
           text_equal(finder->out->figures[finder->out->count - 1].unit, quantity->unit);
}

static bool is_share(const struct quantity *quantity)
{
    return text_equal(quantity->unit, TEXT("%")) || text_equal(quantity->unit, TEXT("‰"));
}

/* Where 占 of 占全市的44.5% stands in the phrase. */
static size_t share_in(const struct finder *finder, struct text phrase)
{
    static const struct text OTHER[] = { TEXT_INIT("占地"), TEXT_INIT("占用"), TEXT_INIT("占道"),
                                         TEXT_INIT("占领"), TEXT_INIT("占据"), TEXT_INIT("占有"),
                                         TEXT_INIT("") };
    size_t at = text_find_last(phrase, TEXT("占"));
    return at == TEXT_NONE || scan_any_at(phrase, at, OTHER) ||
                   scan_cuts(&finder->words, phrase.data + at)
               ? TEXT_NONE
               : at;
}

/* 占全市的44.5% is a share of what was said before, 外路占28.6% of what stands before 占. */
static struct text share_of(struct finder *finder, struct text phrase, size_t at)
{
    struct text whole = measure_before(phrase, 0, at, &finder->words, true);
    size_t start = (size_t)(phrase.data - finder->sentence.data);
    if (!whole.length && scan_before(finder->sentence, start, TEXT("("))) { /* 遮阴少(占31%) */
        size_t end = start - 1;
        whole = measure_before(finder->sentence, measure_clause(finder->sentence, 0, end), end,
                               &finder->words, true);
    }
    struct text named = scan_rest(phrase, at);
    bool ratio = text_contains(named, TEXT("比重")) || text_contains(named, TEXT("比例"));
    if (!whole.length)
        whole = finder->last;
    if (!whole.length || ratio)
        return joined(finder, whole, measure_before(named, 0, named.length, &finder->words, true));
    return joined(finder, whole, TEXT("占比"));
}

/* 27.6%的小微企业: the share of these; 10%的补贴 is no share of anything named. */
static struct text part_of(struct finder *finder, const struct quantity *quantity, size_t *end)
{
    static const struct text AMOUNTS[] = {
        TEXT_INIT("补贴"), TEXT_INIT("补助"), TEXT_INIT("奖励"), TEXT_INIT("贴息"),
        TEXT_INIT("标准"), TEXT_INIT("比例"), TEXT_INIT("资金"), TEXT_INIT("速度"),
        TEXT_INIT("率"),   TEXT_INIT("增速"), TEXT_INIT("增幅"), TEXT_INIT("幅度"),
        TEXT_INIT("目标"), TEXT_INIT("水平"), TEXT_INIT(""),
    };
    struct text name = measure_of_which(finder->sentence, quantity, &finder->words);
    if (!name.length)
        return name;
    *end = (size_t)(name.data - finder->sentence.data) + name.length;
    bool amount = scan_any_before(name, name.length, AMOUNTS) > 0;
    return is_share(quantity) && !amount ? joined(finder, name, TEXT("占比")) : keep(finder, name);
}

/* 整改398条 after 隐患412条; 新增8个 after 驿站12个. */
static struct text of_the_last(struct finder *finder, struct text measure,
                               const struct quantity *quantity)
{
    struct verb verb = measure.length ? verb_at(&finder->words, measure, 0) : (struct verb) { 0 };
    if (!measure.length || verb.length < measure.length || verb.naming || !finder->last.length ||
        !text_equal(quantity->unit, finder->last_unit))
        return measure;
    finder->derived = true;
    return verb.joins ? joined(finder, measure, finder->last)
                      : joined(finder, finder->last, measure);
}

/* What the words from `start` to `end` before the number, and those behind it, say it measures. */
static struct text measure_of(struct finder *finder, const struct quantity *quantity,
                              struct text phrase, size_t end, enum figure_bound bound)
{
    struct text sentence = finder->sentence;
    size_t start = (size_t)(phrase.data - sentence.data), used;
    struct text behind = measure_behind(sentence, quantity, &finder->words);
    finder->used = quantity->end;
    finder->derived = false;
    if (!behind.length)
        behind = measure_money(sentence, quantity, &finder->words);
    bool counted = text_ends_with(quantity->unit, TEXT("次"));
    struct text before = measure_before(sentence, start, end, &finder->words, counted);
    if (behind.length) {
        finder->used = (size_t)(behind.data - sentence.data) + behind.length;
        bool more = text_equal(before, TEXT("新增")) || text_equal(before, TEXT("净增"));
        return more ? joined(finder, before, behind) : keep(finder, behind);
    }
    size_t share = is_share(quantity) ? share_in(finder, phrase) : TEXT_NONE;
    if (share != TEXT_NONE)
        return share_of(finder, phrase, share);
    struct verb verb = before.length ? verb_at(&finder->words, before, 0) : (struct verb) { 0 };
    bool governed = verb.length && verb.length == before.length && !verb.naming;
    if (!before.length || governed || (!is_share(quantity) && bound == FIGURE_UNDER))
        behind = part_of(finder, quantity, &used);
    if (!behind.length)
        return keep(finder, of_the_last(finder, before, quantity));
    finder->used = used;
    return behind;
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
    } else if (is_share(quantity) || text_equal(quantity->unit, TEXT("个百分点"))) {
        figure->direction = leading_distance(phrase, &named);
        basis = scan_rest(phrase, named); /* 高于全省平均水平 */
    } else
        figure->direction = leading_verb(phrase);
    figure->basis = keep(finder, basis);
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

static void add(struct finder *finder, const struct quantity *quantity)
{
    struct text sentence = finder->sentence;
    size_t before = quantity->start, floor = finder->used;
    struct figure figure = { .low = quantity->low, .high = quantity->high };
    figure.bound = leading_bound(sentence, &before);
    struct text rate = leading_rate(sentence, &before);
    if (figure.bound == FIGURE_EXACT)
        figure.bound = leading_bound(sentence, &before);
    figure.direction = leading_direction(sentence, &before);
    if (quantity->grows)
        figure.direction = 1;
    if (figure.bound == FIGURE_EXACT && figure.direction)
        figure.bound = leading_bound(sentence, &before);
    size_t clause = measure_clause(sentence, floor < before ? floor : before, before);
    struct text phrase = text_slice(sentence, clause, before - clause);
    bool goes_on = continues(finder, quantity);
    size_t named = read_change(finder, quantity, phrase, &figure);
    if (figure.bound == FIGURE_EXACT)
        figure.bound = bound_behind(quantity);
    if (goes_on && !figure.direction)
        inherit(finder, &figure);
    size_t limit = named, limited = 0;
    enum figure_bound within = leading_bound_within(phrase, is_share(quantity), &limit, &limited);
    if (figure.bound == FIGURE_EXACT && within != FIGURE_EXACT) {
        figure.bound = within;
        bool given = scan_before(phrase, limit, TEXT("给予")); /* 给予不超过总投资20% */
        if (is_share(quantity) && !given &&
            measure_before(phrase, 0, limit, &finder->words, true).length)
            named = limit;
        else if (is_share(quantity) && limited < named) {
            phrase = scan_rest(phrase, limited);
            named -= limited;
        }
    }
    if (!goes_on)
        begin_series(finder, phrase, named);
    struct text measure = measure_of(finder, quantity, phrase,
                                     (size_t)(phrase.data - sentence.data) + named, figure.bound);
    bool behind = finder->used > quantity->end;
    if (rate.length && !behind) {
        finder->derived |= !measure.length;
        measure = joined(finder, measure.length ? measure : finder->last, rate);
    }
    if (!measure.length)
        measure = finder->last; /* 增加值2882.4亿元，同比增长5.2% */
    bool share = is_share(quantity) && share_in(finder, phrase) != TEXT_NONE;
    if ((!figure.direction && !share && !finder->derived) || !finder->last.length) {
        finder->last = measure;
        finder->last_unit = quantity->unit;
    }
    figure.measure = measure;
    figure.unit = keep(finder, quantity->unit);
    figure.time = finder->time;
    figure.year = finder->year;
    figure.start =
        source_of(finder, quantity->start, quantity->end - quantity->start, &figure.length);
    figure.sentence_start = source_of(finder, 0, sentence.length, &figure.sentence_length);
    if (finder->failed || !arena_grow(finder->arena, &finder->out->figures, finder->out->count,
                                      &finder->out->capacity, sizeof(figure))) {
        finder->failed = true;
        return;
    }
    finder->out->figures[finder->out->count++] = figure;
}

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
