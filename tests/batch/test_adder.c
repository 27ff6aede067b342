/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index follows its files: what one has no longer goes, nothing else does. */
#include "tests/batch/adding.h"

START_TEST(a_line_that_is_gone_from_its_file_goes_from_the_index)
{
    write_file("in/other.jsonl", "{\"id\":\"9\",\"text\":\"丁\"}\n");
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"2\",\"text\":\"乙\"}\n");
    add(at("in"));
    assert_counts("3/0/0/0, 3");
    write_file("in/a.jsonl", "{\"id\":\"2\",\"text\":\"乙\"}\n{\"id\":\"3\",\"text\":\"丙\"}\n");
    add(at("in"));
    assert_counts("1/1/1/0, 3");
    assert_lines("");
}
END_TEST

START_TEST(nothing_goes_when_the_file_could_not_be_read_as_a_whole)
{
    write_file("a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"2\",\"text\":\"乙\"}\n");
    add(at("a.jsonl"));
    write_file("a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"2\",\"tex\n");
    add(at("a.jsonl"));
    assert_counts("0/1/0/1, 2");
    write_file("a.jsonl", "");
    add(at("a.jsonl"));
    assert_counts("0/0/0/1, 2");
}
END_TEST

START_TEST(a_reply_that_moved_to_another_file_stays)
{
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"2\",\"text\":\"乙\"}\n");
    write_file("in/b.jsonl", "{\"id\":\"3\",\"text\":\"丙\"}\n");
    add(at("in"));
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"3\",\"text\":\"丙\"}\n");
    write_file("in/b.jsonl", "{\"id\":\"2\",\"text\":\"乙\"}\n");
    add(at("in"));
    assert_counts("1/2/1/0, 3"); /* 2 goes with a.jsonl and comes again with b.jsonl */
    assert_lines("");
}
END_TEST

START_TEST(two_replies_with_one_id_are_told)
{
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"1\",\"text\":\"乙\"}\n");
    write_file("in/b.jsonl", "{\"id\":\"1\",\"text\":\"丙\"}\n");
    add(at("in"));
    ck_assert_uint_eq(counts.doubles, 2);
    assert_counts("1/2/0/0, 1");
    assert_lines("$/in/a.jsonl: '1' replaces another reply with the same id\n"
                 "$/in/b.jsonl: '1' replaces another reply with the same id\n");
}
END_TEST

START_TEST(many_replies_with_one_id_are_told_in_few_lines)
{
    struct buffer content = BUFFER_INIT;
    for (int i = 0; i < 40; i++)
        buffer_append(&content, TEXT("{\"id\":\"1\",\"text\":\"甲\"}\n"));
    write_file("a.jsonl", content.data);
    buffer_release(&content);
    add(at("a.jsonl"));
    ck_assert_uint_eq(counts.doubles, 39);
    assert_counts("1/39/0/0, 1");
    size_t count = 0;
    for (size_t i = 0; i < lines.length; i++)
        count += lines.data[i] == '\n';
    ck_assert_uint_eq(count, 21);
    ck_assert_ptr_nonnull(
        strstr(lines.data, "a.jsonl: 19 more replies replace another with the same id\n"));
}
END_TEST

START_TEST(a_file_that_is_met_twice_is_no_second_reply)
{
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n");
    ck_assert_int_eq(symlink("a.jsonl", at("in/b.jsonl")), 0);
    add(at("in"));
    assert_counts("1/0/0/0, 1");
    assert_lines("");
}
END_TEST

START_TEST(an_attachment_is_part_of_its_page_from_then_on)
{
    write_file("in/b.txt", "关于第9号提案的答复\n\n王某某委员：\n全市登记古树名木312株。\n");
    add(at("in"));
    assert_counts("1/0/0/0, 1");
    write_file("in/page.html", "<title>答复</title><p>详见附件。</p><a href='b.txt'>附件</a>");
    add(at("in"));
    assert_counts("1/0/1/0, 1");
    assert_lines("");
}
END_TEST

RUN_SUITE("adder", a_line_that_is_gone_from_its_file_goes_from_the_index,
          nothing_goes_when_the_file_could_not_be_read_as_a_whole,
          a_reply_that_moved_to_another_file_stays, two_replies_with_one_id_are_told,
          many_replies_with_one_id_are_told_in_few_lines,
          a_file_that_is_met_twice_is_no_second_reply,
          an_attachment_is_part_of_its_page_from_then_on)
