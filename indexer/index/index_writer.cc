// SPDX-License-Identifier: GPL-2.0-or-later
// All of Xapian that the indexer sees.
//
// A writer is always inside one unflushed Xapian transaction, which only index_writer_commit
// leaves, for a moment: within it Xapian writes its buffers out when they grow large, but makes
// no new revision of the database, and its destructor takes back what is pending instead of
// committing it. So a reader, or whoever opens the index after a crash, sees commits only.
//
// Standard headers come first here: the C headers below include some of them, and must not do
// that inside extern "C".
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/base/fence.hpp"

extern "C" {
#include "indexer/analysis/own_words.h"
#include "indexer/analysis/record.h"
#include "indexer/base/file.h"
#include "indexer/index/index_scan.h"
#include "indexer/index/index_writer.h"
#include "indexer/index/reanalysis.h"
}

struct index_writer {
    std::string path; // as given, for messages
    Xapian::WritableDatabase database;
    std::set<Xapian::docid> unseen; // records of the source at hand that were not put again
};

struct index_scan {
    Xapian::Database database;
};

namespace
{

// Xapian's own limit; a zero byte takes two bytes.
const size_t XAPIAN_TERM_MAX = 245;

// Documents whose postings Xapian gathers in memory before it writes them out (without making
// them visible). Its inverter is a map of maps: when it outgrows the processor's caches, adding a
// posting becomes slow. Measured with characters, bigrams and words of 20,000 short passages:
// 6.5 to 7 s at 1,000 and 2,000, 8.7 s at 5,000, 10.9 s at Xapian's own 10,000.
const char FLUSH_DOCUMENTS[] = "1000";

// The database is made under this name and moved to its place when it is complete.
const char UNFINISHED[] = INDEX_DATABASE ".new";

std::string string_of(struct text text)
{
    return std::string(text.data ? text.data : "", text.length);
}

std::string full_term(enum field field, struct text value)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct text term = field_term(FIELDS[field].prefix, value, &arena);
    std::unique_ptr<struct arena, void (*)(struct arena *)> release(&arena, arena_release);
    if (!term.data)
        throw std::bad_alloc();
    return string_of(term);
}

// ---- what lies at a path --------------------------------------------------------------------

enum class Place {
    missing, // nothing there, or a folder that is empty but for an unfinished database
    index,   // a Xapian database of the right name; whether it is ours, its metadata tell
};

enum status look(const std::string &path, Place *place, struct error *error)
{
    *place = Place::missing;
    std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir(path.c_str()), closedir);
    if (!folder && errno == ENOENT)
        return STATUS_OK;
    if (!folder && errno == ENOTDIR)
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s' is no folder",
                         path.c_str());
    if (!folder)
        return error_set(error, STATUS_IO, "cannot open index '%s': %s", path.c_str(),
                         strerror(errno));

    bool other = false;
    while (struct dirent *entry = readdir(folder.get())) {
        std::string name = entry->d_name;
        if (name == INDEX_DATABASE)
            *place = Place::index;
        else if (name != "." && name != ".." && name != UNFINISHED)
            other = true;
    }
    struct stat file;
    if (*place == Place::missing)
        return other ? error_set(error, STATUS_CORRUPT, "not a dafu index: '%s' holds other files",
                                 path.c_str())
                     : STATUS_OK;

    std::string stamp = path + "/" INDEX_DATABASE "/iamglass";
    if (stat(stamp.c_str(), &file) == 0)
        return STATUS_OK;
    if (errno == EACCES)
        return error_set(error, STATUS_IO, "cannot open index '%s': %s", path.c_str(),
                         strerror(errno));
    return error_set(error, STATUS_CORRUPT,
                     "not a dafu index, or damaged: '%s' has no database in " INDEX_DATABASE,
                     path.c_str());
}

// Whether the format of an opened database is this program's.
enum status check_format(const Xapian::Database &database, const std::string &path,
                         struct error *error)
{
    std::string format = database.get_metadata(INDEX_META_FORMAT);
    if (format.empty())
        return error_set(error, STATUS_CORRUPT, "not a dafu index: '%s'", path.c_str());
    if (format != std::to_string(INDEX_FORMAT))
        return error_set(error, STATUS_MISMATCH,
                         "index '%s' has format %s, this program writes format %d: build it anew",
                         path.c_str(), format.c_str(), INDEX_FORMAT);
    return STATUS_OK;
}

