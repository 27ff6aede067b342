/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A passage as one cites it: 机关：《题名》（文号），日期，第16段. */
#ifndef DAFU_SEARCH_OUTPUT_CITATION_H
#define DAFU_SEARCH_OUTPUT_CITATION_H

#include "indexer/analysis/record.h"

#define CITATION_MAX 2048 /* bytes; a longer title is cut */

/* What is not known is left out. */
struct text citation_write(const struct reply_record *reply, const struct passage_record *passage,
                           char out[CITATION_MAX]);

#endif
