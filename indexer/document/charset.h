/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of a file in whatever encoding -> UTF-8, with a word on how the encoding was found and a
 * way back to the bytes. The order of the evidence: a byte order mark; UTF-16 by its pattern of
 * bytes; valid (or nearly valid) UTF-8; what the text declares; what uchardet finds; GB18030. */
#ifndef DAFU_DOCUMENT_CHARSET_H
#define DAFU_DOCUMENT_CHARSET_H

#include "indexer/base/arena.h"
#include "indexer/base/span_map.h"
#include "indexer/document/charset_codec.h"

enum charset_origin {
    CHARSET_MARK,     /* a byte order mark */
    CHARSET_PATTERN,  /* UTF-16 without a mark: where its zero bytes and Chinese characters are */
    CHARSET_VALID,    /* nothing but UTF-8 looks like it */
    CHARSET_DECLARED, /* by the page or its XML declaration, and true */
    CHARSET_DETECTED, /* by its bytes: plainly Chinese, or as uchardet says */
    CHARSET_ASSUMED,  /* nothing said anything: GB18030 */
};
/* "byte order mark", "byte pattern", "valid", "declared", "detected", "assumed" */
const char *charset_origin_name(enum charset_origin origin);

struct charset_text {
    struct text text;  /* valid UTF-8 without a mark: a slice of `bytes` where they are that
                            * already, else in the arena */
    struct text bytes; /* the source, the mark included */
    size_t mark;       /* bytes of the mark */
    const struct codec *codec;
    enum charset_origin origin;
    size_t replaced; /* characters that became U+FFFD */
};

/* `declared` is the encoding's label from outside or charset_declared's, or empty. The result
 * refers to `bytes`. STATUS_NO_MEMORY, or STATUS_UNSUPPORTED from iconv. */
enum status charset_decode(struct text bytes, struct text declared, struct arena *arena,
                           struct charset_text *out, struct error *error);

/* The label in the first <meta charset=...>, <meta http-equiv=content-type content=...> or XML
 * declaration of the bytes; a slice of them, empty if there is none. */
struct text charset_declared(struct text bytes);

/* Whether so much could not be decoded, or is control characters, that this is no text. */
bool charset_is_binary(const struct charset_text *decoded);

/* Walks a decoded text from its start to its end to say where its parts came from. */
struct charset_walk {
    const struct charset_text *decoded;
    struct decoder decoder;
    size_t text_offset;
    size_t source_offset;
};

enum status charset_walk_open(struct charset_walk *walk, const struct charset_text *decoded,
                              struct error *error);
void charset_walk_close(struct charset_walk *walk); /* CLEANUP-able */

/* Appends the runs of text bytes [start, start + length), which begin and end between characters
 * and not before the end of the range asked for last. Each character has its own exact place. In a
 * text of more than CHARSET_EXACT_BYTES that is not UTF-8 throughout, a range is one run: exact
 * at its ends. False: no memory. */
#define CHARSET_EXACT_BYTES ((size_t)8 << 20)
bool charset_walk_map(struct charset_walk *walk, size_t start, size_t length, struct arena *arena,
                      struct span_map *map);

#endif
