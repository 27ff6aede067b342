/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is one word to whom, and how well we agree with them. */
#include <stdio.h>

#include "tests/analysis/scoring.h"

static struct text joined(enum convention convention, struct text normalised)
{
    struct word_list words = cut_by(convention, normalised);
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buffer_append_byte(&out, '|');
        buffer_append(&out, text_slice(normalised, words.words[i].offset, words.words[i].length));
    }
    return arena_text(&arena, buffer_text(&out));
}

#define assert_words(convention, text, expected)                                                   \
    assert_text(joined(CONVENTION_##convention, fold(TEXT(text))), expected)

START_TEST(a_person_is_surname_and_given_name_or_whole)
{
    const struct {
        const char *text, *apart, *whole;
    } PERSONS[] = {
        { "陈超萍委员", "陈|超萍|委员", "陈超萍|委员" },               /* in no list */
        { "记者李建国报道", "记者|李|建国|报道", "记者|李建国|报道" }, /* in the dictionary */
        { "欧阳明远", "欧阳|明远", "欧阳|明远" },
        { "马克思的书", "马克思|的|书", "马克思|的|书" },
        { "明白道理", "明白|道理", "明白|道理" },
        { "钟祥市的", "钟祥市|的", "钟祥市|的" },
    };
    for (size_t i = 0; i < LENGTH_OF(PERSONS); i++) {
        struct text text = fold(text_of(PERSONS[i].text));
        assert_text(joined(CONVENTION_PLAIN, text), PERSONS[i].apart);
        assert_text(joined(CONVENTION_PKU, text), PERSONS[i].apart);
        assert_text(joined(CONVENTION_MSR, text), PERSONS[i].whole);
        assert_text(joined(CONVENTION_INDEX, text), PERSONS[i].whole);
    }
}
END_TEST

START_TEST(compounds_are_divided_by_how_loose_they_are)
{
    assert_words(INDEX, "环境保护", "环境保护");
    assert_words(PLAIN, "环境保护", "环境|保护");
    assert_words(PKU, "中央电视台", "中央|电视台");
    assert_words(PLAIN, "中央电视台", "中央电视台");
    assert_words(PKU, "北京市第一中级人民法院", "北京市|第一|中级|人民|法院");
    assert_words(MSR, "国际货币基金组织", "国际货币基金组织");
}
END_TEST

START_TEST(idioms_and_isms_are_no_compounds)
{
    assert_words(PKU, "实事求是", "实事求是");
    assert_words(PKU, "社会主义", "社会主义");
}
END_TEST

START_TEST(a_foreign_name_with_points_is_one_word)
{
    assert_words(PLAIN, "约翰·史密斯说", "约翰·史密斯|说");
    assert_words(MSR, "克里斯托弗·哥伦布", "克里斯托弗·哥伦布");
    assert_words(INDEX, "约翰·史密斯", "约翰|·|史密斯");
    assert_words(PLAIN, "北京·上海", "北京|·|上海");
    assert_words(PLAIN, "a·b", "a|·|b");
}
END_TEST

START_TEST(the_words_of_every_convention_cover_every_byte_once)
{
    uint64_t seed = 17;
    for (int round = 0; round < 2000; round++) {
        struct text text = fold(random_text(&seed, next_random(&seed) % 40));
        struct word_list words = cut_by((enum convention)(round % 4), text);
        size_t at = 0;
        for (size_t i = 0; i < words.count; at += words.words[i++].length)
            ck_assert_uint_eq(words.words[i].offset, at);
        ck_assert_uint_eq(at, text.length);
        arena_clear(&arena);
    }
}
END_TEST

/* Floors are below what was reached, so that only a step back fails. */
START_TEST(official_prose_and_news_are_cut_as_people_do)
{
    static const struct {
        const char *file;
        enum convention convention;
        char joint;
        double least;
    } SCORES[] = {
        { "gold.txt", CONVENTION_PLAIN, ' ', .905 }, { "gold.txt", CONVENTION_PKU, ' ', .91 },
        { "news.txt", CONVENTION_PLAIN, '+', .90 },  { "news.txt", CONVENTION_PLAIN, '-', .89 },
        { "news.txt", CONVENTION_PKU, '+', .925 },   { "news.txt", CONVENTION_MSR, '-', .905 },
    };
    static const char *const NAMES[] = { "index", "plain", "pku", "msr" };
    for (size_t i = 0; i < LENGTH_OF(SCORES); i++) {
        struct score score = score_file(SCORES[i].file, SCORES[i].convention, SCORES[i].joint);
        printf("%s, joints %c, --convention=%s: precision %.4f, recall %.4f, F1 %.4f\n",
               SCORES[i].file, SCORES[i].joint, NAMES[SCORES[i].convention],
               (double)score.right / (double)score.cut, (double)score.right / (double)score.gold,
               f1_of(&score));
        ck_assert_double_ge(f1_of(&score), SCORES[i].least);
    }
}
END_TEST

RUN_SUITE("convention", open_lexicon, close_lexicon, a_person_is_surname_and_given_name_or_whole,
          compounds_are_divided_by_how_loose_they_are, idioms_and_isms_are_no_compounds,
          a_foreign_name_with_points_is_one_word,
          the_words_of_every_convention_cover_every_byte_once,
          official_prose_and_news_are_cut_as_people_do)
