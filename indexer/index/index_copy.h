/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything that one index has, put into another: one index becomes a collection of shards, several
 * become one. */
#ifndef DAFU_INDEX_INDEX_COPY_H
#define DAFU_INDEX_INDEX_COPY_H

#include <signal.h>

#include "indexer/analysis/analyzer.h"
#include "indexer/index/index_writer.h"

#ifdef __cplusplus
extern "C" {
#endif

struct index_copying {
    struct analyzer *analyzer;         /* that of both */
    unsigned long commit_every;        /* passages */
    const volatile sig_atomic_t *stop; /* not 0: stop with STATUS_STOPPED; may be NULL */
    struct index_counts counts;        /* out: that were put */
};

/* Puts the living replies of the index or collection at `path`, in order, and appends its ledger; of
 * two with one id the later stays. What was learned comes with it. Texts are analysed again. Commits;
 * a failure leaves what was committed. STATUS_CORRUPT, STATUS_MISMATCH, STATUS_IO, STATUS_STOPPED. */
enum status index_copy(const char *path, struct index_writer *to, struct index_copying *copying,
                       struct error *error);

#ifdef __cplusplus
}
#endif
#endif
