// SPDX-License-Identifier: GPL-2.0-or-later
// Indexes of format 1, to read them once more: a single Xapian database in the place that the stub
// has now, changed in place. A reply was a document with its record; each passage another, with a
// term that named the reply, and with the name and the reply's id in its record.
#ifndef DAFU_INDEX_FORMAT_1_HPP
#define DAFU_INDEX_FORMAT_1_HPP

#include <functional>
#include <string>
#include <vector>

#include <xapian.h>

extern "C" {
#include "indexer/base/arena.h"
#include "indexer/base/status.h"
}

namespace format_1
{

// Its database's folder; empty when there is no such index. An upgrade that was killed on a file
// system that cannot exchange two names may have left it under another name.
std::string database_of(const std::string &path);

// Everything that is no reply.
struct Rest {
    std::string words, learned, pairs, ledger;
};

Rest read_rest(const Xapian::Database &database);

// Hands over each reply as documents' records of this format, as index_entries_rebuild takes them;
// they live until the call returns. STATUS_CORRUPT: a reply is not whole. What `take` returns ends it.
using Take = std::function<enum status(const std::vector<struct text> &records)>;
enum status read_replies(const Xapian::Database &database, const Take &take, struct error *error);

} // namespace format_1

#endif
