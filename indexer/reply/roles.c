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
    { TEXT_INIT("下一步"), ROLE_COMMITMENT, 3 },   { TEXT_INIT("下步"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("今后"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("接下来"), ROLE_COMMITMENT, 3 },
    { TEXT_INIT("下一阶段"), ROLE_COMMITMENT, 3 }, { TEXT_INIT("力争"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("拟"), ROLE_COMMITMENT, 1 },       { TEXT_INIT("计划"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("底前"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("年内"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("预计"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("争取"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("我们将"), ROLE_COMMITMENT, 2 },   { TEXT_INIT("局将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("委将"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("厅将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("部将"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("办将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("市将"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("县将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("区将"), ROLE_COMMITMENT, 2 },     { TEXT_INIT("还将"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将继续"), ROLE_COMMITMENT, 2 },   { TEXT_INIT("将进一步"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将加"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("将积极"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将会同"), ROLE_COMMITMENT, 2 },   { TEXT_INIT("将按"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("将在"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("将于"), ROLE_COMMITMENT, 2 },
    { TEXT_INIT("将以"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("继续"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("进一步"), ROLE_COMMITMENT, 1 },   { TEXT_INIT("尽快"), ROLE_COMMITMENT, 1 },
    { TEXT_INIT("适时"), ROLE_COMMITMENT, 1 },     { TEXT_INIT("已"), ROLE_DONE, 1 },
    { TEXT_INIT("累计"), ROLE_DONE, 2 },           { TEXT_INIT("截至"), ROLE_DONE, 2 },
    { TEXT_INIT("截止"), ROLE_DONE, 1 },           { TEXT_INIT("以来"), ROLE_DONE, 2 },
    { TEXT_INIT("现有"), ROLE_DONE, 1 },           { TEXT_INIT("目前"), ROLE_DONE, 1 },
    { TEXT_INIT("近年"), ROLE_DONE, 2 },           { TEXT_INIT("去年"), ROLE_DONE, 1 },
    { TEXT_INIT("建成"), ROLE_DONE, 1 },           { TEXT_INIT("率先"), ROLE_DONE, 1 },
    { TEXT_INIT("位列"), ROLE_DONE, 1 },           { TEXT_INIT("完成了"), ROLE_DONE, 1 },
    { TEXT_INIT("先后"), ROLE_DONE, 1 },           { TEXT_INIT("困难"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("问题是"), ROLE_BACKGROUND, 1 },   { TEXT_INIT("不足"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("偏低"), ROLE_BACKGROUND, 1 },     { TEXT_INIT("难以"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("仍"), ROLE_BACKGROUND, 1 },       { TEXT_INIT("制约"), ROLE_BACKGROUND, 1 },
    { TEXT_INIT("矛盾"), ROLE_BACKGROUND, 1 },
};

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
