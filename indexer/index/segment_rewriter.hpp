// SPDX-License-Identifier: GPL-2.0-or-later
// The living documents of a segment, once more: term lists, which a segment does not have, are made
// from its postings. Nothing is analysed again.
//
// Memory: 8 bytes a posting of WINDOW_DOCUMENTS documents, about a kilobyte a document.
#ifndef DAFU_INDEX_SEGMENT_REWRITER_HPP
#define DAFU_INDEX_SEGMENT_REWRITER_HPP

#include "indexer/index/index_folder.hpp"
#include "indexer/index/segment_builder.hpp"

namespace rewriter
{

const uint32_t WINDOW_DOCUMENTS = 100000;

// Adds `sign` for each character of the entry's text, which stands in its terms.
void count_characters(const struct index_entry &entry, int sign, std::vector<uint32_t> *counts);

// Appends the living documents of the segment at `path`, in order; the characters of the dead are
// taken out of the counts. `to` may be NULL when none live.
void copy_living(const std::string &path, const folder::Segment &segment,
                 const struct record_codec *codec, builder::SegmentBuilder *to,
                 std::vector<uint32_t> *characters);

} // namespace rewriter

#endif
