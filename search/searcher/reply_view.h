/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One reply as the index has it: what it says about itself, its headings, its passages. */
#ifndef DAFU_SEARCH_SEARCHER_REPLY_VIEW_H
#define DAFU_SEARCH_SEARCHER_REPLY_VIEW_H

#include "indexer/analysis/index_head.h"
#include "search/searcher/searcher.h"

struct reply_section {
    struct text heading; /* （一）持续强化政策支持 */
    unsigned level;      /* from 1 */
    size_t first;        /* the passage that it begins with */
};

struct reply_view { /* arena-held */
    struct reply_record reply;
    struct passage_record *passages; /* in text order */
    size_t count;
    struct reply_section *sections; /* in text order: those above a passage, with their headings */
    size_t section_count;
};

/* By id, as results name it. STATUS_NOT_FOUND. */
enum status searcher_reply(struct searcher *searcher, struct text id, struct arena *arena,
                           struct reply_view *out, struct error *error);

/* Another name of a reply, which does not say where it lies: REPLY_KEY_LENGTH letters, digits, '_' and
 * '~', the same as long as its id is. `out` need not be a string. */
#define REPLY_KEY_LENGTH INDEX_DIGEST_LENGTH
struct text searcher_reply_key(struct text id, char out[REPLY_KEY_LENGTH]);
/* The id that goes by the key. STATUS_NOT_FOUND. */
enum status searcher_find_key(struct searcher *searcher, struct text key, struct arena *arena,
                              struct text *id, struct error *error);

/* The id of the reply that a line cites by its document or proposal number; an id is itself,
 * a key stands for its id.
 * STATUS_NOT_FOUND when it cites none that the index has. */
enum status searcher_find_reply(struct searcher *searcher, struct text line, struct arena *arena,
                                struct text *id, struct error *error);

#endif
