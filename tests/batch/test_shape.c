/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which replies are one and which are two. */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/shape.h"

#define BODY                                                                                       \
    "我市常住人口316万，常年在外务工经商约74万人，随子女外出居住的老年人约5.2万人，异地就医需求"   \
    "十分旺盛。全市142家定点医院全部接入国家异地就医结算平台，普通门诊费用直接结算实现乡镇卫生院"  \
    "以上全覆盖。推行帮办代办，由村社区医保服务站收件、经办机构集中审核，全年共办理4.7万件。"

static struct lexicon *lexicon;

static struct text record_of(const struct passage_record *record)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    ck_assert_int_eq(passage_record_encode(record, &bytes, &error), STATUS_OK);
    return arena_text(&arena, buffer_text(&bytes));
}

static struct shape shape_of(const struct reply_record *reply, const char *body)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    ck_assert_int_eq(reply_record_encode(reply, &bytes, &error), STATUS_OK);
    const struct passage_record head = { .text = TEXT("某某局 第1号"), .role = ROLE_HEAD };
    const struct passage_record passage = { .text = text_of(body), .role = ROLE_DONE };
    const struct text records[] = { arena_text(&arena, buffer_text(&bytes)), record_of(&head),
                                    record_of(&passage) };
    struct shape shape;
    ck_assert_int_eq(shape_of_records(records, 3, lexicon, &arena, &shape, &error), STATUS_OK);
    return shape;
}

static bool are_one(const struct reply_record *a, const char *body_a, const struct reply_record *b,
                    const char *body_b)
{
    if (!lexicon)
        ck_assert_int_eq(lexicon_open(NULL, &lexicon, &error), STATUS_OK);
    struct shape one = shape_of(a, body_a), other = shape_of(b, body_b);
    bool forward = shape_equal(&one, &other);
    ck_assert_int_eq(shape_equal(&other, &one), forward);
    return forward;
}

static const struct reply_record NOTHING;

static bool bodies_are_one(const char *a, const char *b)
{
    return are_one(&NOTHING, a, &NOTHING, b);
}

START_TEST(the_same_text_is_one_whatever_its_form)
{
    ck_assert(bodies_are_one(BODY, BODY));
    ck_assert(bodies_are_one(BODY "工作取得成效。", "  " BODY " 工作 取得 成效 。"));
    ck_assert(bodies_are_one(BODY "办结率９９％。", BODY "办结率99%。"));
    ck_assert(bodies_are_one("一、" BODY, BODY)); /* numbered by the format */
    ck_assert(bodies_are_one("（一）" BODY, "1." BODY));
    ck_assert(bodies_are_one(BODY "優化營商環境。", BODY "优化营商环境。"));
}
END_TEST

START_TEST(a_figure_that_differs_makes_another_reply)
{
    ck_assert(!bodies_are_one(BODY "新建学校3所。", BODY "新建学校5所。"));
    ck_assert(!bodies_are_one(BODY "新建学校三所。", BODY "新建学校五所。"));
    ck_assert(!bodies_are_one(BODY "增长3.5万元。", BODY "增长35万元。"));
    ck_assert(!bodies_are_one(BODY "到2024年底完成。", BODY "到2025年底完成。"));
    ck_assert(!bodies_are_one(BODY, BODY "到2025年底完成。"));
}
END_TEST

