/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/figures.h"

#include "indexer/analysis/segmenter.h"
#include "search/extract/measure.h"
#include "search/extract/scan.h"
#include "search/extract/sentences.h"

struct finder {
    const struct normalized *normalized;
    struct arena *arena;
    struct figure_list *out;
    struct text sentence; /* normalised */
    size_t offset;        /* of it in the normalised text */
    size_t used;          /* bytes of it that belong to figures before */
    enum figure_time time;
    unsigned year;
    struct text last; /* what the figure before measures */
    struct scan_words words;
    bool failed;
};

const char *figure_bound_name(enum figure_bound bound)
{
    static const char *const NAMES[] = { "exact", "about", "over", "under" };
    return NAMES[bound];
}

/* ---- words before the number ---- */

static enum figure_bound bound_before(struct text text, size_t *at)
{
    static const struct text ABOUT[] = { TEXT_INIT("约"),   TEXT_INIT("大约"), TEXT_INIT("近"),
                                         TEXT_INIT("将近"), TEXT_INIT("接近"), TEXT_INIT("约为"),
                                         TEXT_INIT("") };
    static const struct text OVER[] = {
        TEXT_INIT("超过"), TEXT_INIT("超"),     TEXT_INIT("突破"),       TEXT_INIT("逾"),
        TEXT_INIT("至少"), TEXT_INIT("不少于"), TEXT_INIT("不低于"),     TEXT_INIT("高于"),
        TEXT_INIT("多于"), TEXT_INIT("大于"),   TEXT_INIT("达到或超过"), TEXT_INIT("不小于"),
        TEXT_INIT(""),
    };
    static const struct text UNDER[] = {
        TEXT_INIT("不超过"), TEXT_INIT("不高于"), TEXT_INIT("低于"),   TEXT_INIT("少于"),
        TEXT_INIT("小于"),   TEXT_INIT("不足"),   TEXT_INIT("不大于"), TEXT_INIT("不到"),
        TEXT_INIT("最高"),   TEXT_INIT("最多"),   TEXT_INIT(""),
    };
    size_t about = scan_any_before(text, *at, ABOUT), over = scan_any_before(text, *at, OVER),
           under = scan_any_before(text, *at, UNDER);
    enum figure_bound bound = under > over && under > about ? FIGURE_UNDER
                              : over > about                ? FIGURE_OVER
                              : about                       ? FIGURE_ABOUT
                                                            : FIGURE_EXACT;
    *at -= under > over && under > about ? under : over > about ? over : about;
    return bound;
}

/* 不高于每晚10元: the bound stands before what the amount is for. Moves *at before 每晚. */
static struct text rate_before(struct text text, size_t *at)
{
    static const struct text EACH[] = {
        TEXT_INIT("天"),   TEXT_INIT("日"), TEXT_INIT("晚"), TEXT_INIT("周"),   TEXT_INIT("月"),
        TEXT_INIT("年"),   TEXT_INIT("次"), TEXT_INIT("人"), TEXT_INIT("户"),   TEXT_INIT("亩"),
        TEXT_INIT("吨"),   TEXT_INIT("床"), TEXT_INIT("张"), TEXT_INIT("个"),   TEXT_INIT("家"),
        TEXT_INIT("生"),   TEXT_INIT("餐"), TEXT_INIT("台"), TEXT_INIT("辆"),   TEXT_INIT("度"),
        TEXT_INIT("小时"), TEXT_INIT("套"), TEXT_INIT("项"), TEXT_INIT("架次"), TEXT_INIT("学期"),
        TEXT_INIT(""),
    };
    size_t end = *at, start = end;
    for (size_t unit; (unit = scan_any_before(text, start, EACH)) > 0 &&
                      scan_before(text, start - unit, TEXT("每"));)
        start -= unit + 3;
    *at = start;
    return text_slice(text, start, end - start);
}

/* 增长了, 下降; with 到 or 至 behind it the number is a level. */
static int direction_before(struct text text, size_t *at)
{
    static const struct text UP[] = {
        TEXT_INIT("增长"),   TEXT_INIT("增加"),   TEXT_INIT("提高"),   TEXT_INIT("提升"),
        TEXT_INIT("上升"),   TEXT_INIT("上涨"),   TEXT_INIT("扩大"),   TEXT_INIT("增幅"),
        TEXT_INIT("增速"),   TEXT_INIT("上调"),   TEXT_INIT("增速为"), TEXT_INIT("增幅为"),
        TEXT_INIT("增幅达"), TEXT_INIT("增速达"), TEXT_INIT("增"),     TEXT_INIT("翻"),
        TEXT_INIT(""),
    };
    static const struct text DOWN[] = {
        TEXT_INIT("下降"),   TEXT_INIT("减少"), TEXT_INIT("降低"), TEXT_INIT("压减"),
        TEXT_INIT("缩短"),   TEXT_INIT("回落"), TEXT_INIT("缩减"), TEXT_INIT("压缩"),
        TEXT_INIT("下调"),   TEXT_INIT("下跌"), TEXT_INIT("降幅"), TEXT_INIT("降幅为"),
        TEXT_INIT("降幅达"), TEXT_INIT("跌幅"), TEXT_INIT("降"),   TEXT_INIT(""),
    };
    size_t end = *at;
    if (scan_before(text, end, TEXT("了")))
        end -= 3;
    size_t up = scan_any_before(text, end, UP), down = scan_any_before(text, end, DOWN);
    if ((!up && !down) || scan_before(text, end, TEXT("新增"))) /* 新增8个 is a level */
        return 0;
    *at = end - (up > down ? up : down);
    return up > down ? 1 : -1;
}

