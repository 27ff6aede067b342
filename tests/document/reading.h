/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of readers: bytes go into a file, the file is read, and what came out is one text that
 * a test can compare:
 *
 *   #id                       a document
 *   key=value                 what it declares
 *   L text, B, P text         a line, a blank, a paragraph
 *   H2 text                   a heading of level 2; "P/lead text", "H1/heading text" with a role
 */
#ifndef DAFU_TESTS_READING_H
#define DAFU_TESTS_READING_H

#include <check.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/base/buffer.h"
#include "indexer/document/readers.h"

struct reading {
    char path[1024];
    enum status status;
    struct error error;
    size_t documents, warnings;
    struct buffer text;   /* the documents, as above */
    struct buffer warned; /* the warnings, a line each */
    bool quiet;           /* only count */
    enum status answer;   /* what the receiver returns */
};

static inline void reading_add_block(struct buffer *out, const struct block *block)
{
    static const char KINDS[] = { 'L', 'B', 'P', 'H' };
    buffer_append_byte(out, KINDS[block->kind]);
    if (block->kind == BLOCK_HEADING)
        buffer_printf(out, "%d", block->level);
    if (block->role.length > 0)
        buffer_printf(out, "/%.*s", TEXT_ARG(block->role));
    if (block->text.length > 0) {
        buffer_append_byte(out, ' ');
        buffer_append(out, block->text);
    }
    buffer_append_byte(out, '\n');
}

static inline enum status reading_take(void *context, const struct document *document,
                                       struct error *error)
{
    struct reading *reading = context;
    reading->documents++;
    if (reading->answer)
        return error_set(error, reading->answer, "enough");
    if (reading->quiet)
        return STATUS_OK;
    buffer_printf(&reading->text, "#%.*s\n", TEXT_ARG(document->id));
    for (size_t i = 0; i < document->declared_count; i++)
        buffer_printf(&reading->text, "%.*s=%.*s\n", TEXT_ARG(document->declared[i].key),
                      TEXT_ARG(document->declared[i].value));
    for (size_t i = 0; i < document->block_count; i++)
        reading_add_block(&reading->text, &document->blocks[i]);
    return STATUS_OK;
}

static inline void reading_warn(void *context, const char *path, const char *message)
{
    struct reading *reading = context;
    ck_assert_str_eq(path, reading->path);
    reading->warnings++;
    buffer_printf(&reading->warned, "%s\n", message);
}

static inline void reading_init(struct reading *reading)
{
    memset(reading, 0, sizeof(*reading));
}

static inline void reading_release(struct reading *reading)
{
    buffer_release(&reading->text);
    buffer_release(&reading->warned);
}

static inline void reading_read(struct reading *reading, const char *path)
{
    struct document_receiver receiver = { reading_take, reading_warn, reading, false };
    snprintf(reading->path, sizeof(reading->path), "%s", path);
    reading->status = readers_read(path, &receiver, &reading->error);
}

/* Name of a new file that ends in `extension` (".txt"). */
static inline void reading_make_path(char *path, size_t size, const char *extension)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, size, "%s/dafu-test-XXXXXX%s", folder && *folder ? folder : "/tmp", extension);
    int file = mkstemps(path, (int)strlen(extension));
    ck_assert_int_ge(file, 0);
    close(file);
}

static inline void reading_write(const char *path, struct text bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void reading_of(struct reading *reading, const char *extension, struct text bytes)
{
    char path[1024];
    reading_make_path(path, sizeof(path), extension);
    reading_write(path, bytes);
    reading_read(reading, path);
    unlink(path);
}

/* The message after "path: ". */
static inline const char *reading_message(const struct reading *reading)
{
    size_t length = strlen(reading->path);
    ck_assert_msg(strncmp(reading->error.message, reading->path, length) == 0,
                  "no path before \"%s\"", reading->error.message);
    return reading->error.message + length + 2;
}

static inline const char *reading_string(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

/* Reading the bytes gives these documents and nothing is left out. */
static inline void assert_reads(const char *extension, struct text bytes, const char *expected)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, extension, bytes);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_str_eq(reading_string(&reading.text), expected);
    ck_assert_str_eq(reading_string(&reading.warned), "");
    reading_release(&reading);
}

/* Reading the bytes fails with this status and message, after these documents. */
static inline void assert_refused_after(const char *extension, struct text bytes,
                                        const char *documents, enum status status,
                                        const char *message)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, extension, bytes);
    ck_assert_str_eq(reading_string(&reading.text), documents);
    ck_assert_str_eq(status_name(reading.status), status_name(status));
    ck_assert_str_eq(reading_message(&reading), message);
    reading_release(&reading);
}

static inline void assert_refused(const char *extension, struct text bytes, enum status status,
                                  const char *message)
{
    assert_refused_after(extension, bytes, "", status, message);
}

/* Reading the bytes gives these documents and leaves out these parts. */
static inline void assert_reads_warning(const char *extension, struct text bytes,
                                        const char *expected, const char *warnings)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, extension, bytes);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_str_eq(reading_string(&reading.text), expected);
    ck_assert_str_eq(reading_string(&reading.warned), warnings);
    reading_release(&reading);
}

/* Compresses `prefix`, `count` times `unit`, and `suffix` into an .xz file. */
static inline void reading_write_xz(const char *path, struct text prefix, struct text unit,
                                    size_t count, struct text suffix)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    lzma_stream stream = LZMA_STREAM_INIT;
    ck_assert_int_eq(lzma_easy_encoder(&stream, 0, LZMA_CHECK_CRC32), LZMA_OK);
    unsigned char out[4096];
    for (size_t i = 0; i < count + 2; i++) {
        struct text piece = i == 0 ? prefix : i <= count ? unit : suffix;
        lzma_action action = i <= count ? LZMA_RUN : LZMA_FINISH;
        stream.next_in = (const unsigned char *)piece.data;
        stream.avail_in = piece.length;
        for (;;) {
            stream.next_out = out;
            stream.avail_out = sizeof(out);
            lzma_ret result =
                stream.avail_in || action == LZMA_FINISH ? lzma_code(&stream, action) : LZMA_OK;
            ck_assert(result == LZMA_OK || result == LZMA_STREAM_END);
            fwrite(out, 1, sizeof(out) - stream.avail_out, file);
            if (result == LZMA_STREAM_END || (action == LZMA_RUN && stream.avail_in == 0))
                break;
        }
    }
    lzma_end(&stream);
    ck_assert_int_eq(fclose(file), 0);
}

static inline int reading_run(const char *name, void (*add)(TCase *))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    tcase_set_timeout(tests, 120);
    add(tests);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
