/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cheapest way to find the characters of the short form in the run, in their order. A character
 * inside a word costs 1; each character by which the full form is longer a little, so that it
 * begins as late as it can. */
#include "indexer/batch/learn_align.h"

#include "indexer/analysis/convention.h"
#include "indexer/base/utf8.h"

#define LENGTH_COST 8 /* per character of the full form, in hundredths */
#define INSIDE_COST 100
#define NEVER UINT32_MAX
#define COMMON_COST 14.f /* nats: some fifty times in the dictionary's sixty million words */

struct characters {
    size_t count;
    uint32_t codepoints[FULL_CODEPOINTS_MAX];
    size_t offsets[FULL_CODEPOINTS_MAX + 1];
    bool begins[FULL_CODEPOINTS_MAX]; /* a word */
};

static bool split(struct text text, size_t most, struct characters *out)
{
    out->count = 0;
    for (size_t at = 0; at < text.length;) {
        if (out->count == most)
            return false;
        out->offsets[out->count] = at;
        out->begins[out->count] = false;
        out->codepoints[out->count++] = utf8_next_valid(text.data, &at);
    }
    out->offsets[out->count] = text.length;
    return out->count > 0;
}

static bool cut(const struct lexicon *lexicon, struct text text, struct arena *scratch,
                struct word_list *words)
{
    struct error error;
    *words = (struct word_list) { 0 };
    return !segmenter_cut(lexicon, text, scratch, words, &error) &&
           !convention_apply(CONVENTION_PKU, lexicon, text, scratch, words, &error);
}

static bool mark_words(const struct lexicon *lexicon, struct text text, struct arena *scratch,
                       struct characters *characters)
{
    struct word_list words;
    if (!cut(lexicon, text, scratch, &words))
        return false;
    for (size_t i = 0, at = 0; i < words.count && at < characters->count; at++) {
        while (i < words.count && words.words[i].offset < characters->offsets[at])
            i++;
        characters->begins[at] =
            i < words.count && words.words[i].offset == characters->offsets[at];
    }
    return true;
}

static bool is_one_of(const char *list, uint32_t codepoint)
{
    char bytes[4];
    struct text character = { bytes, utf8_encode(codepoint, bytes) };
    return text_contains(text_of(list), character);
}

#define LEVELS "省市县区州旗"

/* places[]: where each character of the short form was found. */
static bool find_places(const struct characters *run, const struct characters *brief,
                        size_t *places)
{
    uint32_t costs[BRIEF_CODEPOINTS_MAX][FULL_CODEPOINTS_MAX];
    size_t nexts[BRIEF_CODEPOINTS_MAX][FULL_CODEPOINTS_MAX] = { { 0 } };
    for (size_t j = brief->count; j-- > 0;) {
        uint32_t best = j + 1 == brief->count ? 0 : NEVER; /* of what follows, behind i */
        size_t best_at = 0;
        for (size_t i = run->count; i-- > 0;) {
            bool same = run->codepoints[i] == brief->codepoints[j];
            bool last = j + 1 == brief->count && i + 1 == run->count;
            uint32_t own = run->begins[i] || last ? 0 : INSIDE_COST;
            costs[j][i] = same && best != NEVER ? best + own : NEVER;
            nexts[j][i] = best_at;
            if (j + 1 < brief->count && costs[j + 1][i] < best) {
                best = costs[j + 1][i];
                best_at = i;
            }
        }
    }
    uint32_t best = NEVER;
    for (size_t i = 0; i < run->count; i++) {
        bool level = is_one_of(LEVELS, run->codepoints[i]);
        if (costs[0][i] == NEVER || (!run->begins[i] && !level))
            continue;
        uint32_t cost = costs[0][i] + (uint32_t)(run->count - i) * LENGTH_COST;
        if (cost < best) {
            best = cost;
            places[0] = i;
        }
    }
    for (size_t j = 0; best != NEVER && j + 1 < brief->count; j++)
        places[j + 1] = nexts[j][places[j]];
    return best != NEVER;
}

