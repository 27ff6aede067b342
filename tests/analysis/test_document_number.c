/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 发文字号 in one form, however it was written. */
#include "indexer/analysis/analyzer.h"

#include "tests/analysis/suite.h"

static void before(void)
{
    arena_init(&arena, 0);
}

static void after(void)
{
    arena_release(&arena);
}

START_TEST(all_ways_of_writing_a_number_are_one)
{
    const char *forms[] = {
        "甬经信函〔2026〕9号",       "甬经信函[2026]9号",       "甬经信函（2026）9号",
        "甬经信函(2026)9号",         "甬经信函【2026】9号",     "甬经信函［２０２６］９号",
        "甬经信函 [2026] 9 号",      "甬经信函〔2026〕第9号",   "甬经信函〔2026〕009号",
        "文号：甬经信函〔2026〕9号", "　甬经信函﹝2026﹞9号\n", "甬经信函〔2026〕9號",
    };
    for (size_t i = 0; i < LENGTH_OF(forms); i++)
        assert_text(analyzer_document_number(text_of(forms[i]), &arena), "甬经信函〔2026〕9号");
}
END_TEST

START_TEST(other_texts_are_no_number)
{
    const char *texts[] = { "",
                            "甬经信函",
                            "第13号",
                            "〔2026〕9号",
                            "甬经信函〔2026〕号",
                            "甬经信函〔26〕9号",
                            "甬经信函2026 9号",
                            "甬经信函〔2026〕9号文件",
                            "关于〔2026〕9号的答复",
                            "甬经信函〔2026〕1234567号",
                            "甬，函〔2026〕9号" };
    for (size_t i = 0; i < LENGTH_OF(texts); i++)
        ck_assert_ptr_null(analyzer_document_number(text_of(texts[i]), &arena).data);
}
END_TEST

RUN_SUITE("document_number", before, after, all_ways_of_writing_a_number_are_one,
          other_texts_are_no_number)
