/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The character half of the lexicon: what every code point becomes. Build time only. */
#ifndef DAFU_ANALYSIS_CHAR_TABLES_H
#define DAFU_ANALYSIS_CHAR_TABLES_H

#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/arena.h"

struct char_tables {
    uint32_t *fold; /* 65536 entries; everything in the arena */
    struct astral_fold *astral;
    size_t astral_count, astral_capacity;
    uint32_t *targets;
    size_t target_count, target_capacity;
    uint32_t *phrases;
    size_t phrase_count, phrase_capacity;
};

/* characters, phrases: OpenCC's TSCharacters and TSPhrases as text: key TAB value[ value...]. */
enum status char_tables_build(struct text characters, struct text phrases, struct arena *arena,
                              struct char_tables *out, struct error *error);

/* `lexicon` gets the tables, for folding words while the rest is still being built. */
void char_tables_lend(const struct char_tables *tables, struct lexicon *lexicon);

#endif
