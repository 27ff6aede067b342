/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a leaf of the query says: names with other forms, and words that only make it a question. */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "indexer/base/file.h"
#include "search/query/leaf.h"
#include "search/query/pinyin.h"
#include "tests/search/run_suite.h"

static struct arena arena;
static struct error error;
static struct lexicon *lexicon;
static struct analyzer *analyzer;
static struct synonyms *synonyms;
static char path[PATH_MAX]; /* of the pairs of an index */

static void set_up(void)
{
    arena_init(&arena, 0);
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
    ck_assert(!analyzer_new(lexicon, &analyzer, &error));
    ck_assert_msg(!synonyms_open(NULL, TEXT(""), lexicon, &synonyms, &error), "%s", error.message);
    const char *parent = getenv("TMPDIR");
    snprintf(path, sizeof(path), "%s/dafu-synonyms.%ld", parent ? parent : "/tmp", (long)getpid());
}

static void tear_down(void)
{
    unlink(path);
    synonyms_free(synonyms);
    analyzer_free(analyzer);
    lexicon_free(lexicon);
    arena_release(&arena);
}

static struct leaf read_leaf(const char *text)
{
    struct leaf leaf;
    ck_assert_msg(!leaf_read(text_of(text), analyzer, synonyms, &arena, &leaf, &error), "%s",
                  error.message);
    return leaf;
}

static bool has_variant(const char *text, const char *variant)
{
    struct leaf leaf = read_leaf(text);
    struct text variants[LEAF_VARIANTS_MAX];
    size_t count = 0;
    ck_assert(!leaf_variants(&leaf, &arena, variants, &count, &error));
    ck_assert(text_equal(variants[0], leaf.normal));
    for (size_t i = 0; i < count; i++)
        if (text_equal(variants[i], text_of(variant)))
            return true;
    return false;
}

static const struct {
    const char *text, *variant;
    bool there;
} VARIANTS[] = {
    /* both ways, and among the short forms of one name */
    { "人社局", "人力资源和社会保障局", true },
    { "人力资源和社会保障局", "人社局", true },
    { "人社局", "人力社保局", true },
    { "卫健委", "卫生健康委", true },
    /* with the level or the place before it */
    { "市人社局", "市人力资源和社会保障局", true },
    { "澜江市人力资源和社会保障局", "澜江市人社局", true },
    /* an ambiguous short form means the full one, not the other way round */
    { "环保局", "生态环境局", true },
    { "生态环境局", "环保局", false },
    /* within a phrase; several at once */
    { "非遗传承人补助", "非物质文化遗产代表性传承人补助", true },
    { "医保局和人社局", "医疗保障局和人力资源和社会保障局", true },
    /* in another script or width */
    { "人社廳", "人力资源和社会保障厅", true },
    { "ＧＤＰ", "国内生产总值", true },
    /* two characters that are parts of two words */
    { "规上", "规模以上", true },
    /* a blank that an author would not set */
    { "停车 泊位", "停车泊位", true },
    { "市 人社局 补贴", "市人力资源和社会保障局补贴", true },
    { "交通部门", "交通运输部门", false },
};

START_TEST(a_name_has_other_forms)
{
    ck_assert_msg(has_variant(VARIANTS[_i].text, VARIANTS[_i].variant) == VARIANTS[_i].there,
                  "%s: %s", VARIANTS[_i].text, VARIANTS[_i].variant);
}
END_TEST

/* The words of the leaf that are looked for. */
static const struct {
    const char *text, *kept;
} QUESTIONS[] = {
    { "什么是一网通办", "是|一网通办" },
    { "护理员流失严重怎么办", "护理员|流失|严重" },
    { "请问停车收费标准是多少？", "停车|收费|标准|是" },
    { "如何申请补贴", "申请|补贴" },
    { "学校食堂有没有补贴呢", "学校|食堂|补贴" },
    { "政府有补贴吗？", "政府|有|补贴" },
    { "停车收费", "停车|收费" },
};

START_TEST(question_words_are_not_looked_for)
{
    struct leaf leaf = read_leaf(QUESTIONS[_i].text);
    struct text kept = TEXT("");
    for (size_t i = 0; i < leaf.tokens.count; i++)
        if (leaf.tokens.tokens[i].kind == TOKEN_WORD && !leaf.filler[i])
            kept = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(kept), kept.length ? "|" : "",
                                TEXT_ARG(leaf.tokens.tokens[i].term));
    ck_assert_str_eq(kept.data, QUESTIONS[_i].kept);
}
END_TEST

static void open_pairs(const char *content)
{
    synonyms_free(synonyms);
    synonyms = NULL;
    ck_assert(!file_replace(path, text_of(content), &error));
    ck_assert_msg(!synonyms_open(path, TEXT(""), lexicon, &synonyms, &error), "%s", error.message);
}

