/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bytes say about their encoding without anybody declaring it. */
#ifndef DAFU_DOCUMENT_CHARSET_SNIFF_H
#define DAFU_DOCUMENT_CHARSET_SNIFF_H

#include "indexer/document/charset_codec.h"

/* The byte order of UTF-16 without a mark, NULL if it is not that. */
const struct codec *sniff_utf16(struct text sample);

/* Valid UTF-8, or UTF-8 that was damaged here and there or cut off. */
bool sniff_utf8(struct text bytes);

/* Percent of what is not ASCII that would be common Chinese characters in GB2312; 0 when there is
 * nothing but ASCII. */
unsigned sniff_gb(struct text sample);

#endif
