/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the page. The references are those that the HTML standard lets go without a
 * semicolon and that pages really use. */
#include "indexer/document/html_clean.h"

#include <ctype.h>

static const struct text REFERENCES[] = {
    TEXT_INIT("&nbsp"), TEXT_INIT("&middot"), TEXT_INIT("&times"), TEXT_INIT("&quot"),
    TEXT_INIT("&amp"),  TEXT_INIT("&lt"),     TEXT_INIT("&gt"),    TEXT_INIT("&copy"),
    TEXT_INIT("&deg"),  TEXT_INIT("&laquo"),  TEXT_INIT("&raquo"),
};
#define TAG_BYTES_MAX ((size_t)2048)
#define REFERENCE_COUNT (sizeof(REFERENCES) / sizeof(REFERENCES[0]))

static struct text rest_of(struct text page, size_t offset)
{
    return text_slice(page, offset, page.length - offset);
}

/* Length of a reference without its semicolon at the start of the text, or 0. */
static size_t open_reference(struct text text)
{
    for (size_t i = 0; i < REFERENCE_COUNT; i++) {
        size_t length = REFERENCES[i].length;
        if (!text_starts_with(text, REFERENCES[i]))
            continue;
        char next = text.length > length ? text.data[length] : 0;
        return next == ';' || next == '=' || isalnum((unsigned char)next) ? 0 : length;
    }
    return 0;
}

/* Length of "<![...]>" at the start of the text, or 0. */
static size_t conditional_mark(struct text text)
{
    if (!text_starts_with(text, TEXT("<![")))
        return 0;
    const char *end = memchr(text.data, '>', text.length < 256 ? text.length : 256);
    return end ? (size_t)(end - text.data) + 1 : 3;
}

static bool needs_cleaning(struct text page)
{
    for (size_t offset = 0; offset < page.length; offset++) {
        char byte = page.data[offset];
        if (byte == 0)
            return true;
        if (byte == '&' && open_reference(rest_of(page, offset)))
            return true;
        if (byte == '<' && conditional_mark(rest_of(page, offset)))
            return true;
    }
    return false;
}

/* A page that breaks off inside a tag: without what there is of it. */
static struct text cut_open_tag(struct text page)
{
    size_t closed = text_find_last(page, TEXT(">")), first = closed == TEXT_NONE ? 0 : closed + 1;
    if (page.length - first > TAG_BYTES_MAX)
        return page;
    for (size_t i = first; i < page.length; i++) {
        struct text rest = rest_of(page, i + 1);
        bool nothing =
            !rest.length || text_equal(rest, TEXT("\xEF\xBF\xBD")); /* half a character */
        if (page.data[i] == '<' &&
            (nothing || isalpha((unsigned char)rest.data[0]) || strchr("/!?", rest.data[0])))
            return text_slice(page, 0, i);
    }
    return page;
}

enum status html_clean(struct text page, struct arena *arena, struct text *out, struct error *error)
{
    page = cut_open_tag(page);
    *out = page;
    if (!needs_cleaning(page))
        return STATUS_OK;
    char *clean = arena_alloc(arena, page.length + page.length / 3 + 1); /* "&lt" gets a ";" */
    if (!clean)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    size_t length = 0;
    for (size_t offset = 0; offset < page.length;) {
        char byte = page.data[offset];
        size_t mark = byte == '<' ? conditional_mark(rest_of(page, offset)) : 0;
        size_t reference = byte == '&' ? open_reference(rest_of(page, offset)) : 0;
        if (reference > 0) {
            memcpy(clean + length, page.data + offset, reference);
            length += reference;
            clean[length++] = ';';
        } else if (mark == 0 && byte != 0) {
            clean[length++] = byte;
        }
        offset += mark + reference > 0 ? mark + reference : 1;
    }
    *out = (struct text) { clean, length };
    return STATUS_OK;
}
