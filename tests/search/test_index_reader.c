/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reading half of Xapian, on an index that the writing half made. */
#include "search/index/index_reader.h"

#include "indexer/analysis/facet.h"
#include "tests/search/fixture.h"

static struct index_reader *opened(void)
{
    struct index_reader *reader = NULL;
    ck_assert_msg(!index_reader_open(index_path, lexicon_fingerprint(lexicon), &reader, &error),
                  "%s", error.message);
    return reader;
}

static struct hit_list search(struct index_reader *reader, const struct match *match)
{
    struct match_request request = {
        .match = match, .bm25 = { 1.2, .9, .5 }, .limit = 100
    };
    struct hit_list hits = { 0 };
    ck_assert_msg(!index_reader_search(reader, &request, &arena, &hits, &error), "%s",
                  error.message);
    return hits;
}

static struct match term(const char *prefix, const char *text)
{
    return (struct match) { .kind = MATCH_TERM,
                            .term = field_term(prefix, text_of(text), &arena),
                            .frequency = 1 };
}

START_TEST(a_hit_brings_its_record)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    struct match match = term(field_text_prefix(TOKEN_BIGRAM), "僵尸");
    struct hit_list hits = search(reader, &match);
    ck_assert_uint_eq(hits.count, 1);
    struct passage_record record;
    ck_assert(!passage_record_decode(hits.hits[0].record, &record, &error));
    ck_assert_uint_eq(record.paragraph, 3);
    ck_assert_uint_ne(hits.hits[0].group, 0);
    struct text bytes;
    struct reply_record reply;
    ck_assert(!index_reader_reply(reader, hits.hits[0].reply, &arena, &bytes, &error));
    ck_assert(!reply_record_decode(bytes, &reply, &error));
    ck_assert(text_equal(reply.stem, TEXT("anhe")));
    ck_assert(hits.hits[0].weight > 0);
    index_reader_free(reader);
}
END_TEST

START_TEST(hits_of_one_reply_have_one_group)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    const struct match everything = { .kind = MATCH_EVERYTHING };
    struct hit_list hits = search(reader, &everything);
    ck_assert_uint_eq(hits.count, 12);
    for (size_t i = 0; i < hits.count; i++)
        for (size_t j = 0; j < i; j++) {
            ck_assert_int_eq(hits.hits[i].reply == hits.hits[j].reply,
                             hits.hits[i].group == hits.hits[j].group);
        }
    for (size_t i = 0; i < hits.count; i++) {
        uint32_t together = 0;
        for (size_t j = 0; j < hits.count; j++)
            together += hits.hits[i].group == hits.hits[j].group;
        ck_assert_uint_eq(hits.hits[i].extent, together);
    }
    hits = search(reader, &everything); /* and what was kept says the same */
    for (size_t i = 0; i < hits.count; i++)
        ck_assert_uint_gt(hits.hits[i].extent, 0);
    index_reader_free(reader);
}
END_TEST

START_TEST(boolean_matches_combine)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    struct match car = term(field_text_prefix(TOKEN_BIGRAM), "停车");
    struct match fee = term(field_text_prefix(TOKEN_BIGRAM), "指导");
    struct match year = term(FIELDS[FIELD_YEAR].prefix, "2026");
    struct match range = {
        .kind = MATCH_RANGE, .slot = SLOT_DATE, .low = TEXT("20250501"), .high = TEXT("20251231")
    };
    struct match everything = { .kind = MATCH_EVERYTHING }, nothing = { .kind = MATCH_NOTHING };
    const struct match *two[2] = { &car, &fee }, *denied[2] = { &everything, &year };
    const struct {
        struct match match;
        size_t count;
    } EXAMPLES[] = {
        { car, 2 },
        { { .kind = MATCH_AND, .children = two, .child_count = 2 }, 1 },
        { { .kind = MATCH_OR, .children = two, .child_count = 2 }, 2 },
        { { .kind = MATCH_NOT, .children = two, .child_count = 2 }, 1 },
        { { .kind = MATCH_FILTER, .children = two, .child_count = 2 }, 1 },
        { { .kind = MATCH_MAYBE, .children = two, .child_count = 2 }, 2 },
        { { .kind = MATCH_MAX, .children = two, .child_count = 2 }, 2 },
        { { .kind = MATCH_SYNONYM, .children = two, .child_count = 2 }, 2 },
        { { .kind = MATCH_SCALE, .scale = 2, .children = two, .child_count = 1 }, 2 },
        { { .kind = MATCH_NOT, .children = denied, .child_count = 2 }, 5 },
        { { .kind = MATCH_AND, .child_count = 0 }, 0 },
        { everything, 12 },
        { nothing, 0 },
    };
    for (int i = 0; i < COUNT_OF(EXAMPLES); i++)
        ck_assert_msg(search(reader, &EXAMPLES[i].match).count == EXAMPLES[i].count,
                      "example %d: %zu", i, search(reader, &EXAMPLES[i].match).count);
    /* the value is on the reply's record, too, which is no passage */
    const struct match *filter[2] = { &everything, &range };
    struct match dated = { .kind = MATCH_FILTER, .children = filter, .child_count = 2 };
    ck_assert_uint_eq(search(reader, &dated).count, 3);
    index_reader_free(reader);
}
END_TEST

