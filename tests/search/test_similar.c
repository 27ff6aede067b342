/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two texts share, one reply by its id, and the replies that are like a draft. */
#include "search/extract/overlap.h"
#include "search/searcher/reply_view.h"
#include "search/searcher/similar.h"
#include "tests/search/fixture.h"

static struct searcher *searcher;
static struct normalized scratch;

static void set_up(void)
{
    open_fixture();
    normalized_init(&scratch);
    make_index(SAMPLES, 3);
    ck_assert_msg(!searcher_open(index_path, &searcher, &error), "%s", error.message);
}

static void tear_down(void)
{
    searcher_free(searcher);
    normalized_release(&scratch);
    close_fixture();
}

/* ---- shared runs ---- */

static struct content content(const char *text)
{
    struct content out;
    struct text passage = text_of(text);
    ck_assert(!content_read(&passage, 1, lexicon, &scratch, &arena, &out, &error));
    return out;
}

static const struct {
    const char *first, *second;
    size_t runs, characters;
} OVERLAPS[] = {
    { "新建停车泊位二千一百三十六个", "完全不同的一段文字，没有共同之处。", 0, 0 },
    { "机关事业单位停车场错时共享，不再收费。", "机关事业单位停车场错时共享，不再收费。", 1, 17 },
    /* punctuation, blanks, width and script hide nothing */
    { "機關事業單位停車場，錯時共享 不再收費", "机关事业单位停车场错时共享；不再收费！", 1, 17 },
    { "ＡＢＣ１２３停车场错时共享", "abc123停车场错时共享", 1, 13 },
    /* shorter than a copy */
    { "停车场错时共享的办法", "推广停车场错时共享", 0, 0 },
    /* moved around */
    { "推进老旧小区加装电梯工作。完善停车设施建设管理办法。",
      "完善停车设施建设管理办法。推进老旧小区加装电梯工作。", 2, 24 },
    /* repeated */
    { "推进老旧小区加装电梯工作推进老旧小区加装电梯工作", "推进老旧小区加装电梯工作", 2, 24 },
    { "", "推进老旧小区加装电梯工作", 0, 0 },
};

START_TEST(these_texts_share_so_much)
{
    struct content first = content(OVERLAPS[_i].first), second = content(OVERLAPS[_i].second);
    struct shared_runs runs;
    size_t characters = 0;
    ck_assert(!overlap_find(&first, &second, &arena, &runs, &error));
    for (size_t i = 0; i < runs.count; i++)
        characters += runs.runs[i].length;
    ck_assert_msg(runs.count == OVERLAPS[_i].runs && characters == OVERLAPS[_i].characters,
                  "%s: %zu runs, %zu characters", OVERLAPS[_i].first, runs.count, characters);
}
END_TEST

START_TEST(monotonous_texts_take_no_time)
{
    size_t length = 3 * 20000;
    char *text = arena_alloc(&arena, length + 1);
    for (size_t i = 0; i < length; i += 3)
        memcpy(text + i, "停", 3);
    struct content both = content(text);
    struct shared_runs runs;
    ck_assert(!overlap_find(&both, &both, &arena, &runs, &error));
    ck_assert_uint_eq(runs.count, 1);
    ck_assert_uint_eq(runs.runs[0].length, 20000);
}
END_TEST

/* ---- one reply ---- */

