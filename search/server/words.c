/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/words.h"

static const struct {
    const char *chinese, *english;
} WORDS[WORD_COUNT] = {
    [WORD_LANG] = { "zh-CN", "en" },
    [WORD_NAME] = { "答复", "Dafu" },
    [WORD_TAGLINE] = { "提案、建议答复检索", "Search government replies to proposals" },
    [WORD_INTRODUCTION] = { "查机关怎样答复代表委员：做了什么，数字多少，下步怎么办。",
                            "How agencies answered: what was done, the figures, what comes next." },
    [WORD_SKIP] = { "跳到结果", "Skip to the results" },
    [WORD_SEARCH] = { "检索", "Search" },
    [WORD_COMPLETION] = { "补全", "Completions" },
    [WORD_READ_HERE] = { "看原文此处", "Read it here" },
    [WORD_QUERY_LABEL] = { "检索词", "Query" },
    [WORD_PLACEHOLDER] = { "词语、机关、文号、拼音", "Words, agency, number" },
    [WORD_EXAMPLES] = { "试试", "Try" },
    [WORD_RESULTS] = { "检索结果", "Results" },
    [WORD_FILTERS] = { "筛选", "Filters" },
    [WORD_CLEAR] = { "清除全部", "Clear all" },
    [WORD_REMOVE] = { "去掉", "Remove" },
    [WORD_MORE_VALUES] = { "更多", "More" },
    [WORD_PASSAGES] = { "段", "passages" },
    [WORD_REPLIES] = { "件答复", "replies" },
    [WORD_ABOUT] = { "约", "about " },
    [WORD_BY_PASSAGE] = { "按段落", "By passage" },
    [WORD_BY_REPLY] = { "按答复", "By reply" },
    [WORD_BY_RELEVANCE] = { "相关优先", "Most relevant" },
    [WORD_BY_DATE] = { "最新优先", "Newest first" },
    [WORD_VIEW] = { "显示方式", "View" },
    [WORD_ORDER] = { "排序", "Order" },
    [WORD_EXPORT] = { "导出", "Export" },
    [WORD_PREVIOUS] = { "上一页", "Previous" },
    [WORD_NEXT] = { "下一页", "Next" },
    [WORD_PAGES] = { "翻页", "Pages" },
    [WORD_NOTHING] = { "没有找到", "Nothing found" },
    [WORD_NOTHING_HINT] = { "换个说法，减少引号，或去掉筛选条件再试。",
                            "Try other words, fewer quotation marks, or without filters." },
    [WORD_DID_YOU_MEAN] = { "您是不是要找：", "Did you mean: " },
    [WORD_READ_AS] = { "已按此检索：", "Searched for: " },
    [WORD_WARNINGS] = { "检索式里没有照写法理解的地方", "What was not read as syntax" },
    [WORD_COLUMN_BEFORE] = { "第 ", "Column " },
    [WORD_COLUMN_AFTER] = { " 字：", ":" },
    [WORD_SHARDS_BEFORE] = { "结果不全：有 ", "Not complete: without " },
    [WORD_SHARDS_AFTER] = { " 个分库没有回应，里面的答复不在其中。",
                            " part(s) of the collection that did not answer." },
    [WORD_YEARS] = { "年份分布", "By year" },
    [WORD_YEARS_HINT] = { "点击某一年，只看该年", "Choose a year to see only that year" },
    [WORD_PARAGRAPH_BEFORE] = { "第", "¶ " },
    [WORD_PARAGRAPH_AFTER] = { "段", "" },
    [WORD_MORE_IN_REPLY] = { "本件答复相关段落", "Matching passages in this reply" },
    [WORD_CITE] = { "复制引用", "Copy citation" },
    [WORD_CITED] = { "已复制", "Copied" },
    [WORD_CITATION] = { "引用", "Citation" },
    [WORD_CONTENTS] = { "目录", "Contents" },
    [WORD_SIMILAR] = { "相近的答复", "Similar replies" },
    [WORD_BACK] = { "返回结果", "Back to the results" },
    [WORD_METADATA] = { "基本信息", "About this reply" },
    [WORD_ISSUER] = { "答复机关", "Agency" },
    [WORD_DOCUMENT_NUMBER] = { "发文字号", "Document number" },
    [WORD_DATE] = { "日期", "Date" },
    [WORD_SESSION] = { "届次", "Session" },
    [WORD_NUMBER] = { "编号", "Number" },
    [WORD_ADDRESSEE] = { "答复对象", "Addressed to" },
    [WORD_CLASS] = { "办理类别", "Class" },
    [WORD_SOURCE] = { "来源", "Source" },
    [WORD_CLASS_A] = { "A 类 · 已解决", "A · settled" },
    [WORD_CLASS_B] = { "B 类 · 正在办", "B · in progress" },
    [WORD_CLASS_C] = { "C 类 · 暂难办", "C · not now" },
    [WORD_CLASS_D] = { "D 类 · 供参考", "D · for reference" },
    [WORD_FAILED] = { "出错了", "Something went wrong" },
    [WORD_BUSY] = { "现在检索的人太多，请稍后再试。",
                    "Too many searches at once; try again soon." },
    [WORD_LATE] = { "这次检索用时太长，已经停止。请换更具体的词再试。",
                    "This search took too long and was stopped; try more specific words." },
    [WORD_LIMITED] = { "您检索得太快，请稍等片刻再试。",
                       "You are searching too fast; wait a moment and try again." },
    [WORD_MISSING] = { "没有这一页，或这件答复已不在库里。",
                       "There is no such page, or the reply is no longer in the index." },
    [WORD_MISTAKEN] = { "地址里的检索条件不对，请修改后再试。",
                        "Something in the address is not right; change it and try again." },
    [WORD_TOKEN_NEEDED] = { "需要口令才能检索。", "A password is needed." },
    [WORD_TOO_LONG] = { "检索词太长，请缩短后再试。", "The query is too long; try a shorter one." },
    [WORD_TO_HOME] = { "回首页", "Home" },
    [WORD_KEYS] = { "/ 检索 · ↑↓ 选择 · 回车打开", "/ search · ↑↓ move · Enter opens" },
    [WORD_HOME] = { "首页", "Home" },
};

