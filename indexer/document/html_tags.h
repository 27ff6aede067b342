/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the elements of HTML mean for text. */
#ifndef DAFU_DOCUMENT_HTML_TAGS_H
#define DAFU_DOCUMENT_HTML_TAGS_H

#include "indexer/base/text.h"

/* Flags (enum html_tag_flag) of the element of this lower-case name; 0 when unknown: inline. */
unsigned html_tag_flags(struct text name);

/* Whether a tree needs to keep the attribute of this name (in any case). */
bool html_keeps_attribute(struct text name);

#endif
