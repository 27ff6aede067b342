/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/part.h"

#include <limits.h>

#include "indexer/base/utf8.h"

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* libxml2 reports here what is wrong; the first report explains the rest. */
static void note_problem(void *context, xmlErrorPtr problem)
{
    struct part *part = context;
    if (part->status || problem->level < XML_ERR_ERROR || problem->domain == XML_FROM_NAMESPACE)
        return;
    struct text message = text_trim(text_of(problem->message));
    if (utf8_find_invalid(message) != TEXT_NONE)
        message = TEXT("not well-formed");
    part->status = problem->code == XML_ERR_NO_MEMORY ? STATUS_NO_MEMORY : STATUS_INVALID;
    error_set(&part->error, part->status, "line %d: %.*s", problem->line, TEXT_ARG(message));
}

/* Looks for a document type in the bytes, before libxml2 has read one entity of it. */
static bool has_document_type(struct text bytes)
{
    return text_contains(bytes, TEXT("<!DOCTYPE")) ||
           text_contains(bytes, TEXT("<\0!\0D\0O\0C\0T\0Y\0P\0E")) || /* UTF-16, either order */
           text_contains(bytes, TEXT("<!ENTITY"));
}

static void refuse_document_type(struct part *part)
{
    part->status = STATUS_INVALID;
    error_set(&part->error, part->status, "has a document type, which is not allowed");
}

static bool step(struct part *part)
{
    if (part->status)
        return false;
    int found = xmlTextReaderRead(part->reader);
    if (found < 0 && !part->status) {
        part->status = STATUS_INVALID;
        error_set(&part->error, part->status, "not well-formed");
    }
    if (found == 1 && xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
        refuse_document_type(part);
    return found == 1 && !part->status;
}

static enum status open_bytes(struct part *part, struct error *error)
{
    struct text bytes = buffer_text(&part->bytes);
    if (bytes.length == 0 || bytes.length > INT_MAX)
        return error_set(error, STATUS_INVALID, "not well-formed");
    if (has_document_type(bytes)) {
        refuse_document_type(part);
        return error_set(error, part->status, "%s", part->error.message);
    }
    xmlInitParser();
    part->reader = xmlReaderForMemory(bytes.data, (int)bytes.length, NULL, NULL,
                                      XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (!part->reader)
        return out_of_memory(error);
    xmlTextReaderSetStructuredErrorHandler(part->reader, note_problem, part);
    while (step(part))
        if (xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_ELEMENT)
            return STATUS_OK;
    if (!part->status)
        return error_set(error, STATUS_INVALID, "not well-formed");
    return error_set(error, part->status, "%s", part->error.message);
}

enum status part_open(struct part *part, struct zip_container *container, size_t index,
                      struct error *error)
{
    *part = (struct part) { .reader = NULL };
    buffer_init(&part->bytes, ZIP_ENTRY_BYTES_MAX + ((size_t)1 << 20));
    enum status status = zip_container_read(container, index, &part->bytes, error);
    if (status)
        return status;
    status = open_bytes(part, error);
    if (status)
        return error_prefix(error, status, "%.*s", TEXT_ARG(zip_container_name(container, index)));
    return STATUS_OK;
}

enum status part_open_bytes(struct part *part, struct buffer *bytes, struct error *error)
{
    *part = (struct part) { .bytes = *bytes };
    *bytes = BUFFER_INIT;
    return open_bytes(part, error);
}

void part_release(struct part *part)
{
    if (part->reader)
        xmlFreeTextReader(part->reader);
    part->reader = NULL;
    buffer_release(&part->bytes);
}

enum status part_status(const struct part *part, struct text name, struct error *error)
{
    if (!part->status)
        return STATUS_OK;
    return error_set(error, part->status, "%.*s: %s", TEXT_ARG(name), part->error.message);
}

struct part_element part_here(struct part *part)
{
    struct part_element here = { .depth = xmlTextReaderDepth(part->reader),
                                 .empty = xmlTextReaderIsEmptyElement(part->reader) == 1 };
    return here;
}

bool part_is_text(struct part *part)
{
    int type = xmlTextReaderNodeType(part->reader);
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
           type == XML_READER_TYPE_WHITESPACE || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

bool part_child(struct part *part, const struct part_element *element)
{
    if (element->empty)
        return false;
    while (step(part)) {
        int depth = xmlTextReaderDepth(part->reader);
        int type = xmlTextReaderNodeType(part->reader);
        if (depth <= element->depth)
            return false; /* its end tag */
        if (depth == element->depth + 1 && (type == XML_READER_TYPE_ELEMENT || part_is_text(part)))
            return true;
    }
    return false;
}

/* Of the element or attribute; libxml2 leaves an undeclared prefix in the name. */
static const char *local_name(struct part *part)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(part->reader);
    const char *colon = name ? strrchr(name, ':') : NULL;
    return colon ? colon + 1 : name ? name : "";
}

const char *part_name(struct part *part)
{
    return xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_ELEMENT ? local_name(part) : "";
}

bool part_is(struct part *part, const char *name)
{
    return strcmp(part_name(part), name) == 0;
}

static bool find_attribute(struct part *part, const char *name, struct text *value)
{
    bool found = false;
    int moved = xmlTextReaderMoveToFirstAttribute(part->reader);
    while (moved == 1 && !found) {
        found = strcmp(local_name(part), name) == 0;
        if (found)
            *value = text_of((const char *)xmlTextReaderConstValue(part->reader));
        else
            moved = xmlTextReaderMoveToNextAttribute(part->reader);
    }
    xmlTextReaderMoveToElement(part->reader);
    return found;
}

struct text part_attribute(struct part *part, const char *name)
{
    struct text value = { NULL, 0 };
    find_attribute(part, name, &value);
    return value;
}

bool part_has_attribute(struct part *part, const char *name)
{
    struct text value;
    return find_attribute(part, name, &value);
}

struct text part_text(struct part *part)
{
    return text_of((const char *)xmlTextReaderConstValue(part->reader));
}

void part_collect_text(struct part *part, struct buffer *out)
{
    struct part_element here = part_here(part);
    if (here.empty)
        return;
    while (step(part) && xmlTextReaderDepth(part->reader) > here.depth)
        if (part_is_text(part))
            buffer_append(out, part_text(part));
}