// Whether format and analysis of an opened database are this program's.
enum status check_identity(const Xapian::Database &database, const std::string &path,
                           const char *fingerprint, struct error *error)
{
    enum status status = check_format(database, path, error);
    if (status)
        return status;
    std::string stored = database.get_metadata(INDEX_META_FINGERPRINT);
    if (stored != fingerprint)
        return error_set(error, STATUS_MISMATCH,
                         "index '%s' was built with another lexicon (%s, now %s): build it anew "
                         "with 'dafu-index reindex'",
                         path.c_str(), stored.c_str(), fingerprint);
    return STATUS_OK;
}

// Xapian takes a table whose file is gone for an empty one, and a block full of garbage can make
// it crash. So the tables are checked before writing as long as that takes no time (tenths of a
// second at CHECK_BYTES); of large indexes, dafu-index check does it.
const off_t CHECK_BYTES = 64 << 20;

bool tables_are_whole(const std::string &path)
{
    try {
        return Xapian::Database::check(path + "/" INDEX_DATABASE) == 0;
    } catch (const Xapian::Error &) {
        return false; // too damaged to be checked
    }
}

enum status check_tables(const Xapian::Database &database, const std::string &path,
                         struct error *error)
{
    off_t total = 0;
    for (const char *table : { "postlist", "docdata", "termlist" }) {
        std::string file = path + "/" INDEX_DATABASE "/" + table + ".glass";
        struct stat size = {};
        if (stat(file.c_str(), &size) && database.get_doccount() > 0)
            return error_set(error, STATUS_CORRUPT, "damaged index '%s': cannot open %s.glass: %s",
                             path.c_str(), table, strerror(errno));
        total += size.st_size;
    }
    if (total > CHECK_BYTES || tables_are_whole(path))
        return STATUS_OK;
    return error_set(error, STATUS_CORRUPT, "damaged index '%s': dafu-index check tells more",
                     path.c_str());
}

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

// What Xapian says, in terms of the index.
enum status explain(enum status status, const std::string &path, bool opening, struct error *error)
{
    if (status == STATUS_LOCKED)
        return error_set(error, status, "index '%s' is being written by another program",
                         path.c_str());
    if (opening && status == STATUS_NOT_FOUND)
        status = STATUS_CORRUPT; // iamglass is there, one of its tables is not
    return error_prefix(error, status, "index '%s'", path.c_str());
}

// Xapian reports a lock file it cannot write as a lock.
enum status check_writable(const std::string &path, struct error *error)
{
    for (const char *name : { "/" INDEX_DATABASE, "/" INDEX_DATABASE "/flintlock" }) {
        if (access((path + name).c_str(), W_OK) && errno != ENOENT)
            return error_set(error, STATUS_IO, "cannot write index '%s': %s", path.c_str(),
                             strerror(errno));
    }
    return STATUS_OK;
}

// ---- creating -------------------------------------------------------------------------------

void set_identity(Xapian::WritableDatabase &database, const char *fingerprint, struct text words)
{
    database.set_metadata(INDEX_META_FORMAT, std::to_string(INDEX_FORMAT));
    database.set_metadata(INDEX_META_FINGERPRINT, fingerprint);
    database.set_metadata(INDEX_META_WORDS, string_of(words));
}

// A database with nothing but its identity, complete before it gets its name. Two programs that
// do this at once meet at Xapian's lock, or at the rename.
enum status create_database(const std::string &path, const char *fingerprint, struct text words,
                            struct error *error)
{
    enum status status = file_make_folder(path.c_str(), error);
    if (status)
        return status;
    if (access(path.c_str(), W_OK | X_OK))
        return error_set(error, STATUS_IO, "cannot write index '%s': %s", path.c_str(),
                         strerror(errno));

