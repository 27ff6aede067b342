/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/leading.h"

static enum figure_bound one_bound(struct text text, size_t *at)
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
        TEXT_INIT("最高"),   TEXT_INIT("最多"),   TEXT_INIT("最长"),   TEXT_INIT("最大"),
        TEXT_INIT("上限为"), TEXT_INIT("不多于"), TEXT_INIT("不长于"), TEXT_INIT(""),
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

enum figure_bound leading_bound(struct text text, size_t *at)
{
    enum figure_bound bound = one_bound(text, at);
    size_t before = *at;
    while (bound != FIGURE_EXACT && one_bound(text, &before) == bound) /* 最高不超过 */
        *at = before;
    return bound;
}

enum figure_bound leading_bound_within(struct text phrase, bool share, size_t *at, size_t *end)
{
    static const struct {
        struct text word;
        enum figure_bound bound;
        bool share; /* only of a share of something: 不低于总投资的20% */
    } WORDS[] = {
        { TEXT_INIT("不低于"), FIGURE_OVER, true },
        { TEXT_INIT("不少于"), FIGURE_OVER, true },
        { TEXT_INIT("不超过"), FIGURE_UNDER, true },
        { TEXT_INIT("不高于"), FIGURE_UNDER, true },
        { TEXT_INIT("不多于"), FIGURE_UNDER, true },
        { TEXT_INIT("至少"), FIGURE_OVER, false },
        { TEXT_INIT("最高给予"), FIGURE_UNDER, false },
        { TEXT_INIT("最高奖励"), FIGURE_UNDER, false },
        { TEXT_INIT("最高补助"), FIGURE_UNDER, false },
        { TEXT_INIT("最高补贴"), FIGURE_UNDER, false },
    };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(*WORDS); i++) {
        size_t found = text_find_last(phrase, WORDS[i].word);
        if (found == TEXT_NONE || (WORDS[i].share && !share))
            continue;
        *at = found;
        *end = found + WORDS[i].word.length;
        return WORDS[i].bound;
    }
    return FIGURE_EXACT;
}

/* 不高于每晚10元: the bound stands before what the amount is for. Moves *at before 每晚. */
struct text leading_rate(struct text text, size_t *at)
{
    static const struct text EACH[] = {
        TEXT_INIT("天"),       TEXT_INIT("日"),   TEXT_INIT("晚"),     TEXT_INIT("周"),
        TEXT_INIT("月"),       TEXT_INIT("年"),   TEXT_INIT("次"),     TEXT_INIT("人"),
        TEXT_INIT("户"),       TEXT_INIT("亩"),   TEXT_INIT("吨"),     TEXT_INIT("床"),
        TEXT_INIT("张"),       TEXT_INIT("个"),   TEXT_INIT("家"),     TEXT_INIT("生"),
        TEXT_INIT("餐"),       TEXT_INIT("台"),   TEXT_INIT("辆"),     TEXT_INIT("度"),
        TEXT_INIT("小时"),     TEXT_INIT("套"),   TEXT_INIT("项"),     TEXT_INIT("架次"),
        TEXT_INIT("学期"),     TEXT_INIT("趟"),   TEXT_INIT("班"),     TEXT_INIT("门"),
        TEXT_INIT("平方公里"), TEXT_INIT("公里"), TEXT_INIT("平方米"), TEXT_INIT("示范点"),
        TEXT_INIT("季度"),     TEXT_INIT("所"),   TEXT_INIT(""),
    };
    size_t end = *at, start = end;
    for (size_t unit; (unit = scan_any_before(text, start, EACH)) > 0 &&
                      scan_before(text, start - unit, TEXT("每"));)
        start -= unit + 3;
    *at = start;
    return text_slice(text, start, end - start);
}

/* 比去年同期多: a bare 多 is a change only where something is compared. */
static int compared(struct text text, size_t *at)
{
    bool more = scan_before(text, *at, TEXT("多")) || scan_before(text, *at, TEXT("快"));
    if (!more && !scan_before(text, *at, TEXT("少")) && !scan_before(text, *at, TEXT("慢")))
        return 0;
    size_t start = 0, comma = text_find_last(text_slice(text, 0, *at), TEXT(","));
    if (comma != TEXT_NONE)
        start = comma;
    struct text clause = text_slice(text, start, *at - start);
    if (!text_contains(clause, TEXT("比")) && !text_contains(clause, TEXT("较")))
        return 0;
    *at -= TEXT("多").length;
    return more ? 1 : -1;
}

