/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/csv_records.h"
#include "tests/document/reading.h"

START_TEST(a_row_is_a_document)
{
    assert_reads(".csv",
                 TEXT("id,title,text,url,date,issuer\r\n"
                      "7,关于提案的答复,\"第一段。\n\n第二段。\",http://a/1,2025-08-06,某局\r\n"),
                 "#7\ntitle=关于提案的答复\nurl=http://a/1\ndate=2025-08-06\nissuer=某局\n"
                 "L 第一段。\nB\nL 第二段。\n");
}
END_TEST

START_TEST(the_names_of_the_columns_may_be_chinese)
{
    assert_reads(".csv",
                 TEXT("\xEF\xBB\xBF标题,发文机关,发布日期,发文字号,链接,其他,正文\n"
                      "某答复,某局,2025-08-06,某函〔2025〕1号,http://a/1,x,内容在此\n"),
                 "#http://a/1\ntitle=某答复\nurl=http://a/1\ndate=2025-08-06\ndate_origin=发布\n"
                 "issuer=某局\ndoc_number=某函〔2025〕1号\nL 内容在此\n");
}
END_TEST

START_TEST(the_content_tells_it_and_not_the_extension)
{
    assert_reads(".txt", TEXT("ID;Content;Publish_Date\n1;正文;2025\n"),
                 "#1\ndate=2025\ndate_origin=发布\nL 正文\n");
    assert_reads(".txt", TEXT("标题，正文\n一行普通的文字\n"),
                 "#\nL 标题，正文\nL 一行普通的文字\n");
}
END_TEST

START_TEST(quotes_are_those_of_rfc_4180)
{
    assert_reads(
        ".csv", TEXT("id,text\n1,\"他说：\"\"收悉\"\"，谢谢\"\n\n2,没有\"引\"号\n3,\"尾\"巴\n5,末"),
        "#1\nL 他说：\"收悉\"，谢谢\n#2\nL 没有\"引\"号\n#3\nL 尾巴\n#5\nL 末\n");
}
END_TEST

START_TEST(commas_nobody_quoted_stay_in_the_last_column)
{
    assert_reads(".csv", TEXT("id,text\n1,一,二,三\n"), "#1\nL 一,二,三\n");
}
END_TEST

START_TEST(a_row_without_text_is_left_out)
{
    assert_reads_warning(".csv", TEXT("id,text\n1,\n2,有\n3\n"), "#2\nL 有\n",
                         "line 2: no text\nline 4: no text\n");
}
END_TEST

START_TEST(exports_of_excel_in_gbk_are_read)
{
    /* 编号,标题,正文 / 1,某,您提出的提案收悉，现答复如下： */
    assert_reads(".csv",
                 TEXT("\xB1\xE0\xBA\xC5,\xB1\xEA\xCC\xE2,\xD5\xFD\xCE\xC4\r\n1,\xC4\xB3,"
                      "\xC4\xFA\xCC\xE1\xB3\xF6\xB5\xC4\xCC\xE1\xB0\xB8\xCA\xD5\xCF\xA4\xA3\xAC"
                      "\xCF\xD6\xB4\xF0\xB8\xB4\xC8\xE7\xCF\xC2\xA3\xBA\r\n"),
                 "#1\ntitle=某\nL 您提出的提案收悉，现答复如下：\n");
}
END_TEST

START_TEST(unicode_text_of_excel_is_read)
{
    assert_reads(".csv",
                 TEXT("\xFF\xFEi\0d\0\t\0t\0e\0x\0t\0\n\0"
                      "1\0\t\0\x63\x6B\x87\x65\n\0"),
                 "#1\nL 正文\n");
}
END_TEST

START_TEST(text_that_is_a_piece_of_a_web_page_is_read_as_one)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".csv",
               TEXT("id,title,content\n9,某答复,\"<p>您提出的提案收悉。</p><p>现答<b>复</b>如下：</"
                    "p>\"\n"));
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_ptr_nonnull(strstr(reading.text.data, "#9\ntitle=某答复\n"));
    ck_assert_ptr_nonnull(strstr(reading.text.data, " 您提出的提案收悉。\n"));
    ck_assert_ptr_nonnull(strstr(reading.text.data, " 现答复如下：\n"));
    reading_release(&reading);
}
END_TEST

START_TEST(a_file_without_a_text_column_is_refused)
{
    assert_refused(".csv", TEXT("id,title\n1,x\n"), STATUS_UNSUPPORTED,
                   "no column for the text in the first row (text, content, 正文, 内容)");
    assert_refused(".csv", TEXT("id,text\n"), STATUS_EMPTY,
                   "no rows below the names of the columns");
}
END_TEST

START_TEST(a_quote_that_is_never_closed_ends_the_reading)
{
    assert_refused_after(".csv", TEXT("id,text\n1,好\n2,\"坏\n3,丢\n"), "#1\nL 好\n",
                         STATUS_INVALID, "line 3: a quote that is never closed");
}
END_TEST

START_TEST(a_large_file_is_read_row_by_row)
{
    struct buffer bytes = BUFFER_INIT;
    struct reading reading;
    reading_init(&reading);
    reading.quiet = true;
    buffer_printf(&bytes, "id,text\n");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&bytes, "%d,\"第%d段，\n第二行\"\n", i, i);
    reading_of(&reading, ".csv", buffer_text(&bytes));
    ck_assert_int_eq(reading.status, STATUS_OK);
    ck_assert_uint_eq(reading.documents, 100000);
    reading_release(&reading);
    buffer_release(&bytes);
}
END_TEST

START_TEST(ceilings_hold)
{
    struct buffer bytes = BUFFER_INIT;
    buffer_printf(&bytes, "id,text\n1,");
    for (int i = 0; i < CSV_FIELDS_MAX; i++)
        buffer_append_byte(&bytes, ',');
    assert_refused(".csv", buffer_text(&bytes), STATUS_LIMIT, "line 2: more than 256 fields");
    buffer_release(&bytes);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_row_is_a_document);
    tcase_add_test(tests, the_names_of_the_columns_may_be_chinese);
    tcase_add_test(tests, the_content_tells_it_and_not_the_extension);
    tcase_add_test(tests, quotes_are_those_of_rfc_4180);
    tcase_add_test(tests, commas_nobody_quoted_stay_in_the_last_column);
    tcase_add_test(tests, a_row_without_text_is_left_out);
    tcase_add_test(tests, exports_of_excel_in_gbk_are_read);
    tcase_add_test(tests, unicode_text_of_excel_is_read);
    tcase_add_test(tests, text_that_is_a_piece_of_a_web_page_is_read_as_one);
    tcase_add_test(tests, a_file_without_a_text_column_is_refused);
    tcase_add_test(tests, a_quote_that_is_never_closed_ends_the_reading);
    tcase_add_test(tests, a_large_file_is_read_row_by_row);
    tcase_add_test(tests, ceilings_hold);
}

int main(void)
{
    return reading_run("csv_reader", add_tests);
}
