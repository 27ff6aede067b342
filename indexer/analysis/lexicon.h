/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiled word list and character tables: one file, mapped, immutable, shared by any number
 * of threads. Made at build time by lexicon_compile; layout in lexicon_format.h. */
#ifndef DAFU_ANALYSIS_LEXICON_H
#define DAFU_ANALYSIS_LEXICON_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

struct lexicon;

/* Maps and checks the file (magic, version, sizes, checksum of the header). STATUS_NOT_FOUND,
 * STATUS_IO, STATUS_CORRUPT. path NULL: file_find_data("lexicon.dafu"). */
enum status lexicon_open(const char *path, struct lexicon **out, struct error *error);
void lexicon_free(struct lexicon *lexicon);
void lexicon_freep(struct lexicon **lexicon); /* for CLEANUP */

/* Identifies everything that decides which terms a text gets: content of the lexicon file, the
 * user's own words over it (own_words.h) and the version of the analysis code. 16 hex digits. Stored in every index. */
const char *lexicon_fingerprint(const struct lexicon *lexicon);

/* Reads the whole file and compares its digest: STATUS_CORRUPT when a byte has changed. Opening
 * does not, for it must be quick; damage there gives wrong terms but no wrong access. */
enum status lexicon_verify(const struct lexicon *lexicon, struct error *error);

/* Whether the normalised word is listed or an own one; *cost (may be NULL) gets -ln p. */
bool lexicon_lookup(const struct lexicon *lexicon, struct text word, float *cost);

size_t lexicon_word_count(const struct lexicon *lexicon);

#endif
