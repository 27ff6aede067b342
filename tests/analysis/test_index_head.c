/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head of an index, identities and versions of replies, counts of characters. */
#include "indexer/analysis/index_head.h"

#include "indexer/analysis/field.h"
#include "tests/analysis/suite.h"

static void before(void)
{
    arena_init(&arena, 0);
}

static void after(void)
{
    arena_release(&arena);
}

static struct index_run dead[] = { { 3, 4, 3, 17 }, { 9, 1, 1, 300 } };
static struct index_segment segments[] = {
    { 2, 120, 100, 20, NULL, 0 },
    { 7, 12, 9, 3, dead, LENGTH_OF(dead) },
};
static const struct index_head HEAD = { .segments = segments,
                                        .segment_count = LENGTH_OF(segments),
                                        .next = 8,
                                        .version = 1ull << 40,
                                        .ledger = 5,
                                        .ledger_length = 123456789,
                                        .dictionaries = 2,
                                        .trained = 99 };

static struct text encoded(const struct index_head *head)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    ck_assert(!index_head_encode(head, &out, &error));
    return arena_text(&arena, buffer_text(&out));
}

START_TEST(a_head_is_read_as_it_was_written)
{
    struct index_head head;
    ck_assert(!index_head_decode(encoded(&HEAD), &arena, &head, &error));
    ck_assert_uint_eq(head.segment_count, 2);
    ck_assert_uint_eq(head.version, 1ull << 40);
    ck_assert_uint_eq(head.ledger_length, 123456789);
    ck_assert_uint_eq(head.segments[0].documents, 120);
    ck_assert_uint_eq(head.segments[1].dead_count, 2);
    ck_assert_uint_eq(head.segments[1].dead[1].first, 9);
    ck_assert_uint_eq(head.segments[1].dead[1].version, 300);
    ck_assert(text_equal(encoded(&head), encoded(&HEAD)));
}
END_TEST

START_TEST(a_head_that_is_cut_or_goes_on_is_damaged)
{
    struct index_head head;
    struct text bytes = encoded(&HEAD);
    for (size_t length = 0; length < bytes.length; length++)
        ck_assert_int_eq(index_head_decode(text_slice(bytes, 0, length), &arena, &head, &error),
                         STATUS_CORRUPT);
    CLEANUP(buffer_release) struct buffer longer = BUFFER_INIT;
    buffer_append(&longer, bytes);
    buffer_append_byte(&longer, 0);
    ck_assert_int_eq(index_head_decode(buffer_text(&longer), &arena, &head, &error), STATUS_CORRUPT);
}
END_TEST

START_TEST(dead_documents_lie_in_their_segment)
{
    struct index_run outside[] = { { 12, 2, 1, 1 } };
    struct index_segment segment = { 1, 12, 9, 3, outside, 1 };
    struct index_head head = HEAD, read;
    head.segments = &segment;
    head.segment_count = 1;
    ck_assert_int_eq(index_head_decode(encoded(&head), &arena, &read, &error), STATUS_CORRUPT);
}
END_TEST

START_TEST(what_is_dead_is_found_by_its_number)
{
    const bool expected[] = { false, false, true, true, true, true, false, false, true, false };
    for (uint32_t document = 1; document <= LENGTH_OF(expected); document++)
        ck_assert_int_eq(index_segment_is_dead(&segments[1], document), expected[document - 1]);
    ck_assert_uint_eq(index_segment_dead_passages(&segments[1]), 4);
    ck_assert(!index_segment_is_dead(&segments[0], 1));
}
END_TEST

START_TEST(another_format_is_told_with_what_to_do)
{
    ck_assert_int_eq(index_format_mismatch("/a/index", "1", &error), STATUS_MISMATCH);
    ck_assert_ptr_nonnull(strstr(error.message, "'/a/index' has format 1"));
    ck_assert_ptr_nonnull(strstr(error.message, "dafu-index reindex"));
    ck_assert_int_eq(index_format_mismatch("/a/index", "99", &error), STATUS_MISMATCH);
    ck_assert_ptr_nonnull(strstr(error.message, "newer dafu"));
    ck_assert_ptr_null(strstr(error.message, "reindex"));
}
END_TEST

