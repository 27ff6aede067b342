// SPDX-License-Identifier: GPL-2.0-or-later
// What Xapian throws, in terms of the index.
#ifndef DAFU_INDEX_USING_INDEX_HPP
#define DAFU_INDEX_USING_INDEX_HPP

#include <cstring>
#include <string>

#include <xapian.h>

#include "indexer/base/fence.hpp"

// Runs what reads or writes an index. A table that ends too early is only a general error to
// Xapian; one without a reason of the system is damage to us.
template <typename Body> enum status using_index(struct error *error, Body body)
{
    return fenced(error, [&] {
        try {
            return body();
        } catch (const Xapian::DatabaseError &thrown) {
            if (strcmp(thrown.get_type(), "DatabaseError") == 0 && !thrown.get_error_string())
                throw Xapian::DatabaseCorruptError(thrown.get_msg());
            throw;
        }
    });
}

inline enum status explain(enum status status, const std::string &path, bool opening,
                           struct error *error)
{
    if (opening && status == STATUS_NOT_FOUND)
        status = STATUS_CORRUPT; // the stub is there, what it names is not
    return error_prefix(error, status, "index '%s'", path.c_str());
}

#endif
