/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Similar replies, with what both sides have in common. */
#ifndef DAFU_SEARCH_OUTPUT_SIMILAR_OUTPUT_H
#define DAFU_SEARCH_OUTPUT_SIMILAR_OUTPUT_H

#include <jansson.h>

#include "search/output/extracts_output.h"
#include "search/searcher/similar.h"

/* text  each reply, and below it the two passages one above the other, what they share bold or in 【】
 * json  an object per line:
 *   rank, score, copied   as in searcher/similar.h
 *   reply, title … sources   as in results (output.h)
 *   overlaps   [{draft_passage (from 1), draft_text, docno, path, role, paragraph, text, characters,
 *              places: [{"draft": [start, length], "text": [start, length]}, ...]}, ...], in
 *              characters (code points)
 * csv   a row per overlap: rank, score, copied, title … area, draft_passage, draft_text, text,
 *       characters, citation, reply, source */
enum status similar_write(const struct output *output, enum extract_format format,
                          const struct text *draft, const struct similar_list *list,
                          struct error *error);

json_t *similar_json(const struct similar_reply *reply, const struct text *draft);

#endif