START_TEST(what_they_say_of_themselves_may_not_differ)
{
    const struct reply_record rows[][2] = {
        { { .document_number = TEXT_INIT("甲函〔2024〕1号") },
          { .document_number = TEXT_INIT("甲函〔2025〕1号") } },
        { { .proposal_number = TEXT_INIT("0013") }, { .proposal_number = TEXT_INIT("14") } },
        { { .term = 6, .meeting = 2 }, { .term = 6, .meeting = 3 } },
        { { .body = TEXT_INIT("政协") }, { .body = TEXT_INIT("人大") } },
        { { .addressee = TEXT_INIT("王某某委员") }, { .addressee = TEXT_INIT("李某某委员") } },
        { { .subject = TEXT_INIT("关于甲的提案") }, { .subject = TEXT_INIT("关于乙的提案") } },
        { { .reply_type = TEXT_INIT("答复") }, { .reply_type = TEXT_INIT("会办意见") } },
        { { .issuer = TEXT_INIT("甲市教育局") }, { .issuer = TEXT_INIT("乙市教育局") } },
        { { .date = TEXT_INIT("2024-05-01"), .date_origin = TEXT_INIT("成文") },
          { .date = TEXT_INIT("2025-05-01"), .date_origin = TEXT_INIT("成文") } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_msg(!are_one(&rows[i][0], BODY, &rows[i][1], BODY), "row %zu", i);
        ck_assert_msg(are_one(&rows[i][0], BODY, &NOTHING, BODY), "row %zu", i);
    }
}
END_TEST

START_TEST(other_ways_to_say_the_same_do_not_count)
{
    const struct reply_record rows[][2] = {
        { { .proposal_number = TEXT_INIT("0013") }, { .proposal_number = TEXT_INIT("13") } },
        { { .issuer = TEXT_INIT("市经信局") }, { .issuer = TEXT_INIT("宁波市经济和信息化局") } },
        { { .subject = TEXT_INIT("关于甲 的提案") }, { .subject = TEXT_INIT("关于甲的提案") } },
        { { .date = TEXT_INIT("2024-05-01"), .date_origin = TEXT_INIT("成文") },
          { .date = TEXT_INIT("2025-05-01"), .date_origin = TEXT_INIT("发布") } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        ck_assert_msg(are_one(&rows[i][0], BODY, &rows[i][1], BODY), "row %zu", i);
}
END_TEST

START_TEST(under_one_number_a_format_may_lose_something)
{
    const struct reply_record numbered = { .document_number = TEXT_INIT("甲函〔2024〕1号") };
    ck_assert(are_one(&numbered, BODY, &numbered, BODY "共印5份。"));
    ck_assert(!are_one(&numbered, BODY "共印6份。", &numbered, BODY "共印5份。"));
    ck_assert(!are_one(&numbered, BODY, &numbered, BODY BODY "其他一切都是另外的文字，很长的一段"
                                                             "文字，关于教育、交通、水利和农业。"));
}
END_TEST

START_TEST(little_text_is_never_taken_for_the_same)
{
    ck_assert(!bodies_are_one("感谢您对我们工作的关心和支持，详见附件。",
                              "感谢您对我们工作的关心和支持，详见附件。"));
}
END_TEST

START_TEST(near_texts_share_a_band)
{
    CLEANUP(buffer_release) struct buffer first = BUFFER_INIT;
    for (int i = 0; i < 400; i++)
        buffer_append_codepoint(&first, 0x4E00 + (uint32_t)(i * 7919 % 3000));
    size_t found = 0;
    for (size_t cut = 0; cut < 100; cut++) { /* one character of 400 removed: J is about .975 */
        struct text text = buffer_text(&first);
        struct text near = arena_printf(&arena, "%.*s%.*s", (int)(cut * 9), text.data,
                                        (int)(text.length - cut * 9 - 3), text.data + cut * 9 + 3);
        if (!lexicon)
            ck_assert_int_eq(lexicon_open(NULL, &lexicon, &error), STATUS_OK);
        struct shape a = shape_of(&NOTHING, first.data), b = shape_of(&NOTHING, near.data);
        struct sketch x, y;
        shape_sketch(&a, "text", &x);
        shape_sketch(&b, "text", &y);
        bool shared = false;
        for (size_t i = 0; i < SKETCH_BANDS; i++)
            shared = shared || x.bands[i] == y.bands[i];
        found += shared;
    }
    ck_assert_uint_ge(found, 99);
}
END_TEST

RUN_SUITE("shape", the_same_text_is_one_whatever_its_form,
          a_figure_that_differs_makes_another_reply, what_they_say_of_themselves_may_not_differ,
          other_ways_to_say_the_same_do_not_count, under_one_number_a_format_may_lose_something,
          little_text_is_never_taken_for_the_same, near_texts_share_a_band)
