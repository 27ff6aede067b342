/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What people call a word differs: GB/T 13715 and the People's Daily corpus cut a person's name and
 * every compound in parts, Microsoft Research's corpus keeps names of all kinds whole. The index
 * needs neither; who compares segmentations does. */
#ifndef DAFU_ANALYSIS_CONVENTION_H
#define DAFU_ANALYSIS_CONVENTION_H

#include "indexer/analysis/segmenter.h"

enum convention {
    CONVENTION_INDEX, /* as the segmenter cuts: 王晓岚 环境保护 */
    CONVENTION_PLAIN, /* surname and given name apart, and loose compounds: 王 晓岚 环境 保护 */
    CONVENTION_PKU, /* every compound of listed words: 中央 电视台 */
    CONVENTION_MSR, /* names of persons and bodies whole, and foreign names with their points */
};

/* text     normalised, as it was cut
 * words    replaced by the words of the convention, likewise covering every byte once */
enum status convention_apply(enum convention convention, const struct lexicon *lexicon,
                             struct text text, struct arena *scratch, struct word_list *words,
                             struct error *error);

#endif
