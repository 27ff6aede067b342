/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text's shadow: the same bytes with traditional characters, odd brackets and round zeros
 * replaced by the one form that the patterns are written in. Every replacement has as many bytes
 * as what it replaces, so an offset found in the shadow is an offset in the text. */
#ifndef DAFU_REPLY_SHADOW_H
#define DAFU_REPLY_SHADOW_H

#include "indexer/base/arena.h"

/* The text itself when nothing is replaced; data is NULL when out of memory (and only then). */
struct text shadow_of(struct text text, struct arena *arena);

#endif
