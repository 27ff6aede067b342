/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Metadata are a table: which element or attribute becomes which declared key. The body is walked
 * in document order; its nesting says the level of the headings and nothing else, because the floor
 * above finds the sections in the paragraphs again. */
#include "indexer/document/xml_reply.h"

#include "indexer/base/buffer.h"
#include "indexer/document/xml_space.h"

static const struct field {
    const char *element;   /* child of <reply> */
    const char *child;     /* child of that, any number of them; or NULL: the element itself */
    const char *attribute; /* of the element; or NULL: its text */
    const char *key;
} FIELDS[] = {
    { "source", NULL, "file", "file" },
    { "source", NULL, "stem", "stem" },
    { "source", NULL, "url", "url" },
    { "issuer", NULL, NULL, "issuer" },
    { "number", NULL, NULL, "doc_number" },
    { "number", NULL, "raw", "doc_number_raw" },
    { "title", NULL, NULL, "title" },
    { "subject", NULL, NULL, "subject" },
    { "addressee", NULL, NULL, "addressee" },
    { "addressees", "name", NULL, "addressees" },
    { "session", NULL, NULL, "session" },
    { "session", NULL, "body", "session_body" },
    { "session", NULL, "area", "session_area" },
    { "session", NULL, "term", "session_term" },
    { "session", NULL, "meeting", "session_meeting" },
    { "kind", NULL, NULL, "kind" },
    { "type", NULL, NULL, "reply_type" },
    { "proposal", NULL, NULL, "proposal_no" },
    { "proposal", NULL, "category", "proposal_category" },
    { "consulted", "agency", NULL, "consulted" },
    { "copy-to", "body", NULL, "copy_to" },
    { "class", NULL, NULL, "result_class" },
    { "publicity", NULL, NULL, "publicity" },
    { "date", NULL, NULL, "date" },
    { "date", NULL, "origin", "date_origin" },
    { "contact", NULL, NULL, "contact" },
    { "area", NULL, NULL, "area" },
};

struct walk {
    struct document *document;
    struct arena *arena;
    struct error *error;
};

static enum status out_of_memory(const struct walk *walk)
{
    return error_set(walk->error, STATUS_NO_MEMORY, "out of memory");
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *find_child(const xmlNode *parent, const char *name)
{
    for (const xmlNode *node = parent->children; node; node = node->next)
        if (is_element(node, name))
            return node;
    return NULL;
}

/* Value of an attribute (a single text node, as xml_reader.c builds it), trimmed; empty without. */
static struct text attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *each = node->properties; each; each = each->next)
        if (strcmp((const char *)each->name, name) == 0 && each->children)
            return text_trim(text_of((const char *)each->children->content));
    return (struct text) { NULL, 0 };
}

/* All text of an element in order, also of the elements inside it, as it is in the tree. */
static bool collect_text(const xmlNode *node, struct buffer *out)
{
    for (const xmlNode *each = node->children; each; each = each->next) {
        if (each->type == XML_TEXT_NODE)
            buffer_append(out, text_of((const char *)each->content));
        else if (!collect_text(each, out)) /* as deep as the schema allows: <item> */
            return false;
    }
    return out->failed == STATUS_OK;
}

/* The text of an element, without layout unless it says xml:space="preserve". False: no memory. */
static bool element_text(const struct walk *walk, const xmlNode *node, struct text *out)
{
    const xmlNode *first = node->children;
    struct text text = TEXT("");
    if (first && !first->next && first->type == XML_TEXT_NODE) {
        text = text_of((const char *)first->content);
    } else if (first) {
        struct buffer buffer = BUFFER_INIT;
        bool collected = collect_text(node, &buffer);
        text = collected ? arena_text(walk->arena, buffer_text(&buffer)) : (struct text) { 0 };
        buffer_release(&buffer);
        if (!text.data)
            return false;
    }
    *out = text_equal(attribute(node, "space"), TEXT("preserve"))
               ? text
               : xml_space_fold(text, walk->arena);
    return out->data != NULL;
}

static enum status declare(const struct walk *walk, const char *key, struct text value)
{
    if (text_trim(value).length == 0 || document_declare(walk->document, walk->arena, key, value))
        return STATUS_OK;
    return out_of_memory(walk);
}

static enum status declare_text(const struct walk *walk, const char *key, const xmlNode *node)
{
    struct text value;
    return element_text(walk, node, &value) ? declare(walk, key, value) : out_of_memory(walk);
}

