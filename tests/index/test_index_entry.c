/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is stored of a reply: which terms find it, which values order it, what its records say. */
#include "indexer/index/index_entry.h"

#include <stdio.h>

#include "indexer/analysis/facet.h"
#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"
#include "tests/index/suite.h"

static struct lexicon *lexicon;
static struct analyzer *analyzer;
static struct arena arena, scratch;
static struct error error;

static void before(void)
{
    arena_init(&arena, 0);
    arena_init(&scratch, 0);
    ck_assert_msg(lexicon_open(NULL, &lexicon, &error) == STATUS_OK, "%s", error.message);
    ck_assert_msg(analyzer_new(lexicon, &analyzer, &error) == STATUS_OK, "%s", error.message);
}

static void after(void)
{
    analyzer_free(analyzer);
    lexicon_free(lexicon);
    arena_release(&arena);
    arena_release(&scratch);
}

/* A reply with two passages. */
static struct reply *sample(void)
{
    struct reply *reply = ARENA_NEW(&arena, struct reply);
    reply->id = reply->source = TEXT("/letters/9.txt");
    reply->stem = TEXT("9");
    reply->issuer = TEXT("宁波市经济和信息化局");
    reply->document_number = TEXT("甬经信函〔2026〕9号");
    reply->title = TEXT("关于古树名木保护的答复");
    reply->subject = TEXT("关于加强古树保护的提案");
    reply->session =
        (struct session) { TEXT("市政协十六届五次会议"), BODY_CPPCC, TEXT("宁波市"), 16, 5 };
    reply->kind = KIND_PROPOSAL;
    reply->proposal_number = TEXT("0013");
    reply->result_class = 'A';
    reply->addressees.count = 2;
    reply->addressees.items = ARENA_ARRAY(&arena, struct text, 2);
    reply->addressees.items[0] = TEXT("张某某");
    reply->addressees.items[1] = TEXT("民革宁波市委会");
    reply->date = TEXT("2026-06-08");
    reply->date_origin = DATE_PRINTED;
    reply->area = TEXT("宁波市");
    reply->passage_count = 2;
    reply->passages = ARENA_ARRAY(&arena, struct passage, 2);
    reply->passages[0].text = TEXT("古树古树，名木古树。");
    reply->passages[0].role = ROLE_DONE;
    reply->passages[1].text = TEXT("下一步加强保护。");
    reply->passages[1].path = TEXT("二、下步工作 › （一）保护");
    reply->passages[1].role = ROLE_COMMITMENT;
    reply->passages[1].paragraph = 4;
    reply->passages[1].source_offset = 700;
    reply->passages[1].source_length = 24;
    return reply;
}

static struct index_entries built(const struct reply *reply)
{
    struct index_entries entries;
    ck_assert_msg(index_entries_build(reply, analyzer, &scratch, &arena, &entries, &error) ==
                      STATUS_OK,
                  "%s", error.message);
    return entries;
}

#define ABSENT (-1)

/* How often the entry has the term: 0 boolean, ABSENT not at all. */
static int frequency(const struct index_entry *entry, const char *prefix, const char *term)
{
    struct text wanted = field_term(prefix, text_of(term), &arena);
    for (size_t i = 0; i < entry->term_count; i++) {
        if (text_equal(entry->terms[i].term, wanted))
            return (int)entry->terms[i].frequency;
    }
    return ABSENT;
}

static int boolean(const struct index_entry *entry, enum field field, const char *term)
{
    return frequency(entry, FIELDS[field].prefix, term);
}

START_TEST(the_first_entry_is_the_reply_and_each_passage_has_one)
{
    struct index_entries entries = built(sample());
    ck_assert_uint_eq(entries.count, 3);
    ck_assert(text_equal(entries.reply_id, TEXT("/letters/9.txt")));
    ck_assert_uint_eq(entries.passages, 2);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_RECORD, "reply"), 0);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_RECORD, "passage"), ABSENT);
    for (size_t i = 1; i < 3; i++) {
        ck_assert_int_eq(boolean(&entries.entries[i], FIELD_RECORD, "passage"), 0);
        ck_assert_int_eq(boolean(&entries.entries[i], FIELD_RECORD, "reply"), ABSENT);
    }
}
END_TEST

