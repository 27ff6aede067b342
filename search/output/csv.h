/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comma-separated values as RFC 4180 has them: CRLF, fields quoted where they must be, quotes
 * doubled. UTF-8 without a byte order mark.
 *
 * A text that a spreadsheet would take for a formula (it begins with = + - @, also full-width, or
 * with TAB or CR) gets an apostrophe before it, which spreadsheets do not show. Numbers do not. */
#ifndef DAFU_SEARCH_OUTPUT_CSV_H
#define DAFU_SEARCH_OUTPUT_CSV_H

#include <stdio.h>

#include "indexer/base/text.h"

struct csv {
    FILE *stream;
    bool begun; /* the row has a field */
};

void csv_text(struct csv *csv, struct text text);
void csv_number(struct csv *csv, double number, int decimals);
void csv_end_row(struct csv *csv);
void csv_header(struct csv *csv, const char *const *names, size_t count);

#endif
