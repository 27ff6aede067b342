/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C++ fence: nothing that is thrown gets past it. */
#include "indexer/base/fence.hpp"

#include <stdexcept>
#include <string>

#include "tests/base/suite.h"

/* What became of a thrown value. */
template <class T> static enum status status_of(const T &thrown, struct error *error)
{
    return fenced(
        error, [&]() -> enum status { throw thrown; });
}

START_TEST(a_body_that_returns_is_passed_on)
{
    struct error error;
    ck_assert_int_eq(fenced(&error, [] { return STATUS_OK; }), STATUS_OK);
    ck_assert_int_eq(
        fenced(&error, [&] { return error_set(&error, STATUS_MISMATCH, "another lexicon"); }),
        STATUS_MISMATCH);
    ck_assert_str_eq(error.message, "another lexicon");
}
END_TEST

START_TEST(every_exception_has_its_status)
{
    ck_assert_int_eq(status_of(Xapian::DatabaseLockError("already locked"), nullptr),
                     STATUS_LOCKED);
    ck_assert_int_eq(status_of(Xapian::DatabaseLockError("Permission denied"), nullptr), STATUS_IO);
    ck_assert_int_eq(status_of(Xapian::DatabaseModifiedError("x"), nullptr), STATUS_STALE);
    ck_assert_int_eq(status_of(Xapian::DatabaseOpeningError("x"), nullptr), STATUS_NOT_FOUND);
    ck_assert_int_eq(status_of(Xapian::DatabaseNotFoundError("x"), nullptr), STATUS_NOT_FOUND);
    ck_assert_int_eq(status_of(Xapian::DatabaseCorruptError("x"), nullptr), STATUS_CORRUPT);
    ck_assert_int_eq(status_of(Xapian::DatabaseVersionError("x"), nullptr), STATUS_CORRUPT);
    ck_assert_int_eq(status_of(Xapian::DatabaseError("x"), nullptr), STATUS_IO);
    ck_assert_int_eq(status_of(Xapian::InvalidArgumentError("x"), nullptr), STATUS_IO);
    ck_assert_int_eq(status_of(std::bad_alloc(), nullptr), STATUS_NO_MEMORY);
    ck_assert_int_eq(status_of(std::runtime_error("x"), nullptr), STATUS_IO);
    ck_assert_int_eq(status_of(42, nullptr), STATUS_IO);
}
END_TEST

START_TEST(the_message_is_the_problem_and_then_what_was_said)
{
    struct error error;
    status_of(Xapian::DatabaseLockError("Unable to get write lock on x: already locked"), &error);
    ck_assert_str_eq(error.message,
                     "cannot lock the index \"Unable to get write lock on x: already locked\"");
    status_of(Xapian::DatabaseOpeningError("Couldn't stat x", "", 2), &error);
    ck_assert_str_eq(error.message,
                     "cannot open the index \"Couldn't stat x\": No such file or directory");
    status_of(std::bad_alloc(), &error);
    ck_assert_str_eq(error.message, "out of memory");
    status_of(std::out_of_range("vector"), &error);
    ck_assert_str_eq(error.message, "unexpected failure \"vector\"");
    status_of("a string", &error);
    ck_assert_str_eq(error.message, "unexpected failure of an unknown kind");
}
END_TEST

START_TEST(a_long_or_dirty_message_is_still_one_line)
{
    struct error error;
    status_of(Xapian::DatabaseError(std::string(100000, 'x')), &error);
    ck_assert_uint_eq(strlen(error.message), ERROR_MESSAGE_SIZE - 1);
    status_of(Xapian::DatabaseError("two\nlines"), &error);
    ck_assert_str_eq(error.message, "index failure \"two?lines\"");
}
END_TEST

START_TEST(what_xapian_itself_throws_is_translated)
{
    struct error error;
    const std::string folder = DAFU_BINARY_DIR "/tests/fence.index";
    enum status status = fenced(&error, [&] {
        Xapian::Database missing(folder + "/none");
        return STATUS_OK;
    });
    ck_assert_int_eq(status, STATUS_NOT_FOUND);

    status = fenced(&error, [&] {
        Xapian::WritableDatabase first(folder, Xapian::DB_CREATE_OR_OVERWRITE);
        Xapian::WritableDatabase second(folder, Xapian::DB_OPEN);
        return STATUS_OK;
    });
    ck_assert_int_eq(status, STATUS_LOCKED);
    ck_assert(text_contains(text_of(error.message), TEXT("already locked")));

    status = fenced(&error, [&] {
        Xapian::Database(folder).get_document(7);
        return STATUS_OK;
    });
    ck_assert_int_eq(status, STATUS_IO);
}
END_TEST

RUN_SUITE("fence", nullptr, nullptr, a_body_that_returns_is_passed_on,
          every_exception_has_its_status, the_message_is_the_problem_and_then_what_was_said,
          a_long_or_dirty_message_is_still_one_line, what_xapian_itself_throws_is_translated)
