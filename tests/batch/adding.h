/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of the adder on an index of the test's own. */
#ifndef DAFU_TESTS_BATCH_ADDING_H
#define DAFU_TESTS_BATCH_ADDING_H

#include "tests/batch/fixture.h"

#include "indexer/base/cleanup.h"
#include "indexer/batch/adder.h"

static struct adder_counts counts; /* of the last run */
static unsigned long left_out;
static size_t threads = 2;

static inline void tell(void *context, const char *line)
{
    note(line);
}

static inline void ignore(void *context, const char *line)
{
}

/* Does something with an index and commits. */
static inline void change(enum status (*what)(struct adder *adder, const char *operand),
                          const char *operand, enum status expected)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(index_writer_freep) struct index_writer *writer = NULL;
    ck_assert_msg(lexicon_open(NULL, &lexicon, &error) == STATUS_OK, "%s", error.message);
    ck_assert_int_eq(analyzer_new(lexicon, &analyzer, &error), STATUS_OK);
    ck_assert_msg(index_writer_open(at("index"), lexicon_fingerprint(lexicon), true, &writer,
                                    &error) == STATUS_OK,
                  "%s", error.message);
    CLEANUP(adder_release) struct adder adder;
    adder_init(&adder);
    adder.writer = writer;
    adder.analyzer = analyzer;
    adder.tell = tell;
    adder.options.threads = threads;
    ck_assert_msg(what(&adder, operand) == expected, "%s", error.message);
    ck_assert_int_eq(adder_commit(&adder, &error), STATUS_OK);
    counts = adder.committed;
    left_out = adder_left_out(&counts);
}

static inline enum status add_path(struct adder *adder, const char *path)
{
    return adder_add(adder, &path, 1, &error);
}

static inline void add(const char *path)
{
    change(add_path, path, STATUS_OK);
}

/* "added/replaced/gone/left out, in the index". */
static inline void assert_counts(const char *expected)
{
    struct index_counts stored;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    ck_assert_int_eq(lexicon_open(NULL, &lexicon, &error), STATUS_OK);
    ck_assert_msg(index_check(at("index"), lexicon_fingerprint(lexicon), ignore, NULL, &stored,
                              &error) == STATUS_OK,
                  "%s", error.message);
    char found[128];
    snprintf(found, sizeof(found), "%lu/%lu/%lu/%lu, %lu", counts.added, counts.replaced,
             counts.gone, left_out, stored.replies);
    ck_assert_str_eq(found, expected);
}

#endif
