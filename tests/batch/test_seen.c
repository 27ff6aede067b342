/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/batch/fixture.h"

#include "indexer/batch/seen.h"

START_TEST(nothing_has_been_seen_at_first)
{
    struct seen seen = { 0 };
    ck_assert_uint_eq(seen_find(&seen, 0, 0), 0);
    seen_release(&seen);
}
END_TEST

START_TEST(a_pair_keeps_its_last_value)
{
    struct seen seen = { 0 };
    ck_assert(seen_put(&seen, 1, 2, 7));
    ck_assert(seen_put(&seen, 2, 1, 8));
    ck_assert(seen_put(&seen, 1, 2, 9));
    ck_assert_uint_eq(seen_find(&seen, 1, 2), 9);
    ck_assert_uint_eq(seen_find(&seen, 2, 1), 8);
    ck_assert_uint_eq(seen_find(&seen, 1, 1), 0);
    ck_assert_uint_eq(seen.count, 2);
    seen_release(&seen);
}
END_TEST

START_TEST(a_hundred_thousand_neighbours_are_kept_apart)
{
    struct seen seen = { 0 };
    for (uint64_t i = 0; i < 100000; i++)
        ck_assert(seen_put(&seen, 64, i, i + 1));
    for (uint64_t i = 0; i < 100000; i++)
        ck_assert_uint_eq(seen_find(&seen, 64, i), i + 1);
    ck_assert_uint_eq(seen_find(&seen, 64, 100000), 0);
    seen_release(&seen);
}
END_TEST

RUN_SUITE("seen", nothing_has_been_seen_at_first, a_pair_keeps_its_last_value,
          a_hundred_thousand_neighbours_are_kept_apart)
