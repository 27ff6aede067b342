/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/child.h"
#include "tests/base/suite.h"
#include "tests/document/round_trip.h"

static bool installed(void)
{
    if (child_available("antiword"))
        return true;
    fprintf(stderr, "skipped: antiword is not installed\n");
    return false;
}

static void load(struct buffer *bytes, const char *fixture)
{
    char path[512];
    struct stream *stream = NULL;
    struct error error;
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/%s", DAFU_SOURCE_DIR, fixture);
    ck_assert_int_eq(stream_open(path, &stream, &error), STATUS_OK);
    ck_assert_int_eq(stream_load(stream, DOCUMENT_BYTES_MAX, bytes, &error), STATUS_OK);
    stream_close(stream);
}

START_TEST(a_word_file_reads_like_its_text)
{
    if (installed())
        assert_reads_like(&DOC_READER, "word/text.doc", "tangpu-2025-17");
}
END_TEST

START_TEST(page_numbers_of_the_footer_are_dropped)
{
    char path[512];
    struct trip trip = { .reader = &DOC_READER, .blocks = true };
    if (!installed())
        return;
    snprintf(path, sizeof(path), "%s/tests/fixtures/word/text.doc", DAFU_SOURCE_DIR);
    trip_read(&trip, path);
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    ck_assert_ptr_null(strstr(trip_string(&trip.text), "PAGE"));
    trip_release(&trip);
}
END_TEST

START_TEST(an_ole_file_that_is_no_word_document_is_one_line)
{
    struct trip trip = { .reader = &DOC_READER };
    char bytes[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (!installed())
        return;
    trip_read_bytes(&trip, (struct text) { bytes, sizeof(bytes) });
    ck_assert_str_eq(status_name(trip.status), status_name(STATUS_INVALID));
    ck_assert_msg(text_starts_with(text_of(trip.error.message), TEXT("not a Word document")), "%s",
                  trip.error.message);
    ck_assert_str_eq(trip_string(&trip.text), "");
    trip_release(&trip);
}
END_TEST

START_TEST(a_cut_off_file_ends_in_text_or_one_line)
{
    struct buffer bytes = BUFFER_INIT;
    if (!installed())
        return;
    load(&bytes, "text.doc");
    for (size_t length = 8; length < bytes.length; length += 1499) {
        struct trip trip = { .reader = &DOC_READER };
        trip_read_bytes(&trip, text_slice(buffer_text(&bytes), 0, length));
        if (trip.status)
            ck_assert_uint_gt(strlen(trip.error.message), 0);
        trip_release(&trip);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(word_files_are_known_by_their_container)
{
    ck_assert(DOC_READER.recognizes(TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1zzzz"), TEXT("wps")));
    ck_assert(!DOC_READER.recognizes(TEXT("PK\x03\x04"), TEXT("doc")));
}
END_TEST

RUN_SUITE("doc_reader", NULL, NULL, a_word_file_reads_like_its_text,
          page_numbers_of_the_footer_are_dropped, an_ole_file_that_is_no_word_document_is_one_line,
          a_cut_off_file_ends_in_text_or_one_line, word_files_are_known_by_their_container)
