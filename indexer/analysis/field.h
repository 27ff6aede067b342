/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The schema: what each term prefix and value slot means. Writer and reader share this file;
 * prefixes follow Omega's conventions where they have one
 * (https://xapian.org/docs/omega/termprefixes.html). Changing a row changes INDEX_FORMAT. */
#ifndef DAFU_ANALYSIS_FIELD_H
#define DAFU_ANALYSIS_FIELD_H

#include "indexer/analysis/analyzer.h"

#define INDEX_FORMAT 1

/* An index is a folder that holds the Xapian database INDEX_DATABASE; these Xapian metadata keys
 * say what wrote it. */
#define INDEX_DATABASE "passages"
#define INDEX_META_FORMAT "dafu.format"           /* INDEX_FORMAT, decimal */
#define INDEX_META_FINGERPRINT "dafu.fingerprint" /* lexicon_fingerprint */
#define INDEX_META_WORDS "dafu.words"             /* lexicon_own_words */
#define INDEX_META_LEARNED "dafu.learned"         /* term_list_write */
#define INDEX_META_PAIRS "dafu.pairs"             /* lines of synonyms.tsv */
#define INDEX_META_LEDGER "dafu.ledger"           /* and a number: pieces of the ledger, in order */

enum field {
    FIELD_TEXT,            /* passage text; term prefix by kind: see field_text_prefix */
    FIELD_PATH,            /* headings above the passage */
    FIELD_TITLE,           /* title and subject of the reply */
    FIELD_ISSUER,          /* words of the issuer's name 发文机关 */
    FIELD_ID,              /* Q: unique id of a reply, on its record and (FIELD_PART_OF) passages */
    FIELD_PART_OF,         /* boolean, on every passage: id of its reply */
    FIELD_GROUP,           /* boolean: key of the larger document (JSONL: title) */
    FIELD_DOCUMENT_NUMBER, /* boolean: 发文字号, canonical */
    FIELD_PROPOSAL_NUMBER, /* boolean: 提案/建议 number without leading zeros */
    FIELD_SESSION,         /* boolean: 政协16-5, 人大14-3 */
    FIELD_AGENCY,          /* boolean: issuer, canonical */
    FIELD_AREA,            /* boolean */
    FIELD_YEAR,            /* boolean: 2026 */
    FIELD_KIND,            /* boolean: 提案 建议 议案 */
    FIELD_CLASS,           /* boolean: A B C D */
    FIELD_ROLE,            /* boolean, passages: done commitment background other ... */
    FIELD_SOURCE, /* boolean, reply records: the file it was read from, and each folder above it */
    FIELD_RECORD,          /* boolean: "reply" on reply records, "passage" on passages */
    FIELD_COUNT,
};

struct field_row {
    const char *name;    /* English, as in the query language and JSON: "title" */
    const char *chinese; /* 标题 */
    const char *prefix;  /* term prefix in Xapian */
    enum analysis analysis;
    bool boolean; /* no within-document frequency, no part in BM25 */
};

extern const struct field_row FIELDS[FIELD_COUNT];

/* Prefix of a token of FIELD_TEXT, by its kind: words, numbers and Latin have one, characters and
 * bigrams another each, so that weights can differ. */
const char *field_text_prefix(enum token_kind kind);

enum value_slot {
    SLOT_DATE,   /* YYYYMMDD as 8 digits; absent when unknown */
    SLOT_FACETS, /* passages: facet.h. Its first bytes are the key of the larger document */
    SLOT_COUNT,
};

/* Writes prefix + term into `arena`; a term longer than TERM_MAX bytes is replaced by its start
 * and a hash, the same on both sides (Xapian's limit is 245 bytes). */
#define TERM_MAX 200
struct text field_term(const char *prefix, struct text term, struct arena *arena);

#endif
