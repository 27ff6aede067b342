/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query language on an index: a line, which passages it finds, and what is told about it. */
#include "indexer/base/utf8.h"

#include "tests/search/searcher_fixture.h"

static const struct sample_reply REPLIES[] = {
    { "north",
      "关于市政协十六届四次会议第15号提案的答复",
      "北川市数据局",
      "北数函〔2025〕15号",
      "15",
      "市政协十六届四次会议",
      "北川市",
      "2025-06-01",
      BODY_CPPCC,
      16,
      4,
      { { "", "建设digital平台。", ROLE_DONE },
        { "", "发展智能制造。", ROLE_DONE },
        { "", "推广新能源EV汽车。", ROLE_COMMITMENT } } },
    { "south",
      "关于智能网联汽车发展的答复",
      "北山县交通局",
      "北交函〔2024〕7号",
      "7",
      "市政协九届五次会议",
      "北山县",
      "2024-03-31",
      BODY_CPPCC,
      9,
      5,
      { { "", "完成digitization改造。", ROLE_DONE },
        { "", "人工智能应用。", ROLE_DONE },
        { "", "提升evaluation能力。", ROLE_COMMITMENT } } },
    { "east",
      "关于市人大一次会议第27号建议的答复",
      "青屿市水利局",
      "青水〔2023〕27号",
      "27",
      "市人大一次会议",
      "青屿市",
      "2023-12-31",
      BODY_CONGRESS,
      1,
      1,
      { { "", "河道清淤已经完成。", ROLE_DONE } } },
};

static void set_up(void)
{
    open_fixture();
    open_searcher(REPLIES, 3);
}

static struct result_list search(const char *line)
{
    return search_with(line, &(struct search_options) { .limit = 100 });
}

static int by_text(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* The docnos in order, with blanks between them. */
static const char *found(const struct result_list *list)
{
    struct text names[100], all = TEXT("");
    for (size_t i = 0; i < list->count; i++)
        names[i] = list->results[i].passage.docno;
    qsort(names, list->count, sizeof(*names), by_text);
    for (size_t i = 0; i < list->count; i++)
        all = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(all), i ? " " : "", TEXT_ARG(names[i]));
    return all.data;
}

static const char *told(const struct result_list *list)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < list->warnings.count; i++)
        all = arena_printf(&arena, "%.*s%s%zu %.*s", TEXT_ARG(all), i ? "|" : "",
                           list->warnings.items[i].column,
                           TEXT_ARG(query_warning_message(&list->warnings.items[i], WARNING_ENGLISH,
                                                          &arena)));
    return all.data;
}

#define NORTH "north#1 north#2 north#3"
#define SOUTH "south#1 south#2 south#3"

