/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever the searcher does can be stopped, at each moment that it asks whether to go on. */
#include "search/searcher/completion.h"
#include "search/searcher/reading.h"
#include "search/searcher/similar.h"
#include "tests/search/fixture.h"

#define REPLIES 400

static struct searcher *searcher;
static char ids[REPLIES][16], texts[REPLIES][200];

static void set_up(void)
{
    static struct sample_reply samples[REPLIES];
    open_fixture();
    for (size_t i = 0; i < REPLIES; i++) {
        snprintf(ids[i], sizeof(ids[i]), "reply%zu", i);
        snprintf(texts[i], sizeof(texts[i]),
                 "第%zu个停车场已经建成，老旧小区停车难的问题得到缓解，下一步继续推进。", i);
        samples[i] = SAMPLES[i % 3];
        samples[i].id = ids[i];
        samples[i].passages[1] = (struct sample_passage) { "停车", texts[i], ROLE_DONE };
        samples[i].passages[2].text = NULL;
    }
    make_index(samples, REPLIES);
    ck_assert_msg(!searcher_open(index_path, &searcher, &error), "%s", error.message);
}

static void tear_down(void)
{
    searcher_free(searcher);
    close_fixture();
}

struct watch {
    size_t asked, last; /* true from the `last` question on; 0: never */
};

static bool stopped(void *context)
{
    struct watch *watch = context;
    watch->asked++;
    return watch->last && watch->asked >= watch->last;
}

/* ---- what is done ---- */

static enum status search_with(const char *line, const struct search_options *options, size_t *found)
{
    struct result_list list = { 0 };
    enum status status =
        searcher_search(searcher, text_of(line), options, &arena, &list, &error);
    *found = list.count + list.group_count;
    return status;
}

static enum status find(size_t *found)
{
    const struct search_options options = { .limit = 50 };
    return search_with("小区停车", &options, found);
}

static enum status find_a_phrase(size_t *found)
{
    const struct search_options options = { .limit = 10, .exact_total = true };
    return search_with("\"难的问题\" -食堂", &options, found);
}

static enum status find_by_date_and_count(size_t *found)
{
    const struct search_options options = {
        .limit = 10, .sort = SORT_DATE, .group = true, .facets = FACET_BIT(FACET_COUNT) - 1
    };
    return search_with("停车 问题", &options, found);
}

static enum status read_reply(size_t *found)
{
    struct reading reading;
    enum status status = searcher_read(searcher, TEXT("reply7"), TEXT("停车"), &arena, &reading,
                                       &error);
    *found = status ? 0 : reading.count;
    return status;
}

static enum status find_similar(size_t *found)
{
    const struct similar_options options = { .limit = 5, .overlaps = 1 };
    struct similar_list list = { 0 };
    struct text *passages;
    size_t count;
    enum status status = searcher_similar_to(searcher, TEXT("reply7"), &options, &arena, &passages,
                                             &count, &list, &error);
    *found = list.count;
    return status;
}

static enum status complete(size_t *found)
{
    struct completion completions[COMPLETIONS_MAX];
    return searcher_complete(searcher, TEXT("停车"), COMPLETIONS_MAX, &arena, completions, found,
                             &error);
}

static enum status suggest(size_t *found)
{
    struct text suggestion;
    enum status status =
        searcher_suggest(searcher, TEXT("\"停车食堂\""), &arena, &suggestion, &error);
    *found = suggestion.length > 0;
    return status;
}

static const struct {
    const char *name;
    enum status (*work)(size_t *found);
} WORKS[] = {
    { "find", find },
    { "find a phrase", find_a_phrase },
    { "find by date and count", find_by_date_and_count },
    { "read a reply", read_reply },
    { "find similar replies", find_similar },
    { "complete a line", complete },
    { "suggest another line", suggest },
};

/* ---- tests ---- */

START_TEST(all_work_can_be_stopped_whenever_it_asks_and_done_again)
{
    size_t before, found, after;
    struct watch never = { 0 };
    ck_assert_msg(!WORKS[_i].work(&before), "%s: %s", WORKS[_i].name, error.message);
    ck_assert_msg(before > 0, "%s", WORKS[_i].name);
    searcher_watch(searcher, stopped, &never);
    ck_assert(!WORKS[_i].work(&found));
    ck_assert_uint_eq(found, before);
    ck_assert_msg(never.asked > 2, "%s asked only %zu times", WORKS[_i].name, never.asked);
    size_t step = never.asked / 200 + 1;
    for (size_t last = 1; last <= never.asked; last += step) {
        struct watch watch = { .last = last };
        searcher_watch(searcher, stopped, &watch);
        enum status status = WORKS[_i].work(&found);
        ck_assert_msg(status == STATUS_STOPPED, "%s, question %zu of %zu: %s", WORKS[_i].name, last,
                      never.asked, status_name(status));
        ck_assert_uint_eq(watch.asked, last); /* it did not go on and ask again */
        arena_clear(&arena);
    }
    searcher_watch(searcher, NULL, NULL);
    ck_assert(!WORKS[_i].work(&after));
    ck_assert_uint_eq(after, before);
}
END_TEST

START_TEST(a_match_asks_as_it_goes_through_the_index)
{
    const struct search_options options = { .limit = 1, .bare = true };
    struct watch rare = { 0 }, frequent = { 0 };
    size_t found;
    searcher_watch(searcher, stopped, &rare);
    ck_assert(!search_with("\"第7个停车场\"", &options, &found));
    searcher_watch(searcher, stopped, &frequent);
    ck_assert(!search_with("\"老旧小区停车难的\"", &options, &found));
    ck_assert_uint_gt(frequent.asked, rare.asked + REPLIES / 64);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("stopping");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, all_work_can_be_stopped_whenever_it_asks_and_done_again, 0,
                        COUNT_OF(WORKS));
    tcase_add_test(tests, a_match_asks_as_it_goes_through_the_index);
    return run_tests("stopping", tests);
}
