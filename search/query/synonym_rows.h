/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of pairs as text -> rows that a query is compared with. Used by the build and, for the
 * pairs of an index, at run time. */
#ifndef DAFU_SEARCH_QUERY_SYNONYM_ROWS_H
#define DAFU_SEARCH_QUERY_SYNONYM_ROWS_H

#include "search/query/synonyms.h"

/* Reads the lines of `tsv` (valid UTF-8) and appends to `out`, sorted and each once: both
 * directions of "=", short to full of ">", and the short forms of one full form to each other.
 * Everything in `arena`. */
enum status synonym_rows_read(struct text tsv, const struct lexicon *lexicon, struct arena *arena,
                              struct synonym_list *out, struct error *error);

#endif
