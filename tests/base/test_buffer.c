/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Growing bytes, and the ceiling over them. */
#include "indexer/base/buffer.h"

#include "indexer/base/cleanup.h"
#include "tests/base/suite.h"

/* Let an allocation that is too big fail under the address sanitizer as it does elsewhere. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

START_TEST(appended_pieces_stand_in_order_with_a_nul_behind)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    buffer_append(&buffer, TEXT("第"));
    buffer_append_byte(&buffer, '7');
    buffer_append_codepoint(&buffer, 0x53F7);
    buffer_printf(&buffer, " %s %d", "提案", 2024);
    assert_text(buffer_text(&buffer), "第7号 提案 2024");
    ck_assert_str_eq(buffer.data, "第7号 提案 2024");
    ck_assert_int_eq(buffer_status(&buffer, NULL), STATUS_OK);
}
END_TEST

START_TEST(an_empty_buffer_is_an_empty_text)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    ck_assert_uint_eq(buffer_text(&buffer).length, 0);
    buffer_append(&buffer, text_of(NULL));
    buffer_append(&buffer, TEXT(""));
    ck_assert_uint_eq(buffer.length, 0);
    ck_assert_str_eq(buffer.data, "");
}
END_TEST

START_TEST(growth_keeps_what_was_there)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    for (unsigned i = 0; i < 100000; i++)
        buffer_append_byte(&buffer, (char)(i % 251));
    ck_assert_uint_eq(buffer.length, 100000);
    for (unsigned i = 0; i < 100000; i++)
        ck_assert_int_eq(buffer.data[i], (char)(i % 251));
    ck_assert_uint_lt(buffer.capacity, 3 * buffer.length);
}
END_TEST

START_TEST(a_part_of_the_buffer_may_be_appended_to_it)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    buffer_append(&buffer, TEXT("0123456789"));
    for (int i = 0; i < 10; i++)
        buffer_append(&buffer, buffer_text(&buffer));
    ck_assert_uint_eq(buffer.length, 10240);
    assert_text(text_slice(buffer_text(&buffer), 10235, 5), "56789");
}
END_TEST

START_TEST(the_ceiling_can_be_filled_but_not_passed)
{
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 6);
    buffer_append(&buffer, TEXT("提案"));
    ck_assert_int_eq(buffer_status(&buffer, NULL), STATUS_OK);

    buffer_append_byte(&buffer, 'x');
    struct error error;
    ck_assert_int_eq(buffer_status(&buffer, &error), STATUS_LIMIT);
    ck_assert_str_eq(error.message, "longer than the ceiling of 6 bytes");
    assert_text(buffer_text(&buffer), "提案");
}
END_TEST

START_TEST(after_a_failure_nothing_is_appended_until_cleared)
{
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 4);
    buffer_append(&buffer, TEXT("ab"));
    buffer_append(&buffer, TEXT("cde"));
    buffer_append(&buffer, TEXT("c"));
    buffer_append_codepoint(&buffer, 'c');
    buffer_printf(&buffer, "%d", 1);
    ck_assert_ptr_null(buffer_reserve(&buffer, 0));
    assert_text(buffer_text(&buffer), "ab");

    buffer_clear(&buffer);
    ck_assert_int_eq(buffer_status(&buffer, NULL), STATUS_OK);
    buffer_printf(&buffer, "%d", 2024);
    assert_text(buffer_text(&buffer), "2024");
}
END_TEST

START_TEST(sizes_that_overflow_reach_the_ceiling)
{
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, SIZE_MAX);
    buffer_append_byte(&buffer, 'x');
    ck_assert_ptr_null(buffer_reserve(&buffer, SIZE_MAX));
    ck_assert_int_eq(buffer_status(&buffer, NULL), STATUS_LIMIT);
}
END_TEST

START_TEST(an_allocation_that_fails_is_no_memory_and_loses_nothing)
{
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, SIZE_MAX);
    buffer_append(&buffer, TEXT("提案"));
    ck_assert_ptr_null(buffer_reserve(&buffer, SIZE_MAX / 2));
    struct error error;
    ck_assert_int_eq(buffer_status(&buffer, &error), STATUS_NO_MEMORY);
    ck_assert_str_eq(error.message, "out of memory");
    assert_text(buffer_text(&buffer), "提案");
}
END_TEST

START_TEST(reserved_room_is_filled_by_the_caller)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    buffer_append(&buffer, TEXT("a"));
    char *room = buffer_reserve(&buffer, 3);
    memcpy(room, "bcd", 3);
    buffer.length += 3;
    ck_assert_str_eq(buffer.data, "abcd");
}
END_TEST

START_TEST(a_released_buffer_can_be_used_and_released_again)
{
    struct buffer buffer;
    buffer_init(&buffer, 3);
    buffer_append(&buffer, TEXT("abc"));
    buffer_release(&buffer);
    ck_assert_ptr_null(buffer.data);
    buffer_append(&buffer, TEXT("abcd"));
    ck_assert_int_eq(buffer_status(&buffer, NULL), STATUS_LIMIT); /* the ceiling stays */
    buffer_release(&buffer);
    buffer_release(&buffer);
    buffer_release(NULL);
}
END_TEST

RUN_SUITE("buffer", NULL, NULL, appended_pieces_stand_in_order_with_a_nul_behind,
          an_empty_buffer_is_an_empty_text, growth_keeps_what_was_there,
          a_part_of_the_buffer_may_be_appended_to_it, the_ceiling_can_be_filled_but_not_passed,
          after_a_failure_nothing_is_appended_until_cleared, sizes_that_overflow_reach_the_ceiling,
          an_allocation_that_fails_is_no_memory_and_loses_nothing,
          reserved_room_is_filled_by_the_caller, a_released_buffer_can_be_used_and_released_again)
