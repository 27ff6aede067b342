/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A field and a value as typed -> what the index has for it. */
#ifndef DAFU_SEARCH_RANKING_FIELD_MATCH_H
#define DAFU_SEARCH_RANKING_FIELD_MATCH_H

#include "indexer/analysis/field.h"
#include "search/index/match.h"
#include "search/query/query.h"

/* *out is NULL when the value is none of this field (年份:明年): it is then searched as words. */
enum status field_match(enum query_field field, struct text value, struct analyzer *analyzer,
                        struct arena *arena, const struct match **out, struct error *error);

/* The term of a value that is kept whole (document number, agency, area, ...). */
enum status field_keyword(enum field field, struct text value, struct analyzer *analyzer,
                          struct arena *arena, const struct match **out, struct error *error);

/* Any of the session terms that the reference may mean; NULL when it names no session. */
const struct match *field_session(const struct reference *reference, struct arena *arena);

#endif
