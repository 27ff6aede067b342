/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an index is, as its writer leaves it and a reader finds it.
 *
 * An index is a folder:
 *
 *   passages            a Xapian stub file: the head and the segments, one "glass NAME" a line, in
 *                       this order. Replaced by rename: the only thing that ever changes, and so
 *                       the commit.
 *   head-NNNNNN         a Xapian database without documents, whose metadata (INDEX_META_...) say
 *                       everything that is not in the segments. Written anew by each commit.
 *   segment-NNNNNN      a Xapian database of documents, never changed, without positions and
 *                       without term lists (so nothing can be deleted from it).
 *   records-NNNNNN      of an index that is served: what is stored in the segment of that number, in
 *                       a database whose documents have no terms (stored_copy.h). After all
 *                       segments in the stub.
 *   ledger-NNNNNN       the ledger's bytes; the head says how many of them are committed.
 *   passages.with-...   of a shard of a collection, for a moment: what `passages` becomes when the
 *                       first shard's head has the rest of this name as INDEX_META_TOGETHER; so one
 *                       rename commits all shards
 *   lock                held (flock) by the one who writes
 *   build-...           a writer's unfinished work
 *
 * Whatever the stub does not name is left over from a run that was killed, and removed by the next
 * writer. A stub lists at least the head, so Xapian's own tools and servers can open it.
 *
 * In a segment a reply is a run of documents: its reply record, then its passages in order; a reply
 * of a single passage (a line of JSON) is one document that is both. All of them, and no others,
 * have the reply's identity as a term: index_identity. A reply that was removed or replaced stays
 * in its segment as a dead run, which the head lists; documents, passages and so on count it. */
#ifndef DAFU_ANALYSIS_INDEX_HEAD_H
#define DAFU_ANALYSIS_INDEX_HEAD_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"
#include "indexer/base/status.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define INDEX_FORMAT 3
#define INDEX_FORMAT_OLDEST 2 /* that is read and written on: stored_record.hpp tells the difference */

#define INDEX_STUB "passages"
#define INDEX_LOCK "lock"
#define INDEX_WAITING_PREFIX INDEX_STUB ".with-"
#define INDEX_BUILD_PREFIX "build-"
#define INDEX_HEAD_PREFIX "head-"
#define INDEX_SEGMENT_PREFIX "segment-"
#define INDEX_RECORDS_PREFIX "records-"
#define INDEX_LEDGER_PREFIX "ledger-"

/* Metadata of the head. */
#define INDEX_META_FORMAT "dafu.format"           /* INDEX_FORMAT, decimal */
#define INDEX_META_FINGERPRINT "dafu.fingerprint" /* lexicon_fingerprint */
#define INDEX_META_WORDS "dafu.words"             /* lexicon_own_words */
#define INDEX_META_LEARNED "dafu.learned"         /* term_list_write */
#define INDEX_META_PAIRS "dafu.pairs"             /* lines of synonyms.tsv */
#define INDEX_META_HEAD "dafu.head"               /* index_head_encode */
#define INDEX_META_CHARACTERS "dafu.characters"   /* character_counts_encode */
#define INDEX_META_SHARD "dafu.shard"             /* collection_place; empty: of no collection */
#define INDEX_META_TOGETHER "dafu.together"       /* of a collection's first shard: its last commit */
#define INDEX_META_SERVED "dafu.served"           /* "1": there are records-...; or empty */
#define INDEX_META_DICTIONARY "dafu.dictionary."  /* + its number, decimal: record_codec.h */

struct index_run { /* of documents of one segment, by their numbers in it */
    uint32_t first, count;
    uint32_t passages; /* among them */
    uint64_t version;  /* of the reply: index_version */
};

struct index_segment {
    uint32_t number;                       /* of its name */
    uint32_t documents, passages, replies; /* all, also the dead */
    struct index_run *dead;                /* one a reply, ascending */
    size_t dead_count;
};

struct index_head {
    struct index_segment *segments; /* in the stub's order */
    size_t segment_count;
    uint32_t next;          /* number of the next head, segment or ledger */
    uint64_t version;       /* of the next reply that is stored */
    uint32_t ledger;        /* number of the ledger file; 0: none */
    uint64_t ledger_length; /* bytes of it that count */
    uint32_t dictionaries;  /* 1 to this number */
    uint64_t trained;       /* bytes that the last dictionary was made from */
};

/* Whether this program reads an index whose INDEX_META_FORMAT this is. */
bool index_format_is_read(struct text format);

enum status index_head_encode(const struct index_head *head, struct buffer *out,
                              struct error *error);
/* Everything in the arena. STATUS_CORRUPT, STATUS_NO_MEMORY. */
enum status index_head_decode(struct text bytes, struct arena *arena, struct index_head *out,
                              struct error *error);

/* STATUS_MISMATCH: the index at `path` says that it has another format; and what is to be done. */
enum status index_format_mismatch(const char *path, const char *format, struct error *error);

/* Dead passages of a segment. */
uint32_t index_segment_dead_passages(const struct index_segment *segment);
/* Whether the document of this number is dead. */
bool index_segment_is_dead(const struct index_segment *segment, uint32_t document);

/* The identity: FIELD_ID's prefix, a digest of the id (64 bits), and which version it is. The first
 * part alone is a prefix of all versions of the reply. */
#define INDEX_IDENTITY_MAX 32
#define INDEX_DIGEST_LENGTH 11 /* of the digest, in letters, digits, '_' and '~' */
void index_digest(struct text id, char out[INDEX_DIGEST_LENGTH]);
uint64_t index_identity_digest(struct text id);
size_t index_identity_prefix(struct text id, char out[INDEX_IDENTITY_MAX]);
size_t index_identity(struct text id, uint64_t version, char out[INDEX_IDENTITY_MAX]);

/* The term that all passages of a larger document have, and no others: facet_codes.group, as letters. */
#define INDEX_GROUP_MAX 16
size_t index_group(uint64_t group, char out[INDEX_GROUP_MAX]);

/* The version of a reply as the value of SLOT_VERSION of all its documents: ascending as numbers do. No
 * two stored replies have the same. */
#define INDEX_VERSION_MAX 9
size_t index_version(uint64_t version, char out[INDEX_VERSION_MAX]);
uint64_t index_version_read(struct text value); /* 0: it is none */

/* How many passages have each character, the dead included: by code point below the ceiling. */
#define CHARACTER_COUNTS_SIZE 0x33480 /* up to the last Han character of Unicode 15 */
enum status character_counts_encode(const uint32_t counts[CHARACTER_COUNTS_SIZE],
                                    struct buffer *out, struct error *error);
enum status character_counts_decode(struct text bytes, uint32_t counts[CHARACTER_COUNTS_SIZE],
                                    struct error *error); /* adds to `counts` */

#ifdef __cplusplus
}
#endif
#endif
