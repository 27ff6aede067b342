/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledger: what every source file was when it was last looked at, and what came of it. It is
 * kept with the index and becomes durable in the same commit as the replies (index_writer_ledger),
 * so it never tells of a reply that is not there.
 *
 * On disk it is a sequence of records, later ones in place of earlier ones: a kind ('F' a file,
 * 'G' a file that is forgotten, 'R' the last run), the length of what follows as a LEB128 varint,
 * and that. Unknown kinds are skipped. ledger_codec.c has the fields of a file. In memory a file
 * is those bytes and some 80 more. */
#ifndef DAFU_BATCH_LEDGER_H
#define DAFU_BATCH_LEDGER_H

#include <sys/stat.h>

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/batch/sketch.h"

enum ledger_state {
    LEDGER_READ,     /* its replies are in the index, though parts may have been left out */
    LEDGER_FAILED,   /* nothing of it could be used this time; what it gave before stays */
    LEDGER_ATTACHED, /* its text is part of a page's reply */
};

struct file_stamp { /* what stat tells of a file without opening it */
    uint64_t size;
    int64_t modified_ns; /* since 1970 */
    uint64_t device;
    bool settled; /* it was old enough that a later change must show in the other two */
};

struct file_digest { /* XXH3, 128 bits: tells a changed file, not an attacker's */
    uint64_t low, high;
};

/* Something that was left out; `line` says what as the program does, without the path. */
struct ledger_problem {
    enum status reason;
    struct text line;
};

struct ledger_attachment { /* of a page */
    struct text path;      /* absolute; its bytes as the system has them */
    struct file_stamp stamp;
};

/* A reply that can have twins; single passages are only counted. */
struct ledger_reply {
    struct text id;
    struct text source; /* as the index names it */
    struct sketch sketch;
    struct text twin_of; /* id of the reply that is kept in its place, or empty */
};

struct ledger_entry {
    struct text path; /* real and absolute; its bytes as the system has them */
    struct text via;  /* the absolute path by which it was found, when that is another */
    enum ledger_state state;
    struct file_stamp stamp;
    struct file_digest digest;
    uint64_t reader;                 /* reader_version() */
    unsigned long replies, passages; /* that it gave */
    unsigned long left_out;          /* all; problems has the first of them */
    struct ledger_problem *problems;
    size_t problem_count, problem_capacity;
    struct ledger_attachment *attachments;
    size_t attachment_count, attachment_capacity;
    struct ledger_reply *listed;
    size_t listed_count, listed_capacity;
};

struct ledger_file { /* one row of the table */
    struct text bytes; /* the fields, encoded: ledger_decode */
    bool owned;        /* the bytes were allocated for themselves */
    bool forgotten;
    uint32_t visited;   /* by this run: 1 for the first file of the walk; 0: not */
    bool planned, gone; /* in this run */
    uint8_t state;
    bool has_attachments, has_listed, partial;
    struct text path, via; /* in bytes */
    struct file_stamp stamp;
    struct file_digest digest;
    uint64_t reader;
};

struct ledger {
    struct ledger_file *files;
    size_t count, capacity;
    uint32_t *places; /* hash table: index + 1 */
    size_t place_count;
    struct buffer loaded;   /* what was read; rows point into it */
    struct buffer pending;  /* records that are not in the index yet */
    struct text last_run;   /* JSON of the report; empty when there was none */
    char *last_run_owned;
    size_t live, stored;    /* bytes: of records that count, of all in the index and pending */
};

void ledger_init(struct ledger *ledger);
void ledger_release(struct ledger *ledger); /* CLEANUP-able */

/* Takes over the bytes, which become `loaded`. STATUS_CORRUPT, STATUS_NO_MEMORY: the ledger is
 * empty then. */
enum status ledger_load(struct ledger *ledger, struct buffer *bytes, struct error *error);

#define LEDGER_NONE ((size_t)-1)
/* Row of a real path; LEDGER_NONE when there is none, or it is forgotten. */
size_t ledger_find(const struct ledger *ledger, struct text path);

/* The row of a path, made when there is none. LEDGER_NONE: out of memory. */
size_t ledger_row(struct ledger *ledger, struct text path);

/* Everything that is known of a file, in `arena` and in the row's bytes: use it before the row
 * changes. STATUS_CORRUPT, STATUS_NO_MEMORY. */
enum status ledger_decode(const struct ledger *ledger, size_t row, struct arena *arena,
                          struct ledger_entry *out, struct error *error);

/* Puts an entry in the place of what was known of its path. */
enum status ledger_put(struct ledger *ledger, const struct ledger_entry *entry,
                       struct error *error);
enum status ledger_forget(struct ledger *ledger, size_t row, struct error *error);
enum status ledger_set_last_run(struct ledger *ledger, struct text json, struct error *error);

/* Hands what is pending to the index: as an addition, or all anew when most of the old is dead.
 * The caller commits then. */
struct index_writer;
enum status ledger_flush(struct ledger *ledger, struct index_writer *writer, struct error *error);

/* The fields of a file as bytes, and back; the texts of `out` point into the bytes. */
void ledger_encode_entry(const struct ledger_entry *entry, struct buffer *out);
enum status ledger_decode_entry(struct text bytes, struct arena *arena, struct ledger_entry *out,
                                struct error *error); /* STATUS_CORRUPT, STATUS_NO_MEMORY */

/* Counts what was left out; the first LEDGER_PROBLEMS_MAX are kept with their lines. False when out
 * of memory. */
#define LEDGER_PROBLEMS_MAX 20
bool ledger_add_problem(struct ledger_entry *entry, struct arena *arena, enum status reason,
                        struct text line);

struct file_stamp file_stamp_of(const struct stat *file, int64_t now_ns);
bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b); /* both settled */

#endif
