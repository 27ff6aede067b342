/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences that say what will be done 下步, and by when. */
#ifndef DAFU_SEARCH_EXTRACT_COMMITMENTS_H
#define DAFU_SEARCH_EXTRACT_COMMITMENTS_H

#include "indexer/analysis/record.h"

/* Whether a sentence announces something. In a section of plans every sentence does that does not
 * tell of the past or the present; elsewhere it must say so: 下一步, 将, 计划, 力争, 到…年底. */
bool commitment_is(struct text sentence, enum passage_role role);

/* Whether a sentence only names what the sentences behind it say, `followed` by them: （一）加强保障。
 * 一是完善机制。 Short, without a part, a number or a time. */
bool commitment_is_heading(struct text sentence, bool followed);

/* Until when: "2026年底前", "今年年底", "10月底前", "三年内"; a slice, or empty. */
struct text commitment_deadline(struct text sentence);

#endif
