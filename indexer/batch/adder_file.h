/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The adder's parts, for each other: the file at hand, and what becomes of its replies. */
#ifndef DAFU_BATCH_ADDER_FILE_H
#define DAFU_BATCH_ADDER_FILE_H

#include "indexer/batch/adder.h"

struct incoming {
    struct arena arena;
    size_t row;
    struct text source;        /* the path as the index names it */
    bool skip;                 /* part of a page, or the same as before */
    bool as_before;            /* the latter: the ledger keeps what it knows */
    struct ledger_entry entry; /* of what it gives now */
    struct ledger_entry before;
    bool known;            /* before is filled */
    bool took_place;       /* the reply at hand, of one that has been taken out for it */
    unsigned long doubles; /* ids of it that were there already */
    unsigned long left_out;
    const char **attached; /* real paths of files that were read with it */
    size_t attached_count, attached_capacity;
    struct text *dirty; /* ids of kept replies whose other sources have changed */
    size_t dirty_count, dirty_capacity;
};

static inline enum status adder_no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* adder.c */
double adder_seconds(void); /* of the monotonic clock */
void adder_tell(struct adder *adder, const char *line);
/* Tells `line` with the path before it. */
void adder_tell_about(struct adder *adder, const char *path, enum status status,
                      struct error *line);
void adder_show_progress(struct adder *adder, const struct job *job);
/* Loads the ledger, once. */
enum status adder_start(struct adder *adder, struct error *error);
/* The file of that row is read again at the end of the run; adder_read_due does so, unless `status`
 * is a failure already. */
enum status adder_due(struct adder *adder, size_t row, struct error *error);
enum status adder_read_due(struct adder *adder, enum status status, struct error *error);

/* adder_files.c: for the pipeline (pipeline.h), and the rows of the ledger */
enum status adder_begin_file(void *context, const struct job *job, struct error *error);
enum status adder_end_file(void *context, const struct job *job, struct error *error);
enum status adder_begin_row(struct adder *adder, size_t row, struct error *error);
enum status adder_remove_gone(struct adder *adder, size_t row, struct error *error);
const struct change *adder_change_of(const struct adder *adder, const struct job *job);

/* adder_replies.c */
enum status adder_take_item(void *context, const struct job *job, const struct item *item,
                            struct arena *arena, struct error *error);
void adder_number_file(struct adder *adder, struct text source);
/* Counts what was left out and tells it; `line` begins with the path already. */
enum status adder_leave_out(struct adder *adder, const struct job *job, enum status reason,
                            const char *line, struct error *error);
enum status adder_store(struct adder *adder, const struct index_entries *entries,
                        struct error *error);

/* adder_twins.c */

/* The file's replies of before take part in no comparison any more. Kept ones that other files
 * have too are looked at in adder_settle_twins. */
enum status adder_forget_twins(struct adder *adder, size_t row, struct error *error);

/* Whether the index has the reply at hand from another source that is to be kept (*kept: its id);
 * when the one at hand is to be kept instead, the other has been taken out by then. */
enum status adder_find_twin(struct adder *adder, const struct item *item, struct text *kept,
                            struct error *error);

/* Adds the reply at hand to what its file gives; twin_of as in the ledger. */
enum status adder_list_reply(struct adder *adder, const struct item *item, struct text twin_of,
                             struct error *error);

/* A kept reply's record has to name other sources than it does. */
enum status adder_mark_dirty(struct adder *adder, struct text id, struct error *error);

/* Once the file's entry is in the ledger: replies that it no longer stands for are due in the
 * files that have them, and the records of kept ones name their sources again. `gives`: what the
 * file gives now; NULL when it is gone. */
enum status adder_settle_twins(struct adder *adder, const struct ledger_entry *before,
                               const struct ledger_entry *gives, struct error *error);

#endif
