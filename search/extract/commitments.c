/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/commitments.h"

#include "search/query/scan.h"

/* Words that only stand where something is to come. */
static const struct text AHEAD[] = {
    TEXT_INIT("下一步"),     TEXT_INIT("下步"),
    TEXT_INIT("下阶段"),     TEXT_INIT("下一阶段"),
    TEXT_INIT("接下来"),     TEXT_INIT("今后"),
    TEXT_INIT("后续"),       TEXT_INIT("力争"),
    TEXT_INIT("争取在"),     TEXT_INIT("争取于"),
    TEXT_INIT("计划2"),      TEXT_INIT("计划于"),
    TEXT_INIT("计划在"),     TEXT_INIT("计划到"),
    TEXT_INIT("拟于"),       TEXT_INIT("拟在"),
    TEXT_INIT("预计"),       TEXT_INIT("届时"),
    TEXT_INIT("明年"),       TEXT_INIT("下半年将"),
    TEXT_INIT("年内将"),     TEXT_INIT("我局将"),
    TEXT_INIT("我委将"),     TEXT_INIT("我厅将"),
    TEXT_INIT("我们将"),     TEXT_INIT("将会同"),
    TEXT_INIT("将继续"),     TEXT_INIT("将进一步"),
    TEXT_INIT("将再"),       TEXT_INIT("将按照"),
    TEXT_INIT("将结合"),     TEXT_INIT("将积极"),
    TEXT_INIT("将加"),       TEXT_INIT("将推"),
    TEXT_INIT("将持续"),     TEXT_INIT("将在"),
    TEXT_INIT("将于"),       TEXT_INIT("将对"),
    TEXT_INIT("将把"),       TEXT_INIT("将以"),
    TEXT_INIT("将逐步"),     TEXT_INIT("将统筹"),
    TEXT_INIT("将研究"),     TEXT_INIT("将开展"),
    TEXT_INIT("将组织"),     TEXT_INIT("将建"),
    TEXT_INIT("将新"),       TEXT_INIT("将完"),
    TEXT_INIT("将启动"),     TEXT_INIT("将实"),
    TEXT_INIT("将出台"),     TEXT_INIT("将制"),
    TEXT_INIT("将修订"),     TEXT_INIT("将适时"),
    TEXT_INIT("将优"),       TEXT_INIT("将深"),
    TEXT_INIT("将充分"),     TEXT_INIT("将认真"),
    TEXT_INIT("将从"),       TEXT_INIT("将重点"),
    TEXT_INIT("将着力"),     TEXT_INIT("将配合"),
    TEXT_INIT("将协"),       TEXT_INIT("将安排"),
    TEXT_INIT("将采"),       TEXT_INIT("将专门"),
    TEXT_INIT("将向"),       TEXT_INIT("将为"),
    TEXT_INIT("将全"),       TEXT_INIT("将引"),
    TEXT_INIT("将扩"),       TEXT_INIT("将增"),
    TEXT_INIT("将提"),       TEXT_INIT("将强化"),
    TEXT_INIT("将督促"),     TEXT_INIT("将指导"),
    TEXT_INIT("将联合"),     TEXT_INIT("将探索"),
    TEXT_INIT("将鼓励"),     TEXT_INIT("将支持"),
    TEXT_INIT("将不断"),     TEXT_INIT("将尽"),
    TEXT_INIT("将争取"),     TEXT_INIT("将通过"),
    TEXT_INIT("将依"),       TEXT_INIT("将根据"),
    TEXT_INIT("将视"),       TEXT_INIT("将委员"),
    TEXT_INIT("将您"),       TEXT_INIT("拟对"),
    TEXT_INIT("拟将"),       TEXT_INIT("拟新"),
    TEXT_INIT("拟建"),       TEXT_INIT("正在研究制定"),
    TEXT_INIT("正在编制"),   TEXT_INIT("正在修编"),
    TEXT_INIT("适时推进"),   TEXT_INIT("适时出台"),
    TEXT_INIT("未来"),       TEXT_INIT("“十五五”期间"),
    TEXT_INIT("适时启动"),   TEXT_INIT("适时开展"),
    TEXT_INIT("适时组织"),   TEXT_INIT("适时修订"),
    TEXT_INIT("适时增设"),   TEXT_INIT("条件成熟后"),
    TEXT_INIT("条件成熟时"), TEXT_INIT("条件具备后"),
    TEXT_INIT("时机成熟"),   TEXT_INIT("报批后"),
    TEXT_INIT("报审后"),     TEXT_INIT("批复后实施"),
    TEXT_INIT("审定后实施"), TEXT_INIT("正抓紧"),
    TEXT_INIT("正在抓紧"),   TEXT_INIT("正在起草"),
    TEXT_INIT("正在制定"),   TEXT_INIT("规划到20"),
    TEXT_INIT("目标到20"),   TEXT_INIT("确保到20"),
    TEXT_INIT(""),
};

