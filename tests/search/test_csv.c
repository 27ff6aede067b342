/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields as RFC 4180 and spreadsheets need them. */
#include "search/output/csv.h"

#include <stdlib.h>

#include "search/output/citation.h"
#include "tests/search/run_suite.h"

static const struct {
    const char *text, *field;
} FIELDS_OF[] = {
    { "停车", "停车" },
    { "", "" },
    { "一,二", "\"一,二\"" },
    { "他说\"好\"", "\"他说\"\"好\"\"\"" },
    { "两\n行", "\"两\n行\"" },
    { "回车\r", "\"回车\r\"" },
    { " 空格", "\" 空格\"" },
    { "，全角逗号", "，全角逗号" },
    /* formulas */
    { "=1+1", "'=1+1" },
    { "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
    { "+86", "'+86" },
    { "-2%", "'-2%" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "'\t=1" },
    { "\r=1", "\"'\r=1\"" },
    { "＝1", "'＝1" },
    { "1=1", "1=1" },
};

START_TEST(a_text_becomes_this_field)
{
    char *out = NULL;
    size_t length = 0;
    struct csv csv = { open_memstream(&out, &length), false };
    csv_text(&csv, text_of(FIELDS_OF[_i].text));
    csv_number(&csv, -2.5, 2);
    csv_end_row(&csv);
    fclose(csv.stream);
    size_t field = strlen(FIELDS_OF[_i].field);
    ck_assert_msg(length == field + strlen(",-2.50\r\n") &&
                      memcmp(out, FIELDS_OF[_i].field, field) == 0 &&
                      strcmp(out + field, ",-2.50\r\n") == 0,
                  "%s", out);
    free(out);
}
END_TEST

START_TEST(a_citation_leaves_out_what_is_not_known)
{
    char out[CITATION_MAX];
    struct reply_record reply = { .title = TEXT("关于停车的答复"), .issuer = TEXT("市交通局") };
    struct passage_record passage = { .docno = TEXT("a#3"), .paragraph = 3 };
    ck_assert(text_equal(citation_write(&reply, &passage, out),
                         TEXT("市交通局：《关于停车的答复》，第3段")));
    reply = (struct reply_record) { .date = TEXT("2026-06-08") };
    ck_assert(
        text_equal(citation_write(&reply, &passage, out), TEXT("《a#3》，2026-06-08，第3段")));
    reply.document_number = TEXT("安函〔2026〕1号");
    ck_assert(text_equal(citation_write(&reply, &passage, out),
                         TEXT("《a#3》（安函〔2026〕1号），2026-06-08，第3段")));
    reply.title = TEXT("对《关于停车的建议》的答复");
    ck_assert(text_equal(citation_write(&reply, &passage, out),
                         TEXT("《对〈关于停车的建议〉的答复》（安函〔2026〕1号），2026-06-08，"
                              "第3段")));
}
END_TEST

START_TEST(a_citation_is_bounded_and_whole_characters)
{
    char title[9000], out[CITATION_MAX];
    for (size_t i = 0; i + 3 < sizeof(title); i += 3)
        memcpy(title + i, "答", 3);
    struct text long_text = { title, sizeof(title) / 3 * 3 };
    struct reply_record reply = {
        .title = long_text, .issuer = long_text, .document_number = long_text, .date = long_text
    };
    struct passage_record passage = { .paragraph = 4294967295U };
    struct text citation = citation_write(&reply, &passage, out);
    ck_assert_uint_lt(citation.length, CITATION_MAX);
    ck_assert(text_ends_with(citation, TEXT("答，第4294967295段")));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("csv");
    tcase_add_loop_test(tests, a_text_becomes_this_field, 0, COUNT_OF(FIELDS_OF));
    tcase_add_test(tests, a_citation_leaves_out_what_is_not_known);
    tcase_add_test(tests, a_citation_is_bounded_and_whole_characters);
    return run_tests("csv", tests);
}