    std::string unfinished = path + "/" + UNFINISHED;
    Xapian::WritableDatabase database(unfinished,
                                      Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
    set_identity(database, fingerprint, words);
    database.commit();
    if (rename(unfinished.c_str(), (path + "/" INDEX_DATABASE).c_str()) == 0)
        return STATUS_OK;

    int reason = errno;
    std::error_code ignored;
    std::filesystem::remove_all(unfinished, ignored);
    if (reason == EEXIST || reason == ENOTEMPTY)
        return STATUS_OK; // another program was quicker
    return error_set(error, STATUS_IO, "cannot create index '%s': %s", path.c_str(),
                     strerror(reason));
}

// other: may be nullptr; then an index of another analysis is refused.
enum status open_writer(const std::string &path, const char *fingerprint, struct text words,
                        bool create, bool *other, std::unique_ptr<index_writer> *out,
                        struct error *error)
{
    Place place;
    enum status status = look(path, &place, error);
    if (status)
        return status;
    if (place == Place::missing && !create)
        return error_set(error, STATUS_NOT_FOUND, "no index at '%s'", path.c_str());
    if (place == Place::missing)
        status = create_database(path, fingerprint, words, error);
    else
        status = check_writable(path, error);
    if (status)
        return status;

    // Read when a database is opened; Xapian 1.4 has no other way to say it. The user's wins.
    setenv("XAPIAN_FLUSH_THRESHOLD", FLUSH_DOCUMENTS, 0);
    auto writer = std::make_unique<index_writer>();
    writer->path = path;
    writer->database = Xapian::WritableDatabase(path + "/" INDEX_DATABASE,
                                                Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
    status = other ? check_format(writer->database, path, error)
                   : check_identity(writer->database, path, fingerprint, error);
    if (other)
        *other = writer->database.get_metadata(INDEX_META_FINGERPRINT) != fingerprint;
    if (!status)
        status = check_tables(writer->database, path, error);
    if (status)
        return status;
    writer->database.begin_transaction(false);
    *out = std::move(writer);
    return STATUS_OK;
}

// ---- changing -------------------------------------------------------------------------------

// Runs a change; whatever goes wrong, everything since the last commit is taken back and the
// writer is in a transaction again.
template <typename Change>
enum status changing(struct index_writer *writer, struct error *error, Change change)
{
    enum status status = using_index(error, change);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        return status;
    struct error second;
    fenced(&second, [=] {
        // After a failed commit there is none, and nothing pending.
        try {
            writer->database.cancel_transaction();
        } catch (const Xapian::InvalidOperationError &) {
        }
        writer->database.begin_transaction(false);
        return STATUS_OK;
    });
    return explain(status, writer->path, false, error);
}

void find_documents(const Xapian::Database &database, const std::string &term,
                    std::vector<Xapian::docid> *out)
{
    for (auto i = database.postlist_begin(term); i != database.postlist_end(term); ++i)
        out->push_back(*i);
}

// The record's document, then those of its passages; empty when there is no such reply.
std::vector<Xapian::docid> find_reply(const Xapian::Database &database, struct text id)
{
    std::vector<Xapian::docid> found;
    find_documents(database, full_term(FIELD_ID, id), &found);
    if (!found.empty())
        find_documents(database, full_term(FIELD_PART_OF, id), &found);
    return found;
}

Xapian::Document document_of(const struct index_entry &entry)
{
    Xapian::Document document;
    for (size_t i = 0; i < entry.term_count; i++) {
        const struct index_term &term = entry.terms[i];
        document.add_term(string_of(term.term), term.frequency);
    }
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++) {
        if (entry.values[slot].length)
            document.add_value(slot, string_of(entry.values[slot]));
    }
    document.set_data(string_of(entry.record));
    return document;
}

enum status check_terms(const struct index_entries *entries, struct error *error)
{
    if (entries->reply_id.length == 0)
        return error_set(error, STATUS_INVALID, "a reply without an id");
    for (size_t i = 0; i < entries->count; i++) {
        for (size_t j = 0; j < entries->entries[i].term_count; j++) {
            struct text term = entries->entries[i].terms[j].term;
            size_t length = term.length;
            for (size_t k = 0; k < term.length; k++)
                length += term.data[k] == '\0';
            if (length > XAPIAN_TERM_MAX || length == 0)
                return error_set(error, STATUS_INVALID, "a term of %zu bytes", length);
        }
    }
    return STATUS_OK;
}

// Documents are replaced one by one as long as there are old ones: half the work of deleting and
// adding, since what both have in common is not touched.
void store(Xapian::WritableDatabase &database, const struct index_entries *entries,
           const std::vector<Xapian::docid> &old)
{
    for (size_t i = 0; i < entries->count; i++) {
        Xapian::Document document = document_of(entries->entries[i]);
        if (i < old.size())
            database.replace_document(old[i], document);
        else
            database.add_document(document);
    }
    for (size_t i = entries->count; i < old.size(); i++)
        database.delete_document(old[i]);
}

unsigned long count_records(const Xapian::Database &database, struct text kind)
{
    return database.get_termfreq(full_term(FIELD_RECORD, kind));
}

} // namespace

