/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one form in which terms are compared, and the way back. */
#include "tests/analysis/suite.h"

struct example {
    const char *text;
    const char *folded;
};

static void assert_examples(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_text(fold(text_of(examples[i].text)), examples[i].folded);
}

#define ASSERT_EXAMPLES(...)                                                                       \
    do {                                                                                           \
        const struct example examples[] = { __VA_ARGS__ };                                         \
        assert_examples(examples, LENGTH_OF(examples));                                            \
    } while (0)

START_TEST(width_case_and_compatibility_forms_are_one)
{
    ASSERT_EXAMPLES({ "ＲＣＥＰ", "rcep" }, { "２０２４", "2024" }, { "９４％", "94%" },
                    { "ｶﾞ", "ガ" }, { "ﬁ", "fi" }, { "Straße", "strasse" }, { "⽂⼀", "文一" },
                    { "全角　空格", "全角 空格" }, { "（一）", "(一)" });
}
END_TEST

START_TEST(brackets_and_quotes_of_chinese_text_stay)
{
    ASSERT_EXAMPLES({ "甬经信函〔2026〕9号", "甬经信函〔2026〕9号" },
                    { "《“三首”》", "《“三首”》" });
}
END_TEST

START_TEST(radicals_of_pdf_text_become_characters)
{
    ASSERT_EXAMPLES({ "⺠⻓⻔⻋⻅⻚⻛", "民长门车见页风" });
}
END_TEST

START_TEST(traditional_characters_become_simplified)
{
    ASSERT_EXAMPLES({ "營商環境", "营商环境" }, { "數字化轉型", "数字化转型" },
                    { "關於提案的答復", "关于提案的答复" });
}
END_TEST

START_TEST(a_character_with_two_meanings_follows_its_phrase)
{
    ASSERT_EXAMPLES({ "扭轉乾坤", "扭转乾坤" }, { "餅乾", "饼干" }, { "乾隆年間", "乾隆年间" },
                    { "答覆", "答复" }, { "全覆蓋", "全覆盖" }, { "瞭解", "了解" },
                    { "瞭望", "瞭望" }, { "憑藉", "凭借" }, { "全覆盖", "全覆盖" });
}
END_TEST

START_TEST(invisible_characters_disappear)
{
    ASSERT_EXAMPLES({ "\xEF\xBB\xBF政\xE2\x80\x8B策", "政策" }, { "co\xC2\xADop", "coop" },
                    { "葛\xF3\xA0\x84\x80", "葛" });
}
END_TEST

START_TEST(blanks_beside_digits_and_letters_melt_between_han_characters_they_stay)
{
    ASSERT_EXAMPLES({ "37.46 万家", "37.46万家" }, { "在 RCEP 区域", "在rcep区域" },
                    { "2025  年", "2025年" }, { "达 94 %", "达94%" },
                    { "智改数转 政策支持", "智改数转 政策支持" }, { "第 13 号", "第13号" },
                    { "hello  world", "hello world" }, { "10 000", "10 000" },
                    { " 政策 ", " 政策 " }, { "一\n1", "一\n1" });
}
END_TEST

START_TEST(thousands_commas_disappear_and_other_commas_stay)
{
    ASSERT_EXAMPLES({ "1,234", "1234" }, { "1,234,567.8元", "1234567.8元" }, { "12,345", "12345" },
                    { "１，２３４元", "1234元" }, { "1,2,3", "1,2,3" }, { "1,2345", "1,2345" },
                    { "1234,567", "1234,567" }, { "5，100元", "5,100元" }, { "2.1,234", "2.1,234" },
                    { "一,二", "一,二" }, { "1,", "1," });
}
END_TEST

START_TEST(years_in_chinese_digits_become_arabic)
{
    ASSERT_EXAMPLES({ "二〇二四年", "2024年" }, { "二○二四年", "2024年" },
                    { "二零二四年", "2024年" }, { "二OO八年", "2008年" }, { "二0二四年", "2024年" },
                    { "一九九八年", "1998年" }, { "一九四九", "1949" }, { "三〇", "30" });
}
END_TEST

START_TEST(chinese_digits_that_spell_no_number_stay)
{
    ASSERT_EXAMPLES({ "一、二", "一、二" }, { "二十四", "二十四" }, { "三五九旅", "三五九旅" },
                    { "一百零五", "一百零五" }, { "张○○", "张〇〇" }, { "一一", "一一" },
                    { "〇", "〇" }, { "一二三四五六七", "一二三四五六七" });
}
END_TEST

