/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/measure.h"

#include "search/extract/scan.h"

#define NAME_MAX 20   /* code points of a name behind a measure word */
#define PHRASE_MAX 30 /* of a phrase before a number */

/* Verbs and particles that end a name, and that lead to one. */
static const struct text VERBS[] = {
    TEXT_INIT("实现"),   TEXT_INIT("完成"), TEXT_INIT("减负"), TEXT_INIT("发放"), TEXT_INIT("获得"),
    TEXT_INIT("获评"),   TEXT_INIT("获批"), TEXT_INIT("入选"), TEXT_INIT("占"),   TEXT_INIT("达到"),
    TEXT_INIT("增长"),   TEXT_INIT("下降"), TEXT_INIT("建成"), TEXT_INIT("建设"), TEXT_INIT("投用"),
    TEXT_INIT("投入"),   TEXT_INIT("开展"), TEXT_INIT("新增"), TEXT_INIT("新建"), TEXT_INIT("改造"),
    TEXT_INIT("培育"),   TEXT_INIT("创建"), TEXT_INIT("打造"), TEXT_INIT("推出"), TEXT_INIT("建立"),
    TEXT_INIT("设立"),   TEXT_INIT("设置"), TEXT_INIT("设有"), TEXT_INIT("建有"), TEXT_INIT("拥有"),
    TEXT_INIT("布局"),   TEXT_INIT("安排"), TEXT_INIT("下达"), TEXT_INIT("拨付"), TEXT_INIT("支付"),
    TEXT_INIT("补助"),   TEXT_INIT("补贴"), TEXT_INIT("资助"), TEXT_INIT("惠及"), TEXT_INIT("覆盖"),
    TEXT_INIT("服务"),   TEXT_INIT("办理"), TEXT_INIT("办结"), TEXT_INIT("受理"), TEXT_INIT("查处"),
    TEXT_INIT("处置"),   TEXT_INIT("整治"), TEXT_INIT("排查"), TEXT_INIT("整改"), TEXT_INIT("检查"),
    TEXT_INIT("组织"),   TEXT_INIT("举办"), TEXT_INIT("培训"), TEXT_INIT("招聘"), TEXT_INIT("引进"),
    TEXT_INIT("认定"),   TEXT_INIT("评选"), TEXT_INIT("制定"), TEXT_INIT("出台"), TEXT_INIT("印发"),
    TEXT_INIT("发布"),   TEXT_INIT("梳理"), TEXT_INIT("收集"), TEXT_INIT("征集"), TEXT_INIT("种植"),
    TEXT_INIT("配备"),   TEXT_INIT("配置"), TEXT_INIT("购置"), TEXT_INIT("更新"), TEXT_INIT("铺设"),
    TEXT_INIT("修复"),   TEXT_INIT("保护"), TEXT_INIT("解决"), TEXT_INIT("帮助"), TEXT_INIT("支持"),
    TEXT_INIT("推动"),   TEXT_INIT("推进"), TEXT_INIT("增加"), TEXT_INIT("减少"), TEXT_INIT("提高"),
    TEXT_INIT("提升"),   TEXT_INIT("降低"), TEXT_INIT("缩短"), TEXT_INIT("压减"), TEXT_INIT("降至"),
    TEXT_INIT("升至"),   TEXT_INIT("参加"), TEXT_INIT("参与"), TEXT_INIT("位居"), TEXT_INIT("位列"),
    TEXT_INIT("纳入"),   TEXT_INIT("列入"), TEXT_INIT("选派"), TEXT_INIT("落实"), TEXT_INIT("享受"),
    TEXT_INIT("收治"),   TEXT_INIT("救助"), TEXT_INIT("治理"), TEXT_INIT("开通"), TEXT_INIT("投放"),
    TEXT_INIT("签订"),   TEXT_INIT("签约"), TEXT_INIT("落地"), TEXT_INIT("进行"), TEXT_INIT("给予"),
    TEXT_INIT("划定"),   TEXT_INIT("规划"), TEXT_INIT("计划"), TEXT_INIT("超过"), TEXT_INIT("突破"),
    TEXT_INIT("达"),     TEXT_INIT("增至"), TEXT_INIT("通过"), TEXT_INIT("来自"), TEXT_INIT("集中"),
    TEXT_INIT("开工"),   TEXT_INIT("竣工"), TEXT_INIT("移交"), TEXT_INIT("拆除"), TEXT_INIT("挂牌"),
    TEXT_INIT("建档"),   TEXT_INIT("登记"), TEXT_INIT("发现"), TEXT_INIT("接待"), TEXT_INIT("募集"),
    TEXT_INIT("筹集"),   TEXT_INIT("招收"), TEXT_INIT("争取"), TEXT_INIT("提供"), TEXT_INIT("评定"),
    TEXT_INIT("预计"),   TEXT_INIT("累计"), TEXT_INIT("涉及"), TEXT_INIT("加装"), TEXT_INIT("安装"),
    TEXT_INIT("再增加"), TEXT_INIT("建"),   TEXT_INIT("投资"), TEXT_INIT("摸排"), TEXT_INIT("确定"),
    TEXT_INIT("查获"),   TEXT_INIT("化解"), TEXT_INIT("调解"), TEXT_INIT("招录"), TEXT_INIT("遴选"),
    TEXT_INIT("布点"),   TEXT_INIT("布设"), TEXT_INIT("组建"), TEXT_INIT("缩减"), TEXT_INIT("压缩"),
    TEXT_INIT("扩大"),   TEXT_INIT("扩展"), TEXT_INIT("上升"), TEXT_INIT("下调"), TEXT_INIT("上调"),
    TEXT_INIT("调整"),   TEXT_INIT("延长"), TEXT_INIT("变为"), TEXT_INIT("改为"), TEXT_INIT("减至"),
    TEXT_INIT("减少至"), TEXT_INIT("降到"), TEXT_INIT("升到"), TEXT_INIT("增到"), TEXT_INIT("扩至"),
    TEXT_INIT("归集"),   TEXT_INIT("开放"), TEXT_INIT(""),
};