/* Replies of one group are one document, however many files it came in. */
START_TEST(passages_have_the_term_of_their_larger_document)
{
    struct reply *first = sample();
    first->group = TEXT("三年行动计划");
    struct reply *second = sample();
    second->id = TEXT("/letters/10.txt");
    second->group = first->group;
    struct reply *alone = sample();
    struct index_entries of_group = built(first), of_other = built(second), of_none = built(alone);
    char term[INDEX_GROUP_MAX];
    struct facet_codes codes;
    ck_assert(facets_unpack(of_group.entries[1].values[SLOT_FACETS], &codes));
    size_t length = index_group(codes.group, term);
    struct text key = arena_text(&arena, (struct text) { term, length });
    for (size_t i = 1; i < 3; i++) {
        ck_assert_int_eq(frequency(&of_group.entries[i], "", key.data), 0);
        ck_assert_int_eq(frequency(&of_other.entries[i], "", key.data), 0);
        ck_assert_int_eq(frequency(&of_none.entries[i], "", key.data), ABSENT);
    }
    ck_assert_int_eq(frequency(&of_group.entries[0], "", key.data), ABSENT);
}
END_TEST

START_TEST(terms_are_unique_and_ascending)
{
    struct index_entries entries = built(sample());
    for (size_t i = 0; i < entries.count; i++) {
        for (size_t j = 1; j < entries.entries[i].term_count; j++)
            ck_assert_int_lt(text_compare(entries.entries[i].terms[j - 1].term,
                                          entries.entries[i].terms[j].term),
                             0);
    }
}
END_TEST

START_TEST(words_of_the_text_count_each_time)
{
    struct index_entries entries = built(sample());
    const struct index_entry *passage = &entries.entries[1];
    ck_assert_int_eq(frequency(passage, "", "古树"), 3 * FIELD_TEXT_FREQUENCY);
    ck_assert_int_eq(frequency(passage, "", "步树"), ABSENT);
    ck_assert_int_eq(frequency(passage, field_text_prefix(TOKEN_CHARACTER), "古"), ABSENT);
}
END_TEST

START_TEST(words_of_title_subject_issuer_and_path_count_once)
{
    struct index_entries entries = built(sample());
    const struct index_entry *passage = &entries.entries[2];
    ck_assert_int_eq(boolean(passage, FIELD_TITLE, "保护"), 1); /* in title and subject */
    ck_assert_int_eq(boolean(passage, FIELD_ISSUER, "经济"), 1);
    ck_assert_int_eq(boolean(passage, FIELD_PATH, "保护"), 1);
    ck_assert_int_eq(boolean(&entries.entries[1], FIELD_PATH, "保护"), ABSENT);
}
END_TEST

START_TEST(a_reply_record_has_no_length)
{
    struct index_entries entries = built(sample());
    for (size_t i = 0; i < entries.entries[0].term_count; i++)
        ck_assert_uint_eq(entries.entries[0].terms[i].frequency, 0);
}
END_TEST

START_TEST(filters_find_the_reply_and_its_passages)
{
    static const struct {
        enum field field;
        const char *value;
    } rows[] = {
        { FIELD_DOCUMENT_NUMBER, "甬经信函〔2026〕9号" },
        { FIELD_PROPOSAL_NUMBER, "0013" },
        { FIELD_PROPOSAL_NUMBER, "13" },
        { FIELD_MEMBER, "张某某" },
        { FIELD_MEMBER, "民革宁波市委会" },
        { FIELD_SESSION, "政协16-5" },
        { FIELD_SESSION, "政协16" },
        { FIELD_AGENCY, "宁波市经济和信息化局" },
        { FIELD_AREA, "宁波市" },
        { FIELD_YEAR, "2026" },
        { FIELD_KIND, "提案" },
        { FIELD_CLASS, "A" },
    };
    struct index_entries entries = built(sample());
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        /* what the searcher would look for: the value under the field's own analysis */
        struct token_list tokens = { 0 };
        ck_assert_int_eq(analyzer_run(analyzer, FIELDS[rows[i].field].analysis,
                                      text_of(rows[i].value), &arena, &tokens, &error),
                         STATUS_OK);
        ck_assert_uint_eq(tokens.count, 1);
        for (size_t j = 0; j < entries.count; j++)
            ck_assert_msg(boolean(&entries.entries[j], rows[i].field,
                                  arena_text(&arena, tokens.tokens[0].term).data) != ABSENT,
                          "%s is not found by \"%s\"", FIELDS[rows[i].field].name, rows[i].value);
    }
}
END_TEST

