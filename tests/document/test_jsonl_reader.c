/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines: one document a line. */
#include <iconv.h>

#include "tests/document/reading.h"

START_TEST(a_line_is_a_document_of_one_block)
{
    assert_reads(".jsonl",
                 TEXT("{\"id\": \"a\", \"title\": \"甲\", \"text\": \"一\"}\n"
                      "{\"id\": \"b\", \"title\": \"甲\", \"text\": \"二\"}\n"),
                 "#a\ntitle=甲\nP 一\n#b\ntitle=甲\nP 二\n");
}
END_TEST

START_TEST(line_breaks_of_the_text_stay)
{
    assert_reads(".jsonl", TEXT("{\"id\":\"a\",\"text\":\"一\\n\\n二\"}"), "#a\nP 一\n\n二\n");
}
END_TEST

static enum status check_document(void *context, const struct document *document,
                                  struct error *error)
{
    (void)context;
    (void)error;
    ck_assert(document->single_passage && !document->repaired);
    ck_assert_str_eq(document->reader, "jsonl");
    ck_assert(text_equal(document->group, TEXT("民法典")));
    uint64_t offset = 0, length = 0;
    span_map_source(&document->blocks[0].map, 0, 1, &offset, &length);
    ck_assert_uint_eq(offset, 1);
    ck_assert_uint_eq(length, 48);
    return STATUS_OK;
}

START_TEST(the_title_is_the_larger_document_and_the_line_the_place)
{
    char path[256];
    struct error error;
    struct document_receiver receiver = { check_document, NULL, NULL, false };
    reading_make_path(path, sizeof(path), ".jsonl");
    reading_write(path, TEXT("\n{\"id\":\"a\",\"title\":\"民法典\",\"text\":\"一\"}    \n"));
    ck_assert_msg(readers_read(path, &receiver, &error) == STATUS_OK, "%s", error.message);
    unlink(path);
}
END_TEST

START_TEST(other_known_keys_are_declared_and_unknown_ones_ignored)
{
    assert_reads(".jsonl",
                 TEXT("{\"id\":\"a\",\"text\":\"一\",\"issuer\":\" 某局 \",\"date\":\"2024\","
                      "\"url\":\"http://x\",\"doc_number\":\"某〔2024〕1号\",\"x\":{\"y\":[1]},"
                      "\"title\":null}"),
                 "#a\nissuer=某局\ndoc_number=某〔2024〕1号\ndate=2024\nurl=http://x\nP 一\n");
}
END_TEST

START_TEST(a_number_is_a_name_too)
{
    assert_reads(".jsonl", TEXT("{\"id\":-12,\"text\":\"一\"}"), "#-12\nP 一\n");
}
END_TEST

START_TEST(a_line_without_a_name_is_named_by_file_and_line)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl", TEXT("\n{\"text\":\"一\"}"));
    ck_assert_int_eq(reading.status, STATUS_OK);
    const char *id = strrchr(reading.path, '/') + 1;
    ck_assert_msg(strncmp(reading.text.data + 1, id, strlen(id) - strlen(".jsonl")) == 0, "%s",
                  reading.text.data);
    ck_assert_ptr_nonnull(strstr(reading.text.data, ":2\n"));
    reading_release(&reading);
}
END_TEST

START_TEST(byte_order_mark_crlf_and_blank_lines_do_no_harm)
{
    assert_reads(".jsonl",
                 TEXT("\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"一\"}\r\n\r\n \t\r\n"
                      "{\"id\":\"b\",\"text\":\"二\"}\r\n\r\n"),
                 "#a\nP 一\n#b\nP 二\n");
}
END_TEST

/* The line as iconv's `encoding` has it. */
static void assert_line_reads_from(const char *encoding, const char *extension, const char *line,
                                   const char *expected)
{
    struct buffer bytes = BUFFER_INIT;
    char out[4096], *in = (char *)line, *to = out;
    size_t left = strlen(line), room = sizeof(out);
    iconv_t codec = iconv_open(encoding, "UTF-8");
    ck_assert(codec != (iconv_t)-1);
    ck_assert_uint_eq(iconv(codec, &in, &left, &to, &room), 0);
    iconv_close(codec);
    buffer_append(&bytes, text_of_bytes(out, sizeof(out) - room));
    assert_reads(extension, buffer_text(&bytes), expected);
    buffer_release(&bytes);
}