START_TEST(an_identity_begins_with_that_of_all_its_versions)
{
    char prefix[INDEX_IDENTITY_MAX], first[INDEX_IDENTITY_MAX], last[INDEX_IDENTITY_MAX];
    size_t length = index_identity_prefix(TEXT("/a/b.txt"), prefix);
    size_t one = index_identity(TEXT("/a/b.txt"), 1, first);
    size_t all = index_identity(TEXT("/a/b.txt"), UINT64_MAX, last);
    ck_assert_mem_eq(prefix, first, length);
    ck_assert_mem_eq(prefix, last, length);
    ck_assert_uint_gt(one, length);
    ck_assert_uint_le(all, INDEX_IDENTITY_MAX);
    ck_assert_mem_eq(prefix, FIELDS[FIELD_ID].prefix, strlen(FIELDS[FIELD_ID].prefix));
    index_identity_prefix(TEXT("/a/c.txt"), last);
    ck_assert(memcmp(prefix, last, length) != 0);
}
END_TEST

START_TEST(a_document_has_one_term_without_nul)
{
    static const uint64_t GROUPS[] = { 0, 1, 64, 1ull << 40, (1ull << 48) - 1 };
    char terms[LENGTH_OF(GROUPS)][INDEX_GROUP_MAX];
    size_t length = index_group(7, terms[0]);
    ck_assert_uint_le(length, INDEX_GROUP_MAX);
    for (size_t i = 0; i < LENGTH_OF(GROUPS); i++) {
        ck_assert_uint_eq(index_group(GROUPS[i], terms[i]), length);
        ck_assert_mem_eq(terms[i], FIELDS[FIELD_GROUP].prefix, strlen(FIELDS[FIELD_GROUP].prefix));
        ck_assert_ptr_null(memchr(terms[i], '\0', length));
        for (size_t j = 0; j < i; j++)
            ck_assert(memcmp(terms[i], terms[j], length) != 0);
    }
}
END_TEST

START_TEST(versions_ascend_as_values_do)
{
    static const uint64_t VERSIONS[] = { 1, 2, 255, 256, 65535, 65536, 1ull << 40, UINT64_MAX };
    char before_it[INDEX_VERSION_MAX] = "", now[INDEX_VERSION_MAX] = "";
    size_t length_before = 0;
    for (size_t i = 0; i < LENGTH_OF(VERSIONS); i++) {
        size_t length = index_version(VERSIONS[i], now);
        ck_assert_uint_eq(index_version_read((struct text) { now, length }), VERSIONS[i]);
        size_t shorter = length < length_before ? length : length_before;
        ck_assert(memcmp(before_it, now, shorter) < (length_before < length ? 1 : 0));
        memcpy(before_it, now, sizeof(now));
        length_before = length;
    }
    ck_assert_uint_eq(index_version_read(TEXT("")), 0);
}
END_TEST

START_TEST(counts_of_characters_are_added_up)
{
    static uint32_t counts[CHARACTER_COUNTS_SIZE], read[CHARACTER_COUNTS_SIZE];
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    counts[0x4E00] = 7;
    counts[0x20000] = 1;
    counts[CHARACTER_COUNTS_SIZE - 1] = UINT32_MAX;
    read[0x4E00] = 1;
    ck_assert(!character_counts_encode(counts, &out, &error));
    ck_assert(!character_counts_decode(buffer_text(&out), read, &error));
    ck_assert_uint_eq(read[0x4E00], 8);
    ck_assert_uint_eq(read[0x20000], 1);
    ck_assert_uint_eq(read[CHARACTER_COUNTS_SIZE - 1], UINT32_MAX);
    ck_assert_int_eq(character_counts_decode(TEXT("\xFF\xFF\xFF\xFF\x7F\x01"), read, &error),
                     STATUS_CORRUPT);
    ck_assert_int_eq(character_counts_decode(TEXT("\x01"), read, &error), STATUS_CORRUPT);
}
END_TEST

RUN_SUITE("index_head", before, after, a_head_is_read_as_it_was_written,
          a_head_that_is_cut_or_goes_on_is_damaged, dead_documents_lie_in_their_segment,
          what_is_dead_is_found_by_its_number, another_format_is_told_with_what_to_do,
          an_identity_begins_with_that_of_all_its_versions,
          a_document_has_one_term_without_nul, versions_ascend_as_values_do,
          counts_of_characters_are_added_up)
