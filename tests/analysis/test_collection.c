/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that lists the shards of a collection, and which of them has a reply. */
#include "indexer/analysis/collection.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/base/file.h"
#include "tests/analysis/suite.h"

#define HEAD "# collection of dafu\n"

static char folder[PATH_MAX];

static void before(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%s/dafu-collection.XXXXXX", parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    arena_init(&arena, 0);
}

static void after(void)
{
    char command[PATH_MAX + 16];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    arena_release(&arena);
}

static const char *in_folder(const char *name)
{
    struct text path = arena_printf(&arena, "%s/%s", folder, name);
    ck_assert_ptr_nonnull(path.data);
    return path.data;
}

static const char *write_file(const char *name, struct text content)
{
    const char *path = in_folder(name);
    ck_assert_msg(!file_replace(path, content, &error), "%s", error.message);
    return path;
}

static struct collection found_in(const char *path)
{
    struct collection collection;
    ck_assert_msg(!collection_find(path, &arena, &collection, &error), "%s", error.message);
    return collection;
}

START_TEST(folders_and_servers_are_told_apart)
{
    const struct {
        const char *line, *folder, *host; /* a folder without a slash at its front: in this one */
        unsigned port;
    } ROWS[] = {
        { "shard-1", "shard-1", NULL, 0 },
        { "/srv/shard 2", "/srv/shard 2", NULL, 0 },
        { "../b/shard-3", "../b/shard-3", NULL, 0 },
        { "10.0.0.3:7101", NULL, "10.0.0.3", 7101 },
        { "search.example:65535", NULL, "search.example", 65535 },
        { "[::1]:7101", NULL, "::1", 7101 },
        { "./a:7101", "./a:7101", NULL, 0 }, /* a slash: a folder */
        { "host:0", "host:0", NULL, 0 },
        { "host:65536", "host:65536", NULL, 0 },
        { "host:", "host:", NULL, 0 },
        { "host:71a1", "host:71a1", NULL, 0 },
        { "host:-1", "host:-1", NULL, 0 },
        { ":7101", ":7101", NULL, 0 },
        { "host:18446744073709551617", "host:18446744073709551617", NULL, 0 },
    };
    CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;
    buffer_append(&content, TEXT(HEAD));
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++)
        buffer_printf(&content, "%s\n", ROWS[i].line);
    struct collection collection = found_in(write_file("list", buffer_text(&content)));
    ck_assert_uint_eq(collection.count, LENGTH_OF(ROWS));
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        const struct collection_shard *shard = &collection.shards[i];
        const char *wanted = ROWS[i].folder;
        ck_assert_str_eq(shard->name, ROWS[i].line);
        ck_assert_pstr_eq(shard->host, ROWS[i].host);
        ck_assert_uint_eq(shard->port, ROWS[i].port);
        ck_assert_pstr_eq(shard->folder, wanted && wanted[0] != '/' ? in_folder(wanted) : wanted);
    }
}
END_TEST

START_TEST(blanks_comments_and_line_ends_of_other_systems_do_not_count)
{
    const char *path = write_file("list", TEXT("# collection of dafu\r\n\r\n  # first\n\t a \r\n"
                                               "#b\n\nlast"));
    struct collection collection = found_in(path);
    ck_assert_uint_eq(collection.count, 2);
    ck_assert_str_eq(collection.shards[0].name, "a");
    ck_assert_str_eq(collection.shards[1].name, "last");
}
END_TEST

START_TEST(what_is_no_collection_is_none)
{
    ck_assert_uint_eq(found_in(in_folder("nowhere")).count, 0);
    ck_assert_uint_eq(found_in(folder).count, 0);
    ck_assert_uint_eq(found_in(write_file("empty", TEXT(""))).count, 0);
    ck_assert_uint_eq(found_in(write_file("text", TEXT("shard-1\nshard-2\n"))).count, 0);
    ck_assert_uint_eq(found_in(write_file("near", TEXT("# collection of dafus\nshard-1\n"))).count,
                      0);
    ck_assert_uint_eq(found_in("/dev/null").count, 0);
    ck_assert_int_eq(mkdir(in_folder("collection"), 0777), 0); /* a folder of that name */
    ck_assert_uint_eq(found_in(folder).count, 0);
}
END_TEST

START_TEST(a_large_file_is_no_collection)
{
    const size_t size = 2 << 20;
    char *bytes = malloc(size);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, '#', size);
    memcpy(bytes, HEAD, strlen(HEAD));
    ck_assert_uint_eq(found_in(write_file("large", (struct text) { bytes, size })).count, 0);
    free(bytes);
}
END_TEST

static void check_refused(struct text content, enum status status, const char *part)
{
    struct collection collection;
    const char *path = write_file("bad", content);
    ck_assert_int_eq(collection_find(path, &arena, &collection, &error), status);
    ck_assert_msg(strstr(error.message, part) && strstr(error.message, path), "%s", error.message);
}

