/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What browsers understand and libxml2's HTML parser does not, put into a form that both do. */
#ifndef DAFU_DOCUMENT_HTML_CLEAN_H
#define DAFU_DOCUMENT_HTML_CLEAN_H

#include "indexer/base/arena.h"
#include "indexer/base/status.h"

/* Drops NUL bytes and Word's <![if ...]> marks, and ends character references such as "&nbsp" that
 * lack their semicolon. *out is the page itself where there is nothing to do, else in the arena.
 * STATUS_NO_MEMORY. */
enum status html_clean(struct text page, struct arena *arena, struct text *out,
                       struct error *error);

#endif
