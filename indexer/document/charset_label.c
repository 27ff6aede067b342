/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encoding that a page or an XML file declares, read before it can be parsed: a scan of its
 * first bytes for an XML declaration or a <meta> element (the HTML standard's "prescan"). */
#include <ctype.h>

#include "indexer/document/charset.h"

/* Templates put scripts and comments before the element; the standard's 1024 bytes are too few. */
#define PRESCAN_BYTES ((size_t)64 << 10)

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\f';
}

static bool starts_with_name(struct text text, struct text name)
{
    if (text.length < name.length)
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (tolower((unsigned char)text.data[i]) != name.data[i])
            return false;
    return true;
}

static struct text rest_of(struct text text, size_t start)
{
    return text_slice(text, start, text.length - start);
}

static size_t find_name(struct text text, struct text name)
{
    for (size_t i = 0; i + name.length <= text.length; i++)
        if (starts_with_name(rest_of(text, i), name))
            return i;
    return TEXT_NONE;
}

static struct text skip_blanks(struct text text)
{
    size_t start = 0;
    while (start < text.length && is_blank(text.data[start]))
        start++;
    return rest_of(text, start);
}

/* The value behind `name` and "=" in a tag: quoted or up to a blank, ";" or ">". */
static struct text value_of(struct text tag, struct text name)
{
    for (;;) {
        size_t at = find_name(tag, name);
        if (at == TEXT_NONE)
            return (struct text) { NULL, 0 };
        tag = skip_blanks(rest_of(tag, at + name.length));
        if (tag.length > 0 && tag.data[0] == '=')
            break;
    }
    tag = skip_blanks(rest_of(tag, 1));
    size_t start = 0;
    while (start < tag.length && (tag.data[start] == '"' || tag.data[start] == '\''))
        start++;
    size_t end = start;
    while (end < tag.length && !is_blank(tag.data[end]) && !strchr("\"';>/?,", tag.data[end]))
        end++;
    return text_slice(tag, start, end - start);
}

static struct text comment_end(struct text head)
{
    size_t end = text_find(head, TEXT("-->"));
    return end == TEXT_NONE ? rest_of(head, head.length) : rest_of(head, end + 3);
}

struct text charset_declared(struct text bytes)
{
    struct text none = { NULL, 0 };
    if (bytes.length == 0)
        return none;
    struct text head =
        text_slice(bytes, 0, bytes.length < PRESCAN_BYTES ? bytes.length : PRESCAN_BYTES);
    for (size_t at; (at = text_find(head, TEXT("<"))) != TEXT_NONE;) {
        head = rest_of(head, at);
        if (text_starts_with(head, TEXT("<!--"))) {
            head = comment_end(head);
            continue;
        }
        bool meta = starts_with_name(head, TEXT("<meta"));
        if (meta || starts_with_name(head, TEXT("<?xml"))) {
            size_t end = text_find(head, TEXT(">"));
            struct text tag = text_slice(head, 0, end == TEXT_NONE ? head.length : end);
            struct text label = value_of(tag, meta ? TEXT("charset") : TEXT("encoding"));
            if (label.length > 0)
                return label;
        }
        head = rest_of(head, 1);
    }
    return none;
}
