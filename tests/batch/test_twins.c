/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thousands of replies in the table: each is found by each of its keys, and every walk ends. */
#include "tests/batch/fixture.h"

#include "indexer/batch/twins.h"

#define COUNT 5000

static struct ledger_reply reply_of(size_t number, const char *twin_of)
{
    struct ledger_reply reply = { .id = arena_printf(&arena, "/%zu", number),
                                  .twin_of = text_of(twin_of) };
    reply.sketch.usable = true;
    for (uint32_t band = 0; band < SKETCH_BANDS; band++) /* bands are shared by some ten */
        reply.sketch.bands[band] = (uint32_t)(number / 10 * 2654435761u + band);
    return reply;
}

static size_t count_by(const struct twins *twins, enum twin_key key, uint64_t value)
{
    size_t count = 0;
    for (size_t at = 0; (at = twins_next(twins, key, value, at));)
        ck_assert_uint_le(++count, COUNT);
    return count;
}

START_TEST(each_is_found_by_each_key_and_every_walk_ends)
{
    struct twins twins = { 0 };
    for (size_t i = 0; i < COUNT; i++) {
        struct ledger_reply reply = reply_of(i, i % 10 == 9 ? "/kept" : "");
        ck_assert(twins_add(&twins, i / 2, i % 2, &reply));
    }
    for (size_t i = 0; i < COUNT; i++) {
        struct ledger_reply reply = reply_of(i, "");
        for (unsigned band = 0; band < SKETCH_BANDS; band++)
            ck_assert_uint_eq(count_by(&twins, (enum twin_key)(TWIN_BY_BAND + band),
                                       reply.sketch.bands[band]),
                              9); /* one of ten is not kept */
        ck_assert_uint_eq(count_by(&twins, TWIN_BY_ID, text_hash(reply.id)), i % 10 != 9);
    }
    ck_assert_uint_eq(count_by(&twins, TWIN_BY_KEPT, text_hash(TEXT("/kept"))), COUNT / 10);
    twins_release(&twins);
}
END_TEST

START_TEST(the_dead_are_not_found)
{
    struct twins twins = { 0 };
    struct ledger_reply reply = reply_of(1, "");
    ck_assert(twins_add(&twins, 7, 0, &reply) && twins_add(&twins, 7, 1, &reply));
    size_t first = twins_next_of_row(&twins, 7, 0);
    ck_assert_uint_ne(first, 0);
    twins.items[first - 1].live = false;
    ck_assert_uint_eq(count_by(&twins, TWIN_BY_ID, text_hash(reply.id)), 1);
    ck_assert_uint_eq(twins_next_of_row(&twins, 7, twins_next_of_row(&twins, 7, 0)), 0);
    ck_assert_uint_eq(twins_next_of_row(&twins, 8, 0), 0);
    twins_release(&twins);
}
END_TEST

RUN_SUITE("twins", each_is_found_by_each_key_and_every_walk_ends, the_dead_are_not_found)
