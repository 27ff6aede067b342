/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing Reply XML with libxml2's text writer. What is written always follows the schema: a value
 * that does not fit it (an impossible date) is left out, for the reader finds it in the paragraphs
 * again. Line breaks between elements are ours, so that none gets into a text. */
#include "indexer/reply/reply_xml.h"

#include <errno.h>
#include <stdlib.h>

#include <libxml/xmlwriter.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/xml_schema.h"
#include "indexer/document/xml_space.h"

#define NESTING_MAX 16                        /* open sections; replies have six levels */
#define ATTRIBUTE_BYTES_MAX ((size_t)8 << 10) /* a longer marker or heading is in the text anyway */

struct reply_xml {
    FILE *out;
    int write_error; /* errno of the first failed write */
    xmlTextWriter *writer;
    bool show_contacts;
    bool no_memory;
    size_t replaced;
    struct arena arena; /* of one reply */
};

/* Never tells libxml2 about a failure: it would print it. */
static int write_bytes(void *context, const char *bytes, int length)
{
    struct reply_xml *xml = context;
    if (!xml->write_error && fwrite(bytes, 1, (size_t)length, xml->out) != (size_t)length)
        xml->write_error = errno ? errno : EIO;
    return length;
}

static int close_nothing(void *context)
{
    (void)context;
    return 0;
}

static enum status result(const struct reply_xml *xml, struct error *error)
{
    if (xml->write_error)
        return error_set(error, STATUS_IO, "cannot write: %s", strerror(xml->write_error));
    if (xml->no_memory)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

static void check(struct reply_xml *xml, int written)
{
    if (written < 0)
        xml->no_memory = true;
}

static void new_line(struct reply_xml *xml, int depth)
{
    static const char BREAK[] = "\n                                        ";
    int blanks = depth * 2 < (int)sizeof(BREAK) - 2 ? depth * 2 : (int)sizeof(BREAK) - 2;
    check(xml, xmlTextWriterWriteRawLen(xml->writer, (const xmlChar *)BREAK, 1 + blanks));
}

static void start(struct reply_xml *xml, int depth, const char *name)
{
    new_line(xml, depth);
    check(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)name));
}

static void end(struct reply_xml *xml)
{
    check(xml, xmlTextWriterEndElement(xml->writer));
}

/* XML 1.0, production 2; the text is valid UTF-8, so there are no surrogates. */
static bool is_allowed(uint32_t codepoint)
{
    return codepoint >= 0x20 ? codepoint != 0xFFFE && codepoint != 0xFFFF
                             : codepoint == '\t' || codepoint == '\n' || codepoint == '\r';
}

/* A NUL-terminated copy, with U+FFFD for what XML does not allow. */
static struct text clean(struct reply_xml *xml, struct text text)
{
    char *copy = arena_array(&xml->arena, text.length + 1, 3);
    if (!copy) {
        xml->no_memory = true;
        return TEXT("");
    }
    size_t length = 0;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        bool allowed = is_allowed(codepoint);
        xml->replaced += !allowed;
        length += utf8_encode(allowed ? codepoint : 0xFFFD, copy + length);
    }
    copy[length] = '\0';
    return (struct text) { copy, length };
}

static bool is_blank(struct text text)
{
    return text_trim(text).length == 0;
}

static void put_text(struct reply_xml *xml, struct text text)
{
    text = clean(xml, text);
    if (text.length > 0)
        check(xml, xmlTextWriterWriteString(xml->writer, (const xmlChar *)text.data));
}

static void put_attribute(struct reply_xml *xml, const char *name, struct text value)
{
    if (is_blank(value))
        return;
    value = clean(xml, value);
    check(xml, xmlTextWriterWriteAttribute(xml->writer, (const xmlChar *)name,
                                           (const xmlChar *)value.data));
}

static void put_number(struct reply_xml *xml, const char *name, size_t number)
{
    if (number == 0)
        return;
    struct text digits = arena_printf(&xml->arena, "%zu", number);
    xml->no_memory = xml->no_memory || !digits.data;
    put_attribute(xml, name, digits);
}

