/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Growing bytes with a ceiling (after curl's dynbuf). A failed append sets `failed`, keeps what
 * was there, and makes later appends do nothing, so a long sequence is checked once at its end. */
#ifndef DAFU_BASE_BUFFER_H
#define DAFU_BASE_BUFFER_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct buffer {
    char *data;    /* NUL after the last byte when not NULL */
    size_t length; /* bytes in use */
    size_t capacity;
    size_t ceiling;     /* bytes; 0 means BUFFER_CEILING */
    enum status failed; /* STATUS_OK, STATUS_NO_MEMORY or STATUS_LIMIT; sticky until clear */
};

#define BUFFER_CEILING ((size_t)1 << 31)
#define BUFFER_INIT ((struct buffer) { 0 })

void buffer_init(struct buffer *buffer, size_t ceiling);
void buffer_release(struct buffer *buffer); /* CLEANUP-able; leaves an empty buffer */
void buffer_clear(struct buffer *buffer);   /* keeps the memory */

void buffer_append(struct buffer *buffer, struct text text);
void buffer_append_byte(struct buffer *buffer, char byte);
void buffer_append_codepoint(struct buffer *buffer, uint32_t codepoint); /* as UTF-8 */
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Room for `extra` more bytes at the end (and a NUL behind them); NULL on failure. Write, then
 * add what was written to buffer->length. */
char *buffer_reserve(struct buffer *buffer, size_t extra);

/* STATUS_OK or the sticky failure with its message. */
enum status buffer_status(const struct buffer *buffer, struct error *error);

static inline struct text buffer_text(const struct buffer *buffer)
{
    struct text text = { buffer->data, buffer->length };
    return text;
}

#ifdef __cplusplus
}
#endif
#endif