static const struct text LEADS[] = {
    TEXT_INIT("截至"),   TEXT_INIT("截止"),     TEXT_INIT("目前"),   TEXT_INIT("其中"),
    TEXT_INIT("累计"),   TEXT_INIT("共计"),     TEXT_INIT("合计"),   TEXT_INIT("总计"),
    TEXT_INIT("全市"),   TEXT_INIT("我市"),     TEXT_INIT("全省"),   TEXT_INIT("我省"),
    TEXT_INIT("全区"),   TEXT_INIT("我区"),     TEXT_INIT("全县"),   TEXT_INIT("我县"),
    TEXT_INIT("全国"),   TEXT_INIT("我局"),     TEXT_INIT("我委"),   TEXT_INIT("市级财政"),
    TEXT_INIT("已经"),   TEXT_INIT("已"),       TEXT_INIT("共"),     TEXT_INIT("现有"),
    TEXT_INIT("现"),     TEXT_INIT("今年"),     TEXT_INIT("去年"),   TEXT_INIT("上年"),
    TEXT_INIT("本年"),   TEXT_INIT("以来"),     TEXT_INIT("底"),     TEXT_INIT("末"),
    TEXT_INIT("初"),     TEXT_INIT("全年"),     TEXT_INIT("上半年"), TEXT_INIT("下半年"),
    TEXT_INIT("一季度"), TEXT_INIT("前三季度"), TEXT_INIT("将"),     TEXT_INIT("再"),
    TEXT_INIT("还"),     TEXT_INIT("并"),       TEXT_INIT("也"),     TEXT_INIT("均"),
    TEXT_INIT("由"),     TEXT_INIT("从"),       TEXT_INIT("在"),     TEXT_INIT("对"),
    TEXT_INIT("为"),     TEXT_INIT("的"),       TEXT_INIT("每年"),   TEXT_INIT("近年来"),
    TEXT_INIT("按"),     TEXT_INIT("按照"),     TEXT_INIT("到"),     TEXT_INIT("至"),
    TEXT_INIT("和"),     TEXT_INIT("及"),       TEXT_INIT("与"),     TEXT_INIT("了"),
    TEXT_INIT("年底"),   TEXT_INIT("期间"),     TEXT_INIT("前"),     TEXT_INIT("后"),
    TEXT_INIT("中"),     TEXT_INIT("力争"),     TEXT_INIT("拟"),     TEXT_INIT("最终"),
    TEXT_INIT("先后"),   TEXT_INIT("我们"),     TEXT_INIT("本市"),   TEXT_INIT("本区"),
    TEXT_INIT("已有"),   TEXT_INIT(" "),        TEXT_INIT("一是"),   TEXT_INIT("二是"),
    TEXT_INIT("三是"),   TEXT_INIT("四是"),     TEXT_INIT("同时"),   TEXT_INIT("全部"),
    TEXT_INIT("共有"),   TEXT_INIT("设有"),     TEXT_INIT("建有"),   TEXT_INIT("但"),
    TEXT_INIT("而"),     TEXT_INIT("且"),       TEXT_INIT("仍"),     TEXT_INIT("并且"),
    TEXT_INIT("有"),     TEXT_INIT("近三年"),   TEXT_INIT("近五年"), TEXT_INIT("三年来"),
    TEXT_INIT("年内"),   TEXT_INIT("以上的"),   TEXT_INIT("以上"),   TEXT_INIT("先行"),
    TEXT_INIT(""),
};