/* The element that is open now has this text: says so where the reader would change it. */
static void keep_space(struct reply_xml *xml, struct text text)
{
    struct text folded = xml_space_fold(text, &xml->arena);
    xml->no_memory = xml->no_memory || !folded.data;
    if (!text_equal(folded, text))
        put_attribute(xml, "xml:space", TEXT("preserve"));
}

static void put_value(struct reply_xml *xml, struct text value)
{
    keep_space(xml, value);
    put_text(xml, value);
    end(xml);
}

static void put_element(struct reply_xml *xml, int depth, const char *name, struct text value)
{
    if (is_blank(value))
        return;
    start(xml, depth, name);
    put_value(xml, value);
}

static void put_list(struct reply_xml *xml, const char *name, const char *item,
                     const struct text_list *list)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++)
        any = any || !is_blank(list->items[i]);
    if (!any)
        return;
    start(xml, 2, name);
    for (size_t i = 0; i < list->count; i++)
        put_element(xml, 3, item, list->items[i]);
    new_line(xml, 2);
    end(xml);
}

/* --- metadata --- */

static void put_source(struct reply_xml *xml, const struct reply *reply)
{
    if (is_blank(reply->file) && is_blank(reply->stem))
        return;
    start(xml, 2, "source");
    put_attribute(xml, "file", reply->file);
    put_attribute(xml, "stem", reply->stem);
    end(xml);
}

static void put_document_number(struct reply_xml *xml, const struct reply *reply)
{
    if (is_blank(reply->document_number))
        return;
    start(xml, 2, "number");
    put_attribute(xml, "raw", reply->document_number_raw);
    put_value(xml, reply->document_number);
}

static void put_session(struct reply_xml *xml, const struct session *session)
{
    if (is_blank(session->raw))
        return;
    start(xml, 2, "session");
    put_attribute(xml, "body", text_of(reply_body_name(session->body)));
    put_attribute(xml, "area", session->area);
    put_number(xml, "term", session->term > 0 ? (size_t)session->term : 0);
    put_number(xml, "meeting", session->meeting > 0 ? (size_t)session->meeting : 0);
    put_value(xml, session->raw);
}

static void put_proposal(struct reply_xml *xml, const struct reply *reply)
{
    if (is_blank(reply->proposal_number))
        return;
    start(xml, 2, "proposal");
    put_attribute(xml, "category", reply->proposal_category);
    put_value(xml, reply->proposal_number);
}

static bool read_digits(struct text text, size_t at, size_t count, unsigned *value)
{
    unsigned long long number = 0;
    if (!text_to_u64(text_slice(text, at, count), &number))
        return false;
    *value = (unsigned)number;
    return true;
}

