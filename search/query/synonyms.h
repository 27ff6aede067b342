/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Full names and their short forms: 人力资源和社会保障局, 人社局. The program's own pairs are
 * compiled into it (synonyms/SOURCES.md); an index may bring more. */
#ifndef DAFU_SEARCH_QUERY_SYNONYMS_H
#define DAFU_SEARCH_QUERY_SYNONYMS_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/arena.h"

enum synonym_kind {
    SYNONYM_NAME,     /* any other category: a short form and the full one */
    SYNONYM_AGENCY,   /* category agency */
    SYNONYM_EVERYDAY, /* category everyday: what people say, and what an official text says */
    SYNONYM_AMOUNT,   /* of no table: the same quantity as others write it (amount.h) */
};

struct synonym {
    struct text typed; /* normalised */
    struct text other; /* what it also means, normalised */
    enum synonym_kind kind;
};

struct synonym_list {
    const struct synonym *rows; /* ascending by typed */
    size_t count;
};

/* The program's own. */
extern const struct synonym_list SYNONYMS;

struct synonyms; /* both kinds; immutable, for any number of threads */

/* The program's own, those that the index has learned, and those of the file, which need not be
 * there: lines of the columns of synonyms/synonyms.tsv. STATUS_INVALID: not UTF-8; STATUS_LIMIT: more than SYNONYM_FILE_MAX bytes;
 * lines that are no pair are passed over. */
#define SYNONYM_FILE_MAX ((size_t)16 << 20)
enum status synonyms_open(const char *path, struct text learned, const struct lexicon *lexicon,
                          struct synonyms **out, struct error *error);
void synonyms_free(struct synonyms *synonyms);
void synonyms_freep(struct synonyms **synonyms); /* for CLEANUP */

/* The longest form that `text` (normalised) begins with: its length in bytes, 0 when there is none,
 * and its rows: at most one list of each kind. `fits` (NULL: always) may refuse a length. */
struct synonym_match {
    size_t length;
    struct synonym_list lists[2];
};
struct synonym_match synonyms_find(const struct synonyms *synonyms, struct text text,
                                   bool (*fits)(void *context, size_t length), void *context);

#endif
