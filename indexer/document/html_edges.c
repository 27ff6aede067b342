/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/html_edges.h"

#include "indexer/document/html_chrome.h"
#include "indexer/document/html_measure.h"

#define NAME_BYTES_MAX 300
#define BLOCKS_LEFT 3 /* a page that is nothing but attachments keeps them */

static void remove_block(struct document *document, size_t at)
{
    document->block_count--;
    memmove(document->blocks + at, document->blocks + at + 1,
            (document->block_count - at) * sizeof(*document->blocks));
}

/* "标题2026-10-12　　正文": a title, then a date that no title goes on with. */
static struct text without_headline(struct text text, struct text title)
{
    if (title.length == 0 || !text_starts_with(text, title))
        return text;
    struct text rest = text_trim(text_slice(text, title.length, text.length - title.length));
    size_t date = html_date_length(rest);
    return date > 0 ? text_trim(text_slice(rest, date, rest.length - date)) : text;
}

static void trim_head(struct document *document)
{
    struct text title = document_declared(document, "page_title");
    size_t first = 0;
    while (first < document->block_count &&
           (document->blocks[first].kind == BLOCK_BLANK ||
            text_equal(text_trim(document->blocks[first].text), title)))
        first++;
    if (first == document->block_count)
        return;
    struct text text = text_trim(document->blocks[first].text);
    struct text rest = without_headline(text, title);
    if (html_is_info(text) || rest.length == 0)
        remove_block(document, first);
    else if (rest.length < text.length)
        document->blocks[first].text = rest;
}

static bool is_file_name(struct text text)
{
    return text.length <= NAME_BYTES_MAX && html_is_file_link(text) &&
           !text_contains(text, TEXT("。"));
}

static bool says_attachments(struct text text)
{
    static const struct text WORDS[] = { TEXT_INIT("附件："),   TEXT_INIT("附件:"),
                                         TEXT_INIT("附件"),     TEXT_INIT("附件下载："),
                                         TEXT_INIT("附件列表"), TEXT_INIT("附件列表：") };
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
        if (text_equal(text, WORDS[i]))
            return true;
    return false;
}

static void trim_foot(struct document *document)
{
    size_t end = document->block_count, names = 0;
    for (; end > 0; end--) {
        struct text text = text_trim(document->blocks[end - 1].text);
        if (text.length && !is_file_name(text))
            break;
        names += text.length > 0;
    }
    if (names && end > 0 && says_attachments(text_trim(document->blocks[end - 1].text)))
        end--;
    if (names && end >= BLOCKS_LEFT)
        document->block_count = end;
}

void html_trim_edges(struct document *document)
{
    trim_head(document);
    trim_foot(document);
}
