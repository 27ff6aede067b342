/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored records come back as they went in, and foreign bytes are refused. */
#include "indexer/analysis/record.h"

#include "tests/analysis/suite.h"

static struct buffer bytes;

static void before(void)
{
    buffer_init(&bytes, 0);
}

static void after(void)
{
    buffer_release(&bytes);
}

static const struct passage_record PASSAGE = {
    .reply = TEXT_INIT("甬经信函〔2026〕9号"),
    .docno = TEXT_INIT("r001#7"),
    .path = TEXT_INIT("二、下步工作举措 › （一）"),
    .text = TEXT_INIT("持续优化营商环境。"),
    .ordinal = 0,
    .paragraph = 7,
    .role = ROLE_COMMITMENT,
    .source_offset = 5000000000u,
    .source_length = 27,
};

static const struct reply_record REPLY = {
    .id = TEXT_INIT("id"),
    .source = TEXT_INIT("replies/a.txt"),
    .other_sources = TEXT_INIT("replies/a.pdf\nold/a.txt"),
    .group = TEXT_INIT("组"),
    .title = TEXT_INIT("关于第13号提案的答复"),
    .issuer = TEXT_INIT("市经信局"),
    .document_number = TEXT_INIT("甬经信函〔2026〕9号"),
    .subject = TEXT_INIT("s"),
    .addressee = TEXT_INIT("委员"),
    .area = TEXT_INIT("宁波市"),
    .body = TEXT_INIT("政协"),
    .session = TEXT_INIT("市政协十六届五次会议"),
    .term = 16,
    .meeting = 5,
    .kind = TEXT_INIT("提案"),
    .reply_type = TEXT_INIT("答复"),
    .proposal_number = TEXT_INIT("13"),
    .result_class = TEXT_INIT("A"),
    .publicity = TEXT_INIT("主动公开"),
    .date = TEXT_INIT("2026-06-08"),
    .date_origin = TEXT_INIT("印发"),
    .metadata_json = TEXT_INIT("{\"a\":1}"),
    .passage_count = 300,
};

START_TEST(a_passage_comes_back_as_it_went_in)
{
    ck_assert_int_eq(passage_record_encode(&PASSAGE, &bytes, NULL), STATUS_OK);
    struct passage_record back;
    ck_assert_int_eq(passage_record_decode(buffer_text(&bytes), &back, NULL), STATUS_OK);
    ck_assert(text_equal(back.path, PASSAGE.path) && text_equal(back.text, PASSAGE.text));
    ck_assert_uint_eq(back.reply.length + back.docno.length, 0); /* its reply has them */
    ck_assert_uint_eq(back.ordinal, PASSAGE.ordinal);
    ck_assert_uint_eq(back.paragraph, PASSAGE.paragraph);
    ck_assert_int_eq(back.role, PASSAGE.role);
    ck_assert_uint_eq(back.source_offset, PASSAGE.source_offset);
    ck_assert_uint_eq(back.source_length, PASSAGE.source_length);
}
END_TEST

START_TEST(a_reply_comes_back_as_it_went_in)
{
    ck_assert_int_eq(reply_record_encode(&REPLY, &bytes, NULL), STATUS_OK);
    struct reply_record back;
    ck_assert_int_eq(reply_record_decode(buffer_text(&bytes), &back, NULL), STATUS_OK);
    const struct {
        struct text in, out;
    } texts[] = {
        { REPLY.id, back.id },
        { REPLY.source, back.source },
        { REPLY.group, back.group },
        { REPLY.title, back.title },
        { REPLY.issuer, back.issuer },
        { REPLY.document_number, back.document_number },
        { REPLY.subject, back.subject },
        { REPLY.addressee, back.addressee },
        { REPLY.area, back.area },
        { REPLY.body, back.body },
        { REPLY.session, back.session },
        { REPLY.kind, back.kind },
        { REPLY.reply_type, back.reply_type },
        { REPLY.proposal_number, back.proposal_number },
        { REPLY.result_class, back.result_class },
        { REPLY.publicity, back.publicity },
        { REPLY.date, back.date },
        { REPLY.date_origin, back.date_origin },
        { REPLY.metadata_json, back.metadata_json },
        { REPLY.other_sources, back.other_sources },
    };
    for (size_t i = 0; i < LENGTH_OF(texts); i++)
        ck_assert(text_equal(texts[i].in, texts[i].out));
    ck_assert_uint_eq(back.term, 16);
    ck_assert_uint_eq(back.meeting, 5);
    ck_assert_uint_eq(back.passage_count, 300);
}
END_TEST

