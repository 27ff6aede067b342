/* SPDX-License-Identifier: GPL-2.0-or-later */
/* New terms from text. The texts are made here, of sentences written for the project around terms
 * that the plain dictionary lacks; the lexicon is compiled without our own lists, so that nobody
 * tells the terms. */
#include "indexer/batch/learn_terms.h"

#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "tests/base/suite.h"

#define PLAIN_LEXICON DAFU_BINARY_DIR "/tests/plain/lexicon.dafu"

static struct lexicon *lexicon;
static struct arena arena;
static struct error error;
static struct learn_text text;
static struct learn_suffixes suffixes;
static struct learned_terms terms;

static void before(void)
{
    arena_init(&arena, 0);
    suffixes = (struct learn_suffixes) { 0 };
    terms = (struct learned_terms) { 0 };
    ck_assert_msg(!lexicon_open(PLAIN_LEXICON, &lexicon, &error), "%s", error.message);
    ck_assert(!learn_text_init(&text, lexicon, &error));
}

static void after(void)
{
    learn_suffixes_release(&suffixes);
    learn_text_release(&text);
    lexicon_free(lexicon);
    arena_release(&arena);
}

/* Passages of replies: the number before the bar is the reply. */
static void learn(const char *const *passages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *bar = strchr(passages[i], '|');
        ck_assert(!learn_text_add(&text, (uint32_t)atoi(passages[i]), text_of(bar + 1), &error));
    }
    ck_assert(!learn_suffixes_sort(&text, &suffixes, &error));
    ck_assert(!learn_terms(&suffixes, &arena, &terms, &error));
}

static const struct learned_term *found(const char *term)
{
    for (size_t i = 0; i < terms.count; i++) {
        if (text_equal(terms.terms[i].term, text_of(term)))
            return &terms.terms[i];
    }
    return NULL;
}

static const char *const REPLIES[] = {
    "0|我局持续推动智改数转，对完成改造的企业给予补助。",
    "0|2025年，全市规上工业增加值增长6.2%，规上工业企业达到1280家。",
    "0|大力推行“一网通办”，让群众少跑腿。",
    "0|培育专精特新企业35家，认定专精特新产品12个。",
    "0|本办法自公布之日起施行，由市经信局负责解释。",
    "1|支持中小企业智改数转，组织诊断服务。",
    "1|政务服务实现“一网通办”，高频事项办理时限缩短。",
    "1|去年规上工业利润总额回升，稳住了规上工业基本盘。",
    "1|完善专精特新梯度培育，建立专精特新库。",
    "1|本意见自公布之日起施行，由市财政局负责解释。",
    "2|围绕智改数转开展培训，累计服务企业80家。",
    "2|推广一网通办经验，企业开办更加便捷。",
    "2|推动规上工业数字化，引导规上工业绿色转型。",
    "2|对专精特新给予奖励，促进专精特新上市。",
    "2|本规定自公布之日起施行，由市司法局负责解释。",
    "3|要把智改数转作为主攻方向。",
    "3|“一网通办”平台新增事项20项。",
    "3|规上工业用电量上升；对规上工业开展帮扶。",
    "3|鼓励专精特新走出去，加快专精特新集聚。",
    "3|本细则自公布之日起施行，由市教育局负责解释。",
};

START_TEST(terms_that_the_dictionary_lacks_are_found)
{
    static const char *const WANTED[] = { "智改数转", "一网通办", "规上工业", "专精特新" };
    learn(REPLIES, LENGTH_OF(REPLIES));
    for (size_t i = 0; i < LENGTH_OF(WANTED); i++) {
        const struct learned_term *term = found(WANTED[i]);
        ck_assert_msg(!lexicon_lookup(lexicon, text_of(WANTED[i]), NULL), "%s", WANTED[i]);
        ck_assert_msg(term != NULL, "%s", WANTED[i]);
        ck_assert_uint_eq(term->replies, 4);
    }
}
END_TEST

START_TEST(evidence_is_counted)
{
    learn(REPLIES, LENGTH_OF(REPLIES));
    const struct learned_term *term = found("一网通办");
    ck_assert_uint_eq(term->frequency, 4);
    ck_assert_uint_eq(term->passages, 4);
    ck_assert_uint_eq(term->quoted, 3);
    ck_assert_double_gt(term->association, 2);
    assert_text(term->examples[0], "一网通办");
    ck_assert(text_contains(term->examples[1], TEXT("一网通办")));
}
END_TEST

