/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The number formats of automatic numbering (ST_NumberFormat, ECMA-376 part 1, 17.18.59): what
 * stands in the letters of China and Japan, and the European ones. */
#ifndef DAFU_DOCUMENT_DOCX_NUMERALS_H
#define DAFU_DOCUMENT_DOCX_NUMERALS_H

#include "indexer/base/buffer.h"

/* One format; NULL for a bullet and for "none". */
typedef void docx_numeral(struct buffer *out, unsigned value);

/* By its name in the file ("chineseCounting"); a name that is not known counts in digits. */
docx_numeral *docx_numeral_find(struct text name);

/* In decimal digits. */
docx_numeral docx_numeral_decimal;

#endif