// ---- the writer -----------------------------------------------------------------------------

namespace
{

enum status open_explained(const char *path, const char *fingerprint, struct text words,
                           bool create, bool *other, struct index_writer **out, struct error *error)
{
    std::unique_ptr<index_writer> writer;
    bool ours = false; // the message is complete
    enum status status = using_index(error, [&] {
        enum status opened = open_writer(path, fingerprint, words, create, other, &writer, error);
        ours = true;
        return opened;
    });
    if (status)
        return ours ? status : explain(status, path, true, error);
    *out = writer.release();
    return STATUS_OK;
}

} // namespace

enum status index_writer_open(const char *path, const char *fingerprint, bool create,
                              struct index_writer **out, struct error *error)
{
    return open_explained(path, fingerprint, TEXT(""), create, nullptr, out, error);
}

enum status index_writer_open_any(const char *path, const char *fingerprint, struct text words,
                                  bool create, bool *other, struct index_writer **out,
                                  struct error *error)
{
    return open_explained(path, fingerprint, words, create, other, out, error);
}

enum status index_writer_put(struct index_writer *writer, const struct index_entries *entries,
                             bool *replaced, struct error *error)
{
    enum status status = check_terms(entries, error);
    if (status)
        return status;
    bool found = false;
    status = changing(writer, error, [&] {
        std::vector<Xapian::docid> old = find_reply(writer->database, entries->reply_id);
        store(writer->database, entries, old);
        found = !old.empty();
        if (found)
            writer->unseen.erase(old[0]);
        return STATUS_OK;
    });
    if (!status)
        *replaced = found;
    return status;
}

enum status index_writer_remove(struct index_writer *writer, struct text reply_id,
                                struct error *error)
{
    return changing(writer, error, [&] {
        std::vector<Xapian::docid> old = find_reply(writer->database, reply_id);
        if (old.empty())
            return error_set(error, STATUS_NOT_FOUND, "no reply '%.*s' in index '%s'",
                             TEXT_ARG(reply_id), writer->path.c_str());
        for (Xapian::docid document : old)
            writer->database.delete_document(document);
        return STATUS_OK;
    });
}

namespace
{

// Removes replies whose records are known.
template <typename Records>
enum status remove_replies(struct index_writer *writer, const Records &records,
                           unsigned long *removed, struct error *error)
{
    for (Xapian::docid record : records) {
        std::string bytes = writer->database.get_document(record).get_data();
        struct reply_record decoded;
        enum status status =
            reply_record_decode(text_of_bytes(bytes.data(), bytes.size()), &decoded, error);
        if (status)
            return status;
        for (Xapian::docid document : find_reply(writer->database, decoded.id))
            writer->database.delete_document(document);
        ++*removed;
    }
    return STATUS_OK;
}

} // namespace

enum status index_writer_remove_source(struct index_writer *writer, struct text source,
                                       unsigned long *removed, struct error *error)
{
    *removed = 0;
    return changing(writer, error, [=] {
        std::vector<Xapian::docid> records;
        find_documents(writer->database, full_term(FIELD_SOURCE, source), &records);
        for (Xapian::docid record : records)
            writer->unseen.erase(record);
        return remove_replies(writer, records, removed, error);
    });
}

enum status index_writer_begin_source(struct index_writer *writer, struct text source,
                                      struct error *error)
{
    return changing(writer, error, [=] {
        std::vector<Xapian::docid> records;
        find_documents(writer->database, full_term(FIELD_SOURCE, source), &records);
        writer->unseen = { records.begin(), records.end() };
        return STATUS_OK;
    });
}

