/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a text is analysed, for inspect --terms: its normalised form, the words of the best path with
 * their costs, all tokens with their place, and the terms that each field gets of them. */
#ifndef DAFU_COMMAND_TERM_VIEW_H
#define DAFU_COMMAND_TERM_VIEW_H

#include <jansson.h>

#include "indexer/index/index_entry.h"

/* Lines on standard output. */
enum status term_view_print_text(struct analyzer *analyzer, struct text text, struct arena *arena,
                                 struct error *error);
void term_view_print_terms(const struct index_entry *entry);

/* {"normalized", "path": [{"word", "kind", "offset", "length", "cost"}], "tokens": [{"term",
 * "kind", "offset", "length", "position"}]}; offsets and lengths are bytes of the text. NULL with a
 * message on failure. */
json_t *term_view_json(struct analyzer *analyzer, struct text text, struct arena *arena,
                       struct error *error);

/* {"text": [["word", 2], ...], "text-bigrams": ...}: by field; terms that are not UTF-8 (of odd
 * file names) are left out. NULL: no memory. */
json_t *term_view_terms_json(const struct index_entry *entry);

#endif
