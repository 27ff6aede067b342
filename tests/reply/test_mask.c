/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Persons and numbers of contact lines are shown masked. */
#include "tests/reply/parsing.h"

static void assert_masked(const char *text, const char *expected)
{
    struct text once = reply_mask_contact(text_of(text), true, &arena);
    assert_text(once, expected);
    assert_text(reply_mask_contact(once, true, &arena), expected);
}

START_TEST(names_and_numbers_of_contact_lines_are_masked)
{
    assert_masked("（联系人：胡忠忠；联系电话：15824520223）",
                  "（联系人：胡**；联系电话：158****0223）");
    assert_masked("联 系 人：李某    联系电话：0600-12345678",
                  "联 系 人：李*    联系电话：0600-****5678");
    assert_masked("联系人：安全管理科  殷某某  0611-7654321",
                  "联系人：安全管理科  殷**  0611-****321");
    assert_masked("承办人：蓝某某  分管领导：石某某  电话：05747654321",
                  "承办人：蓝**  分管领导：石**  电话：057****4321");
    assert_masked("联系人：张三、李四，联系电话：（0571）87654321",
                  "联系人：张*、李*，联系电话：（0571）****4321");
    assert_masked("联系单位及电话：农村水利水电处，0610-87654321",
                  "联系单位及电话：农村水利水电处，0610-****4321");
    assert_masked("联系单位及电话：养老服务科  殷小红  0611-7654321",
                  "联系单位及电话：养老服务科  殷**  0611-****321");
    assert_masked("联系人：殷小红 联系电话：０６００－１２３４５６７８",
                  "联系人：殷** 联系电话：０６００－****５６７８");
    assert_masked("联系电话：０６００１２３４５６７８", "联系电话：０６００****５６７８");
    assert_masked("聯 系 人：劉某    聯繫電話：13912345678",
                  "聯 系 人：劉*    聯繫電話：139****5678");
}
END_TEST

START_TEST(elsewhere_only_mobile_numbers_are_masked)
{
    assert_text(reply_mask_contact(text_of("热线0571-12345678，手机13812345678。"), false, &arena),
                "热线0571-12345678，手机138****5678。");
    assert_text(reply_mask_contact(text_of("可与胡忠忠联系，电话15824520223。"), false, &arena),
                "可与胡**联系，电话158****0223。");
    assert_text(reply_mask_contact(text_of("总投资13812345678.5元"), false, &arena),
                "总投资13812345678.5元");
    struct text plain = TEXT("张三说得对，投资2882.4亿元。");
    ck_assert_ptr_eq(reply_mask_contact(plain, false, &arena).data, plain.data);
}
END_TEST

RUN_SUITE("mask", before, after, names_and_numbers_of_contact_lines_are_masked,
          elsewhere_only_mobile_numbers_are_masked)
