/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shards that Xapian's own server serves. It takes no part of ours in a match, and every question costs
 * a way there and back; so what can be asked for many at once is, and all servers at the same time. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <thread>

using namespace reading;

const struct shard_options SHARD_OPTIONS = { 2000, 5000, false };

namespace
{

const unsigned LOST_MAX = 3; /* connections that were lost, one after the other, in one search */
const unsigned BITS = 50;    /* of a weight, one a term */
const size_t FREQUENCIES_MAX = 200000; /* kept: some 20 MB */

} // namespace

namespace reading
{

static enum status explain_server(const std::string &name, const Xapian::Error &thrown,
                                  struct error *error)
{
    const char *reason = thrown.get_error_string();
    return error_set(error, STATUS_IO, "shard \"%s\" does not answer: %s%s%s", name.c_str(),
                     thrown.get_msg().c_str(), reason ? ": " : "", reason ? reason : "");
}

/* ---- opening ---- */

static enum status connect(index_shard *shard, const struct shard_options &options,
                           const char *fingerprint, struct error *error)
{
    shard->database =
        Xapian::Remote::open(shard->host, shard->port, options.answer_ms, options.connect_ms);
    enum status status = check_shard(shard, shard->name.c_str(), fingerprint, error);
    if (!status)
        status = read_shard(shard, error);
    if (!status && !shard->is_served)
        status = error_set(error, STATUS_UNSUPPORTED,
                           "it is not made to be served: 'dafu-index publish' makes it so");
    return status ? error_prefix(error, status, "shard \"%s\"", shard->name.c_str()) : STATUS_OK;
}

static bool was_waited_for(const Xapian::Error &thrown)
{
    return strcmp(thrown.get_type(), "NetworkTimeoutError") == 0;
}

/* There was a connection, and its other end has gone. */
static bool was_lost(const Xapian::Error &thrown)
{
    const char *reason = thrown.get_error_string();
    return !was_waited_for(thrown) && !(reason && strcmp(reason, strerror(ECONNREFUSED)) == 0);
}

enum status open_server(const std::string &host, unsigned port, const std::string &name,
                        const struct shard_options &options, const char *fingerprint,
                        std::unique_ptr<index_shard> *out, struct error *error)
{
    for (unsigned lost = 1;; lost++) {
        auto shard = std::make_unique<index_shard>();
        shard->name = name;
        shard->host = host;
        shard->port = port;
        try {
            enum status status = connect(shard.get(), options, fingerprint, error);
            if (!status)
                *out = std::move(shard);
            return status;
        } catch (const Xapian::NetworkError &thrown) {
            if (lost == LOST_MAX || !was_lost(thrown))
                return explain_server(name, thrown, error);
        }
    }
}

/* ---- failures ---- */

/* Xapian says "remote:tcp(host:port)". Opening it again may help: the server may have been started
 * anew, or have closed an idle connection. One that was waited for is not waited for often. */
enum status refuse_server(struct index_reader *reader, const Xapian::Error &thrown,
                          struct error *error)
{
    std::string name = "a server";
    for (const auto &shard : reader->shards) {
        std::string address = shard->host + ":" + std::to_string(shard->port);
        if (shard->is_remote() && thrown.get_context().find(address) != std::string::npos)
            name = shard->name;
    }
    bool again = ++reader->failures[name] <= (was_waited_for(thrown) ? 1 : LOST_MAX);
    reader->failed = std::chrono::steady_clock::now();
    reader->is_broken = true;
    explain_server(name, thrown, error);
    return again || reader->options.partial ? STATUS_STALE : STATUS_IO;
}

/* ---- all at once ---- */

void each_server(const struct index_reader *reader,
                 const std::function<void(index_shard *shard)> &work)
{
    std::vector<index_shard *> servers;
    for (const auto &shard : reader->shards)
        if (shard->is_remote())
            servers.push_back(shard.get());
    std::vector<std::exception_ptr> failures(servers.size());
    std::vector<std::thread> threads;
    auto run = [&](size_t i) {
        try {
            work(servers[i]);
        } catch (...) {
            failures[i] = std::current_exception();
        }
    };
    for (size_t i = 1; i < servers.size(); i++) {
        try {
            threads.emplace_back(run, i);
        } catch (const std::system_error &) { /* no thread: then in turn */
            run(i);
        }
    }
    if (!servers.empty())
        run(0);
    for (std::thread &thread : threads)
        thread.join();
    for (const std::exception_ptr &failure : failures)
        if (failure)
            std::rethrow_exception(failure);
}

static void forget_frequencies(const struct index_reader *reader)
{
    if (reader->frequencies.size() > FREQUENCIES_MAX)
        reader->frequencies.clear();
}

/* A match that is not carried out still gathers the statistics of its terms, from all servers in one
 * go. */
void ask_frequencies(struct index_reader *reader, const std::vector<std::string> &terms)
{
    if (!reader->has_remote)
        return;
    std::vector<std::string> unknown;
    forget_frequencies(reader);
    for (const std::string &term : terms)
        if (!term.empty() && !reader->frequencies.count(term))
            unknown.push_back(term);
    if (unknown.empty())
        return;
    Xapian::Enquire enquire(reader->database);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, unknown.begin(), unknown.end()));
    Xapian::MSet set = enquire.get_mset(0, 0);
    for (const std::string &term : unknown)
        reader->frequencies[term] = set.get_termfreq(term);
}

