/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/batch/fixture.h"

#include "indexer/batch/sketch.h"

#define SHINGLES 800

static uint64_t shingles[2][SHINGLES];

static bool share_a_band(const struct sketch *a, const struct sketch *b)
{
    for (size_t band = 0; band < SKETCH_BANDS; band++)
        if (a->bands[band] == b->bands[band])
            return true;
    return false;
}

/* Two sets of which the first `shared` are the same; none is in the sets of another round. */
static bool found_as_twins(uint64_t round, size_t shared)
{
    struct sketch sketches[2] = { 0 };
    for (size_t i = 0; i < SHINGLES; i++) {
        shingles[0][i] = (round * 4 + 1) * 1000003 + i;
        shingles[1][i] = i < shared ? shingles[0][i] : (round * 4 + 3) * 1000003 + i;
    }
    sketch_of_shingles(shingles[0], SHINGLES, &sketches[0]);
    sketch_of_shingles(shingles[1], SHINGLES, &sketches[1]);
    return share_a_band(&sketches[0], &sketches[1]);
}

static size_t found_of_a_thousand(size_t shared)
{
    size_t found = 0;
    for (uint64_t round = 0; round < 1000; round++)
        found += found_as_twins(round, shared);
    return found;
}

START_TEST(neither_order_nor_repetition_counts)
{
    uint64_t forth[] = { 11, 22, 33, 44, 55 }, back[] = { 55, 44, 44, 33, 22, 11, 11, 55 };
    struct sketch a = { 0 }, b = { 0 };
    sketch_of_shingles(forth, 5, &a);
    sketch_of_shingles(back, 8, &b);
    ck_assert_mem_eq(a.bands, b.bands, sizeof(a.bands));
    sketch_of_shingles(forth, 4, &b);
    ck_assert_mem_ne(a.bands, b.bands, sizeof(a.bands));
}
END_TEST

/* 760 of 800 in both: 90 % of all that there are. 711: 80 %. */
START_TEST(texts_that_share_nine_tenths_are_found_and_mostly_those_that_share_eight)
{
    ck_assert_uint_ge(found_of_a_thousand(760), 995);
    ck_assert_uint_ge(found_of_a_thousand(711), 950);
}
END_TEST

START_TEST(texts_that_share_little_are_seldom_compared)
{
    ck_assert_uint_le(found_of_a_thousand(160), 30); /* 11 % */
    ck_assert_uint_eq(found_of_a_thousand(0), 0);
}
END_TEST

START_TEST(a_text_without_shingles_has_a_sketch_too)
{
    struct sketch a = { 0 }, b = { 0 };
    sketch_of_shingles(NULL, 0, &a);
    sketch_of_shingles(shingles[0], 0, &b);
    ck_assert_mem_eq(a.bands, b.bands, sizeof(a.bands));
}
END_TEST

RUN_SUITE("sketch", neither_order_nor_repetition_counts,
          texts_that_share_nine_tenths_are_found_and_mostly_those_that_share_eight,
          texts_that_share_little_are_seldom_compared, a_text_without_shingles_has_a_sketch_too)
