/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query language in one table: what --help-query prints and the manual page has, and what the
 * tests of the parser hold it to. The names of fields are those of QUERY_FIELDS (fields.h). */
#ifndef DAFU_SEARCH_QUERY_GRAMMAR_H
#define DAFU_SEARCH_QUERY_GRAMMAR_H

#include <stddef.h>

struct grammar_row {
    const char *form;    /* an example, as typed */
    const char *meaning; /* a sentence fragment */
    const char *tree;    /* what query_parse makes of the example: query_describe */
};

struct grammar_section {
    const char *title;
    const struct grammar_row *rows; /* ended by one without form */
};

extern const struct grammar_section GRAMMAR[]; /* ended by one without title */

/* Sentences that hold for all of it. */
extern const char GRAMMAR_INTRODUCTION[];

#endif
