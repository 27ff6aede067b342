/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply -> what Xapian stores for it: terms, values and records. Pure C, tested without
 * Xapian.
 *
 * Lengths for BM25: only FIELD_TEXT counts how often a term occurs; words of title, path and
 * issuer, the agency, the place and the year count once each, so that they do not swamp a short
 * passage; reply records have the length 0.
 *
 * FIELD_SOURCE, of reply records only, holds the bytes as they are; the other boolean terms what
 * FIELDS[].analysis makes of the value. A proposal number is found as it is written and without
 * leading zeros; a session as 政协16-5 and as 政协16. FIELD_ID is left to the writer, who numbers the
 * versions.
 *
 * The reply record of a single passage (a line of JSON) has no metadata_json, and is one entry with
 * its passage. */
#ifndef DAFU_INDEX_INDEX_ENTRY_H
#define DAFU_INDEX_INDEX_ENTRY_H

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/field.h"
#include "indexer/reply/reply.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Text of all passages of one reply; the terms of a reply are in memory at once. */
#define INDEX_ENTRY_TEXT_MAX ((size_t)8 << 20)

struct index_term {
    struct text term;   /* with prefix */
    uint32_t frequency; /* within the document; 0: boolean */
};

struct index_entry {          /* one Xapian document */
    struct index_term *terms; /* unique, ascending by bytes */
    size_t term_count;
    struct text values[SLOT_COUNT]; /* empty: absent */
    struct text record;
};

struct index_entries { /* entry 0 is the reply record, the others its passages in order */
    struct text reply_id;
    struct text source;
    struct index_entry *entries;
    size_t count;
    size_t passages; /* count - 1, or 1 when the only entry is both */
};

/* Everything in `arena`; `scratch` is cleared and used. STATUS_LIMIT when the reply's text is too long, STATUS_INVALID when it
 * has no id, STATUS_NO_MEMORY. */
enum status index_entries_build(const struct reply *reply, struct analyzer *analyzer,
                                struct arena *scratch, struct arena *arena,
                                struct index_entries *out, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
