/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reading half of Xapian: match -> hits with stored records. A reader belongs to one thread
 * at a time and sees one snapshot until index_reader_reopen. */
#ifndef DAFU_SEARCH_INDEX_INDEX_READER_H
#define DAFU_SEARCH_INDEX_INDEX_READER_H

#include "indexer/base/arena.h"
#include "indexer/base/status.h"
#include "search/index/match.h"

#ifdef __cplusplus
extern "C" {
#endif

struct index_reader;

struct hit {
    uint32_t docid;
    uint32_t reply; /* document that has the reply's record; may be the same */
    double weight;
    struct text record; /* passage record bytes, arena-held */
    struct text id;     /* of the reply, when its record is in this document; or empty */
    uint64_t group;     /* key of the larger document */
    uint32_t extent;    /* passages that it has; 0: unknown */
    uint32_t year;      /* of the reply, counted from any; 0: unknown */
};

struct hit_list {
    struct hit *hits; /* arena-held, by descending weight, then by group; by date: match_request */
    size_t count;
    uint64_t matches_estimated;
    bool matches_exact;    /* matches_estimated is how many there are */
    double average_length; /* of all passages */
};

/* Robertson & Zaragoza, 2009; k3 as in Okapi. The average length is
 * that of the passages: the reply records, which have no text, do not count. */
struct bm25 {
    double k1, b, k3; /* b 0: the lengths of passages are not read, which is much quicker */
    double shortest; /* a passage counts as at least this share of the average length */
};

struct match_request {
    const struct match *match;
    struct bm25 bm25;
    uint32_t offset, limit;
    /* Descending by SLOT_DATE, then by weight; hits without a date come last. Hits that weigh less
     * than `cutoff` are left out: by date, a passage that hardly matches would come first. */
    bool by_date;
    double cutoff;
    /* Has the last word on a passage that would be among the hits; NULL: none. reply: as in struct
     * hit, when needs_reply is set. A failure of its own ends the search with that status. */
    enum status (*accept)(void *context, uint32_t reply, struct text record, bool *accepted);
    bool needs_reply;
    void *context;
};

/* How the shards of a collection that are on other machines are dealt with (collection.h). */
struct shard_options {
    unsigned connect_ms, answer_ms; /* at most, for each answer of a server */
    bool partial;                   /* search what there is, and say what is missing */
};
extern const struct shard_options SHARD_OPTIONS; /* when the caller says nothing */

/* STATUS_NOT_FOUND (no such folder, or empty), STATUS_CORRUPT (damaged or foreign), STATUS_IO,
 * STATUS_MISMATCH (fingerprint or format differ: message says which and what to do). fingerprint
 * NULL: it is not compared yet, for the index itself may have a part in it: index_reader_words. */
enum status index_reader_open(const char *path, const char *fingerprint, struct index_reader **out,
                              struct error *error);
/* STATUS_IO also: a server does not answer, the message names it. */
enum status index_reader_open_shards(const char *path, const char *fingerprint,
                                     const struct shard_options *options,
                                     struct index_reader **out, struct error *error);

/* Shards that are left out, as the collection names them; NULL ends the list, which lives until the
 * next call. */
const char *const *index_reader_missing(struct index_reader *reader);
void index_reader_free(struct index_reader *reader);
void index_reader_freep(struct index_reader **reader); /* for CLEANUP */

/* `stopped` is asked at the start of each call that reads the index, and every so often while a search
 * or a count runs: true ends the call with STATUS_STOPPED. NULL: nobody is asked. */
void index_reader_watch(struct index_reader *reader, bool (*stopped)(void *context), void *context);

/* The words of the user's own that belong to the analysis (indexer/analysis/own_words.h). */
enum status index_reader_words(struct index_reader *reader, struct arena *arena, struct text *words,
                               struct error *error);

/* The terms that were learned (indexer/analysis/term_list.h). */
enum status index_reader_learned(struct index_reader *reader, struct arena *arena,
                                 struct text *terms, struct error *error);

/* The short forms that were learned: lines of synonyms.tsv. */
enum status index_reader_pairs(struct index_reader *reader, struct arena *arena, struct text *list,
                               struct error *error);

/* STATUS_MISMATCH when the snapshot was made by another analysis. */
enum status index_reader_check(struct index_reader *reader, const char *path,
                               const char *fingerprint, struct error *error);

/* Moves to the newest committed state. STATUS_MISMATCH: it was analysed again in another way, and
 * the reader is to be opened anew. */
enum status index_reader_reopen(struct index_reader *reader, struct error *error);

/* Whether there is, or may be, a newer committed state than the reader's: a stat per folder. A server
 * cannot be asked, so its state is taken to be old after a while; so is the absence of one. */
bool index_reader_is_stale(const struct index_reader *reader);

/* A number of the committed state that the reader sees: the same in each reader of the same state, and
 * another one for another state. 0: answers may differ though no commit was made. */
uint64_t index_reader_state(const struct index_reader *reader);

/* Runs a request. STATUS_STALE: the snapshot was overwritten, or a server broke off; reopen and run
 * again. STATUS_IO: a server does not answer although it can be reached. */
enum status index_reader_search(struct index_reader *reader, const struct match_request *request,
                                struct arena *arena, struct hit_list *out, struct error *error);

/* How many matches have each value of a slot; those without one do not count. Ranks nothing unless
 * there is a cutoff. `offset`, `limit` and `by_date` do not matter. Values ascend by bytes. */
struct value_count {
    struct text value;
    uint32_t count;
};
enum status index_reader_count(struct index_reader *reader, const struct match_request *request,
                               unsigned slot, struct arena *arena, struct value_count **out,
                               size_t *count, struct error *error);

/* Passages in all, and how many documents have each term. A term of FIELD_CHARACTER_PREFIX stands for
 * a character anywhere in the text. */
enum status index_reader_statistics(struct index_reader *reader, const struct text *terms,
                                    size_t count, uint32_t *document_frequencies,
                                    uint64_t *passages, struct error *error);

/* Which of the documents, given in ascending order, have which of the terms: out[t * docid_count + d].
 * STATUS_STALE. */
enum status index_reader_has(struct index_reader *reader, const uint32_t *docids, size_t docid_count,
                             const struct text *terms, size_t term_count, bool *out,
                             struct error *error);

/* The terms that begin with `prefix`, without it, ascending; the first `ceiling` of them. */
enum status index_reader_terms(struct index_reader *reader, const char *prefix, size_t ceiling,
                               struct arena *arena, struct text **out, size_t *count,
                               struct error *error);

/* The record of a reply, by the document that hit.reply names. STATUS_NOT_FOUND, STATUS_CORRUPT. */
enum status index_reader_reply(struct index_reader *reader, uint32_t document, struct arena *arena,
                               struct text *record, struct error *error);

/* The document of the reply with this id. STATUS_NOT_FOUND. */
enum status index_reader_find(struct index_reader *reader, struct text id, uint32_t *document,
                              struct error *error);
/* The same by the digest of its id (index_digest); any other text is not found. */
enum status index_reader_find_digest(struct index_reader *reader, struct text digest,
                                     uint32_t *document, struct error *error);

/* The record of the reply's passage with this ordinal, from 0, and its document. STATUS_NOT_FOUND
 * when there is no such. */
enum status index_reader_passage(struct index_reader *reader, uint32_t reply, uint32_t ordinal,
                                 struct arena *arena, uint32_t *document, struct text *record,
                                 struct error *error);

#ifdef __cplusplus
}
#endif
#endif