/* 增长了, 下降; with 到 or 至 behind it the number is a level. */
int leading_direction(struct text text, size_t *at)
{
    static const struct text UP[] = {
        TEXT_INIT("增长"),   TEXT_INIT("增加"),   TEXT_INIT("提高"),   TEXT_INIT("提升"),
        TEXT_INIT("上升"),   TEXT_INIT("上涨"),   TEXT_INIT("扩大"),   TEXT_INIT("增幅"),
        TEXT_INIT("增速"),   TEXT_INIT("上调"),   TEXT_INIT("增速为"), TEXT_INIT("增幅为"),
        TEXT_INIT("增幅达"), TEXT_INIT("增速达"), TEXT_INIT("增"),     TEXT_INIT("翻"),
        TEXT_INIT("延长"),   TEXT_INIT("上浮"),   TEXT_INIT(""),
    };
    static const struct text DOWN[] = {
        TEXT_INIT("下降"), TEXT_INIT("减少"),   TEXT_INIT("降低"),   TEXT_INIT("压减"),
        TEXT_INIT("缩短"), TEXT_INIT("回落"),   TEXT_INIT("缩减"),   TEXT_INIT("压缩"),
        TEXT_INIT("下调"), TEXT_INIT("收窄"),   TEXT_INIT("下浮"),   TEXT_INIT("下跌"),
        TEXT_INIT("降幅"), TEXT_INIT("降幅为"), TEXT_INIT("降幅达"), TEXT_INIT("跌幅"),
        TEXT_INIT("降"),   TEXT_INIT(""),
    };
    size_t end = *at;
    if (scan_before(text, end, TEXT("了")))
        end -= 3;
    size_t up = scan_any_before(text, end, UP), down = scan_any_before(text, end, DOWN);
    static const struct text JOINED[] = { TEXT_INIT("新增"), TEXT_INIT("净增"), TEXT_INIT("") };
    if (scan_any_before(text, end, JOINED)) /* 新增8个 is a level */
        return 0;
    if (!up && !down)
        return compared(text, at);
    *at = end - (up > down ? up : down);
    return up > down ? 1 : -1;
}

#define BASIS_MAX 12 /* code points */

/* 同比, or 较上年, 比2020年: what the clause before the verb compares with. */
struct text leading_basis(struct text clause, const struct scan_words *words)
{
    static const struct text WORDS[] = { TEXT_INIT("同比"), TEXT_INIT("环比"), TEXT_INIT("年均"),
                                         TEXT_INIT("") };
    static const struct text THAN[] = { TEXT_INIT("较"), TEXT_INIT("比"), TEXT_INIT("") };
    for (size_t at = clause.length; at > 0;) {
        at = utf8_boundary(clause, at - 1);
        size_t word = scan_any_at(clause, at, WORDS);
        if (word)
            return text_slice(clause, at, word);
        if (!scan_word_at(words, clause, at, THAN) || scan_cuts(words, clause.data + at))
            continue;
        struct text basis = scan_rest(clause, at);
        size_t count = utf8_count(basis);
        return count > 2 && count <= BASIS_MAX ? basis : (struct text) { NULL, 0 };
    }
    return (struct text) { NULL, 0 };
}

/* 高于全省平均水平|0.7个百分点 */
int leading_distance(struct text phrase, size_t *at)
{
    static const struct {
        struct text word;
        int direction;
    } WORDS[] = {
        { TEXT_INIT("高于"), 1 },  { TEXT_INIT("快于"), 1 },  { TEXT_INIT("多于"), 1 },
        { TEXT_INIT("优于"), 1 },  { TEXT_INIT("低于"), -1 }, { TEXT_INIT("慢于"), -1 },
        { TEXT_INIT("少于"), -1 },
    };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(*WORDS); i++) {
        size_t found = text_find_last(phrase, WORDS[i].word);
        if (found == TEXT_NONE || scan_before(phrase, found, TEXT("不")))
            continue;
        *at = found;
        return WORDS[i].direction;
    }
    return 0;
}

int leading_verb(struct text phrase)
{
    static const struct text SKIPPED[] = { TEXT_INIT("可"), TEXT_INIT("年可"), TEXT_INIT("累计"),
                                           TEXT_INIT("共"), TEXT_INIT("") };
    size_t at = scan_any_at(phrase, 0, SKIPPED);
    int direction = scan_at(phrase, at, TEXT("减少"))   ? -1
                    : scan_at(phrase, at, TEXT("增加")) ? 1
                                                        : 0;
    struct text rest = direction ? scan_rest(phrase, at + TEXT("减少").length) : phrase;
    bool level = scan_at(rest, 0, TEXT("到")) || scan_at(rest, 0, TEXT("至"));
    return rest.length && !level ? direction : 0;
}
