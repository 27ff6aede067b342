/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page says, in its two languages. The words of the genre itself (提案, 下步) stay Chinese
 * beside their English. */
#ifndef DAFU_SEARCH_SERVER_WORDS_H
#define DAFU_SEARCH_SERVER_WORDS_H

#include "indexer/analysis/facet.h"
#include "search/server/header.h"

enum word {
    WORD_LANG,
    WORD_NAME,
    WORD_TAGLINE,
    WORD_INTRODUCTION,
    WORD_SKIP,
    WORD_SEARCH,
    WORD_COMPLETION,
    WORD_READ_HERE,
    WORD_QUERY_LABEL,
    WORD_PLACEHOLDER,
    WORD_EXAMPLES,
    WORD_RESULTS,
    WORD_FILTERS,
    WORD_CLEAR,
    WORD_REMOVE,
    WORD_MORE_VALUES,
    WORD_PASSAGES,
    WORD_REPLIES,
    WORD_ABOUT,
    WORD_BY_PASSAGE,
    WORD_BY_REPLY,
    WORD_BY_RELEVANCE,
    WORD_BY_DATE,
    WORD_VIEW,
    WORD_ORDER,
    WORD_EXPORT,
    WORD_PREVIOUS,
    WORD_NEXT,
    WORD_PAGES,
    WORD_NOTHING,
    WORD_NOTHING_HINT,
    WORD_DID_YOU_MEAN,
    WORD_READ_AS,
    WORD_WARNINGS,
    WORD_COLUMN_BEFORE,
    WORD_COLUMN_AFTER,
    WORD_SHARDS_BEFORE,
    WORD_SHARDS_AFTER,
    WORD_YEARS,
    WORD_YEARS_HINT,
    WORD_PARAGRAPH_BEFORE,
    WORD_PARAGRAPH_AFTER,
    WORD_MORE_IN_REPLY,
    WORD_CITE,
    WORD_CITED,
    WORD_CITATION,
    WORD_CONTENTS,
    WORD_SIMILAR,
    WORD_BACK,
    WORD_METADATA,
    WORD_ISSUER,
    WORD_DOCUMENT_NUMBER,
    WORD_DATE,
    WORD_SESSION,
    WORD_NUMBER,
    WORD_ADDRESSEE,
    WORD_CLASS,
    WORD_SOURCE,
    WORD_CLASS_A,
    WORD_CLASS_B,
    WORD_CLASS_C,
    WORD_CLASS_D,
    WORD_FAILED,
    WORD_BUSY,
    WORD_LATE,
    WORD_LIMITED,
    WORD_MISSING,
    WORD_MISTAKEN,
    WORD_TOKEN_NEEDED,
    WORD_TOO_LONG,
    WORD_TO_HOME,
    WORD_KEYS,
    WORD_HOME,
    WORD_COUNT
};

const char *word(enum language language, enum word word);
const char *word_facet(enum language language, enum facet facet);

/* How a facet's value is shown; *hint is what a reader new to the genre needs, or empty. */
struct text word_value(enum language language, enum facet facet, struct text value,
                       struct arena *arena);
const char *word_role(enum language language, enum passage_role role);

#endif
