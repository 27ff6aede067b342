/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply as a JSON object. */
#include <check.h>
#include <stdlib.h>

#include "indexer/reply/reply_json.h"

static void assert_json(json_t *json, const char *expected)
{
    ck_assert_ptr_nonnull(json);
    char *text = json_dumps(json, JSON_COMPACT);
    ck_assert_str_eq(text, expected);
    free(text);
    json_decref(json);
}

static struct paragraph paragraphs[] = {
    { .text = TEXT_INIT("一、工作"), .kind = PARAGRAPH_HEADING },
    { .text = TEXT_INIT("正文。电话13812340223"), .kind = PARAGRAPH_BODY },
    { .text = TEXT_INIT("（联系人：胡某某；联系电话：13812340223）"), .kind = PARAGRAPH_CONTACT },
};

static struct section sections[] = {
    { .level = 1,
      .parent = SECTION_NONE,
      .marker = TEXT_INIT("一、"),
      .heading = TEXT_INIT("工作"),
      .paragraph_count = 2,
      .role = ROLE_DONE },
    { .level = 2,
      .parent = 0,
      .marker = TEXT_INIT("（一）"),
      .first_paragraph = 1,
      .paragraph_count = 1 },
};

static struct passage passages[] = {
    { .paragraph = 1,
      .offset = 0,
      .length = 9,
      .path = TEXT_INIT("一、工作"),
      .text = TEXT_INIT("正文。"),
      .role = ROLE_DONE,
      .source_offset = 100,
      .source_length = 9 },
};

START_TEST(what_is_not_there_is_null)
{
    struct reply reply = { .file = TEXT("a.txt"), .id = TEXT("a") };
    assert_json(reply_to_json(&reply, REPLY_JSON_METADATA, false),
                "{\"file\":\"a.txt\",\"issuer\":null,\"doc_number\":null,\"doc_number_raw\":null,"
                "\"title\":null,\"subject\":null,\"session\":null,\"session_norm\":null,"
                "\"kind\":null,\"reply_type\":\"答复\",\"proposal_no\":null,\"date\":null,"
                "\"addressee\":null,\"consulted\":[],\"result_class\":null,\"area\":null,"
                "\"copy_to\":[],\"date_origin\":null,\"addressees\":[],\"publicity\":null,"
                "\"contact\":null,\"proposal_category\":null,\"id\":\"a\"}");
}
END_TEST

START_TEST(what_is_there_is_written_in_the_order_of_the_evaluation)
{
    static struct text names[] = { TEXT_INIT("市财政局"), TEXT_INIT("市住建局") };
    struct reply reply = {
        .id = TEXT("a"),
        .file = TEXT("a.txt"),
        .issuer = TEXT("澜江市民政局"),
        .document_number = TEXT("澜民函〔2025〕96号"),
        .document_number_raw = TEXT("澜民函[2025]96号"),
        .title = TEXT("答复"),
        .subject = TEXT("\"助餐\""),
        .addressee = TEXT("陈某某委员"),
        .addressees = { names, 1, 1 },
        .session = { TEXT("市政协十六届四次会议"), BODY_CPPCC, TEXT("澜江市"), 16, 0 },
        .kind = KIND_PROPOSAL,
        .type = TYPE_JOINT_OPINION,
        .proposal_number = TEXT("087"),
        .proposal_category = TEXT("民政类7号"),
        .consulted = { names, 2, 2 },
        .copy_to = { names, 1, 1 },
        .result_class = 'B',
        .publicity = TEXT("主动公开"),
        .date = TEXT("2025-06-12"),
        .date_origin = DATE_PRINTED,
        .contact = TEXT("（联系人：胡某某；联系电话：13812340223）"),
        .area = TEXT("澜江市"),
    };
    assert_json(
        reply_to_json(&reply, REPLY_JSON_METADATA, false),
        "{\"file\":\"a.txt\",\"issuer\":\"澜江市民政局\",\"doc_number\":\"澜民函〔2025〕96号\","
        "\"doc_number_raw\":\"澜民函[2025]96号\",\"title\":\"答复\",\"subject\":\"\\\"助餐\\\"\","
        "\"session\":\"市政协十六届四次会议\",\"session_norm\":{\"body\":\"政协\","
        "\"area\":\"澜江市\",\"term\":16,\"meeting\":null},\"kind\":\"提案\","
        "\"reply_type\":\"会办意见\",\"proposal_no\":\"087\",\"date\":\"2025-06-12\","
        "\"addressee\":\"陈某某委员\",\"consulted\":[\"市财政局\",\"市住建局\"],"
        "\"result_class\":\"B\",\"area\":\"澜江市\",\"copy_to\":[\"市财政局\"],"
        "\"date_origin\":\"印发\",\"addressees\":[\"市财政局\"],\"publicity\":\"主动公开\","
        "\"contact\":\"（联系人：胡**；联系电话：138****0223）\","
        "\"proposal_category\":\"民政类7号\",\"id\":\"a\"}");
}
END_TEST

static json_t *full_json(bool show_contacts)
{
    struct reply reply = { .paragraphs = paragraphs,
                           .paragraph_count = 3,
                           .sections = sections,
                           .section_count = 2,
                           .passages = passages,
                           .passage_count = 1 };
    json_t *json = reply_to_json(&reply, REPLY_JSON_FULL, show_contacts);
    ck_assert_ptr_nonnull(json);
    return json;
}

START_TEST(paragraphs_sections_and_passages_come_on_request)
{
    json_t *json = full_json(true);
    assert_json(json_incref(json_object_get(json, "paragraphs")),
                "[\"一、工作\",\"正文。电话13812340223\","
                "\"（联系人：胡某某；联系电话：13812340223）\"]");
    assert_json(json_incref(json_object_get(json, "sections")),
                "[{\"level\":1,\"marker\":\"一、\",\"heading\":\"工作\",\"parent\":null,"
                "\"paragraph\":1,\"role\":\"done\"},{\"level\":2,\"marker\":\"（一）\","
                "\"heading\":null,\"parent\":0,\"paragraph\":2,\"role\":\"other\"}]");
    assert_json(json_incref(json_object_get(json, "passages")),
                "[{\"path\":\"一、工作\",\"role\":\"done\",\"paragraph\":2,\"text\":\"正文。\","
                "\"offset\":0,\"length\":9,\"source_offset\":100,\"source_length\":9}]");
    json_decref(json);
}
END_TEST

START_TEST(paragraphs_are_as_published_but_for_mobile_numbers)
{
    json_t *json = full_json(false);
    assert_json(json_incref(json_object_get(json, "paragraphs")),
                "[\"一、工作\",\"正文。电话138****0223\","
                "\"（联系人：胡某某；联系电话：138****0223）\"]");
    json_decref(json);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reply_json");
    TCase *tests = tcase_create("reply_json");
    tcase_add_test(tests, what_is_not_there_is_null);
    tcase_add_test(tests, what_is_there_is_written_in_the_order_of_the_evaluation);
    tcase_add_test(tests, paragraphs_sections_and_passages_come_on_request);
    tcase_add_test(tests, paragraphs_are_as_published_but_for_mobile_numbers);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
