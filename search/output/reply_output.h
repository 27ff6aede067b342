/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One reply as the index has it. */
#ifndef DAFU_SEARCH_OUTPUT_REPLY_OUTPUT_H
#define DAFU_SEARCH_OUTPUT_REPLY_OUTPUT_H

#include <jansson.h>

#include "search/output/output.h"
#include "search/searcher/reply_view.h"

/* One object:
 *   reply, title … area, source, sources   as in results (output.h)
 *   metadata   what the reply says about itself, as `dafu-index inspect` has it, contacts masked; null
 *              for a line of a collection
 *   sections   [{level (from 1), heading, passage (from 0)}, ...]
 *   passages   [{docno, path, role, paragraph, text, source_offset, source_length}, ...] */
json_t *reply_view_json(const struct reply_view *view);

/* [{level, heading, passage}, ...], as in "sections"; NULL: out of memory. */
json_t *reply_sections_json(const struct reply_section *sections, size_t count);

enum status reply_text_write(const struct output *output, const struct reply_view *view,
                             struct error *error);
enum status reply_json_write(const struct output *output, const struct reply_view *view,
                             struct error *error);

#endif
