/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query means beyond its words: names in other forms, pinyin, places; and what is said when
 * nothing is found. */

#include "tests/search/searcher_fixture.h"

static const struct sample_reply REPLIES[] = {
    { "lanjiang",
      "关于市政协十六届四次会议第15号提案的答复",
      "澜江市人力资源和社会保障局",
      "澜人社函〔2025〕15号",
      "15",
      "市政协十六届四次会议",
      "澜江市",
      "2025-06-01",
      BODY_CPPCC,
      16,
      4,
      { { "", "经市人力资源和社会保障局研究，发放稳岗补贴。", ROLE_DONE },
        { "", "职业培训补贴提高。", ROLE_DONE },
        { "", "推动非物质文化遗产进校园。", ROLE_DONE } } },
    { "wangchuan",
      "关于市政协九届五次会议第52号提案的答复",
      "望川市人社局",
      "望人社〔2024〕52号",
      "52",
      "市政协九届五次会议",
      "望川市",
      "2024-06-01",
      BODY_CPPCC,
      9,
      5,
      { { "", "经市人社局研究，发放稳岗补贴。", ROLE_DONE },
        { "", "推进智改数转，发展养老助餐和低空经济。", ROLE_COMMITMENT },
        { "", "职业培训补贴提高。", ROLE_DONE },
        { "", "RCEP实施。", ROLE_DONE } } },
    { "other",
      "关于市人大一次会议第7号建议的答复",
      "青屿市水利局",
      "青水〔2023〕7号",
      "7",
      "市人大一次会议",
      "青屿市",
      "2023-06-01",
      BODY_CONGRESS,
      1,
      1,
      { { "", "河道清淤已经完成。", ROLE_DONE },
        { "", "水库除险加固。", ROLE_DONE },
        { "", "灌区改造继续进行。", ROLE_DONE },
        { "", "排涝泵站新建三座。", ROLE_DONE },
        { "", "堤防加高。", ROLE_DONE },
        { "", "节水器具推广。", ROLE_DONE } } },
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

static const char *docnos(const char *line)
{
    struct result_list list = search(line);
    struct text out = TEXT("");
    for (size_t i = 0; i < list.count; i++)
        out = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(out), i ? " " : "",
                           TEXT_ARG(list.results[i].passage.docno));
    return out.data;
}

/* All that is found, in order. */
static const struct {
    const char *line, *found;
} EXAMPLES[] = {
    /* the typed form first */
    { "人社局", "wangchuan#1 lanjiang#1" },
    { "人力资源社会保障局", "lanjiang#1" },
    { "非遗", "lanjiang#3" },
    { "非遺", "lanjiang#3" },
    /* inside phrases and under operators; what is denied is only itself */
    { "\"市人社局研究\"", "wangchuan#1 lanjiang#1" },
    { "\"人力资源和社会保障局研究\"", "lanjiang#1 wangchuan#1" },
    { "非遗 AND 校园", "lanjiang#3" },
    { "稳岗 -人社局", "lanjiang#1" },
    { "稳岗 机关:人社局", "wangchuan#1 lanjiang#1" },
    /* place and year speak for a reply whose passage does not name them */
    { "澜江市 职业培训补贴", "lanjiang#2 wangchuan#3 lanjiang#1 wangchuan#1" },
    { "望川 职业培训补贴", "wangchuan#3 lanjiang#2 wangchuan#1 lanjiang#1" },
    { "2024年 职业培训", "wangchuan#3 lanjiang#2" },
    { "2025 职业培训", "lanjiang#2 wangchuan#3" },
    /* questions */
    { "请问什么是低空经济？", "wangchuan#2" },
    { "怎么办", "" },
    /* pinyin, where the index does not have the letters as they are */
    { "dikong jingji", "wangchuan#2" },
    { "dikongjingji", "wangchuan#2" },
    { "Zhigai Shuzhuan", "wangchuan#2" },
    { "zgsz", "wangchuan#2" },
    { "dkjj", "wangchuan#2" }, /* two words */
    { "dī kōng  jīng jì", "wangchuan#2" },
    { "di1kong1 jing1ji4", "wangchuan#2" },
    { "ｄｉｋｏｎｇ　ｊｉｎｇｊｉ", "wangchuan#2" },
    { "di空jingji", "wangchuan#2" },
    { "低kong经ji", "wangchuan#2" },
    { "低zzz", "" },
    { "量zi纠chan", "" },
    { "feiwuzhi wenhua yichan", "lanjiang#3" },
    { "助餐 dikong", "wangchuan#2" },
    { "RCEP", "wangchuan#4" },
    { "\"dikong\"", "" },
    { "zzzzzz", "" },
    { "lvlvlvlv", "" },
};

START_TEST(a_query_finds_what_it_means)
{
    ck_assert_msg(strcmp(docnos(EXAMPLES[_i].line), EXAMPLES[_i].found) == 0, "%s: %s",
                  EXAMPLES[_i].line, docnos(EXAMPLES[_i].line));
}
END_TEST

START_TEST(another_form_is_highlighted_too)
{
    struct result_list list = search("非遗");
    ck_assert_uint_eq(list.count, 1);
    const struct result *result = &list.results[0];
    ck_assert_uint_eq(result->highlights.count, 1);
    struct text marked = text_slice(result->passage.text, result->highlights.spans[0].start,
                                    result->highlights.spans[0].length);
    ck_assert(text_equal(marked, TEXT("非物质文化遗产")));
}
END_TEST