START_TEST(a_bad_list_is_refused_with_its_reason)
{
    check_refused(TEXT(HEAD), STATUS_INVALID, "without shards");
    check_refused(TEXT(HEAD "# shard-1\n\n"), STATUS_INVALID, "without shards");
    check_refused(TEXT(HEAD "a\nb\n a\n"), STATUS_INVALID, "named twice \"a\"");
    CLEANUP(buffer_release) struct buffer many = BUFFER_INIT;
    buffer_append(&many, TEXT(HEAD));
    for (int i = 0; i <= COLLECTION_SHARDS_MAX; i++)
        buffer_printf(&many, "shard-%d\n", i);
    check_refused(buffer_text(&many), STATUS_LIMIT, "more than 256 shards");
}
END_TEST

START_TEST(an_index_comes_before_a_collection_in_its_folder)
{
    write_file("collection", TEXT(HEAD "a\n"));
    ck_assert_uint_eq(found_in(folder).count, 1);
    write_file("passages", TEXT(""));
    ck_assert_uint_eq(found_in(folder).count, 0);
    ck_assert_uint_eq(found_in(in_folder("collection")).count, 1);
}
END_TEST

START_TEST(what_is_created_is_found)
{
    const char *path = in_folder("new/all");
    ck_assert_msg(!collection_create(path, 3, &error), "%s", error.message);
    struct collection collection = found_in(path);
    ck_assert_uint_eq(collection.count, 3);
    ck_assert_str_eq(collection.shards[2].name, "shard-3");
    ck_assert_str_eq(collection.shards[2].folder, in_folder("new/all/shard-3"));
    ck_assert_int_eq(access(collection.shards[2].folder, F_OK), -1);
}
END_TEST

START_TEST(nothing_is_created_over_something_else)
{
    const char *path = write_file("file", TEXT("text"));
    ck_assert_int_eq(collection_create(path, 2, &error), STATUS_MISUSE);
    ck_assert_int_eq(collection_create(folder, 2, &error), STATUS_MISUSE);
    ck_assert_int_eq(access(in_folder("collection"), F_OK), -1);
    const char *empty = in_folder("empty");
    ck_assert_int_eq(mkdir(empty, 0777), 0);
    ck_assert_int_eq(collection_create(empty, 0, &error), STATUS_MISUSE);
    ck_assert_int_eq(collection_create(empty, COLLECTION_SHARDS_MAX + 1, &error), STATUS_MISUSE);
    ck_assert(!collection_create(empty, COLLECTION_SHARDS_MAX, &error));
    ck_assert_uint_eq(found_in(empty).count, COLLECTION_SHARDS_MAX);
}
END_TEST

/* Indexes that are there rely on it: another spread would have every reply twice. */
START_TEST(a_reply_stays_in_its_shard)
{
    const struct {
        const char *id;
        size_t of_two, of_three, of_eight;
    } ROWS[] = { { "", 0, 2, 6 },
                 { "甬经信函〔2026〕9号", 1, 0, 3 },
                 { "宁波市/十六届五次/13", 1, 1, 7 } };
    for (size_t i = 0; i < LENGTH_OF(ROWS); i++) {
        struct text id = text_of(ROWS[i].id);
        ck_assert_uint_eq(collection_shard_of(id, 1), 0);
        ck_assert_msg(collection_shard_of(id, 2) == ROWS[i].of_two &&
                          collection_shard_of(id, 3) == ROWS[i].of_three &&
                          collection_shard_of(id, 8) == ROWS[i].of_eight,
                      "%s: %zu %zu %zu", ROWS[i].id, collection_shard_of(id, 2),
                      collection_shard_of(id, 3), collection_shard_of(id, 8));
    }
}
END_TEST

START_TEST(shards_get_equal_parts)
{
    const size_t IDS = 20000, SHARDS = 7;
    size_t counts[7] = { 0 };
    for (size_t i = 0; i < IDS; i++) {
        char id[32];
        snprintf(id, sizeof(id), "甬建〔2024〕%zu号", i);
        size_t shard = collection_shard_of(text_of(id), SHARDS);
        ck_assert_uint_lt(shard, SHARDS);
        counts[shard]++;
    }
    for (size_t i = 0; i < SHARDS; i++) {
        ck_assert_uint_gt(counts[i], IDS / SHARDS * 9 / 10);
        ck_assert_uint_lt(counts[i], IDS / SHARDS * 11 / 10);
    }
}
END_TEST

START_TEST(a_place_says_which_of_how_many)
{
    char place[COLLECTION_PLACE_MAX];
    ck_assert_str_eq(collection_place(1, 8, place), "2/8");
    ck_assert_str_eq(collection_place(255, 256, place), "256/256");
}
END_TEST

RUN_SUITE("collection", before, after, folders_and_servers_are_told_apart,
          blanks_comments_and_line_ends_of_other_systems_do_not_count,
          what_is_no_collection_is_none, a_large_file_is_no_collection,
          a_bad_list_is_refused_with_its_reason, an_index_comes_before_a_collection_in_its_folder,
          what_is_created_is_found, nothing_is_created_over_something_else,
          a_reply_stays_in_its_shard, shards_get_equal_parts, a_place_says_which_of_how_many)
