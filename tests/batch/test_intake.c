/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From files to replies: how they are named, and what is told and counted. */
#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/intake.h"

#define LETTER                                                                                                                        \
    "关于市政协第9号提案的答复\n\n王某某委员：\n您提出的《关于加强古树名木保护的提案》收悉，" \
    "现答复如下：\n一、工作情况\n全市登记古树名木312株。\n"

static struct intake intake;
static enum status answer; /* of note_reply */
static volatile sig_atomic_t stop_flag;

static enum status note_reply(void *context, const struct reply *reply, struct arena *of_reply,
                              struct error *detail)
{
    ck_assert_ptr_nonnull(intake.document);
    buffer_printf(&lines, "%.*s", TEXT_ARG(reply->id));
    if (!text_equal(reply->id, reply->source))
        buffer_printf(&lines, " of %.*s", TEXT_ARG(reply->source));
    note("");
    return answer ? error_set(detail, answer, "no more") : STATUS_OK;
}

static void tell(void *context, const char *line)
{
    buffer_printf(&lines, "! %s\n", line);
}

static enum status begin(void *context, struct text source, struct error *detail)
{
    buffer_printf(&lines, "> %.*s\n", TEXT_ARG(source));
    return STATUS_OK;
}

static enum status end(void *context, bool complete, struct error *detail)
{
    note(complete ? "< complete" : "< in part");
    return STATUS_OK;
}

static void start(void)
{
    intake_init(&intake);
    intake.reply = note_reply;
    intake.tell = tell;
    answer = STATUS_OK;
    stop_flag = 0;
}

static enum status run(const char *path)
{
    return intake_run(&intake, path, &error);
}

START_TEST(a_reply_is_known_by_its_absolute_path)
{
    start();
    write_file("a/letter.txt", LETTER);
    ck_assert_int_eq(chdir(at("a")), 0);
    ck_assert_int_eq(run("letter.txt"), STATUS_OK);
    ck_assert_int_eq(chdir("/"), 0);
    assert_lines("$/a/letter.txt\n");
    intake_release(&intake);
}
END_TEST

START_TEST(an_id_of_its_own_comes_first_and_a_missing_one_is_the_number)
{
    start();
    write_file("a.jsonl", "{\"id\":\"x1\",\"text\":\"甲\"}\n{\"text\":\"乙\"}\n"
                          "{\"id\":\"\",\"text\":\"丙\"}\n");
    ck_assert_int_eq(run(at("a.jsonl")), STATUS_OK);
    assert_lines("x1 of $/a.jsonl\n$/a.jsonl#2 of $/a.jsonl\n$/a.jsonl#3 of $/a.jsonl\n");
    intake_release(&intake);
}
END_TEST

START_TEST(letters_on_one_page_are_numbered)
{
    start();
    ck_assert_int_eq(run(DAFU_SOURCE_DIR "/tests/fixtures/html/letters.html"), STATUS_OK);
    char expected[3 * PATH_MAX];
    char *page = realpath(DAFU_SOURCE_DIR "/tests/fixtures/html/letters.html", NULL);
    snprintf(expected, sizeof(expected), "%s\n%s#2 of %s\n%s#3 of %s\n", page, page, page, page,
             page);
    free(page);
    assert_lines(expected);
    intake_release(&intake);
}
END_TEST

START_TEST(a_name_that_is_no_text_is_written_in_digits)
{
    start();
    write_file("a\nb\xFF.txt", LETTER);
    ck_assert_int_eq(run(folder), STATUS_OK);
    assert_lines("$/a\\x0Ab\\xFF.txt\n");
    intake_release(&intake);
}
END_TEST

START_TEST(what_cannot_be_read_is_told_and_the_rest_goes_on)
{
    start();
    write_file("a.txt", "");
    write_file("b.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\nnonsense\n");
    write_file("c.txt", LETTER);
    intake.begin = begin;
    intake.end = end;
    ck_assert_int_eq(run(folder), STATUS_OK);
    assert_lines("> $/a.txt\n! $/a.txt: file is empty\n< in part\n"
                 "> $/b.jsonl\n1 of $/b.jsonl\n"
                 "! $/b.jsonl: line 2, column 8: '[' or '{' expected near 'nonsense'\n< in part\n"
                 "> $/c.txt\n$/c.txt\n< complete\n");
    ck_assert_uint_eq(intake.reasons[STATUS_EMPTY], 1);
    ck_assert_uint_eq(intake.reasons[STATUS_INVALID], 1);
    ck_assert_uint_eq(intake_left_out(&intake), 2);
    intake_release(&intake);
}
END_TEST

START_TEST(characters_that_were_lost_are_told_and_counted)
{
    start();
    write_file("a.txt", "一二\n三\xFF四\n");
    ck_assert_int_eq(run(folder), STATUS_OK);
    assert_lines("! $/a.txt: 1 character could not be decoded as UTF-8 and was replaced\n"
                 "$/a.txt\n");
    ck_assert_uint_eq(intake.losses, 1);
    ck_assert_uint_eq(intake_left_out(&intake), 0);
    intake_release(&intake);
}
END_TEST

START_TEST(a_file_that_was_read_with_a_page_is_not_read_again)
{
    start();
    write_file("page.html", "<title>答复</title><p>详见附件。</p><a href='files/b.txt'>附件</a>");
    write_file("files/b.txt", LETTER);
    write_file("a.txt", LETTER);
    ck_assert_int_eq(run(folder), STATUS_OK);
    assert_lines("$/page.html\n$/a.txt\n");
    intake_release(&intake);
}
END_TEST

START_TEST(a_file_beside_a_page_that_speaks_for_itself_is_read)
{
    start();
    struct buffer page = BUFFER_INIT;
    buffer_append(&page, TEXT("<title>答复</title><div class='content'>"));
    for (int i = 0; i < 20; i++)
        buffer_append(&page, TEXT("<p>我们加强了全市古树名木的保护工作，取得了良好的成效。</p>"));
    buffer_append(&page, TEXT("</div><a href='b.txt'>附件</a>"));
    write_file("page.html", page.data);
    buffer_release(&page);
    write_file("b.txt", LETTER);
    ck_assert_int_eq(run(folder), STATUS_OK);
    assert_lines("$/page.html\n$/b.txt\n");
    intake_release(&intake);
}
END_TEST

START_TEST(a_failure_of_the_receiver_ends_it)
{
    start();
    write_file("a.txt", LETTER);
    write_file("b.txt", LETTER);
    answer = STATUS_IO;
    ck_assert_int_eq(run(folder), STATUS_IO);
    ck_assert_str_eq(error.message, "no more");
    assert_lines("$/a.txt\n");
    intake_release(&intake);
}
END_TEST

START_TEST(it_stops_when_asked_to)
{
    start();
    write_file("a.txt", LETTER);
    intake.stop = &stop_flag;
    stop_flag = 1;
    ck_assert_int_eq(run(folder), STATUS_STOPPED);
    ck_assert_str_eq(error.message, "interrupted");
    assert_lines("");
    intake_release(&intake);
}
END_TEST

RUN_SUITE("intake", a_reply_is_known_by_its_absolute_path,
          an_id_of_its_own_comes_first_and_a_missing_one_is_the_number,
          letters_on_one_page_are_numbered, a_name_that_is_no_text_is_written_in_digits,
          what_cannot_be_read_is_told_and_the_rest_goes_on,
          characters_that_were_lost_are_told_and_counted,
          a_file_that_was_read_with_a_page_is_not_read_again,
          a_file_beside_a_page_that_speaks_for_itself_is_read, a_failure_of_the_receiver_ends_it,
          it_stops_when_asked_to)
