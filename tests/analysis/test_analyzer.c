/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which terms a text gets, and that a query with any part of it gets one of them too. */
#include "indexer/analysis/analyzer.h"

#include "tests/analysis/suite.h"

static struct analyzer *analyzer;

static void before(void)
{
    open_lexicon();
    ck_assert_int_eq(analyzer_new(lexicon, &analyzer, &error), STATUS_OK);
}

static void after(void)
{
    analyzer_free(analyzer);
    close_lexicon();
}

static struct token_list run(enum analysis analysis, struct text text)
{
    struct token_list tokens = { 0 };
    ck_assert_int_eq(analyzer_run(analyzer, analysis, text, &arena, &tokens, &error), STATUS_OK);
    return tokens;
}

/* Terms of one kind, joined by "|". */
static struct text terms(enum analysis analysis, struct text text, enum token_kind kind)
{
    struct token_list tokens = run(analysis, text);
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.tokens[i].kind != kind)
            continue;
        if (out.length)
            buffer_append_byte(&out, '|');
        buffer_append(&out, tokens.tokens[i].term);
    }
    return arena_text(&arena, buffer_text(&out));
}

#define assert_terms(text, kind, expected)                                                         \
    assert_text(terms(ANALYSIS_TEXT, TEXT(text), kind), expected)

START_TEST(words_and_the_words_inside_them_are_terms)
{
    assert_terms("持续优化营商环境", TOKEN_WORD, "持续|优化|营商环境");
    assert_terms("持续优化营商环境", TOKEN_SUBWORD, "营商|环境");
    assert_terms("智改数转网联", TOKEN_SUBWORD, "智改数转|改数|转网|网联");
}
END_TEST

START_TEST(every_han_character_and_every_pair_is_a_term)
{
    assert_terms("政策，支持", TOKEN_CHARACTER, "政|策|支|持");
    assert_terms("政策支持", TOKEN_BIGRAM, "政策|策支|支持");
}
END_TEST

START_TEST(nothing_reaches_over_a_blank_or_a_mark)
{
    assert_terms("政策 支持", TOKEN_BIGRAM, "政策|支持");
    assert_terms("政策\n支持", TOKEN_BIGRAM, "政策|支持");
    assert_terms("“政”策", TOKEN_BIGRAM, "");
}
END_TEST

START_TEST(numbers_are_found_whole_and_without_their_suffix)
{
    assert_terms("达94%", TOKEN_NUMBER, "94%|94");
    assert_terms("2882.4亿元", TOKEN_NUMBER, "2882.4亿|2882.4");
    assert_terms("2025 年", TOKEN_NUMBER, "2025年|2025");
    assert_terms("1,234元", TOKEN_NUMBER, "1234");
    assert_terms("第13号", TOKEN_NUMBER, "第13|13");
}
END_TEST

START_TEST(mixed_words_are_found_whole_and_in_pieces)
{
    assert_terms("5G", TOKEN_LATIN, "5g");
    assert_terms("5G", TOKEN_SUBWORD, "5|g");
    assert_terms("PM2.5", TOKEN_LATIN, "pm2.5");
    assert_terms("PM2.5", TOKEN_SUBWORD, "pm|2.5");
    assert_terms("0574-8918", TOKEN_NUMBER, "0574-8918|0574|8918");
}
END_TEST

START_TEST(pairs_reach_over_digits_and_letters)
{
    assert_terms("第13号", TOKEN_BIGRAM, "第1|13|3号");
    assert_terms("37 万", TOKEN_BIGRAM, "37|7万");
    assert_terms("2.4亿", TOKEN_BIGRAM, "4亿");
}
END_TEST

START_TEST(a_year_in_chinese_digits_is_found_as_both)
{
    assert_terms("二〇二四年", TOKEN_NUMBER, "2024年|2024");
    assert_terms("二〇二四年", TOKEN_CHARACTER, "二|〇|二|四|年");
}
END_TEST

START_TEST(words_only_means_words_numbers_and_latin)
{
    struct token_list tokens = run(ANALYSIS_WORDS, TEXT("持续优化营商环境，达94%，RCEP"));
    const char *expected[] = { "持续", "优化", "营商环境", "达", "94%", "rcep" };
    ck_assert_uint_eq(tokens.count, LENGTH_OF(expected));
    for (size_t i = 0; i < tokens.count; i++)
        assert_text(tokens.tokens[i].term, expected[i]);
}
END_TEST

START_TEST(a_keyword_is_one_term_whatever_its_blanks_and_brackets)
{
    const char *forms[] = { "甬经信函〔2026〕9号", "甬经信函[2026] 9 号", "甬经信函（２０２６）9号",
                            " 甬经信函【2026】9号\n", "甬經信函〔2026〕9號" };
    for (size_t i = 0; i < LENGTH_OF(forms); i++)
        assert_text(terms(ANALYSIS_KEYWORD, text_of(forms[i]), TOKEN_WORD), "甬经信函〔2026〕9号");
    ck_assert_uint_eq(run(ANALYSIS_KEYWORD, TEXT(" \n")).count, 0);
}
END_TEST

START_TEST(tokens_are_ordered_by_place_then_longest_first)
{
    uint64_t seed = 5;
    for (int round = 0; round < 2000; round++) {
        struct token_list tokens = run(ANALYSIS_TEXT, random_text(&seed, next_random(&seed) % 15));
        for (size_t i = 1; i < tokens.count; i++) {
            const struct token *a = &tokens.tokens[i - 1], *b = &tokens.tokens[i];
            ck_assert(a->offset < b->offset || (a->offset == b->offset && a->length >= b->length));
        }
        arena_clear(&arena);
    }
}
END_TEST

