/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the phrase before a number to the name in it: from both ends what only leads to something
 * goes, then what stands before the last verb (我局下达|补助资金). */
#include "search/extract/measure.h"
#include "search/extract/verbs.h"

#define PHRASE_MAX 30 /* code points */

static const struct text LEADS[] = {
    TEXT_INIT("可达"),     TEXT_INIT("首轮"),     TEXT_INIT("首批"),     TEXT_INIT("全部"),
    TEXT_INIT("截至"),     TEXT_INIT("截止"),     TEXT_INIT("目前"),     TEXT_INIT("其中"),
    TEXT_INIT("累计"),     TEXT_INIT("共计"),     TEXT_INIT("合计"),     TEXT_INIT("总计"),
    TEXT_INIT("全市"),     TEXT_INIT("我市"),     TEXT_INIT("全省"),     TEXT_INIT("我省"),
    TEXT_INIT("全区"),     TEXT_INIT("我区"),     TEXT_INIT("全县"),     TEXT_INIT("我县"),
    TEXT_INIT("我局"),     TEXT_INIT("我委"),     TEXT_INIT("市级财政"), TEXT_INIT("已经"),
    TEXT_INIT("已"),       TEXT_INIT("共"),       TEXT_INIT("现有"),     TEXT_INIT("现"),
    TEXT_INIT("今年"),     TEXT_INIT("去年"),     TEXT_INIT("上年"),     TEXT_INIT("本年"),
    TEXT_INIT("以来"),     TEXT_INIT("底"),       TEXT_INIT("末"),       TEXT_INIT("初"),
    TEXT_INIT("全年"),     TEXT_INIT("上半年"),   TEXT_INIT("下半年"),   TEXT_INIT("一季度"),
    TEXT_INIT("前三季度"), TEXT_INIT("将"),       TEXT_INIT("再"),       TEXT_INIT("还"),
    TEXT_INIT("并"),       TEXT_INIT("也"),       TEXT_INIT("均"),       TEXT_INIT("由"),
    TEXT_INIT("从"),       TEXT_INIT("在"),       TEXT_INIT("对"),       TEXT_INIT("为"),
    TEXT_INIT("的"),       TEXT_INIT("每年"),     TEXT_INIT("近年来"),   TEXT_INIT("按"),
    TEXT_INIT("按照"),     TEXT_INIT("到"),       TEXT_INIT("至"),       TEXT_INIT("和"),
    TEXT_INIT("及"),       TEXT_INIT("与"),       TEXT_INIT("了"),       TEXT_INIT("年底"),
    TEXT_INIT("期间"),     TEXT_INIT("前"),       TEXT_INIT("后"),       TEXT_INIT("力争"),
    TEXT_INIT("拟"),       TEXT_INIT("最终"),     TEXT_INIT("先后"),     TEXT_INIT("我们"),
    TEXT_INIT("本市"),     TEXT_INIT("本区"),     TEXT_INIT("已有"),     TEXT_INIT(" "),
    TEXT_INIT("一是"),     TEXT_INIT("二是"),     TEXT_INIT("三是"),     TEXT_INIT("四是"),
    TEXT_INIT("同时"),     TEXT_INIT("共有"),     TEXT_INIT("设有"),     TEXT_INIT("建有"),
    TEXT_INIT("但"),       TEXT_INIT("而"),       TEXT_INIT("且"),       TEXT_INIT("仍"),
    TEXT_INIT("并且"),     TEXT_INIT("有"),       TEXT_INIT("近三年"),   TEXT_INIT("近五年"),
    TEXT_INIT("三年来"),   TEXT_INIT("年内"),     TEXT_INIT("以上的"),   TEXT_INIT("以上"),
    TEXT_INIT("先行"),     TEXT_INIT("本年度"),   TEXT_INIT("上年度"),   TEXT_INIT("该项目"),
    TEXT_INIT("该工程"),   TEXT_INIT("本项目"),   TEXT_INIT("上述"),     TEXT_INIT("分别"),
    TEXT_INIT("可"),       TEXT_INIT("年可"),     TEXT_INIT("各类"),     TEXT_INIT("各"),
    TEXT_INIT("首次"),     TEXT_INIT("通过"),     TEXT_INIT("计划"),     TEXT_INIT("预计"),
    TEXT_INIT("来自"),     TEXT_INIT("届时"),     TEXT_INIT("现已"),     TEXT_INIT("现共有"),
    TEXT_INIT("另有"),     TEXT_INIT("另"),       TEXT_INIT("还有"),     TEXT_INIT("尚有"),
    TEXT_INIT("尚"),       TEXT_INIT("约"),       TEXT_INIT("县级财政"), TEXT_INIT("区级财政"),
    TEXT_INIT("市财政"),   TEXT_INIT("县财政"),   TEXT_INIT("区财政"),   TEXT_INIT("省财政"),
    TEXT_INIT("省级财政"), TEXT_INIT("中央财政"), TEXT_INIT("本级财政"), TEXT_INIT("各级财政"),
    TEXT_INIT("春季"),     TEXT_INIT("秋季"),     TEXT_INIT("夏季"),     TEXT_INIT("冬季"),
    TEXT_INIT("以每"),     TEXT_INIT("是"),       TEXT_INIT("已累计"),   TEXT_INIT("计划用"),
    TEXT_INIT("连续"),     TEXT_INIT("合计有"),   TEXT_INIT("我们已"),   TEXT_INIT("本县"),
    TEXT_INIT("本省"),     TEXT_INIT("我校"),     TEXT_INIT("我院"),     TEXT_INIT("我中心"),
    TEXT_INIT("我办"),     TEXT_INIT("我厅"),     TEXT_INIT("我所"),     TEXT_INIT("我镇"),
    TEXT_INIT("我街道"),   TEXT_INIT("我旗"),     TEXT_INIT("全镇"),     TEXT_INIT("全街道"),
    TEXT_INIT("辖区"),     TEXT_INIT("辖区内"),   TEXT_INIT("全州"),     TEXT_INIT("我州"),
    TEXT_INIT("全盟"),     TEXT_INIT("当前"),     TEXT_INIT("截至目前"), TEXT_INIT("至今"),
    TEXT_INIT("迄今"),     TEXT_INIT("近年"),     TEXT_INIT("近两年"),   TEXT_INIT("近两年来"),
    TEXT_INIT("近四年"),   TEXT_INIT("近三年来"), TEXT_INIT("近五年来"), TEXT_INIT("五年来"),
    TEXT_INIT("两年来"),   TEXT_INIT("四年来"),   TEXT_INIT("当年"),     TEXT_INIT("今年以来"),
    TEXT_INIT("去年以来"), TEXT_INIT("一年来"),   TEXT_INIT("每学年"),   TEXT_INIT("每学期"),
    TEXT_INIT("每月"),     TEXT_INIT("每季度"),   TEXT_INIT("每周"),     TEXT_INIT("每天"),
    TEXT_INIT("每日"),     TEXT_INIT("直接"),     TEXT_INIT("统一"),     TEXT_INIT("等"),
    TEXT_INIT(""),
};

