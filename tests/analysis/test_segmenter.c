/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words along the best path, and how well they agree with the hand-made gold set. */
#include <stdio.h>

#include "indexer/analysis/segmenter.h"
#include "indexer/base/file.h"
#include "tests/analysis/suite.h"

#define GOLD_F1_LEAST 0.88 /* below what was reached, so that only a step back fails */
#define GOLD DAFU_SOURCE_DIR "/tests/fixtures/segmentation/gold.txt"

static struct word_list cut(struct text normalised)
{
    struct word_list words = { 0 };
    ck_assert_int_eq(segmenter_cut(lexicon, normalised, &arena, &words, &error), STATUS_OK);
    return words;
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

START_TEST(an_unlisted_person_is_surname_and_given_name)
{
    assert_words("陈超萍委员", "陈|超萍|委员");
    assert_words("由王晓岚代表提出", "由|王|晓岚|代表|提出");
    assert_words("王牌产品", "王牌|产品");
}
END_TEST

START_TEST(a_suffix_joins_the_word_before_it)
{
    assert_words("提高签约率", "提高|签约率");
    assert_words("住房公积金使用率", "住房|公积金|使用率");
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

/* --- the gold set --- */

struct score {
    size_t right, cut, gold;  /* words */
    size_t boundaries, found; /* inner boundaries of the gold text, and those we have */
};

static void mark_ends(struct text line, bool *ends, bool *starts_word)
{
    size_t at = 0;
    struct text piece;
    while (text_split(&line, TEXT(" "), &piece)) {
        starts_word[at] = true;
        at += piece.length;
        ends[at] = true;
    }
}

#define LINE_MAX_BYTES 4096

static void score_line(struct text gold, struct score *score)
{
    static bool ends[LINE_MAX_BYTES], starts[LINE_MAX_BYTES];
    char raw[LINE_MAX_BYTES];
    size_t length = 0;
    memset(ends, 0, sizeof(ends));
    memset(starts, 0, sizeof(starts));
    ck_assert_uint_lt(gold.length, LINE_MAX_BYTES);
    mark_ends(gold, ends, starts);
    for (size_t i = 0; i < gold.length; i++) {
        if (gold.data[i] != ' ')
            raw[length++] = gold.data[i];
        else
            score->gold++;
    }
    score->gold++;

    struct normalized normalized;
    normalized_init(&normalized);
    ck_assert_int_eq(normalizer_run(lexicon, (struct text) { raw, length }, &normalized, &error),
                     STATUS_OK);
    struct word_list words = cut(buffer_text(&normalized.text));
    for (size_t i = 0; i < words.count; i++) {
        uint32_t offset, size;
        normalized_source(&normalized, words.words[i].offset, words.words[i].length, &offset,
                          &size);
        bool whole = starts[offset] && ends[offset + size];
        for (size_t inside = offset + 1; whole && inside < offset + size; inside++)
            whole = !ends[inside];
        score->right += whole;
        score->found += offset + size < length && ends[offset + size];
    }
    score->cut += words.count;
    for (size_t i = 1; i < length; i++)
        score->boundaries += ends[i];
    normalized_release(&normalized);
}

START_TEST(the_gold_set_is_cut_as_people_do)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    if (file_read(GOLD, (size_t)16 << 20, &file, &error)) {
        printf("skipped: %s\n", error.message);
        return;
    }
    struct score score = { 0 };
    struct text rest = buffer_text(&file), line;
    while (text_split(&rest, TEXT("\n"), &line)) {
        line = text_trim(line);
        if (line.length && line.data[0] != '#')
            score_line(line, &score);
    }
    double precision = (double)score.right / (double)score.cut;
    double recall = (double)score.right / (double)score.gold;
    double f1 = 2 * precision * recall / (precision + recall);
    double boundary_recall = (double)score.found / (double)score.boundaries;
    printf("gold set: precision %.4f, recall %.4f, F1 %.4f, boundary recall %.4f\n", precision,
           recall, f1, boundary_recall);
    ck_assert_double_ge(f1, GOLD_F1_LEAST);
    ck_assert_double_ge(boundary_recall, 0.95);
}
END_TEST

RUN_SUITE("segmenter", open_lexicon, close_lexicon, known_words_are_cut_along_the_best_path,
          numbers_with_points_and_percent_signs_stay_whole,
          a_date_is_cut_into_year_month_and_day_a_duration_into_number_and_unit,
          an_item_number_does_not_swallow_a_year, ordinals_and_chinese_numbers_stay_whole,
          latin_and_mixed_words_stay_whole, kinds_tell_words_numbers_latin_and_the_rest,
          an_unlisted_person_is_surname_and_given_name, a_suffix_joins_the_word_before_it,
          unknown_characters_stand_alone, words_cover_every_byte_once,
          long_runs_without_punctuation_are_cut_like_short_ones,
          a_number_of_a_million_digits_is_one_word, the_gold_set_is_cut_as_people_do)
