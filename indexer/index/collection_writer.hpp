// SPDX-License-Identifier: GPL-2.0-or-later
// Writing a collection: a writer for each shard, behind the one that the caller has. What is about
// a reply goes to the shard that has it, what is about a source to all, the ledger to the first.
//
// A commit is one rename: each other shard's new stub is there beforehand under a name that the
// first shard's new head has, too (INDEX_META_TOGETHER), and is renamed behind it. A run that is
// killed between these is completed by the next one; a failure before takes everything back.
#ifndef DAFU_INDEX_COLLECTION_WRITER_HPP
#define DAFU_INDEX_COLLECTION_WRITER_HPP

#include "indexer/index/writer_state.hpp"

extern "C" {
#include "indexer/analysis/collection.h"
#include "indexer/index/reanalysis.h"
}

namespace collecting
{

using Writer = struct index_writer;

inline bool is_collection(const Writer *writer)
{
    return !writer->shards.empty();
}

// STATUS_UNSUPPORTED: a shard is a server's.
enum status check_local(const struct collection &collection, struct error *error);

// The folders of the shards of a collection, or the index's own. STATUS_UNSUPPORTED, and as
// collection_find.
enum status folders_of(const std::string &path, std::vector<std::string> *folders,
                       std::vector<std::string> *names, struct error *error);

Writer *shard_of(Writer *writer, struct text id);

enum status put(Writer *writer, const struct index_entries *entries, bool *replaced,
                struct error *error);
enum status remove(Writer *writer, struct text id, struct error *error);
enum status remove_source(Writer *writer, struct text source, unsigned long *removed,
                          struct error *error);
enum status begin_source(Writer *writer, struct text source, struct error *error);
enum status end_source(Writer *writer, bool complete, unsigned long *removed, struct error *error);
enum status counts(Writer *writer, struct index_counts *out, struct error *error);
void set_threads(Writer *writer, unsigned threads);

// Builds all shards, several at a time, and commits them together.
enum status commit(Writer *writer, writing::Build *build, struct error *error);
enum status reanalyse(Writer *writer, struct reanalysis *reanalysis, struct error *error);

// Has it done to each shard.
enum status keep(Writer *writer, enum status (*one)(Writer *writer, struct text, struct error *),
                 struct text list, struct error *error);

} // namespace collecting

#endif
