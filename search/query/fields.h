/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields that a query may name, in Chinese and in English: 标题:停车, issuer:经信局. */
#ifndef DAFU_SEARCH_QUERY_FIELDS_H
#define DAFU_SEARCH_QUERY_FIELDS_H

#include "indexer/base/text.h"

enum query_field {
    QUERY_FIELD_TITLE,
    QUERY_FIELD_ISSUER,
    QUERY_FIELD_DOCUMENT_NUMBER,
    QUERY_FIELD_PROPOSAL_NUMBER,
    QUERY_FIELD_MEMBER,
    QUERY_FIELD_YEAR,
    QUERY_FIELD_DATE,
    QUERY_FIELD_SESSION,
    QUERY_FIELD_KIND,
    QUERY_FIELD_ROLE,
    QUERY_FIELD_CLASS,
    QUERY_FIELD_AREA,
    QUERY_FIELD_COUNT,
};

struct query_field_row {
    const char *names[8]; /* the first is Chinese, the second English; NULL ends them */
    const char *help;
};
extern const struct query_field_row QUERY_FIELDS[QUERY_FIELD_COUNT];

/* The field of that name (ASCII letters in any case); false when there is none. */
bool query_field_find(struct text name, enum query_field *out);

#endif
