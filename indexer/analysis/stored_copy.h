/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data of a document of records-NNNNNN: what a client of a remote index has to know of the
 * document with the same number in the segment. Xapian's server sends the stored text of a document
 * only with all its values, which it finds in the term list that our segments do not have; a database
 * without terms has term lists that take no room, and no values.
 *
 *   length, value of SLOT_FACETS | length, identity of the reply (index_head.h) | data in the segment
 *
 * Lengths are varints. */
#ifndef DAFU_ANALYSIS_STORED_COPY_H
#define DAFU_ANALYSIS_STORED_COPY_H

#include "indexer/base/buffer.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct stored_copy {
    struct text facets, identity, data;
};

void stored_copy_append(struct buffer *out, const struct stored_copy *copy);

/* False: these are not such data. The parts point into `bytes`. */
bool stored_copy_read(struct text bytes, struct stored_copy *out);

#ifdef __cplusplus
}
#endif
#endif
