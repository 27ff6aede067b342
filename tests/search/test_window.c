/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The place of a text that says most of a query. */
#include "search/ranking/window.h"

#include <math.h>

#include "tests/search/run_suite.h"

#define SPAN 10
#define WORD 2 /* characters of each term */

static struct arena arena;
static struct window window;

static void begin(struct window_term *terms, size_t count)
{
    ck_assert(window_begin(&window, terms, count, SPAN, &arena));
    window_clear(&window);
}

static void tear_down(void)
{
    arena_release(&arena);
}

static void stands(uint32_t term, uint32_t at)
{
    window_add(&window, term, at, at + WORD);
}

START_TEST(words_side_by_side_count_together_and_far_ones_do_not)
{
    struct window_term terms[] = { { .weight = 3 }, { .weight = 5 } };
    begin(terms, 2);
    stands(0, 0);
    stands(1, 9); /* ends at 11: one character too far */
    ck_assert_double_eq(window.best, 5);
    window_clear(&window);
    stands(0, 0);
    stands(1, 8);
    ck_assert_double_eq(window.best, 8);
}
END_TEST

START_TEST(a_word_counts_once_however_often_it_stands_there)
{
    struct window_term terms[] = { { .weight = 3 }, { .weight = 5 } };
    begin(terms, 2);
    stands(0, 0);
    stands(0, 2);
    stands(0, 4);
    ck_assert_double_eq(window.best, 3);
    stands(1, 12); /* the last of the three is still inside */
    ck_assert_double_eq(window.best, 8);
}
END_TEST

START_TEST(of_the_forms_of_a_name_the_better_counts)
{
    struct window_term terms[] = { { .weight = 3, .name = 1 },
                                   { .weight = 2, .name = 1 },
                                   { .weight = 4, .name = 1, .other = true },
                                   { .weight = 1, .name = 1, .other = true },
                                   { .weight = 10, .name = 2 } };
    begin(terms, 5);
    stands(2, 0);
    stands(3, 1);
    ck_assert_double_eq(window.best, 4);
    stands(0, 2); /* 3 of the typed form are less than 4 */
    ck_assert_double_eq(window.best, 4);
    stands(1, 3);
    ck_assert_double_eq(window.best, 5);
    stands(4, 9); /* ends at 11: the better other form has left */
    ck_assert_double_eq(window.best, 15);
    stands(4, 11); /* of the typed form the second word is left */
    ck_assert_double_eq(window.sum, 12);
    stands(4, 40);
    ck_assert_double_eq(window.sum, 10);
}
END_TEST

START_TEST(a_crowd_of_occurrences_is_bounded)
{
    struct window_term terms[] = { { .weight = 3 }, { .weight = 5 } };
    begin(terms, 2);
    stands(1, 7);
    for (int i = 0; i < 4 * WINDOW_OCCURRENCES; i++)
        stands(0, 7);
    ck_assert_double_eq(window.best, 8);
    ck_assert_double_eq(window.sum, 3);
    ck_assert_uint_eq(window.count, WINDOW_OCCURRENCES);
}
END_TEST

/* The same by trying every window. */
static double tried(const uint32_t *terms, const uint32_t *starts, size_t count,
                    const struct window_term *weights)
{
    double best = 0;
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        bool seen[8] = { false };
        for (size_t j = i; j < count && starts[j] + WORD <= starts[i] + SPAN; j++) {
            sum += seen[terms[j]] ? 0 : weights[terms[j]].weight;
            seen[terms[j]] = true;
        }
        best = fmax(best, sum);
    }
    return best;
}

START_TEST(no_window_is_better_than_the_best)
{
    struct window_term terms[8];
    uint32_t numbers[64], starts[64], at = 0, state = (uint32_t)_i + 1;
    for (size_t i = 0; i < 8; i++)
        terms[i] = (struct window_term) { .weight = (double)(1 + i * i) };
    begin(terms, 8);
    for (size_t i = 0; i < 64; i++) {
        state = state * 1103515245 + 12345;
        numbers[i] = state >> 16 & 7;
        starts[i] = at += state >> 20 & 3;
        stands(numbers[i], starts[i]);
    }
    ck_assert_double_eq(window.best, tried(numbers, starts, 64, terms));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("window");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, words_side_by_side_count_together_and_far_ones_do_not);
    tcase_add_test(tests, a_word_counts_once_however_often_it_stands_there);
    tcase_add_test(tests, of_the_forms_of_a_name_the_better_counts);
    tcase_add_test(tests, a_crowd_of_occurrences_is_bounded);
    tcase_add_loop_test(tests, no_window_is_better_than_the_best, 0, 50);
    return run_tests("window", tests);
}