static const struct text TAILS[] = {
    TEXT_INIT("三年"),   TEXT_INIT("两年"),   TEXT_INIT("五年"),   TEXT_INIT("四年"),
    TEXT_INIT("五年前"), TEXT_INIT("三年前"), TEXT_INIT("十年前"), TEXT_INIT("达到"),
    TEXT_INIT("达"),     TEXT_INIT("为"),     TEXT_INIT("是"),     TEXT_INIT("有"),
    TEXT_INIT("共"),     TEXT_INIT("计"),     TEXT_INIT("约"),     TEXT_INIT("已"),
    TEXT_INIT("近"),     TEXT_INIT("超过"),   TEXT_INIT("突破"),   TEXT_INIT("超"),
    TEXT_INIT("逾"),     TEXT_INIT("了"),     TEXT_INIT("实现"),   TEXT_INIT("完成"),
    TEXT_INIT("至"),     TEXT_INIT("到"),     TEXT_INIT("均"),     TEXT_INIT("分别"),
    TEXT_INIT("合计"),   TEXT_INIT("总计"),   TEXT_INIT("累计"),   TEXT_INIT("共计"),
    TEXT_INIT("提高"),   TEXT_INIT("提升"),   TEXT_INIT("增加"),   TEXT_INIT("上升"),
    TEXT_INIT("下降"),   TEXT_INIT("降低"),   TEXT_INIT("减少"),   TEXT_INIT("降"),
    TEXT_INIT("增"),     TEXT_INIT("升"),     TEXT_INIT("缩短"),   TEXT_INIT("压减"),
    TEXT_INIT("扩大"),   TEXT_INIT("增长"),   TEXT_INIT("同比"),   TEXT_INIT("环比"),
    TEXT_INIT("年均"),   TEXT_INIT("其中"),   TEXT_INIT("的"),     TEXT_INIT("由"),
    TEXT_INIT("从"),     TEXT_INIT("不低于"), TEXT_INIT("不少于"), TEXT_INIT("不超过"),
    TEXT_INIT("不高于"), TEXT_INIT("至少"),   TEXT_INIT("在"),     TEXT_INIT("再"),
    TEXT_INIT("比去年"), TEXT_INIT("较去年"), TEXT_INIT("较上年"), TEXT_INIT("比上年"),
    TEXT_INIT("按"),     TEXT_INIT("给予"),   TEXT_INIT("享受"),   TEXT_INIT("每"),
    TEXT_INIT("接近"),   TEXT_INIT("将近"),   TEXT_INIT("控制"),   TEXT_INIT("稳定"),
    TEXT_INIT("保持"),   TEXT_INIT("设计"),   TEXT_INIT(" "),      TEXT_INIT("仅"),
    TEXT_INIT("仅为"),   TEXT_INIT("预计"),   TEXT_INIT("可"),     TEXT_INIT("只"),
    TEXT_INIT("还"),     TEXT_INIT("由目前"), TEXT_INIT("目前"),   TEXT_INIT("低"),
    TEXT_INIT("高"),     TEXT_INIT("扩"),     TEXT_INIT("仍"),     TEXT_INIT("仍有"),
    TEXT_INIT("尚有"),   TEXT_INIT("共有"),   TEXT_INIT("约有"),   TEXT_INIT("只有"),
    TEXT_INIT("仅有"),   TEXT_INIT("已有"),   TEXT_INIT("现有"),   TEXT_INIT("平均"),
    TEXT_INIT("均为"),   TEXT_INIT("缩减"),   TEXT_INIT("压缩"),   TEXT_INIT("扩展"),
    TEXT_INIT("调整"),   TEXT_INIT("上调"),   TEXT_INIT("下调"),   TEXT_INIT("延长"),
    TEXT_INIT("或"),     TEXT_INIT("和"),     TEXT_INIT("及"),     TEXT_INIT("压减至"),
    TEXT_INIT("减至"),   TEXT_INIT("降至"),   TEXT_INIT("升至"),   TEXT_INIT("增至"),
    TEXT_INIT("缩短至"), TEXT_INIT("缩减至"), TEXT_INIT("扩至"),   TEXT_INIT("提高到"),
    TEXT_INIT("提升到"), TEXT_INIT("降到"),   TEXT_INIT("达到了"), TEXT_INIT("由原来"),
    TEXT_INIT("原来"),   TEXT_INIT("原"),     TEXT_INIT("由原"),   TEXT_INIT("全年"),
    TEXT_INIT("统一"),   TEXT_INIT("首次"),   TEXT_INIT("最"),     TEXT_INIT("最高"),
    TEXT_INIT("最长"),   TEXT_INIT("最低"),   TEXT_INIT("最大"),   TEXT_INIT("最多"),
    TEXT_INIT("均达"),   TEXT_INIT("均达到"), TEXT_INIT("开行"),   TEXT_INIT("恢复"),
    TEXT_INIT("相当于"), TEXT_INIT("按每"),   TEXT_INIT("为每"),   TEXT_INIT("至每"),
    TEXT_INIT("到每"),   TEXT_INIT("各"),     TEXT_INIT("各为"),   TEXT_INIT("则"),
    TEXT_INIT("已达"),   TEXT_INIT("已达到"), TEXT_INIT("提至"),   TEXT_INIT("提升至"),
    TEXT_INIT("提高至"), TEXT_INIT("调至"),   TEXT_INIT("调整为"), TEXT_INIT("调整至"),
    TEXT_INIT("调整到"), TEXT_INIT("增长到"), TEXT_INIT("增长至"), TEXT_INIT("增加到"),
    TEXT_INIT("增加至"), TEXT_INIT("扩大到"), TEXT_INIT("扩大至"), TEXT_INIT("下降到"),
    TEXT_INIT("下降至"), TEXT_INIT("降低到"), TEXT_INIT("降低至"), TEXT_INIT("减少到"),
    TEXT_INIT("缩短到"), TEXT_INIT("压缩到"), TEXT_INIT("压缩至"), TEXT_INIT("压减到"),
    TEXT_INIT("上升到"), TEXT_INIT("上升至"), TEXT_INIT("回升至"), TEXT_INIT("回升到"),
    TEXT_INIT("增加了"), TEXT_INIT("提高了"), TEXT_INIT("已由"),   TEXT_INIT("已从"),
    TEXT_INIT("逐步"),   TEXT_INIT("进一步"), TEXT_INIT("将"),     TEXT_INIT("力争"),
    TEXT_INIT("要"),     TEXT_INIT("应"),     TEXT_INIT("需"),     TEXT_INIT("能"),
    TEXT_INIT("可达"),   TEXT_INIT("不足"),   TEXT_INIT("不到"),   TEXT_INIT("大约"),
    TEXT_INIT("达成"),   TEXT_INIT("以"),     TEXT_INIT("用"),     TEXT_INIT("累计达"),
    TEXT_INIT("共达"),   TEXT_INIT("多达"),   TEXT_INIT("高达"),   TEXT_INIT(""),
};

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
                                        TEXT_INIT("较"), TEXT_INIT("到"), TEXT_INIT("至"),
                                        TEXT_INIT("是") };
    static const struct text THEN[] = { TEXT_INIT("去年"), TEXT_INIT("今年"), TEXT_INIT("上年"),
                                        TEXT_INIT("目前") };
    static const struct text ENDS[] = { TEXT_INIT("底"), TEXT_INIT("末"), TEXT_INIT("初"),
                                        TEXT_INIT("前") };
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
        bool then = false;
        for (size_t row = 0; row < sizeof(THEN) / sizeof(*THEN); row++)
            then = then || text_equal(date, THEN[row]);
        if (then || (length && length == date.length))
            return at;
    }
    return phrase.length;
}

