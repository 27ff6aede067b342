/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's own words over the lexicon: how a list is read, and what text becomes with it. */
#include "indexer/analysis/own_words.h"

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/segmenter.h"
#include "tests/analysis/suite.h"

static void add(const char *list)
{
    ck_assert_msg(!lexicon_add_words(lexicon, "words.txt", text_of(list), &error), "%s",
                  error.message);
}

/* The words of the text, separated by "|". */
static struct text cut(const char *text)
{
    struct text normalised = fold(text_of(text));
    struct word_list words = { 0 };
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    ck_assert(!segmenter_cut(lexicon, normalised, &arena, &words, &error));
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buffer_append_byte(&out, '|');
        buffer_append(&out, text_slice(normalised, words.words[i].offset, words.words[i].length));
    }
    return arena_text(&arena, buffer_text(&out));
}

static struct token_list tokens_of(const char *text)
{
    struct analyzer *analyzer;
    struct token_list tokens = { 0 };
    ck_assert(!analyzer_new(lexicon, &analyzer, &error));
    ck_assert(!analyzer_run(analyzer, ANALYSIS_TEXT, text_of(text), &arena, &tokens, &error));
    analyzer_free(analyzer);
    return tokens;
}

static bool has(const struct token_list *tokens, const char *term, enum token_kind kind)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->tokens[i].kind == kind && text_equal(tokens->tokens[i].term, text_of(term)))
            return true;
    }
    return false;
}

START_TEST(an_own_word_is_cut_as_one)
{
    ck_assert(!text_equal(cut("推动甬江科创区发展"), TEXT("推动|甬江科创区|发展")));
    add("甬江科创区\n");
    assert_text(cut("推动甬江科创区发展"), "推动|甬江科创区|发展");
}
END_TEST

START_TEST(an_own_word_may_hold_digits_and_letters)
{
    add("5G消息\n12345热线\nAI大模型");
    assert_text(cut("推广５Ｇ消息"), "推广|5g消息");
    assert_text(cut("拨打12345热线反映"), "拨打|12345热线|反映");
    assert_text(cut("建设 AI 大模型"), "建设|ai大模型");
}
END_TEST

START_TEST(what_an_own_word_holds_is_found_as_without_it)
{
    struct token_list before = tokens_of("推广5G消息应用");
    add("5G消息");
    struct token_list after = tokens_of("推广5G消息应用");
    ck_assert(has(&after, "5g消息", TOKEN_WORD));
    for (size_t i = 0; i < before.count; i++)
        ck_assert_msg(
            has(&after, arena_text(&arena, before.tokens[i].term).data, before.tokens[i].kind),
            "%.*s", TEXT_ARG(before.tokens[i].term));
    for (size_t i = 1; i < after.count; i++)
        ck_assert_uint_le(after.tokens[i - 1].offset, after.tokens[i].offset);
}
END_TEST

START_TEST(an_own_word_inside_a_longer_word_is_found)
{
    add("改数转");
    struct token_list tokens = tokens_of("智改数转网联");
    ck_assert(has(&tokens, "智改数转网联", TOKEN_WORD));
    ck_assert(has(&tokens, "改数转", TOKEN_SUBWORD));
}
END_TEST

START_TEST(a_word_that_the_lexicon_has_stays_what_it_is)
{
    struct token_list before = tokens_of("优化营商环境，T恤");
    add("营商环境\nT恤");
    struct token_list after = tokens_of("优化营商环境，T恤");
    ck_assert_uint_eq(before.count, after.count);
}
END_TEST

START_TEST(the_list_is_kept_normalised_and_sorted)
{
    add("# the words of the house\n\n  數字化車間  \n５Ｇ消息\t800 # new\r\n甬江科创区 "
        "7\n甬江科创区 9");
    ck_assert_uint_eq(lexicon_own_word_count(lexicon), 3);
    assert_text(lexicon_own_words(lexicon), "5g消息 800\n数字化车间 500\n甬江科创区 9\n");
}
END_TEST

START_TEST(the_kept_list_gives_the_same_lexicon)
{
    add("數字化車間\n甬江科创区 9");
    struct lexicon *other;
    ck_assert(!lexicon_open(NULL, &other, &error));
    ck_assert(!lexicon_add_words(other, "kept", lexicon_own_words(lexicon), &error));
    ck_assert_str_eq(lexicon_fingerprint(lexicon), lexicon_fingerprint(other));
    lexicon_free(other);
}
END_TEST

