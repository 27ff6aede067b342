/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text as lines. */
#include "tests/document/reading.h"

START_TEST(every_line_is_a_block)
{
    assert_reads(".txt", TEXT("标题\n\n正文。\n"), "#\nL 标题\nB\nL 正文。\n");
}
END_TEST

START_TEST(the_last_line_needs_no_end)
{
    assert_reads(".txt", TEXT("一\n二"), "#\nL 一\nL 二\n");
}
END_TEST

START_TEST(lf_crlf_and_cr_end_a_line)
{
    assert_reads(".txt", TEXT("一\r\n二\r三\n四\r\n\r\n五\n"),
                 "#\nL 一\nL 二\nL 三\nL 四\nB\nL 五\n");
}
END_TEST

START_TEST(a_byte_order_mark_is_not_text)
{
    assert_reads(".txt", TEXT("\xEF\xBB\xBF标题\n"), "#\nL 标题\n");
}
END_TEST

START_TEST(blanks_inside_and_around_a_line_stay)
{
    assert_reads(".txt", TEXT("　　一 二\t \n"), "#\nL 　　一 二\t \n");
}
END_TEST

START_TEST(a_line_of_blanks_is_blank)
{
    assert_reads(".txt", TEXT("一\n \t　\n二\n"), "#\nL 一\nB\nL 二\n");
}
END_TEST

START_TEST(a_form_feed_ends_line_and_page)
{
    assert_reads(".txt", TEXT("一\f二\n\f三\n"), "#\nL 一\nB\nL 二\nB\nL 三\n");
}
END_TEST

START_TEST(many_blank_lines_are_as_good_as_three)
{
    assert_reads(".txt", TEXT("一\n\n\n\n\n\n\n二\n"), "#\nL 一\nB\nB\nB\nL 二\n");
}
END_TEST

START_TEST(a_file_without_an_extension_is_read_too)
{
    assert_reads("", TEXT("一\n"), "#\nL 一\n");
}
END_TEST

static enum status check_places(void *context, const struct document *document, struct error *error)
{
    struct text bytes = *(const struct text *)context;
    (void)error;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        uint64_t offset = 0, length = 0;
        span_map_source(&block->map, 0, block->text.length, &offset, &length);
        ck_assert_uint_eq(length, block->text.length);
        if (length > 0)
            ck_assert_mem_eq(bytes.data + offset, block->text.data, length);
    }
    ck_assert_uint_eq(document->block_count, 7);
    ck_assert_uint_eq(document->blocks[0].page, 1);
    ck_assert_uint_eq(document->blocks[6].page, 2);
    ck_assert_str_eq(document->reader, "text");
    ck_assert(!document->repaired && !document->single_passage);
    return STATUS_OK;
}

START_TEST(every_line_knows_its_bytes_and_its_page)
{
    struct text bytes = TEXT("\xEF\xBB\xBF甲\r\n\r\n  乙\r丙\n丁\f戊");
    char path[256];
    struct error error;
    struct document_receiver receiver = { check_places, NULL, &bytes, false };
    reading_make_path(path, sizeof(path), ".txt");
    reading_write(path, bytes);
    ck_assert_int_eq(readers_read(path, &receiver, &error), STATUS_OK);
    unlink(path);
}
END_TEST

START_TEST(a_file_without_text_is_empty)
{
    assert_refused(".txt", TEXT(""), STATUS_EMPTY, "file is empty");
    assert_refused(".txt", TEXT("\xEF\xBB\xBF"), STATUS_EMPTY, "file is empty");
    assert_refused(".txt", TEXT(" \r\n\n\f\n　\n"), STATUS_EMPTY, "file is empty");
}
END_TEST

START_TEST(a_binary_file_is_no_text)
{
    assert_refused(".txt",
                   TEXT("\x7F"
                        "ELF\2\1\1\0\0\0"),
                   STATUS_UNSUPPORTED, "binary file");
    assert_refused(".txt", TEXT("\1\2\3\4\5\6 abc"), STATUS_UNSUPPORTED, "binary file");
}
END_TEST

START_TEST(a_nul_far_inside_makes_a_file_binary)
{
    char bytes[10000];
    memset(bytes, 'a', sizeof(bytes));
    bytes[9000] = '\0';
    assert_refused(".txt", (struct text) { bytes, sizeof(bytes) }, STATUS_UNSUPPORTED,
                   "binary file");
}
END_TEST

START_TEST(a_stray_control_character_does_no_harm)
{
    assert_reads(".txt", TEXT("一二三四五六七八九十\x08一二三四五六七八九十\n"),
                 "#\nL 一二三四五六七八九十\x08一二三四五六七八九十\n");
}
END_TEST

START_TEST(a_bad_byte_in_utf8_becomes_a_replacement_character)
{
    assert_reads(".txt", TEXT("您提出的建议收悉。\n现答复\xFF如下：\n一、基本情况\xE4\xB8"),
                 "#\nL 您提出的建议收悉。\nL 现答复\uFFFD如下：\nL 一、基本情况\uFFFD\n");
}
END_TEST

START_TEST(a_byte_order_mark_tells_utf16)
{
    assert_reads(".txt", TEXT("\xFF\xFE\x00\x4E"), "#\nL 一\n");
    assert_reads(".txt", TEXT("\xFE\xFF\x4E\x00"), "#\nL 一\n");
}
END_TEST

START_TEST(other_encodings_are_read)
{
    assert_reads(".txt", TEXT("\xFE\xFF\x4E\x00"), "#\nL 一\n");
    assert_reads(".txt", TEXT("\xFF\xFE\0\0\x00\x4E\0\0"), "#\nL 一\n");
    assert_reads(".txt",
                 TEXT("\xB9\xD8\xD3\xDA\xCC\xE1\xB0\xB8\xB5\xC4\xB4\xF0\xB8\xB4\r\n\xD2\xBB\n"),
                 "#\nL 关于提案的答复\nL 一\n");
}
END_TEST