/* Of the past or the present. */
static const struct text BEHIND[] = {
    TEXT_INIT("截至"),     TEXT_INIT("截止目前"), TEXT_INIT("目前"),     TEXT_INIT("近年来"),
    TEXT_INIT("去年"),     TEXT_INIT("已经"),     TEXT_INIT("已完成"),   TEXT_INIT("已建"),
    TEXT_INIT("已出台"),   TEXT_INIT("已印发"),   TEXT_INIT("已累计"),   TEXT_INIT("已有"),
    TEXT_INIT("已于"),     TEXT_INIT("已纳入"),   TEXT_INIT("已在"),     TEXT_INIT("已对"),
    TEXT_INIT("已将"),     TEXT_INIT("已实"),     TEXT_INIT("已开"),     TEXT_INIT("已投"),
    TEXT_INIT("累计"),     TEXT_INIT("今年以来"), TEXT_INIT("此前"),     TEXT_INIT("先后"),
    TEXT_INIT("感谢"),     TEXT_INIT("您提出"),   TEXT_INIT("您建议"),   TEXT_INIT("收悉"),
    TEXT_INIT("自2"),      TEXT_INIT("曾"),       TEXT_INIT("委员提出"), TEXT_INIT("代表提出"),
    TEXT_INIT("均已"),     TEXT_INIT("都已"),     TEXT_INIT("业已"),     TEXT_INIT("现已"),
    TEXT_INIT("已通过"),   TEXT_INIT("已全部"),   TEXT_INIT("已启动"),   TEXT_INIT("实施以来"),
    TEXT_INIT("开展以来"), TEXT_INIT("运行以来"), TEXT_INIT("成立以来"), TEXT_INIT("建立以来"),
    TEXT_INIT(""),
};

static bool has_any(struct text text, const struct text *words)
{
    for (size_t i = 0; words[i].length; i++)
        if (text_contains(text, words[i]))
            return true;
    return false;
}

/* A year with 底前, 年底 or the like and no word of the past, or 到2027年. */
static bool has_goal(struct text text)
{
    static const struct text GOALS[] = {
        TEXT_INIT("年底前"),   TEXT_INIT("年底完成"), TEXT_INIT("年前完成"), TEXT_INIT("底前完成"),
        TEXT_INIT("底前建成"), TEXT_INIT("年内完成"), TEXT_INIT("年内启动"), TEXT_INIT("年内建成"),
        TEXT_INIT("年内出台"), TEXT_INIT("年内新建"), TEXT_INIT("年内新增"), TEXT_INIT("年内开工"),
        TEXT_INIT("年内投用"), TEXT_INIT("年内实现"), TEXT_INIT("年内印发"), TEXT_INIT("年内制定"),
        TEXT_INIT("年内推出"), TEXT_INIT("年内开通"), TEXT_INIT("月底前"),   TEXT_INIT(""),
    };
    static const struct text DONE[] = { TEXT_INIT("底前完成的"), TEXT_INIT("底前建成的"),
                                        TEXT_INIT("年底前已"), TEXT_INIT("") };
    return (has_any(text, GOALS) && !has_any(text, DONE)) || text_starts_with(text, TEXT("到20")) ||
           text_contains(text, TEXT("，到20"));
}

/* 拟会同市教育局制定, but not 虚拟, 草拟, 拟定. */
static bool intends(struct text text)
{
    static const struct text BEFORE[] = { TEXT_INIT("模"), TEXT_INIT("虚"), TEXT_INIT("草"),
                                          TEXT_INIT("比"), TEXT_INIT("仿"), TEXT_INIT("初"),
                                          TEXT_INIT("") };
    static const struct text AFTER[] = {
        TEXT_INIT("定"), TEXT_INIT("订"), TEXT_INIT("录"), TEXT_INIT("任"), TEXT_INIT("稿"),
        TEXT_INIT("态"), TEXT_INIT("合"), TEXT_INIT("声"), TEXT_INIT("人"), TEXT_INIT("上市"),
        TEXT_INIT("的"), TEXT_INIT("，"), TEXT_INIT("。"), TEXT_INIT("真"), TEXT_INIT(""),
    };
    for (size_t at = 0; (at = scan_find(text, at, TEXT("拟"))) != TEXT_NONE; at += 3)
        if (!scan_any_before(text, at, BEFORE) && at + 3 < text.length &&
            !scan_any_at(text, at + 3, AFTER))
            return true;
    return false;
}