enum status index_writer_end_source(struct index_writer *writer, bool complete,
                                    unsigned long *removed, struct error *error)
{
    *removed = 0;
    return changing(writer, error, [=] {
        std::set<Xapian::docid> unseen;
        unseen.swap(writer->unseen);
        return complete ? remove_replies(writer, unseen, removed, error) : STATUS_OK;
    });
}

enum status index_writer_records(struct index_writer *writer, struct text reply_id,
                                 index_record_sink *sink, void *context, struct error *error)
{
    enum status answer = STATUS_OK; // the sink's, whose message is complete
    enum status status = using_index(error, [&] {
        std::vector<Xapian::docid> documents = find_reply(writer->database, reply_id);
        if (documents.empty())
            answer = error_set(error, STATUS_NOT_FOUND, "no reply '%.*s' in index '%s'",
                               TEXT_ARG(reply_id), writer->path.c_str());
        for (size_t i = 0; !answer && i < documents.size(); i++) {
            std::string bytes = writer->database.get_document(documents[i]).get_data();
            answer = sink(context, text_of_bytes(bytes.data(), bytes.size()), error);
        }
        return STATUS_OK;
    });
    return status ? explain(status, writer->path, false, error) : answer;
}

// ---- the ledger: metadata in numbered pieces ------------------------------------------------

namespace
{

std::string ledger_key(unsigned long number)
{
    char key[64];
    snprintf(key, sizeof(key), "%s.%08lu", INDEX_META_LEDGER, number);
    return key;
}

unsigned long count_ledger_pieces(const Xapian::Database &database)
{
    unsigned long count = 0;
    for (auto i = database.metadata_keys_begin(INDEX_META_LEDGER ".");
         i != database.metadata_keys_end(INDEX_META_LEDGER "."); ++i)
        count++;
    return count;
}

void read_ledger(const Xapian::Database &database, struct buffer *out)
{
    for (auto i = database.metadata_keys_begin(INDEX_META_LEDGER ".");
         i != database.metadata_keys_end(INDEX_META_LEDGER "."); ++i) {
        std::string piece = database.get_metadata(*i);
        buffer_append(out, text_of_bytes(piece.data(), piece.size()));
    }
}

// Far below what Xapian takes for one value.
const size_t LEDGER_PIECE_BYTES = 1 << 20;

void write_ledger(Xapian::WritableDatabase &database, unsigned long number, struct text bytes)
{
    for (size_t at = 0; at < bytes.length; at += LEDGER_PIECE_BYTES) {
        size_t length = std::min(LEDGER_PIECE_BYTES, bytes.length - at);
        database.set_metadata(ledger_key(number++), string_of(text_slice(bytes, at, length)));
    }
}

} // namespace

enum status index_writer_ledger_append(struct index_writer *writer, struct text bytes,
                                       struct error *error)
{
    return changing(writer, error, [=] {
        write_ledger(writer->database, count_ledger_pieces(writer->database), bytes);
        return STATUS_OK;
    });
}

enum status index_writer_ledger_replace(struct index_writer *writer, struct text bytes,
                                        struct error *error)
{
    return changing(writer, error, [=] {
        unsigned long old = count_ledger_pieces(writer->database);
        for (unsigned long i = 0; i < old; i++)
            writer->database.set_metadata(ledger_key(i), "");
        write_ledger(writer->database, 0, bytes);
        return STATUS_OK;
    });
}

enum status index_writer_ledger(struct index_writer *writer, struct buffer *out,
                                struct error *error)
{
    enum status status = using_index(error, [=] {
        read_ledger(writer->database, out);
        return STATUS_OK;
    });
    return status ? explain(status, writer->path, false, error) : buffer_status(out, error);
}

enum status index_writer_commit(struct index_writer *writer, struct error *error)
{
    return changing(writer, error, [=] {
        writer->database.commit_transaction();
        writer->database.commit();
        writer->database.begin_transaction(false);
        return STATUS_OK;
    });
}

enum status index_writer_counts(struct index_writer *writer, struct index_counts *out,
                                struct error *error)
{
    struct index_counts counts = {};
    enum status status = using_index(error, [&] {
        counts.replies = count_records(writer->database, TEXT("reply"));
        counts.passages = count_records(writer->database, TEXT("passage"));
        return STATUS_OK;
    });
    if (status)
        return explain(status, writer->path, false, error);
    *out = counts;
    return STATUS_OK;
}

