/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results as JSON: the keys are documented in output.h and stay. NULL: out of memory. */
#ifndef DAFU_SEARCH_OUTPUT_RESULT_JSON_H
#define DAFU_SEARCH_OUTPUT_RESULT_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "search/searcher/searcher.h"

/* One passage with its reply. */
json_t *result_json(const struct result *result);

/* One reply with its best passages. */
json_t *result_group_json(const struct result_group *group);

/* Totals, and the facets that were counted. */
/* The shards that the list is without, as an array; NULL: it is whole, or there is no memory. */
json_t *result_missing_json(const struct result_list *list);
json_t *result_counts_json(const struct result_list *list);

/* [{kind, column, length, message}, ...] */
json_t *result_warnings_json(const struct query_warnings *warnings);

/* What is told of the line: read_as, suggestion, warnings. */
json_t *result_line_json(const struct result_list *list, struct text suggestion);

/* Keys and values of a reply, into an object. False: out of memory. */
bool reply_json_add(json_t *object, const struct reply_record *reply);

json_t *text_json(struct text text);

/* Writes the object, which it takes, as one line; reals with `digits` significant digits.
 * STATUS_NO_MEMORY, also for an object that is NULL. */
enum status json_line_write(FILE *stream, json_t *object, unsigned digits, struct error *error);

#endif
