/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply that lies in several files is kept once. */
#include "tests/batch/adding.h"

#define HEAD "云汀市教育局关于市政协九届三次会议第12号提案的答复\n张某某委员：\n"
#define BODY                                                                                                                                   \
    "您提出的《关于推进校园周边停车的提案》收悉。现将办理情况答复如下：\n"                                    \
    "一、关于停车场建设\n去年以来，我局会同城管局、交警大队对全市五十二所学校周边逐一踏勘，新增"   \
    "临时停车位一千二百个，划定接送专用区域三十处。\n二、关于错峰放学\n我们在二十所学校试行分年级" \
    "错峰放学，每批间隔十五分钟，高峰时段的拥堵明显缓解，家长满意度有了提高。\n"                           \
    "三、下一步打算\n我们将继续挖掘周边社区和机关单位的停车资源，推动夜间与节假日共享开放，并把"   \
    "学校周边交通组织纳入年度重点工作。\n感谢您对教育工作的关心和支持。\n云汀市教育局\n"                 \
    "2026年5月12日\n"

static void add_two_copies(void)
{
    write_file("in/a.txt", HEAD BODY);
    write_file("in/b.txt", HEAD BODY);
    add(at("in"));
}

START_TEST(the_second_copy_is_counted_and_not_stored)
{
    add_two_copies();
    assert_counts("1/0/0/0, 1");
    ck_assert_uint_eq(counts.duplicates, 1);
    add(at("in"));
    assert_counts("0/0/0/0, 1");
    assert_lines("");
}
END_TEST

START_TEST(another_year_or_number_is_another_reply)
{
    write_file("in/a.txt", HEAD BODY);
    write_file("in/b.txt",
               "云汀市教育局关于市政协九届三次会议第13号提案的答复\n李某某委员：\n" BODY);
    add(at("in"));
    ck_assert_uint_eq(counts.added, 2);
    ck_assert_uint_eq(counts.duplicates, 0);
}
END_TEST

START_TEST(when_the_kept_copy_goes_the_other_one_comes)
{
    add_two_copies();
    unlink(at("in/a.txt"));
    add(at("in"));
    assert_counts("1/0/1/0, 1");
    unlink(at("in/b.txt"));
    add(at("in"));
    assert_counts("0/0/1/0, 0");
}
END_TEST

START_TEST(when_the_other_copy_goes_nothing_happens)
{
    add_two_copies();
    unlink(at("in/b.txt"));
    add(at("in"));
    assert_counts("0/0/0/0, 1");
}
END_TEST

START_TEST(a_copy_that_says_something_else_from_now_on_is_a_reply)
{
    add_two_copies();
    write_file("in/b.txt", "云汀市水利局关于市政协九届三次会议第40号提案的答复\n王某某委员：\n"
                           "关于农村饮水安全，我局已完成管网改造八十公里。\n");
    add(at("in"));
    assert_counts("1/0/0/0, 2");
}
END_TEST

RUN_SUITE("adder_twins", the_second_copy_is_counted_and_not_stored,
          another_year_or_number_is_another_reply, when_the_kept_copy_goes_the_other_one_comes,
          when_the_other_copy_goes_nothing_happens,
          a_copy_that_says_something_else_from_now_on_is_a_reply)