/* YYYY-MM-DD, a day of the calendar: what xsd:date takes. */
static bool is_date(struct text text)
{
    static const unsigned DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    unsigned year = 0, month = 0, day = 0;
    if (text.length != 10 || text.data[4] != '-' || text.data[7] != '-' ||
        !read_digits(text, 0, 4, &year) || !read_digits(text, 5, 2, &month) ||
        !read_digits(text, 8, 2, &day) || year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= DAYS[month - 1] + (month == 2 && leap);
}

static void put_date(struct reply_xml *xml, const struct reply *reply)
{
    if (!is_date(reply->date))
        return;
    start(xml, 2, "date");
    put_attribute(xml, "origin", text_of(date_origin_name(reply->date_origin)));
    put_value(xml, reply->date);
}

static struct text masked(struct reply_xml *xml, struct text text, bool contact_line)
{
    return xml->show_contacts ? text : reply_mask_contact(text, contact_line, &xml->arena);
}

static void put_class(struct reply_xml *xml, char letter)
{
    if (letter >= 'A' && letter <= 'D')
        put_element(xml, 2, "class", (struct text) { &letter, 1 });
}

/* In the order of the schema. */
static void put_metadata(struct reply_xml *xml, const struct reply *reply)
{
    put_source(xml, reply);
    put_element(xml, 2, "issuer", reply->issuer);
    put_document_number(xml, reply);
    put_element(xml, 2, "title", reply->title);
    put_element(xml, 2, "subject", reply->subject);
    put_element(xml, 2, "addressee", reply->addressee);
    put_list(xml, "addressees", "name", &reply->addressees);
    put_session(xml, &reply->session);
    put_element(xml, 2, "kind", text_of(reply_kind_name(reply->kind)));
    put_element(xml, 2, "type", text_of(reply_type_name(reply->type)));
    put_proposal(xml, reply);
    put_list(xml, "consulted", "agency", &reply->consulted);
    put_list(xml, "copy-to", "body", &reply->copy_to);
    put_class(xml, reply->result_class);
    put_element(xml, 2, "publicity", reply->publicity);
    put_date(xml, reply);
    put_element(xml, 2, "contact", masked(xml, reply->contact, true));
    put_element(xml, 2, "area", reply->area);
}

/* --- body --- */

struct body {
    struct reply_xml *xml;
    const struct reply *reply;
    size_t open[NESTING_MAX]; /* sections that are open, outermost first */
    int depth;
    size_t next; /* first section that has not been written */
};

static int indentation(const struct body *body)
{
    return 3 + body->depth;
}

static void close_sections(struct body *body, int depth)
{
    while (body->depth > depth) {
        body->depth--;
        new_line(body->xml, indentation(body));
        end(body->xml);
    }
}

static void put_heading(struct reply_xml *xml, const struct section *section)
{
    if (section->marker.length <= ATTRIBUTE_BYTES_MAX)
        put_attribute(xml, "marker", section->marker);
    if (section->heading.length <= ATTRIBUTE_BYTES_MAX)
        put_attribute(xml, "heading", section->heading);
    if (section->role != ROLE_OTHER)
        put_attribute(xml, "role", text_of(role_name(section->role)));
}

/* Closes what the section is not in and opens it. */
static void open_section(struct body *body, size_t index)
{
    const struct section *section = &body->reply->sections[index];
    int depth = body->depth;
    while (depth > 0 && body->open[depth - 1] != section->parent)
        depth--;
    close_sections(body, depth);
    if (body->depth == NESTING_MAX)
        return; /* its paragraphs go into the section around it */

    start(body->xml, indentation(body), "section");
    if (section->level >= 1 && section->level <= 9)
        put_number(body->xml, "level", (size_t)section->level);
    if (section->run_in)
        put_attribute(body->xml, "run-in", TEXT("true"));
    put_heading(body->xml, section);
    body->open[body->depth++] = index;
}

/* Items start behind the beginning of a paragraph, or are of the level of items. */
static bool is_item(const struct section *section)
{
    return section->offset > 0 || section->level == 6;
}

/* The sections of one paragraph that are items are consecutive; where the item at `index` ends. */
static size_t item_end(const struct body *body, size_t index, size_t paragraph)
{
    const struct reply *reply = body->reply;
    size_t length = reply->paragraphs[paragraph].text.length;
    if (index + 1 < reply->section_count &&
        reply->sections[index + 1].first_paragraph == paragraph) {
        size_t offset = reply->sections[index + 1].offset;
        return offset < length ? offset : length;
    }
    return length;
}

static void put_items(struct body *body, size_t paragraph)
{
    struct reply_xml *xml = body->xml;
    const struct reply *reply = body->reply;
    struct text text = reply->paragraphs[paragraph].text;
    size_t done = 0;
    for (; body->next < reply->section_count; body->next++) {
        const struct section *section = &reply->sections[body->next];
        size_t item_stop = item_end(body, body->next, paragraph);
        if (section->first_paragraph != paragraph)
            break;
        if (section->offset < done || section->offset >= item_stop)
            continue;
        put_text(xml, masked(xml, text_slice(text, done, section->offset - done), false));
        check(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)"item"));
        if (section->level != 6)
            put_number(xml, "level", section->level > 0 ? (size_t)section->level : 0);
        put_heading(xml, section);
        put_text(xml, masked(xml, text_slice(text, section->offset, item_stop - section->offset),
                             false));
        end(xml);
        done = item_stop;
    }
    put_text(xml, masked(xml, text_slice(text, done, text.length - done), false));
}