/* 我们会继续跟踪: an agency that says of itself what it will do; 我局会同 is another word. */
static bool promises(struct text text)
{
    static const struct text WHO[] = { TEXT_INIT("我们会"),   TEXT_INIT("我局会"),
                                       TEXT_INIT("我委会"),   TEXT_INIT("我厅会"),
                                       TEXT_INIT("我办会"),   TEXT_INIT("我部会"),
                                       TEXT_INIT("我院会"),   TEXT_INIT("我校会"),
                                       TEXT_INIT("我中心会"), TEXT_INIT("") };
    static const struct text WHAT[] = {
        TEXT_INIT("继续"), TEXT_INIT("在"),   TEXT_INIT("持续"), TEXT_INIT("进一步"),
        TEXT_INIT("认真"), TEXT_INIT("积极"), TEXT_INIT("尽快"), TEXT_INIT("加"),
        TEXT_INIT("根据"), TEXT_INIT("按照"), TEXT_INIT("结合"), TEXT_INIT("把"),
        TEXT_INIT("将"),   TEXT_INIT("对"),   TEXT_INIT("及时"), TEXT_INIT("适时"),
        TEXT_INIT("充分"), TEXT_INIT("不断"), TEXT_INIT("密切"), TEXT_INIT("督促"),
        TEXT_INIT("联合"), TEXT_INIT("向"),   TEXT_INIT(""),
    };
    for (size_t i = 0; WHO[i].length; i++)
        for (size_t at = 0; (at = scan_find(text, at, WHO[i])) != TEXT_NONE; at += WHO[i].length)
            if (scan_any_at(text, at + WHO[i].length, WHAT))
                return true;
    return false;
}

/* 定于10月召开: the day of something is fixed; 固定于, 确定于 are other words. */
static bool is_fixed(struct text text)
{
    static const struct text OTHER[] = { TEXT_INIT("固"), TEXT_INIT("确"), TEXT_INIT("限"),
                                         TEXT_INIT("规"), TEXT_INIT("稳"), TEXT_INIT("选"),
                                         TEXT_INIT("指"), TEXT_INIT("") };
    static const struct text WHEN[] = { TEXT_INIT("今年"), TEXT_INIT("明年"), TEXT_INIT("本月"),
                                        TEXT_INIT("下月"), TEXT_INIT("") };
    for (size_t at = 0; (at = scan_find(text, at, TEXT("定于"))) != TEXT_NONE; at += 6)
        if (!scan_any_before(text, at, OTHER) &&
            (scan_digit(text, at + 6) || scan_any_at(text, at + 6, WHEN)))
            return true;
    return false;
}

/* 待…后 is what a clause begins with; 待建, 留待 are other words. */
static bool waits(struct text text)
{
    static const struct text STARTS[] = { TEXT_INIT("，待"), TEXT_INIT("；待"), TEXT_INIT(",待"),
                                          TEXT_INIT(";待"), TEXT_INIT("") };
    return text_starts_with(text, TEXT("待")) || has_any(text, STARTS);
}

/* 将新增泊位纳入考核 and the like: 将 stands for 把 and says nothing about the future, which it does
 * before adverbs and prepositions. */
static bool is_object(struct text text, size_t at, struct text row)
{
    static const struct text AHEAD_ANYWAY[] = {
        TEXT_INIT("将把"), TEXT_INIT("将在"), TEXT_INIT("将于"), TEXT_INIT("将对"),
        TEXT_INIT("将以"), TEXT_INIT("将从"), TEXT_INIT("将向"), TEXT_INIT("将为"),
        TEXT_INIT("将再"), TEXT_INIT("将视"), TEXT_INIT("将依"), TEXT_INIT("将尽"),
        TEXT_INIT(""),
    };
    static const struct text VERBS[] = {
        TEXT_INIT("纳入"),   TEXT_INIT("列入"),   TEXT_INIT("作为"), TEXT_INIT("列为"),
        TEXT_INIT("移交"),   TEXT_INIT("下放"),   TEXT_INIT("用于"), TEXT_INIT("固化"),
        TEXT_INIT("转化为"), TEXT_INIT("调整为"), TEXT_INIT("压缩"), TEXT_INIT("延长至"),
        TEXT_INIT("提高到"), TEXT_INIT("提高至"), TEXT_INIT("降至"), TEXT_INIT(""),
    };
    static const struct text ENDS[] = { TEXT_INIT("，"), TEXT_INIT("；"), TEXT_INIT("。"),
                                        TEXT_INIT(",") };
    bool last = text_ends_with(row, TEXT("将")); /* 我局将 */
    at += last ? row.length - TEXT("将").length : 0;
    struct text clause = scan_rest(text, at);
    if ((!last && row.length > TEXT("将新").length) || scan_any_at(clause, 0, AHEAD_ANYWAY))
        return false;
    for (size_t i = 0; i < sizeof(ENDS) / sizeof(*ENDS); i++) {
        size_t end = text_find(clause, ENDS[i]);
        clause.length = end == TEXT_NONE ? clause.length : end;
    }
    return has_any(clause, VERBS);
}

