/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages: one clean line, whatever went into it. */
#include "indexer/base/status.h"

#include <string.h>

#include "indexer/base/utf8.h"
#include "tests/base/suite.h"

START_TEST(setting_an_error_returns_its_status)
{
    struct error error;
    ck_assert_int_eq(error_set(&error, STATUS_IO, "cannot read \"%s\"", "答复.txt"), STATUS_IO);
    ck_assert_str_eq(error.message, "cannot read \"答复.txt\"");
}
END_TEST

START_TEST(a_caller_without_an_error_still_gets_the_status)
{
    ck_assert_int_eq(error_set(NULL, STATUS_LIMIT, "too long"), STATUS_LIMIT);
    ck_assert_int_eq(error_prefix(NULL, STATUS_LIMIT, "here"), STATUS_LIMIT);
}
END_TEST

START_TEST(whatever_could_disturb_a_terminal_becomes_a_question_mark)
{
    static const struct {
        const char *raw;
        const char *clean;
    } rows[] = {
        { "two\nlines\r\n", "two?lines??" },
        { "\x1B[31mred", "?[31mred" },
        { "tab\there", "tab?here" },
        { "delete\x7F", "delete?" },
        { "c1 \xC2\x9B", "c1 ?" },
        { "line\u2028separator", "line?separator" },
        { "right-to-left \u202Etxt.exe", "right-to-left ?txt.exe" },
        { "isolate\u2066", "isolate?" },
        { "not UTF-8 \xFF\xB0\xE6\x8F", "not UTF-8 ???" },
        { "提案〔2023〕9号", "提案〔2023〕9号" },
    };
    for (size_t i = 0; i < LENGTH_OF(rows); i++) {
        struct error error;
        error_set(&error, STATUS_INVALID, "%s", rows[i].raw);
        ck_assert_str_eq(error.message, rows[i].clean);
    }
}
END_TEST

START_TEST(a_long_message_is_cut_at_a_code_point)
{
    char han[3 * 1000 + 1];
    for (size_t i = 0; i < 1000; i++)
        memcpy(han + 3 * i, "案", 3);
    han[3000] = '\0';
    for (int shift = 0; shift < 3; shift++) {
        struct error error;
        error_set(&error, STATUS_INVALID, "%.*s%s", shift, "ab", han);
        ck_assert_uint_eq(utf8_find_invalid(text_of(error.message)), TEXT_NONE);
        ck_assert_ptr_null(strchr(error.message, '?'));
        ck_assert_uint_ge(strlen(error.message), ERROR_MESSAGE_SIZE - 3);
    }
}
END_TEST

START_TEST(a_prefix_stands_before_the_message)
{
    struct error error;
    error_set(&error, STATUS_INVALID, "no title");
    ck_assert_int_eq(error_prefix(&error, STATUS_EMPTY, "page %d", 3), STATUS_EMPTY);
    ck_assert_str_eq(error.message, "page 3: no title");
}
END_TEST

START_TEST(a_prefix_that_is_too_long_loses_its_middle)
{
    char path[4096] = "/答复/";
    for (size_t i = strlen(path); i + 1 < sizeof(path); i++)
        path[i] = 'x';
    memcpy(path + sizeof(path) - 10, "/name.txt", 10);
    struct error error;
    error_set(&error, STATUS_INVALID, "no title");
    error_prefix(&error, STATUS_INVALID, "%s", path);
    ck_assert_uint_lt(strlen(error.message), ERROR_MESSAGE_SIZE);
    ck_assert(strncmp(error.message, "/答复/xxx", 11) == 0);
    ck_assert_ptr_nonnull(strstr(error.message, "xxx...xxx"));
    const char *end = error.message + strlen(error.message) - 19;
    ck_assert_str_eq(end, "/name.txt: no title");
}
END_TEST

START_TEST(a_long_prefix_is_cut_at_code_points)
{
    char path[3 * 700 + 1];
    for (size_t i = 0; i + 3 < sizeof(path); i += 3)
        memcpy(path + i, "答", 3);
    path[sizeof(path) - 1] = '\0';
    struct error error;
    for (int i = 0; i < 6; i++) { /* every way of cutting */
        error_set(&error, STATUS_INVALID, "%.*s", i, "abcdef");
        error_prefix(&error, STATUS_INVALID, "%s", path);
        ck_assert_ptr_null(strchr(error.message, '?'));
        ck_assert_ptr_nonnull(strstr(error.message, "答...答"));
    }
}
END_TEST

START_TEST(a_message_may_be_made_from_itself)
{
    struct error error;
    error_set(&error, STATUS_INVALID, "bad date");
    error_set(&error, STATUS_INVALID, "%s, %s", error.message, error.message);
    ck_assert_str_eq(error.message, "bad date, bad date");
}
END_TEST

START_TEST(every_status_has_a_name_of_its_own)
{
    for (int status = STATUS_OK; status <= STATUS_STOPPED; status++) {
        ck_assert_str_ne(status_name((enum status)status), "unknown");
        for (int other = STATUS_OK; other < status; other++)
            ck_assert_str_ne(status_name((enum status)status), status_name((enum status)other));
    }
    ck_assert_str_eq(status_name(STATUS_NO_MEMORY), "no-memory");
    ck_assert_str_eq(status_name((enum status)(STATUS_STOPPED + 1)), "unknown");
}
END_TEST

RUN_SUITE("status", NULL, NULL, setting_an_error_returns_its_status,
          a_caller_without_an_error_still_gets_the_status,
          whatever_could_disturb_a_terminal_becomes_a_question_mark,
          a_long_message_is_cut_at_a_code_point, a_prefix_stands_before_the_message,
          a_prefix_that_is_too_long_loses_its_middle, a_long_prefix_is_cut_at_code_points,
          a_message_may_be_made_from_itself, every_status_has_a_name_of_its_own)
