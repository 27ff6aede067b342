/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that say which passages a command looks at: --agency, --year, …, --from, --to. */
#ifndef DAFU_SEARCH_COMMAND_FILTER_OPTIONS_H
#define DAFU_SEARCH_COMMAND_FILTER_OPTIONS_H

#include "search/command/command.h"

struct filter_options {
    struct option_list values[FACET_COUNT];
    const char *from, *to;
};

#define FILTER_OPTION(options, facet, name, argument, help)                                        \
    {                                                                                              \
        name, 0, OPTION_LIST, argument, NULL, help, &(options).values[facet]                       \
    }
#define FILTER_OPTIONS(options)                                                                    \
    FILTER_OPTION(options, FACET_AGENCY, "agency", "NAME",                                         \
                  "only replies of this agency, or of those with this in their name; like all "    \
                  "filters it may be given several times, for alternatives"),                      \
        FILTER_OPTION(options, FACET_PLACE, "place", "NAME", "of this place: 宁波市, 宁波"),       \
        FILTER_OPTION(options, FACET_YEAR, "year", "YEAR", "of this year: 2026, 2024..2026"),      \
        FILTER_OPTION(options, FACET_SESSION, "session", "SESSION",                                \
                      "of this session: 政协16-5, 十六届五次"),                                    \
        FILTER_OPTION(options, FACET_KIND, "kind", "KIND", "提案, 建议 or 议案"),                  \
        FILTER_OPTION(options, FACET_CLASS, "class", "CLASS", "A, B, C or D"),                     \
        FILTER_OPTION(options, FACET_ROLE, "role", "ROLE",                                         \
                      "passages that are: done, commitment (下步), background, …"),                \
        { "from",         0, OPTION_STRING, "DATE", NULL, "not before: 2026, 2026-06, 2026-06-08", \
          &(options).from },                                                                       \
    {                                                                                              \
        "to", 0, OPTION_STRING, "DATE", NULL, "not after", &(options).to                           \
    }

enum status filter_options_read(const struct filter_options *options, struct search_filters *out,
                                struct error *error);

/* "agency,year" or "all" as bits. STATUS_MISUSE. */
enum status facet_list_read(const char *names, unsigned *out, struct error *error);

#endif
