/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One XML part of a ZIP container, pulled element by element (libxml2's xmlTextReader): no network,
 * no document type, so no entities; elements no deeper than libxml2's 256. Names are compared
 * without their prefix: producers differ in prefixes and even in namespaces.
 *
 * A function that is called on an element looks at its children like this and need not care
 * whether a callee has consumed a child or not:
 *
 *     struct part_element here = part_here(part);
 *     while (part_child(part, &here))
 *         if (part_is(part, "Page")) ...
 */
#ifndef DAFU_DOCUMENT_PART_H
#define DAFU_DOCUMENT_PART_H

#include "indexer/document/zip.h"

#include <libxml/xmlreader.h>

struct part {
    struct buffer bytes; /* of the part when it came out of a container */
    xmlTextReaderPtr reader;
    enum status status; /* the first failure; part_child is false from then on */
    struct error error;
};

struct part_element {
    int depth;
    bool empty;
};

/* Opens an entry and stands on its root element. Release also after a failure. STATUS_INVALID (not
 * well-formed, a document type), and what zip_container_read returns. */
enum status part_open(struct part *part, struct zip_container *container, size_t index,
                      struct error *error);
/* The same for XML that is at hand; takes the bytes over. */
enum status part_open_bytes(struct part *part, struct buffer *bytes, struct error *error);
void part_release(struct part *part); /* CLEANUP-able */

/* STATUS_OK, or the failure that ended part_child early, with the entry's name before it. */
enum status part_status(const struct part *part, struct text name, struct error *error);

struct part_element part_here(struct part *part);

/* Moves to the next child of `element`, a start tag or a piece of text; false at its end. */
bool part_child(struct part *part, const struct part_element *element);

/* Of the child: */
bool part_is_text(struct part *part);
bool part_is(struct part *part, const char *name); /* an element of this local name */
const char *part_name(struct part *part);          /* local name; "" for text */
/* The value, borrowed until the next call with this part; empty when there is none. */
struct text part_attribute(struct part *part, const char *name);
bool part_has_attribute(struct part *part, const char *name);
struct text part_text(struct part *part); /* of a piece of text, as long */

/* Appends all text inside the element where the part stands, at any depth. */
void part_collect_text(struct part *part, struct buffer *out);

#endif
