/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters, pairs and words of which an index has something: what pinyin may stand for there. */
#ifndef DAFU_SEARCH_RANKING_CHOICES_H
#define DAFU_SEARCH_RANKING_CHOICES_H

#include "indexer/analysis/token.h"
#include "search/index/index_reader.h"

struct choice {
    uint16_t character;
    uint32_t passages; /* that have it */
};

struct choice_list { /* arena-held */
    struct choice *choices;
    size_t count;
};

/* The term of a text of one kind; data NULL: no memory. */
struct text choices_term(enum token_kind kind, const uint16_t *characters, size_t count,
                         struct arena *arena);

/* Those of the characters that the index has, the most frequent first, each once, at most `most`.
 * *passages: that the index has in all. */
enum status choices_find(struct index_reader *reader, const uint16_t *characters, size_t count,
                         size_t most, struct arena *arena, struct choice_list *out,
                         uint64_t *passages, struct error *error);

#endif