static void put_paragraph(struct body *body, size_t index)
{
    struct reply_xml *xml = body->xml;
    const struct paragraph *paragraph = &body->reply->paragraphs[index];
    start(xml, indentation(body), "p");
    put_attribute(xml, "kind", text_of(paragraph_kind_name(paragraph->kind)));
    put_number(xml, "n", index + 1);
    put_number(xml, "page", paragraph->page);
    keep_space(xml, paragraph->text);
    if (paragraph->kind == PARAGRAPH_CONTACT)
        put_text(xml, masked(xml, paragraph->text, true));
    else
        put_items(body, index);
    end(xml);
}

/* Whether the innermost open section still has the paragraph. */
static bool reaches(const struct body *body, size_t paragraph)
{
    if (body->depth == 0)
        return true;
    const struct section *section = &body->reply->sections[body->open[body->depth - 1]];
    return paragraph < section->first_paragraph + section->paragraph_count;
}

static void put_body(struct reply_xml *xml, const struct reply *reply)
{
    struct body body = { .xml = xml, .reply = reply };
    start(xml, 2, "body");
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        while (body.next < reply->section_count &&
               reply->sections[body.next].first_paragraph <= i &&
               !is_item(&reply->sections[body.next]))
            open_section(&body, body.next++);
        if (!reaches(&body, i))
            close_sections(&body, 0); /* the end of the reply: signature, copies */
        put_paragraph(&body, i);
        arena_clear(&xml->arena);
    }
    close_sections(&body, 0);
    new_line(xml, 2);
    end(xml);
}

/* --- the collection --- */

static void free_xml(struct reply_xml **xml)
{
    if (!*xml)
        return;
    if ((*xml)->writer)
        xmlFreeTextWriter((*xml)->writer);
    arena_release(&(*xml)->arena);
    free(*xml);
}

enum status reply_xml_open(FILE *out, bool show_contacts, struct reply_xml **xml,
                           struct error *error)
{
    CLEANUP(free_xml) struct reply_xml *made = calloc(1, sizeof(*made));
    if (!made)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    xml_prepare();
    made->out = out;
    made->show_contacts = show_contacts;
    arena_init(&made->arena, 0);
    xmlOutputBuffer *buffer = xmlOutputBufferCreateIO(write_bytes, close_nothing, made, NULL);
    made->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    if (!made->writer) {
        if (buffer)
            xmlOutputBufferClose(buffer);
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    check(made, xmlTextWriterStartDocument(made->writer, NULL, "UTF-8", NULL));
    check(made, xmlTextWriterStartElement(made->writer, (const xmlChar *)"replies"));
    enum status status = result(made, error);
    if (status)
        return status;
    *xml = made;
    made = NULL;
    return STATUS_OK;
}

enum status reply_xml_put(struct reply_xml *xml, const struct reply *reply, struct error *error)
{
    arena_clear(&xml->arena);
    start(xml, 1, "reply");
    put_attribute(xml, "id", reply->id);
    put_attribute(xml, "group", reply->group);
    if (reply->single_passage)
        put_attribute(xml, "single-passage", TEXT("true"));
    put_metadata(xml, reply);
    put_body(xml, reply);
    new_line(xml, 1);
    end(xml);
    return result(xml, error);
}

size_t reply_xml_replaced(const struct reply_xml *xml)
{
    return xml->replaced;
}

enum status reply_xml_close(struct reply_xml *xml, struct error *error)
{
    if (!xml)
        return STATUS_OK;
    new_line(xml, 0);
    check(xml, xmlTextWriterEndDocument(xml->writer));
    check(xml, xmlTextWriterFlush(xml->writer));
    if (!xml->write_error && fflush(xml->out))
        xml->write_error = errno ? errno : EIO;
    enum status status = result(xml, error);
    free_xml(&xml);
    return status;
}
