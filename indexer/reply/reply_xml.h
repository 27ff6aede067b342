/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes Reply XML, the form of one reply or a collection that document/xml_reader.c reads back;
 * schema: corpus/reply.rng. Reading it again gives the same reply (paragraphs, metadata,
 * sections, passages; not the source offsets). Contacts are masked unless asked otherwise. */
#ifndef DAFU_REPLY_REPLY_XML_H
#define DAFU_REPLY_REPLY_XML_H

#include "indexer/base/status.h"
#include "indexer/reply/reply.h"

#include <stdio.h>

struct reply_xml; /* an open <replies> element */

/* Starts a collection on `out`, which stays the caller's. */
enum status reply_xml_open(FILE *out, bool show_contacts, struct reply_xml **xml,
                           struct error *error);
enum status reply_xml_put(struct reply_xml *xml, const struct reply *reply, struct error *error);
/* Characters so far that XML does not allow and that were written as U+FFFD. */
size_t reply_xml_replaced(const struct reply_xml *xml);
/* Ends the collection and frees, also after a failure; reports what was not written. */
enum status reply_xml_close(struct reply_xml *xml, struct error *error);

#endif