static const struct text TAILS[] = {
    TEXT_INIT("达到"),   TEXT_INIT("达"),     TEXT_INIT("为"),     TEXT_INIT("是"),
    TEXT_INIT("有"),     TEXT_INIT("共"),     TEXT_INIT("计"),     TEXT_INIT("约"),
    TEXT_INIT("已"),     TEXT_INIT("近"),     TEXT_INIT("超过"),   TEXT_INIT("突破"),
    TEXT_INIT("超"),     TEXT_INIT("逾"),     TEXT_INIT("了"),     TEXT_INIT("实现"),
    TEXT_INIT("完成"),   TEXT_INIT("至"),     TEXT_INIT("到"),     TEXT_INIT("均"),
    TEXT_INIT("分别"),   TEXT_INIT("合计"),   TEXT_INIT("总计"),   TEXT_INIT("累计"),
    TEXT_INIT("共计"),   TEXT_INIT("提高"),   TEXT_INIT("提升"),   TEXT_INIT("增加"),
    TEXT_INIT("上升"),   TEXT_INIT("下降"),   TEXT_INIT("降低"),   TEXT_INIT("减少"),
    TEXT_INIT("降"),     TEXT_INIT("增"),     TEXT_INIT("升"),     TEXT_INIT("缩短"),
    TEXT_INIT("压减"),   TEXT_INIT("扩大"),   TEXT_INIT("增长"),   TEXT_INIT("同比"),
    TEXT_INIT("环比"),   TEXT_INIT("年均"),   TEXT_INIT("其中"),   TEXT_INIT("的"),
    TEXT_INIT("由"),     TEXT_INIT("从"),     TEXT_INIT("不低于"), TEXT_INIT("不少于"),
    TEXT_INIT("不超过"), TEXT_INIT("不高于"), TEXT_INIT("至少"),   TEXT_INIT("在"),
    TEXT_INIT("再"),     TEXT_INIT("新增"),   TEXT_INIT("比去年"), TEXT_INIT("较去年"),
    TEXT_INIT("较上年"), TEXT_INIT("比上年"), TEXT_INIT("按"),     TEXT_INIT("给予"),
    TEXT_INIT("享受"),   TEXT_INIT("每"),     TEXT_INIT("接近"),   TEXT_INIT("将近"),
    TEXT_INIT("控制"),   TEXT_INIT("稳定"),   TEXT_INIT("保持"),   TEXT_INIT("设计"),
    TEXT_INIT(" "),      TEXT_INIT("仅"),     TEXT_INIT("仅为"),   TEXT_INIT("预计"),
    TEXT_INIT("可"),     TEXT_INIT("占"),     TEXT_INIT("占比"),   TEXT_INIT("占全市"),
    TEXT_INIT("占全省"), TEXT_INIT("合计占"), TEXT_INIT("只"),     TEXT_INIT("还"),
    TEXT_INIT("由目前"), TEXT_INIT("目前"),   TEXT_INIT("低"),     TEXT_INIT("高"),
    TEXT_INIT("扩"),     TEXT_INIT("占总数"), TEXT_INIT("占到"),   TEXT_INIT("仍"),
    TEXT_INIT("仍有"),   TEXT_INIT("尚有"),   TEXT_INIT("共有"),   TEXT_INIT("约有"),
    TEXT_INIT("只有"),   TEXT_INIT("仅有"),   TEXT_INIT("已有"),   TEXT_INIT("现有"),
    TEXT_INIT("平均"),   TEXT_INIT("均为"),   TEXT_INIT("缩减"),   TEXT_INIT("压缩"),
    TEXT_INIT("扩展"),   TEXT_INIT("调整"),   TEXT_INIT("上调"),   TEXT_INIT("下调"),
    TEXT_INIT("延长"),   TEXT_INIT("或"),     TEXT_INIT("和"),     TEXT_INIT("及"),
    TEXT_INIT("压减至"), TEXT_INIT("减至"),   TEXT_INIT("降至"),   TEXT_INIT("升至"),
    TEXT_INIT("增至"),   TEXT_INIT("缩短至"), TEXT_INIT("缩减至"), TEXT_INIT("扩至"),
    TEXT_INIT("提高到"), TEXT_INIT("提升到"), TEXT_INIT("降到"),   TEXT_INIT("达到了"),
    TEXT_INIT(""),
};

