/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libxml2's HTML parser through its SAX events: it repairs the nesting, we keep the tree, because
 * its own tree has no ceilings. The parser compares every attribute of a tag with all before it
 * and looks for the partner of every stray end tag through all open elements; both are counted
 * and stopped before they become quadratic in earnest. */
#include "indexer/document/html_tree.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/html_clean.h"
#include "indexer/document/html_tags.h"

/* Open elements that the parser may look at on behalf of misplaced tags. */
#define REPAIRS_MAX ((uint64_t)1 << 30)
#define REPAIR_COST 512 /* of the message that libxml2 formats for each */
#define ATTRIBUTE_BYTES_MAX ((size_t)1 << 16)

struct builder {
    htmlParserCtxtPtr parser;
    struct arena *arena;
    struct html_tree *tree;
    struct html_node *open; /* innermost open element */
    size_t depth;
    size_t below;       /* open elements below HTML_DEPTH_MAX */
    struct buffer text; /* of the text node that is being collected */
    uint64_t repairs;
    enum status failed;
    const char *message;
};

static void stop(struct builder *builder, enum status status, const char *message)
{
    if (builder->failed)
        return;
    builder->failed = status; /* read_feed then ends the page; what is in the pipe is ignored */
    builder->message = message;
}

static struct html_node *add_node(struct builder *builder, enum html_kind kind)
{
    if (builder->failed)
        return NULL;
    if (builder->tree->count == HTML_NODES_MAX) {
        stop(builder, STATUS_LIMIT, "page of too many elements");
        return NULL;
    }
    struct html_node *node = ARENA_NEW(builder->arena, struct html_node);
    if (!node) {
        stop(builder, STATUS_NO_MEMORY, "out of memory");
        return NULL;
    }
    node->kind = kind;
    node->index = builder->tree->count++;
    node->before = builder->tree->last;
    builder->tree->last = node;
    node->parent = builder->open;
    if (node->parent) {
        *(node->parent->last ? &node->parent->last->next : &node->parent->first) = node;
        node->parent->last = node;
    }
    return node;
}

static struct text keep_text(struct builder *builder, struct text text)
{
    struct text copy = arena_text(builder->arena, text);
    if (!copy.data)
        stop(builder, STATUS_NO_MEMORY, "out of memory");
    return copy.data ? copy : text_of("");
}

static void end_text(struct builder *builder)
{
    if (buffer_status(&builder->text, NULL))
        stop(builder, STATUS_NO_MEMORY, "out of memory");
    if (builder->text.length > 0) {
        struct html_node *node = add_node(builder, HTML_TEXT);
        if (node)
            node->text = keep_text(builder, buffer_text(&builder->text));
    }
    buffer_clear(&builder->text);
}

static struct text lower_case(struct builder *builder, const xmlChar *name)
{
    struct text copy = keep_text(builder, text_of((const char *)name));
    for (size_t i = 0; i < copy.length; i++)
        ((char *)(uintptr_t)copy.data)[i] = (char)tolower((unsigned char)copy.data[i]);
    return copy;
}

static void add_attributes(struct builder *builder, struct html_node *node, const xmlChar **given)
{
    size_t count = 0;
    for (size_t i = 0; given && given[i]; i += 2)
        count += html_keeps_attribute(text_of((const char *)given[i]));
    if (count == 0)
        return;
    node->attributes = ARENA_ARRAY(builder->arena, struct html_attribute, count);
    if (!node->attributes) {
        stop(builder, STATUS_NO_MEMORY, "out of memory");
        return;
    }
    for (size_t i = 0; given[i]; i += 2) {
        if (!html_keeps_attribute(text_of((const char *)given[i])))
            continue;
        struct text value = text_of((const char *)given[i + 1]);
        if (value.length > ATTRIBUTE_BYTES_MAX)
            value.length = 0; /* a picture inside a page; nothing that we read is so long */
        node->attributes[node->attribute_count++] =
            (struct html_attribute) { lower_case(builder, given[i]),
                                      keep_text(builder, text_trim(value)) };
    }
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct builder *builder = context;
    end_text(builder);
    struct html_node *node = add_node(builder, HTML_ELEMENT);
    if (node) {
        node->name = lower_case(builder, name);
        node->flags = html_tag_flags(node->name);
        add_attributes(builder, node, attributes);
    }
    if (!node || builder->depth >= HTML_DEPTH_MAX) {
        builder->below++;
        return;
    }
    builder->open = node;
    builder->depth++;
}

static void end_element(void *context, const xmlChar *name)
{
    struct builder *builder = context;
    (void)name;
    end_text(builder);
    if (builder->below > 0) {
        builder->below--;
        return;
    }
    if (builder->open->parent) {
        builder->open = builder->open->parent;
        builder->depth--;
    }
}

