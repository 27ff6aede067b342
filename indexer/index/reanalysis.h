/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Analysing an index again from what it has stored: with other words of the user's own, or with a
 * newer lexicon. No source file is needed.
 *
 * Everything happens in one commit: a reader sees the old analysis until then and the new one after
 * it, and so does whoever opens the index after a crash. The user's own words and the fingerprint of
 * the analysis change with it, so terms and words always belong together. */
#ifndef DAFU_INDEX_REANALYSIS_H
#define DAFU_INDEX_REANALYSIS_H

#include <signal.h>

#include "indexer/base/buffer.h"
#include "indexer/index/index_writer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Appends the list of own words that the index keeps (own_words.h), of whatever lexicon, and of the
 * format before this one, too; nothing when it has none. STATUS_NOT_FOUND, STATUS_CORRUPT, STATUS_IO. */
enum status index_own_words(const char *path, struct buffer *out, struct error *error);

/* As index_writer_open, but whatever analysis made the index: *other tells that it was another
 * one, and then index_writer_reanalyse comes before anything else. An index that is created keeps
 * `words`, lexicon_own_words. */
enum status index_writer_open_any(const char *path, const char *fingerprint, struct text words,
                                  bool create, bool *other, struct index_writer **out,
                                  struct error *error);

struct reanalysis {
    struct analyzer *analyzer;         /* with the new words over its lexicon */
    const volatile sig_atomic_t *stop; /* not 0: stop with STATUS_STOPPED; may be NULL */
    void (*done)(void *context, unsigned long replies); /* after each reply; may be NULL */
    void *context;
    struct index_counts counts; /* out */
};

/* Gives every stored reply its terms again and keeps the analyzer's own words and fingerprint;
 * index_writer_commit makes it visible. On failure the index stays as it was. */
enum status index_writer_reanalyse(struct index_writer *writer, struct reanalysis *reanalysis,
                                   struct error *error);

/* Keeps the terms that were learned (term_list_write) in place of those from before. */
enum status index_writer_keep_learned(struct index_writer *writer, struct text list,
                                      struct error *error);

/* The same with short forms and what they stand for: lines of synonyms.tsv. */
enum status index_writer_keep_pairs(struct index_writer *writer, struct text list,
                                    struct error *error);

/* The entries of a reply from its stored records: its own, then those of its passages. The records
 * stay as they are, to the byte. STATUS_CORRUPT, and as index_entries_build. */
enum status index_entries_rebuild(const struct text *records, size_t count,
                                  struct analyzer *analyzer, struct arena *arena,
                                  struct index_entries *out, struct error *error);

#ifdef __cplusplus
}
#endif
#endif
