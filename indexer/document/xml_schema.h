/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The RELAX NG schema of Reply XML (corpus/reply.rng, installed beside the programs), compiled. */
#ifndef DAFU_DOCUMENT_XML_SCHEMA_H
#define DAFU_DOCUMENT_XML_SCHEMA_H

#include <libxml/tree.h>

#include "indexer/base/status.h"

struct xml_schema;

/* libxml2's own preparations, once per process: call before anything else of it. Its messages go
 * to whoever asked for them, and never to the standard error of the thread that calls this. */
void xml_prepare(void);

/* The schema, which is compiled at the first call and then shared by all threads until the process
 * ends (validation keeps its state apart from it). STATUS_NOT_FOUND (no reply.rng), STATUS_IO,
 * STATUS_INVALID (not a schema), STATUS_NO_MEMORY; the next call tries again. */
enum status xml_schema_get(const struct xml_schema **out, struct error *error);

/* Whether the tree, a <reply> element and what is in it, follows the schema. STATUS_INVALID says
 * line and element of the first violation; the line is what node->_private holds (libxml2's own
 * field ends at 65535). */
enum status xml_schema_check(const struct xml_schema *schema, xmlDoc *tree, struct error *error);

#endif