void index_writer_free(struct index_writer *writer)
{
    fenced(nullptr, [=] {
        delete writer; // inside its transaction: Xapian takes back what is pending
        return STATUS_OK;
    });
}

void index_writer_freep(struct index_writer **writer)
{
    index_writer_free(*writer);
}

// ---- analysing again ------------------------------------------------------------------------

namespace
{

// An index that is there.
enum status look_for_index(const char *path, struct error *error)
{
    Place place;
    enum status status = look(path, &place, error);
    if (!status && place == Place::missing)
        status = error_set(error, STATUS_NOT_FOUND, "no index at '%s'", path);
    return status;
}

// The terms of one reply again, in the documents that it has.
enum status reanalyse_reply(struct index_writer *writer,
                            const std::vector<Xapian::docid> &documents,
                            struct reanalysis *reanalysis, struct arena *arena, struct error *error)
{
    std::vector<std::string> bytes;
    std::vector<struct text> records;
    for (Xapian::docid document : documents)
        bytes.push_back(writer->database.get_document(document).get_data());
    for (const std::string &record : bytes)
        records.push_back(text_of_bytes(record.data(), record.size()));

    struct index_entries entries;
    enum status status = index_entries_rebuild(records.data(), records.size(), reanalysis->analyzer,
                                               arena, &entries, error);
    if (!status)
        status = check_terms(&entries, error);
    if (status)
        return status;
    store(writer->database, &entries, documents);
    reanalysis->counts.replies++;
    reanalysis->counts.passages += documents.size() - 1;
    if (reanalysis->done)
        reanalysis->done(reanalysis->context, reanalysis->counts.replies);
    return STATUS_OK;
}

enum status reanalyse(struct index_writer *writer, struct reanalysis *reanalysis,
                      struct arena *arena, struct error *error)
{
    std::vector<Xapian::docid> replies;
    find_documents(writer->database, full_term(FIELD_RECORD, TEXT("reply")), &replies);
    for (Xapian::docid reply : replies) {
        if (reanalysis->stop && *reanalysis->stop)
            return error_set(error, STATUS_STOPPED, "interrupted");
        std::string record = writer->database.get_document(reply).get_data();
        struct reply_record decoded;
        enum status status =
            reply_record_decode(text_of_bytes(record.data(), record.size()), &decoded, error);
        std::vector<Xapian::docid> documents { reply };
        if (!status) {
            find_documents(writer->database, full_term(FIELD_PART_OF, decoded.id), &documents);
            status = reanalyse_reply(writer, documents, reanalysis, arena, error);
        }
        arena_clear(arena);
        if (status)
            return status;
    }
    const struct lexicon *lexicon = analyzer_lexicon(reanalysis->analyzer);
    set_identity(writer->database, lexicon_fingerprint(lexicon), lexicon_own_words(lexicon));
    return STATUS_OK;
}

} // namespace

enum status index_writer_reanalyse(struct index_writer *writer, struct reanalysis *reanalysis,
                                   struct error *error)
{
    struct arena arena;
    arena_init(&arena, 0);
    reanalysis->counts = {};
    enum status status = changing(
        writer, error, [&, writer] { return reanalyse(writer, reanalysis, &arena, error); });
    arena_release(&arena);
    return status;
}

static enum status keep_list(struct index_writer *writer, const char *key, struct text list,
                             struct error *error)
{
    return changing(writer, error, [=] {
        writer->database.set_metadata(key, string_of(list));
        return STATUS_OK;
    });
}

enum status index_writer_keep_learned(struct index_writer *writer, struct text list,
                                      struct error *error)
{
    return keep_list(writer, INDEX_META_LEARNED, list, error);
}

enum status index_writer_keep_pairs(struct index_writer *writer, struct text list,
                                    struct error *error)
{
    return keep_list(writer, INDEX_META_PAIRS, list, error);
}