START_TEST(lines_may_be_in_any_encoding)
{
    static const char *const ENCODINGS[] = { "GB18030", "GBK", "BIG5-HKSCS", "UTF-16", "UTF-16LE" };
    /* 誠, 許 and 功 end in the byte of a backslash in one encoding or another */
    const char *line = "{\"id\":\"甲\",\"text\":\"許多地方的誠信建設，成功辦理。\\n關於交通\"}\n"
                       "{\"id\":\"乙\",\"text\":\"第二行的功能與內容\"}\n";
    for (size_t i = 0; i < sizeof(ENCODINGS) / sizeof(ENCODINGS[0]); i++) {
        const char *read =
            "#甲\nP 許多地方的誠信建設，成功辦理。\n關於交通\n#乙\nP 第二行的功能與內容\n";
        assert_line_reads_from(ENCODINGS[i], ".jsonl", line, read);
        assert_line_reads_from(ENCODINGS[i], "", line, read);
    }
}
END_TEST

START_TEST(an_encoding_that_shows_late_is_found)
{
    struct buffer lines = BUFFER_INIT;
    for (int i = 0; i < 300; i++)
        buffer_printf(&lines, "{\"id\":%d,\"text\":\"nothing but letters\"}\n", i);
    buffer_append(&lines, TEXT("{\"id\":300,\"text\":\"\xD5\xFE\xD0\xAD\xCC\xE1\xB0\xB8\xB4\xF0\xB8"
                               "\xB4\xA1\xA3\"}\n"));
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl", buffer_text(&lines));
    ck_assert_uint_eq(reading.documents, 301);
    ck_assert_ptr_nonnull(strstr(reading.text.data, "#300\nP 政协提案答复。\n"));
    reading_release(&reading);
    buffer_release(&lines);
}
END_TEST

START_TEST(a_damaged_line_does_not_change_the_encoding)
{
    assert_reads_warning(".jsonl",
                         TEXT("{\"id\":\"a\",\"text\":\"感谢您对我市交通工作的关心。\"}\n"
                              "{\"id\":\"b\",\"text\":\"\xD5\xFE\xD0\xAD\xCC\xE1\"}\n"
                              "{\"id\":\"c\",\"text\":\"丙\"}\n"),
                         "#a\nP 感谢您对我市交通工作的关心。\n#c\nP 丙\n",
                         "line 2, column 18: unable to decode byte 0xd5 near '\"'\n");
}
END_TEST

START_TEST(json_lines_are_known_without_an_extension)
{
    assert_reads("", TEXT("{\"id\":\"a\",\"text\":\"一\"}\n"), "#a\nP 一\n");
}
END_TEST

START_TEST(a_bad_line_is_named_and_left_out)
{
    struct text bytes = TEXT("{\"id\":\"a\",\"text\":\"一\"}\n"
                             "{\"id\":\"b\",\"text\":\"一\n"
                             "[]\n"
                             "{\"id\":\"c\",\"text\":\"a\\u0000b\"}\n"
                             "{\"id\":\"d\",\"id\":\"e\",\"text\":\"一\"}\n"
                             "{\"id\":\"f\"}\n"
                             "{\"id\":\"g\",\"text\":5}\n"
                             "{\"id\":\"h\",\"text\":\" \\n\"}\n"
                             "{\"id\":\"i\",\"text\":\"\xFF\"}\n"
                             "{\"id\":\"j\",\"text\":\"一\"} x\n"
                             "{\"id\":{},\"text\":\"一\"}\n"
                             "{\"id\":\"z\",\"text\":\"末\"}");
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl", bytes);
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_str_eq(reading_string(&reading.text), "#a\nP 一\n#z\nP 末\n");
    ck_assert_uint_eq(reading.warnings, 10);
    char *line = strtok(reading.warned.data, "\n");
    for (int number = 2; number <= 11; number++, line = strtok(NULL, "\n")) {
        char expected[32];
        snprintf(expected, sizeof(expected), "line %d", number);
        ck_assert_msg(strncmp(line, expected, strlen(expected)) == 0, "%s", line);
    }
    reading_release(&reading);
}
END_TEST

START_TEST(problems_are_said_clearly)
{
    static const struct {
        const char *line, *message;
    } ROWS[] = {
        { "[1]", "line 1: not a JSON object" },
        { "{\"id\":\"a\"}", "line 1: no \"text\"" },
        { "{\"text\":[]}", "line 1: \"text\" is not a string" },
        { "{\"text\":\"a\",\"title\":1}", "line 1: \"title\" is not a string" },
        { "{\"text\":\"a", "line 1, column 10: premature end of input near '\"a'" },
        { "{\"text\":\"a\",\"text\":\"b\"}",
          "line 1, column 18: duplicate object key near '\"text\"'" },
    };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++)
        assert_refused(".jsonl", text_of(ROWS[i].line), STATUS_INVALID, ROWS[i].message);
}
END_TEST

START_TEST(a_file_of_bad_lines_is_one_error)
{
    assert_refused(".jsonl", TEXT("[]\n[]\n{}\n"), STATUS_INVALID,
                   "line 1: not a JSON object (and 2 more like this, nothing else)");
}
END_TEST

