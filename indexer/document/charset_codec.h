/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The character encodings that are read, and turning one into UTF-8 a character or a file at a
 * time. Unicode's own forms are decoded here, the rest by glibc's iconv. */
#ifndef DAFU_DOCUMENT_CHARSET_CODEC_H
#define DAFU_DOCUMENT_CHARSET_CODEC_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <iconv.h>

enum codec_form {
    CODEC_UTF8,
    CODEC_UTF16, /* two bytes a unit */
    CODEC_UTF32,
    CODEC_DOUBLE, /* iconv: ASCII, and two or more bytes for the rest */
    CODEC_MIXED,  /* iconv: ASCII, single bytes above it, and pairs */
    CODEC_SINGLE, /* iconv: one byte a character; every text "is" in such an encoding */
};

struct codec {
    const char *name; /* "GB18030": also iconv's name */
    enum codec_form form;
    bool big_endian;
    bool chinese;
};

extern const struct codec CODEC_FOR_UTF8, CODEC_FOR_UTF16LE, CODEC_FOR_UTF16BE, CODEC_FOR_UTF32LE,
    CODEC_FOR_UTF32BE, CODEC_FOR_GB18030;

/* The codec that a declaration means: "gb2312", "x-gbk" and "GB_2312-80" are all GB18030, "big5" is
 * BIG5-HKSCS, "iso-8859-1" is WINDOWS-1252. NULL when the label is unknown, or says UTF-16: who
 * could read that label in single bytes knows that it is not. */
const struct codec *codec_find(struct text label);

struct decoder {
    const struct codec *codec;
    iconv_t handle; /* (iconv_t)-1 where iconv is not needed */
};

/* STATUS_UNSUPPORTED when this system's iconv lacks the encoding. */
enum status decoder_open(struct decoder *decoder, const struct codec *codec, struct error *error);
void decoder_close(struct decoder *decoder); /* CLEANUP-able, also on { codec, (iconv_t)-1 } */

#define DECODER_STEP_BYTES 16

/* Decodes the character at `offset` (< bytes.length): up to DECODER_STEP_BYTES of UTF-8 into `out`.
 * Returns how many bytes of the source it takes, at least 1. What cannot be decoded, also a
 * character that the end of the bytes cuts off, becomes one U+FFFD and *bad is set. */
size_t decoder_step(struct decoder *decoder, struct text bytes, size_t offset, char *out,
                    size_t *out_length, bool *bad);

/* Decodes all bytes; the result is the same as that of steps. out may be NULL: then nothing is
 * written, but counted. Returns the length of the UTF-8; *replaced counts the U+FFFD put in. */
size_t decoder_run(struct decoder *decoder, struct text bytes, char *out, size_t capacity,
                   size_t *replaced);

#endif
