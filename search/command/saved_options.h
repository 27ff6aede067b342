/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands save, saved and new share. */
#ifndef DAFU_SEARCH_COMMAND_SAVED_OPTIONS_H
#define DAFU_SEARCH_COMMAND_SAVED_OPTIONS_H

#include "search/command/command.h"
#include "search/saved/saved.h"

#define SAVED_OPTION(target)                                                                       \
    {                                                                                              \
        "saved", 0, OPTION_STRING, "FILE", NULL,                                                   \
            "where the searches are kept (default: saved.json in the folder dafu of "              \
            "$XDG_DATA_HOME or ~/.local/share)",                                                   \
            target                                                                                 \
    }

/* Of the best REMEMBERED replies that a search finds one of the best LOOKED_AT can be new: a known
 * one that climbs a little does not become new. */
#define REPLIES_REMEMBERED 2000
#define REPLIES_LOOKED_AT 1000

/* The replies of a search, as it goes through them from the best one on. */
struct look {
    const struct seen *seen;  /* sorted; NULL: all are taken as known */
    size_t limit;             /* new ones to show */
    struct seen_reply *known; /* arena-held: those that are known now, the shown ones included */
    size_t known_count, known_capacity;
    size_t rank, shown, left; /* left: new ones beyond the limit */
    struct arena *arena;
    bool no_memory;
};

/* Searches for `saved` on the open index; `look` decides what is shown. */
enum status saved_look(struct searcher *searcher, const struct saved_search *saved,
                       struct look *look, struct search_options *options, struct arena *arena,
                       struct result_list *out, struct error *error);

#endif