START_TEST(the_genres_frame_and_pieces_of_terms_are_no_terms)
{
    static const char *const UNWANTED[] = { "日起施行", "公布之日起", "之日起施行", "改数转",
                                            "智改数",   "网通办",     "负责解释",   "上工业",
                                            "自公布",   "动智改",     "精特新" };
    learn(REPLIES, LENGTH_OF(REPLIES));
    for (size_t i = 0; i < LENGTH_OF(UNWANTED); i++)
        ck_assert_msg(!found(UNWANTED[i]), "%s", UNWANTED[i]);
}
END_TEST

START_TEST(no_numbers_and_nothing_over_marks)
{
    learn(REPLIES, LENGTH_OF(REPLIES));
    for (size_t i = 0; i < terms.count; i++) {
        for (size_t at = 0; at < terms.terms[i].term.length; at++)
            ck_assert(terms.terms[i].term.data[at] < '0' || terms.terms[i].term.data[at] > '9');
    }
}
END_TEST

START_TEST(one_reply_that_repeats_itself_teaches_nothing)
{
    static const char *const ONE[] = { "0|推进青云谷建设。", "0|加快青云谷开发。",
                                       "0|保护青云谷生态。", "0|宣传青云谷文化。" };
    learn(ONE, LENGTH_OF(ONE));
    ck_assert(!found("青云谷"));
}
END_TEST

START_TEST(the_same_text_gives_the_same_list)
{
    learn(REPLIES, LENGTH_OF(REPLIES));
    struct learned_terms first = terms;
    ck_assert(!learn_terms(&suffixes, &arena, &terms, &error));
    ck_assert_uint_eq(first.count, terms.count);
    for (size_t i = 0; i < terms.count; i++) {
        ck_assert(text_equal(first.terms[i].term, terms.terms[i].term));
        ck_assert(i == 0 || terms.terms[i - 1].score >= terms.terms[i].score);
    }
}
END_TEST

START_TEST(nothing_gives_nothing)
{
    static const char *const NOTHING[] = { "0|", "0|。。。", "1|2025", "1|好" };
    learn(NOTHING, 0);
    ck_assert_uint_eq(terms.count, 0);
    learn_suffixes_release(&suffixes);
    learn(NOTHING, LENGTH_OF(NOTHING));
    ck_assert_uint_eq(terms.count, 0);
}
END_TEST

static int by_symbols(uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < LEARN_DEPTH; i++) {
        uint16_t left = text.symbols[a + i], right = text.symbols[b + i];
        if (left != right)
            return left < right ? -1 : 1;
        if (left == LEARN_BREAK)
            return 0;
    }
    return 0;
}

START_TEST(suffixes_are_in_order_and_frequencies_exact)
{
    CLEANUP(buffer_release) struct buffer passage = BUFFER_INIT;
    static const char *const CHARACTERS[] = { "政", "策", "支", "持", "。" };
    uint64_t state = 3;
    for (int i = 0; i < 5000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        buffer_append(&passage, text_of(CHARACTERS[(state >> 33) % LENGTH_OF(CHARACTERS)]));
    }
    ck_assert(!learn_text_add(&text, 0, buffer_text(&passage), &error));
    ck_assert(!learn_suffixes_sort(&text, &suffixes, &error));
    for (size_t i = 1; i < suffixes.count; i++)
        ck_assert_int_le(by_symbols(suffixes.order[i - 1], suffixes.order[i]), 0);
    for (size_t i = 0; i < suffixes.count; i += 97) {
        size_t length = 3, seen = 0, start = suffixes.order[i];
        for (size_t j = 0; j + length < text.count; j++)
            seen += memcmp(&text.symbols[j], &text.symbols[start], length * sizeof(uint16_t)) == 0;
        bool inside =
            text.symbols[start + 1] != LEARN_BREAK && text.symbols[start + 2] != LEARN_BREAK;
        if (inside)
            ck_assert_uint_eq(learn_suffixes_frequency(&suffixes, start, length), seen);
    }
}
END_TEST

RUN_SUITE("learn terms", before, after, terms_that_the_dictionary_lacks_are_found,
          evidence_is_counted, the_genres_frame_and_pieces_of_terms_are_no_terms,
          no_numbers_and_nothing_over_marks, one_reply_that_repeats_itself_teaches_nothing,
          the_same_text_gives_the_same_list, nothing_gives_nothing,
          suffixes_are_in_order_and_frequencies_exact)
