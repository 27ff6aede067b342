// SPDX-License-Identifier: GPL-2.0-or-later
// What a served index has besides its segments: indexer/analysis/stored_copy.h.
#ifndef DAFU_INDEX_SERVED_RECORDS_HPP
#define DAFU_INDEX_SERVED_RECORDS_HPP

#include "indexer/index/index_folder.hpp"

extern "C" {
#include "indexer/analysis/record_codec.h"
}

namespace served
{

// Makes the records of every segment that has none, durably.
enum status write_records(const std::string &path, const folder::Head &head,
                          const struct record_codec *codec, struct error *error);

} // namespace served

#endif