START_TEST(an_index_may_bring_its_own_pairs)
{
    open_pairs("# full\tshort\n"
               "望川数字经济产业园\t望川数园\tplace\t=\t\n"
               "市民服务综合平台\t市民通\tpolicy\t>\n"
               "这一行不是\n\n\tx\ty\n"
               "人力资源和社会保障局\t人保局\tagency\t>\t\r\n");
    ck_assert(has_variant("望川数园招商", "望川数字经济产业园招商"));
    ck_assert(has_variant("市民通", "市民服务综合平台"));
    ck_assert(!has_variant("市民服务综合平台", "市民通"));
    ck_assert(has_variant("人保局", "人力资源和社会保障局"));
    ck_assert(has_variant("人社局", "人力资源和社会保障局"));
}
END_TEST

START_TEST(pairs_that_are_not_text_are_refused)
{
    struct synonyms *none = NULL;
    ck_assert(!file_replace(path, TEXT("\xFF\xFE\t\t"), &error));
    ck_assert_int_eq(synonyms_open(path, TEXT(""), lexicon, &none, &error), STATUS_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "not valid UTF-8"));
    ck_assert_ptr_null(none);
}
END_TEST

START_TEST(many_names_give_a_bounded_number_of_variants)
{
    struct text line = TEXT("");
    for (int i = 0; i < 40; i++)
        line = arena_printf(&arena, "%.*s人社局发改委", TEXT_ARG(line));
    struct leaf leaf = read_leaf(line.data);
    struct text variants[LEAF_VARIANTS_MAX];
    size_t count = 0;
    ck_assert(!leaf_variants(&leaf, &arena, variants, &count, &error));
    ck_assert_uint_eq(count, LEAF_VARIANTS_MAX);
}
END_TEST

static const struct {
    const char *letters;
    bool syllables;
} SYLLABLES[] = {
    { "yanglao", true }, { "zhigaishuzhuan", true }, { "xi'an", true }, { "nv", true },
    { "lvyou", true },   { "zgsz", false },          { "rcep", false }, { "n", false },
    { "", false },       { "yangl", false },         { "wifi", false }, { "zhuang", true },
};

START_TEST(letters_are_syllables_or_not)
{
    ck_assert_msg(pinyin_is_syllables(text_of(SYLLABLES[_i].letters)) == SYLLABLES[_i].syllables,
                  "%s", SYLLABLES[_i].letters);
}
END_TEST

static const struct {
    const char *word, *letters; /* of a folded word; empty: it is no pinyin */
} LETTERS[] = {
    { "tingche", "tingche" },
    { "tíngchē", "tingche" },
    { "ti\u0301ngche\u0304", "tingche" },
    { "lǜhuà", "lvhua" },
    { "lu\u0308hua", "lvhua" },
    { "lüse", "lvse" },
    { "nǚ'ér", "nv'er" },
    { "xi’an", "xi'an" },
    { "ting-che", "ting'che" },
    { "ting2", "ting" },
    { "ting2che1", "ting'che" },
    { "ting2che", "" }, /* of all syllables or of none */
    { "b2b", "" },
    { "h5", "" },
    { "2024", "" },
    { "'", "" },
    { "café!", "" },
    { "停che", "" },
    { "", "" },
};

START_TEST(tones_are_left_out_of_pinyin)
{
    char out[32];
    struct text letters = { out, pinyin_letters(text_of(LETTERS[_i].word), out, sizeof(out)) };
    ck_assert_msg(text_equal(letters, text_of(LETTERS[_i].letters)), "%s: %.*s", LETTERS[_i].word,
                  TEXT_ARG(letters));
}
END_TEST

START_TEST(a_character_may_have_several_readings)
{
    static const char *const READINGS[] = { "zhong", "chong" };
    for (size_t i = 0; i < 2; i++) {
        const struct pinyin_syllable *syllable = pinyin_find(text_of(READINGS[i]));
        bool there = false;
        ck_assert_ptr_nonnull(syllable);
        for (uint32_t j = 0; j < syllable->count; j++)
            there = there || PINYIN_CHARACTERS[syllable->first + j] == 0x91CD; /* 重 */
        ck_assert_msg(there, "%s", READINGS[i]);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("leaf");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_name_has_other_forms, 0, COUNT_OF(VARIANTS));
    tcase_add_loop_test(tests, question_words_are_not_looked_for, 0, COUNT_OF(QUESTIONS));
    tcase_add_test(tests, an_index_may_bring_its_own_pairs);
    tcase_add_test(tests, pairs_that_are_not_text_are_refused);
    tcase_add_test(tests, many_names_give_a_bounded_number_of_variants);
    tcase_add_loop_test(tests, letters_are_syllables_or_not, 0, COUNT_OF(SYLLABLES));
    tcase_add_loop_test(tests, tones_are_left_out_of_pinyin, 0, COUNT_OF(LETTERS));
    tcase_add_test(tests, a_character_may_have_several_readings);
    return run_tests("leaf", tests);
}
