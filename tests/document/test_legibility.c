/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/legibility.h"
#include "tests/base/suite.h"

static bool is_garbage(const char *text)
{
    struct legibility legibility = { 0 };
    legibility_add(&legibility, text_of(text));
    return legibility_is_garbage(&legibility);
}

START_TEST(text_is_text_also_with_formulas_tables_and_letters)
{
    ck_assert(!is_garbage("您提出的《关于推动公共数据开放利用的提案》（第36号）收悉，现答复如下："));
    ck_assert(!is_garbage("GDP 326.4 (+5.1%) | CPI 101.2 | PMI 50.3"));
    ck_assert(!is_garbage("Reply to proposal No. 36 of the fourth session, \"open data\" [2025]"));
    ck_assert(!is_garbage("http://www.tongjiang.gov.cn/jyta/art_1229.html?id=1&page=2 2026-10-12"));
    ck_assert(!is_garbage("①②③ √ × ℃ ㎡ ∑ ≥ ← → ■ □ ▲ 注：±5% 1∶2.6"));
    ck_assert(!is_garbage(""));
}
END_TEST

START_TEST(numbers_of_glyphs_are_not)
{
    ck_assert(is_garbage("!\"#$%&'()*+,-./0123!\"45'6)789:;<9=>?@ABCDEFGH)I\"JK$%&'(LMNO"));
    ck_assert(is_garbage("ƌƐƑǔЀЁѢӃחטىࠅࠆमययययययࠀअआइঅআই"));
    ck_assert(is_garbage("第1页 㐀㐁㑇㑈㒓㒔㓟㓠㔫㔬㕷㕸㗃㗄㘏㘐㙛㙜㚧㚨㛳㛴㜿㝀㞋㞌"));
}
END_TEST

START_TEST(a_third_that_cannot_be_text_is_enough_for_any_length)
{
    ck_assert(is_garbage("\xEF\xBF\xBD第"));
    ck_assert(is_garbage("\xEE\x80\x80\xEE\x80\x81页"));
    ck_assert(!is_garbage("第一页\xEF\xBF\xBD"));
}
END_TEST

RUN_SUITE("legibility", NULL, NULL, text_is_text_also_with_formulas_tables_and_letters,
          numbers_of_glyphs_are_not, a_third_that_cannot_be_text_is_enough_for_any_length)
