/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of readers of laid-out formats: a fixture made from a reply of the corpus is read and
 * parsed, and must give the paragraphs that the corpus text gives. */
#ifndef DAFU_TESTS_ROUND_TRIP_H
#define DAFU_TESTS_ROUND_TRIP_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/buffer.h"
#include "indexer/document/reader.h"
#include "indexer/reply/reply.h"

/* What came out of a file: blocks, a line each ("P 3 text": kind, page), or paragraphs. */
struct trip {
    const struct reader *reader;
    bool blocks, ocr;
    struct buffer text, declared, warned;
    char read_as[16]; /* document.reader */
    enum status status;
    struct error error;
};

static inline void trip_release(struct trip *trip)
{
    buffer_release(&trip->text);
    buffer_release(&trip->declared);
    buffer_release(&trip->warned);
}

static inline const char *trip_string(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

static inline enum status trip_take(void *context, const struct document *document,
                                    struct error *error)
{
    struct trip *trip = context;
    snprintf(trip->read_as, sizeof(trip->read_as), "%s", document->reader);
    for (size_t i = 0; i < document->declared_count; i++)
        buffer_printf(&trip->declared, "%.*s=%.*s\n", TEXT_ARG(document->declared[i].key),
                      TEXT_ARG(document->declared[i].value));
    if (trip->blocks) {
        for (size_t i = 0; i < document->block_count; i++) {
            const struct block *block = &document->blocks[i];
            buffer_printf(&trip->text, "%c%u ", block->kind == BLOCK_LINE ? 'L' : 'P', block->page);
            buffer_append(&trip->text, block->text);
            buffer_append_byte(&trip->text, '\n');
        }
        return STATUS_OK;
    }
    struct arena arena;
    arena_init(&arena, 0);
    struct reply reply;
    enum status status = reply_parse(document, &arena, &reply, error);
    for (size_t i = 0; !status && i < reply.paragraph_count; i++) {
        buffer_append(&trip->text, reply.paragraphs[i].text);
        buffer_append_byte(&trip->text, '\n');
    }
    arena_release(&arena);
    return status;
}

static inline void trip_warn(void *context, const char *path, const char *message)
{
    struct trip *trip = context;
    buffer_printf(&trip->warned, "%s\n", message);
}

static inline void trip_read(struct trip *trip, const char *path)
{
    struct document_receiver receiver = { trip_take, trip_warn, trip, trip->ocr };
    struct stream *stream = NULL;
    trip->status = stream_open(path, &stream, &trip->error);
    ck_assert_msg(trip->status == STATUS_OK, "%s: %s", path, trip->error.message);
    trip->status = trip->reader->read(stream, path, &receiver, &trip->error);
    stream_close(stream);
}

static inline void trip_read_bytes(struct trip *trip, struct text bytes)
{
    char path[] = "/tmp/dafu-test-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    FILE *stream = fdopen(file, "wb");
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.length, stream), bytes.length);
    ck_assert_int_eq(fclose(stream), 0);
    trip_read(trip, path);
    remove(path);
}

/* The first line in which two texts differ, to see it in a message. */
static inline void assert_same_lines(struct text actual, struct text expected, const char *name)
{
    struct text got, wanted;
    size_t number = 1;
    for (;; number++) {
        bool more = text_split(&actual, TEXT("\n"), &got);
        bool wants = text_split(&expected, TEXT("\n"), &wanted);
        if (!more && !wants)
            return;
        ck_assert_msg(more && wants && text_equal(got, wanted),
                      "%s, paragraph %zu:\n  %.*s\nnot\n  %.*s", name, number,
                      more ? (int)got.length : 5, more ? got.data : "(end)",
                      wants ? (int)wanted.length : 5, wants ? wanted.data : "(end)");
    }
}

/* Runs of blanks, of whatever kind and number, as one: a page has room between two words, not a
 * number of blanks. */
static inline void even_blanks(struct buffer *text)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < text->length;) {
        size_t start = i;
        while (i < text->length && (text->data[i] == ' ' || text->data[i] == '\t' ||
                                    strncmp(text->data + i, "\u3000", 3) == 0))
            i += text->data[i] == ' ' || text->data[i] == '\t' ? 1 : 3;
        if (i > start)
            buffer_append_byte(&out, ' ');
        else
            buffer_append_byte(&out, text->data[i++]);
    }
    buffer_release(text);
    *text = out;
}

static inline void assert_reads_like(const struct reader *reader, const char *fixture,
                                     const char *reply)
{
    char path[512];
    struct trip trip = { .reader = reader }, original = { .reader = &TEXT_READER };
    snprintf(path, sizeof(path), "%s/tests/fixtures/%s", DAFU_SOURCE_DIR, fixture);
    trip_read(&trip, path);
    ck_assert_msg(trip.status == STATUS_OK, "%s: %s", fixture, trip.error.message);
    snprintf(path, sizeof(path), "%s/corpus/replies/%s.txt", DAFU_SOURCE_DIR, reply);
    trip_read(&original, path);
    ck_assert_msg(original.status == STATUS_OK, "%s: %s", reply, original.error.message);
    ck_assert_uint_gt(trip.text.length, 500);
    even_blanks(&trip.text);
    even_blanks(&original.text);
    assert_same_lines(buffer_text(&trip.text), buffer_text(&original.text), fixture);
    trip_release(&trip);
    trip_release(&original);
}

#endif
