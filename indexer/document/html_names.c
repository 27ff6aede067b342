/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/html_names.h"

#include <ctype.h>

#include "indexer/document/html_measure.h"
#include "indexer/document/html_text.h"

#define NAME_BYTES_MAX 1024

static int hex(char digit)
{
    if (isdigit((unsigned char)digit))
        return digit - '0';
    char lower = (char)tolower((unsigned char)digit);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* An address up to one of `ends`, %XX decoded; empty if it names no file. */
static struct text plain(struct text address, const char *ends, struct arena *arena)
{
    struct text none = { NULL, 0 };
    char *name = address.length <= NAME_BYTES_MAX ? arena_alloc(arena, address.length + 1) : NULL;
    if (!name)
        return none;
    size_t length = 0;
    for (size_t i = 0; i < address.length && !strchr(ends, address.data[i]); i++) {
        int high = i + 2 < address.length ? hex(address.data[i + 1]) : -1;
        int low = i + 2 < address.length ? hex(address.data[i + 2]) : -1;
        bool coded = address.data[i] == '%' && high >= 0 && low >= 0;
        int byte = coded ? high << 4 | low : address.data[i];
        if (byte == 0)
            return none;
        name[length++] = byte == '\\' ? '/' : (char)byte;
        i += coded ? 2 : 0;
    }
    return text_trim((struct text) { name, length });
}

bool html_is_page_address(struct text address)
{
    size_t cut = text_find(address, TEXT("?"));
    address.length = cut == TEXT_NONE ? address.length : cut;
    cut = text_find(address, TEXT("#"));
    address.length = cut == TEXT_NONE ? address.length : cut;
    size_t dot = text_find_last(address, TEXT("."));
    return dot != TEXT_NONE &&
           html_has_word(TEXT("html htm shtml xhtml jhtml mht mhtml"),
                         text_slice(address, dot + 1, address.length - dot - 1));
}

static void add_name(struct html_names *names, struct text name)
{
    if (name.length && names->count < HTML_NAMES_MAX)
        names->items[names->count++] = name;
}

/* ?file=/zwgk/a.pdf&name=b.pdf */
static void add_parameters(struct html_names *names, struct text address, struct arena *arena)
{
    size_t query = text_find(address, TEXT("?"));
    if (query == TEXT_NONE)
        return;
    struct text rest = text_slice(address, query + 1, address.length - query - 1), parameter;
    while (text_split(&rest, TEXT("&"), &parameter)) {
        size_t equals = text_find(parameter, TEXT("="));
        if (equals == TEXT_NONE)
            continue;
        struct text value =
            plain(text_slice(parameter, equals + 1, parameter.length - equals - 1), "#", arena);
        if (html_is_file_link(value))
            add_name(names, value);
    }
}

/* "附件：办理情况一览表.docx" is shown of a file without the label. */
static void add_shown(struct html_names *names, struct text shown)
{
    static const struct text MARKS[] = { TEXT_INIT("："), TEXT_INIT(":"), TEXT_INIT("、") };
    if (shown.length > NAME_BYTES_MAX || !html_is_file_link(shown))
        return;
    add_name(names, shown);
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(MARKS[0]); i++) {
        size_t at = text_find(shown, MARKS[i]);
        if (at != TEXT_NONE)
            add_name(names, text_trim(text_slice(shown, at + MARKS[i].length,
                                                 shown.length - at - MARKS[i].length)));
    }
}

void html_name_files(const struct html_node *node, struct arena *arena, struct html_names *out)
{
    const bool link = (node->flags & HTML_LINK) != 0, object = html_is(node, "object");
    *out = (struct html_names) { .frame = html_is(node, "iframe") || html_is(node, "frame") };
    if (!link && !object && !out->frame && !html_is(node, "embed"))
        return;
    struct text address = html_attribute(node, link ? "href" : object ? "data" : "src");
    if (html_is_file_link(address) || (out->frame && html_is_page_address(address)))
        add_name(out, plain(address, "#?", arena));
    add_parameters(out, address, arena);
    if (!link)
        return;
    add_shown(out, html_attribute(node, "download"));
    add_shown(out, html_attribute(node, "title"));
    add_shown(out, html_text_of(node, true, arena));
}