/* 经测算每年将增加支出: what would be, not what will be done. */
static bool reckons(struct text text)
{
    static const struct text WORDS[] = { TEXT_INIT("测算"), TEXT_INIT("估算"), TEXT_INIT("") };
    return has_any(text, WORDS);
}

/* A word of what is to come that is none of another meaning. */
static bool is_ahead(struct text text)
{
    bool reckoned = reckons(text);
    for (size_t i = 0; AHEAD[i].length; i++)
        for (size_t at = 0; at < text.length;) {
            size_t found = text_find(scan_rest(text, at), AHEAD[i]);
            if (found == TEXT_NONE)
                break;
            if (reckoned && text_starts_with(AHEAD[i], TEXT("将")))
                break;
            if (!text_contains(AHEAD[i], TEXT("将")) || !is_object(text, at + found, AHEAD[i]))
                return true;
            at += found + AHEAD[i].length;
        }
    return waits(text) || intends(text) || promises(text) || is_fixed(text);
}

/* 我市现有养老机构32家: a state, also in a section of plans. */
static bool is_state(struct text text)
{
    static const struct text STARTS[] = {
        TEXT_INIT("我市现有"), TEXT_INIT("我县现有"), TEXT_INIT("我区现有"), TEXT_INIT("我省现有"),
        TEXT_INIT("全市现有"), TEXT_INIT("全县现有"), TEXT_INIT("全区现有"), TEXT_INIT("全省现有"),
        TEXT_INIT("全市共有"), TEXT_INIT("全县共有"), TEXT_INIT("全区共有"), TEXT_INIT("我市共有"),
        TEXT_INIT(""),
    };
    return scan_any_at(text, 0, STARTS) > 0;
}

bool commitment_is(struct text sentence, enum passage_role role)
{
    struct text text = text_trim(sentence);
    bool ahead = is_ahead(text) || has_goal(text), behind = has_any(text, BEHIND) || is_state(text);
    if (role == ROLE_HEAD || role == ROLE_HEADING || utf8_count(text) < 8)
        return false;
    static const struct text PRAISE[] = { TEXT_INIT("感谢"),       TEXT_INIT("很有帮助"),
                                          TEXT_INIT("很有意义"),   TEXT_INIT("很有价值"),
                                          TEXT_INIT("很有针对性"), TEXT_INIT("") };
    if (has_any(text, PRAISE) || text_ends_with(text, TEXT("：")))
        return false;
    if (role == ROLE_COMMITMENT)
        return ahead || !behind;
    return ahead;
}

/* ---- headings that run on ---- */

#define HEADING_MAX 24 /* code points without its number */

/* The bytes of （一）, 一、, 1. or (2) that the text begins with; and of 一是, which is *spoken. */
static size_t item_number(struct text text, bool *spoken)
{
    static const struct text OPEN[] = { TEXT_INIT("（"), TEXT_INIT("("), TEXT_INIT("") };
    static const struct text NUMERALS[] = {
        TEXT_INIT("一"), TEXT_INIT("二"), TEXT_INIT("三"), TEXT_INIT("四"),
        TEXT_INIT("五"), TEXT_INIT("六"), TEXT_INIT("七"), TEXT_INIT("八"),
        TEXT_INIT("九"), TEXT_INIT("十"), TEXT_INIT(""),
    };
    static const struct text CLOSE[] = { TEXT_INIT("）、"), TEXT_INIT("）"), TEXT_INIT(")"),
                                         TEXT_INIT("、"),   TEXT_INIT("．"), TEXT_INIT("."),
                                         TEXT_INIT("是"),   TEXT_INIT("要"), TEXT_INIT("") };
    size_t at = scan_any_at(text, 0, OPEN), digits = at, more;
    while ((more = scan_digit(text, at) ? 1 : scan_any_at(text, at, NUMERALS)) > 0)
        at += more;
    more = at > digits ? scan_any_at(text, at, CLOSE) : 0;
    *spoken = scan_at(text, at, TEXT("是")) || scan_at(text, at, TEXT("要"));
    return more ? at + more : 0;
}

bool commitment_is_heading(struct text sentence, bool followed)
{
    static const struct text PARTS[] = { TEXT_INIT("，"), TEXT_INIT(","), TEXT_INIT("；"),
                                         TEXT_INIT(";"), TEXT_INIT("") };
    bool spoken = false;
    struct text text = text_trim(sentence);
    size_t number = item_number(text, &spoken);
    struct text body = scan_rest(text, number);
    for (size_t at = 0; at < body.length; at++)
        if (scan_digit(body, at))
            return false;
    return number && (followed || !spoken) && utf8_count(body) <= HEADING_MAX &&
           !has_any(body, PARTS) && !is_ahead(body) && !has_goal(body);
}
