/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is searched for and how it is shown: all of it stands in the address, so that a page can be
 * kept, sent and gone back to. The API's parameters are the same. */
#ifndef DAFU_SEARCH_SERVER_STATE_H
#define DAFU_SEARCH_SERVER_STATE_H

#include "search/server/routes.h"

struct state {
    struct text query;
    struct search_filters filters;
    enum search_sort sort;
    bool group;
    size_t offset, limit;
    size_t filter_count; /* values and dates */
};

/* Reads q, agency, place, year, session, kind, class, role (each any number of times), from, to,
 * sort=relevance|date, group=none|reply, offset, limit. STATUS_MISUSE, STATUS_LIMIT. */
enum status state_read(const struct call *call, size_t limit, size_t limit_max, struct state *out);

/* What a link changes in the state. */
struct change {
    bool toggles; /* adds the value of the facet, or takes it away */
    enum facet facet;
    struct text value;
    bool clears;          /* all filters */
    const size_t *offset; /* NULL: from the first result */
    const char *sort;     /* NULL: as it is */
    const char *group;    /* likewise */
    bool drops_dates;     /* from and to */
};

/* "?q=…&…", escaped for an attribute. `change` NULL: as it is, with its offset. */
void state_link(const struct state *state, const struct change *change, struct buffer *out);

/* The same as hidden fields of a form, without the query and the offset. */
void state_fields(const struct state *state, struct buffer *out);

#endif
