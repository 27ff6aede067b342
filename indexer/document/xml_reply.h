/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One <reply> element that has passed the schema, as a document. */
#ifndef DAFU_DOCUMENT_XML_REPLY_H
#define DAFU_DOCUMENT_XML_REPLY_H

#include <libxml/tree.h>

#include "indexer/base/status.h"
#include "indexer/document/document.h"

/* Fills `document` (id, group, blocks, declared; see document.h). Its texts lie in the arena or in
 * the tree, which has to live as long. STATUS_EMPTY, STATUS_LIMIT, STATUS_NO_MEMORY; messages name
 * no line. */
enum status xml_reply_read(const xmlNode *reply, struct arena *arena, struct document *document,
                           struct error *error);

#endif