static const char *const FACET_ENGLISH[FACET_COUNT] = {
    [FACET_AGENCY] = "Agency",   [FACET_PLACE] = "Place", [FACET_YEAR] = "Year",
    [FACET_SESSION] = "Session", [FACET_KIND] = "Kind",   [FACET_CLASS] = "Class",
    [FACET_ROLE] = "Part",
};

static const char *const FACET_CHINESE[FACET_COUNT] = {
    [FACET_AGENCY] = "机关",  [FACET_PLACE] = "地区", [FACET_YEAR] = "年份",
    [FACET_SESSION] = "届次", [FACET_KIND] = "类型",  [FACET_CLASS] = "办理类别",
    [FACET_ROLE] = "内容",
};

static const char *const ROLES[ROLE_COUNT][2] = {
    [ROLE_OTHER] = { "其他", "Other" },       [ROLE_HEAD] = { "版头", "Head" },
    [ROLE_HEADING] = { "小标题", "Heading" }, [ROLE_BACKGROUND] = { "情况", "Background" },
    [ROLE_DONE] = { "已做工作", "Done" },     [ROLE_COMMITMENT] = { "下步打算", "Commitment" },
};

const char *word(enum language language, enum word word)
{
    return language == LANGUAGE_ENGLISH ? WORDS[word].english : WORDS[word].chinese;
}

const char *word_facet(enum language language, enum facet facet)
{
    return language == LANGUAGE_ENGLISH ? FACET_ENGLISH[facet] : FACET_CHINESE[facet];
}

const char *word_role(enum language language, enum passage_role role)
{
    return ROLES[role < ROLE_COUNT ? role : ROLE_OTHER][language == LANGUAGE_ENGLISH];
}

static struct text role_value(enum language language, struct text value)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (text_equal(value, text_of(role_name((enum passage_role)role))))
            return text_of(word_role(language, (enum passage_role)role));
    return value;
}

/* 政协16-5 is 政协十六届五次 to people; digits are quicker to compare: 政协 16 届 5 次. */
static struct text session_value(enum language language, struct text value, struct arena *arena)
{
    size_t digit = 0;
    while (digit < value.length && (value.data[digit] < '0' || value.data[digit] > '9'))
        digit++;
    struct text rest = text_slice(value, digit, value.length - digit), term;
    if (!text_contains(rest, TEXT("-")))
        return value;
    text_split(&rest, TEXT("-"), &term);
    struct text shown = language == LANGUAGE_ENGLISH
                            ? arena_printf(arena, "%.*s %.*s–%.*s", (int)digit, value.data,
                                           TEXT_ARG(term), TEXT_ARG(rest))
                            : arena_printf(arena, "%.*s %.*s 届 %.*s 次", (int)digit, value.data,
                                           TEXT_ARG(term), TEXT_ARG(rest));
    return shown.data ? shown : value;
}

struct text word_value(enum language language, enum facet facet, struct text value,
                       struct arena *arena)
{
    if (facet == FACET_ROLE)
        return role_value(language, value);
    if (facet == FACET_SESSION)
        return session_value(language, value, arena);
    if (facet == FACET_CLASS && value.length == 1 && value.data[0] >= 'A' && value.data[0] <= 'D')
        return text_of(word(language, (enum word)(WORD_CLASS_A + (value.data[0] - 'A'))));
    return value;
}