/* The second line of GB18030 text: its first character, and all of it. */
static enum status check_gb_places(void *context, const struct document *document,
                                   struct error *error)
{
    uint64_t offset = 0, length = 0;
    (void)context;
    (void)error;
    ck_assert_uint_eq(document->block_count, 2);
    span_map_source(&document->blocks[1].map, 0, 3, &offset, &length);
    ck_assert_uint_eq(offset, 16);
    ck_assert_uint_eq(length, 2);
    span_map_source(&document->blocks[1].map, 0, document->blocks[1].text.length, &offset, &length);
    ck_assert_uint_eq(offset, 16);
    ck_assert_uint_eq(length, 5);
    ck_assert_str_eq(document->encoding, "GB18030");
    ck_assert_str_eq(document->encoding_origin, "detected");
    ck_assert_uint_eq(document->replaced, 0);
    return STATUS_OK;
}

START_TEST(a_line_of_another_encoding_knows_its_bytes)
{
    char path[256];
    struct error error;
    struct document_receiver receiver = { check_gb_places, NULL, NULL, false };
    reading_make_path(path, sizeof(path), ".txt");
    reading_write(path, TEXT("\xB9\xD8\xD3\xDA\xCC\xE1\xB0\xB8\xB5\xC4\xB4\xF0\xB8\xB4\r\n\xD2\xBB"
                             "1\xB6\xFE"));
    ck_assert_int_eq(readers_read(path, &receiver, &error), STATUS_OK);
    unlink(path);
}
END_TEST

START_TEST(a_text_cut_anywhere_never_does_harm)
{
    struct text bytes = TEXT("\xEF\xBB\xBF市民政局\r\n\r\n（一）养老😀。\f尾\n");
    for (size_t length = 0; length <= bytes.length; length++) {
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".txt", text_slice(bytes, 0, length));
        ck_assert(reading.status == STATUS_OK || reading.status == STATUS_INVALID ||
                  reading.status == STATUS_EMPTY);
        reading_release(&reading);
    }
}
END_TEST

/* Its length alone tells; the file has holes and is not read. */
START_TEST(a_file_of_200_mib_is_refused_by_its_length)
{
    char path[256];
    char bytes[READER_HEAD_BYTES];
    memset(bytes, 'a', sizeof(bytes));
    reading_make_path(path, sizeof(path), ".txt");
    reading_write(path, (struct text) { bytes, sizeof(bytes) });
    ck_assert_int_eq(truncate(path, (off_t)200 << 20), 0);
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    unlink(path);
    ck_assert_int_eq(reading.status, STATUS_LIMIT);
    ck_assert_str_eq(reading_message(&reading), "longer than 64 MiB");
    reading_release(&reading);
}
END_TEST

START_TEST(a_compressed_line_of_200_mib_is_refused_when_64_are_through)
{
    static char unit[1 << 16];
    char path[256];
    memset(unit, 'a', sizeof(unit));
    reading_make_path(path, sizeof(path), ".txt.xz");
    reading_write_xz(path, TEXT(""), (struct text) { unit, sizeof(unit) }, 3200, TEXT("\n"));
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    unlink(path);
    ck_assert_int_eq(reading.status, STATUS_LIMIT);
    ck_assert_str_eq(reading_message(&reading), "longer than 64 MiB");
    reading_release(&reading);
}
END_TEST

START_TEST(a_file_of_a_million_lines_is_refused)
{
    size_t count = DOCUMENT_BLOCKS_MAX + 1;
    char *bytes = malloc(2 * count);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < count; i++)
        memcpy(bytes + 2 * i, "a\n", 2);
    assert_refused(".txt", (struct text) { bytes, 2 * count }, STATUS_LIMIT,
                   "more than 524288 lines");
    free(bytes);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, every_line_is_a_block);
    tcase_add_test(tests, the_last_line_needs_no_end);
    tcase_add_test(tests, lf_crlf_and_cr_end_a_line);
    tcase_add_test(tests, a_byte_order_mark_is_not_text);
    tcase_add_test(tests, blanks_inside_and_around_a_line_stay);
    tcase_add_test(tests, a_line_of_blanks_is_blank);
    tcase_add_test(tests, a_form_feed_ends_line_and_page);
    tcase_add_test(tests, many_blank_lines_are_as_good_as_three);
    tcase_add_test(tests, a_file_without_an_extension_is_read_too);
    tcase_add_test(tests, every_line_knows_its_bytes_and_its_page);
    tcase_add_test(tests, a_file_without_text_is_empty);
    tcase_add_test(tests, a_binary_file_is_no_text);
    tcase_add_test(tests, a_nul_far_inside_makes_a_file_binary);
    tcase_add_test(tests, a_stray_control_character_does_no_harm);
    tcase_add_test(tests, a_bad_byte_in_utf8_becomes_a_replacement_character);
    tcase_add_test(tests, a_byte_order_mark_tells_utf16);
    tcase_add_test(tests, other_encodings_are_read);
    tcase_add_test(tests, a_line_of_another_encoding_knows_its_bytes);
    tcase_add_test(tests, a_text_cut_anywhere_never_does_harm);
    tcase_add_test(tests, a_file_of_200_mib_is_refused_by_its_length);
    tcase_add_test(tests, a_compressed_line_of_200_mib_is_refused_when_64_are_through);
    tcase_add_test(tests, a_file_of_a_million_lines_is_refused);
}

int main(void)
{
    return reading_run("text_reader", add_tests);
}
