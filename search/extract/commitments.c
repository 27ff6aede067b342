/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/commitments.h"

#include "search/query/scan.h"

/* Words that only stand where something is to come. */
static const struct text AHEAD[] = {
    TEXT_INIT("下一步"),       TEXT_INIT("下步"),     TEXT_INIT("下阶段"),
    TEXT_INIT("下一阶段"),     TEXT_INIT("接下来"),   TEXT_INIT("今后"),
    TEXT_INIT("后续"),         TEXT_INIT("力争"),     TEXT_INIT("争取在"),
    TEXT_INIT("争取于"),       TEXT_INIT("计划2"),    TEXT_INIT("计划于"),
    TEXT_INIT("计划在"),       TEXT_INIT("计划到"),   TEXT_INIT("拟于"),
    TEXT_INIT("拟在"),         TEXT_INIT("预计"),     TEXT_INIT("届时"),
    TEXT_INIT("明年"),         TEXT_INIT("下半年将"), TEXT_INIT("年内将"),
    TEXT_INIT("我局将"),       TEXT_INIT("我委将"),   TEXT_INIT("我厅将"),
    TEXT_INIT("我们将"),       TEXT_INIT("将会同"),   TEXT_INIT("将继续"),
    TEXT_INIT("将进一步"),     TEXT_INIT("将再"),     TEXT_INIT("将按照"),
    TEXT_INIT("将结合"),       TEXT_INIT("将积极"),   TEXT_INIT("将加"),
    TEXT_INIT("将推"),         TEXT_INIT("将持续"),   TEXT_INIT("将在"),
    TEXT_INIT("将于"),         TEXT_INIT("将对"),     TEXT_INIT("将把"),
    TEXT_INIT("将以"),         TEXT_INIT("将逐步"),   TEXT_INIT("将统筹"),
    TEXT_INIT("将研究"),       TEXT_INIT("将开展"),   TEXT_INIT("将组织"),
    TEXT_INIT("将建"),         TEXT_INIT("将新"),     TEXT_INIT("将完"),
    TEXT_INIT("将启动"),       TEXT_INIT("将实"),     TEXT_INIT("将出台"),
    TEXT_INIT("将制"),         TEXT_INIT("将修订"),   TEXT_INIT("将适时"),
    TEXT_INIT("将优"),         TEXT_INIT("将深"),     TEXT_INIT("将充分"),
    TEXT_INIT("将认真"),       TEXT_INIT("将从"),     TEXT_INIT("将重点"),
    TEXT_INIT("将着力"),       TEXT_INIT("将配合"),   TEXT_INIT("将协"),
    TEXT_INIT("将安排"),       TEXT_INIT("将采"),     TEXT_INIT("将专门"),
    TEXT_INIT("将向"),         TEXT_INIT("将为"),     TEXT_INIT("将全"),
    TEXT_INIT("将引"),         TEXT_INIT("将扩"),     TEXT_INIT("将增"),
    TEXT_INIT("将提"),         TEXT_INIT("将强化"),   TEXT_INIT("将督促"),
    TEXT_INIT("将指导"),       TEXT_INIT("将联合"),   TEXT_INIT("将探索"),
    TEXT_INIT("将鼓励"),       TEXT_INIT("将支持"),   TEXT_INIT("将不断"),
    TEXT_INIT("将尽"),         TEXT_INIT("将争取"),   TEXT_INIT("将通过"),
    TEXT_INIT("将依"),         TEXT_INIT("将根据"),   TEXT_INIT("将视"),
    TEXT_INIT("将委员"),       TEXT_INIT("将您"),     TEXT_INIT("拟对"),
    TEXT_INIT("拟将"),         TEXT_INIT("拟新"),     TEXT_INIT("拟建"),
    TEXT_INIT("正在研究制定"), TEXT_INIT("正在编制"), TEXT_INIT("正在修编"),
    TEXT_INIT("适时推进"),     TEXT_INIT("适时出台"), TEXT_INIT("未来"),
    TEXT_INIT("“十五五”期间"), TEXT_INIT(""),
};

