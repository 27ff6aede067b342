/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored records, compressed with dictionaries made of them. */
#include "indexer/analysis/record_codec.h"

#include "tests/analysis/suite.h"

#define SAMPLES 500

static struct record_codec *codec;
static struct record_encoder *encoder;
static struct record_decoder *decoder;

static void before(void)
{
    arena_init(&arena, 0);
    encoder = record_encoder_new();
    decoder = record_decoder_new();
    ck_assert(encoder && decoder && !record_codec_new(RECORD_CODEC_WRITES, &codec, &error));
}

static void after(void)
{
    record_codec_free(codec);
    record_encoder_free(encoder);
    record_decoder_free(decoder);
    arena_release(&arena);
}

static struct text sample(unsigned number)
{
    return arena_printf(&arena, "近年来，我局投入资金%u万元，完成老旧小区改造%u个，惠及群众%u人次。",
                        number * 7919 % 1000, number * 31 % 97, number * 104729 % 5000);
}

static void train(unsigned number)
{
    CLEANUP(buffer_release) struct buffer samples = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer dictionary = BUFFER_INIT;
    size_t lengths[SAMPLES];
    for (unsigned i = 0; i < SAMPLES; i++) {
        struct text text = sample(i);
        buffer_append(&samples, text);
        lengths[i] = text.length;
    }
    ck_assert(!record_codec_train(samples.data, lengths, SAMPLES, &dictionary, &error));
    ck_assert_uint_gt(dictionary.length, 0);
    ck_assert(!record_codec_add(codec, number, buffer_text(&dictionary), &error));
}

static struct text coded(unsigned number, struct text record)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    ck_assert(!record_encode(encoder, codec, number, record, &out, &error));
    return arena_text(&arena, buffer_text(&out));
}

START_TEST(a_record_is_read_as_it_was_written)
{
    train(1);
    for (unsigned number = 0; number <= 1; number++) {
        struct text record = sample(12345), decoded;
        ck_assert(!record_decode(decoder, codec, coded(number, record), &arena, &decoded, &error));
        ck_assert(text_equal(decoded, record));
    }
}
END_TEST

START_TEST(a_dictionary_makes_a_record_small)
{
    train(1);
    ck_assert_uint_eq(coded(0, sample(777)).length, sample(777).length + 1);
    ck_assert_uint_lt(coded(1, sample(777)).length * 2, sample(777).length);
}
END_TEST

START_TEST(what_does_not_become_smaller_stays_plain)
{
    train(1);
    struct text coded_one = coded(1, TEXT("x")), decoded;
    ck_assert_int_eq(coded_one.data[0], 0);
    ck_assert(!record_decode(decoder, codec, coded_one, &arena, &decoded, &error));
    assert_text(decoded, "x");
}
END_TEST

START_TEST(a_damaged_record_is_told)
{
    train(1);
    struct text record = sample(42), bytes = coded(1, record), decoded;
    for (size_t length = 0; length < bytes.length; length++)
        ck_assert_int_eq(record_decode(decoder, codec, text_slice(bytes, 0, length), &arena,
                                       &decoded, &error),
                         STATUS_CORRUPT);
    char other[] = { 2, 'a', 'b' }, none[] = { (char)200, 'a' };
    ck_assert_int_eq(record_decode(decoder, codec, (struct text) { other, sizeof(other) }, &arena,
                                   &decoded, &error),
                     STATUS_CORRUPT);
    ck_assert_int_eq(
        record_decode(decoder, codec, (struct text) { none, sizeof(none) }, &arena, &decoded, &error),
        STATUS_CORRUPT);
}
END_TEST

START_TEST(a_dictionary_has_a_number_and_keeps_it)
{
    ck_assert_int_eq(record_codec_add(codec, 0, TEXT("x"), &error), STATUS_CORRUPT);
    ck_assert_int_eq(record_codec_add(codec, RECORD_DICTIONARIES_MAX + 1, TEXT("x"), &error),
                     STATUS_CORRUPT);
    train(1);
    struct text bytes = coded(1, sample(3)), decoded;
    ck_assert(!record_codec_add(codec, 1, TEXT("something else"), &error));
    ck_assert(!record_decode(decoder, codec, bytes, &arena, &decoded, &error));
    ck_assert(text_equal(decoded, sample(3)));
}
END_TEST

START_TEST(of_too_little_no_dictionary_is_made)
{
    CLEANUP(buffer_release) struct buffer dictionary = BUFFER_INIT;
    const size_t lengths[] = { 3, 3 };
    ck_assert(!record_codec_train("abcabd", lengths, 2, &dictionary, &error));
    ck_assert_uint_eq(dictionary.length, 0);
}
END_TEST

RUN_SUITE("record_codec", before, after, a_record_is_read_as_it_was_written,
          a_dictionary_makes_a_record_small, what_does_not_become_smaller_stays_plain,
          a_damaged_record_is_told, a_dictionary_has_a_number_and_keeps_it,
          of_too_little_no_dictionary_is_made)
