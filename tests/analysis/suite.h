/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the test programs of this floor share: the built lexicon, folding, and comparing. */
#ifndef DAFU_TESTS_ANALYSIS_SUITE_H
#define DAFU_TESTS_ANALYSIS_SUITE_H

#include "indexer/analysis/lexicon.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "tests/base/suite.h"

static struct lexicon *lexicon;
static struct arena arena;
static struct error error;

static inline void open_lexicon(void)
{
    arena_init(&arena, 0);
    ck_assert_msg(lexicon_open(NULL, &lexicon, &error) == STATUS_OK, "%s", error.message);
}

static inline void close_lexicon(void)
{
    lexicon_free(lexicon);
    arena_release(&arena);
}

/* The normalised text, in the test's arena. */
static inline struct text fold(struct text text)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    ck_assert_int_eq(normalizer_fold(lexicon, text, &out, &error), STATUS_OK);
    return arena_text(&arena, buffer_text(&out));
}

/* A generator of its own, so that a failing seed can be run again. */
static inline uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Pieces of text that analysis treats in different ways, for texts made at random. */
static const char *const PIECES[] = {
    "营商环境",
    "智改数转网联",
    "２０２４年",
    "二〇二四年",
    "一九九八",
    "二OO八年",
    "37.46 万家",
    "1,234,567",
    "９,８７６",
    "94%",
    "10‰",
    "％",
    "①",
    "㎡",
    "m²",
    "½",
    "5G",
    "PM2.5",
    "C919",
    "RCEP",
    "covid-19",
    "0574-8918",
    "乾坤",
    "餅乾",
    "答覆",
    "全覆蓋",
    "瞭解",
    "於是",
    "⺠",
    "⽂",
    "ﬁ",
    "e\xCC\x81",
    "한국",
    "㈱",
    "㍿",
    "﷽",
    "　",
    " ",
    "\n",
    "\t",
    "。",
    "，",
    "《",
    "》",
    "的",
    "一",
    "二",
    "○",
    "〇",
    "0",
    "1",
    "9",
    "a",
    "Z",
    ",",
    ".",
    "-",
    "\xE2\x80\x8B",
    "\xEF\xBB\xBF",
    "𠮷",
    "𝟗",
    "ß",
    "İ",
    "市经信局",
    "第13号",
    "十五",
    "三年",
    "甬经信函〔2026〕9号",
    "ガ",
    "ｶﾞ",
    "Å",
};

static inline struct text random_text(uint64_t *state, size_t pieces)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < pieces; i++)
        buffer_append(&out, text_of(PIECES[next_random(state) % LENGTH_OF(PIECES)]));
    return arena_text(&arena, buffer_text(&out));
}

#endif
