/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Web pages: decode, parse, find the body, and say what the page declares about itself. Each step
 * is a file of its own, html_*.c; this one is their order. */
#include <ctype.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/facts.h"
#include "indexer/document/html_attachments.h"
#include "indexer/document/html_blocks.h"
#include "indexer/document/html_body.h"
#include "indexer/document/html_edges.h"
#include "indexer/document/html_embedded.h"
#include "indexer/document/html_facts.h"
#include "indexer/document/html_labels.h"
#include "indexer/document/html_letters.h"
#include "indexer/document/html_measure.h"
#include "indexer/document/html_title.h"
#include "indexer/document/reader.h"
#include "indexer/document/source_text.h"

#define EXTENSIONS "html htm shtml xhtml jhtml"

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* Whether the text begins with the lower-case name, in any case. */
static bool begins_with(struct text text, const char *name)
{
    size_t length = strlen(name);
    return text.length >= length &&
           html_same(text_slice(text, 0, length), text_of_bytes(name, length));
}

static bool has_name(struct text text, const char *name)
{
    for (size_t i = 0; i < text.length; i++)
        if (begins_with(text_slice(text, i, text.length - i), name))
            return true;
    return false;
}

/* Also of a page in UTF-16: without the zero bytes it looks like any other. */
static bool recognizes_html(struct text head, struct text extension)
{
    char plain[READER_HEAD_BYTES];
    size_t length = 0;
    for (size_t i = 0; i < head.length && i < sizeof(plain); i++)
        if (head.data[i] != 0)
            plain[length++] = head.data[i];
    size_t start = 0;
    while (start < length &&
           (isspace((unsigned char)plain[start]) || strchr("\xEF\xBB\xBF\xFE\xFF", plain[start])))
        start++;
    struct text text = { plain + start, length - start };
    if (text.length == 0 || begins_with(text, "%pdf") || begins_with(text, "{\\rtf"))
        return false;
    if (text.data[0] == '<' && (has_name(text, "<!doctype html") || has_name(text, "<html")))
        return true;
    if (!html_has_word(text_of(EXTENSIONS), extension))
        return false;
    static const char *const TAGS[] = { "<p",    "<br",   "<div", "<table",  "<meta", "<title",
                                        "<body", "<span", "<!--", "<script", "<h1" };
    for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
        if (has_name(text, TAGS[i]))
            return true;
    return false;
}

static uint32_t count_chinese(const struct document *document)
{
    uint32_t count = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        struct text text = document->blocks[i].text;
        for (size_t offset = 0; offset < text.length && count < HTML_SHORT_BODY;)
            count += utf8_is_han(utf8_next_valid(text.data, &offset));
    }
    return count;
}

static const struct html_node *find_frame(const struct html_tree *tree)
{
    for (const struct html_node *node = tree->root; node; node = html_next(node))
        if ((html_is(node, "frame") || html_is(node, "iframe")) &&
            html_attribute(node, "src").length > 0)
            return node;
    return NULL;
}

static enum status no_text(const struct html_tree *tree, struct error *error)
{
    const struct html_node *frame = find_frame(tree);
    if (!frame)
        return error_set(error, STATUS_EMPTY, "page without text");
    struct text source = html_attribute(frame, "src");
    if (source.length > 200)
        source.length = utf8_boundary(source, 200);
    return error_set(error, STATUS_EMPTY, "page without text of its own, only the frame \"%.*s\"",
                     TEXT_ARG(source));
}

static bool has_text(const struct document *document)
{
    for (size_t i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind != BLOCK_BLANK)
            return true;
    return false;
}

static enum status add_body(struct html_tree *tree, struct document *document, struct arena *arena,
                            struct error *error)
{
    struct html_body body;
    html_find_body(tree, &body);
    if (!html_declare_facts(tree, &body, document, arena) ||
        !html_declare_labels(tree, document, arena))
        return out_of_memory(error);
    for (size_t i = 0; i < body.count; i++) {
        enum status status = html_add_blocks(&body.regions[i], document, arena, error);
        if (status)
            return status;
    }
    html_trim_edges(document);
    return facts_take_rows(document, arena) ? STATUS_OK : out_of_memory(error);
}

/* The page as a script would have shown it. */
static enum status show_embedded(struct text page, struct html_tree *tree, struct arena *arena,
                                 struct error *error)
{
    bool found;
    struct text markup;
    enum status status = html_find_embedded(tree, arena, &found, &markup, error);
    if (status || !found)
        return status;
    if (markup.length) {
        struct text shown = arena_printf(arena, "%.*s<div id=\"UCAP-CONTENT\">%.*s</div>",
                                         TEXT_ARG(page), TEXT_ARG(markup));
        if (!shown.data)
            return out_of_memory(error);
        status = html_tree_parse(shown, arena, tree, error);
    }
    if (!status)
        html_measure(tree);
    return status;
}

/* The page's documents: mostly one. The first has the page's own identity, others a number. */
static enum status deliver(struct document *page, struct arena *arena,
                           const struct document_receiver *receiver, struct error *error)
{
    struct html_letters letters;
    html_find_letters(page, &letters);
    for (size_t i = 0; i < letters.count; i++) {
        struct document letter = *page;
        letter.blocks = page->blocks + letters.starts[i];
        letter.block_count = letters.starts[i + 1] - letters.starts[i];
        if (i > 0) {
            letter.id = arena_printf(arena, "%.*s#%zu", TEXT_ARG(document_stem(page)), i + 1);
            letter.id_numbers = true;
            if (!letter.id.data)
                return out_of_memory(error);
        }
        if (!has_text(&letter))
            continue;
        enum status status = receiver->document(receiver->context, &letter, error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status read_page(struct text page, const char *path, struct document *document,
                             struct arena *arena, const struct document_receiver *receiver,
                             struct error *error)
{
    struct html_tree tree;
    enum status status = html_tree_parse(page, arena, &tree, error);
    if (status)
        return status;
    html_measure(&tree);
    status = show_embedded(page, &tree, arena, error);
    if (status)
        return status;
    status = add_body(&tree, document, arena, error);
    if (!status)
        status = html_read_attachments(&tree, path, count_chinese(document), document, arena,
                                       receiver, error);
    if (status)
        return status;
    if (!has_text(document))
        return no_text(&tree, error);
    if (!html_drop_headline(document, arena) || !html_add_title(document, arena))
        return out_of_memory(error);
    return deliver(document, arena, receiver, error);
}

static enum status read_html(struct stream *in, const char *path,
                             const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    CLEANUP(source_text_release) struct source_text source = { .bytes = BUFFER_INIT };
    enum status status = source_text_read(in, &arena, &source, error);
    if (status)
        return status;

    struct document document = { .reader = HTML_READER.name };
    source_text_describe(&source, &document);
    if (!document_set_source(&document, &arena, path))
        return out_of_memory(error);
    return read_page(source.decoded.text, path, &document, &arena, receiver, error);
}

const struct reader HTML_READER = {
    .name = "html",
    .extensions = EXTENSIONS,
    .recognizes = recognizes_html,
    .read = read_html,
};
