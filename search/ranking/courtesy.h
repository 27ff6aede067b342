/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reply says out of politeness: thanks, invitations, whom to turn to. It names the subject and
 * says nothing about it. */
#ifndef DAFU_SEARCH_RANKING_COURTESY_H
#define DAFU_SEARCH_RANKING_COURTESY_H

#include "indexer/base/text.h"

struct courtesy {         /* read-only after courtesy_begin: one for many passages */
    bool begins[64 * 64]; /* by the last two bytes of a character: whether a word begins so */
};

void courtesy_begin(struct courtesy *courtesy);

/* Every sentence of the passage, as its author wrote it, is one of these. */
bool courtesy_only(const struct courtesy *courtesy, struct text passage);

/* The query asks for such words: 感谢, 欢迎您. */
bool courtesy_asked(struct text query);

#endif