START_TEST(words_and_weights_are_part_of_the_fingerprint)
{
    char before[17], with[17];
    snprintf(before, sizeof(before), "%s", lexicon_fingerprint(lexicon));
    add("# none\n");
    ck_assert_str_eq(before, lexicon_fingerprint(lexicon));
    add("甬江科创区");
    snprintf(with, sizeof(with), "%s", lexicon_fingerprint(lexicon));
    ck_assert_str_ne(before, with);
    lexicon_free(lexicon);
    ck_assert(!lexicon_open(NULL, &lexicon, &error));
    add("甬江科创区 501");
    ck_assert_str_ne(with, lexicon_fingerprint(lexicon));
}
END_TEST

START_TEST(a_bad_line_is_told_with_its_number)
{
    static const struct {
        const char *list, *message;
    } ROWS[] = {
        { "好\n", "words.txt, line 1: a word has 2 to 32 characters \"好\"" },
        { "甬江\n\n“三首”产品", "words.txt, line 3: a word has Chinese characters, letters and "
                                "digits only \"“三首”产品\"" },
        { "甬江 多", "words.txt, line 1: not a weight from 1 to 1000000 \"多\"" },
        { "甬江 0", "words.txt, line 1: not a weight from 1 to 1000000 \"0\"" },
        { "甬江 1000001", "words.txt, line 1: not a weight from 1 to 1000000 \"1000001\"" },
        { "甬江 5 n", "words.txt, line 1: more than a word and its weight \"甬江 5 n\"" },
        { "#\n\xFF\xFE", "words.txt, line 2: not UTF-8" },
        { "甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬",
          "words.txt, line 1: a word has 2 to 32 characters "
          "\"甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬江甬\"" },
    };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        ck_assert_int_eq(lexicon_add_words(lexicon, "words.txt", text_of(ROWS[i].list), &error),
                         STATUS_INVALID);
        ck_assert_str_eq(error.message, ROWS[i].message);
        ck_assert_uint_eq(lexicon_own_word_count(lexicon), 0);
    }
}
END_TEST

START_TEST(too_many_words_are_refused)
{
    CLEANUP(buffer_release) struct buffer list = BUFFER_INIT;
    for (int i = 0; i <= OWN_WORDS_MAX; i++)
        buffer_printf(&list, "词%d\n", i + 10);
    ck_assert_int_eq(lexicon_add_words(lexicon, "words.txt", buffer_text(&list), &error),
                     STATUS_LIMIT);
    ck_assert_uint_eq(lexicon_own_word_count(lexicon), 0);
}
END_TEST

START_TEST(a_missing_list_is_told)
{
    ck_assert_int_eq(lexicon_add_word_file(lexicon, "/nonexistent/words.txt", &error),
                     STATUS_NOT_FOUND);
}
END_TEST

START_TEST(words_cover_every_byte_with_own_words_too)
{
    add("二〇二四年度\n智改\n数转网\nPM2.5治理\n第13号\n市经信局37\n政策支\n9a\nm2");
    uint64_t seed = 21;
    for (int round = 0; round < 2000; round++) {
        struct text text = fold(random_text(&seed, 1 + next_random(&seed) % 12));
        struct word_list words = { 0 };
        ck_assert(!segmenter_cut(lexicon, text, &arena, &words, &error));
        size_t at = 0;
        for (size_t i = 0; i < words.count; i++) {
            ck_assert_uint_eq(words.words[i].offset, at);
            at += words.words[i].length;
        }
        ck_assert_uint_eq(at, text.length);
        struct token_list tokens = tokens_of(arena_text(&arena, text).data);
        for (size_t i = 1; i < tokens.count; i++)
            ck_assert_uint_le(tokens.tokens[i - 1].offset, tokens.tokens[i].offset);
        arena_clear(&arena);
    }
}
END_TEST

RUN_SUITE("own words", open_lexicon, close_lexicon, an_own_word_is_cut_as_one,
          an_own_word_may_hold_digits_and_letters, what_an_own_word_holds_is_found_as_without_it,
          an_own_word_inside_a_longer_word_is_found, a_word_that_the_lexicon_has_stays_what_it_is,
          the_list_is_kept_normalised_and_sorted, the_kept_list_gives_the_same_lexicon,
          words_and_weights_are_part_of_the_fingerprint, a_bad_line_is_told_with_its_number,
          too_many_words_are_refused, a_missing_list_is_told,
          words_cover_every_byte_with_own_words_too)
