/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of saved searches, and by what a reply is known again. */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "indexer/base/file.h"
#include "search/saved/saved.h"
#include "tests/search/run_suite.h"

static struct arena arena;
static struct error error;
static char folder[PATH_MAX], path[PATH_MAX + 16];

static void set_up(void)
{
    const char *parent = getenv("TMPDIR");
    arena_init(&arena, 0);
    snprintf(folder, sizeof(folder), "%.4000s/dafu-saved.XXXXXX", parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/saved.json", folder);
}

static void tear_down(void)
{
    char command[PATH_MAX + 32];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    arena_release(&arena);
}

static struct saved_search *added(struct saved_list *list, const char *name)
{
    struct saved_search *search;
    ck_assert_msg(!saved_add(list, text_of(name), &arena, &search, &error), "%s", error.message);
    return search;
}

START_TEST(what_is_written_is_read)
{
    struct saved_list list = { 0 }, read;
    struct saved_search *search = added(&list, "停车 “难”");
    const struct seen_reply replies[] = { { { 1, 0xfedcba9876543210 }, 2 }, { { 7 }, 1 } };
    search->query = TEXT("停车 -\"收费\"");
    search->index = TEXT("/srv/答复.idx");
    search->saved = TEXT("2026-11-29T10:15:00Z");
    search->filters.from = TEXT("2024");
    ck_assert(!search_filters_add(&search->filters, FACET_AGENCY, TEXT("交通局"), &error));
    ck_assert(!seen_add(&search->seen, replies, 2, &arena, &error));
    added(&list, "b");
    ck_assert_msg(!saved_write(path, &list, &error), "%s", error.message);

    ck_assert_msg(!saved_read(path, &arena, &read, &error), "%s", error.message);
    ck_assert_uint_eq(read.count, 2);
    const struct saved_search *again = saved_find(&read, TEXT("停车 “难”"));
    ck_assert_ptr_nonnull(again);
    ck_assert(text_equal(again->query, search->query));
    ck_assert(text_equal(again->index, search->index));
    ck_assert(text_equal(again->saved, search->saved));
    ck_assert_uint_eq(again->looked.length, 0);
    ck_assert(text_equal(again->filters.from, TEXT("2024")));
    ck_assert_uint_eq(again->filters.counts[FACET_AGENCY], 1);
    ck_assert(text_equal(again->filters.values[FACET_AGENCY][0], TEXT("交通局")));
    ck_assert_uint_eq(again->seen.count, 3);
    ck_assert(again->seen.digests[1] == 0xfedcba9876543210);
}
END_TEST

START_TEST(no_file_is_no_searches)
{
    struct saved_list list;
    ck_assert(!saved_read(path, &arena, &list, &error));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

#define SEARCH(name, seen)                                                                         \
    "{\"name\":\"" name "\",\"query\":\"q\",\"index\":\"/i\",\"saved\":\"\",\"looked\":\"\","      \
    "\"filters\":{\"from\":\"\",\"to\":\"\"},\"seen\":" seen "}"

static const struct {
    const char *content;
    enum status status;
} FILES[] = {
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[]") "]}", STATUS_OK },
    { "", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[]"), STATUS_CORRUPT },
    { "[]", STATUS_CORRUPT },
    { "{\"version\":2,\"searches\":[]}", STATUS_MISMATCH },
    { "{\"version\":0,\"searches\":[]}", STATUS_CORRUPT },
    { "{\"version\":1}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[1]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[{}]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[]") "," SEARCH("a", "[]") "]}",
      STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("", "[]") "]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[\"0123\"]") "]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[\"0123456789abcdeX\"]") "]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "[\"0123456789abcdef\"]") "]}", STATUS_OK },
    { "{\"version\":1,\"searches\":[" SEARCH("a", "{}") "]}", STATUS_CORRUPT },
    { "{\"version\":1,\"searches\":[" SEARCH("a\xff", "[]") "]}", STATUS_CORRUPT },
};

START_TEST(a_damaged_file_is_told_and_left_alone)
{
    struct saved_list list = { 0 };
    ck_assert(!file_replace(path, text_of(FILES[_i].content), &error));
    ck_assert_int_eq(saved_read(path, &arena, &list, &error), FILES[_i].status);
    if (FILES[_i].status)
        ck_assert_msg(strstr(error.message, path) != NULL, "%s", error.message);
    ck_assert_uint_eq(list.count, FILES[_i].status ? 0 : 1);
}
END_TEST

