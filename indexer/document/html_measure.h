/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much text each element of a page holds, and which elements hold none that counts. */
#ifndef DAFU_DOCUMENT_HTML_MEASURE_H
#define DAFU_DOCUMENT_HTML_MEASURE_H

#include "indexer/document/html_tree.h"

/* Fills in dropped, linked and the counts of every node. */
void html_measure(struct html_tree *tree);

/* Whether a link leads to a document file: such links are content, not navigation. */
bool html_is_file_link(struct text href);

#endif
