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

enum status error_prefix(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;

    char prefix[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int formatted = vsnprintf(prefix, sizeof(prefix), format, arguments);
    va_end(arguments);
    if (formatted < 0)
        return status;

    char scratch[2 * ERROR_MESSAGE_SIZE];
    formatted = snprintf(scratch, sizeof(scratch), "%s: %s", prefix, error->message);
    take_message(error, scratch, formatted);
    return status;
}

const char *status_name(enum status status)
{
    static const char *const names[] = {
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
    return index < sizeof(names) / sizeof(names[0]) ? names[index] : "unknown";
}