START_TEST(every_tokens_range_normalises_to_its_term)
{
    uint64_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        struct text text = random_text(&seed, 1 + next_random(&seed) % 10);
        struct token_list tokens = run(ANALYSIS_TEXT, text);
        for (size_t i = 0; i < tokens.count; i++) {
            const struct token *token = &tokens.tokens[i];
            struct text range = text_slice(text, token->offset, token->length);
            struct text again = fold(range);
            ck_assert_msg(text_equal(again, token->term),
                          "in \"%.*s\": \"%.*s\" gives \"%.*s\", its term is \"%.*s\"",
                          TEXT_ARG(text), TEXT_ARG(range), TEXT_ARG(again), TEXT_ARG(token->term));
        }
        arena_clear(&arena);
    }
}
END_TEST

/* A term and the prefix it would have: words, numbers and Latin share one. */
static bool same_term(const struct token *a, const struct token *b)
{
    bool characters = (a->kind == TOKEN_CHARACTER) == (b->kind == TOKEN_CHARACTER);
    bool bigrams = (a->kind == TOKEN_BIGRAM) == (b->kind == TOKEN_BIGRAM);
    return characters && bigrams && text_equal(a->term, b->term);
}

static bool share_a_term(const struct token_list *a, const struct token_list *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (same_term(&a->tokens[i], &b->tokens[j]))
                return true;
        }
    }
    return false;
}

/* Nobody asks for "e" without the accent that follows it, or ｶ without its ﾞ. */
static bool cuts_accent(struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length - at);
    return text_starts_with(rest, TEXT("\xCC\x81")) || text_starts_with(rest, TEXT("ﾞ"));
}

START_TEST(every_part_of_a_text_finds_it)
{
    uint64_t seed = 9;
    for (int round = 0; round < 1500; round++) {
        struct text text = random_text(&seed, 1 + next_random(&seed) % 8);
        struct token_list tokens = run(ANALYSIS_TEXT, text);
        for (size_t start = 0; start < text.length;
             start += utf8_length((unsigned char)text.data[start])) {
            struct text rest = text_slice(text, start, text.length - start);
            struct text query =
                text_slice(text, start, utf8_advance(rest, 2 + next_random(&seed) % 3));
            struct token_list asked = run(ANALYSIS_TEXT, query);
            ck_assert_msg(asked.count == 0 || utf8_count(fold(query)) < 2 ||
                              cuts_accent(text, start) || cuts_accent(text, start + query.length) ||
                              share_a_term(&tokens, &asked),
                          "\"%.*s\" does not find \"%.*s\"", TEXT_ARG(query), TEXT_ARG(text));
        }
        arena_clear(&arena);
    }
}
END_TEST

START_TEST(positions_count_normalised_characters)
{
    struct token_list tokens = run(ANALYSIS_TEXT, TEXT("达 94%，政策"));
    for (size_t i = 0; i < tokens.count; i++) {
        if (text_equal(tokens.tokens[i].term, TEXT("政策")))
            ck_assert_uint_eq(tokens.tokens[i].position, 5);
    }
}
END_TEST

START_TEST(an_analyzer_serves_many_texts)
{
    struct text first = terms(ANALYSIS_TEXT, TEXT("持续优化营商环境"), TOKEN_WORD);
    CLEANUP(buffer_release) struct buffer big = BUFFER_INIT;
    for (int i = 0; i < 200000; i++)
        buffer_append(&big, TEXT("政策。"));
    run(ANALYSIS_WORDS, buffer_text(&big));
    ck_assert(text_equal(first, terms(ANALYSIS_TEXT, TEXT("持续优化营商环境"), TOKEN_WORD)));
}
END_TEST

START_TEST(a_text_that_is_too_long_is_refused)
{
    struct token_list tokens = { 0 };
    struct text text = { "", ANALYZER_TEXT_MAX + 1 };
    ck_assert_int_eq(analyzer_run(analyzer, ANALYSIS_TEXT, text, &arena, &tokens, &error),
                     STATUS_LIMIT);
}
END_TEST

START_TEST(a_full_arena_is_an_error_and_leaves_the_list)
{
    CLEANUP(arena_release) struct arena tight;
    arena_init(&tight, 3000);
    struct token_list tokens = { 0 };
    ck_assert_int_eq(analyzer_run(analyzer, ANALYSIS_TEXT,
                                  TEXT("持续优化营商环境持续优化营商环境持续优化营商环境"), &tight,
                                  &tokens, &error),
                     STATUS_NO_MEMORY);
    ck_assert_uint_eq(tokens.count, 0);
}
END_TEST

RUN_SUITE("analyzer", before, after, words_and_the_words_inside_them_are_terms,
          every_han_character_and_every_pair_is_a_term, nothing_reaches_over_a_blank_or_a_mark,
          numbers_are_found_whole_and_without_their_suffix,
          mixed_words_are_found_whole_and_in_pieces, pairs_reach_over_digits_and_letters,
          a_year_in_chinese_digits_is_found_as_both, words_only_means_words_numbers_and_latin,
          a_keyword_is_one_term_whatever_its_blanks_and_brackets,
          tokens_are_ordered_by_place_then_longest_first, every_tokens_range_normalises_to_its_term,
          every_part_of_a_text_finds_it, positions_count_normalised_characters,
          an_analyzer_serves_many_texts, a_text_that_is_too_long_is_refused,
          a_full_arena_is_an_error_and_leaves_the_list)
