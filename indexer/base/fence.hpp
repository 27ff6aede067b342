/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C++ fence: runs a body behind a C function and turns whatever it throws into a status and a
 * message. Header only, so that this floor does not link Xapian; used by the .cc files. */
#ifndef DAFU_BASE_FENCE_HPP
#define DAFU_BASE_FENCE_HPP

#include <exception>
#include <new>
#include <string>

#include <xapian.h>

#include "indexer/base/status.h"

namespace fence
{

/* Thrown where whoever waits for the answer asked to stop. */
struct Stopped {};

/* "problem "what Xapian says": what the system says"; get_error_string may be NULL. */
inline enum status refuse(struct error *error, enum status status, const char *problem,
                          const Xapian::Error &thrown)
{
    const char *reason = thrown.get_error_string();
    return error_set(error, status, "%s \"%s\"%s%s", problem, thrown.get_msg().c_str(),
                     reason ? ": " : "", reason ? reason : "");
}

/* Xapian throws DatabaseLockError also when it may not write the lock file. Only the other case is
 * another writer, for whom waiting helps; Xapian tells them apart in the message alone. */
inline enum status refuse_lock(struct error *error, const Xapian::DatabaseLockError &thrown)
{
    bool is_held = thrown.get_msg().find("already locked") != std::string::npos;
    return refuse(error, is_held ? STATUS_LOCKED : STATUS_IO, "cannot lock the index", thrown);
}

/* The one place that knows what each exception means; call it inside a catch block only. Not a
 * template, so it is compiled once per file. Special kinds stand before the general ones. */
inline enum status translate(struct error *error)
{
    try {
        throw;
    } catch (const Xapian::DatabaseLockError &thrown) {
        return refuse_lock(error, thrown);
    } catch (const Xapian::DatabaseModifiedError &thrown) {
        return refuse(error, STATUS_STALE, "the index has changed since it was opened", thrown);
    } catch (const Xapian::DatabaseCorruptError &thrown) {
        return refuse(error, STATUS_CORRUPT, "the index is damaged", thrown);
    } catch (const Xapian::DatabaseVersionError &thrown) {
        return refuse(error, STATUS_CORRUPT, "the index has a foreign format", thrown);
    } catch (const Xapian::DatabaseOpeningError &thrown) { /* with DatabaseNotFoundError */
        return refuse(error, STATUS_NOT_FOUND, "cannot open the index", thrown);
    } catch (const Xapian::Error &thrown) {
        return refuse(error, STATUS_IO, "index failure", thrown);
    } catch (const Stopped &) {
        return error_set(error, STATUS_STOPPED, "stopped");
    } catch (const std::bad_alloc &) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    } catch (const std::exception &thrown) {
        return error_set(error, STATUS_IO, "unexpected failure \"%s\"", thrown.what());
    } catch (...) {
        return error_set(error, STATUS_IO, "unexpected failure of an unknown kind");
    }
}

/* A Xapian message may be long enough that copying it runs out of memory; then that is the news. */
inline enum status translate_safely(struct error *error) noexcept
{
    try {
        return translate(error);
    } catch (...) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
}

} // namespace fence

/* Runs body, which returns an enum status and writes its own message when it fails; returns that,
 * or the status of what was thrown. */
template <class F> enum status fenced(struct error *error, F body) noexcept
{
    try {
        return body();
    } catch (...) {
        return fence::translate_safely(error);
    }
}

#endif
