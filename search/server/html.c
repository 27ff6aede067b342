/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/html.h"

static const char *reference_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct buffer *out, struct text text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *reference = reference_of(text.data[i]);
        if (!reference)
            continue;
        buffer_append(out, text_slice(text, start, i - start));
        html_raw(out, reference);
        start = i + 1;
    }
    buffer_append(out, text_slice(text, start, text.length - start));
}

static bool is_unreserved(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte && strchr("-._~", byte));
}

void html_url(struct buffer *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (is_unreserved(byte))
            buffer_append_byte(out, (char)byte);
        else
            buffer_printf(out, "%%%02X", byte);
    }
}
