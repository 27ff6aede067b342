/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words along the best path. */
#include <stdio.h>

#include "tests/analysis/scoring.h"

static struct word_list cut(struct text normalised)
{
    return cut_by(CONVENTION_INDEX, normalised);
}

static struct text joined(struct text normalised)
{
    struct word_list words = cut(normalised);
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buffer_append_byte(&out, '|');
        buffer_append(&out, text_slice(normalised, words.words[i].offset, words.words[i].length));
    }
    return arena_text(&arena, buffer_text(&out));
}

#define assert_words(text, expected) assert_text(joined(fold(TEXT(text))), expected)

START_TEST(known_words_are_cut_along_the_best_path)
{
    assert_words("持续优化营商环境", "持续|优化|营商环境");
    assert_words("研究生命起源", "研究|生命|起源");
    assert_words("推进智改数转网联", "推进|智改数转网联");
}
END_TEST

START_TEST(numbers_with_points_and_percent_signs_stay_whole)
{
    assert_words("达78.4%", "达|78.4%");
    assert_words("实现增加值2882.4亿元", "实现|增加值|2882.4亿|元");
    assert_words("37.46 万家", "37.46万|家");
    assert_words("300余台", "300余|台");
}
END_TEST

START_TEST(a_date_is_cut_into_year_month_and_day_a_duration_into_number_and_unit)
{
    assert_words("2026年6月8日", "2026年|6月|8日");
    assert_words("二〇二四年", "2024年");
    assert_words("用3年时间", "用|3|年|时间");
    assert_words("三年", "三|年");
}
END_TEST

START_TEST(an_item_number_does_not_swallow_a_year)
{
    assert_words("3.2024年", "3|.|2024年");
    assert_words("1.5年", "1.5|年");
}
END_TEST

START_TEST(ordinals_and_chinese_numbers_stay_whole)
{
    assert_words("第13号", "第13|号");
    assert_words("第十五届", "第十五|届");
    assert_words("一百二十三人", "一百二十三|人");
}
END_TEST

START_TEST(latin_and_mixed_words_stay_whole)
{
    assert_words("5G网络", "5g|网络");
    assert_words("PM2.5浓度", "pm2.5|浓度");
    assert_words("C919大飞机", "c919|大|飞机");
    assert_words("在RCEP区域", "在|rcep|区域");
    assert_words("COVID-19", "covid-19");
    assert_words("T恤", "t恤");
}
END_TEST

START_TEST(kinds_tell_words_numbers_latin_and_the_rest)
{
    struct word_list words = cut(TEXT("达94%，rcep 第13"));
    const enum token_kind kinds[] = { TOKEN_WORD,  TOKEN_NUMBER,    TOKEN_CHARACTER,
                                      TOKEN_LATIN, TOKEN_CHARACTER, TOKEN_NUMBER };
    ck_assert_uint_eq(words.count, LENGTH_OF(kinds));
    for (size_t i = 0; i < words.count; i++)
        ck_assert_int_eq(words.words[i].kind, kinds[i]);
}
END_TEST

START_TEST(an_unlisted_person_is_one_word)
{
    assert_words("陈超萍委员", "陈超萍|委员");
    assert_words("由王晓岚代表提出", "由|王晓岚|代表|提出");
    assert_words("王牌产品", "王牌|产品");
}
END_TEST

START_TEST(a_suffix_joins_the_word_before_it)
{
    assert_words("提高签约率", "提高|签约率");
    assert_words("住房公积金使用率", "住房|公积金|使用率");
}
END_TEST

START_TEST(a_foreign_name_that_no_list_has_is_one_word)
{
    assert_words("会见了勒夫罗尔", "会见|了|勒夫罗尔");
}
END_TEST

START_TEST(two_characters_that_hardly_ever_stand_alone_are_a_word)
{
    assert_words("结果互认", "结果|互认");
    assert_words("全面派单", "全面|派|单"); /* 派 often does */
}
END_TEST

START_TEST(spelled_dates_times_and_fractions_are_cut_like_those_in_digits)
{
    assert_words("十二月三十一日", "十二月|三十一日");
    assert_words("上午九时三十分", "上午|九时|三十分");
    assert_words("上午9时30分", "上午|9时|30分");
    assert_words("三分之二", "三分之二");
    assert_words("百分之八点五", "百分之八点五");
    assert_words("12.6千米", "12.6|千米");
    assert_words("9300余万元", "9300余万|元");
    assert_words("休息三十日", "休息|三十日");
    assert_words("四百余名", "四百余|名");
}
END_TEST

START_TEST(unknown_characters_stand_alone)
{
    assert_words("𠮷囧", "𠮷|囧");
}
END_TEST

static void assert_covers(struct text text, const struct word_list *words)
{
    size_t at = 0;
    for (size_t i = 0; i < words->count; i++) {
        ck_assert_uint_eq(words->words[i].offset, at);
        ck_assert_uint_gt(words->words[i].length, 0);
        at += words->words[i].length;
        ck_assert_uint_eq(utf8_boundary(text, at), at);
    }
    ck_assert_uint_eq(at, text.length);
}

START_TEST(words_cover_every_byte_once)
{
    uint64_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        struct text text = fold(random_text(&seed, next_random(&seed) % 40));
        struct word_list words = cut(text);
        assert_covers(text, &words);
        arena_clear(&arena);
    }
}
END_TEST

START_TEST(long_runs_without_punctuation_are_cut_like_short_ones)
{
    CLEANUP(buffer_release) struct buffer run = BUFFER_INIT;
    for (int i = 0; i < 5000; i++)
        buffer_append(&run, TEXT("持续优化营商环境"));
    struct word_list words = cut(buffer_text(&run));
    assert_covers(buffer_text(&run), &words);
    ck_assert_uint_eq(words.count, 15000);
}
END_TEST

START_TEST(a_number_of_a_million_digits_is_one_word)
{
    CLEANUP(buffer_release) struct buffer run = BUFFER_INIT;
    char *digits = buffer_reserve(&run, 1000000);
    memset(digits, '7', 1000000);
    struct word_list words = cut((struct text) { digits, 1000000 });
    ck_assert_uint_eq(words.count, 1);
}
END_TEST

START_TEST(words_end_where_people_say_that_they_do)
{
    struct score score = score_file("gold.txt", CONVENTION_INDEX, ' ');
    double boundary_recall = (double)score.found / (double)score.boundaries;
    printf("gold.txt: boundary recall %.4f\n", boundary_recall);
    ck_assert_double_ge(boundary_recall, 0.95);
}
END_TEST

RUN_SUITE("segmenter", open_lexicon, close_lexicon, known_words_are_cut_along_the_best_path,
          numbers_with_points_and_percent_signs_stay_whole,
          a_date_is_cut_into_year_month_and_day_a_duration_into_number_and_unit,
          an_item_number_does_not_swallow_a_year, ordinals_and_chinese_numbers_stay_whole,
          latin_and_mixed_words_stay_whole, kinds_tell_words_numbers_latin_and_the_rest,
          an_unlisted_person_is_one_word, a_suffix_joins_the_word_before_it,
          a_foreign_name_that_no_list_has_is_one_word,
          two_characters_that_hardly_ever_stand_alone_are_a_word,
          spelled_dates_times_and_fractions_are_cut_like_those_in_digits,
          unknown_characters_stand_alone, words_cover_every_byte_once,
          long_runs_without_punctuation_are_cut_like_short_ones,
          a_number_of_a_million_digits_is_one_word, words_end_where_people_say_that_they_do)
