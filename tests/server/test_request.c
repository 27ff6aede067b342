/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The request target, taken apart. */
#include "search/server/request.h"
#include "tests/search/run_suite.h"

static struct arena arena;
static struct request request;
static struct error error;

static enum status parse(const char *target)
{
    return request_parse(text_of(target), &arena, &request, &error);
}

static const struct {
    const char *target, *path, *q; /* q NULL: there is none */
} EXAMPLES[] = {
    { "/", "/", NULL },
    { "/?q=", "/", "" },
    { "/?q=a+b", "/", "a b" },
    { "/?q=a%2Bb", "/", "a+b" },
    { "/?q=%E5%85%BB%e8%80%81", "/", "养老" },
    { "/?q=a=b", "/", "a=b" },
    { "/?q=a?b", "/", "a?b" },
    { "/?a=1&&q=2&q=3", "/", "2" },
    { "/?q", "/", "" },
    { "/?%71=1", "/", "1" },
    { "/?q=a%0Ab%09c", "/", "a b c" },
    { "/a+b?q=%26", "/a+b", "&" },
    { "/reply/%2Fhome%2F%E6%96%87.txt", "/reply//home/文.txt", NULL },
    { "//host/x", "//host/x", NULL },
    { "/?q=<script>", "/", "<script>" },
};

START_TEST(a_target_is_a_path_and_parameters)
{
    ck_assert_msg(!parse(EXAMPLES[_i].target), "%s", error.message);
    ck_assert(text_equal(request.path, text_of(EXAMPLES[_i].path)));
    struct text q = request_get(&request, TEXT("q"));
    ck_assert_msg((q.data != NULL) == (EXAMPLES[_i].q != NULL), "%s", EXAMPLES[_i].target);
    ck_assert_msg(text_equal(q, text_of(EXAMPLES[_i].q)), "\"%.*s\"", TEXT_ARG(q));
}
END_TEST

static const char *const BROKEN[] = {
    "",        "q=1",     "*",       "http://x/", "/?q=%",   "/?q=%4",        "/?q=%zz", "/%00",
    "/?q=%00", "/?q=%1B", "/?q=%7f", "/?q=%ff",   "/?q=%C3", "/?q=%ED%A0%80", "/\xff",   "/?%E5=1",
};

START_TEST(what_is_broken_is_refused)
{
    ck_assert_msg(parse(BROKEN[_i]) == STATUS_INVALID, "%s", BROKEN[_i]);
    ck_assert_uint_gt(strlen(error.message), 0);
}
END_TEST

START_TEST(length_and_number_of_parameters_have_limits)
{
    char target[REQUEST_TARGET_MAX + 2];
    memset(target, 'a', sizeof(target));
    target[0] = '/';
    struct text most = text_of_bytes(target, REQUEST_TARGET_MAX);
    ck_assert_int_eq(request_parse(most, &arena, &request, &error), STATUS_OK);
    most.length++;
    ck_assert_int_eq(request_parse(most, &arena, &request, &error), STATUS_LIMIT);

    char many[REQUEST_PARAMETERS_MAX * 2 + 8] = "/?";
    for (int i = 0; i < REQUEST_PARAMETERS_MAX; i++)
        strcat(many, "a&");
    ck_assert_int_eq(parse(many), STATUS_OK);
    strcat(many, "a");
    ck_assert_int_eq(parse(many), STATUS_LIMIT);
}
END_TEST

START_TEST(a_count_is_decimal_and_within_its_limit)
{
    size_t count = 99;
    ck_assert_int_eq(parse("/?a=7&b=&c=-1&d=1e3&e=101&f=99999999999999999999&g=+1"), STATUS_OK);
    ck_assert_int_eq(request_count(&request, "a", 100, 5, &count, &error), STATUS_OK);
    ck_assert_uint_eq(count, 7);
    ck_assert_int_eq(request_count(&request, "b", 100, 5, &count, &error), STATUS_OK);
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(request_count(&request, "x", 100, 6, &count, &error), STATUS_OK);
    ck_assert_uint_eq(count, 6);
    static const char *const BAD[] = { "c", "d", "e", "f", "g" };
    for (int i = 0; i < COUNT_OF(BAD); i++)
        ck_assert_int_eq(request_count(&request, BAD[i], 100, 5, &count, &error), STATUS_MISUSE);
    ck_assert_uint_eq(count, 6);
}
END_TEST

static void set_up(void)
{
    arena_init(&arena, 0);
}

static void tear_down(void)
{
    arena_release(&arena);
}

int main(void)
{
    TCase *tests = tcase_create("request");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_target_is_a_path_and_parameters, 0, COUNT_OF(EXAMPLES));
    tcase_add_loop_test(tests, what_is_broken_is_refused, 0, COUNT_OF(BROKEN));
    tcase_add_test(tests, length_and_number_of_parameters_have_limits);
    tcase_add_test(tests, a_count_is_decimal_and_within_its_limit);
    return run_tests("request", tests);
}