START_TEST(a_passage_is_found_by_its_role)
{
    struct index_entries entries = built(sample());
    ck_assert_int_eq(boolean(&entries.entries[1], FIELD_ROLE, "done"), 0);
    ck_assert_int_eq(boolean(&entries.entries[2], FIELD_ROLE, "commitment"), 0);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_ROLE, "done"), ABSENT);
}
END_TEST

START_TEST(without_a_date_the_document_number_tells_the_year)
{
    struct reply *reply = sample();
    reply->date = TEXT("");
    reply->document_number = TEXT("甬经信函〔2024〕9号");
    struct index_entries entries = built(reply);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_YEAR, "2024"), 0);
    ck_assert_uint_eq(entries.entries[0].values[SLOT_DATE].length, 0);
}
END_TEST

static struct facet_codes facets_of(struct reply *reply, size_t entry)
{
    struct facet_codes codes;
    ck_assert(facets_unpack(built(reply).entries[entry].values[SLOT_FACETS], &codes));
    return codes;
}

static const char *facet_value(const struct facet_codes *codes, enum facet facet)
{
    return facet_name(facet, codes->values[facet], &arena).data;
}

START_TEST(values_are_the_date_and_the_facets)
{
    struct reply *reply = sample();
    struct index_entries entries = built(reply);
    ck_assert(text_equal(entries.entries[2].values[SLOT_DATE], TEXT("20260608")));
    ck_assert_uint_eq(entries.entries[0].values[SLOT_FACETS].length, 0);
    reply->session = (struct session) { .body = BODY_CPPCC, .term = 16, .meeting = 5 };
    reply->kind = KIND_PROPOSAL;
    struct facet_codes codes = facets_of(reply, 2);
    ck_assert_str_eq(facet_value(&codes, FACET_YEAR), "2026");
    ck_assert_str_eq(facet_value(&codes, FACET_SESSION), "政协16-5");
    ck_assert_str_eq(facet_value(&codes, FACET_KIND), "提案");
    ck_assert_str_eq(facet_value(&codes, FACET_CLASS), "A");
    ck_assert_str_eq(facet_value(&codes, FACET_ROLE), "commitment");
    ck_assert_uint_eq(codes.values[FACET_PLACE], facet_hash(TEXT("宁波市")));
    codes = facets_of(reply, 1);
    ck_assert_str_eq(facet_value(&codes, FACET_ROLE), "done");
}
END_TEST

START_TEST(passages_of_one_larger_document_have_one_key)
{
    struct reply *reply = sample();
    unsigned long long own = facets_of(reply, 1).group;
    ck_assert_uint_eq(own, facets_of(reply, 2).group);
    reply->group = TEXT("森林法");
    unsigned long long law = facets_of(reply, 1).group;
    ck_assert_uint_ne(law, own);
    reply->id = TEXT("another");
    ck_assert_uint_eq(facets_of(reply, 1).group, law);
}
END_TEST

START_TEST(what_is_not_known_takes_no_bytes)
{
    struct reply reply = { .id = TEXT("1"), .single_passage = true, .passage_count = 1 };
    reply.passages = ARENA_ARRAY(&arena, struct passage, 1);
    reply.passages[0].text = TEXT("一行。");
    ck_assert_uint_eq(built(&reply).entries[0].values[SLOT_FACETS].length, 7);
}
END_TEST

START_TEST(a_passage_record_tells_where_the_passage_stands)
{
    struct index_entries entries = built(sample());
    struct passage_record record;
    ck_assert_int_eq(passage_record_decode(entries.entries[2].record, &record, &error), STATUS_OK);
    ck_assert(text_equal(record.text, TEXT("下一步加强保护。")));
    ck_assert(text_equal(record.path, TEXT("二、下步工作 › （一）保护")));
    ck_assert_uint_eq(record.ordinal, 1);
    ck_assert_uint_eq(record.paragraph, 5);
    ck_assert_uint_eq(record.source_offset, 700);
    ck_assert_uint_eq(record.source_length, 24);
    ck_assert_int_eq(record.role, ROLE_COMMITMENT);
}
END_TEST