static bool is_boundary(uint32_t codepoint)
{
    static const uint32_t MARKS[] = { ',',    ';',    ':',    '(',    ')',    '!',    '?',
                                      '\n',   0x3001, 0x3002, 0x201C, 0x201D, 0x300A, 0x300B,
                                      0x2236, '"',    0x2014, '+',    '/' };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++)
        if (MARKS[i] == codepoint)
            return true;
    return false;
}

struct text measure_behind(struct text sentence, const struct quantity *quantity,
                           const struct scan_words *words)
{
    static const struct text ENDS[] = {
        TEXT_INIT("以上"), TEXT_INIT("以下"), TEXT_INIT("以内"), TEXT_INIT("左右"), TEXT_INIT("和"),
        TEXT_INIT("及"),   TEXT_INIT("与"),   TEXT_INIT("并"),   TEXT_INIT("均"),   TEXT_INIT("已"),
        TEXT_INIT("中"),   TEXT_INIT("被"),   TEXT_INIT("将"),   TEXT_INIT("为"),   TEXT_INIT("的"),
        TEXT_INIT("不"),   TEXT_INIT("在"),   TEXT_INIT("由"),   TEXT_INIT("从"),   TEXT_INIT("可"),
        TEXT_INIT("平均"), TEXT_INIT(""),
    };
    struct text none = { NULL, 0 };
    size_t start = quantity->end, count = 0;
    if (!quantity->counts || scan_word_at(words, sentence, start, ENDS))
        return none;
    size_t at = start;
    while (at < sentence.length && count < NAME_MAX) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(sentence.data, &next);
        bool begins = !scan_cuts(words, sentence.data + at);
        size_t verb = scan_word_at(words, sentence, at, VERBS);
        if (is_boundary(codepoint) || scan_digit(sentence, at) ||
            (begins && scan_word_at(words, sentence, at, ENDS)) ||
            (at > start ? verb > 3 && begins : verb > 0))
            break;
        at = next;
        count++;
    }
    return count >= 2 ? text_trim(text_slice(sentence, start, at - start)) : none;
}

#define MONEY_MAX 10 /* code points of the name of an amount behind it */

