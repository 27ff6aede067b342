/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Until when something is to be done: a time with what says that it is an end, or a limit by itself. */
#include "search/extract/commitments.h"
#include "search/query/scan.h"

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
    for (size_t end = at + length; scan_digit(text, end);) {
        size_t digits = end;
        while (scan_digit(text, digits))
            digits++;
        size_t part = scan_any_at(text, digits, PARTS);
        if (!part)
            break;
        end = digits + part;
        length = end - at;
    }
    return length;
}

/* 年底前, 三年内: a time limit by itself; 去年年底 was one. */
static size_t limit_at(struct text text, size_t at)
{
    static const struct text LIMITS[] = {
        TEXT_INIT("年底前"), TEXT_INIT("年内"),   TEXT_INIT("三年内"), TEXT_INIT("两年内"),
        TEXT_INIT("五年内"), TEXT_INIT("一年内"), TEXT_INIT("半年内"), TEXT_INIT(""),
    };
    static const struct text BEFORE[] = { TEXT_INIT("去年"), TEXT_INIT("上年"), TEXT_INIT("前年"),
                                          TEXT_INIT("截至"), TEXT_INIT("近"),   TEXT_INIT("") };
    return scan_any_before(text, at, BEFORE) ? 0 : scan_any_at(text, at, LIMITS);
}

struct text commitment_deadline(struct text sentence)
{
    static const struct text ENDS[] = {
        TEXT_INIT("底前"),       TEXT_INIT("底"),         TEXT_INIT("年底前"),
        TEXT_INIT("年底"),       TEXT_INIT("前"),         TEXT_INIT("内"),
        TEXT_INIT("末"),         TEXT_INIT("末前"),       TEXT_INIT("上半年"),
        TEXT_INIT("下半年"),     TEXT_INIT("期间"),       TEXT_INIT("一季度"),
        TEXT_INIT("二季度"),     TEXT_INIT("三季度"),     TEXT_INIT("四季度"),
        TEXT_INIT("上半年前"),   TEXT_INIT("起"),         TEXT_INIT("开始"),
        TEXT_INIT("第一季度"),   TEXT_INIT("第二季度"),   TEXT_INIT("第三季度"),
        TEXT_INIT("第四季度"),   TEXT_INIT("春季学期"),   TEXT_INIT("秋季学期"),
        TEXT_INIT("春季学期起"), TEXT_INIT("秋季学期起"), TEXT_INIT("春季学期前"),
        TEXT_INIT("秋季学期前"), TEXT_INIT(""),
    };
    static const struct text UNTIL[] = {
        TEXT_INIT("到"),   TEXT_INIT("计划"), TEXT_INIT("计划于"), TEXT_INIT("计划在"),
        TEXT_INIT("预计"), TEXT_INIT("拟于"), TEXT_INIT("力争"),   TEXT_INIT("力争在"),
        TEXT_INIT("将于"), TEXT_INIT("将在"), TEXT_INIT("定于"),   TEXT_INIT(""),
    };
    struct text best = { NULL, 0 };
    for (size_t at = 0, next; at < sentence.length; at = next) {
        next = at + utf8_length((unsigned char)sentence.data[at]);
        if (at && scan_digit(sentence, at - 1))
            continue;
        size_t time = time_at(sentence, at);
        size_t end = time ? scan_any_at(sentence, at + time, ENDS) : 0;
        size_t limit = end ? 0 : limit_at(sentence, at);
        bool until = scan_any_before(sentence, at, UNTIL) > 0;
        bool past =
            scan_before(sentence, at, TEXT("截至")) || scan_before(sentence, at, TEXT("自"));
        size_t length = limit && limit >= time ? limit : time + end;
        if (limit || (time && !past && (end || until)))
            best = text_slice(sentence, at, length);
        next = length > next - at ? at + length : next;
    }
    return best;
}
