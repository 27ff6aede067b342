/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/measure.h"

#include "search/extract/verbs.h"

#define NAME_MAX 20 /* code points of a name behind a measure word */
#define ASIDE_MAX 8

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

/* Bytes of (街道) at `at`, 0: none, or what is in it is long. */
static size_t aside_at(struct text sentence, size_t at)
{
    size_t close = scan_at(sentence, at, TEXT("(")) ? text_find(scan_rest(sentence, at), TEXT(")"))
                                                    : TEXT_NONE;
    if (close == TEXT_NONE || utf8_count(text_slice(sentence, at, close)) > ASIDE_MAX)
        return 0;
    for (size_t i = 0; i < close; i++)
        if (scan_digit(sentence, at + i))
            return 0;
    return close + 1;
}

/* Where the name that begins at `start` ends: at a mark, a number, a verb, or a word that joins. */
static size_t name_end(struct text sentence, size_t start, const struct scan_words *words)
{
    static const struct text ENDS[] = {
        TEXT_INIT("以上"), TEXT_INIT("以下"), TEXT_INIT("以内"), TEXT_INIT("左右"),
        TEXT_INIT("和"),   TEXT_INIT("及"),   TEXT_INIT("与"),   TEXT_INIT("并"),
        TEXT_INIT("均"),   TEXT_INIT("已"),   TEXT_INIT("中"),   TEXT_INIT("被"),
        TEXT_INIT("将"),   TEXT_INIT("为"),   TEXT_INIT("的"),   TEXT_INIT("不"),
        TEXT_INIT("在"),   TEXT_INIT("由"),   TEXT_INIT("从"),   TEXT_INIT("可"),
        TEXT_INIT("平均"), TEXT_INIT("分别"), TEXT_INIT("占"),   TEXT_INIT("达"),
        TEXT_INIT("尚"),   TEXT_INIT("未"),   TEXT_INIT("逐一"), TEXT_INIT("逐个"),
        TEXT_INIT("逐户"), TEXT_INIT("逐项"), TEXT_INIT("逐人"), TEXT_INIT("逐笔"),
        TEXT_INIT("陆续"), TEXT_INIT(""),
    };
    size_t at = start;
    for (size_t count = 0; at < sentence.length && count < NAME_MAX; count++) {
        size_t next = at, aside = at > start ? aside_at(sentence, at) : 0;
        uint32_t codepoint = utf8_next_valid(sentence.data, &next);
        bool begins = !scan_cuts(words, sentence.data + at);
        bool grade = scan_at(sentence, at, TEXT("以上")) && scan_before(sentence, at, TEXT("级"));
        if (aside)
            next = at + aside;
        else if (is_boundary(codepoint) || scan_digit(sentence, at) ||
                 (begins && !grade && scan_word_at(words, sentence, at, ENDS)) ||
                 verb_at(words, sentence, at).length > 0)
            break;
        at = grade ? at + TEXT("以上").length : next;
    }
    return at;
}

static struct text name_at(struct text sentence, size_t start, const struct scan_words *words)
{
    struct text name = text_slice(sentence, start, name_end(sentence, start, words) - start);
    return utf8_count(name) >= 2 ? text_trim(name) : (struct text) { NULL, 0 };
}

/* 21个县: what is counted has a name of one character. */
static struct text short_name_at(struct text sentence, size_t at, const struct scan_words *words)
{
    static const struct text NAMES[] = {
        TEXT_INIT("省"), TEXT_INIT("市"), TEXT_INIT("县"), TEXT_INIT("区"),
        TEXT_INIT("镇"), TEXT_INIT("乡"), TEXT_INIT("村"), TEXT_INIT("州"),
        TEXT_INIT("旗"), TEXT_INIT("厂"), TEXT_INIT("站"), TEXT_INIT("馆"),
        TEXT_INIT("店"), TEXT_INIT("港"), TEXT_INIT("桥"), TEXT_INIT(""),
    };
    size_t length = scan_any_at(sentence, at, NAMES);
    bool whole = length && !scan_cuts(words, sentence.data + at + length);
    return whole ? text_slice(sentence, at, length) : (struct text) { NULL, 0 };
}

struct text measure_behind(struct text sentence, const struct quantity *quantity,
                           const struct scan_words *words)
{
    struct text none = { NULL, 0 };
    if (!quantity->counts)
        return none;
    struct text name = name_at(sentence, quantity->end, words);
    return name.length ? name : short_name_at(sentence, quantity->end, words);
}

struct text measure_of_which(struct text sentence, const struct quantity *quantity,
                             const struct scan_words *words)
{
    static const struct text BOUNDS[] = { TEXT_INIT("以上"), TEXT_INIT("以下"), TEXT_INIT("以内"),
                                          TEXT_INIT("左右"), TEXT_INIT("") };
    size_t at = quantity->end + scan_any_at(sentence, quantity->end, BOUNDS);
    if (!scan_at(sentence, at, TEXT("的")))
        return (struct text) { NULL, 0 };
    return name_at(sentence, at + TEXT("的").length, words);
}

#define MONEY_MAX 10 /* code points of the name of an amount behind it */

struct text measure_money(struct text sentence, const struct quantity *quantity,
                          const struct scan_words *words)
{
    static const struct text SKIPPED[] = { TEXT_INIT("给予"),   TEXT_INIT("的"),
                                           TEXT_INIT("给予的"), TEXT_INIT("标准的"),
                                           TEXT_INIT("以下的"), TEXT_INIT("以上的"),
                                           TEXT_INIT("的标准"), TEXT_INIT("标准"),
                                           TEXT_INIT("") };
    static const struct text HEADS[] = {
        TEXT_INIT("补贴"), TEXT_INIT("补助"), TEXT_INIT("奖励"),   TEXT_INIT("奖金"),
        TEXT_INIT("资金"), TEXT_INIT("基金"), TEXT_INIT("贷款"),   TEXT_INIT("津贴"),
        TEXT_INIT("补偿"), TEXT_INIT("债券"), TEXT_INIT("消费券"), TEXT_INIT("授信"),
        TEXT_INIT("经费"), TEXT_INIT("费用"), TEXT_INIT("代金券"), TEXT_INIT("罚款"),
        TEXT_INIT("贴息"), TEXT_INIT("奖补"), TEXT_INIT("救助金"), TEXT_INIT("慰问金"),
        TEXT_INIT(""),
    };
    size_t start = quantity->end, count = 0;
    if (!text_ends_with(quantity->unit, TEXT("元")))
        return (struct text) { NULL, 0 };
    start += scan_any_at(sentence, start, SKIPPED);
    struct verb verb = verb_at(words, sentence, start);
    start += verb.naming ? 0 : verb.length; /* 50元发放高龄津贴 */
    for (size_t at = start; at < sentence.length && count < MONEY_MAX; count++) {
        size_t next = at, head = scan_any_at(sentence, at, HEADS);
        uint32_t codepoint = utf8_next_valid(sentence.data, &next);
        if (head && count)
            return text_slice(sentence, start, at + head - start);
        if (head) { /* 奖励 alone says as much as 奖励资金 */
            size_t more = scan_any_at(sentence, at + head, HEADS);
            return text_slice(sentence, start, head + more);
        }
        if (is_boundary(codepoint) || scan_digit(sentence, at) ||
            scan_at(sentence, at, TEXT("分别")))
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
