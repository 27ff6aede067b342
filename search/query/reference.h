/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply cited by its number, as people type it: 甬经信函[2026] 9号, 第13号提案,
 * 市政协十六届五次会议第13号提案, 省十四届人大三次会议第213号建议. */
#ifndef DAFU_SEARCH_QUERY_REFERENCE_H
#define DAFU_SEARCH_QUERY_REFERENCE_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/arena.h"

enum reference_kind {
    REFERENCE_NONE,
    REFERENCE_DOCUMENT, /* 发文字号 */
    REFERENCE_PROPOSAL, /* number of a proposal, with or without its session */
};

enum reference_body { REFERENCE_ANY_BODY, REFERENCE_CPPCC, REFERENCE_CONGRESS }; /* 政协, 人大 */

#define REFERENCE_CANDIDATES 12

struct reference {
    enum reference_kind kind;
    /* DOCUMENT: canonical numbers it may be, longest first: what stands before the brackets may
     * begin with words that are not part of the number (查一下甬经信函〔2026〕9号). */
    struct text documents[REFERENCE_CANDIDATES];
    size_t document_count;
    /* PROPOSAL */
    struct text number;       /* folded, without leading zeros: "13", "dh271" keeps its zeros */
    enum reference_body body; /* of its session */
    unsigned term, meeting;   /* 届, 次; 0 not said */
    struct text area;         /* whose session: 宁波市, 市, 省, 全国; or empty */
    struct text rest;         /* the folded line without the citation, for choosing among several */
    struct text written;      /* the folded citation as it stands in the line's folded form */
};

/* Looks for a citation in a line of words; kind REFERENCE_NONE when there is none. */
enum status reference_find(struct text line, const struct lexicon *lexicon, struct arena *arena,
                           struct reference *out, struct error *error);

/* Reads a session alone: 市政协十六届五次会议, 十六届五次, 政协16-5. False when it is none. */
bool reference_session(struct text text, const struct lexicon *lexicon, struct arena *arena,
                       struct reference *out);

#endif
