/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages end up on terminals and in logs beside foreign file names, so whatever could break the
 * line, move the cursor or turn the reading direction is made visible as '?'. */
#include "indexer/base/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "indexer/base/utf8.h"

/* C0, C1 and DEL; line and paragraph separators; the bidirectional controls. */
static bool is_unprintable(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) ||
           (codepoint >= 0x2028 && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069) || codepoint == UTF8_INVALID;
}

/* Cleans message[0..length) in place; nothing grows. Of a message that was cut off, half a code
 * point at the end goes without a '?'. */
static void clean_message(char *message, size_t length, bool was_cut)
{
    size_t kept = 0;
    for (size_t offset = 0; offset < length;) {
        size_t start = offset;
        uint32_t codepoint = utf8_next(message, length, &offset);
        if (codepoint == UTF8_INVALID && was_cut && offset == length)
            break;
        if (is_unprintable(codepoint)) {
            message[kept++] = '?';
            continue;
        }
        memmove(message + kept, message + start, offset - start);
        kept += offset - start;
    }
    message[kept] = '\0';
}

/* What a call of snprintf with ERROR_MESSAGE_SIZE left in `scratch` becomes the message. */
static void take_message(struct error *error, char *scratch, int formatted)
{
    bool was_cut = formatted >= ERROR_MESSAGE_SIZE;
    size_t length = formatted < 0 ? 0 : was_cut ? ERROR_MESSAGE_SIZE - 1 : (size_t)formatted;
    clean_message(scratch, length, was_cut);
    memcpy(error->message, scratch, strlen(scratch) + 1);
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;

    char scratch[ERROR_MESSAGE_SIZE]; /* the old message may be among the arguments */
    va_list arguments;
    va_start(arguments, format);
    int formatted = vsnprintf(scratch, sizeof(scratch), format, arguments);
    va_end(arguments);
    take_message(error, scratch, formatted);
    return status;
}

/* A path can be longer than a message may be, and what is wrong with it stands behind it: then
 * the middle of the path goes. */
#define PREFIX_SIZE 8192 /* above PATH_MAX */
#define PREFIX_ROOM_MIN 256

static void shorten_prefix(char *prefix, size_t length, size_t message)
{
    static const char GAP[] = "...";
    size_t all = ERROR_MESSAGE_SIZE - sizeof(": ");
    size_t room = message + PREFIX_ROOM_MIN < all ? all - message : PREFIX_ROOM_MIN;
    if (length <= room)
        return;
    struct text text = { prefix, length };
    size_t half = (room - strlen(GAP)) / 2;
    size_t head = utf8_boundary(text, half);
    size_t tail = length - half;
    while (tail < length && ((unsigned char)prefix[tail] & 0xC0) == 0x80)
        tail++;
    memcpy(prefix + head, GAP, strlen(GAP));
    memmove(prefix + head + strlen(GAP), prefix + tail, length - tail + 1);
}

enum status error_prefix(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;

    char prefix[PREFIX_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int formatted = vsnprintf(prefix, sizeof(prefix), format, arguments);
    va_end(arguments);
    if (formatted < 0)
        return status;
    shorten_prefix(prefix, strlen(prefix), strlen(error->message));

    char scratch[2 * ERROR_MESSAGE_SIZE];
    formatted = snprintf(scratch, sizeof(scratch), "%s: %s", prefix, error->message);
    take_message(error, scratch, formatted);
    return status;
}

const char *status_name(enum status status)
{
    static const char *const NAMES[] = {
        [STATUS_OK] = "ok",
        [STATUS_NO_MEMORY] = "no-memory",
        [STATUS_NOT_FOUND] = "not-found",
        [STATUS_IO] = "io",
        [STATUS_INVALID] = "invalid",
        [STATUS_UNSUPPORTED] = "unsupported",
        [STATUS_EMPTY] = "empty",
        [STATUS_LIMIT] = "limit",
        [STATUS_MISUSE] = "misuse",
        [STATUS_LOCKED] = "locked",
        [STATUS_STALE] = "stale",
        [STATUS_CORRUPT] = "corrupt",
        [STATUS_MISMATCH] = "mismatch",
        [STATUS_STOPPED] = "stopped",
    };
    size_t index = (size_t)status;
    return index < sizeof(NAMES) / sizeof(NAMES[0]) ? NAMES[index] : "unknown";
}
