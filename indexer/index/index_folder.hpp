// SPDX-License-Identifier: GPL-2.0-or-later
// The folder of an index, for those who write it or read all of it: what lies there, the head, and
// the commit. The layout is told in indexer/analysis/index_head.h.
//
// Functions return STATUS_... with a complete message, or throw what Xapian throws.
#ifndef DAFU_INDEX_INDEX_FOLDER_HPP
#define DAFU_INDEX_INDEX_FOLDER_HPP

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <xapian.h>

extern "C" {
#include "indexer/analysis/index_head.h"
#include "indexer/base/status.h"
}

namespace folder
{

// A run of documents that belong to one reply.
struct Run {
    uint32_t first, count, passages;
    uint64_t version;
};

struct Segment {
    uint32_t number = 0;
    uint32_t documents = 0, passages = 0, replies = 0;
    std::vector<Run> dead; // ascending

    bool is_dead(uint32_t document) const;
    uint32_t dead_documents() const;
    uint32_t dead_passages() const;
    std::string name() const;
    std::string records_name() const; // of a served index
};

// Everything that the head says.
struct Head {
    std::string fingerprint, words, learned, pairs;
    std::string shard;    // INDEX_META_SHARD
    std::string together; // INDEX_META_TOGETHER
    bool served = false;
    std::vector<Segment> segments;
    uint32_t next = 1;
    uint64_t version = 1;
    uint32_t ledger = 0;
    uint64_t ledger_length = 0;
    uint64_t trained = 0;
    std::vector<std::string> dictionaries; // number 1 first
    std::vector<uint32_t> characters;      // CHARACTER_COUNTS_SIZE, or empty
};

std::string ledger_name(uint32_t number);

// STATUS_NOT_FOUND when there is nothing (or only what a killed run left); STATUS_CORRUPT (foreign,
// damaged), STATUS_MISMATCH (another format), STATUS_IO.
enum status look(const std::string &path, struct error *error);

// Reads the head that the stub names, the index's own or a given one. STATUS_CORRUPT, STATUS_MISMATCH,
// STATUS_IO.
enum status load(const std::string &path, Head *out, struct error *error);
enum status load(const std::string &path, const std::string &stub, Head *out, struct error *error);

// The stub of the last commit. Of a shard that is behind the commit of the name `together` it is the one
// that waits; "" when none can. As look.
enum status stub_of(const std::string &path, const std::string &together, std::string *out,
                    struct error *error);

// Compares the files that the stub names with the sums in it: their lengths, and when together they
// are no longer than `most` bytes, their contents. Returns a line per damage.
std::vector<std::string> compare_files(const std::string &path, uint64_t most);

// Makes the head durable; head->next moves on. Returns the stub that names it.
std::string write(const std::string &path, Head *head, struct error *error);

// Makes the stub durable: the commit, if its name is INDEX_STUB.
enum status replace(const std::string &path, const std::string &name, const std::string &stub,
                    struct error *error);

// Of a shard: the stub that waits for the commit of this name takes its place, others go.
void settle(const std::string &path, const std::string &together);
// Whether one waits.
bool is_waiting(const std::string &path);

// Removes what the stub does not name. Failures do not matter: the next writer tries again.
void tidy(const std::string &path);

// fsync of a file or folder. Throws Xapian::DatabaseError with the system's reason.
void sync(const std::string &path);

// fsync of a folder and of every file in it.
void sync_folder(const std::string &path);

} // namespace folder

#endif
