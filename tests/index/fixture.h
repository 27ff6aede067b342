/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index of this test's own in a new folder, and entries made by hand to put into it;
 * test_index_entry.c has those of real replies. */
#ifndef DAFU_TESTS_INDEX_FIXTURE_H
#define DAFU_TESTS_INDEX_FIXTURE_H

#include "indexer/index/index_writer.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "tests/index/suite.h"

#define FINGERPRINT "0123456789abcdef"

static char folder[PATH_MAX]; /* of this test */
static char path[PATH_MAX];   /* the index: a new folder in it */
static struct arena arena;
static struct error error;

static inline void before(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%s/dafu-writer.XXXXXX", parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%.4000s/index", folder);
    arena_init(&arena, 0);
}

static inline void after(void)
{
    char command[PATH_MAX + 16];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    arena_release(&arena);
}

static inline const char *in_folder(const char *name)
{
    return arena_printf(&arena, "%s/%s", folder, name).data;
}

/* A reply with that many passages; `word` is a term of each. */
static inline struct index_entries entries_of(const char *id, uint32_t passages, const char *word)
{
    struct index_entries entries = { .reply_id = text_of(id),
                                     .source = text_of(id),
                                     .count = (size_t)passages + 1,
                                     .passages = passages };
    entries.entries = ARENA_ARRAY(&arena, struct index_entry, entries.count);
    for (uint32_t i = 0; i <= passages; i++) {
        struct index_entry *entry = &entries.entries[i];
        entry->terms = ARENA_ARRAY(&arena, struct index_term, 2);
        entry->term_count = 2;
        entry->terms[0].term =
            field_term(FIELDS[FIELD_RECORD].prefix, i ? TEXT("passage") : TEXT("reply"), &arena);
        if (i)
            entry->terms[1] = (struct index_term) { text_of(word), 1 };
        else
            entry->terms[1].term = field_term(FIELDS[FIELD_SOURCE].prefix, text_of(id), &arena);
        if (i)
            entry->values[SLOT_FACETS] = text_of(id);

        CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
        const struct reply_record reply = { .id = text_of(id),
                                            .source = text_of(id),
                                            .stem = text_of(id),
                                            .passage_count = passages };
        const struct passage_record passage = { .ordinal = i - 1 };
        ck_assert_int_eq(i ? passage_record_encode(&passage, &bytes, &error)
                           : reply_record_encode(&reply, &bytes, &error),
                         STATUS_OK);
        entry->record = arena_text(&arena, buffer_text(&bytes));
    }
    return entries;
}

static inline struct index_writer *opened(void)
{
    struct index_writer *writer = NULL;
    ck_assert_msg(index_writer_open(path, FINGERPRINT, true, &writer, &error) == STATUS_OK, "%s",
                  error.message);
    return writer;
}

static inline bool put(struct index_writer *writer, const char *id, uint32_t passages,
                       const char *word)
{
    struct index_entries entries = entries_of(id, passages, word);
    bool replaced = false;
    ck_assert_msg(index_writer_put(writer, &entries, &replaced, &error) == STATUS_OK, "%s",
                  error.message);
    return replaced;
}

static inline void commit(struct index_writer *writer)
{
    ck_assert_msg(index_writer_commit(writer, &error) == STATUS_OK, "%s", error.message);
}

static inline void ignore_line(void *context, const char *line)
{
}

/* "replies/passages" of the committed index, after checking it. */
static inline const char *checked(void)
{
    struct index_counts counts;
    ck_assert_msg(index_check(path, FINGERPRINT, ignore_line, NULL, &counts, &error) == STATUS_OK,
                  "%s", error.message);
    return arena_printf(&arena, "%lu/%lu", counts.replies, counts.passages).data;
}

static inline void assert_open_fails(bool create, enum status wanted, const char *message)
{
    struct index_writer *writer = NULL;
    enum status status = index_writer_open(path, FINGERPRINT, create, &writer, &error);
    ck_assert_ptr_null(writer);
    ck_assert_msg(status == wanted, "%s: %s", status_name(status), error.message);
    ck_assert_msg(strstr(error.message, message), "%s", error.message);
    ck_assert_ptr_null(strchr(error.message, '\n'));
}

static inline void write_file(const char *name, const char *content)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    fclose(file);
}

#endif
