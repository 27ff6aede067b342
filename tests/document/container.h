/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of ZIP formats: containers are written by the scripts in tests/fixtures, which know nothing
 * of the readers, from a description in the test. See make_zip.py for its form. */
#ifndef DAFU_TESTS_CONTAINER_H
#define DAFU_TESTS_CONTAINER_H

#include "indexer/base/file.h"
#include "tests/document/reading.h"

/* Runs tests/fixtures/`script` with these arguments and `input` on its standard input. */
static inline void container_run(const char *script, const char *arguments, struct text input)
{
    char command[1024];
    snprintf(command, sizeof(command), "python3 '%s/tests/fixtures/%s' %s", DAFU_SOURCE_DIR, script,
             arguments);
    FILE *pipe = popen(command, "w");
    ck_assert_ptr_nonnull(pipe);
    ck_assert_uint_eq(fwrite(input.data, 1, input.length, pipe), input.length);
    ck_assert_int_eq(pclose(pipe), 0);
}

/* The bytes of the container that the description describes. */
static inline void container_make(const char *description, struct buffer *out)
{
    char path[256], arguments[300];
    reading_make_path(path, sizeof(path), ".zip");
    snprintf(arguments, sizeof(arguments), "'%s'", path);
    container_run("make_zip.py", arguments, text_of(description));
    ck_assert_int_eq(file_read(path, 0, out, NULL), STATUS_OK);
    unlink(path);
}

static inline void assert_container_reads(const char *extension, const char *description,
                                          const char *expected)
{
    struct buffer bytes = BUFFER_INIT;
    container_make(description, &bytes);
    assert_reads(extension, buffer_text(&bytes), expected);
    buffer_release(&bytes);
}

static inline void assert_container_warns(const char *extension, const char *description,
                                          const char *expected, const char *warnings)
{
    struct buffer bytes = BUFFER_INIT;
    container_make(description, &bytes);
    assert_reads_warning(extension, buffer_text(&bytes), expected, warnings);
    buffer_release(&bytes);
}

static inline void assert_container_refused(const char *extension, const char *description,
                                            enum status status, const char *message)
{
    struct buffer bytes = BUFFER_INIT;
    container_make(description, &bytes);
    assert_refused(extension, buffer_text(&bytes), status, message);
    buffer_release(&bytes);
}

static inline enum status container_ignore(void *context, const struct document *document,
                                           struct error *error)
{
    (void)context;
    (void)document;
    (void)error;
    return STATUS_OK;
}

/* Cut off at every byte, and with every byte changed, the container gives a status with a message
 * or something that can be read, never a crash. */
static inline void assert_survives_damage(const char *description, const char *path)
{
    struct buffer bytes = BUFFER_INIT;
    struct document_receiver receiver = { .document = container_ignore };
    struct error error;
    container_make(description, &bytes);
    for (size_t length = 0; length < bytes.length; length++) {
        char *copy = malloc(length + 1); /* of its own, so that the sanitizer sees an overrun */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, bytes.data, length);
        error.message[0] = '\0';
        enum status status =
            readers_read_bytes(text_of_bytes(copy, length), path, &receiver, &error);
        ck_assert(length < 4 || status != STATUS_OK); /* a "P" alone is a text */
        ck_assert(status == STATUS_OK || error.message[0] != '\0');
        free(copy);
    }
    for (size_t i = 0; i < bytes.length; i++) {
        bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
        error.message[0] = '\0';
        enum status status = readers_read_bytes(buffer_text(&bytes), path, &receiver, &error);
        ck_assert(status == STATUS_OK || error.message[0] != '\0');
        bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
    }
    buffer_release(&bytes);
}

#endif
