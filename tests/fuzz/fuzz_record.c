/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as what a document of an index stores: first as a compressed record, with a
 * dictionary or without, then as a reply's record, a passage's, or both. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "indexer/analysis/record.h"
#include "indexer/analysis/record_codec.h"
#include "indexer/base/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct record_codec *codec;
static struct record_decoder *decoder;

/* A dictionary of samples that differ little. */
static void open_codec(void)
{
    struct error error;
    struct buffer samples = BUFFER_INIT, dictionary = BUFFER_INIT;
    size_t lengths[400];
    for (unsigned i = 0; i < 400; i++) {
        size_t before = samples.length;
        buffer_printf(&samples, "p第%u段：投入资金%u万元，完成老旧小区改造%u个，惠及群众%u人", i, i * 7919 % 1000,
                      i * 31 % 97, i * 104729 % 5000);
        lengths[i] = samples.length - before;
    }
    decoder = record_decoder_new();
    assert(decoder && !record_codec_new(RECORD_CODEC_WRITES, &codec, &error));
    assert(!record_codec_train(samples.data, lengths, 400, &dictionary, &error));
    if (dictionary.length)
        assert(!record_codec_add(codec, 1, buffer_text(&dictionary), &error));
    buffer_release(&samples);
    buffer_release(&dictionary);
}

static void read_records(struct text bytes)
{
    struct text reply, passage;
    struct reply_record reply_record;
    struct passage_record passage_record;
    struct error error = { "" };
    if (document_record_split(bytes, &reply, &passage, &error))
        return;
    (void)reply_record_decode(reply, &reply_record, &error);
    (void)passage_record_decode(passage, &passage_record, &error);
}

/* What can be read is the same when it has been written and read again. */
static void read_again(struct text bytes)
{
    CLEANUP(buffer_release) struct buffer first = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer second = BUFFER_INIT;
    struct reply_record record;
    struct error error;
    if (reply_record_decode(bytes, &record, &error))
        return;
    assert(!reply_record_encode(&record, &first, &error));
    assert(!reply_record_decode(buffer_text(&first), &record, &error));
    assert(!reply_record_encode(&record, &second, &error));
    assert(text_equal(buffer_text(&first), buffer_text(&second)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_release) struct arena arena;
    struct text bytes = text_of_bytes((const char *)data, size), decoded;
    struct error error;
    arena_init(&arena, 0);
    if (!decoder)
        open_codec();
    read_records(bytes);
    read_again(bytes);
    if (!record_decode(decoder, codec, bytes, &arena, &decoded, &error))
        read_records(decoded);
    return 0;
}
