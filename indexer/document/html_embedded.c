/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The candidate with most Chinese characters wins. Of a script, its strings are read as JSON and
 * JavaScript write them; what such a string holds is markup again, sometimes escaped once more. */
#include "indexer/document/html_embedded.h"

#include <ctype.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define ENOUGH 60        /* ideographs: more than a notice that scripts are switched off */
#define PAGE_SENTENCES 2 /* a page with more has text of its own */
#define STRINGS_SHARE 2  /* a string with one part in so many of a script's text is all of it */

struct candidate {
    struct html_node *node;
    struct text markup; /* empty: the element's own content */
    uint32_t chinese;
};

static uint32_t count_chinese(struct text text)
{
    uint32_t count = 0;
    for (size_t at = 0; at < text.length;)
        count += utf8_is_han(utf8_next_valid(text.data, &at));
    return count;
}

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* --- strings of scripts --------------------------------------------------------------------- */

static unsigned hex_value(struct text text, size_t at, size_t digits)
{
    unsigned value = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (i >= text.length || !isxdigit((unsigned char)text.data[i]))
            return 0;
        int digit = tolower((unsigned char)text.data[i]);
        value = value * 16 + (unsigned)(isdigit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

/* The escape behind the backslash at `at`; returns the offset behind it. */
static size_t add_escape(struct text script, size_t at, struct buffer *out)
{
    char name = at + 1 < script.length ? script.data[at + 1] : 0;
    char bytes[4];
    if (name == 'u' || name == 'x') {
        size_t digits = name == 'u' ? 4 : 2;
        uint32_t codepoint = hex_value(script, at + 2, digits);
        at += 2 + digits;
        if (codepoint >= 0xD800 && codepoint < 0xDC00 && at + 1 < script.length &&
            script.data[at] == '\\' && script.data[at + 1] == 'u') {
            uint32_t low = hex_value(script, at + 2, 4);
            if (low >= 0xDC00 && low < 0xE000) {
                codepoint = 0x10000 + ((codepoint - 0xD800) << 10) + (low - 0xDC00);
                at += 6;
            }
        }
        if (codepoint >= ' ' && (codepoint < 0xD800 || codepoint >= 0xE000))
            buffer_append(out, text_of_bytes(bytes, utf8_encode(codepoint, bytes)));
        return at < script.length ? at : script.length;
    }
    if (name == 'n')
        buffer_append(out, TEXT("<br>\n"));
    else if (name == 't' || name == 'r' || name == '\n')
        buffer_append(out, TEXT(" "));
    else if (name)
        buffer_append(out, text_slice(script, at + 1, 1));
    return at + 2 < script.length ? at + 2 : script.length;
}

/* The string that begins at the quotation mark `at`, decoded; *at: behind it. False when it has no end
 * on its line, as what looks like one may be a mark in a comment: then behind the line. */
static bool read_string(struct text script, size_t *at, struct buffer *out)
{
    char quote = script.data[*at];
    size_t i = *at + 1;
    buffer_clear(out);
    while (i < script.length && script.data[i] != quote && script.data[i] != '\n') {
        if (script.data[i] == '\\') {
            i = add_escape(script, i, out);
            continue;
        }
        size_t length = utf8_length((unsigned char)script.data[i]);
        length = i + length > script.length ? script.length - i : length;
        buffer_append(out, text_slice(script, i, length));
        i += length;
    }
    *at = i + (i < script.length);
    return i < script.length && script.data[i] == quote;
}

/* What stands before a colon is a name. */
static bool is_name(struct text script, size_t at)
{
    while (at < script.length && isspace((unsigned char)script.data[at]))
        at++;
    return at < script.length && script.data[at] == ':';
}

/* The script's longest string, or all of them when it is but one among many, as in a list of
 * paragraphs. */
static enum status read_script(struct text script, struct arena *arena, struct candidate *out,
                               struct error *error)
{
    CLEANUP(buffer_release) struct buffer string = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer all = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer longest = BUFFER_INIT;
    uint32_t most = 0, sum = 0;
    for (size_t at = 0; at < script.length;) {
        if (script.data[at] != '"' && script.data[at] != '\'' && script.data[at] != '`') {
            at++;
            continue;
        }
        if (!read_string(script, &at, &string) || is_name(script, at))
            continue;
        uint32_t chinese = count_chinese(buffer_text(&string));
        if (!chinese)
            continue;
        buffer_append(&all, TEXT("<p>"));
        buffer_append(&all, buffer_text(&string));
        buffer_append(&all, TEXT("</p>\n"));
        sum += chinese;
        if (chinese > most) {
            most = chinese;
            buffer_clear(&longest);
            buffer_append(&longest, buffer_text(&string));
        }
    }
    if (buffer_status(&all, NULL) || buffer_status(&longest, NULL) || buffer_status(&string, NULL))
        return out_of_memory(error);
    bool single = most * STRINGS_SHARE >= sum;
    out->chinese = single ? most : sum;
    out->markup = arena_text(arena, buffer_text(single ? &longest : &all));
    return out->markup.data ? STATUS_OK : out_of_memory(error);
}

/* --- elements ------------------------------------------------------------------------------- */

/* All text below the element, and whether there are elements between. */
static enum status gather(const struct html_node *element, struct arena *arena, struct text *text,
                          bool *nested, struct error *error)
{
    CLEANUP(buffer_release) struct buffer all = BUFFER_INIT;
    const struct html_node *end = html_after(element);
    *nested = false;
    for (const struct html_node *node = element->first; node && node != end;
         node = html_next(node)) {
        if (node->kind == HTML_TEXT)
            buffer_append(&all, node->text);
        *nested = *nested || node->kind == HTML_ELEMENT;
    }
    if (buffer_status(&all, NULL))
        return out_of_memory(error);
    *text = arena_text(arena, buffer_text(&all));
    return text->data ? STATUS_OK : out_of_memory(error);
}

static bool has_tags(struct text text)
{
    return text_contains(text, TEXT("</")) || text_contains(text, TEXT("<br")) ||
           text_contains(text, TEXT("<BR"));
}

/* Markup that was escaped once more, as it was put into a page by a program: &lt;p&gt; */
static enum status unescape(struct text *markup, struct arena *arena, struct error *error)
{
    static const struct {
        struct text name;
        char sign;
    } REFERENCES[] = { { TEXT_INIT("&lt;"), '<' },
                       { TEXT_INIT("&gt;"), '>' },
                       { TEXT_INIT("&quot;"), '"' },
                       { TEXT_INIT("&amp;"), '&' } };
    if (has_tags(*markup) || !text_contains(*markup, TEXT("&lt;")))
        return STATUS_OK;
    char *out = arena_alloc(arena, markup->length + 1);
    if (!out)
        return out_of_memory(error);
    size_t length = 0;
    for (size_t at = 0; at < markup->length;) {
        struct text rest = text_slice(*markup, at, markup->length - at);
        size_t k = 0;
        while (k < 4 && !text_starts_with(rest, REFERENCES[k].name))
            k++;
        out[length++] = k < 4 ? REFERENCES[k].sign : markup->data[at];
        at += k < 4 ? REFERENCES[k].name.length : 1;
    }
    *markup = (struct text) { out, length };
    return STATUS_OK;
}

/* Lines of plain text as lines of a page. */
static enum status keep_lines(struct text *markup, struct arena *arena, struct error *error)
{
    if (has_tags(*markup))
        return STATUS_OK;
    struct text made = arena_printf(arena, "<pre>%.*s</pre>", TEXT_ARG(*markup));
    *markup = made;
    return made.data ? STATUS_OK : out_of_memory(error);
}

static bool is_holder(const struct html_node *node)
{
    return html_is(node, "textarea") || html_is(node, "noscript") || html_is(node, "template") ||
           html_is(node, "script");
}

static bool is_template(const struct html_node *script)
{
    struct text type = html_attribute(script, "type");
    return text_contains(type, TEXT("template")) || text_contains(type, TEXT("html")) ||
           text_contains(type, TEXT("text/plain")) || text_contains(type, TEXT("x-"));
}

static enum status read_holder(struct html_node *node, struct arena *arena, struct candidate *out,
                               struct error *error)
{
    bool nested;
    struct text text;
    enum status status = gather(node, arena, &text, &nested, error);
    if (status)
        return status;
    *out = (struct candidate) { .node = node, .chinese = count_chinese(text) };
    if (html_is(node, "script") && !is_template(node))
        return read_script(text, arena, out, error);
    if (nested || out->chinese < ENOUGH)
        return STATUS_OK;
    out->markup = text;
    return STATUS_OK;
}

enum status html_find_embedded(struct html_tree *tree, struct arena *arena, bool *found,
                               struct text *markup, struct error *error)
{
    struct candidate best = { 0 };
    *found = false;
    *markup = (struct text) { 0 };
    for (struct html_node *node = tree->root; tree->root->sentences <= PAGE_SENTENCES && node;) {
        if (!is_holder(node)) {
            node = html_next(node);
            continue;
        }
        struct candidate candidate;
        enum status status = read_holder(node, arena, &candidate, error);
        if (status)
            return status;
        if (candidate.chinese > best.chinese)
            best = candidate;
        node = html_after(node);
    }
    if (best.chinese < ENOUGH || best.chinese <= tree->root->chinese)
        return STATUS_OK;
    *found = true;
    if (!best.markup.length) {
        best.node->flags = HTML_BLOCK;
        for (struct html_node *node = best.node->parent; node; node = node->parent)
            node->flags &= ~(unsigned)HTML_SKIP; /* a <noscript> that the parser put into <head> */
        return STATUS_OK;
    }
    enum status status = unescape(&best.markup, arena, error);
    if (!status)
        status = keep_lines(&best.markup, arena, error);
    *markup = best.markup;
    return status;
}
