/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Short forms from text that defines them, and what is no short form. */
#include "indexer/batch/learn_pairs.h"

#include "tests/analysis/suite.h"

static struct learn_pairs pairs;
static struct learned_pair *judged;
static size_t judged_count;

static void before(void)
{
    open_lexicon();
    learn_pairs_init(&pairs, lexicon);
}

static void after(void)
{
    learn_pairs_release(&pairs);
    close_lexicon();
}

static void judge(void)
{
    ck_assert(!learn_pairs_judge(&pairs, &arena, &judged, &judged_count, &error));
}

static void read(uint32_t reply, const char *passage)
{
    ck_assert(!learn_pairs_add_passage(&pairs, reply, text_of(passage), &error));
}

/* "brief=full" of every pair, joined by blanks. */
static struct text all(void)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    judge();
    for (size_t i = 0; i < judged_count; i++)
        buffer_printf(&out, "%s%.*s=%.*s", i ? " " : "", TEXT_ARG(judged[i].brief),
                      TEXT_ARG(judged[i].full));
    return arena_text(&arena, buffer_text(&out));
}

static void assert_learns(const char *passage, const char *expected)
{
    learn_pairs_release(&pairs);
    learn_pairs_init(&pairs, lexicon);
    read(0, passage);
    assert_text(all(), expected);
}

START_TEST(a_text_says_what_it_calls_something)
{
    assert_learns("完善新型农村合作医疗（以下简称“新农合”）制度", "新农合=新型农村合作医疗");
    assert_learns("推进智能化改造、数字化转型（简称智改数转）", "智改数转=智能化改造、数字化转型");
    assert_learns("我市成立大数据发展管理局,以下简称“大数据局”,负责此事",
                  "大数据局=大数据发展管理局");
    assert_learns("根據《優化營商環境三年行動計劃》(下稱“營商三年計劃”)",
                  "营商三年计划=营商环境三年行动计划");
}
END_TEST

START_TEST(brackets_alone_define_an_agency)
{
    assert_learns("经商市海洋与渔业局（市海渔局），答复如下", "海渔局=海洋与渔业局");
    assert_learns("宁波市海洋与渔业局（以下简称市海渔局）", "海渔局=海洋与渔业局");
    assert_learns("建设城市运行中心（城运中心）", "");
}
END_TEST

START_TEST(brackets_alone_define_anything_where_two_replies_agree)
{
    read(0, "建设城市运行中心（城运中心）");
    read(0, "城市运行中心（城运中心）");
    assert_text(all(), "");
    read(1, "扩建城市运行中心（城运中心）。");
    assert_text(all(), "城运中心=城市运行中心");
    ck_assert_uint_eq(judged[0].occurrences, 3);
    ck_assert_uint_eq(judged[0].replies, 2);
    ck_assert_int_eq(judged[0].rule, PAIR_BRACKETS);
}
END_TEST

START_TEST(the_title_and_the_issuer_define_an_agency)
{
    ck_assert(!learn_pairs_add_reply(&pairs, 0, TEXT("市海渔局关于市政协第3号提案的答复"),
                                     TEXT("宁波市海洋与渔业局"), &error));
    ck_assert(!learn_pairs_add_reply(&pairs, 1, TEXT("市教育局关于第4号提案的答复"),
                                     TEXT("宁波市教育局"), &error));
    ck_assert(!learn_pairs_add_reply(&pairs, 2, TEXT("市民政局关于第5号提案的答复"),
                                     TEXT("宁波市水利局"), &error));
    ck_assert(!learn_pairs_add_reply(&pairs, 3, TEXT(""), TEXT(""), &error));
    assert_text(all(), "海渔局=海洋与渔业局");
    ck_assert_int_eq(judged[0].rule, PAIR_ISSUER);
    ck_assert(judged[0].agency);
}
END_TEST

START_TEST(what_stands_in_brackets_is_mostly_something_else)
{
    static const char *const OTHERS[] = {
        "补助企业（个人）",
        "《宁波市优化营商环境条例》（以下简称《条例》）",
        "《关于促进就业的实施意见》（以下简称“实施意见”）",
        "宁波甬江科技有限公司（以下简称“公司”）",
        "关于第13号提案（以下简称“本提案”）",
        "市人民政府（以下简称“甲方”）",
        "中华人民共和国民法典（以下简称民法典）",
        "停车泊位（含充电桩）",
        "各县（市、区）",
        "（以下简称“新农合”）",
        "简称",
        "（",
        "，下称",
        "“（以下简称“",
    };
    for (size_t i = 0; i < LENGTH_OF(OTHERS); i++)
        assert_learns(OTHERS[i], "");
}
END_TEST

START_TEST(a_short_form_of_two_things_is_refused)
{
    read(0, "城市运行管理中心（以下简称“城管中心”）");
    assert_text(all(), "城管中心=城市运行管理中心");
    read(1, "城镇管线中心（以下简称“城管中心”）");
    assert_text(all(), "");
}
END_TEST

START_TEST(any_text_is_read_without_harm)
{
    uint64_t seed = 5;
    for (int round = 0; round < 500; round++) {
        CLEANUP(buffer_release) struct buffer text = BUFFER_INIT;
        for (int i = 0; i < 6; i++) {
            static const char *const MARKS[] = {
                "（", "以下简称", "“", "”", "）", ",", "《", "》"
            };
            buffer_append(&text, random_text(&seed, next_random(&seed) % 5));
            buffer_append(&text, text_of(MARKS[next_random(&seed) % LENGTH_OF(MARKS)]));
        }
        ck_assert(!learn_pairs_add_passage(&pairs, (uint32_t)round, buffer_text(&text), &error));
    }
    judge();
    for (size_t i = 0; i < judged_count; i++)
        ck_assert_uint_lt(utf8_count(judged[i].brief), utf8_count(judged[i].full));
}
END_TEST

RUN_SUITE("learn_pairs", before, after, a_text_says_what_it_calls_something,
          brackets_alone_define_an_agency, brackets_alone_define_anything_where_two_replies_agree,
          the_title_and_the_issuer_define_an_agency,
          what_stands_in_brackets_is_mostly_something_else, a_short_form_of_two_things_is_refused,
          any_text_is_read_without_harm)
