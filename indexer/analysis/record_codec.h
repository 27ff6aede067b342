/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored records, compressed: zstd (RFC 8878) with dictionaries made of an index's own records,
 * since one passage alone is too short to be compressed.
 *
 * Bytes: the number of the dictionary (0: none, and then not compressed, either), then a frame
 * without its magic number. An index keeps its dictionaries as long as it has records made with
 * them. One codec may decode for any number of threads, each with a record_decoder of its own. */
#ifndef DAFU_ANALYSIS_RECORD_CODEC_H
#define DAFU_ANALYSIS_RECORD_CODEC_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define RECORD_DICTIONARIES_MAX 32
#define RECORD_DICTIONARY_BYTES ((size_t)112 << 10)
#define RECORD_BYTES_MAX ((size_t)64 << 20) /* of one record, decoded */

struct record_codec;

/* One that only reads has half of each dictionary to prepare. */
enum record_codec_use { RECORD_CODEC_READS, RECORD_CODEC_WRITES };
enum status record_codec_new(enum record_codec_use use, struct record_codec **out,
                             struct error *error);
void record_codec_free(struct record_codec *codec);
void record_codec_freep(struct record_codec **codec); /* for CLEANUP */

/* Adds a dictionary as `number`, from 1; a number that is there already stays. The bytes are copied.
 * STATUS_CORRUPT (no such number can be), STATUS_NO_MEMORY. */
enum status record_codec_add(struct record_codec *codec, unsigned number, struct text dictionary,
                             struct error *error);

/* Makes a dictionary of samples that lie one behind the other. *out is empty when there is too
 * little of them. */
enum status record_codec_train(const char *samples, const size_t *lengths, unsigned count,
                               struct buffer *out, struct error *error);

/* Appends the coded record; number 0 does not compress. Thread-safe: each thread its own encoder. */
struct record_encoder;
struct record_encoder *record_encoder_new(void); /* NULL: no memory */
void record_encoder_free(struct record_encoder *encoder);
enum status record_encode(struct record_encoder *encoder, const struct record_codec *codec,
                          unsigned number, struct text record, struct buffer *out,
                          struct error *error);

struct record_decoder;
struct record_decoder *record_decoder_new(void); /* NULL: no memory */
void record_decoder_free(struct record_decoder *decoder);

/* The record, in the arena. STATUS_CORRUPT, STATUS_NO_MEMORY. */
enum status record_decode(struct record_decoder *decoder, const struct record_codec *codec,
                          struct text bytes, struct arena *arena, struct text *out,
                          struct error *error);

#ifdef __cplusplus
}
#endif
#endif