/* (一), 截至2025年底, 全市: what the phrase begins with and is no part of a name. */
static size_t lead_at(struct text phrase, const struct scan_words *words)
{
    size_t length = verb_places(phrase, 0) ? 0 : scan_word_at(words, phrase, 0, LEADS);
    length = length ? length : date_at(phrase);
    return length ? length : item_at(phrase);
}

static struct text strip_leads(struct text phrase, const struct scan_words *words)
{
    for (size_t length; (length = lead_at(phrase, words)) > 0;)
        phrase = scan_rest(phrase, length);
    return phrase;
}

static struct text strip_tails(struct text phrase, const struct scan_words *words)
{
    for (size_t length; (length = scan_word_before(words, phrase, phrase.length, TAILS)) > 0;)
        phrase.length -= length;
    if (text_ends_with(phrase, TEXT("数达"))) /* 基站数达 */
        phrase.length -= TEXT("达").length;
    phrase.length = from_year(phrase);
    return phrase;
}

/* Enough of a name is left behind a verb; 建成的小区 are some of all. */
static bool leaves_name(struct text phrase, size_t end, const struct scan_words *words,
                        size_t least)
{
    return !scan_at(phrase, end, TEXT("的")) &&
           utf8_count(strip_leads(scan_rest(phrase, end), words)) >= least;
}