enum status index_own_words(const char *path, struct buffer *out, struct error *error)
{
    enum status status = fenced(error, [=] { return look_for_index(path, error); });
    if (status)
        return status;
    status = using_index(error, [=] {
        Xapian::Database database(std::string(path) + "/" INDEX_DATABASE, Xapian::DB_BACKEND_GLASS);
        std::string words = database.get_metadata(INDEX_META_WORDS);
        buffer_append(out, text_of_bytes(words.data(), words.size()));
        return buffer_status(out, error);
    });
    return status ? explain(status, path, true, error) : STATUS_OK;
}

enum status index_ledger(const char *path, struct buffer *out, struct error *error)
{
    enum status status = fenced(error, [=] { return look_for_index(path, error); });
    if (status)
        return status;
    enum status format = STATUS_OK; // its message is complete
    status = using_index(error, [&] {
        Xapian::Database database(std::string(path) + "/" INDEX_DATABASE, Xapian::DB_BACKEND_GLASS);
        format = check_format(database, path, error);
        if (!format)
            read_ledger(database, out);
        return STATUS_OK;
    });
    if (status)
        return explain(status, path, true, error);
    return format ? format : buffer_status(out, error);
}

// ---- the scan -------------------------------------------------------------------------------

enum status index_scan_open(const char *path, const char *fingerprint, struct index_scan **out,
                            struct error *error)
{
    enum status status = fenced(error, [=] { return look_for_index(path, error); });
    if (status)
        return status;
    std::unique_ptr<index_scan> scan;
    status = using_index(error, [&] {
        scan = std::make_unique<index_scan>();
        scan->database =
            Xapian::Database(std::string(path) + "/" INDEX_DATABASE, Xapian::DB_BACKEND_GLASS);
        return STATUS_OK;
    });
    if (status)
        return explain(status, path, true, error);
    status =
        fenced(error, [&] { return check_identity(scan->database, path, fingerprint, error); });
    if (!status)
        *out = scan.release();
    return status;
}

void index_scan_free(struct index_scan *scan)
{
    fenced(nullptr, [=] {
        delete scan;
        return STATUS_OK;
    });
}

void index_scan_freep(struct index_scan **scan)
{
    index_scan_free(*scan);
}

enum status index_scan_tables(const char *path, void (*report)(void *context, const char *line),
                              void *context, size_t *problems, struct error *error)
{
    enum status status = fenced(error, [=] { return look_for_index(path, error); });
    if (status)
        return status;
    struct error thrown;
    status = using_index(&thrown, [=] {
        std::ostringstream out;
        *problems = Xapian::Database::check(std::string(path) + "/" INDEX_DATABASE, 0, &out);
        std::istringstream lines(*problems ? out.str() : "");
        for (std::string line; std::getline(lines, line);) {
            if (!line.empty())
                report(context, line.c_str());
        }
        return STATUS_OK;
    });
    if (status == STATUS_NO_MEMORY)
        return error_set(error, status, "%s", thrown.message);
    if (status) { // too damaged to be checked
        *problems = 1;
        report(context, thrown.message);
    }
    return STATUS_OK;
}

enum status index_scan_terms(struct index_scan *scan, const char *prefix, index_scan_sink *sink,
                             void *context, struct error *error)
{
    return using_index(error, [=] {
        for (auto i = scan->database.allterms_begin(prefix);
             i != scan->database.allterms_end(prefix); ++i) {
            const std::string &term = *i;
            enum status status = sink(context, text_of_bytes(term.data(), term.size()), error);
            if (status)
                return status;
        }
        return STATUS_OK;
    });
}

enum status index_scan_records(struct index_scan *scan, struct text term, index_scan_sink *sink,
                               void *context, struct error *error)
{
    return using_index(error, [=] {
        std::string name = string_of(term);
        for (auto i = scan->database.postlist_begin(name); i != scan->database.postlist_end(name);
             ++i) {
            std::string data = scan->database.get_document(*i).get_data();
            enum status status = sink(context, text_of_bytes(data.data(), data.size()), error);
            if (status)
                return status;
        }
        return STATUS_OK;
    });
}

enum status index_scan_count(struct index_scan *scan, struct text term, unsigned long *documents,
                             unsigned long *with_term, struct error *error)
{
    return fenced(error, [=] {
        *documents = scan->database.get_doccount();
        *with_term = scan->database.get_termfreq(string_of(term));
        return STATUS_OK;
    });
}