struct text measure_money(struct text sentence, const struct quantity *quantity)
{
    static const struct text SKIPPED[] = { TEXT_INIT("给予"), TEXT_INIT("的"), TEXT_INIT("给予的"),
                                           TEXT_INIT("标准的"), TEXT_INIT("") };
    static const struct text HEADS[] = {
        TEXT_INIT("补贴"), TEXT_INIT("补助"), TEXT_INIT("奖励"),   TEXT_INIT("奖金"),
        TEXT_INIT("资金"), TEXT_INIT("基金"), TEXT_INIT("贷款"),   TEXT_INIT("津贴"),
        TEXT_INIT("补偿"), TEXT_INIT("债券"), TEXT_INIT("消费券"), TEXT_INIT("授信"),
        TEXT_INIT("经费"), TEXT_INIT("费用"), TEXT_INIT("代金券"), TEXT_INIT(""),
    };
    size_t start = quantity->end, count = 0;
    if (!text_ends_with(quantity->unit, TEXT("元")))
        return (struct text) { NULL, 0 };
    start += scan_any_at(sentence, start, SKIPPED);
    for (size_t at = start; at < sentence.length && count < MONEY_MAX; count++) {
        size_t next = at, head = scan_any_at(sentence, at, HEADS);
        uint32_t codepoint = utf8_next_valid(sentence.data, &next);
        if (head && count)
            return text_slice(sentence, start, at + head - start);
        if (head) { /* 奖励 alone says as much as 奖励资金 */
            size_t more = scan_any_at(sentence, at + head, HEADS);
            return text_slice(sentence, start, head + more);
        }
        if (is_boundary(codepoint) || scan_digit(sentence, at))
            break;
        at = next;
    }
    return (struct text) { NULL, 0 };
}

/* A name in quotation marks and what stands in parentheses belong to the phrase: “一网通办”率,
 * 镇(街道). */
static size_t over_quotation(struct text sentence, size_t floor, size_t end)
{
    static const struct {
        struct text open, close;
    } PAIRS[] = { { TEXT_INIT("“"), TEXT_INIT("”") }, { TEXT_INIT("("), TEXT_INIT(")") } };
    for (size_t i = 0; i < sizeof(PAIRS) / sizeof(*PAIRS); i++) {
        if (!scan_before(sentence, end, PAIRS[i].close))
            continue;
        size_t opened = text_find_last(text_slice(sentence, 0, end), PAIRS[i].open);
        if (opened != TEXT_NONE && opened >= floor)
            return opened;
    }
    return end;
}

size_t measure_clause(struct text sentence, size_t floor, size_t number)
{
    size_t start = number;
    while (start > floor) {
        size_t quotation = over_quotation(sentence, floor, start);
        if (quotation == start && is_boundary(scan_previous(sentence, start)))
            break;
        start = quotation < start ? quotation : utf8_boundary(sentence, start - 1);
    }
    return start < floor ? floor : start;
}

/* 2025年3月, and a number that a date begins with. */
static size_t date_at(struct text text)
{
    size_t at = 0;
    while (scan_digit(text, at))
        at++;
    static const struct text PARTS[] = { TEXT_INIT("年"),   TEXT_INIT("年度"), TEXT_INIT("月"),
                                         TEXT_INIT("月份"), TEXT_INIT("日"),   TEXT_INIT("") };
    size_t part = at ? scan_any_at(text, at, PARTS) : 0;
    bool bound = scan_at(text, at + part, TEXT("以前")) || scan_at(text, at + part, TEXT("之前"));
    return part && !bound ? at + part : 0;
}

/* Verbs that as often are the first half of a name: 补助资金, 办理时限. */
static const struct text NAMING[] = {
    TEXT_INIT("补助"), TEXT_INIT("补贴"), TEXT_INIT("资助"), TEXT_INIT("办理"), TEXT_INIT("服务"),
    TEXT_INIT("培训"), TEXT_INIT("投资"), TEXT_INIT("保护"), TEXT_INIT("规划"), TEXT_INIT("检查"),
    TEXT_INIT("治理"), TEXT_INIT("计划"), TEXT_INIT("参与"), TEXT_INIT("检查"), TEXT_INIT("覆盖"),
    TEXT_INIT("救助"), TEXT_INIT("受理"), TEXT_INIT("登记"), TEXT_INIT("建设"), TEXT_INIT("建档"),
    TEXT_INIT("支持"), TEXT_INIT("改造"), TEXT_INIT("培育"), TEXT_INIT("建"),   TEXT_INIT("更新"),
    TEXT_INIT("落实"), TEXT_INIT("投放"), TEXT_INIT("招聘"), TEXT_INIT("提升"), TEXT_INIT(""),
};