/* Behind the last verb that governs what follows it; a verb that may be half of a name only does at
 * the start of the phrase, or behind another verb. */
static struct text behind_verbs(struct text phrase, const struct scan_words *words, bool counted)
{
    if (text_starts_with(phrase, TEXT("每"))) /* 每万人拥有基站数 */
        return phrase;
    size_t start = 0, free = 0; /* `free`: only verbs and leads were before it */
    for (size_t at = 0; at < phrase.length;) {
        size_t lead = at == free ? lead_at(scan_rest(phrase, at), words) : 0;
        struct verb verb = verb_at(words, phrase, at);
        if (lead && lead >= verb.length) {
            at += lead;
            free = at;
            continue;
        }
        size_t end = at + verb.length;
        bool again = start > 0 && at == free; /* 改造提升绿道 */
        size_t least = verb.naming && !counted && !again ? 4 : 2;
        if (verb.length && (at == free || (!verb.naming && !verb.noun_follows)) &&
            leaves_name(phrase, end, words, least)) {
            start = verb.joins ? at : end;
            free = at == free || !verb.naming ? end : free;
            at = end;
        } else
            at += utf8_length((unsigned char)phrase.data[at]);
    }
    return scan_rest(phrase, start);
}

struct text measure_before(struct text sentence, size_t start, size_t end,
                           const struct scan_words *words, bool counted)
{
    struct text phrase = strip_tails(text_trim(text_slice(sentence, start, end - start)), words);
    phrase = strip_leads(phrase, words);
    phrase = strip_tails(phrase, words);
    size_t object = text_find_last(phrase, TEXT("将"));
    if (object != TEXT_NONE && utf8_count(scan_rest(phrase, object + 3)) >= 4)
        phrase = scan_rest(phrase, object + 3); /* 将……提高 */
    phrase = strip_leads(behind_verbs(phrase, words, counted), words);
    size_t count = utf8_count(phrase);
    if (count > PHRASE_MAX) /* its end is nearest to the number */
        phrase = scan_rest(phrase, utf8_advance(phrase, count - PHRASE_MAX));
    return count >= 2 ? phrase : (struct text) { NULL, 0 };
}
