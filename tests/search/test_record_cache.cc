/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents that are kept for the queries after: within a limit, those that are found again. */
#include "search/index/record_cache.hpp"

extern "C" {
#include "tests/search/run_suite.h"
}

using reading::RecordCache;

static const size_t LIMIT = 10000;

static void keep(RecordCache *cache, uint32_t docid, size_t bytes)
{
    cache->keep(docid, { std::string(bytes, static_cast<char>('a' + docid % 26)), "facets", docid });
}

START_TEST(what_is_kept_is_found_as_it_was)
{
    RecordCache cache(LIMIT);
    keep(&cache, 7, 100);
    ck_assert(!cache.find(8));
    ck_assert(cache.find(7));
    ck_assert(cache.find(7)->bytes == std::string(100, 'h'));
    ck_assert(cache.find(7)->facets == "facets");
    ck_assert_uint_eq(cache.find(7)->extent, 7);
}
END_TEST

START_TEST(no_more_is_kept_than_the_limit)
{
    RecordCache cache(LIMIT);
    size_t kept = 0;
    for (uint32_t docid = 1; docid <= 1000; docid++)
        keep(&cache, docid, 400);
    for (uint32_t docid = 1; docid <= 1000; docid++)
        if (const RecordCache::Record *record = cache.find(docid))
            kept += record->bytes.size();
    ck_assert_uint_gt(kept, 0);
    ck_assert_uint_le(kept, LIMIT);
}
END_TEST

START_TEST(what_is_found_again_in_time_stays)
{
    RecordCache cache(LIMIT);
    keep(&cache, 1, 400);
    for (uint32_t docid = 2; docid <= 200; docid++) {
        keep(&cache, docid, 400);
        ck_assert_msg(cache.find(1), "forgotten at %u", docid);
    }
    ck_assert(!cache.find(2));
}
END_TEST

int main()
{
    TCase *tests = tcase_create("record cache");
    tcase_add_test(tests, what_is_kept_is_found_as_it_was);
    tcase_add_test(tests, no_more_is_kept_than_the_limit);
    tcase_add_test(tests, what_is_found_again_in_time_stays);
    return run_tests("record cache", tests);
}
