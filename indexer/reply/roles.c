/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Background, done, or promised? A section's heading says it; where headings are about topics or
 * missing, the words of the text decide, and clear words overrule a heading. */
#include "indexer/reply/headings.h"
#include "indexer/reply/parse.h"

struct cue {
    struct text word;
    enum passage_role role;
    int weight;
};

/* In headings. The first row that is found decides, so promises stand before what they are made
 * of (下步工作举措 is no 工作). */
static const struct cue HEADING_CUES[] = {
    { TEXT_INIT("下步"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("下一步"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("下一阶段"), ROLE_COMMITMENT, 1 }, { TEXT_INIT("今后"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("打算"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("计划"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("后续"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("拟采取"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("工作安排"), ROLE_COMMITMENT, 1 }, { TEXT_INIT("工作思路"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("努力方向"), ROLE_COMMITMENT, 1 }, { TEXT_INIT("改进措施"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("整改"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("困难"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("存在"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("问题"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不足"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("短板"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("难点"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("原因"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("背景"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("基本情况"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("概况"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("发展情况"), ROLE_DONE, 1 },
    { TEXT_INIT("开展情况"), ROLE_DONE, 1 },       { TEXT_INIT("工作情况"), ROLE_DONE, 1 },
    { TEXT_INIT("进展"), ROLE_DONE, 1 },           { TEXT_INIT("成效"), ROLE_DONE, 1 },
    { TEXT_INIT("现状"), ROLE_DONE, 1 },           { TEXT_INIT("已"), ROLE_DONE, 1 },
    { TEXT_INIT("前期"), ROLE_DONE, 1 },           { TEXT_INIT("近年"), ROLE_DONE, 1 },
    { TEXT_INIT("主要做法"), ROLE_DONE, 1 },       { TEXT_INIT("主要措施"), ROLE_DONE, 1 },
    { TEXT_INIT("主要工作"), ROLE_DONE, 1 },       { TEXT_INIT("目前"), ROLE_DONE, 1 },
    { TEXT_INIT("落实情况"), ROLE_DONE, 1 },       { TEXT_INIT("采纳情况"), ROLE_DONE, 1 },
    { TEXT_INIT("情况"), ROLE_DONE, 1 },           { TEXT_INIT("安排"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("举措"), ROLE_COMMITMENT, 1 },
};

/* In the text; 将 alone is no cue: 将老年食堂纳入监管 tells of the past. */
static const struct cue TEXT_CUES[] = {
    { TEXT_INIT("下一步"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("下步"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("今后"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("接下来"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("下一阶段"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("力争"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("拟"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("计划"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("底前"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("年内"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("预计"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("争取"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("我们将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("局将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("委将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("厅将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("部将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("办将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("市将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("县将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("区将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("还将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将继续"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将进一步"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将加"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("将积极"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将会同"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将按"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("将在"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("将于"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将以"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("继续"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("进一步"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("尽快"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("适时"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("已"), ROLE_DONE, 1 },
    { TEXT_INIT("累计"), ROLE_DONE, 2 },
    { TEXT_INIT("截至"), ROLE_DONE, 2 },
    { TEXT_INIT("截止"), ROLE_DONE, 1 },
    { TEXT_INIT("以来"), ROLE_DONE, 2 },
    { TEXT_INIT("现有"), ROLE_DONE, 1 },
    { TEXT_INIT("目前"), ROLE_DONE, 1 },
    { TEXT_INIT("近年"), ROLE_DONE, 2 },
    { TEXT_INIT("去年"), ROLE_DONE, 1 },
    { TEXT_INIT("建成"), ROLE_DONE, 1 },
    { TEXT_INIT("率先"), ROLE_DONE, 1 },
    { TEXT_INIT("位列"), ROLE_DONE, 1 },
    { TEXT_INIT("完成了"), ROLE_DONE, 1 },
    { TEXT_INIT("先后"), ROLE_DONE, 1 },
    { TEXT_INIT("困难"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("问题是"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不足"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("偏低"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("难以"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("仍"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("制约"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("矛盾"), ROLE_BACKGROUND, 1 },
    /* what is wrong */
    { TEXT_INIT("由于"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("尚未"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("尚无"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不具备"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("缺口"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("缺乏"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("短缺"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("薄弱"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("滞后"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("老化"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不高"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不强"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不清"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不均衡"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不平衡"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不够"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不一"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不稳"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不及"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不充分"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不相适应"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("不符合"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("较弱"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("淡薄"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("难度"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("隐患"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("突出"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("原因"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("影响"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("无法"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("没有"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不得"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("不能"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("普遍"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("严重"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("亏损"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("压力"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("风险"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("历史"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("复杂"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("有限"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("存在"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("主要问题"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("差距"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("萎缩"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("所限"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("限制"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("居高不下"), ROLE_BACKGROUND, 2 },
    { TEXT_INIT("规定，"), ROLE_BACKGROUND, 1 },
    /* what was achieved */
    { TEXT_INIT("同比"), ROLE_DONE, 2 },
    { TEXT_INIT("上半年"), ROLE_DONE, 1 },
    { TEXT_INIT("全年"), ROLE_DONE, 1 },
    { TEXT_INIT("被列为"), ROLE_DONE, 2 },
    { TEXT_INIT("被评为"), ROLE_DONE, 2 },
    { TEXT_INIT("荣获"), ROLE_DONE, 2 },
    { TEXT_INIT("入选"), ROLE_DONE, 2 },
    { TEXT_INIT("竣工"), ROLE_DONE, 1 },
    { TEXT_INIT("印发"), ROLE_DONE, 1 },
    { TEXT_INIT("惠及"), ROLE_DONE, 1 },
    { TEXT_INIT("收到"), ROLE_DONE, 1 },
    { TEXT_INIT("稳定在"), ROLE_DONE, 1 },
    { TEXT_INIT("明显"), ROLE_DONE, 1 },
    { TEXT_INIT("基本形成"), ROLE_DONE, 1 },
    /* what is intended */
    { TEXT_INIT("逐步"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("分年度"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("确保"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("坚决"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("会认真"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("会继续"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("后续"), ROLE_COMMITMENT, 2 },
};

#define FUTURE_WEIGHT 3
#define CLEAR 3       /* points that decide alone */
#define OVERRULE 4    /* points that overrule a heading */
#define LEVEL_TOPIC 2 /* headings below this level are about topics: only clear words count */

/* 已采取和拟采取的措施, 建议采纳与今后安排: both, so the text has to tell. */
static bool is_mixed(struct text heading)
{
    return (text_contains(heading, TEXT("已")) || text_contains(heading, TEXT("采纳")) ||
            text_contains(heading, TEXT("成效")) || text_contains(heading, TEXT("现状"))) &&
           (text_contains(heading, TEXT("拟")) || text_contains(heading, TEXT("今后")) ||
            text_contains(heading, TEXT("下一步")) || text_contains(heading, TEXT("下步")) ||
            text_contains(heading, TEXT("打算")));
}

/* How often the pattern is found, up to three times. */
static int count_pattern(enum pattern pattern, struct text shadow)
{
    struct pattern_match match;
    int count = 0;
    for (size_t at = 0; count < 3 && pattern_find(pattern, shadow, at, &match) && match.end > at;
         at = match.end)
        count++;
    return count;
}

/* Grammar tells more than words: 将 and dates to come; 了, amounts and what came of it; what is wrong;
 * and clauses that begin with a verb and report nothing, which is how plans are written. */
static void weigh_grammar(struct text shadow, int points[ROLE_COUNT])
{
    int future = count_pattern(PATTERN_FUTURE, shadow) + count_pattern(PATTERN_INTENT, shadow);
    int perfect = count_pattern(PATTERN_PERFECT, shadow);
    int law = count_pattern(PATTERN_LAW, shadow);
    struct pattern_match first;
    struct text past = shadow; /* amounts behind the first word of the future are promised ones */
    if (pattern_find(PATTERN_FUTURE, shadow, 0, &first) ||
        pattern_find(PATTERN_INTENT, shadow, 0, &first))
        past.length = first.start;
    int counted = count_pattern(PATTERN_COUNTED, past);
    struct text reached = past; /* nor is what somebody aims at */
    if (pattern_find(PATTERN_AIM, past, 0, &first))
        reached.length = first.start;
    int outcome = count_pattern(PATTERN_OUTCOME, reached);
    perfect = perfect > law ? perfect - law : 0;
    /* amounts in what begins like a plan, and has no word of the past, are to be reached */
    bool opens = perfect + outcome == 0 && points[ROLE_DONE] == 0 && !law &&
                 pattern_test(PATTERN_OPENING, shadow);
    points[ROLE_COMMITMENT] += count_pattern(PATTERN_TARGET, shadow) * (opens ? 2 : 1);
    points[ROLE_COMMITMENT] += opens ? 1 : 0;
    counted = opens ? 0 : counted;
    outcome += opens ? 0 : count_pattern(PATTERN_RAISED, reached);
    points[ROLE_COMMITMENT] += FUTURE_WEIGHT * (future < 3 ? future : 3);
    points[ROLE_BACKGROUND] += 2 * (count_pattern(PATTERN_RULE, shadow) + law);
    points[ROLE_BACKGROUND] += 2 * count_pattern(PATTERN_TROUBLE, shadow);
    /* a round amount alone reports nothing: 新建公厕20座 is as often a plan; who counts, reports 127 */
    int exact = counted ? count_pattern(PATTERN_EXACT, past) : 0;
    int plans = perfect + outcome == 0 && points[ROLE_DONE] + (exact ? counted : 0) < 2
                    ? count_pattern(PATTERN_PLAN, shadow)
                    : 0;
    points[ROLE_DONE] += perfect + counted + 2 * outcome;
    if (plans > 0)
        points[ROLE_COMMITMENT] += (counted < 2) + plans;
}

static enum passage_role role_of_heading(struct text heading)
{
    if (is_mixed(heading))
        return ROLE_OTHER;
    for (size_t i = 0; i < sizeof(HEADING_CUES) / sizeof(HEADING_CUES[0]); i++) {
        if (text_contains(heading, HEADING_CUES[i].word))
            return HEADING_CUES[i].role;
    }
    return ROLE_OTHER;
}

void assign_section_roles(struct parse *parse)
{
    struct reply *reply = parse->reply;
    if (!parse->is_reply)
        return;
    for (size_t s = 0; s < reply->section_count; s++) {
        struct section *section = &reply->sections[s];
        enum passage_role above =
            section->parent == SECTION_NONE ? ROLE_OTHER : reply->sections[section->parent].role;
        struct text shadow =
            text_slice(parse->shadows[section->first_paragraph], section->offset, section->length);
        section->role = above;
        if (section->level <= LEVEL_TOPIC && above == ROLE_OTHER)
            section->role = role_of_heading(shadow);
    }
}

/* Occurrences count once more each, up to three. */
static int weigh(struct text text, const struct cue *cue)
{
    int found = 0;
    size_t at = 0;
    while (found < 3 && at < text.length) {
        size_t next = text_find(text_slice(text, at, text.length - at), cue->word);
        if (next == TEXT_NONE)
            break;
        found++;
        at += next + cue->word.length;
    }
    return found * cue->weight;
}

enum passage_role role_of_text(const struct parse *parse, size_t section, struct text shadow)
{
    int points[ROLE_COUNT] = { 0 };
    enum passage_role base =
        section == SECTION_NONE ? ROLE_OTHER : parse->reply->sections[section].role;
    if (!parse->is_reply)
        return ROLE_OTHER;
    for (size_t i = 0; i < sizeof(TEXT_CUES) / sizeof(TEXT_CUES[0]); i++)
        points[TEXT_CUES[i].role] += weigh(shadow, &TEXT_CUES[i]);
    weigh_grammar(shadow, points);

    enum passage_role best = ROLE_OTHER;
    static const enum passage_role ORDER[] = { ROLE_COMMITMENT, ROLE_DONE, ROLE_BACKGROUND };
    for (size_t i = 0; i < 3; i++) {
        if (points[ORDER[i]] > points[best])
            best = ORDER[i];
    }
    if (base == ROLE_OTHER)
        return best;
    bool clear = best != base && best != ROLE_BACKGROUND && points[best] >= OVERRULE &&
                 points[best] >= points[base] + CLEAR;
    return clear ? best : base;
}