static enum status declare_field(const struct walk *walk, const struct field *field,
                                 const xmlNode *element)
{
    if (field->attribute)
        return declare(walk, field->key, attribute(element, field->attribute));
    if (!field->child)
        return declare_text(walk, field->key, element);
    enum status status = STATUS_OK;
    for (const xmlNode *node = element->children; node && !status; node = node->next)
        if (is_element(node, field->child))
            status = declare_text(walk, field->key, node);
    return status;
}

static enum status declare_fields(const struct walk *walk, const xmlNode *reply)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(FIELDS) / sizeof(FIELDS[0]) && !status; i++) {
        const xmlNode *element = find_child(reply, FIELDS[i].element);
        if (element)
            status = declare_field(walk, &FIELDS[i], element);
    }
    return status;
}

/* Decimal digits as the schema allows them; 0 where there are none. */
static unsigned small_number(struct text digits)
{
    unsigned long long value = 0;
    return text_to_u64(digits, &value) && value <= 999999999 ? (unsigned)value : 0;
}

static enum status add_block(const struct walk *walk, struct text text, struct text role, int level,
                             uint32_t page)
{
    if (text_trim(text).length == 0)
        return STATUS_OK;
    if (walk->document->block_count == DOCUMENT_BLOCKS_MAX)
        return error_set(walk->error, STATUS_LIMIT, "more than %zu paragraphs",
                         DOCUMENT_BLOCKS_MAX);
    struct block *block = document_add_block(walk->document, walk->arena, BLOCK_PARAGRAPH, text);
    if (!block)
        return out_of_memory(walk);
    if (text_equal(role, TEXT("heading"))) {
        block->kind = BLOCK_HEADING;
        block->level = level;
    }
    block->role = role;
    block->page = page;
    return STATUS_OK;
}

static enum status add_paragraph(const struct walk *walk, const xmlNode *node, int level)
{
    struct text text;
    if (!element_text(walk, node, &text))
        return out_of_memory(walk);
    return add_block(walk, text, attribute(node, "kind"), level,
                     small_number(attribute(node, "page")));
}

static const xmlNode *first_element(const xmlNode *parent)
{
    const xmlNode *node = parent->children;
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* A heading that only the attributes of its section give becomes a paragraph of its own. */
static enum status add_missing_heading(const struct walk *walk, const xmlNode *section, int level)
{
    struct text marker = attribute(section, "marker");
    struct text heading = attribute(section, "heading");
    const xmlNode *first = first_element(section);
    if (marker.length + heading.length == 0 ||
        text_equal(attribute(section, "run-in"), TEXT("true")))
        return STATUS_OK;
    struct text whole = arena_printf(walk->arena, "%.*s%.*s", TEXT_ARG(marker), TEXT_ARG(heading));
    if (!whole.data)
        return out_of_memory(walk);

    if (is_element(first, "p")) {
        struct text text;
        if (text_equal(attribute(first, "kind"), TEXT("heading")))
            return STATUS_OK;
        if (!element_text(walk, first, &text))
            return out_of_memory(walk);
        if (text_starts_with(text, whole))
            return STATUS_OK;
    }
    return add_block(walk, whole, TEXT("heading"), level, 0);
}

/* `level` is that of the innermost section, `depth` how many there are: the level of a section that
 * does not tell its own. The reader has bounded the depth of the tree. */
static enum status add_content(const struct walk *walk, const xmlNode *parent, int level, int depth)
{
    enum status status = STATUS_OK;
    for (const xmlNode *node = parent->children; node && !status; node = node->next) {
        if (is_element(node, "p")) {
            status = add_paragraph(walk, node, level ? level : 1);
        } else if (is_element(node, "section")) {
            int own = (int)small_number(attribute(node, "level"));
            own = own ? own : depth + 1;
            status = add_missing_heading(walk, node, own);
            if (!status)
                status = add_content(walk, node, own, depth + 1);
        }
    }
    return status;
}

enum status xml_reply_read(const xmlNode *reply, struct arena *arena, struct document *document,
                           struct error *error)
{
    struct walk walk = { .document = document, .arena = arena, .error = error };
    document->id = attribute(reply, "id");
    document->group = attribute(reply, "group");
    document->single_passage = text_equal(attribute(reply, "single-passage"), TEXT("true"));
    document->repaired = true;

    enum status status = declare_fields(&walk, reply);
    const xmlNode *body = find_child(reply, "body");
    if (!status && body)
        status = add_content(&walk, body, 0, 0);
    if (!status && document->block_count == 0)
        return error_set(error, STATUS_EMPTY, "reply without text");
    return status;
}
