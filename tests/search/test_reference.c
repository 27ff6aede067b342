/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Citations as they are typed, and what is recognised in them. */
#include "indexer/base/cleanup.h"
#include "search/query/query.h"
#include "tests/search/run_suite.h"

static struct lexicon *lexicon;
static struct arena arena;

static void set_up(void)
{
    struct error error;
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
    arena_init(&arena, 0);
}

static void tear_down(void)
{
    arena_release(&arena);
    lexicon_free(lexicon);
}

static struct reference find(const char *line)
{
    struct reference reference;
    struct error error;
    ck_assert(!reference_find(text_of(line), lexicon, &arena, &reference, &error));
    return reference;
}

static const struct {
    const char *line, *number; /* NULL: none is among the candidates */
} DOCUMENTS[] = {
    { "甬经信函〔2026〕9号", "甬经信函〔2026〕9号" },
    { "甬经信函[2026]9号", "甬经信函〔2026〕9号" },
    { "甬经信函［2026］9号", "甬经信函〔2026〕9号" },
    { "甬经信函（2026）9号", "甬经信函〔2026〕9号" },
    { "甬经信函(2026) 9 号", "甬经信函〔2026〕9号" },
    { "甬经信函【2026】９号", "甬经信函〔2026〕9号" },
    { "甬经信函【２０２６】第9号", "甬经信函〔2026〕9号" },
    { "查一下甬经信函〔2026〕9号", "甬经信函〔2026〕9号" },
    { "臨衛健提復[2026]97號", "临卫健提复〔2026〕97号" },
    { "甬经信函2026年9号", NULL },
    { "第13号提案", NULL },
};

START_TEST(a_document_number_is_recognised_in_any_brackets)
{
    struct reference reference = find(DOCUMENTS[_i].line);
    ck_assert_int_eq(reference.kind == REFERENCE_DOCUMENT, DOCUMENTS[_i].number != NULL);
    bool found = false;
    for (size_t i = 0; i < reference.document_count && DOCUMENTS[_i].number; i++)
        found = found || text_equal(reference.documents[i], text_of(DOCUMENTS[_i].number));
    ck_assert_msg(found == (DOCUMENTS[_i].number != NULL), "%s", DOCUMENTS[_i].line);
}
END_TEST

static const struct {
    const char *line, *number; /* NULL: no citation */
    enum reference_body body;
    unsigned term, meeting;
    const char *area;
} PROPOSALS[] = {
    { "第13号", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "13号", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第13号提案", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "13号建议", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第十三号提案", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第二百零四号建议", "204", REFERENCE_ANY_BODY, 0, 0, "" },
    { "七十七号提案", "77", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第七十七号", "77", REFERENCE_ANY_BODY, 0, 0, "" },
    { "市政协十六届五次会议第十三号提案", "13", REFERENCE_CPPCC, 16, 5, "市" },
    { "第0013号提案", "13", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第１５６号提案　青屿市", "156", REFERENCE_ANY_BODY, 0, 0, "" },
    { "第DH0271号", "dh0271", REFERENCE_ANY_BODY, 0, 0, "" },
    { "市政协十六届五次会议第13号提案", "13", REFERENCE_CPPCC, 16, 5, "市" },
    { "省十四届人大三次会议第213号建议", "213", REFERENCE_CONGRESS, 14, 3, "省" },
    { "十四届全国人大三次会议第2107号建议", "2107", REFERENCE_CONGRESS, 14, 3, "全国" },
    { "政协第十四届全国委员会第一次会议第01025号提案", "1025", REFERENCE_CPPCC, 14, 1, "全国" },
    { "政协宁波市第十六届委员会第五次会议第13号", "13", REFERENCE_CPPCC, 16, 5, "宁波市" },
    { "河北省第十三届人民代表大会第五次会议第1218号建议", "1218", REFERENCE_CONGRESS, 13, 5,
      "河北省" },
    { "市政协16届5次会议第13号提案", "13", REFERENCE_CPPCC, 16, 5, "市" },
    { "地铁13号线什么时候开通", NULL, REFERENCE_ANY_BODY, 0, 0, "" },
    { "企业100号人的社保", NULL, REFERENCE_ANY_BODY, 0, 0, "" },
    { "智改数转 政策支持", NULL, REFERENCE_ANY_BODY, 0, 0, "" },
    { "市政协十六届五次会议", NULL, REFERENCE_ANY_BODY, 0, 0, "" },
};

START_TEST(a_proposal_is_recognised_with_its_session)
{
    struct reference reference = find(PROPOSALS[_i].line);
    const char *line = PROPOSALS[_i].line;
    ck_assert_msg((reference.kind == REFERENCE_PROPOSAL) == (PROPOSALS[_i].number != NULL), "%s",
                  line);
    if (!PROPOSALS[_i].number)
        return;
    ck_assert_msg(text_equal(reference.number, text_of(PROPOSALS[_i].number)), "%s: %.*s", line,
                  TEXT_ARG(reference.number));
    ck_assert_msg(reference.body == PROPOSALS[_i].body, "%s: body %d", line, (int)reference.body);
    ck_assert_msg(reference.term == PROPOSALS[_i].term, "%s: term %u", line, reference.term);
    ck_assert_msg(reference.meeting == PROPOSALS[_i].meeting, "%s: %u", line, reference.meeting);
    ck_assert_msg(text_equal(reference.area, text_of(PROPOSALS[_i].area)), "%s: area %.*s", line,
                  TEXT_ARG(reference.area));
}
END_TEST

static const struct {
    const char *text;
    enum reference_body body;
    unsigned term, meeting; /* 0: none */
} SESSIONS[] = {
    { "市政协十六届五次会议", REFERENCE_CPPCC, 16, 5 },
    { "十六届五次", REFERENCE_ANY_BODY, 16, 5 },
    { "政协16-5", REFERENCE_CPPCC, 16, 5 },
    { "16-5", REFERENCE_ANY_BODY, 16, 5 },
    { "人大十四届三次", REFERENCE_CONGRESS, 14, 3 },
    { "去年", REFERENCE_ANY_BODY, 0, 0 },
};

START_TEST(a_session_is_read_in_every_form)
{
    struct reference reference;
    bool found = reference_session(text_of(SESSIONS[_i].text), lexicon, &arena, &reference);
    ck_assert_msg(found == (SESSIONS[_i].term > 0), "%s", SESSIONS[_i].text);
    if (!found)
        return;
    ck_assert_int_eq(reference.body, SESSIONS[_i].body);
    ck_assert_uint_eq(reference.term, SESSIONS[_i].term);
    ck_assert_uint_eq(reference.meeting, SESSIONS[_i].meeting);
}
END_TEST

START_TEST(only_a_line_of_words_is_a_citation)
{
    struct query query;
    struct error error;
    ck_assert(!query_parse(TEXT("第13号提案 -税收"), lexicon, &arena, &query, &error));
    ck_assert_int_eq(query.reference.kind, REFERENCE_NONE);
    ck_assert(!query_parse(TEXT("第13号提案 税收"), lexicon, &arena, &query, &error));
    ck_assert_int_eq(query.reference.kind, REFERENCE_PROPOSAL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("reference");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_document_number_is_recognised_in_any_brackets, 0,
                        COUNT_OF(DOCUMENTS));
    tcase_add_loop_test(tests, a_proposal_is_recognised_with_its_session, 0, COUNT_OF(PROPOSALS));
    tcase_add_loop_test(tests, a_session_is_read_in_every_form, 0, COUNT_OF(SESSIONS));
    tcase_add_test(tests, only_a_line_of_words_is_a_citation);
    return run_tests("reference", tests);
}