#define BASIS_MAX 12 /* code points */

/* 同比, or 较上年, 比2020年: what the clause before the verb compares with. */
static struct text basis_in(const struct finder *finder, struct text clause)
{
    static const struct text WORDS[] = { TEXT_INIT("同比"), TEXT_INIT("环比"), TEXT_INIT("年均"),
                                         TEXT_INIT("") };
    static const struct text THAN[] = { TEXT_INIT("较"), TEXT_INIT("比"), TEXT_INIT("") };
    for (size_t at = clause.length; at > 0;) {
        at = utf8_boundary(clause, at - 1);
        size_t word = scan_any_at(clause, at, WORDS);
        if (word)
            return text_slice(clause, at, word);
        if (!scan_word_at(&finder->words, clause, at, THAN) ||
            scan_cuts(&finder->words, clause.data + at))
            continue;
        struct text basis = scan_rest(clause, at);
        size_t count = utf8_count(basis);
        return count > 2 && count <= BASIS_MAX ? basis : (struct text) { NULL, 0 };
    }
    return (struct text) { NULL, 0 };
}

/* ---- years ---- */

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
    static const struct text THAN[] = { TEXT_INIT("较"), TEXT_INIT("比"), TEXT_INIT("") };
    size_t end = quantity_year(finder->sentence, at, &year);
    bool compared = scan_any_before(finder->sentence, at, THAN) > 0;
    if (end && !compared && !scan_any_at(finder->sentence, end, BOUNDS)) {
        finder->time = FIGURE_YEAR;
        finder->year = year;
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

/* 占44.5% is a share of what was said before. */
static struct text share_of(struct finder *finder, struct text whole)
{
    struct text share = arena_printf(finder->arena, "%.*s占比", TEXT_ARG(whole));
    finder->failed |= !share.data;
    return share;
}

static struct text with_rate(struct finder *finder, struct text measure, struct text rate)
{
    struct text both = arena_printf(finder->arena, "%.*s%.*s", TEXT_ARG(measure), TEXT_ARG(rate));
    finder->failed |= !both.data;
    return both;
}

/* 四级以下等外路占28.6% */
static bool ends_in_share(struct text phrase)
{
    static const struct text ENDS[] = { TEXT_INIT("占"),       TEXT_INIT("占全市"),
                                        TEXT_INIT("只占"),     TEXT_INIT("占比"),
                                        TEXT_INIT("占全省"),   TEXT_INIT("占到"),
                                        TEXT_INIT("占比达"),   TEXT_INIT("占全市的"),
                                        TEXT_INIT("占总数的"), TEXT_INIT("") };
    return scan_any_before(phrase, phrase.length, ENDS) > 0;
}

static struct text measure_of(struct finder *finder, const struct quantity *quantity,
                              size_t phrase_end)
{
    struct text sentence = finder->sentence;
    struct text behind = measure_behind(sentence, quantity, &finder->words);
    if (!behind.length)
        behind = measure_money(sentence, quantity);
    if (behind.length) {
        finder->used = (size_t)(behind.data - sentence.data) + behind.length;
        return keep(finder, behind);
    }
    finder->used = quantity->end;
    return (struct text) { NULL, phrase_end };
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

static void add(struct finder *finder, const struct quantity *quantity)
{
    struct text sentence = finder->sentence;
    size_t before = quantity->start, floor = finder->used;
    struct figure figure = { .low = quantity->low, .high = quantity->high };
    struct text rate = rate_before(sentence, &before);
    size_t bare = before;
    figure.bound = bound_before(sentence, &before);
    if (rate.length && before == bare) { /* 每人每月400元 */
        before = quantity->start;
        rate.length = 0;
    }
    figure.direction = direction_before(sentence, &before);
    size_t clause = measure_clause(sentence, floor < before ? floor : before, before);
    struct text phrase = text_slice(sentence, clause, before - clause);
    size_t named = before; /* where what the phrase measures ends */
    if (figure.direction) {
        struct text basis = basis_in(finder, phrase);
        figure.basis = keep(finder, basis);
        if (basis.length)
            named = (size_t)(basis.data - sentence.data);
    } else if (continues(finder, quantity)) { /* 提高4.6个和6.1个百分点 */
        figure.direction = finder->out->figures[finder->out->count - 1].direction;
        figure.basis = finder->out->figures[finder->out->count - 1].basis;
    }
    if (figure.bound == FIGURE_EXACT && figure.direction)
        figure.bound = bound_before(sentence, &before);
    if (figure.bound == FIGURE_EXACT)
        figure.bound = quantity->more    ? FIGURE_OVER
                       : quantity->about ? FIGURE_ABOUT
                       : quantity->less  ? FIGURE_UNDER
                                         : FIGURE_EXACT;
    struct text measure = measure_of(finder, quantity, before);
    bool share = false;
    if (!measure.data && text_ends_with(phrase, TEXT("占")) && utf8_count(phrase) <= 2 &&
        finder->last.length) {
        measure = share_of(finder, finder->last);
        share = true;
    } else if (!measure.data) {
        measure = keep(finder, measure_before(sentence, clause, named, &finder->words));
        if (measure.length && ends_in_share(phrase))
            measure = share_of(finder, measure);
    }
    if (measure.length && rate.length)
        measure = with_rate(finder, measure, rate);
    if (!measure.length)
        measure = finder->last; /* 增加值2882.4亿元，同比增长5.2% */
    if (!share && (!figure.direction || !finder->last.length))
        finder->last = measure;
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
    finder->used = 0;
    finder->last = (struct text) { NULL, 0 };
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
