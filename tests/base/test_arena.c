/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many small allocations, dropped together. */
#include "indexer/base/arena.h"

#include <stdint.h>

#include "indexer/base/cleanup.h"
#include "tests/base/suite.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static bool all_are(const char *bytes, size_t length, char wanted)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != wanted)
            return false;
    }
    return true;
}

static bool all_zero(const char *bytes, size_t length)
{
    return all_are(bytes, length, 0);
}

START_TEST(allocations_are_aligned_zeroed_and_apart)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    char *pieces[2000];
    for (size_t i = 0; i < LENGTH_OF(pieces); i++) {
        size_t size = i ? i % 700 : 100000; /* the first asks for more than a first block */
        pieces[i] = arena_alloc(&arena, size);
        ck_assert_uint_eq((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        ck_assert(all_zero(pieces[i], size));
        memset(pieces[i], (int)(i % 255) + 1, size);
    }
    for (size_t i = 0; i < LENGTH_OF(pieces); i++)
        ck_assert(all_are(pieces[i], i ? i % 700 : 100000, (char)((i % 255) + 1)));
}
END_TEST

START_TEST(a_big_allocation_does_not_end_the_current_block)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    char *before = arena_alloc(&arena, 16);
    char *big = arena_alloc(&arena, (size_t)8 << 20);
    char *after = arena_alloc(&arena, 16);
    ck_assert_ptr_nonnull(big);
    ck_assert(all_zero(big, (size_t)8 << 20));
    ck_assert_ptr_eq(after, before + 16);
}
END_TEST

START_TEST(a_big_allocation_may_be_the_first)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    char *big = arena_alloc(&arena, (size_t)3 << 20);
    char *small = arena_alloc(&arena, 10);
    memset(big, 'x', (size_t)3 << 20);
    ck_assert(all_zero(small, 10));
    arena_clear(&arena);
    ck_assert(all_zero(arena_alloc(&arena, 100), 100));

    arena_release(&arena);
    ck_assert_ptr_nonnull(arena_alloc(&arena, (size_t)3 << 20));
    arena_clear(&arena); /* nothing that big is kept */
    ck_assert_ptr_null(arena.newest);
}
END_TEST

START_TEST(an_allocation_of_nothing_is_still_a_place)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    char *first = arena_alloc(&arena, 0);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_ne(first, arena_alloc(&arena, 0));
}
END_TEST

START_TEST(the_ceiling_refuses_and_the_arena_goes_on)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 1024);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1000));
    ck_assert_ptr_null(arena_alloc(&arena, 1000));
    ck_assert_ptr_null(arena_text(&arena, TEXT("longer than sixteen bytes")).data);
    ck_assert_ptr_null(arena_printf(&arena, "%100d", 1).data);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 16));
    ck_assert_ptr_null(arena_alloc(&arena, 1));
    ck_assert_uint_eq(arena.used, 1024);

    arena_clear(&arena);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1024));
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(arena_array(&arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(arena_array(&arena, 3, SIZE_MAX / 2));
    ck_assert_ptr_null(arena_text(&arena, text_of_bytes("x", SIZE_MAX)).data);
    ck_assert_ptr_nonnull(arena_array(&arena, 0, SIZE_MAX));
    ck_assert_ptr_nonnull(arena_array(&arena, SIZE_MAX, 0));
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
}
END_TEST

START_TEST(memory_that_runs_out_is_null_and_the_arena_goes_on)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
    size_t used = arena.used;
    ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX / 4));
    ck_assert_uint_eq(arena.used, used);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
}
END_TEST

START_TEST(a_cleared_arena_hands_out_zeroes_again)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            char *bytes = arena_alloc(&arena, 100);
            ck_assert(all_zero(bytes, 100));
            memset(bytes, 'x', 100);
        }
        ck_assert_uint_ge(arena.used, 100000);
        arena_clear(&arena);
        ck_assert_uint_eq(arena.used, 0);
    }
}
END_TEST

START_TEST(copied_text_outlives_its_source_and_ends_with_nul)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    char source[] = "提案答复";
    struct text copy = arena_text(&arena, text_of_bytes(source, 6));
    memset(source, 'x', sizeof(source) - 1);
    ck_assert_str_eq(copy.data, "提案");
    ck_assert_uint_eq(copy.length, 6);

    struct text empty = arena_text(&arena, text_of(NULL));
    ck_assert_str_eq(empty.data, "");
    struct text printed = arena_printf(&arena, "%s-%d", "号", 12);
    ck_assert_str_eq(printed.data, "号-12");
    ck_assert_uint_eq(printed.length, 6);
}
END_TEST

START_TEST(an_array_grows_and_keeps_its_items)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    uint32_t *items = NULL;
    size_t capacity = 0;
    for (uint32_t count = 0; count < 10000; count++) {
        ck_assert(arena_grow(&arena, &items, count, &capacity, sizeof(*items)));
        items[count] = count;
    }
    for (uint32_t i = 0; i < 10000; i++)
        ck_assert_uint_eq(items[i], i);
    ck_assert_uint_eq(capacity, 16384);
}
END_TEST

START_TEST(an_array_that_cannot_grow_stays_as_it_was)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 100);
    uint32_t *items = NULL;
    size_t capacity = 0;
    ck_assert(arena_grow(&arena, &items, 0, &capacity, sizeof(*items)));
    items[7] = 7;
    uint32_t *before = items;
    ck_assert(!arena_grow(&arena, &items, 8, &capacity, sizeof(*items) * 4));
    ck_assert(items == before && capacity == 8 && items[7] == 7);
}
END_TEST

START_TEST(a_released_arena_can_be_used_and_released_again)
{
    struct arena arena;
    arena_init(&arena, 0);
    arena_clear(&arena);
    arena_release(&arena);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
    arena_release(&arena);
    arena_release(&arena);
    arena_release(NULL);
}
END_TEST

RUN_SUITE("arena", NULL, NULL, allocations_are_aligned_zeroed_and_apart,
          a_big_allocation_does_not_end_the_current_block, a_big_allocation_may_be_the_first,
          an_allocation_of_nothing_is_still_a_place, the_ceiling_refuses_and_the_arena_goes_on,
          sizes_that_overflow_are_refused, memory_that_runs_out_is_null_and_the_arena_goes_on,
          a_cleared_arena_hands_out_zeroes_again, copied_text_outlives_its_source_and_ends_with_nul,
          an_array_grows_and_keeps_its_items, an_array_that_cannot_grow_stays_as_it_was,
          a_released_arena_can_be_used_and_released_again)