START_TEST(an_empty_record_comes_back_empty)
{
    const struct passage_record empty = { 0 };
    ck_assert_int_eq(passage_record_encode(&empty, &bytes, NULL), STATUS_OK);
    struct passage_record back = PASSAGE;
    ck_assert_int_eq(passage_record_decode(buffer_text(&bytes), &back, NULL), STATUS_OK);
    ck_assert_uint_eq(back.text.length, 0);
    ck_assert_uint_eq(back.paragraph, 0);
}
END_TEST

START_TEST(fields_of_a_later_format_are_skipped)
{
    ck_assert_int_eq(passage_record_encode(&PASSAGE, &bytes, NULL), STATUS_OK);
    buffer_append(&bytes, TEXT("\xC8\x01\x03new"));
    struct passage_record back;
    ck_assert_int_eq(passage_record_decode(buffer_text(&bytes), &back, NULL), STATUS_OK);
    ck_assert(text_equal(back.text, PASSAGE.text));
}
END_TEST

START_TEST(one_kind_of_record_is_not_the_other)
{
    struct error error_of_this;
    struct reply_record reply = REPLY;
    ck_assert_int_eq(passage_record_encode(&PASSAGE, &bytes, NULL), STATUS_OK);
    ck_assert_int_eq(reply_record_decode(buffer_text(&bytes), &reply, &error_of_this),
                     STATUS_CORRUPT);
    ck_assert(text_equal(reply.id, REPLY.id));
    ck_assert_int_eq(reply_record_decode(TEXT(""), &reply, &error_of_this), STATUS_CORRUPT);
}
END_TEST

/* Cut at a field's end a record is shorter but whole; anywhere else it is damaged. */
START_TEST(records_cut_short_never_read_beyond_their_end)
{
    ck_assert_int_eq(reply_record_encode(&REPLY, &bytes, NULL), STATUS_OK);
    for (size_t length = 0; length < bytes.length; length++) {
        char *copy = malloc(length ? length : 1);
        memcpy(copy, bytes.data, length);
        struct reply_record back;
        enum status status = reply_record_decode((struct text) { copy, length }, &back, NULL);
        ck_assert(status == STATUS_OK || status == STATUS_CORRUPT);
        free(copy);
    }
}
END_TEST

START_TEST(numbers_that_do_not_fit_are_refused)
{
    const struct text records[] = {
        TEXT_INIT("p\x06\x06\xFF\xFF\xFF\xFF\xFF\x01"),                 /* more than 32 bits */
        TEXT_INIT("p\x08\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"), /* more than 64 bits */
        TEXT_INIT("p\x06\x02\x01\x01"),                                 /* bytes left over */
        TEXT_INIT("p\x04\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), /* a length beyond the end */
    };
    for (size_t i = 0; i < LENGTH_OF(records); i++) {
        struct passage_record back;
        ck_assert_int_eq(passage_record_decode(records[i], &back, NULL), STATUS_CORRUPT);
    }
}
END_TEST

START_TEST(roles_have_names_in_both_languages)
{
    ck_assert_str_eq(role_name(ROLE_COMMITMENT), "commitment");
    ck_assert_str_eq(role_chinese(ROLE_COMMITMENT), "下步");
    for (int role = 0; role < ROLE_COUNT; role++) {
        ck_assert_ptr_nonnull(role_name((enum passage_role)role));
        ck_assert_ptr_nonnull(role_chinese((enum passage_role)role));
    }
}
END_TEST

RUN_SUITE("record", before, after, a_passage_comes_back_as_it_went_in,
          a_reply_comes_back_as_it_went_in, an_empty_record_comes_back_empty,
          fields_of_a_later_format_are_skipped, one_kind_of_record_is_not_the_other,
          records_cut_short_never_read_beyond_their_end, numbers_that_do_not_fit_are_refused,
          roles_have_names_in_both_languages)