START_TEST(statistics_count_passages_only)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    struct text terms[2] = { field_term(field_text_prefix(TOKEN_BIGRAM), TEXT("停车"), &arena),
                             TEXT("nowhere") };
    uint32_t counts[2];
    uint64_t passages;
    ck_assert(!index_reader_statistics(reader, terms, 2, counts, &passages, &error));
    ck_assert_uint_eq(counts[0], 2);
    ck_assert_uint_eq(counts[1], 0);
    ck_assert_uint_eq(passages, 12);
    index_reader_free(reader);
}
END_TEST

START_TEST(a_reply_record_is_found_by_its_id)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    struct text bytes;
    struct reply_record record;
    uint32_t document, passage;
    ck_assert(!index_reader_find(reader, TEXT("anhe"), &document, &error));
    ck_assert(!index_reader_reply(reader, document, &arena, &bytes, &error));
    ck_assert(!reply_record_decode(bytes, &record, &error));
    ck_assert(text_equal(record.document_number, TEXT("安交函〔2025〕40号")));
    ck_assert_int_eq(index_reader_find(reader, TEXT("nobody"), &document, &error),
                     STATUS_NOT_FOUND);
    struct passage_record second;
    ck_assert(!index_reader_passage(reader, document, 1, &arena, &passage, &bytes, &error));
    ck_assert(!passage_record_decode(bytes, &second, &error));
    ck_assert_uint_eq(second.ordinal, 1);
    ck_assert_int_eq(index_reader_passage(reader, document, 3, &arena, &passage, &bytes, &error),
                     STATUS_NOT_FOUND);
    index_reader_free(reader);
}
END_TEST

START_TEST(what_was_replaced_or_removed_is_not_found_any_more)
{
    make_index(SAMPLES, 3);
    make_index(SAMPLES + 1, 2); /* the same replies again: their old passages are dead */
    struct index_reader *reader = opened();
    struct match match = term(field_text_prefix(TOKEN_BIGRAM), "停车");
    ck_assert_uint_eq(search(reader, &match).count, 2);
    struct match everything = { .kind = MATCH_EVERYTHING };
    ck_assert_uint_eq(search(reader, &everything).count, 12);
    index_reader_free(reader);
}
END_TEST

START_TEST(a_single_character_is_found_wherever_it_stands)
{
    make_index(SAMPLES, 3);
    struct index_reader *reader = opened();
    const struct {
        const char *character;
        size_t count;
    } ROWS[] = { { "泊", 1 }, { "车", 2 }, { "速", 1 }, { "桥", 0 } };
    for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
        struct match match = term(field_text_prefix(TOKEN_CHARACTER), ROWS[i].character);
        uint32_t count;
        uint64_t passages;
        ck_assert_uint_eq(search(reader, &match).count, ROWS[i].count);
        ck_assert(!index_reader_statistics(reader, &match.term, 1, &count, &passages, &error));
        ck_assert_uint_eq(count, ROWS[i].count);
    }
    index_reader_free(reader);
}
END_TEST

START_TEST(a_reader_sees_what_was_committed_when_it_reopens)
{
    make_index(SAMPLES, 1);
    struct index_reader *reader = opened();
    struct match match = term(field_text_prefix(TOKEN_BIGRAM), "停车");
    ck_assert_uint_eq(search(reader, &match).count, 0);
    ck_assert(!index_reader_is_stale(reader));
    make_index(SAMPLES + 1, 1);
    ck_assert(index_reader_is_stale(reader));
    ck_assert(!index_reader_reopen(reader, &error));
    ck_assert_uint_eq(search(reader, &match).count, 2);
    index_reader_free(reader);
}
END_TEST

/* Segments of so many replies, in each of which both words stand in the last passage. */
static void make_segments(int segments, int replies)
{
    for (int i = 0; i < segments; i++) {
        struct index_writer *writer;
        ck_assert(!index_writer_open(index_path, lexicon_fingerprint(lexicon), true, &writer,
                                     &error));
        for (int j = 0; j < replies; j++) {
            struct sample_reply reply = SAMPLES[1];
            char id[32];
            snprintf(id, sizeof(id), "%d-%d", i, j);
            reply.id = id;
            put_reply(writer, &reply);
        }
        ck_assert_msg(!index_writer_commit(writer, &error), "%s", error.message);
        index_writer_free(writer);
    }
}