static void add_characters(void *context, const xmlChar *text, int length)
{
    struct builder *builder = context;
    if (length > 0 && !builder->failed)
        buffer_append(&builder->text, text_of_bytes((const char *)text, (size_t)length));
}

static void add_comment(void *context, const xmlChar *text)
{
    struct builder *builder = context;
    end_text(builder);
    struct html_node *node = add_node(builder, HTML_COMMENT);
    if (node)
        node->text = keep_text(builder, text_trim(text_of((const char *)text)));
}

/* What scripts and style sheets contain; a script may hold the text of the page. */
static void add_script(void *context, const xmlChar *text, int length)
{
    struct builder *builder = context;
    if (html_is(builder->open, "script"))
        add_characters(context, text, length);
}

static void count_repair(void *context, xmlErrorPtr problem)
{
    struct builder *builder = context;
    if (problem->code == XML_ERR_NO_MEMORY)
        stop(builder, STATUS_NO_MEMORY, "out of memory");
    builder->repairs += (uint64_t)builder->parser->nameNr + REPAIR_COST;
    if (builder->repairs > REPAIRS_MAX)
        stop(builder, STATUS_LIMIT, "page with too many misplaced tags");
}

static const htmlSAXHandler EVENTS = {
    .startElement = start_element,
    .endElement = end_element,
    .characters = add_characters,
    .ignorableWhitespace = add_characters,
    .comment = add_comment,
    .cdataBlock = add_script,
    .serror = count_repair,
    .initialized = XML_SAX2_MAGIC,
};

/* The page is fed to the parser piece by piece, which is our chance to look at its state. */
struct feed {
    struct builder *builder;
    struct text rest;
};

static int read_feed(void *context, char *out, int length)
{
    struct feed *feed = context;
    struct builder *builder = feed->builder;
    if (builder->parser->maxatts > HTML_ATTRIBUTES_MAX)
        stop(builder, STATUS_LIMIT, "tag with too many attributes");
    if (builder->failed || length <= 0)
        return 0;
    size_t count = feed->rest.length < (size_t)length ? feed->rest.length : (size_t)length;
    memcpy(out, feed->rest.data, count);
    feed->rest = text_slice(feed->rest, count, feed->rest.length - count);
    return (int)count;
}

static void link_ends(struct html_tree *tree)
{
    for (struct html_node *node = tree->last; node; node = node->before) {
        if (node->end == 0)
            node->end = node->index + 1;
        if (node->parent && node->parent->end < node->end)
            node->parent->end = node->end;
    }
}

static void free_parser(htmlParserCtxtPtr *parser)
{
    if (*parser)
        htmlFreeParserCtxt(*parser);
}

enum status html_tree_parse(struct text page, struct arena *arena, struct html_tree *out,
                            struct error *error)
{
    *out = (struct html_tree) { 0 };
    CLEANUP(free_parser) htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct builder builder = { .parser = parser, .arena = arena, .tree = out };
    builder.open = add_node(&builder, HTML_ELEMENT);
    if (!builder.open)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    out->root = builder.open;
    *parser->sax = EVENTS;
    parser->userData = &builder;
    struct feed feed = { &builder, page };
    enum status status = html_clean(page, arena, &feed.rest, error);
    if (status)
        return status;
    if (page.length > 0)
        htmlCtxtReadIO(parser, read_feed, NULL, &feed, NULL, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                           HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
    end_text(&builder);
    buffer_release(&builder.text);
    if (builder.failed)
        return error_set(error, builder.failed, "%s", builder.message);
    link_ends(out);
    return STATUS_OK;
}

bool html_same(struct text a, struct text b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (tolower((unsigned char)a.data[i]) != tolower((unsigned char)b.data[i]))
            return false;
    return true;
}

bool html_has_word(struct text list, struct text word)
{
    for (size_t i = 0; i < list.length;) {
        while (i < list.length && isspace((unsigned char)list.data[i]))
            i++;
        size_t start = i;
        while (i < list.length && !isspace((unsigned char)list.data[i]))
            i++;
        if (i > start && html_same(text_slice(list, start, i - start), word))
            return true;
    }
    return false;
}

static const struct html_attribute *find_attribute(const struct html_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (text_equal(node->attributes[i].name, text_of(name)))
            return &node->attributes[i];
    return NULL;
}

struct text html_attribute(const struct html_node *node, const char *name)
{
    const struct html_attribute *attribute = find_attribute(node, name);
    return attribute ? attribute->value : TEXT("");
}

bool html_has_attribute(const struct html_node *node, const char *name)
{
    return find_attribute(node, name) != NULL;
}

bool html_is(const struct html_node *node, const char *name)
{
    return node->kind == HTML_ELEMENT && text_equal(node->name, text_of(name));
}

struct html_node *html_after(const struct html_node *node)
{
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

struct html_node *html_next(const struct html_node *node)
{
    return node->first ? node->first : html_after(node);
}