START_TEST(what_is_no_name_is_refused)
{
    static char longest[SAVED_NAME_MAX + 2];
    memset(longest, 'a', SAVED_NAME_MAX + 1);
    const char *const NAMES[] = { "", "  ", "a\nb", "\x1b[31m", "\xff", longest };
    struct saved_list list = { 0 };
    struct saved_search *search;
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(*NAMES); i++)
        ck_assert_int_eq(saved_add(&list, text_of(NAMES[i]), &arena, &search, &error),
                         STATUS_MISUSE);
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(a_removed_search_leaves_the_others)
{
    struct saved_list list = { 0 };
    added(&list, "a");
    added(&list, "b");
    added(&list, "c");
    saved_remove(&list, saved_find(&list, TEXT("b")));
    ck_assert_uint_eq(list.count, 2);
    ck_assert(saved_find(&list, TEXT("a")) && saved_find(&list, TEXT("c")));
    ck_assert_ptr_null(saved_find(&list, TEXT("b")));
}
END_TEST

/* ---- which reply is known ---- */

static struct reply_record record(const char *id, const char *number, const char *date)
{
    return (struct reply_record) { .id = text_of(id),
                                   .issuer = TEXT("北川市数据局"),
                                   .document_number = text_of(number),
                                   .title = TEXT("关于第15号提案的答复"),
                                   .date = text_of(date) };
}

START_TEST(a_reply_is_known_by_its_id_or_by_what_it_is)
{
    static const struct {
        const char *id, *number, *date;
        bool known;
    } ROWS[] = {
        { "/a/1.txt", "北数函〔2025〕15号", "2025-06-01", true },
        { "/a/1.txt", "北数函〔2025〕16号", "2025-06-02", true }, /* corrected in its place */
        { "/b/9.txt", "北数函〔2025〕15号", "2025-06-01", true }, /* moved */
        { "/b/9.txt", "北数函〔2025〕16号", "2025-06-01", false },
        { "/b/9.txt", "", "2025-06-01", false }, /* too little is known */
    };
    struct reply_record first = record("/a/1.txt", "北数函〔2025〕15号", "2025-06-01");
    struct seen seen = { 0 };
    struct seen_reply known = seen_reply_of(&first);
    ck_assert(!seen_add(&seen, &known, 1, &arena, &error));
    ck_assert(!seen_sort(&seen, &arena, &error));
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
        struct reply_record other = record(ROWS[i].id, ROWS[i].number, ROWS[i].date);
        struct seen_reply reply = seen_reply_of(&other);
        ck_assert_int_eq(seen_has(&seen, &reply), ROWS[i].known);
    }
}
END_TEST

START_TEST(the_records_of_one_larger_document_are_one_reply)
{
    struct reply_record a = { .id = TEXT("law#1"), .group = TEXT("law") },
                        b = { .id = TEXT("law#2"), .group = TEXT("law") };
    ck_assert(seen_reply_of(&a).digests[0] == seen_reply_of(&b).digests[0]);
}
END_TEST

START_TEST(the_oldest_are_forgotten)
{
    struct seen seen = { 0 };
    struct seen_reply *many = ARENA_ARRAY(&arena, struct seen_reply, SEEN_MAX);
    const struct seen_reply first = { { 1 }, 1 }, second = { { 2 }, 1 };
    for (size_t i = 0; i < SEEN_MAX; i++)
        many[i] = (struct seen_reply) { { i + 10 }, 1 };
    ck_assert(!seen_add(&seen, &first, 1, &arena, &error));
    ck_assert(!seen_add(&seen, &second, 1, &arena, &error));
    ck_assert(!seen_add(&seen, many, SEEN_MAX - 1, &arena, &error));
    ck_assert_uint_eq(seen.count, SEEN_MAX);
    ck_assert(!seen_sort(&seen, &arena, &error));
    ck_assert(!seen_has(&seen, &first));
    ck_assert(seen_has(&seen, &second));
    ck_assert(!seen_add(&seen, &second, 1, &arena, &error)); /* known again: it does not double */
    ck_assert_uint_eq(seen.count, SEEN_MAX);
    ck_assert(seen.digests[0] == 2);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("saved");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_test(tests, no_file_is_no_searches);
    tcase_add_loop_test(tests, a_damaged_file_is_told_and_left_alone, 0, COUNT_OF(FILES));
    tcase_add_test(tests, what_is_no_name_is_refused);
    tcase_add_test(tests, a_removed_search_leaves_the_others);
    tcase_add_test(tests, a_reply_is_known_by_its_id_or_by_what_it_is);
    tcase_add_test(tests, the_records_of_one_larger_document_are_one_reply);
    tcase_add_test(tests, the_oldest_are_forgotten);
    return run_tests("saved", tests);
}
