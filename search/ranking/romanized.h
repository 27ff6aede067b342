/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Latin words of a query that are pinyin: yanglao zhucan, yanglaozhucan, zgsz. */
#ifndef DAFU_SEARCH_RANKING_ROMANIZED_H
#define DAFU_SEARCH_RANKING_ROMANIZED_H

#include "indexer/analysis/analyzer.h"
#include "search/index/index_reader.h"

#define ROMANIZED_LINE_MAX 256 /* bytes; longer lines are not read as pinyin */

/* Reads a line of plain words. Words that are no pinyin, or that the index itself has, stay. *out is
 * the line with characters of the index in the place of pinyin; data NULL when nothing was read so.
 * The index itself says which characters: those that follow each other most often in its text. */
enum status romanized_read(struct text line, const struct lexicon *lexicon,
                           struct index_reader *reader, struct arena *arena, struct text *out,
                           struct error *error);

#endif
