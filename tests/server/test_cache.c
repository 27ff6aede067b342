/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers that are remembered: the right one, for as long as it is true, within a ceiling. */
#include "search/server/cache.h"

#include <stdio.h>

#include "tests/search/run_suite.h"

static struct cache *cache;
static struct response response, found;

static struct response *answer(const char *body)
{
    buffer_clear(&response.body);
    buffer_append(&response.body, text_of(body));
    snprintf(response.etag, sizeof(response.etag), "\"%zu\"", response.body.length);
    return &response;
}

static void set_up(void)
{
    response_init(&response);
    response_init(&found);
    cache = cache_new(1 << 20);
    ck_assert_ptr_nonnull(cache);
}

static void tear_down(void)
{
    cache_free(cache);
    response_release(&response);
    response_release(&found);
}

static void put(const struct cache_key *key, const char *body)
{
    cache_put(cache, key, cache_age(cache), answer(body));
}

static void check_found(const struct cache_key *key, const char *body)
{
    ck_assert(cache_get(cache, key, &found));
    ck_assert_msg(text_equal(buffer_text(&found.body), text_of(body)), "%.*s, not %s",
                  TEXT_ARG(buffer_text(&found.body)), body);
    char etag[RESPONSE_ETAG_MAX];
    snprintf(etag, sizeof(etag), "\"%zu\"", strlen(body));
    ck_assert_str_eq(found.etag, etag);
}

static const struct cache_key KEY = { TEXT_INIT("/?q=a"), LANGUAGE_CHINESE, false, 7 };

START_TEST(an_answer_comes_back_to_the_same_request_only)
{
    const struct cache_key others[] = {
        { TEXT_INIT("/?q=b"), LANGUAGE_CHINESE, false, 7 },
        { TEXT_INIT("/?q=a"), LANGUAGE_ENGLISH, false, 7 },
        { TEXT_INIT("/?q=a"), LANGUAGE_CHINESE, true, 7 },
        { TEXT_INIT("/?q=a"), LANGUAGE_CHINESE, false, 8 }, /* a commit */
    };
    put(&KEY, "one");
    check_found(&KEY, "one");
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        ck_assert_msg(!cache_get(cache, &others[i], &found), "%zu", i);
    put(&others[3], "two");
    check_found(&others[3], "two");
    check_found(&KEY, "one");
    ck_assert_uint_eq(cache_state(cache).hits, 3);
}
END_TEST

START_TEST(a_later_answer_takes_the_place_of_an_earlier_one)
{
    put(&KEY, "one");
    put(&KEY, "another");
    check_found(&KEY, "another");
    ck_assert_uint_eq(cache_state(cache).count, 1);
}
END_TEST

START_TEST(nothing_is_kept_of_a_state_that_is_not_known)
{
    const struct cache_key unknown = { TEXT_INIT("/?q=a"), LANGUAGE_CHINESE, false, 0 };
    put(&unknown, "one");
    ck_assert(!cache_get(cache, &unknown, &found));
}
END_TEST

START_TEST(what_was_begun_before_a_clearing_is_not_kept_after_it)
{
    unsigned age = cache_age(cache);
    put(&KEY, "one");
    cache_clear(cache);
    ck_assert(!cache_get(cache, &KEY, &found));
    cache_put(cache, &KEY, age, answer("old"));
    ck_assert(!cache_get(cache, &KEY, &found));
    put(&KEY, "new");
    check_found(&KEY, "new");
}
END_TEST

START_TEST(the_least_recently_used_goes_first_and_memory_has_a_ceiling)
{
    static char body[30000], targets[200][16];
    memset(body, 'x', sizeof(body) - 1);
    for (int i = 0; i < 200; i++) {
        struct cache_key key = KEY;
        snprintf(targets[i], sizeof(targets[i]), "/?q=%d", i);
        key.target = text_of(targets[i]);
        put(&key, body);
        key.target = text_of(targets[0]); /* in use all the time */
        ck_assert(cache_get(cache, &key, &found));
        ck_assert_uint_le(cache_state(cache).bytes, 1 << 20);
    }
    size_t kept = cache_state(cache).count;
    ck_assert_uint_gt(kept, 30);
    for (size_t i = 0; i < 200; i++) {
        const struct cache_key key = { text_of(targets[i]), KEY.language, false, KEY.state };
        ck_assert_int_eq(cache_get(cache, &key, &found), i == 0 || i > 200 - kept);
    }
}
END_TEST

START_TEST(one_answer_does_not_push_out_all_others)
{
    static char body[100000];
    memset(body, 'x', sizeof(body) - 1);
    put(&KEY, body);
    ck_assert(!cache_get(cache, &KEY, &found));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("cache");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_answer_comes_back_to_the_same_request_only);
    tcase_add_test(tests, a_later_answer_takes_the_place_of_an_earlier_one);
    tcase_add_test(tests, nothing_is_kept_of_a_state_that_is_not_known);
    tcase_add_test(tests, what_was_begun_before_a_clearing_is_not_kept_after_it);
    tcase_add_test(tests, the_least_recently_used_goes_first_and_memory_has_a_ceiling);
    tcase_add_test(tests, one_answer_does_not_push_out_all_others);
    return run_tests("cache", tests);
}
