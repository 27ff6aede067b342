/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a figure measures: the name behind its measure word, what a share is of, or the phrase before
 * it; when these say nothing, what the figure before it measures. */
#include "search/extract/finder.h"
#include "search/extract/measure.h"
#include "search/extract/verbs.h"

struct text finder_keep(struct finder *finder, struct text text)
{
    struct text kept = text.length ? arena_text(finder->arena, text) : (struct text) { NULL, 0 };
    finder->failed |= text.length && !kept.data;
    return kept;
}

struct text finder_join(struct finder *finder, struct text measure, struct text rest)
{
    struct text both = arena_printf(finder->arena, "%.*s%.*s", TEXT_ARG(measure), TEXT_ARG(rest));
    finder->failed |= !both.data;
    return both;
}

bool finder_continues(const struct finder *finder, const struct quantity *quantity)
{
    static const struct text AND[] = { TEXT_INIT("和"), TEXT_INIT("、"), TEXT_INIT("及"),
                                       TEXT_INIT("") };
    size_t between = scan_any_before(finder->sentence, quantity->start, AND);
    return between && finder->used && quantity->start - between == finder->used &&
           text_equal(finder->out->figures[finder->out->count - 1].unit, quantity->unit);
}

bool finder_is_share(const struct quantity *quantity)
{
    return text_equal(quantity->unit, TEXT("%")) || text_equal(quantity->unit, TEXT("‰"));
}

size_t finder_share_in(const struct finder *finder, struct text phrase)
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
        return finder_join(finder, whole,
                           measure_before(named, 0, named.length, &finder->words, true));
    return finder_join(finder, whole, TEXT("占比"));
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
    return finder_is_share(quantity) && !amount ? finder_join(finder, name, TEXT("占比"))
                                                : finder_keep(finder, name);
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
    return verb.joins ? finder_join(finder, measure, finder->last)
                      : finder_join(finder, finder->last, measure);
}

struct text finder_measure(struct finder *finder, const struct quantity *quantity,
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
        return more ? finder_join(finder, before, behind) : finder_keep(finder, behind);
    }
    size_t share = finder_is_share(quantity) ? finder_share_in(finder, phrase) : TEXT_NONE;
    if (share != TEXT_NONE)
        return share_of(finder, phrase, share);
    struct verb verb = before.length ? verb_at(&finder->words, before, 0) : (struct verb) { 0 };
    bool governed = verb.length && verb.length == before.length && !verb.naming;
    if (!before.length || governed || (!finder_is_share(quantity) && bound == FIGURE_UNDER))
        behind = part_of(finder, quantity, &used);
    if (!behind.length)
        return finder_keep(finder, of_the_last(finder, before, quantity));
    finder->used = used;
    return behind;
}
