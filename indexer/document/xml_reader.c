/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reply XML (corpus/reply.rng): <reply>, or any number of them in <replies>. libxml2's push parser
 * is fed piece by piece and tells start tags, texts and end tags; we keep a tree of one <reply> at
 * a time, check it against the schema when it is complete, hand it over and drop it. So memory is
 * bounded by one reply, and each element has its true line, which libxml2's own trees know only up
 * to 65535.
 *
 * A reply that violates the schema or is too large is left out with a warning; what is not
 * well-formed ends the reading. Document type declarations are refused as soon as they are seen:
 * without one there are no entities to expand and no other files to fetch. */
#include <libxml/parser.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/warnings.h"
#include "indexer/document/xml_reply.h"
#include "indexer/document/xml_schema.h"

#define XML_DEPTH_MAX 64
#define XML_NODES_MAX (2 * DOCUMENT_BLOCKS_MAX) /* of one reply: elements, attributes, texts */
#define XML_MARKUP_MAX                                                                             \
    ((size_t)256 << 10) /* one tag or comment (libxml2 compares all
                                                 * attributes of a tag with each other) */
#define PIECE_BYTES ((size_t)16 << 10)

struct collection {
    const char *path;
    xmlParserCtxt *parser;
    const struct xml_schema *schema;
    struct warnings warnings;
    struct arena arena; /* of one document */

    enum status failed; /* ends the reading */
    struct error error;
    bool single;     /* the root is a <reply> */
    size_t depth;    /* open elements */
    size_t skipping; /* depth of the element that is left out with all in it; 0 none */
    size_t replies;  /* so far */

    xmlDoc *tree;       /* of the reply being read, or NULL */
    xmlNode *node;      /* open element in it */
    struct buffer text; /* since the last tag */
    size_t nodes;
    size_t bytes;  /* of the source since the reply began, by whole pieces */
    bool event;    /* the parser got past a tag or some text in this piece */
    size_t markup; /* bytes since it did */
};

static intptr_t line_of(const struct collection *all)
{
    return all->parser->input ? all->parser->input->line : 0;
}

static void stop(struct collection *all, enum status status, const struct error *why)
{
    if (all->failed)
        return;
    all->failed = status;
    all->error = *why;
    xmlStopParser(all->parser);
}

