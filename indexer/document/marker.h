/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands before a heading or an item in Chinese official writing. Readers ask only whether it
 * is there; what it means is for the floor above. */
#ifndef DAFU_DOCUMENT_MARKER_H
#define DAFU_DOCUMENT_MARKER_H

#include "indexer/base/text.h"

/* Whether the text begins with 一、 （一） 1. （1） ① 第一条 or one of their variants. */
bool marker_begins(struct text text);

#endif