static const struct text HEADS[] = {
    TEXT_INIT("标准"), TEXT_INIT("资金"), TEXT_INIT("时限"), TEXT_INIT("率"),   TEXT_INIT("量"),
    TEXT_INIT("金额"), TEXT_INIT("面积"), TEXT_INIT("比例"), TEXT_INIT("对象"), TEXT_INIT("次数"),
    TEXT_INIT("人员"), TEXT_INIT("机构"), TEXT_INIT("项目"), TEXT_INIT("中心"), TEXT_INIT("时间"),
    TEXT_INIT("站"),   TEXT_INIT("点"),   TEXT_INIT("费"),   TEXT_INIT("额"),   TEXT_INIT("总"),
    TEXT_INIT("规模"), TEXT_INIT("里程"), TEXT_INIT("用地"), TEXT_INIT(""),
};

/* (一) or (12) before a heading that runs on. */
static size_t item_at(struct text text)
{
    static const struct text NUMERALS = TEXT_INIT("一二三四五六七八九十0123456789");
    size_t at = 1, count = 0;
    if (!text_starts_with(text, TEXT("(")))
        return 0;
    for (; at < text.length && text.data[at] != ')' && count < 4; count++) {
        size_t start = at;
        utf8_next_valid(text.data, &at);
        if (!text_contains(NUMERALS, text_slice(text, start, at - start)))
            return 0;
    }
    return count && at < text.length && text.data[at] == ')' ? at + 1 : 0;
}

/* Where 由2021年 at the end of a phrase begins: the first of two years that are compared. */
static size_t from_year(struct text phrase)
{
    static const struct text FROM[] = { TEXT_INIT("由"), TEXT_INIT("从"), TEXT_INIT("比"),
                                        TEXT_INIT("较") };
    static const struct text ENDS[] = { TEXT_INIT("底"), TEXT_INIT("末"), TEXT_INIT("初") };
    for (size_t i = 0; i < sizeof(FROM) / sizeof(*FROM); i++) {
        size_t at = text_find_last(phrase, FROM[i]);
        if (at == TEXT_NONE)
            continue;
        struct text date = scan_rest(phrase, at + FROM[i].length);
        for (size_t end = 0; end < sizeof(ENDS) / sizeof(*ENDS); end++)
            if (text_ends_with(date, ENDS[end]))
                date.length -= ENDS[end].length;
        size_t length = 0, more;
        while ((more = date_at(scan_rest(date, length))) > 0)
            length += more;
        if (length && length == date.length)
            return at;
    }
    return phrase.length;
}

static struct text strip_leads(struct text phrase, const struct scan_words *words)
{
    for (int verbs = 0;;) {
        size_t length = scan_word_at(words, phrase, 0, LEADS);
        length = length ? length : date_at(phrase);
        length = length ? length : item_at(phrase);
        size_t verb = scan_word_at(words, phrase, 0, VERBS);
        bool naming = verb && scan_any_at(phrase, 0, NAMING) == verb;
        if (naming && scan_any_at(phrase, verb, HEADS))
            verb = 0;
        size_t left = verb ? utf8_count(scan_rest(phrase, verb)) : 0;
        if (!length && verb && verbs < 2 && left >= (naming ? 4U : 2U)) {
            length = verb;
            verbs += naming ? 2 : 1;
        }
        if (!length)
            return phrase;
        phrase = scan_rest(phrase, length);
    }
}

static struct text strip_tails(struct text phrase, const struct scan_words *words)
{
    for (size_t length; (length = scan_word_before(words, phrase, phrase.length, TAILS)) > 0;)
        phrase.length -= length;
    phrase.length = from_year(phrase);
    return phrase;
}

struct text measure_before(struct text sentence, size_t start, size_t end,
                           const struct scan_words *words)
{
    struct text phrase = strip_tails(text_trim(text_slice(sentence, start, end - start)), words);
    phrase = strip_leads(phrase, words);
    phrase = strip_tails(phrase, words);
    size_t object = text_find_last(phrase, TEXT("将"));
    if (object != TEXT_NONE && utf8_count(scan_rest(phrase, object + 3)) >= 4)
        phrase = scan_rest(phrase, object + 3); /* 将……提高 */
    size_t count = utf8_count(phrase);
    if (count > PHRASE_MAX) /* its end is nearest to the number */
        phrase = scan_rest(phrase, utf8_advance(phrase, count - PHRASE_MAX));
    return count >= 2 ? phrase : (struct text) { NULL, 0 };
}