__attribute__((format(printf, 3, 4))) static void
stop_here(struct collection *all, enum status status, const char *format, ...)
{
    char message[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    struct error why;
    stop(all, error_set(&why, status, "line %td: %s", line_of(all), message), &why);
}

static void drop_tree(struct collection *all)
{
    if (all->tree)
        xmlFreeDoc(all->tree);
    all->tree = NULL;
    all->node = NULL;
    all->nodes = 0;
    buffer_clear(&all->text);
    arena_clear(&all->arena);
}

/* Leaves out the element at `depth` (the current one or one around it), but reads on. */
static void skip(struct collection *all, size_t depth, enum status status, const struct error *why)
{
    warnings_add(&all->warnings, status, why);
    all->skipping = depth;
    drop_tree(all);
}

static size_t reply_depth(const struct collection *all)
{
    return all->single ? 1 : 2;
}

/* Whether one more node may be added to the tree. */
static bool count_node(struct collection *all)
{
    if (++all->nodes <= XML_NODES_MAX)
        return true;
    struct error why;
    error_set(&why, STATUS_LIMIT,
              "line %td: reply with more than %zu elements, attributes and texts", line_of(all),
              XML_NODES_MAX);
    skip(all, reply_depth(all), STATUS_LIMIT, &why);
    return false;
}

/* Hangs the text since the last tag into the tree. Blanks between elements are nothing, those
 * between two <item> may stand between words. False: the tree is gone. */
static bool flush_text(struct collection *all)
{
    struct text text = buffer_text(&all->text);
    bool layout = text_trim(text).length == 0 && strcmp((const char *)all->node->name, "p") != 0;
    if (text.length > 0 && !layout) {
        if (!count_node(all))
            return false;
        xmlNode *node = xmlNewDocTextLen(all->tree, (const xmlChar *)text.data, (int)text.length);
        if (!node || !xmlAddChild(all->node, node)) {
            xmlFreeNode(node);
            stop_here(all, STATUS_NO_MEMORY, "out of memory");
            return false;
        }
    }
    buffer_clear(&all->text);
    return true;
}

static xmlNs *namespace_of(struct collection *all, xmlNode *node, const xmlChar *prefix,
                           const xmlChar *uri)
{
    if (!uri)
        return NULL;
    if (prefix && strcmp((const char *)prefix, "xml") == 0)
        return xmlSearchNs(all->tree, node, prefix);
    xmlNs *known = xmlSearchNsByHref(all->tree, node, uri);
    return known ? known : xmlNewNs(node, uri, prefix);
}

/* Attributes come as five pointers each: name, prefix, URI, start and end of the value. */
static bool add_attributes(struct collection *all, xmlNode *node, int count,
                           const xmlChar **attributes)
{
    for (const xmlChar **each = attributes; count > 0; count--, each += 5) {
        if (!count_node(all))
            return false;
        xmlChar *value = xmlStrndup(each[3], (int)(each[4] - each[3]));
        xmlAttr *made =
            value ? xmlNewNsProp(node, namespace_of(all, node, each[1], each[2]), each[0], value)
                  : NULL;
        xmlFree(value);
        if (!made) {
            stop_here(all, STATUS_NO_MEMORY, "out of memory");
            return false;
        }
    }
    return true;
}

/* Adds an element to the tree, which it starts if there is none. */
static void open_node(struct collection *all, const xmlChar *name, const xmlChar *prefix,
                      const xmlChar *uri, int count, const xmlChar **attributes)
{
    if (!all->tree) {
        all->bytes = 0;
        all->tree = xmlNewDoc((const xmlChar *)"1.0");
    } else if (!flush_text(all)) {
        return;
    }
    if (!count_node(all))
        return;
    xmlNode *node = all->tree ? xmlNewDocNode(all->tree, NULL, name, NULL) : NULL;
    if (!node) {
        stop_here(all, STATUS_NO_MEMORY, "out of memory");
        return;
    }
    node->_private = (void *)line_of(all);
    if (all->node)
        xmlAddChild(all->node, node);
    else
        xmlDocSetRootElement(all->tree, node);
    all->node = node;
    xmlSetNs(node, namespace_of(all, node, prefix, uri));
    add_attributes(all, node, count, attributes);
}

static void start_root(struct collection *all, const char *name, bool in_namespace)
{
    all->single = strcmp(name, "reply") == 0;
    if (!all->single && strcmp(name, "replies") != 0)
        stop_here(all, STATUS_INVALID, "root element is \"%.80s\", not \"replies\" or \"reply\"",
                  name);
    else if (in_namespace)
        stop_here(all, STATUS_INVALID, "element \"%s\" is in a namespace, Reply XML has none",
                  name);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    struct collection *all = context;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted_count;
    all->event = true;
    if (++all->depth > XML_DEPTH_MAX) {
        stop_here(all, STATUS_LIMIT, "elements nested more than %d deep", XML_DEPTH_MAX);
        return;
    }
    if (all->skipping)
        return;
    if (all->depth == 1)
        start_root(all, (const char *)name, uri != NULL);
    if (all->failed || all->depth < reply_depth(all))
        return;

    if (all->depth == reply_depth(all) && strcmp((const char *)name, "reply") != 0) {
        struct error why;
        error_set(&why, STATUS_INVALID, "line %td, element \"%.80s\": not a reply", line_of(all),
                  (const char *)name);
        skip(all, all->depth, STATUS_INVALID, &why);
        return;
    }
    open_node(all, name, prefix, uri, attribute_count, attributes);
}

static enum status make_document(struct collection *all, struct document *document,
                                 struct error *error)
{
    enum status status = xml_schema_check(all->schema, all->tree, error);
    if (status)
        return status;
    *document = (struct document) { .reader = XML_READER.name, .encoding = "UTF-8" };
    const xmlNode *reply = xmlDocGetRootElement(all->tree);
    if (!document_set_source(document, &all->arena, all->path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    status = xml_reply_read(reply, &all->arena, document, error);
    if (status)
        return error_prefix(error, status, "line %td, element \"reply\"",
                            (intptr_t)reply->_private);

    document->id_numbers = document->id.length == 0 && !all->single;
    if (document->id_numbers)
        document->id =
            arena_printf(&all->arena, "%.*s:%zu", TEXT_ARG(document_stem(document)), all->replies);
    return STATUS_OK;
}

/* The reply is complete: checks it and hands it over. */
static void end_reply(struct collection *all)
{
    struct document document;
    struct error error = { "" };
    all->replies++;
    enum status status = make_document(all, &document, &error);
    if (status == STATUS_NO_MEMORY) {
        stop(all, status, &error);
    } else if (status) {
        warnings_add(&all->warnings, status, &error);
    } else {
        status = warnings_deliver(&all->warnings, &document, &error);
        if (status)
            stop(all, status, &error);
    }
    drop_tree(all);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct collection *all = context;
    (void)name;
    (void)prefix;
    (void)uri;
    all->event = true;
    size_t depth = all->depth--;
    if (all->failed)
        return;
    if (all->skipping) {
        if (all->skipping == depth)
            all->skipping = 0;
        return;
    }
    if (!all->tree)
        return;             /* </replies> */
    if (!flush_text(all)) { /* a limit was reached */
        if (all->skipping == depth)
            all->skipping = 0;
        return;
    }
    if (depth == reply_depth(all))
        end_reply(all);
    else
        all->node = all->node->parent;
}

static void on_text(void *context, const xmlChar *bytes, int length)
{
    struct collection *all = context;
    struct text text = { (const char *)bytes, (size_t)length };
    all->event = true;
    if (all->failed || all->skipping)
        return;
    if (all->tree) {
        buffer_append(&all->text, text);
        if (all->text.failed)
            stop_here(all, all->text.failed, "out of memory");
    } else if (text_trim(text).length > 0) {
        struct error why;
        error_set(&why, STATUS_INVALID, "line %td, element \"replies\": text outside of a reply",
                  line_of(all));
        warnings_add(&all->warnings, STATUS_INVALID, &why);
    }
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    stop_here(context, STATUS_INVALID, "document type declarations are not accepted");
}

static void on_error(void *context, xmlErrorPtr problem)
{
    struct collection *all = context;
    bool unbound_prefix = problem->domain == XML_FROM_NAMESPACE && problem->level == XML_ERR_ERROR;
    if (problem->level != XML_ERR_FATAL && !unbound_prefix)
        return;
    if (problem->code == XML_ERR_NO_MEMORY) {
        stop_here(all, STATUS_NO_MEMORY, "out of memory");
        return;
    }
    const char *message = problem->message ? problem->message : "unknown error";
    if (problem->code == XML_ERR_DOCUMENT_END && all->depth > 0)
        message = "the file ends too early"; /* libxml2 speaks of extra content */
    struct error why;
    error_set(&why, STATUS_INVALID, "line %d: not well-formed XML: %.*s", problem->line,
              (int)strcspn(message, "\n"), message);
    stop(all, STATUS_INVALID, &why);
}

static xmlSAXHandler make_handler(void)
{
    xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC };
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.internalSubset = on_doctype;
    handler.serror = on_error;
    return handler;
}

/* What a piece that went through the parser has grown. */
static void check_limits(struct collection *all, size_t length)
{
    all->bytes += length;
    all->markup = all->event ? 0 : all->markup + length;
    if (all->markup > XML_MARKUP_MAX) {
        stop_here(all, STATUS_LIMIT, "a tag or comment longer than %zu KiB", XML_MARKUP_MAX >> 10);
    } else if (all->tree && all->bytes > DOCUMENT_BYTES_MAX) {
        struct error why;
        error_set(&why, STATUS_LIMIT, "line %td: reply longer than %zu MiB", line_of(all),
                  DOCUMENT_BYTES_MAX >> 20);
        skip(all, reply_depth(all), STATUS_LIMIT, &why);
    }
}

static enum status parse(struct collection *all, struct stream *in, struct error *error)
{
    while (!all->failed) {
        struct text piece;
        enum status status = stream_take(in, PIECE_BYTES, &piece, error);
        if (status)
            return status;
        all->event = false;
        int result = xmlParseChunk(all->parser, piece.data, (int)piece.length, piece.length == 0);
        if (!all->failed && result != 0 && !all->parser->wellFormed)
            stop_here(all, STATUS_INVALID, "not well-formed XML");
        if (piece.length == 0)
            break;
        if (!all->failed)
            check_limits(all, piece.length);
    }
    return all->failed ? error_set(error, all->failed, "%s", all->error.message) : STATUS_OK;
}

static enum status open_parser(struct collection *all, struct stream *in, struct error *error)
{
    xml_prepare();
    enum status status = xml_schema_get(&all->schema, error);
    if (status)
        return status;
    struct text first; /* by its first four bytes the parser knows the encoding */
    status = stream_take(in, 4, &first, error);
    if (status)
        return status;
    xmlSAXHandler handler = make_handler();
    all->parser = xmlCreatePushParserCtxt(&handler, all, first.data, (int)first.length, NULL);
    if (!all->parser)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    /* NOENT turns &amp; in attributes into what it means; other entities there are none. */
    xmlCtxtUseOptions(all->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES);
    return STATUS_OK;
}

static void release(struct collection *all)
{
    drop_tree(all);
    if (all->parser)
        xmlFreeParserCtxt(all->parser);
    buffer_release(&all->text);
    arena_release(&all->arena);
}

static enum status read_xml(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    struct collection all = { .path = path };
    struct error problem = { "" };
    warnings_init(&all.warnings, receiver, path);
    arena_init(&all.arena, 0);
    enum status status = open_parser(&all, in, &problem);
    if (!status)
        status = parse(&all, in, &problem);
    if (status)
        error_set(error, status, "%s", problem.message);
    status = warnings_end(&all.warnings, status, "no reply in it", error);
    release(&all);
    return status;
}

/* In UTF-8 or, with a byte order mark, UTF-16. */
static bool recognizes_xml(struct text head, struct text extension)
{
    if (text_starts_with(head, TEXT("\xFF\xFE<\0")) || text_starts_with(head, TEXT("\xFE\xFF\0<")))
        return true;
    if (text_starts_with(head, TEXT("\xEF\xBB\xBF")))
        head = text_slice(head, 3, head.length - 3);
    if (text_starts_with(head, TEXT("<?xml")))
        return true;
    head = text_trim(head);
    if (text_equal(extension, TEXT("xml")) && text_starts_with(head, TEXT("<")))
        return true;
    static const struct text ROOTS[] = { TEXT_INIT("<reply"), TEXT_INIT("<replies") };
    for (size_t i = 0; i < 2; i++)
        if (text_starts_with(head, ROOTS[i]) && head.length > ROOTS[i].length &&
            memchr(" \t\r\n/>", head.data[ROOTS[i].length], 6))
            return true;
    return false;
}

const struct reader XML_READER = {
    .name = "xml",
    .extensions = "xml",
    .recognizes = recognizes_xml,
    .read = read_xml,
};