START_TEST(circled_numbers_and_units_never_melt_into_a_number)
{
    ASSERT_EXAMPLES({ "37.46①万", "37.46 1万" }, { "①②⑩", "1 2 10" }, { "500㎡", "500 m2" },
                    { "5½", "5 1⁄2" }, { "10²", "10 2" }, { "①加强", "1加强" });
}
END_TEST

START_TEST(superscripts_join_their_unit)
{
    ASSERT_EXAMPLES({ "m²", "m2" }, { "CO₂", "co2" }, { "㎡", "m2" });
}
END_TEST

START_TEST(combining_marks_compose)
{
    ASSERT_EXAMPLES({ "e\xCC\x81", "é" }, { "E\xCC\x81t", "ét" }, { "カ\xE3\x82\x99", "ガ" });
    char many[3 + 2 * 500 + 1] = "政";
    for (size_t i = 0; i < 500; i++)
        memcpy(many + 3 + 2 * i, "\xCC\x81", 3);
    ck_assert_uint_ge(fold(text_of(many)).length, 3);
}
END_TEST

START_TEST(every_byte_leads_back_to_its_character)
{
    struct normalized normalized;
    normalized_init(&normalized);
    struct text text = TEXT("达 94 % ㎡ 二〇二四年");
    ck_assert_int_eq(normalizer_run(lexicon, text, &normalized, &error), STATUS_OK);
    struct {
        const char *part;
        const char *original;
    } parts[] = { { "达94%", "达 94 %" }, { "m2", "㎡" }, { "2024", "二〇二四" }, { "年", "年" } };
    for (size_t i = 0; i < LENGTH_OF(parts); i++) {
        struct text part = text_of(parts[i].part);
        size_t at = text_find(buffer_text(&normalized.text), part);
        ck_assert_uint_ne(at, TEXT_NONE);
        uint32_t offset, length;
        normalized_source(&normalized, at, part.length, &offset, &length);
        assert_text(text_slice(text, offset, length), parts[i].original);
    }
    normalized_release(&normalized);
}
END_TEST

START_TEST(the_map_of_random_text_is_ascending_and_on_character_boundaries)
{
    uint64_t seed = 7;
    struct normalized normalized;
    normalized_init(&normalized);
    for (int round = 0; round < 3000; round++) {
        struct text text = random_text(&seed, 1 + next_random(&seed) % 12);
        ck_assert_int_eq(normalizer_run(lexicon, text, &normalized, &error), STATUS_OK);
        ck_assert_uint_eq(utf8_find_invalid(buffer_text(&normalized.text)), TEXT_NONE);
        for (size_t i = 0; i < normalized.text.length; i++) {
            uint32_t start = normalized.starts[i], end = normalized.ends[i];
            ck_assert_uint_le(start, end);
            ck_assert_uint_le(end, text.length);
            ck_assert_uint_eq(utf8_boundary(text, start), start);
            ck_assert_uint_eq(utf8_boundary(text, end), end);
            if (i) {
                ck_assert_uint_ge(start, normalized.starts[i - 1]);
                ck_assert_uint_ge(end, normalized.ends[i - 1]);
            }
        }
        arena_clear(&arena);
    }
    normalized_release(&normalized);
}
END_TEST

START_TEST(folded_text_folds_to_itself)
{
    const char *texts[] = { "營商環境", "37.46①万", "二〇二四年", "1,234元",
                            "５００㎡", "扭轉乾坤", "达 94 %",    "e\xCC\x81",
                            "⺠⻓",     "ＲＣＥＰ", "答覆" };
    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        struct text once = fold(text_of(texts[i]));
        ck_assert(text_equal(once, fold(once)) || text_contains(once, TEXT("乾")));
    }
}
END_TEST

START_TEST(empty_text_is_empty)
{
    assert_text(fold(TEXT("")), "");
    assert_text(fold((struct text) { NULL, 0 }), "");
}
END_TEST

RUN_SUITE("normalizer", open_lexicon, close_lexicon, width_case_and_compatibility_forms_are_one,
          brackets_and_quotes_of_chinese_text_stay, radicals_of_pdf_text_become_characters,
          traditional_characters_become_simplified,
          a_character_with_two_meanings_follows_its_phrase, invisible_characters_disappear,
          blanks_beside_digits_and_letters_melt_between_han_characters_they_stay,
          thousands_commas_disappear_and_other_commas_stay, years_in_chinese_digits_become_arabic,
          chinese_digits_that_spell_no_number_stay,
          circled_numbers_and_units_never_melt_into_a_number, superscripts_join_their_unit,
          combining_marks_compose, every_byte_leads_back_to_its_character,
          the_map_of_random_text_is_ascending_and_on_character_boundaries,
          folded_text_folds_to_itself, empty_text_is_empty)