START_TEST(a_single_passage_and_its_reply_are_one_entry)
{
    struct reply *reply = sample();
    reply->single_passage = true;
    reply->passage_count = 1;
    struct index_entries entries = built(reply);
    struct passage_record record;
    struct reply_record whole;
    struct text head, passage;
    ck_assert_uint_eq(entries.count, 1);
    ck_assert_uint_eq(entries.passages, 1);
    ck_assert_int_eq(document_record_split(entries.entries[0].record, &head, &passage, &error),
                     STATUS_OK);
    ck_assert_int_eq(passage_record_decode(passage, &record, &error), STATUS_OK);
    ck_assert_int_eq(reply_record_decode(head, &whole, &error), STATUS_OK);
    ck_assert(text_equal(whole.id, TEXT("/letters/9.txt")));
    ck_assert_uint_eq(whole.stem.length, 0);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_RECORD, "reply"), 0);
    ck_assert_int_eq(boolean(&entries.entries[0], FIELD_RECORD, "passage"), 0);
}
END_TEST

START_TEST(a_reply_record_holds_the_metadata)
{
    struct index_entries entries = built(sample());
    struct reply_record record;
    ck_assert_int_eq(reply_record_decode(entries.entries[0].record, &record, &error), STATUS_OK);
    ck_assert(text_equal(record.id, TEXT("/letters/9.txt")));
    ck_assert(text_equal(record.issuer, TEXT("宁波市经济和信息化局")));
    ck_assert(text_equal(record.body, TEXT("政协")));
    ck_assert_uint_eq(record.term, 16);
    ck_assert_uint_eq(record.meeting, 5);
    ck_assert(text_equal(record.kind, TEXT("提案")));
    ck_assert(text_equal(record.result_class, TEXT("A")));
    ck_assert(text_equal(record.date_origin, TEXT("印发")));
    ck_assert_uint_eq(record.passage_count, 2);
    ck_assert(text_contains(record.metadata_json, TEXT("\"doc_number\":\"甬经信函〔2026〕9号\"")));
}
END_TEST

START_TEST(a_contact_is_nowhere_in_clear)
{
    struct reply *reply = sample();
    reply->contact = TEXT("联系人：胡某某；联系电话：15800000223");
    struct index_entries entries = built(reply);
    for (size_t i = 0; i < entries.count; i++)
        ck_assert(!text_contains(entries.entries[i].record, TEXT("15800000223")));
}
END_TEST

START_TEST(a_reply_without_an_id_is_refused)
{
    struct reply *reply = sample();
    reply->id = TEXT("");
    struct index_entries entries;
    ck_assert_int_eq(index_entries_build(reply, analyzer, &scratch, &arena, &entries, &error),
                     STATUS_INVALID);
}
END_TEST

START_TEST(a_reply_with_too_much_text_is_refused)
{
    struct reply *reply = sample();
    size_t length = INDEX_ENTRY_TEXT_MAX + 1;
    char *text = arena_alloc(&arena, length);
    memset(text, 'x', length);
    reply->passages[0].text = text_of_bytes(text, length);
    struct index_entries entries;
    ck_assert_int_eq(index_entries_build(reply, analyzer, &scratch, &arena, &entries, &error),
                     STATUS_LIMIT);
}
END_TEST

RUN_SUITE("index_entry", before, after, the_first_entry_is_the_reply_and_each_passage_has_one,
          terms_are_unique_and_ascending, words_of_the_text_count_each_time,
          words_of_title_subject_issuer_and_path_count_once, a_reply_record_has_no_length,
          filters_find_the_reply_and_its_passages, a_passage_is_found_by_its_role,
          without_a_date_the_document_number_tells_the_year, values_are_the_date_and_the_facets,
          passages_of_one_larger_document_have_one_key,
          passages_have_the_term_of_their_larger_document, what_is_not_known_takes_no_bytes,
          a_passage_record_tells_where_the_passage_stands,
          a_single_passage_and_its_reply_are_one_entry, a_reply_record_holds_the_metadata,
          a_contact_is_nowhere_in_clear, a_reply_without_an_id_is_refused,
          a_reply_with_too_much_text_is_refused)
