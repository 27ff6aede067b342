/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table over or under the text in which a page of 政府信息公开 shows its 索引号, 发文机关,
 * 发文字号 and dates: a real table, a list, or a row of spans. */
#ifndef DAFU_DOCUMENT_HTML_FACTS_H
#define DAFU_DOCUMENT_HTML_FACTS_H

#include "indexer/document/document.h"
#include "indexer/document/html_body.h"

/* Declares table_title, table_issuer, table_doc_number, table_date, table_published, table_index,
 * table_topic and table_publicity (document.h), as far as they are found, and drops a table
 * inside the body that is such a table and nothing else. False: no memory. */
bool html_declare_facts(struct html_tree *tree, const struct html_body *body,
                        struct document *document, struct arena *arena);

#endif
