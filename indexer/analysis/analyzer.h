/* SPDX-License-Identifier: GPL-2.0-or-later */
/* normalise -> segment -> tokens: the chain that a field names. The same call on both sides:
 * index terms and query terms must be the same bytes. */
#ifndef DAFU_ANALYSIS_ANALYZER_H
#define DAFU_ANALYSIS_ANALYZER_H

#include "indexer/analysis/lexicon.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/token.h"
#include "indexer/base/arena.h"

enum analysis {
    ANALYSIS_TEXT,    /* words, sub-words, numbers, Latin, characters and bigrams */
    ANALYSIS_WORDS,   /* words, numbers and Latin only */
    ANALYSIS_KEYWORD, /* one token: the whole normalised text without blanks and brackets' kind:
                       * names of agencies, document numbers */
};

/* One per thread: scratch that is reused from text to text. */
struct analyzer;

enum status analyzer_new(const struct lexicon *lexicon, struct analyzer **out, struct error *error);
void analyzer_free(struct analyzer *analyzer);
void analyzer_freep(struct analyzer **analyzer); /* for CLEANUP */

/* Appends the tokens of `text` to `out`, ascending by offset then by descending length. Terms
 * live in `arena`. text is valid UTF-8, at most ANALYZER_TEXT_MAX bytes (STATUS_LIMIT). */
#define ANALYZER_TEXT_MAX ((size_t)64 << 20)
enum status analyzer_run(struct analyzer *analyzer, enum analysis analysis, struct text text,
                         struct arena *arena, struct token_list *out, struct error *error);

const struct lexicon *analyzer_lexicon(const struct analyzer *analyzer);

/* Canonical form of a document number: kind of brackets, blanks and width unified, "第" dropped,
 * as 代字〔年〕号: "甬经信函[2026] 9 号" -> "甬经信函〔2026〕9号". data NULL when `text` is not one. */
struct text analyzer_document_number(struct text text, struct arena *arena);

#endif