START_TEST(a_reply_comes_with_its_passages_and_headings)
{
    struct reply_view view;
    ck_assert(!searcher_reply(searcher, TEXT("anhe"), &arena, &view, &error));
    ck_assert(text_equal(view.reply.issuer, TEXT("安河市交通运输局")));
    ck_assert_uint_eq(view.count, 3);
    for (size_t i = 0; i < view.count; i++)
        ck_assert_uint_eq(view.passages[i].ordinal, i);
    ck_assert_uint_eq(view.section_count, 2);
    ck_assert(text_equal(view.sections[1].heading, TEXT("二、停车管理")));
    ck_assert_uint_eq(view.sections[1].level, 1);
    ck_assert_uint_eq(view.sections[1].first, 2);
    ck_assert_int_eq(searcher_reply(searcher, TEXT("nobody"), &arena, &view, &error),
                     STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_citation_finds_its_reply_or_none)
{
    static const struct {
        const char *line, *id;
    } CITED[] = {
        { "anhe", "anhe" },
        { "安交函[2025]40号", "anhe" },
        { "市政协九届三次会议第13号提案", "anhe" },
        { "省十四届人大三次会议第213号建议", "lingdong" },
        { "安交函[2025]41号", NULL },
        { "第9999号提案", NULL },
        { "停车", NULL },
    };
    for (int i = 0; i < COUNT_OF(CITED); i++) {
        struct text id;
        enum status status =
            searcher_find_reply(searcher, text_of(CITED[i].line), &arena, &id, &error);
        ck_assert_msg(status == (CITED[i].id ? STATUS_OK : STATUS_NOT_FOUND), "%s", CITED[i].line);
        if (CITED[i].id)
            ck_assert_msg(text_equal(id, text_of(CITED[i].id)), "%s: %.*s", CITED[i].line,
                          TEXT_ARG(id));
    }
}
END_TEST

/* ---- similar replies ---- */

static const struct similar_options ALL = { .limit = 10, .overlaps = 10 };

START_TEST(a_copied_paragraph_is_found_and_marked)
{
    const struct text draft[] = {
        TEXT("一段谁也没有写过的话，讲的是火星上的天气和月亮上的兔子。"),
        TEXT("建议：機關事業單位停車場錯時共享，不再收费；另外多种花草树木。"),
    };
    struct similar_list list;
    ck_assert(!searcher_similar(searcher, draft, 2, &ALL, &arena, &list, &error));
    ck_assert_uint_ge(list.count, 1);
    const struct similar_reply *reply = &list.replies[0];
    ck_assert(text_equal(reply->reply.id, TEXT("anhe")));
    ck_assert_uint_eq(reply->rank, 1);
    ck_assert(reply->copied > 0.2 && reply->copied < 0.6);
    ck_assert(reply->score > 0 && reply->score < 1);
    ck_assert_uint_eq(reply->overlap_count, 1);
    const struct similar_overlap *overlap = &reply->overlaps[0];
    ck_assert_uint_eq(overlap->draft_passage, 1);
    ck_assert_uint_eq(overlap->characters, 17);
    struct text_span mine = overlap->places[0].draft, theirs = overlap->places[0].passage;
    ck_assert(text_equal(text_slice(draft[1], mine.start, mine.length),
                         TEXT("機關事業單位停車場錯時共享，不再收费")));
    ck_assert(text_equal(text_slice(overlap->passage.text, theirs.start, theirs.length),
                         TEXT("机关事业单位停车场错时共享，不再收费")));
}
END_TEST

START_TEST(marks_that_both_have_around_it_belong_to_what_is_shared)
{
    static const struct {
        const char *draft, *marked;
    } ROWS[] = {
        { "（新建停车泊位2136个，机关事业单位停车场）", "新建停车泊位2136个，机关事业单位停车场" },
        { "新建停车泊位2136个，机关事业单位停车场错时共享，不再收费。很好",
          "新建停车泊位2136个，机关事业单位停车场错时共享，不再收费。" },
        { "新建停车泊位2136个，机关事业单位停车场错时共享，不再收费；",
          "新建停车泊位2136个，机关事业单位停车场错时共享，不再收费" },
        { "新建停车泊位2136个，机关事业单位停车场错时共享。",
          "新建停车泊位2136个，机关事业单位停车场错时共享" },
    };
    for (int i = 0; i < COUNT_OF(ROWS); i++) {
        const struct text draft = text_of(ROWS[i].draft);
        struct similar_list list;
        ck_assert(!searcher_similar(searcher, &draft, 1, &ALL, &arena, &list, &error));
        struct text_span mine = list.replies[0].overlaps[0].places[0].draft;
        ck_assert_msg(text_equal(text_slice(draft, mine.start, mine.length),
                                 text_of(ROWS[i].marked)),
                      "%s: %.*s", ROWS[i].draft, (int)mine.length, draft.data + mine.start);
    }
}
END_TEST

START_TEST(the_same_text_is_wholly_similar)
{
    struct reply_view view;
    ck_assert(!searcher_reply(searcher, TEXT("anhe"), &arena, &view, &error));
    const struct text draft[] = { view.passages[1].text, view.passages[2].text };
    struct similar_list list;
    ck_assert(!searcher_similar(searcher, draft, 2, &ALL, &arena, &list, &error));
    ck_assert_double_eq_tol(list.replies[0].score, 1, 1e-9);
    ck_assert_double_eq_tol(list.replies[0].copied, 1, 1e-9);
}
END_TEST

START_TEST(a_reply_is_not_similar_to_itself)
{
    struct similar_list list;
    struct text *passages;
    size_t count;
    ck_assert(!searcher_similar_to(searcher, TEXT("anhe"), &ALL, &arena, &passages, &count, &list,
                                   &error));
    ck_assert_uint_eq(count, 2); /* the letterhead does not count */
    for (size_t i = 0; i < list.count; i++)
        ck_assert(!text_equal(list.replies[i].reply.id, TEXT("anhe")));
}
END_TEST

START_TEST(filters_and_a_least_score_narrow_the_comparison)
{
    const struct text draft = TEXT("停车收费标准实行政府指导价，今后将清理僵尸车。");
    struct search_filters filters = { 0 };
    struct similar_options options = { .limit = 10, .filters = &filters };
    struct similar_list list;
    ck_assert(!search_filters_add(&filters, FACET_PLACE, TEXT("宁波市"), &error));
    ck_assert(!searcher_similar(searcher, &draft, 1, &options, &arena, &list, &error));
    for (size_t i = 0; i < list.count; i++)
        ck_assert(text_equal(list.replies[i].reply.area, TEXT("宁波市")));
    options = (struct similar_options) { .limit = 10, .least = 0.99 };
    ck_assert(!searcher_similar(searcher, &draft, 1, &options, &arena, &list, &error));
    ck_assert_uint_eq(list.count, 1);
}
END_TEST

START_TEST(nothing_to_compare_is_said)
{
    const struct text draft = TEXT("12345 ……！");
    struct similar_list list;
    ck_assert_int_eq(searcher_similar(searcher, &draft, 1, &ALL, &arena, &list, &error),
                     STATUS_EMPTY);
    ck_assert_int_eq(searcher_similar(searcher, NULL, 0, &ALL, &arena, &list, &error),
                     STATUS_EMPTY);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("similar");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, these_texts_share_so_much, 0, COUNT_OF(OVERLAPS));
    tcase_add_test(tests, monotonous_texts_take_no_time);
    tcase_add_test(tests, a_reply_comes_with_its_passages_and_headings);
    tcase_add_test(tests, a_citation_finds_its_reply_or_none);
    tcase_add_test(tests, a_copied_paragraph_is_found_and_marked);
    tcase_add_test(tests, marks_that_both_have_around_it_belong_to_what_is_shared);
    tcase_add_test(tests, the_same_text_is_wholly_similar);
    tcase_add_test(tests, a_reply_is_not_similar_to_itself);
    tcase_add_test(tests, filters_and_a_least_score_narrow_the_comparison);
    tcase_add_test(tests, nothing_to_compare_is_said);
    return run_tests("similar", tests);
}
