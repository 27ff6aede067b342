/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where each byte of a cleaned text came from. */
#include "indexer/base/span_map.h"

#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "tests/base/suite.h"

#define assert_source(map, start, length, expected)                                                \
    do {                                                                                           \
        uint64_t offset = 99;                                                                      \
        uint64_t source_length = 99;                                                               \
        char line[64];                                                                             \
        span_map_source((map), (start), (length), &offset, &source_length);                        \
        snprintf(line, sizeof(line), "%d+%d", (int)offset, (int)source_length);                    \
        ck_assert_str_eq(line, (expected));                                                        \
    } while (0)

/* "AB" copied from 10, then three bytes re-encoded from two at 20, then "CDE" copied from 22. */
static struct span_map make_map(struct arena *arena)
{
    struct span_map map = { 0 };
    ck_assert(span_map_append(&map, arena, 2, 10, 2));
    ck_assert(span_map_append(&map, arena, 3, 20, 2));
    ck_assert(span_map_append(&map, arena, 3, 22, 3));
    return map;
}

START_TEST(a_copied_run_is_divided_at_any_byte)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = make_map(&arena);
    assert_source(&map, 0, 2, "10+2");
    assert_source(&map, 0, 1, "10+1");
    assert_source(&map, 1, 1, "11+1");
    assert_source(&map, 6, 1, "23+1");
}
END_TEST

START_TEST(a_re_encoded_run_counts_as_a_whole)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = make_map(&arena);
    assert_source(&map, 2, 3, "20+2");
    assert_source(&map, 2, 1, "20+2");
    assert_source(&map, 3, 1, "20+2");
    assert_source(&map, 4, 2, "20+3");
}
END_TEST

START_TEST(a_range_over_several_runs_covers_what_lies_between)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = make_map(&arena);
    assert_source(&map, 1, 2, "11+11");
    assert_source(&map, 0, 8, "10+15");
    assert_source(&map, 1, 6, "11+13");
}
END_TEST

START_TEST(an_empty_range_is_a_place)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = make_map(&arena);
    assert_source(&map, 0, 0, "10+0");
    assert_source(&map, 1, 0, "11+0");
    assert_source(&map, 3, 0, "20+0");
    assert_source(&map, 5, 0, "22+0");
    assert_source(&map, 8, 0, "25+0");
}
END_TEST

START_TEST(a_range_is_cut_at_the_end_of_the_text)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = make_map(&arena);
    assert_source(&map, 6, 100, "23+2");
    assert_source(&map, 6, SIZE_MAX, "23+2");
    assert_source(&map, 100, 1, "25+0");
    assert_source(&map, SIZE_MAX, SIZE_MAX, "25+0");
}
END_TEST

START_TEST(an_empty_map_gives_nothing)
{
    struct span_map map = { 0 };
    assert_source(&map, 0, 0, "0+0");
    assert_source(&map, 5, 5, "0+0");
}
END_TEST

START_TEST(runs_that_advance_together_become_one)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = { 0 };
    for (uint64_t i = 0; i < 1000; i++)
        ck_assert(span_map_append(&map, &arena, 3, 100 + 3 * i, 3));
    ck_assert_uint_eq(map.count, 1);
    assert_source(&map, 1500, 3, "1600+3");

    ck_assert(span_map_append(&map, &arena, 3, 5000, 3)); /* a gap in the source */
    ck_assert_uint_eq(map.count, 2);
    ck_assert(span_map_append(&map, &arena, 0, 7000, 9)); /* dropped source leaves no run */
    ck_assert_uint_eq(map.count, 2);
    ck_assert(span_map_append(&map, &arena, 3, 5003, 2));
    ck_assert(span_map_append(&map, &arena, 3, 5005, 2)); /* units stay apart */
    ck_assert_uint_eq(map.count, 4);
}
END_TEST

START_TEST(runs_may_come_from_anywhere_in_the_source)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = { 0 };
    ck_assert(span_map_append(&map, &arena, 4, 50, 4));
    ck_assert(span_map_append(&map, &arena, 4, 10, 4));
    assert_source(&map, 2, 4, "10+44");
    assert_source(&map, 4, 4, "10+4");
}
END_TEST

START_TEST(many_runs_are_searched_rightly)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct span_map map = { 0 };
    for (uint64_t i = 0; i < 1000; i++)
        ck_assert(span_map_append(&map, &arena, 3, 2 * i, 2));
    for (size_t i = 0; i < 3000; i++) {
        uint64_t offset;
        uint64_t length;
        span_map_source(&map, i, 1, &offset, &length);
        ck_assert(offset == 2 * (i / 3) && length == 2);
    }
}
END_TEST

START_TEST(a_map_without_memory_or_beyond_4_gib_says_so)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 16);
    struct span_map map = { 0 };
    ck_assert(!span_map_append(&map, &arena, 1, 0, 1));
    ck_assert_uint_eq(map.count, 0);

    arena.ceiling = 0;
    ck_assert(span_map_append(&map, &arena, UINT32_MAX, 0, UINT32_MAX));
    ck_assert(!span_map_append(&map, &arena, 1, UINT32_MAX, 1));
    ck_assert_uint_eq(map.count, 1);
}
END_TEST

RUN_SUITE("span_map", NULL, NULL, a_copied_run_is_divided_at_any_byte,
          a_re_encoded_run_counts_as_a_whole, a_range_over_several_runs_covers_what_lies_between,
          an_empty_range_is_a_place, a_range_is_cut_at_the_end_of_the_text,
          an_empty_map_gives_nothing, runs_that_advance_together_become_one,
          runs_may_come_from_anywhere_in_the_source, many_runs_are_searched_rightly,
          a_map_without_memory_or_beyond_4_gib_says_so)
