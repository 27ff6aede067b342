/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A new folder for each test, files in it, and a list of lines that callbacks fill. */
#ifndef DAFU_TESTS_BATCH_FIXTURE_H
#define DAFU_TESTS_BATCH_FIXTURE_H

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

static char folder[PATH_MAX]; /* of this test, absolute, no symbolic link in it */
static struct arena arena;
static struct buffer lines; /* each with its line end */
static struct error error __attribute__((unused));

static inline void before(void)
{
    const char *parent = getenv("TMPDIR");
    char name[PATH_MAX - 64];
    snprintf(name, sizeof(name), "%s/dafu-batch.XXXXXX", parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(name));
    ck_assert_ptr_nonnull(realpath(name, folder));
    arena_init(&arena, 0);
    lines = BUFFER_INIT;
}

static inline void after(void)
{
    char command[PATH_MAX + 16];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    arena_release(&arena);
    buffer_release(&lines);
}

static inline const char *at(const char *name)
{
    return arena_printf(&arena, "%s/%s", folder, name).data;
}

/* Makes the folders above it too. */
static inline const char *write_file(const char *name, const char *content)
{
    const char *path = at(name);
    char part[PATH_MAX];
    for (const char *slash = path; (slash = strchr(slash + 1, '/'));) {
        snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
        mkdir(part, 0777);
    }
    FILE *file = fopen(path, "w");
    ck_assert_msg(file != NULL, "%s", path);
    fputs(content, file);
    fclose(file);
    return path;
}

static inline void note(const char *line)
{
    buffer_printf(&lines, "%s\n", line);
}

/* The lines so far, with the folder's path written "$"; then there are none. */
static inline void assert_lines(const char *expected)
{
    struct text all = buffer_text(&lines);
    struct buffer named = BUFFER_INIT;
    struct text rest = all, piece;
    for (bool first = true; text_split(&rest, text_of(folder), &piece); first = false)
        buffer_printf(&named, "%s%.*s", first ? "" : "$", TEXT_ARG(piece));
    ck_assert_str_eq(named.data ? named.data : "", expected);
    buffer_release(&named);
    buffer_clear(&lines);
}

static inline int run_suite(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *group = tcase_create(name);
    tcase_add_checked_fixture(group, before, after);
    tcase_set_timeout(group, 120);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define RUN_SUITE(name, ...)                                                                       \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = { __VA_ARGS__ };                                              \
        return run_suite(name, tests, sizeof(tests) / sizeof(tests[0]));                           \
    }

#endif
