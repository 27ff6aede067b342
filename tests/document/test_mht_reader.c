/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/document/reading.h"

#define SAVED(type, body)                                                                          \
    "From: \"Saved by Windows Internet Explorer 11\"\r\nMIME-Version: 1.0\r\nContent-Type: " type  \
    "\r\n\r\n" body
#define RELATED "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_Next\""
#define PART(type, coding, body)                                                                   \
    "------=_Next\r\nContent-Type: " type "\r\nContent-Transfer-Encoding: " coding "\r\n\r\n" body \
    "\r\n"
#define END "------=_Next--\r\n"

START_TEST(a_saved_page_is_read_like_the_page)
{
    assert_reads(
        ".mht",
        TEXT(SAVED(RELATED, "for old programs\r\n" PART("image/gif", "base64", "R0lGODlh")
                                PART("text/html; charset=utf-8", "quoted-printable",
                                     "<html><p>=E5=AD=98=\r\n=E6=A1=A3=E3=80=82</p></html>") END)),
        "#\nP 存档。\n");
    assert_reads(".doc",
                 TEXT(SAVED(RELATED, PART("text/html", "base64",
                                          "PGh0bWw+PHA+5a2Y\r\n5qGj44CCPC9wPg==") END)),
                 "#\nP 存档。\n");
}
END_TEST

START_TEST(a_page_alone_and_one_in_nested_parts)
{
    assert_reads(".mht", TEXT(SAVED("text/html", "<html><p>正文。</p></html>")), "#\nP 正文。\n");
    assert_reads(
        ".mht",
        TEXT(SAVED(RELATED,
                   PART("multipart/alternative; boundary=in", "7bit",
                        "--in\r\nContent-Type: text/plain\r\n\r\nx\r\n--in\r\nContent-Type: "
                        "text/html\r\n\r\n<html><p>里面。</p></html>\r\n--in--") END)),
        "#\nP 里面。\n");
}
END_TEST

START_TEST(what_has_no_page_or_is_no_message_is_told_or_left_to_others)
{
    assert_refused(".mht", TEXT(SAVED(RELATED, PART("image/gif", "base64", "R0lGODlh") END)),
                   STATUS_EMPTY, "no page in this message");
    assert_refused(".mht", TEXT(SAVED("multipart/related", "no boundary")), STATUS_EMPTY,
                   "no page in this message");
    assert_reads(".txt", TEXT("Subject: 答复\n\n正文。\n"), "#\nL Subject: 答复\nB\nL 正文。\n");
}
END_TEST

START_TEST(cut_off_anywhere_it_is_read_or_refused)
{
    static const char WHOLE[] =
        SAVED(RELATED, PART("text/html", "quoted-printable", "<html><p>=E5=AD=98=\r\n</p>") END);
    for (size_t length = 1; length < sizeof(WHOLE) - 1; length++) {
        char *copy = malloc(length);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, WHOLE, length);
        struct reading reading;
        reading_init(&reading);
        reading_of(&reading, ".mht", text_of_bytes(copy, length));
        ck_assert(!reading.status || reading.error.message[0] != '\0');
        reading_release(&reading);
        free(copy);
    }
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_saved_page_is_read_like_the_page);
    tcase_add_test(tests, a_page_alone_and_one_in_nested_parts);
    tcase_add_test(tests, what_has_no_page_or_is_no_message_is_told_or_left_to_others);
    tcase_add_test(tests, cut_off_anywhere_it_is_read_or_refused);
}

int main(void)
{
    return reading_run("mht_reader", add_tests);
}