START_TEST(pinyin_is_not_read_silently)
{
    struct result_list list = search("dikong jingji");
    ck_assert(text_equal(list.read_as, TEXT("低空经济")));
    ck_assert_ptr_null(search("低空经济").read_as.data);
    ck_assert_ptr_null(search("dikong -RCEP").read_as.data);
}
END_TEST

static struct text suggestion(const char *line)
{
    struct text out;
    ck_assert(!searcher_suggest(searcher, text_of(line), &arena, &out, &error));
    return out;
}

START_TEST(what_would_be_found_without_marks_is_suggested)
{
    ck_assert(text_equal(suggestion("\"稳岗培训\""), TEXT("稳岗培训")));
    ck_assert(text_equal(suggestion("稳岗 AND 量子"), TEXT("稳岗 量子")));
    ck_assert_ptr_null(suggestion("量子纠缠").data);
    ck_assert_ptr_null(suggestion("\"量子纠缠\"").data);
}
END_TEST

/* What is typed, and what the index makes likely; NULL: nothing. */
static const struct {
    const char *line, *suggested;
} MISSPELLED[] = {
    { "职业陪训", "职业培训" },         /* sounds and looks alike */
    { "迪空经济", "低空经济" },         /* another tone */
    { "经剂 低空", "经济 低空" },       /* each word for itself */
    { "职业培训训", "职业培训" },       /* typed twice */
    { "职业训培补贴", "职业培训补贴" }, /* changed places */
    { "RCPE", "rcep" },
    { "培训途中受伤有没有保障", NULL }, /* common words that the index lacks are no mistakes */
    { "培训之后又变难了", NULL },
    { "职业培训太难了", NULL },
    { "培训有没有保障", NULL },
    { "职业培训", NULL },
    { "量子纠缠", NULL }, /* right, but not here */
    { "百分之九十", NULL }, /* nor are numbers */
    { "RCEP", NULL },
};

START_TEST(a_misspelling_is_put_right_by_suggestion)
{
    struct text out = suggestion(MISSPELLED[_i].line);
    const char *expected = MISSPELLED[_i].suggested;
    ck_assert_msg(expected ? out.data && text_equal(out, text_of(expected)) : !out.data, "%s: %.*s",
                  MISSPELLED[_i].line, TEXT_ARG(out));
}
END_TEST

static void write_pairs(const char *content)
{
    char name[PATH_MAX + 32];
    snprintf(name, sizeof(name), "%s/%s", index_path, SEARCHER_SYNONYMS);
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    fclose(file);
    searcher_free(searcher);
    searcher = NULL;
}

START_TEST(the_pairs_of_an_index_are_used)
{
    ck_assert_str_eq(docnos("飞行经济"), "wangchuan#2"); /* by 经济 */
    write_pairs("低空经济\t天上那些事\tpolicy\t=\n");
    ck_assert_msg(!searcher_open(index_path, &searcher, &error), "%s", error.message);
    ck_assert_str_eq(docnos("\"天上那些事\""), "wangchuan#2");
}
END_TEST

START_TEST(damaged_pairs_are_one_clear_line)
{
    write_pairs("\xFF\xFF\n");
    ck_assert_int_eq(searcher_open(index_path, &searcher, &error), STATUS_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, SEARCHER_SYNONYMS));
}
END_TEST

/* The phrase stands in one passage that by its weight is among the last of many. */
START_TEST(a_condition_sees_every_passage)
{
    struct index_writer *writer;
    ck_assert(!index_writer_open(index_path, lexicon_fingerprint(lexicon), false, &writer, &error));
    for (int i = 0; i < 700; i++) {
        struct sample_reply filler = REPLIES[0];
        filler.id = arena_printf(&arena, "filler%d", i).data;
        memset(filler.passages, 0, sizeof(filler.passages));
        filler.passages[0] =
            (struct sample_passage) { "", "建设图书馆。图书。书馆设。图书馆建。", ROLE_DONE };
        put_reply(writer, &filler);
    }
    struct sample_reply last = REPLIES[0];
    last.id = "last";
    memset(last.passages, 0, sizeof(last.passages));
    last.passages[0] = (struct sample_passage) {
        "", "这是很长的一段话，说了许多别的事情，最后才提到图书馆建设，然后又说了很多别的。",
        ROLE_DONE
    };
    put_reply(writer, &last);
    ck_assert(!index_writer_commit(writer, &error));
    index_writer_free(writer);
    searcher_free(searcher);
    ck_assert(!searcher_open(index_path, &searcher, &error));
    ck_assert_str_eq(docnos("\"图书馆建设\""), "last#1");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("understanding");
    tcase_add_checked_fixture(tests, set_up, close_searcher);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_query_finds_what_it_means, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, another_form_is_highlighted_too);
    tcase_add_test(tests, pinyin_is_not_read_silently);
    tcase_add_test(tests, what_would_be_found_without_marks_is_suggested);
    tcase_add_loop_test(tests, a_misspelling_is_put_right_by_suggestion, 0,
                        sizeof(MISSPELLED) / sizeof(*MISSPELLED));
    tcase_add_test(tests, the_pairs_of_an_index_are_used);
    tcase_add_test(tests, damaged_pairs_are_one_clear_line);
    tcase_add_test(tests, a_condition_sees_every_passage);
    return run_tests("understanding", tests);
}
