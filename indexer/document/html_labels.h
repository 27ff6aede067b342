/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page declares in its head: the page labels of the 政府网站发展指引 (国办发〔2017〕47号) and
 * their relatives. */
#ifndef DAFU_DOCUMENT_HTML_LABELS_H
#define DAFU_DOCUMENT_HTML_LABELS_H

#include "indexer/document/document.h"
#include "indexer/document/html_tree.h"

/* Declares page_title, page_date, page_issuer, page_site, page_column, page_keywords and url
 * (document.h), as far as the page has them. Texts go into the arena. False: no memory. */
bool html_declare_labels(const struct html_tree *tree, struct document *document,
                         struct arena *arena);

#endif
