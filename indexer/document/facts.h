/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels of what is said about a document beside its text, on pages and in tables: 索引号, 发布机构,
 * 文　　号. */
#ifndef DAFU_DOCUMENT_FACTS_H
#define DAFU_DOCUMENT_FACTS_H

#include "indexer/document/document.h"

#define FACT_NONE ((size_t)-1)
#define FACT_KINDS_MAX 32 /* fact_find returns less, or FACT_NONE */

/* Which fact the text names: blanks inside it do not count, nor brackets around it, nor what stands
 * behind a colon, which becomes *value (else empty). Different labels of one fact are the same. */
size_t fact_find(struct text text, struct text *value);
/* The key under which it is declared (document.h), or NULL: known, of no use. */
const char *fact_key(size_t fact);
/* Whether its labels are also ordinary words. */
bool fact_is_common(size_t fact);
/* Whether something is said at all: not “无”, “——” or the like, nor a whole text. */
bool fact_is_value(struct text value);

/* Rows of tables, "label | value" or "label | value | label | value", among the blocks of a document in
 * which tables are written like that: rows that have nothing but known labels and their values, two
 * pairs at least or at the beginning or end of the document, are declared and leave the blocks. A line that
 * ends with 印发 and stands in two cells becomes one.
 * False: out of memory. */
bool facts_take_rows(struct document *document, struct arena *arena);

#endif
