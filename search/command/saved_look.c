/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/command/saved_options.h"

static void know(struct look *look, const struct seen_reply *reply)
{
    if (!arena_grow(look->arena, &look->known, look->known_count, &look->known_capacity,
                    sizeof(*look->known))) {
        look->no_memory = true;
        return;
    }
    look->known[look->known_count++] = *reply;
}

static bool wanted(void *context, const struct reply_record *record)
{
    struct look *look = context;
    struct seen_reply reply = seen_reply_of(record);
    bool new = look->seen && look->rank++ < REPLIES_LOOKED_AT && !seen_has(look->seen, &reply);
    if (new && look->shown >= look->limit) {
        look->left++;
        return false;
    }
    know(look, &reply);
    look->shown += new;
    return new;
}

enum status saved_look(struct searcher *searcher, const struct saved_search *saved,
                       struct look *look, struct search_options *options, struct arena *arena,
                       struct result_list *out, struct error *error)
{
    options->filters = &saved->filters;
    options->group = true;
    options->limit = REPLIES_REMEMBERED;
    options->wanted = wanted;
    options->context = look;
    enum status status = searcher_search(searcher, saved->query, options, arena, out, error);
    if (!status && look->no_memory)
        status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    return status;
}
