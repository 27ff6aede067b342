/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of a program that are loaded when they are used. */
#include "indexer/base/module.h"

#include "indexer/base/text.h"
#include "tests/base/suite.h"

static struct error error;

START_TEST(a_part_is_loaded_once)
{
    const void *first = NULL, *second = NULL;
    enum status status = module_open("draft", "DRAFT_TABLE", &first, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    ck_assert_str_eq(((const struct module *)first)->version, DAFU_VERSION);
    ck_assert_int_eq(module_open("draft", "DRAFT_TABLE", &second, &error), STATUS_OK);
    ck_assert_ptr_eq(first, second);
}
END_TEST

START_TEST(a_part_that_is_not_there_is_named_with_its_place)
{
    const void *table = &error;
    ck_assert_int_eq(module_open("nothing", "table", &table, &error), STATUS_NOT_FOUND);
    ck_assert(text_contains(text_of(error.message), TEXT("/tests/../lib")));
    ck_assert(text_contains(text_of(error.message), TEXT("/dafu/nothing.so\"")));
    ck_assert_ptr_eq(table, &error);
}
END_TEST

START_TEST(a_part_shows_nothing_but_its_table)
{
    const void *table = NULL;
    ck_assert_int_eq(module_open("draft", "draft_read", &table, &error), STATUS_CORRUPT);
    ck_assert(text_contains(text_of(error.message), TEXT("draft_read")));
    ck_assert_ptr_null(table);
}
END_TEST

RUN_SUITE("module", NULL, NULL, a_part_is_loaded_once,
          a_part_that_is_not_there_is_named_with_its_place, a_part_shows_nothing_but_its_table)