/* 审批的机关, 应当…的单位: a law says whom it means, and gives nobody a name. */
static bool is_clause(const struct lexicon *lexicon, struct text full, struct arena *scratch)
{
    static const char NOT_IN_NAMES[] =
        " 的 或 或者 以及 等 应当 其他 其它 依法 由 被 受 对 所 内 不 已经 以 为 使 从事 通过 该 ";
    struct word_list words;
    if (!cut(lexicon, full, scratch, &words))
        return true;
    for (size_t i = 0; i < words.count; i++) {
        struct text word = text_slice(full, words.words[i].offset, words.words[i].length);
        for (const char *at = NOT_IN_NAMES; (at = strstr(at, " ")) && at[1]; at++) {
            if (strncmp(at + 1, word.data, word.length) == 0 && at[1 + word.length] == ' ')
                return true;
        }
    }
    return false;
}

/* 突发事件, 申请人: a word that means more than this. One of four characters that no words make up
 * (智改数转) is a name. */
static bool is_common(const struct lexicon *lexicon, struct text brief, struct arena *scratch)
{
    struct word_list words;
    float cost;
    if (!lexicon_lookup(lexicon, brief, &cost) || cost > COMMON_COST)
        return false;
    return utf8_count(brief) < 4 || !cut(lexicon, brief, scratch, &words) || words.count > 1;
}

bool learn_align(const struct lexicon *lexicon, struct text run, struct text brief,
                 struct arena *scratch, struct alignment *out)
{
    struct characters all, part;
    size_t places[BRIEF_CODEPOINTS_MAX];
    if (!split(run, FULL_CODEPOINTS_MAX, &all) || !split(brief, BRIEF_CODEPOINTS_MAX, &part) ||
        part.count < 2 || !mark_words(lexicon, run, scratch, &all) ||
        !find_places(&all, &part, places))
        return false;

    /* 市经信局 of 宁波市经济和信息化局: the place says where, not what. */
    bool agency = is_one_of("局委厅部办院署", part.codepoints[part.count - 1]);
    bool level = agency && part.count > 2 && is_one_of(LEVELS, part.codepoints[0]) &&
                 !lexicon_lookup(lexicon, text_slice(brief, 0, part.offsets[2]), NULL); /* 市场 */
    size_t first = level ? 1 : 0;
    size_t start = first ? all.offsets[places[0] + 1] : all.offsets[places[0]];
    *out = (struct alignment) {
        .full = text_slice(run, start, run.length - start),
        .brief = text_slice(brief, part.offsets[first], brief.length - part.offsets[first]),
        .ends = places[part.count - 1] + 1 == all.count,
        .agency = agency,
    };
    for (size_t i = first; i < part.count; i++) { /* a word that was kept whole begins once */
        bool goes_on = i > first && places[i] == places[i - 1] + 1;
        out->inside += !goes_on && !all.begins[places[i]] && places[i] + 1 < all.count;
    }
    size_t full_count = utf8_count(out->full), brief_count = part.count - first;
    return brief_count >= 2 && full_count > brief_count && full_count <= 5 * brief_count &&
           !text_contains(out->full, out->brief) &&
           (agency || !is_common(lexicon, out->brief, scratch)) &&
           !is_clause(lexicon, out->full, scratch);
}

bool learn_is_generic(const struct lexicon *lexicon, struct text brief, struct arena *scratch)
{
    static const char GENERIC[] =
        " 条例 办法 规定 规则 方案 意见 通知 计划 规划 纲要 决定 细则 项目 工程 活动 平台 系统 "
        "中心 "
        "公司 协会 学会 基金 专项 政策 措施 若干 实施 管理 工作 行动 指导 试行 暂行 法 本 我 该 贵 "
        "大会 会议 委员会 领导 小组 办公室 单位 部门 企业 学校 医院 集团 甲方 乙方 双方 协议 合同 "
        "标准 制度 体系 机制 目录 清单 公约 章程 报告 提案 建议 答复 市 县 区 省 局 部 委 厅 院 会 "
        "全 新 两 三 ";
    struct word_list words;
    if (!cut(lexicon, brief, scratch, &words))
        return true;
    for (size_t i = 0; i < words.count; i++) {
        struct text word = text_slice(brief, words.words[i].offset, words.words[i].length);
        bool listed = false;
        for (const char *at = GENERIC; !listed && (at = strstr(at, " ")) && at[1]; at++)
            listed = strncmp(at + 1, word.data, word.length) == 0 && at[1 + word.length] == ' ';
        if (!listed)
            return false;
    }
    return true;
}
