/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Doubling growth with one byte kept for the NUL. Appending a part of the buffer to itself is
 * allowed. */
#include "indexer/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"

#define CAPACITY_SMALLEST ((size_t)64)

static size_t ceiling_of(const struct buffer *buffer)
{
    return buffer->ceiling ? buffer->ceiling : BUFFER_CEILING;
}

void buffer_init(struct buffer *buffer, size_t ceiling)
{
    *buffer = (struct buffer) { .ceiling = ceiling };
}

void buffer_release(struct buffer *buffer)
{
    if (!buffer)
        return;
    free(buffer->data);
    buffer_init(buffer, buffer->ceiling);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = STATUS_OK;
    if (buffer->data)
        buffer->data[0] = '\0';
}

/* At least `needed` bytes, NUL included. */
static bool grow(struct buffer *buffer, size_t needed)
{
    if (needed <= buffer->capacity)
        return true;

    size_t doubled = buffer->capacity > SIZE_MAX / 2 ? SIZE_MAX : 2 * buffer->capacity;
    size_t capacity = needed < CAPACITY_SMALLEST ? CAPACITY_SMALLEST : needed;
    if (capacity < doubled)
        capacity = doubled;
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = STATUS_NO_MEMORY;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

char *buffer_reserve(struct buffer *buffer, size_t extra)
{
    if (buffer->failed)
        return NULL;
    size_t ceiling = ceiling_of(buffer);
    if (ceiling == SIZE_MAX)
        ceiling--; /* room for the NUL */
    if (buffer->length > ceiling || extra > ceiling - buffer->length) {
        buffer->failed = STATUS_LIMIT;
        return NULL;
    }
    if (!grow(buffer, buffer->length + extra + 1))
        return NULL;
    buffer->data[buffer->length] = '\0';
    buffer->data[buffer->length + extra] = '\0';
    return buffer->data + buffer->length;
}

void buffer_append(struct buffer *buffer, struct text text)
{
    bool inside = buffer->data && (uintptr_t)text.data >= (uintptr_t)buffer->data &&
                  (uintptr_t)text.data <= (uintptr_t)buffer->data + buffer->length;
    size_t start = inside ? (size_t)(text.data - buffer->data) : 0;
    char *room = buffer_reserve(buffer, text.length);
    if (!room)
        return;
    if (text.length)
        memcpy(room, inside ? buffer->data + start : text.data, text.length);
    buffer->length += text.length;
}

void buffer_append_byte(struct buffer *buffer, char byte)
{
    char *room = buffer_reserve(buffer, 1);
    if (!room)
        return;
    *room = byte;
    buffer->length++;
}

void buffer_append_codepoint(struct buffer *buffer, uint32_t codepoint)
{
    char bytes[4];
    buffer_append(buffer, text_of_bytes(bytes, utf8_encode(codepoint, bytes)));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->failed = buffer->failed ? buffer->failed : STATUS_LIMIT;
        return;
    }

    char *room = buffer_reserve(buffer, (size_t)length);
    if (!room)
        return;
    va_start(arguments, format);
    vsnprintf(room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

enum status buffer_status(const struct buffer *buffer, struct error *error)
{
    if (buffer->failed == STATUS_LIMIT)
        return error_set(error, STATUS_LIMIT, "longer than the ceiling of %zu bytes",
                         ceiling_of(buffer));
    if (buffer->failed)
        return error_set(error, buffer->failed, "out of memory");
    return STATUS_OK;
}
