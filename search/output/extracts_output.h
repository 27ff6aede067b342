/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commitments and figures for people and for programs. */
#ifndef DAFU_SEARCH_OUTPUT_EXTRACTS_OUTPUT_H
#define DAFU_SEARCH_OUTPUT_EXTRACTS_OUTPUT_H

#include <jansson.h>

#include "search/output/output.h"
#include "search/searcher/extracts.h"

enum extract_format { EXTRACT_TEXT, EXTRACT_JSON, EXTRACT_CSV };
#define EXTRACT_CHOICES "text|json|csv"

/* json, one object per line (csv has the same names, without sources):
 *   rank, score      from 1
 *   sentence, deadline   as written; "2026年底前" or ""
 *   title … area     as in results (output.h)
 *   path, role, paragraph, docno, reply, citation, source, sources */
enum status commitments_write(const struct output *output, enum extract_format format,
                              const struct commitment_list *list, struct error *error);

/* json, one object per line (csv likewise):
 *   rank, score
 *   measure          what the number measures, normalised; "" when nothing tells
 *   year, year_said  of the figure; null when not known; whether the sentence says it, otherwise it
 *                    is that of the reply's date
 *   written          number and unit as they stand in the text
 *   low, high, unit  of a range; otherwise equal. 万 and 亿 are multiplied: 2.5万元 is 25000 元
 *   bound            exact, about (约), over (超过), under (不超过)
 *   change, basis    +1 or -1 for growth and decline, 0 for a level; 同比, 环比, 年均 … or ""
 *   sentence, title … source, sources   as above */
enum status figures_write(const struct output *output, enum extract_format format,
                          const struct figure_result_list *list, struct error *error);

json_t *commitment_json(const struct commitment *commitment);
json_t *figure_json(const struct figure_result *figure);

#endif
