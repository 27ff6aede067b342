/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Terms of an entry: unique, in byte order, counted as their field says. */
#include "indexer/index/term_set.h"

#include "tests/index/suite.h"

static struct arena arena;

static void before(void)
{
    arena_init(&arena, 0);
}

static void after(void)
{
    arena_release(&arena);
}

/* Adds every character of `letters` as a term and returns "a3b6" for what came out. */
static const char *collected(const char *letters, enum term_count how)
{
    struct term_set set = { 0 };
    for (const char *letter = letters; *letter; letter++)
        ck_assert(term_set_add(&set, &arena, text_of_bytes(letter, 1), how));
    size_t count;
    const struct index_term *terms = term_set_finish(&set, &arena, &count);
    ck_assert_ptr_nonnull(terms);
    struct text out = TEXT("");
    for (size_t i = 0; i < count; i++)
        out = arena_printf(&arena, "%.*s%.*s%u", TEXT_ARG(out), TEXT_ARG(terms[i].term),
                           (unsigned)terms[i].frequency);
    return out.data;
}

START_TEST(a_term_counts_every_time_once_or_not_at_all)
{
    ck_assert_str_eq(collected("bab", TERM_EACH), "a3b6");
    ck_assert_str_eq(collected("bab", TERM_ONCE), "a1b1");
    ck_assert_str_eq(collected("bab", TERM_BOOLEAN), "a0b0");
    ck_assert_str_eq(collected("", TERM_EACH), "");
}
END_TEST

START_TEST(terms_are_in_the_order_of_their_bytes)
{
    const struct text given[] = { TEXT("提案办理"),  TEXT("提案"),   TEXT("z"),
                                  TEXT("abcdefgh"),  TEXT("XB提案"), TEXT("a\0"),
                                  TEXT("abcdefghi"), TEXT("a"),      TEXT("abcdefg") };
    struct term_set set = { 0 };
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
        ck_assert(term_set_add(&set, &arena, given[i], TERM_EACH));
    size_t count;
    const struct index_term *terms = term_set_finish(&set, &arena, &count);
    ck_assert_uint_eq(count, sizeof(given) / sizeof(given[0]));
    for (size_t i = 1; i < count; i++)
        ck_assert_int_lt(text_compare(terms[i - 1].term, terms[i].term), 0);
}
END_TEST

/* More terms than are remembered, each of them twice: as far apart as can be, and in a row. */
START_TEST(repetitions_are_counted_however_far_apart)
{
    enum { TERMS = 3 * TERM_SET_RECENT };
    struct term_set set = { 0 };
    for (size_t i = 0; i < 3 * TERMS; i++) {
        size_t which = i < TERMS ? i : i < 2 * TERMS ? i - TERMS : (i - 2 * TERMS) / 2;
        struct text term = arena_printf(&arena, "%06zu", which);
        ck_assert(term_set_add(&set, &arena, term, TERM_EACH));
    }
    size_t count;
    const struct index_term *terms = term_set_finish(&set, &arena, &count);
    ck_assert_uint_eq(count, TERMS);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(terms[i].frequency, (i < TERMS / 2 ? 4 : 2) * FIELD_TEXT_FREQUENCY);
}
END_TEST

START_TEST(a_finished_set_can_be_filled_again)
{
    struct term_set shared = { 0 }, set = { 0 };
    size_t count;
    ck_assert(term_set_add(&shared, &arena, TEXT("s"), TERM_BOOLEAN));
    for (int i = 0; i < 2; i++) {
        ck_assert(term_set_add(&set, &arena, TEXT("t"), TERM_EACH));
        ck_assert(term_set_add_all(&set, &arena, &shared));
        const struct index_term *terms = term_set_finish(&set, &arena, &count);
        ck_assert_uint_eq(count, 2);
        ck_assert_uint_eq(terms[0].frequency, 0);
        ck_assert_uint_eq(terms[1].frequency, FIELD_TEXT_FREQUENCY);
    }
}
END_TEST

RUN_SUITE("term_set", before, after, a_term_counts_every_time_once_or_not_at_all,
          terms_are_in_the_order_of_their_bytes, repetitions_are_counted_however_far_apart,
          a_finished_set_can_be_filled_again)
