/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the access log. */
#include "search/server/access_log.h"
#include "tests/search/run_suite.h"

START_TEST(a_line_is_in_combined_log_format)
{
    struct buffer line = BUFFER_INIT;
    const struct access access = { "127.0.0.1", "GET", "/?q=a", "HTTP/1.1", NULL,
                                   "curl/8",    200,   1234,    1780000000 };
    access_format(&access, &line);
    ck_assert_str_eq(line.data, "127.0.0.1 - - [28/May/2026:20:26:40 +0000] \"GET /?q=a "
                                "HTTP/1.1\" 200 1234 \"-\" \"curl/8\"\n");
    buffer_release(&line);
}
END_TEST

START_TEST(nothing_a_client_sends_can_end_a_line_or_a_field)
{
    struct buffer line = BUFFER_INIT;
    const struct access access = { "::1",      "GET",     "/\"\\\n\x1b[0m\xe5",
                                   "HTTP/1.0", "a\" \"b", "",
                                   404,        0,         0 };
    access_format(&access, &line);
    ck_assert_str_eq(line.data,
                     "::1 - - [01/Jan/1970:00:00:00 +0000] \"GET /\\x22\\x5C\\x0A\\x1B[0m\\xE5 "
                     "HTTP/1.0\" 404 0 \"a\\x22 \\x22b\" \"-\"\n");
    buffer_release(&line);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC", 1);
    TCase *tests = tcase_create("access_log");
    tcase_add_test(tests, a_line_is_in_combined_log_format);
    tcase_add_test(tests, nothing_a_client_sends_can_end_a_line_or_a_field);
    return run_tests("access_log", tests);
}
