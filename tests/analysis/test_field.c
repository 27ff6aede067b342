/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The schema and its terms. */
#include "indexer/analysis/field.h"

#include "tests/analysis/suite.h"

static void before(void)
{
    arena_init(&arena, 0);
}

static void after(void)
{
    arena_release(&arena);
}

START_TEST(every_field_has_a_row)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        ck_assert_ptr_nonnull(FIELDS[i].name);
        ck_assert_ptr_nonnull(FIELDS[i].chinese);
        ck_assert_ptr_nonnull(FIELDS[i].prefix);
    }
}
END_TEST

/* Ids are raw bytes, so their prefix must not begin another one; every other term begins with
 * something that is no capital letter. */
START_TEST(prefixes_do_not_run_into_each_other)
{
    const char *prefixes[FIELD_COUNT + 1];
    for (size_t i = 0; i < FIELD_COUNT; i++)
        prefixes[i] = FIELDS[i].prefix;
    prefixes[FIELD_COUNT] = field_text_prefix(TOKEN_CHARACTER);
    for (size_t i = 0; i < LENGTH_OF(prefixes); i++) {
        for (size_t j = 0; j < LENGTH_OF(prefixes); j++) {
            bool begins = text_starts_with(text_of(prefixes[j]), text_of(prefixes[i]));
            ck_assert(i == j || i == FIELD_TEXT || !begins);
        }
    }
}
END_TEST

static bool is_term(enum token_kind kind, const char *term, bool follows)
{
    const struct token token = { .term = text_of(term), .kind = kind };
    return field_text_has(&token, follows);
}

START_TEST(terms_of_a_text_share_a_namespace_in_which_each_stands_once)
{
    ck_assert(is_term(TOKEN_BIGRAM, "政策", false));
    ck_assert(!is_term(TOKEN_WORD, "政策", true)); /* its bigram */
    ck_assert(!is_term(TOKEN_WORD, "的", true));
    ck_assert(is_term(TOKEN_WORD, "营商环境", true));
    ck_assert(!is_term(TOKEN_SUBWORD, "环境", true));
    ck_assert(is_term(TOKEN_SUBWORD, "2.5", false));
    ck_assert(is_term(TOKEN_NUMBER, "13", true));
    ck_assert(is_term(TOKEN_LATIN, "5g", false));
}
END_TEST

START_TEST(a_character_is_a_term_only_where_no_pair_begins_with_it)
{
    ck_assert(!is_term(TOKEN_CHARACTER, "桥", true));
    ck_assert(is_term(TOKEN_CHARACTER, "桥", false));
    ck_assert_str_ne(field_text_prefix(TOKEN_CHARACTER), field_text_prefix(TOKEN_BIGRAM));
}
END_TEST

START_TEST(a_term_is_its_prefix_and_its_bytes)
{
    assert_text(field_term("S", TEXT("政策"), &arena), "S政策");
    assert_text(field_term("", TEXT("政策"), &arena), "政策");
    assert_text(field_term("Q", TEXT(""), &arena), "Q");
}
END_TEST

START_TEST(a_long_term_is_cut_and_stays_distinct)
{
    char long_one[601], other[601];
    for (size_t i = 0; i < 600; i += 3)
        memcpy(long_one + i, "政", 4);
    memcpy(other, long_one, sizeof(other));
    memcpy(other + 597, "策", 3);
    struct text a = field_term("Q", text_of(long_one), &arena);
    struct text b = field_term("Q", text_of(other), &arena);
    ck_assert_uint_le(a.length, TERM_MAX);
    ck_assert_uint_eq(utf8_find_invalid(a), TEXT_NONE);
    ck_assert(!text_equal(a, b));
    ck_assert(text_equal(a, field_term("Q", text_of(long_one), &arena)));
}
END_TEST

START_TEST(a_term_of_just_the_limit_stays_whole)
{
    char bytes[TERM_MAX + 1];
    memset(bytes, 'x', sizeof(bytes));
    struct text fits = field_term("Q", (struct text) { bytes, TERM_MAX - 1 }, &arena);
    ck_assert_uint_eq(fits.length, TERM_MAX);
    ck_assert(!text_contains(fits, TEXT("~")));
    struct text longer = field_term("Q", (struct text) { bytes, TERM_MAX }, &arena);
    ck_assert_uint_le(longer.length, TERM_MAX);
    ck_assert(text_contains(longer, TEXT("~")));
}
END_TEST

/* Xapian stores NUL as two bytes: 200 of them would not fit its limit of 245. */
START_TEST(bytes_that_count_twice_are_counted_twice)
{
    char zeros[150] = { 0 };
    struct text term = field_term("Q", (struct text) { zeros, sizeof(zeros) }, &arena);
    ck_assert_ptr_null(memchr(term.data, '\0', term.length));
}
END_TEST

RUN_SUITE("field", before, after, every_field_has_a_row, prefixes_do_not_run_into_each_other,
          terms_of_a_text_share_a_namespace_in_which_each_stands_once,
          a_character_is_a_term_only_where_no_pair_begins_with_it,
          a_term_is_its_prefix_and_its_bytes,
          a_long_term_is_cut_and_stays_distinct, a_term_of_just_the_limit_stays_whole,
          bytes_that_count_twice_are_counted_twice)
