/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings text into the one form in which terms are compared, and keeps the way back.
 *
 * Folded: width and compatibility forms and case (Unicode NFKC_Casefold, through utf8proc),
 * CJK Radicals Supplement, traditional and variant characters (OpenCC's tables, with its phrases:
 * 乾 in 乾坤 and in 饼乾), ○ -> 〇; years and numbers written with Chinese digits and 〇
 * (二〇二四 -> 2024; also 一九九八 and 二零二四, which can only be years).
 * Removed: zero-width characters, BOM, soft hyphen, thousands commas inside a number
 * (1,234 -> 1234), and blanks between a Han character and a digit or letter. Other blanks become
 * one space: between two Han characters a blank is a boundary that the author meant.
 * Kept apart: circled numbers, fractions and squared units never melt into a neighbouring number
 * or letter, superscripts not into a number; a space is inserted where they would join.
 *
 * The tables come from the lexicon file (compiled at build time). */
#ifndef DAFU_ANALYSIS_NORMALIZER_H
#define DAFU_ANALYSIS_NORMALIZER_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/buffer.h"

/* Bytes of the normalised text that are not the fold of their characters one by one. */
struct normalized_group {
    uint32_t offset;
    uint32_t length;
    bool divisible; /* a part of it, or text around it, has a fold of its own that need not be the
                     * bytes here: 二四 inside 2024, 乾 without 坤. Otherwise the group is one
                     * original character that became several: ㎡, ㈱ */
};

struct normalized {
    struct buffer text; /* normalised UTF-8 */
    uint32_t *starts;   /* per byte of text: offset in the original where the character(s)
                              * that produced it start */
    uint32_t *ends;     /* ... and end */
    size_t map_capacity;
    struct normalized_group *groups; /* ascending, disjoint */
    size_t group_count;
    size_t group_capacity;
};

void normalized_init(struct normalized *normalized);
void normalized_release(struct normalized *normalized);

/* Normalises valid UTF-8 of at most UINT32_MAX / 4 bytes (STATUS_LIMIT), replacing what `out`
 * held. Any number of threads may share the lexicon; `out` belongs to one. */
enum status normalizer_run(const struct lexicon *lexicon, struct text text, struct normalized *out,
                           struct error *error);

/* The normalised text only, appended to `out`: for keys and short strings. */
enum status normalizer_fold(const struct lexicon *lexicon, struct text text, struct buffer *out,
                            struct error *error);

/* Range of the original that bytes [start, start + length) of the normalised text came from. */
void normalized_source(const struct normalized *normalized, size_t start, size_t length,
                       uint32_t *source_offset, uint32_t *source_length);

#endif