static const struct {
    const char *line, *found, *told;
} EXAMPLES[] = {
    /* wildcards of words: Latin words that begin so; what is Chinese occurs */
    { "digit*", "north#1 south#1", "" },
    { "DIGITA*", "north#1", "" },
    { "digital*", "north#1", "" },
    { "igital*", "", "" },
    { "ta*", "", "" }, /* a pair of characters of the index, but no word */
    { "digit* -north", "north#1 south#1", "" },
    { "智能*", "north#2 south#2", "" },
    { "智*", "north#2 south#2", "" },
    { "新能源e*", "north#3", "" },
    { "e*", "north#3 south#3", "" },
    { "digit* AND 改造", "south#1", "" },
    { "-digit* 标题:智能*", "south#2 south#3", "" },
    /* of values */
    { "文号:北数*", NORTH, "" },
    { "文号:北*", NORTH " " SOUTH, "" },
    { "文号:北数函〔2025*", NORTH, "" },
    { "机关:北川*", NORTH, "" },
    { "机关:交通*", SOUTH, "" },
    { "地区:北*", NORTH " " SOUTH, "" },
    { "年份:202*", "east#1 " NORTH " " SOUTH, "" },
    { "编号:2*", "east#1", "" },
    { "届次:政协*", NORTH " " SOUTH, "" },
    { "届次:政协16*", NORTH, "" },
    { "标题:智能*", SOUTH, "" },
    { "日期:2024*", SOUTH, "" },
    { "文号:南*", "", "" },
    /* the end of a value, and any part of it */
    { "机关:*交通局", SOUTH, "" },
    { "机关:*局", "east#1 " NORTH " " SOUTH, "" },
    { "机关:*山*", SOUTH, "" },
    { "-机关:*数据局", "east#1 " SOUTH, "" },
    { "文号:*27号", "east#1", "" },
    { "文号:*函*", NORTH " " SOUTH, "" },
    { "文号:〔2024〕7号", SOUTH, "" },
    { "文号:[2024]7号", SOUTH, "" },
    { "文号:〔2024〕8号", "", "" },
    { "文号:[2024] 7号", SOUTH, "" },
    { "文号:7号", SOUTH, "" },
    { "文号:7", SOUTH, "" },
    { "文号:2024", SOUTH, "" },
    { "文号:北交函", SOUTH, "" },
    { "文号:\"北交函\"", "", "" },
    { "编号:第27号建议", "east#1", "" },
    { "编号:7、27", "east#1 " SOUTH, "" },
    { "河、淤", "east#1", "" },
    { "河/淤/水", "east#1", "" },
    { "机关:水利局、交通局", "east#1 " SOUTH, "" },
    { "-机关:水利局、交通局", NORTH, "" },
    { "地区:北山", SOUTH, "" },
    { "地区:北山、青屿", "east#1 " SOUTH, "" },
    { "年份:2023、2024", "east#1 " SOUTH, "" },
    { "年份:>2023 年份:<2025", SOUTH, "" },
    { "日期:2024年1月 至 2024年6月", SOUTH, "" },
    { "文号:（2025）*", NORTH, "" },
    { "标题:*汽车", SOUTH, "" },
    /* a word of a title begins longer ones */
    { "标题:智能", SOUTH, "" },
    { "标题:(智能 OR 第27号)", "east#1 " SOUTH, "" },
    { "机关:(水利局 OR 交通局)", "east#1 " SOUTH, "" },
    { "-机关:(水利局 OR 交通局)", NORTH, "" },
    { "标题:(智能 发展)", SOUTH, "" },
    { "标题:(智能 -发展)", "", "" },
    { "机关:水利局，年份:2023", "east#1", "" },
    { "机关:水利局；年份:2024", "", "" },
    /* ranges and the ways to write a date */
    { "日期:2024..2025", NORTH " " SOUTH, "" },
    { "日期:2024-04..", NORTH, "" },
    { "日期:..2024-03", "east#1 " SOUTH, "" },
    { "日期:2024年3月", SOUTH, "" },
    { "日期:2024年3月31日", SOUTH, "" },
    { "日期:2024/3/31", SOUTH, "" },
    { "日期:2024.3", SOUTH, "" },
    { "日期:20240331", SOUTH, "" },
    { "日期:202403..20240331", SOUTH, "" },
    { "date:2023-12-31..2024-03-30", "east#1", "" },
    { "年份:2024..2025", NORTH " " SOUTH, "" },
    { "年份:..2023", "east#1", "" },
    { "year:二〇二三", "east#1", "" },
    { "届次:十六届", NORTH, "" },
    { "届次:市政协第十六届", NORTH, "" },
    { "届次:政协16", NORTH, "" },
    { "届次:人大1", "east#1", "" },
    { "届次:人大16", "", "" },
    { "届次:十六届五次", "", "" },
    { "session:16届4次", NORTH, "" },
    /* what is no value is words, and told */
    { "河道 年份:明年", "east#1", "7 no year: \"明年\"" },
    { "河道 日期:2024-13", "east#1", "7 no date: \"2024-13\"" },
    { "河道 日期:2024-", "east#1", "7 no date: \"2024-\"" },
    { "河道 类型:公文", "east#1", "7 no type: \"公文\"" },
    /* ranges both ways round, and as people write them */
    { "制造 年份:2025..2024", "north#2",
      "7 a range that ends before it begins: \"2025..2024\"; it is turned" },
    { "日期:2025..2024-06", NORTH,
      "4 a range that ends before it begins: \"2025..2024-06\"; it is turned" },
    { "年份:2024-2025", NORTH " " SOUTH, "" },
    { "年份：２０２４—２０２５", NORTH " " SOUTH, "" },
    { "年份:2024至2025", NORTH " " SOUTH, "" },
    { "年份:2024年~2025年", NORTH " " SOUTH, "" },
    { "年份:>=2025", NORTH, "" },
    { "年份:<=2023", "east#1", "" },
    { "日期:2024年3月..2024-06", SOUTH, "" },
    { "日期:2024年3月至2024年6月", SOUTH, "" },
    { "日期:2024-2025", NORTH " " SOUTH, "" },
    { "日期:>=2024-04", NORTH, "" },
    { "年份:2024..2025..2026", "", "4 no year: \"2024..2025..2026\"" },
    { "年份:(2023 OR 2025)", "east#1 " NORTH, "" },
    { "member:张某某", "",
      "8 no reply of the index names a member; 'dafu-index reindex' adds them to an old index" },
};