uint32_t frequency_of(const struct index_reader *reader, const std::string &term)
{
    auto known = reader->frequencies.find(term);
    if (known != reader->frequencies.end())
        return known->second;
    forget_frequencies(reader);
    return reader->frequencies[term] = reader->database.get_termfreq(term);
}

/* ---- which documents have which terms ---- */

/* Among the documents of the candidates' replies, in one match for so many terms: each has a power of
 * two for a weight, and a document's weight tells which it has. */
static void ask_some(index_shard *shard, const Xapian::Query &replies,
                     const std::vector<std::string> &terms, size_t first, size_t last,
                     std::unordered_map<uint32_t, uint64_t> *out)
{
    std::vector<Xapian::Query> bits;
    for (size_t i = first; i < last; i++)
        bits.push_back(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(terms[i]),
                                     std::ldexp(1, static_cast<int>(i - first))));
    Xapian::Enquire enquire(shard->database);
    enquire.set_weighting_scheme(Xapian::CoordWeight());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER,
                                    Xapian::Query(Xapian::Query::OP_OR, bits.begin(), bits.end()),
                                    replies));
    Xapian::MSet set = enquire.get_mset(0, shard->database.get_doccount());
    for (auto item = set.begin(); item != set.end(); ++item)
        (*out)[*item] = static_cast<uint64_t>(item.get_weight());
}

void ask_has(index_shard *shard, const std::vector<uint32_t> &documents,
             const std::vector<std::string> &terms, std::vector<std::vector<bool>> *out)
{
    std::vector<std::string> identities;
    out->assign(terms.size(), std::vector<bool>(documents.size()));
    for (uint32_t document : documents) {
        if (!shard->identities.count(document))
            read_data(shard, document);
        identities.push_back(shard->identities[document]);
    }
    Xapian::Query replies(Xapian::Query::OP_OR, identities.begin(), identities.end());
    for (size_t first = 0; first < terms.size() && !documents.empty(); first += BITS) {
        size_t last = std::min(terms.size(), first + BITS);
        std::unordered_map<uint32_t, uint64_t> masks;
        ask_some(shard, replies, terms, first, last, &masks);
        for (size_t d = 0; d < documents.size(); d++) {
            auto mask = masks.find(documents[d]);
            for (size_t t = first; t < last && mask != masks.end(); t++)
                (*out)[t][d] = mask->second >> (t - first) & 1;
        }
    }
}

} // namespace reading
