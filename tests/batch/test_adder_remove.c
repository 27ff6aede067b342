/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/batch/adding.h"

static unsigned long removed;

static enum status remove_path(struct adder *adder, const char *path)
{
    return adder_remove_path(adder, path, &removed, &error);
}

static enum status remove_id(struct adder *adder, const char *id)
{
    return adder_remove_id(adder, text_of(id), &error);
}

static void add_three(void)
{
    write_file("in/a.jsonl", "{\"id\":\"1\",\"text\":\"甲\"}\n{\"id\":\"2\",\"text\":\"乙\"}\n");
    write_file("in/b.jsonl", "{\"id\":\"3\",\"text\":\"丙\"}\n");
    add(at("in"));
    assert_counts("3/0/0/0, 3");
}

START_TEST(a_file_takes_its_replies_with_it)
{
    add_three();
    change(remove_path, at("in/a.jsonl"), STATUS_OK);
    ck_assert_uint_eq(removed, 2);
    assert_counts("0/0/2/0, 1");
}
END_TEST

START_TEST(a_folder_takes_everything_below_it_also_when_it_is_not_there_any_more)
{
    add_three();
    ck_assert_int_eq(rename(at("in"), at("away")), 0);
    change(remove_path, at("in"), STATUS_OK);
    ck_assert_uint_eq(removed, 3);
    assert_counts("0/0/3/0, 0");
}
END_TEST

START_TEST(a_path_that_is_not_known_takes_nothing)
{
    add_three();
    change(remove_path, at("i"), STATUS_OK);
    ck_assert_uint_eq(removed, 0);
    change(remove_path, "", STATUS_OK);
    ck_assert_uint_eq(removed, 0);
    assert_counts("0/0/0/0, 3");
}
END_TEST

START_TEST(what_was_taken_out_comes_back_when_it_is_added_again)
{
    add_three();
    change(remove_path, at("in/a.jsonl"), STATUS_OK);
    add(at("in"));
    assert_counts("2/0/0/0, 3");
}
END_TEST

START_TEST(one_reply_goes_alone_and_its_file_is_read_again)
{
    add_three();
    change(remove_id, "2", STATUS_OK);
    assert_counts("0/0/1/0, 2");
    add(at("in"));
    assert_counts("1/1/0/0, 3");
}
END_TEST

START_TEST(a_reply_that_is_not_there_is_not_found)
{
    add_three();
    change(remove_id, "4", STATUS_NOT_FOUND);
    assert_counts("0/0/0/0, 3");
}
END_TEST

RUN_SUITE("adder_remove", a_file_takes_its_replies_with_it,
          a_folder_takes_everything_below_it_also_when_it_is_not_there_any_more,
          a_path_that_is_not_known_takes_nothing,
          what_was_taken_out_comes_back_when_it_is_added_again,
          one_reply_goes_alone_and_its_file_is_read_again, a_reply_that_is_not_there_is_not_found)