START_TEST(a_line_finds_these_passages_and_is_told_so)
{
    struct result_list list = search(EXAMPLES[_i].line);
    ck_assert_msg(strcmp(found(&list), EXAMPLES[_i].found) == 0, "%s: %s, not %s",
                  EXAMPLES[_i].line, found(&list), EXAMPLES[_i].found);
    ck_assert_str_eq(told(&list), EXAMPLES[_i].told);
}
END_TEST

START_TEST(a_wildcard_marks_the_words_that_it_stands_for)
{
    struct result_list list = search("digit*");
    for (size_t i = 0; i < list.count; i++) {
        const struct result *result = &list.results[i];
        ck_assert_uint_eq(result->highlights.count, 1);
        struct text_span span = result->highlights.spans[0];
        struct text marked = text_slice(result->passage.text, span.start, span.length);
        ck_assert(text_equal(marked, TEXT("digital")) || text_equal(marked, TEXT("digitization")));
    }
}
END_TEST

/* ---- a wildcard that stands for too much ---- */

START_TEST(a_wildcard_that_stands_for_too_much_is_words_and_told)
{
    static char texts[300][16];
    static struct sample_reply many[300];
    searcher_free(searcher);
    searcher = NULL;
    for (size_t i = 0; i < 300; i++) {
        snprintf(texts[i], sizeof(texts[i]), "w%zu", i);
        many[i] = (struct sample_reply) { .id = texts[i],
                                          .title = "",
                                          .issuer = "",
                                          .document_number = "",
                                          .proposal_number = "",
                                          .session = "",
                                          .area = "",
                                          .date = "",
                                          .passages = { { "", texts[i], ROLE_DONE } } };
    }
    make_index(many, 300);
    ck_assert_msg(!searcher_open(index_path, &searcher, &error), "%s", error.message);
    struct result_list list = search("w2*");
    ck_assert_uint_eq(list.count, 100); /* w2, w20 … w299: 111, of which the first page */
    ck_assert_str_eq(told(&list), "");
    list = search("w10* w11* w12* w13* w14* w15*");
    ck_assert_str_eq(told(&list), "");
    list = search("w1* w2* w1* w2* w1* w2* w1* w2* w1*"); /* 111 each */
    ck_assert_uint_eq(list.warnings.count, 3);
    ck_assert_uint_eq(list.warnings.items[0].column, 25);
    list = search("w*");
    ck_assert_str_eq(told(&list), "1 more than 256 words or values of the index begin with \"w\"");
}
END_TEST

/* ---- ceilings ---- */

#define CHARACTERS 10000
#define MEMORY_MOST ((size_t)96 << 20) /* bytes of one search */

static struct text repeated(struct arena *memory, const char *piece)
{
    struct text unit = text_of(piece);
    size_t times = CHARACTERS / utf8_count(unit);
    char *data = arena_alloc(memory, unit.length * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(data + i * unit.length, unit.data, unit.length);
    return text_of_bytes(data, unit.length * times);
}

static const char *const PIECES[] = {
    "智能制造发展",
    "智能 ",
    "\"智能制造\" ",
    "智能* ",
    "e* ",
    "(智能 OR 制造) ",
    "-智能 ",
    "a AND b OR ",
    "标题:智能 ",
    "机关:北* ",
    "年份:1900..2100 ",
    "(",
    "*",
    "“",
    "北数函〔2025〕15号 ",
    "第13号提案",
    "zhineng",
    "经信局",
    "NOT ",
    "日期:2024.. OR ",
    "十六届四次会议",
    "12345678901 ",
    "請問如何",
    "什么是“智能”率",
};

START_TEST(ten_thousand_characters_are_searched_within_a_ceiling)
{
    struct arena memory;
    arena_init(&memory, MEMORY_MOST); /* reaching it fails the search */
    struct text line = repeated(&memory, PIECES[_i]);
    struct search_options options = { .limit = 10 };
    struct result_list list = { 0 };
    struct text suggestion;
    ck_assert_msg(!searcher_search(searcher, line, &options, &memory, &list, &error), "%s: %s",
                  PIECES[_i], error.message);
    ck_assert_msg(!searcher_suggest(searcher, line, &memory, &suggestion, &error), "%s: %s",
                  PIECES[_i], error.message);
    arena_release(&memory);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("language");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, close_searcher);
    tcase_add_loop_test(tests, a_line_finds_these_passages_and_is_told_so, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, a_wildcard_marks_the_words_that_it_stands_for);
    tcase_add_test(tests, a_wildcard_that_stands_for_too_much_is_words_and_told);
    tcase_add_loop_test(tests, ten_thousand_characters_are_searched_within_a_ceiling, 0,
                        COUNT_OF(PIECES));
    return run_tests("language", tests);
}
