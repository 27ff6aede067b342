/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass with libxml2's pull parser. pdftotext copies characters from the file into its XHTML, also
 * those that no XML may contain, so these are replaced first; what is still wrong is left to the
 * parser's recovery. */
#include "indexer/document/pdf_page.h"
#include "indexer/base/utf8.h"

#include <ctype.h>
#include <libxml/xmlreader.h>

static bool is_xml_character(uint32_t codepoint)
{
    return codepoint != UTF8_INVALID &&
           (codepoint >= 0x20 || codepoint == '\t' || codepoint == '\n' || codepoint == '\r') &&
           codepoint != 0xFFFE && codepoint != 0xFFFF;
}

/* Whether the markup character at `at` begins what XML lets it begin. */
static bool begins_markup(struct text xhtml, size_t at)
{
    static const struct text ENTITIES[] = {
        TEXT_INIT("amp;"),  TEXT_INIT("lt;"),   TEXT_INIT("gt;"),
        TEXT_INIT("quot;"), TEXT_INIT("apos;"),
    };
    struct text rest = text_slice(xhtml, at + 1, xhtml.length - at - 1);
    if (xhtml.data[at] == '<')
        return rest.length && (strchr("/!?", rest.data[0]) || isalpha((unsigned char)rest.data[0]));
    for (size_t i = 0; i < sizeof(ENTITIES) / sizeof(ENTITIES[0]); i++)
        if (text_starts_with(rest, ENTITIES[i]))
            return true;
    return false;
}

/* Blanks in place of what is not allowed: as many bytes as it had. */
static void replace_forbidden(struct buffer *xhtml)
{
    for (size_t at = 0, start; at < xhtml->length;) {
        start = at;
        uint32_t codepoint = utf8_next(xhtml->data, xhtml->length, &at);
        bool markup = codepoint == '<' || codepoint == '&';
        if (!is_xml_character(codepoint) || (markup && !begins_markup(buffer_text(xhtml), start)))
            memset(xhtml->data + start, ' ', at - start);
    }
}

/* "595.28" without regard to the locale; NaN-free: 0 for anything else. */
static double number_of(const char *string)
{
    double value = 0, scale = 1;
    bool negative = *string == '-', fraction = false;
    for (string += negative; *string; string++) {
        if (*string == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (*string < '0' || *string > '9' || value > 1e12 || scale > 1e12)
            break;
        value = value * 10 + (*string - '0');
        scale *= fraction ? 10 : 1;
    }
    return negative ? -value / scale : value / scale;
}

static double attribute(xmlTextReaderPtr reader, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    double number = value ? number_of((const char *)value) : 0;
    xmlFree(value);
    return number;
}

static bool is_element(xmlTextReaderPtr reader, const char *name)
{
    const xmlChar *local = xmlTextReaderConstLocalName(reader);
    return local && strcmp((const char *)local, name) == 0;
}

/* The text inside the element where the reader stands, copied and trimmed. */
static struct text content(xmlTextReaderPtr reader, struct arena *arena)
{
    xmlChar *string = xmlTextReaderReadString(reader);
    struct text text = text_trim(text_of((const char *)string));
    struct text copy = arena_text(arena, text);
    xmlFree(string);
    return copy;
}

static enum status take_word(xmlTextReaderPtr reader, struct pdf_text *text, struct error *error)
{
    struct page_run run = {
        .text = content(reader, text->layout.arena),
        .x0 = attribute(reader, "xMin"),
        .y0 = attribute(reader, "yMin"),
        .x1 = attribute(reader, "xMax"),
        .y1 = attribute(reader, "yMax"),
    };
    if (!run.text.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (utf8_find_invalid(run.text) != TEXT_NONE)
        return STATUS_OK;
    legibility_add(&text->legibility, run.text);
    return page_layout_add_run(&text->layout, &run, error);
}

static enum status take_property(xmlTextReaderPtr reader, struct pdf_text *text,
                                 struct error *error)
{
    const struct {
        const char *name;
        struct text *value;
    } properties[] = {
        { "Author", &text->author },
        { "CreationDate", &text->created },
        { "LastModifiedDate", &text->modified },
    };
    xmlChar *name = xmlTextReaderGetAttribute(reader, (const xmlChar *)"name");
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)"content");
    bool failed = false;
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]) && name && value; i++)
        if (strcmp((const char *)name, properties[i].name) == 0) {
            *properties[i].value =
                arena_text(text->layout.arena, text_trim(text_of((const char *)value)));
            failed = !properties[i].value->data;
        }
    xmlFree(name);
    xmlFree(value);
    return failed ? error_set(error, STATUS_NO_MEMORY, "out of memory") : STATUS_OK;
}

static enum status take_element(xmlTextReaderPtr reader, struct pdf_text *text, struct error *error)
{
    if (is_element(reader, "word"))
        return take_word(reader, text, error);
    if (is_element(reader, "page"))
        return page_layout_add_page(&text->layout, attribute(reader, "width"),
                                    attribute(reader, "height"), error);
    if (is_element(reader, "meta"))
        return take_property(reader, text, error);
    if (is_element(reader, "title") && !text->layout.page_count) {
        text->title = content(reader, text->layout.arena);
        if (!text->title.data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return STATUS_OK;
}

static void keep_silent(void *context, const char *message, xmlParserSeverities severity,
                        xmlTextReaderLocatorPtr locator)
{
}

enum status pdf_text_parse(struct buffer *xhtml, struct pdf_text *text, struct error *error)
{
    if (!xhtml->length)
        return STATUS_OK;
    replace_forbidden(xhtml);
    xmlTextReaderPtr reader = xmlReaderForMemory(xhtml->data, (int)xhtml->length, NULL, "UTF-8",
                                                 XML_PARSE_RECOVER | XML_PARSE_NONET |
                                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!reader)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    xmlTextReaderSetErrorHandler(reader, keep_silent, NULL);
    enum status status = STATUS_OK;
    while (!status && xmlTextReaderRead(reader) == 1)
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT)
            status = take_element(reader, text, error);
    xmlFreeTextReader(reader);
    return status;
}