START_TEST(the_best_of_words_that_end_with_one_passage_is_found_in_all_segments)
{
    make_segments(3, 80);
    struct index_reader *reader = opened();
    struct match car = term(field_text_prefix(TOKEN_BIGRAM), "停车");
    struct match fee = term(field_text_prefix(TOKEN_BIGRAM), "收费");
    const struct match *two[2] = { &car, &fee };
    struct match best = { .kind = MATCH_MAX, .children = two, .child_count = 2 };
    struct hit_list hits = search(reader, &best); /* fewer than there are */
    ck_assert_uint_eq(hits.count, 100);
    struct match_request all = { .match = &best, .bm25 = { 1.2, .9, .5 }, .limit = 1000 };
    ck_assert(!index_reader_search(reader, &all, &arena, &hits, &error));
    ck_assert_uint_eq(hits.count, 2 * 3 * 80);
    for (size_t i = 0; i < hits.count; i++)
        ck_assert(hits.hits[i].weight > 0);
    index_reader_free(reader);
}
END_TEST

static void shell(const char *command)
{
    char line[PATH_MAX * 2];
    snprintf(line, sizeof(line), "cd '%s' && %s", folder, command);
    ck_assert_int_eq(system(line), 0);
}

static const struct {
    const char *damage;
    enum status status;
} DAMAGES[] = {
    { "rm -rf index", STATUS_NOT_FOUND },
    { "rm -rf index && mkdir index", STATUS_NOT_FOUND },
    { "rm -rf index && echo text >index", STATUS_CORRUPT },
    { "rm -rf index/segment-*", STATUS_CORRUPT },
    { "rm -rf index/head-*/*", STATUS_CORRUPT },
    { "for f in index/segment-*/*; do : >$f; done", STATUS_CORRUPT },
    { "for f in index/head-*/*; do echo text >$f; done", STATUS_CORRUPT },
    { ": >index/passages", STATUS_CORRUPT },
    { "rm -rf index/passages && echo text >index/passages", STATUS_CORRUPT },
};

START_TEST(a_missing_or_damaged_index_is_one_clear_line)
{
    struct index_reader *reader = NULL;
    make_index(SAMPLES, 1);
    shell(DAMAGES[_i].damage);
    error.message[0] = '\0';
    enum status status =
        index_reader_open(index_path, lexicon_fingerprint(lexicon), &reader, &error);
    ck_assert_msg(status == DAMAGES[_i].status, "%s: %s: %s", DAMAGES[_i].damage,
                  status_name(status), error.message);
    ck_assert_msg(strstr(error.message, index_path) != NULL, "%s", error.message);
    ck_assert_ptr_null(reader);
}
END_TEST

START_TEST(an_index_of_another_analysis_is_a_mismatch)
{
    struct index_reader *reader = NULL;
    make_index(SAMPLES, 1);
    ck_assert_int_eq(index_reader_open(index_path, "0123456789abcdef", &reader, &error),
                     STATUS_MISMATCH);
    ck_assert(strstr(error.message, "build it again") != NULL);
}
END_TEST

START_TEST(damage_that_is_met_while_reading_is_a_status)
{
    struct index_reader *reader = NULL;
    make_index(SAMPLES, 3);
    shell("for f in index/segment-*/*.glass; do"
          " head -c 100000 /dev/zero | tr '\\0' x >$f; done");
    enum status status =
        index_reader_open(index_path, lexicon_fingerprint(lexicon), &reader, &error);
    if (!status) {
        struct match match = term(field_text_prefix(TOKEN_BIGRAM), "停车");
        struct match_request request = {
            .match = &match, .bm25 = { 1.2, .9, .5 }, .limit = 100
        };
        struct hit_list hits;
        status = index_reader_search(reader, &request, &arena, &hits, &error);
    }
    ck_assert_msg(status == STATUS_CORRUPT || status == STATUS_IO, "%s", status_name(status));
    index_reader_free(reader);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("index_reader");
    tcase_add_checked_fixture(tests, open_fixture, close_fixture);
    tcase_add_test(tests, a_hit_brings_its_record);
    tcase_add_test(tests, hits_of_one_reply_have_one_group);
    tcase_add_test(tests, boolean_matches_combine);
    tcase_add_test(tests, statistics_count_passages_only);
    tcase_add_test(tests, a_reply_record_is_found_by_its_id);
    tcase_add_test(tests, what_was_replaced_or_removed_is_not_found_any_more);
    tcase_add_test(tests, a_single_character_is_found_wherever_it_stands);
    tcase_add_test(tests, the_best_of_words_that_end_with_one_passage_is_found_in_all_segments);
    tcase_add_test(tests, a_reader_sees_what_was_committed_when_it_reopens);
    tcase_add_loop_test(tests, a_missing_or_damaged_index_is_one_clear_line, 0, COUNT_OF(DAMAGES));
    tcase_add_test(tests, an_index_of_another_analysis_is_a_mismatch);
    tcase_add_test(tests, damage_that_is_met_while_reading_is_a_status);
    return run_tests("index_reader", tests);
}
