/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What results are counted and filtered by, and how a passage carries it: SLOT_FACETS, a few bytes
 * per passage that one pass over the matches can count without reading a record.
 *
 *   group 6 | role, kind, class 2 | year 1 | session 2 | agency 5 | place 5
 *
 * group, agency and place are hashes of their terms (48, 40, 40 bits), which the list of terms
 * turns back into names; the rest are numbers, big-endian. Zero is unknown, and zeros at the end are
 * left out: a line of JSON takes 7 bytes. */
#ifndef DAFU_ANALYSIS_FACET_H
#define DAFU_ANALYSIS_FACET_H

#include "indexer/analysis/field.h"
#include "indexer/analysis/record.h"

enum facet {
    FACET_AGENCY,  /* 机关 */
    FACET_PLACE,   /* 地区 */
    FACET_YEAR,    /* 年份 */
    FACET_SESSION, /* 届次: 政协16-5 */
    FACET_KIND,    /* 类型: 提案 建议 议案 */
    FACET_CLASS,   /* 办理类别: A B C D */
    FACET_ROLE,    /* 段落性质: done commitment background other ... */
    FACET_COUNT,
};

struct facet_row {
    const char *name, *chinese;
    enum field field; /* of the terms that carry it */
    bool hashed;
};
extern const struct facet_row FACETS[FACET_COUNT];

/* By its English or Chinese name; false when there is none. */
bool facet_find(struct text name, enum facet *out);

#define FACET_GROUP_BYTES 6
#define FACET_BYTES 21

/* Terms without their prefixes, as they are in the index; empty: unknown. */
struct facet_terms {
    struct text group, agency, place, year, session, kind, result_class;
    enum passage_role role;
};

/* Bytes written to `out`. */
size_t facets_pack(const struct facet_terms *terms, char out[FACET_BYTES]);

/* The number that the slot has for a facet; equal numbers are equal values, 0 is unknown. */
struct facet_codes {
    unsigned long long group, values[FACET_COUNT];
};
/* False when the bytes are not of a slot. */
bool facets_unpack(struct text bytes, struct facet_codes *out);

/* The numbers of a group's name and of a term of a hashed facet. */
unsigned long long facet_group(struct text name);
unsigned long long facet_hash(struct text term);

/* The value with that number of a facet that is not hashed: "2026", "政协16-5", "提案", "A",
 * "commitment". data NULL: out of memory. */
struct text facet_name(enum facet facet, unsigned long long code, struct arena *arena);

#endif
