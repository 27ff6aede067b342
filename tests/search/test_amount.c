/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An amount and the other forms that it is looked for in. */
#include "search/query/amount.h"

#include "tests/search/run_suite.h"

static const struct {
    const char *text, *forms; /* "-": no amount */
} EXAMPLES[] = {
    { "3.5亿元", "350000000元 35000万元 三亿五千万元" },
    { "35000万元", "350000000元 3.5亿元 三亿五千万元" },
    { "三亿五千万元", "350000000元 35000万元 3.5亿元" },
    { "350000000元", "35000万元 3.5亿元 三亿五千万元" },
    { "1.2万户", "12000户 一万二千户" },
    { "12000户", "1.2万户 一万二千户" },
    { "2.882万亿元", "28820亿元" },
    { "37.4651万家", "374651家" },
    { "200家", "二百家 两百家" },
    { "12公里", "十二公里 12千米 12km" },
    { "12km", "十二公里 12公里 12千米" },
    { "500m2", "五百平方米 500平方米 500平米 500㎡" },
    { "30吨", "三十吨 30t" },
    { "5个百分点", "五个百分点 5百分点" },
    { "15公顷", "十五公顷" },
    { "0.35万千瓦时", "3500千瓦时 三千五百千瓦时 3500kwh 0.35万kwh 3500度电 0.35万度电" },
    { "20000亩", "2万亩 二万亩 两万亩" },
    { "15天", "十五天" },
    { "十天", "10天" },
    { "3年", "三年" },
    { "105项", "一百零五项" },
    { "1010项", "一千零一十项" },
    { "5%", "百分之5 百分之五" },
    { "百分之五", "5% 百分之5" },
    { "5.2%", "百分之5.2" },
    { "30%", "百分之30 百分之三十 三成" },
    { "三成", "30% 百分之30 百分之三十" },
    { "45公里/小时", "四十五公里/小时 45km/h" },
    { "0.5小时", "0.5个小时 0.5h" },
    /* no exact amount, or none at all */
    { "30多家", "" },
    { "30—50元", "" },
    { "2025年", "-" },
    { "5号", "-" },
    { "十分", "-" },
};

/* Each form is the same amount, and has the others. */
static const struct {
    const char *text, *forms; /* "-": no amount */
} BARE[] = {
    { "3.5亿", "350000000 35000万 三亿五千万" },
    { "1.2万", "12000 一万二千" },
    { "三亿五千万", "350000000 35000万 3.5亿" },
    { "35000万投资", "350000000 3.5亿 三亿五千万" },
    { "十万大山", "-" },
    { "百万工程", "-" },
    { "3500", "-" },
    { "2万余", "-" },
    { "第3万", "-" },
};

/* The other forms of an amount; "-" where there is none. */
static struct text forms_of(struct text text, bool bare, struct arena *arena)
{
    struct text forms[AMOUNT_FORMS_MAX], out = TEXT("");
    struct quantity quantity;
    size_t next, count = 0;
    if (bare ? !amount_bare(text, 0, &quantity) : !quantity_read(text, 0, &quantity, &next))
        return TEXT("-");
    ck_assert(amount_forms(text, &quantity, arena, forms, &count));
    for (size_t i = 0; i < count; i++)
        out = arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(out), i ? " " : "", TEXT_ARG(forms[i]));
    return out;
}

START_TEST(an_amount_has_these_other_forms)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct text out = forms_of(text_of(EXAMPLES[_i].text), false, &arena);
    ck_assert_msg(text_equal(out, text_of(EXAMPLES[_i].forms)), "%s\n  %.*s\n  %s",
                  EXAMPLES[_i].text, TEXT_ARG(out), EXAMPLES[_i].forms);
    arena_release(&arena);
}
END_TEST

START_TEST(an_amount_without_a_unit_has_forms_without_one)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct text out = forms_of(text_of(BARE[_i].text), true, &arena);
    ck_assert_msg(text_equal(out, text_of(BARE[_i].forms)), "%s\n  %.*s\n  %s", BARE[_i].text,
                  TEXT_ARG(out), BARE[_i].forms);
    arena_release(&arena);
}
END_TEST

START_TEST(forms_are_read_as_the_same_amount)
{
    static const double VALUES[] = { 2,        10,   12,    20,    101,   110,    1001,
                                     1010,     2000, 10001, 12000, 20500, 100000, 120000,
                                     35000000, 1e8,  3.5e8, 1.5,   0.25,  4.05e9 };
    struct arena arena;
    arena_init(&arena, 0);
    for (int i = 0; i < COUNT_OF(VALUES); i++) {
        struct quantity typed = { .low = VALUES[i], .high = VALUES[i], .unit = TEXT("元") }, read;
        struct text forms[AMOUNT_FORMS_MAX];
        size_t count, next;
        ck_assert(amount_forms(TEXT(""), &typed, &arena, forms, &count));
        ck_assert_uint_gt(count, 0);
        for (size_t j = 0; j < count; j++) {
            ck_assert_msg(quantity_read(forms[j], 0, &read, &next), "%.*s", TEXT_ARG(forms[j]));
            ck_assert_msg(read.low > VALUES[i] * 0.999999 && read.low < VALUES[i] * 1.000001,
                          "%.*s is %.12g", TEXT_ARG(forms[j]), read.low);
            ck_assert_uint_eq(read.end, forms[j].length);
        }
    }
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("amount");
    tcase_add_loop_test(tests, an_amount_has_these_other_forms, 0, COUNT_OF(EXAMPLES));
    tcase_add_loop_test(tests, an_amount_without_a_unit_has_forms_without_one, 0, COUNT_OF(BARE));
    tcase_add_test(tests, forms_are_read_as_the_same_amount);
    return run_tests("amount", tests);
}
