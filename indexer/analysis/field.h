/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The schema: what each term prefix and value slot means. Writer and reader share this file;
 * prefixes follow Omega's conventions where they have one
 * (https://xapian.org/docs/omega/termprefixes.html). Changing a row changes INDEX_FORMAT
 * (index_head.h). */
#ifndef DAFU_ANALYSIS_FIELD_H
#define DAFU_ANALYSIS_FIELD_H

#include "indexer/analysis/analyzer.h"

enum field {
    FIELD_TEXT,            /* passage text; term prefix by kind: see field_text_prefix */
    FIELD_PATH,            /* headings above the passage */
    FIELD_TITLE,           /* title and subject of the reply */
    FIELD_ISSUER,          /* words of the issuer's name 发文机关 */
    FIELD_ID,              /* Q: identity of a reply, on its record and passages (index_head.h) */
    FIELD_DOCUMENT_NUMBER, /* boolean: 发文字号, canonical */
    FIELD_PROPOSAL_NUMBER, /* boolean: 提案/建议 number without leading zeros */
    FIELD_MEMBER,          /* boolean: each member or body that is answered, as the reply names it */
    FIELD_SESSION,         /* boolean: 政协16-5, 人大14-3 */
    FIELD_AGENCY,          /* boolean: issuer, canonical */
    FIELD_AREA,            /* boolean */
    FIELD_YEAR,            /* boolean: 2026 */
    FIELD_KIND,            /* boolean: 提案 建议 议案 */
    FIELD_CLASS,           /* boolean: A B C D */
    FIELD_ROLE,            /* boolean, passages: done commitment background other ... */
    FIELD_SOURCE,          /* boolean, reply records: the file it was read from */
    FIELD_RECORD,          /* boolean: "reply" on reply records, "passage" on passages */
    FIELD_GROUP,           /* boolean, passages: the larger document (index_group); not in indexes that
                            * were built before there was one */
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

/* Tokens of FIELD_TEXT share one namespace without prefix: every bigram, longer words, numbers and
 * Latin words; a word of two Han characters is its bigram. Single Han characters are no terms, only
 * the last one before a break is: so the terms that begin with a character are those of all passages
 * that have it. A query asks for a character by the prefix of its own that no stored term has. */
#define FIELD_CHARACTER_PREFIX "XC"
const char *field_text_prefix(enum token_kind kind);

/* How much each occurrence in the text adds to a term's frequency: words of title, path and issuer,
 * which count once, shall not make a short passage long. BM25's k1 is in this unit, too. */
#define FIELD_TEXT_FREQUENCY 3

/* Whether tokens of a text are terms of the index; `follows`: a bigram begins where it does. */
bool field_text_has(const struct token *token, bool follows);

enum value_slot {
    SLOT_DATE,    /* YYYYMMDD as 8 digits; absent when unknown */
    SLOT_FACETS,  /* passages: facet.h. Its first bytes are the key of the larger document */
    SLOT_VERSION, /* index_version of the reply (index_head.h); the writer sets it */
    SLOT_COUNT,
    SLOT_RECORD = SLOT_COUNT, /* not part of what is sorted or counted by: stored_record.hpp */
};

/* Writes prefix + term into `arena`; a term longer than TERM_MAX bytes is replaced by its start
 * and a hash, the same on both sides (Xapian's limit is 245 bytes). */
#define TERM_MAX 200
struct text field_term(const char *prefix, struct text term, struct arena *arena);

#endif