/* Of the past or the present. */
static const struct text BEHIND[] = {
    TEXT_INIT("截至"),   TEXT_INIT("截止目前"), TEXT_INIT("目前"),     TEXT_INIT("近年来"),
    TEXT_INIT("去年"),   TEXT_INIT("已经"),     TEXT_INIT("已完成"),   TEXT_INIT("已建"),
    TEXT_INIT("已出台"), TEXT_INIT("已印发"),   TEXT_INIT("已累计"),   TEXT_INIT("已有"),
    TEXT_INIT("已于"),   TEXT_INIT("已纳入"),   TEXT_INIT("已在"),     TEXT_INIT("已对"),
    TEXT_INIT("已将"),   TEXT_INIT("已实"),     TEXT_INIT("已开"),     TEXT_INIT("已投"),
    TEXT_INIT("累计"),   TEXT_INIT("今年以来"), TEXT_INIT("此前"),     TEXT_INIT("先后"),
    TEXT_INIT("感谢"),   TEXT_INIT("您提出"),   TEXT_INIT("您建议"),   TEXT_INIT("收悉"),
    TEXT_INIT("自2"),    TEXT_INIT("曾"),       TEXT_INIT("委员提出"), TEXT_INIT("代表提出"),
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
        TEXT_INIT("月底前"),   TEXT_INIT(""),
    };
    return has_any(text, GOALS) || text_starts_with(text, TEXT("到20")) ||
           text_contains(text, TEXT("，到20"));
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
    struct text clause = scan_rest(text, at);
    if (row.length > TEXT("将新").length || scan_any_at(row, 0, AHEAD_ANYWAY))
        return false;
    for (size_t i = 0; i < sizeof(ENDS) / sizeof(*ENDS); i++) {
        size_t end = text_find(clause, ENDS[i]);
        clause.length = end == TEXT_NONE ? clause.length : end;
    }
    return has_any(clause, VERBS);
}

/* A word of what is to come that is none of another meaning. */
static bool is_ahead(struct text text)
{
    for (size_t i = 0; AHEAD[i].length; i++)
        for (size_t at = 0; at < text.length;) {
            size_t found = text_find(scan_rest(text, at), AHEAD[i]);
            if (found == TEXT_NONE)
                break;
            if (!text_starts_with(AHEAD[i], TEXT("将")) || !is_object(text, at + found, AHEAD[i]))
                return true;
            at += found + AHEAD[i].length;
        }
    return waits(text);
}

bool commitment_is(struct text sentence, enum passage_role role)
{
    struct text text = text_trim(sentence);
    bool ahead = is_ahead(text) || has_goal(text), behind = has_any(text, BEHIND);
    if (role == ROLE_HEAD || role == ROLE_HEADING || utf8_count(text) < 8)
        return false;
    if (text_contains(text, TEXT("感谢")) || text_ends_with(text, TEXT("：")))
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

/* ---- deadlines ---- */

static bool is_digit_at(struct text text, size_t at)
{
    return scan_digit(text, at);
}

/* 2026年, 今年, 明年, 10月: bytes at `at`. */
static size_t time_at(struct text text, size_t at)
{
    static const struct text WORDS[] = { TEXT_INIT("今年"),     TEXT_INIT("明年"),
                                         TEXT_INIT("本年度"),   TEXT_INIT("年内"),
                                         TEXT_INIT("“十五五”"), TEXT_INIT("“十四五”"),
                                         TEXT_INIT("") };
    static const struct text PARTS[] = { TEXT_INIT("年"), TEXT_INIT("月"), TEXT_INIT("日"),
                                         TEXT_INIT("") };
    size_t length = scan_any_at(text, at, WORDS);
    for (size_t end = at + length; is_digit_at(text, end);) {
        size_t digits = end;
        while (is_digit_at(text, digits))
            digits++;
        size_t part = scan_any_at(text, digits, PARTS);
        if (!part)
            break;
        end = digits + part;
        length = end - at;
    }
    return length;
}

struct text commitment_deadline(struct text sentence)
{
    static const struct text ENDS[] = {
        TEXT_INIT("底前"),   TEXT_INIT("底"),     TEXT_INIT("年底前"), TEXT_INIT("年底"),
        TEXT_INIT("前"),     TEXT_INIT("内"),     TEXT_INIT("末"),     TEXT_INIT("末前"),
        TEXT_INIT("上半年"), TEXT_INIT("下半年"), TEXT_INIT("期间"),   TEXT_INIT("一季度"),
        TEXT_INIT("二季度"), TEXT_INIT("三季度"), TEXT_INIT("四季度"), TEXT_INIT("上半年前"),
        TEXT_INIT("起"),     TEXT_INIT("开始"),   TEXT_INIT(""),
    };
    static const struct text UNTIL[] = {
        TEXT_INIT("到"),   TEXT_INIT("计划"), TEXT_INIT("计划于"), TEXT_INIT("计划在"),
        TEXT_INIT("预计"), TEXT_INIT("拟于"), TEXT_INIT("力争"),   TEXT_INIT("力争在"),
        TEXT_INIT("将于"), TEXT_INIT("将在"), TEXT_INIT("定于"),   TEXT_INIT(""),
    };
    struct text best = { NULL, 0 };
    for (size_t at = 0; at < sentence.length; at += utf8_length((unsigned char)sentence.data[at])) {
        if (at && is_digit_at(sentence, at - 1))
            continue;
        size_t time = time_at(sentence, at);
        size_t end = time ? scan_any_at(sentence, at + time, ENDS) : 0;
        bool until = scan_any_before(sentence, at, UNTIL) > 0;
        bool past =
            scan_before(sentence, at, TEXT("截至")) || scan_before(sentence, at, TEXT("自"));
        if (time && !past && (end || until))
            best = text_slice(sentence, at, time + end);
        if (time)
            at += time - utf8_length((unsigned char)sentence.data[at]);
    }
    return best;
}