START_TEST(after_twenty_warnings_the_rest_is_a_number)
{
    struct buffer bytes = BUFFER_INIT;
    for (int i = 0; i < 1000; i++)
        buffer_append(&bytes, TEXT("x\n"));
    buffer_append(&bytes, TEXT("{\"text\":\"a\"}\nx\n"));
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl", buffer_text(&bytes));
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_uint_eq(reading.documents, 1);
    ck_assert_uint_eq(reading.warnings, READER_WARNINGS_MAX + 1);
    ck_assert_ptr_nonnull(strstr(reading.warned.data, "\n981 more parts left out\n"));
    reading_release(&reading);
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_file_of_blank_lines_is_empty)
{
    assert_refused(".jsonl", TEXT("\n\r\n  \n"), STATUS_EMPTY, "file is empty");
}
END_TEST

START_TEST(lines_cut_anywhere_never_do_harm)
{
    struct text bytes =
        TEXT("{\"id\":\"a\",\"title\":\"甲\",\"text\":\"一\\u4e2d\\ud83d\\ude00\"}\n"
             "{\"id\":2,\"text\":\"二\",\"x\":[1,{\"y\":null}]}\n");
    for (size_t length = 0; length <= bytes.length; length++) {
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".jsonl", text_slice(bytes, 0, length));
        ck_assert_uint_le(reading.documents, 2);
        ck_assert(reading.documents > 0 ? reading.status == STATUS_OK
                                        : reading.status != STATUS_OK);
        reading_release(&reading);
    }
}
END_TEST

START_TEST(a_line_that_is_too_long_is_left_out)
{
    static char unit[1 << 16];
    char path[256];
    memset(unit, 'a', sizeof(unit));
    reading_make_path(path, sizeof(path), ".jsonl.xz");
    reading_write_xz(path, TEXT("{\"id\":\"a\",\"text\":\"一\"}\n{\"id\":\"b\",\"text\":\""),
                     (struct text) { unit, sizeof(unit) }, 3200,
                     TEXT("\"}\n{\"id\":\"c\",\"text\":\"三\"}\n"));
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    unlink(path);
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_str_eq(reading_string(&reading.text), "#a\nP 一\n#c\nP 三\n");
    ck_assert_str_eq(reading_string(&reading.warned), "line 2: longer than 64 MiB\n");
    reading_release(&reading);
}
END_TEST

START_TEST(brackets_without_end_are_an_error)
{
    static char bytes[100000];
    memset(bytes, '[', sizeof(bytes));
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl", (struct text) { bytes, sizeof(bytes) });
    ck_assert_int_eq(reading.status, STATUS_INVALID);
    reading_release(&reading);
}
END_TEST

START_TEST(the_receiver_can_stop_the_reading)
{
    struct reading reading;
    reading_init(&reading);
    reading.answer = STATUS_STOPPED;
    reading_of(&reading, ".jsonl", TEXT("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"));
    ck_assert_int_eq(reading.status, STATUS_STOPPED);
    ck_assert_uint_eq(reading.documents, 1);
    ck_assert_str_eq(reading_message(&reading), "enough");
    reading_release(&reading);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_line_is_a_document_of_one_block);
    tcase_add_test(tests, line_breaks_of_the_text_stay);
    tcase_add_test(tests, the_title_is_the_larger_document_and_the_line_the_place);
    tcase_add_test(tests, other_known_keys_are_declared_and_unknown_ones_ignored);
    tcase_add_test(tests, a_number_is_a_name_too);
    tcase_add_test(tests, a_line_without_a_name_is_named_by_file_and_line);
    tcase_add_test(tests, byte_order_mark_crlf_and_blank_lines_do_no_harm);
    tcase_add_test(tests, lines_may_be_in_any_encoding);
    tcase_add_test(tests, an_encoding_that_shows_late_is_found);
    tcase_add_test(tests, a_damaged_line_does_not_change_the_encoding);
    tcase_add_test(tests, json_lines_are_known_without_an_extension);
    tcase_add_test(tests, a_bad_line_is_named_and_left_out);
    tcase_add_test(tests, problems_are_said_clearly);
    tcase_add_test(tests, a_file_of_bad_lines_is_one_error);
    tcase_add_test(tests, after_twenty_warnings_the_rest_is_a_number);
    tcase_add_test(tests, a_file_of_blank_lines_is_empty);
    tcase_add_test(tests, lines_cut_anywhere_never_do_harm);
    tcase_add_test(tests, a_line_that_is_too_long_is_left_out);
    tcase_add_test(tests, brackets_without_end_are_an_error);
    tcase_add_test(tests, the_receiver_can_stop_the_reading);
}

int main(void)
{
    return reading_run("jsonl_reader", add_tests);
}
