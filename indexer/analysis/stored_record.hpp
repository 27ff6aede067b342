// SPDX-License-Identifier: GPL-2.0-or-later
// Where a document of an index has its record: record_codec.h.
//
// In a value, because Xapian tries to compress a document's data again, with a new table of 64 KB each
// time, which took a quarter of the time that indexing takes. Format 2 had it in the data.
#ifndef DAFU_ANALYSIS_STORED_RECORD_HPP
#define DAFU_ANALYSIS_STORED_RECORD_HPP

#include <string>

#include <xapian.h>

extern "C" {
#include "indexer/analysis/field.h"
}

inline void set_stored_record(Xapian::Document *document, const std::string &record)
{
    document->add_value(SLOT_RECORD, record);
}

inline std::string stored_record(const Xapian::Document &document)
{
    std::string record = document.get_value(SLOT_RECORD);
    return record.empty() ? document.get_data() : record;
}

#endif
