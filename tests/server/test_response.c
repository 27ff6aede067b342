/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags and compression of answers. */
#include "search/server/response.h"

#include <zlib.h>

#include "tests/search/run_suite.h"

static struct response response;

static void answer(size_t length, const char *if_none_match, bool gzip)
{
    response_release(&response);
    response_init(&response);
    for (size_t i = 0; i < length; i++)
        buffer_append_byte(&response.body, (char)('a' + i % 7));
    response_finish(&response, gzip);
    response_condition(&response, text_of(if_none_match));
}

START_TEST(a_long_body_is_compressed_where_that_is_welcome)
{
    unsigned char plain[8192];
    uLongf length = sizeof(plain);
    answer(5000, "", true);
    ck_assert(response.compressed);
    ck_assert_uint_lt(response.body.length, 1000);
    z_stream stream = { .next_in = (unsigned char *)response.body.data,
                        .avail_in = (uInt)response.body.length,
                        .next_out = plain,
                        .avail_out = (uInt)length };
    ck_assert_int_eq(inflateInit2(&stream, 31), Z_OK);
    ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    ck_assert_uint_eq(stream.total_out, 5000);
    answer(5000, "", false);
    ck_assert(!response.compressed);
    answer(100, "", true);
    ck_assert(!response.compressed);
}
END_TEST

START_TEST(a_body_the_client_has_is_not_sent_again)
{
    char etag[RESPONSE_ETAG_MAX];
    answer(5000, "", false);
    ck_assert_uint_eq(response.status, 200);
    memcpy(etag, response.etag, sizeof(etag));
    answer(5000, etag, false);
    ck_assert_uint_eq(response.status, 304);
    ck_assert_uint_eq(response.body.length, 0);
    ck_assert_str_eq(response.etag, etag);
    answer(5001, etag, false);
    ck_assert_uint_eq(response.status, 200);
    answer(5000, etag, true); /* other bytes, another tag */
    ck_assert_uint_eq(response.status, 200);
}
END_TEST

static void tear_down(void)
{
    response_release(&response);
}

int main(void)
{
    TCase *tests = tcase_create("response");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, a_long_body_is_compressed_where_that_is_welcome);
    tcase_add_test(tests, a_body_the_client_has_is_not_sent_again);
    return run_tests("response", tests);
}
