/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where query terms are shown in the author's text, and which window of it. */
#include "search/snippet/snippet.h"

#include "indexer/base/utf8.h"
#include "tests/search/marked.h"
#include "tests/search/run_suite.h"

static struct lexicon *lexicon;
static struct analyzer *analyzer;
static struct arena arena, scratch;
static struct error error;

static void set_up(void)
{
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
    ck_assert(!analyzer_new(lexicon, &analyzer, &error));
    arena_init(&arena, 0);
    arena_init(&scratch, 0);
}

static void tear_down(void)
{
    arena_release(&arena);
    arena_release(&scratch);
    analyzer_free(analyzer);
    lexicon_free(lexicon);
}

/* The spans of terms that are given with | between them. */
static struct span_list spans_of(const char *terms, struct text text)
{
    struct span_term list[16];
    struct span_terms wanted = { .terms = list };
    struct text rest = text_of(terms), piece;
    while (*terms && text_split(&rest, TEXT("|"), &piece))
        list[wanted.count++] = (struct span_term) { .term = piece, .weight = 1 };
    span_terms_sort(&wanted);
    struct span_list spans = { 0 };
    ck_assert(!spans_find(analyzer, &wanted, text, &scratch, &arena, &spans, &error));
    return spans;
}

static const struct {
    const char *terms, *text, *shown;
} HIGHLIGHTS[] = {
    { "停车", "停车难，停车贵", "[停车]难，[停车]贵" },
    { "停车|车难", "停车难", "[停车难]" }, /* what touches is one */
    { "低空|空经|经济", "发展低空经济", "发展[低空经济]" },
    { "低空|经济|产业", "發展低空經濟產業", "發展[低空經濟產業]" }, /* traditional text */
    { "rcep", "把握ＲＣＥＰ机遇", "把握[ＲＣＥＰ]机遇" },           /* full width */
    { "2025", "２０２５年", "[２０２５]年" },
    { "停车", "停\xE2\x80\x8B车", "[停\xE2\x80\x8B车]" }, /* zero-width space inside */
    { "停车", "没有", "没有" },
    { "", "停车", "停车" },
    { "停车", "", "" },
};

START_TEST(matched_words_are_shown_in_the_authors_characters)
{
    struct text text = text_of(HIGHLIGHTS[_i].text);
    struct span_list spans = spans_of(HIGHLIGHTS[_i].terms, text);
    ck_assert_str_eq(marked_text(text, &spans, &arena), HIGHLIGHTS[_i].shown);
}
END_TEST

static const struct {
    const char *terms, *text;
    size_t codepoints;
    const char *window; /* with … where it is cut */
} WINDOWS[] = {
    { "停车", "新建泊位。停车难缓解。绿化提升。", 100, "新建泊位。停车难缓解。绿化提升。" },
    { "停车", "新建泊位。停车难缓解。绿化提升。", 6, "…停车难缓解。…" },
    { "停车", "新建泊位。停车难缓解。绿化提升。", 12, "新建泊位。停车难缓解。…" },
    { "绿化", "新建泊位。停车难缓解。绿化提升。", 6, "…绿化提升。" },
    { "", "新建泊位。停车难缓解。绿化提升。", 6, "新建泊位。…" },
    { "停车", "他说：“停车难。”我们将改。", 9, "他说：“停车难。”…" },
    { "绿化", "新建泊位，缓解停车，提升绿化，改善环境", 5, "…提升绿化，…" },
    { "绿化", "新建泊位缓解停车提升绿化改善环境", 6, "…升绿化改善环…" },
    /* all words once rather than one of them often */
    { "停车|绿化", "停车，停车，停车。新建泊位。停车绿化。", 6, "…停车绿化。" },
    { "停车|绿化", "停车与停车。新建泊位。绿化停车。", 12, "…新建泊位。绿化停车。" },
    { "停车|绿化", "停车绿化。停车停车。", 6, "停车绿化。…" },
    /* a whole sentence rather than a little more in one that is cut */
    { "停车|绿化|泊位", "停车泊位。改善环境，提升绿化停车和泊位供给水平，缓解困难，打造品牌。", 8,
      "停车泊位。…" },
    { "停车|绿化|泊位", "停车难。改善环境，提升绿化停车泊位，缓解困难。", 9,
      "…提升绿化停车泊位，…" },
    { "停车", "  停车。  ", 100, "停车。" },
    { "停车", "", 10, "" },
};

START_TEST(the_window_shows_whole_sentences_with_what_was_asked)
{
    struct text text = text_of(WINDOWS[_i].text);
    struct span_list spans = spans_of(WINDOWS[_i].terms, text);
    struct snippet snippet = snippet_choose(text, &spans, WINDOWS[_i].codepoints);
    struct text shown =
        arena_printf(&arena, "%s%.*s%s", snippet.cut_before ? "…" : "", (int)snippet.length,
                     text.data + snippet.start, snippet.cut_after ? "…" : "");
    ck_assert_str_eq(shown.data, WINDOWS[_i].window);
}
END_TEST

START_TEST(a_window_never_cuts_a_code_point)
{
    struct text text =
        TEXT("𠮷野家a停车é难。,停车 ２０２５年😀！绿化；“提升”、改善环境停车停车停车停车停车停车");
    for (size_t codepoints = 1; codepoints < 60; codepoints++) {
        struct span_list spans = spans_of("停车|2025|绿化", text);
        struct snippet snippet = snippet_choose(text, &spans, codepoints);
        struct text window = text_slice(text, snippet.start, snippet.length);
        ck_assert_uint_eq(utf8_find_invalid(window), TEXT_NONE);
        ck_assert_msg(utf8_count(window) <= codepoints, "%zu: %.*s", codepoints, TEXT_ARG(window));
        ck_assert_uint_gt(window.length, 0);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("snippet");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, matched_words_are_shown_in_the_authors_characters, 0,
                        COUNT_OF(HIGHLIGHTS));
    tcase_add_loop_test(tests, the_window_shows_whole_sentences_with_what_was_asked, 0,
                        COUNT_OF(WINDOWS));
    tcase_add_test(tests, a_window_never_cuts_a_code_point);
    return run_tests("snippet", tests);
}
