/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headers that we read ourselves: languages, encodings, tags, tokens. */
#include "search/server/header.h"
#include "tests/search/run_suite.h"

#define TOKEN "correct-horse-battery"

static const struct {
    const char *value;
    enum language language;
} LANGUAGES[] = {
    { "", LANGUAGE_CHINESE },
    { "zh-CN,zh;q=0.9,en;q=0.8", LANGUAGE_CHINESE },
    { "en-US,en;q=0.5", LANGUAGE_ENGLISH },
    { "en;q=0.3, zh;q=0.7", LANGUAGE_CHINESE },
    { "zh;q=0.3, en-GB;q=0.7", LANGUAGE_ENGLISH },
    { "EN", LANGUAGE_ENGLISH },
    { "en;q=0", LANGUAGE_CHINESE },
    { "enzyme", LANGUAGE_CHINESE },
    { "fr, de", LANGUAGE_CHINESE },
    { ";;,,;q=", LANGUAGE_CHINESE },
};

START_TEST(chinese_comes_first_and_english_where_it_is_preferred)
{
    ck_assert_msg(header_language(text_of(LANGUAGES[_i].value)) == LANGUAGES[_i].language, "%s",
                  LANGUAGES[_i].value);
}
END_TEST

static const struct {
    const char *value;
    bool welcome;
} ENCODINGS[] = {
    { "", false },         { "gzip", true },           { "deflate, gzip;q=1.0, *;q=0.5", true },
    { "gzip;q=0", false }, { "br;q=1, *;q=0", false }, { "*", true },
    { "gzipped", false },  { "GZIP", true },           { "*, gzip;q=0", false },
};

START_TEST(gzip_is_sent_where_it_is_welcome)
{
    ck_assert_msg(header_gzip(text_of(ENCODINGS[_i].value)) == ENCODINGS[_i].welcome, "%s",
                  ENCODINGS[_i].value);
}
END_TEST

START_TEST(a_tag_is_found_in_a_list)
{
    struct text etag = TEXT("\"abc\"");
    ck_assert(header_matches(TEXT("\"x\", W/\"abc\""), etag));
    ck_assert(header_matches(TEXT("*"), etag));
    ck_assert(!header_matches(TEXT("\"abcd\", abc"), etag));
    ck_assert(!header_matches(TEXT(""), etag));
}
END_TEST

static const struct {
    const char *value;
    bool known;
} TOKENS[] = {
    { "Bearer " TOKEN, true },
    { "bearer  " TOKEN " ", true },
    { "Bearer " TOKEN "x", false },
    { "Bearer correct-horse-batterx", false },
    { "Bearer correct", false },
    { "Bearer ", false },
    { "Bearer", false },
    { TOKEN, false },
    { "", false },
    { "Basic Y2xlcms6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", true }, /* clerk:TOKEN */
    { "Basic OmNvcnJlY3QtaG9yc2UtYmF0dGVyeQ==", true },     /* :TOKEN */
    { "Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", false },        /* TOKEN */
    { "Basic Y2xlcms6d3Jvbmc=", false },                    /* clerk:wrong */
    { "Basic ====", false },
    { "Basic \xff\xfe", false },
};

START_TEST(only_the_whole_token_opens)
{
    ck_assert_msg(header_authorized(text_of(TOKENS[_i].value), TEXT(TOKEN)) == TOKENS[_i].known,
                  "%s", TOKENS[_i].value);
}
END_TEST

START_TEST(an_empty_token_opens_nothing)
{
    ck_assert(!header_authorized(TEXT("Bearer "), TEXT("")));
    ck_assert(!header_authorized(TEXT(""), TEXT("")));
    ck_assert(!header_authorized(TEXT("Basic Og=="), TEXT("")));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("header");
    tcase_add_loop_test(tests, chinese_comes_first_and_english_where_it_is_preferred, 0,
                        COUNT_OF(LANGUAGES));
    tcase_add_loop_test(tests, gzip_is_sent_where_it_is_welcome, 0, COUNT_OF(ENCODINGS));
    tcase_add_test(tests, a_tag_is_found_in_a_list);
    tcase_add_loop_test(tests, only_the_whole_token_opens, 0, COUNT_OF(TOKENS));
    tcase_add_test(tests, an_empty_token_opens_nothing);
    return run_tests("header", tests);
}
