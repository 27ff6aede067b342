/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct match -> Xapian::Query. */
#include "search/index/reader_state.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#define MATCH_DEPTH_MAX 64

namespace reading
{

static std::string record_term(const char *kind)
{
    return std::string(FIELDS[FIELD_RECORD].prefix) + kind;
}

bool is_character(struct text term)
{
    return text_starts_with(term, text_of(FIELD_CHARACTER_PREFIX));
}

std::string character_of(struct text term)
{
    return bytes_of(term).substr(strlen(FIELD_CHARACTER_PREFIX));
}

static std::vector<Xapian::Query> queries_of(const struct index_reader *reader,
                                             const struct match *match, size_t first, int depth)
{
    std::vector<Xapian::Query> queries;
    for (size_t i = first; i < match->child_count; i++)
        queries.push_back(query_of(reader, match->children[i], depth + 1));
    return queries;
}

static Xapian::Query combine(const struct index_reader *reader, Xapian::Query::op op,
                             const struct match *match, int depth)
{
    std::vector<Xapian::Query> queries = queries_of(reader, match, 0, depth);
    return Xapian::Query(op, queries.begin(), queries.end());
}

static size_t segment_count(const struct index_reader *reader)
{
    size_t count = 0;
    for (const auto &shard : reader->shards)
        count += shard->head.segment_count;
    return count;
}

/* Xapian takes the children of an OR under OP_MAX for children of the OP_MAX, so that only the best
 * term of the OR would count. It does not look through a factor, and drops one of exactly 1.
 *
 * When the last two children of an OP_MAX end with one and the same document, Xapian 1.4.22 frees both
 * and reads them again while it goes on in the next database. So there it must never come to its end:
 * it finds everything, and what the children find goes before it. (Of an AND's children the rarest
 * goes first, the first of equally rare ones.) */
static Xapian::Query largest(const struct index_reader *reader, const struct match *match,
                             int depth)
{
    const double ONE = 1 - 1e-12;
    std::vector<Xapian::Query> queries = queries_of(reader, match, 0, depth);
    for (Xapian::Query &query : queries)
        query = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, ONE);
    if (segment_count(reader) < 2 || queries.size() < 2)
        return Xapian::Query(Xapian::Query::OP_MAX, queries.begin(), queries.end());
    Xapian::Query any(Xapian::Query::OP_OR, queries.begin(), queries.end());
    queries.push_back(Xapian::Query::MatchAll);
    return Xapian::Query(Xapian::Query::OP_AND,
                         Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, any, 0),
                         Xapian::Query(Xapian::Query::OP_MAX, queries.begin(), queries.end()));
}

/* The first child against the others: `op` takes exactly two sides. */
static Xapian::Query oppose(const struct index_reader *reader, Xapian::Query::op op,
                            Xapian::Query::op others, const struct match *match, int depth)
{
    if (match->child_count == 0)
        return Xapian::Query();
    Xapian::Query first = query_of(reader, match->children[0], depth + 1);
    if (match->child_count == 1)
        return first;
    std::vector<Xapian::Query> queries = queries_of(reader, match, 1, depth);
    return Xapian::Query(op, first, Xapian::Query(others, queries.begin(), queries.end()));
}

static Xapian::Query range_of(const struct match *match)
{
    if (!match->low.length && !match->high.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, match->slot, std::string(1, '\0'));
    if (!match->low.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, match->slot, std::string(1, '\0'),
                             bytes_of(match->high));
    if (!match->high.length)
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, match->slot, bytes_of(match->low));
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, match->slot, bytes_of(match->low),
                         bytes_of(match->high));
}

/* A term whose idf is ln(1 + (N - n + .5) / (n + .5)), N the passages, which is never negative and
 * falls smoothly, in place of BM25Weight's, which is bent for frequent terms. */
static Xapian::Query term_of(const struct index_reader *reader, const struct match *match)
{
    std::string term = bytes_of(match->term);
    Xapian::Query query(term, match->frequency ? match->frequency : 1);
    double with = frequency_of(reader, term);
    double documents = reader->database.get_doccount();
    if (with <= 0)
        return query;
    double odds = (documents - with + 0.5) / (with + 0.5);
    double its = std::log(odds < 2 ? odds * 0.5 + 1 : odds);
    double n = std::min(with, reader->passages);
    double ours = std::log(1 + (reader->passages - n + 0.5) / (n + 0.5));
    return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, ours / its);
}

Xapian::Query query_of(const struct index_reader *reader, const struct match *match, int depth)
{
    if (depth > MATCH_DEPTH_MAX)
        throw Xapian::InvalidArgumentError("match nested too deeply");
    switch (match->kind) {
    case MATCH_NOTHING:
        return Xapian::Query::MatchNothing;
    case MATCH_EVERYTHING: /* every passage: records are no answers */
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(record_term("passage")),
                             0);
    case MATCH_TERM:
        if (is_character(match->term))
            return Xapian::Query(Xapian::Query::OP_WILDCARD, character_of(match->term), 0,
                                 Xapian::Query::WILDCARD_LIMIT_ERROR, Xapian::Query::OP_SYNONYM);
        return term_of(reader, match);
    case MATCH_AND:
        return combine(reader, Xapian::Query::OP_AND, match, depth);
    case MATCH_OR:
        return combine(reader, Xapian::Query::OP_OR, match, depth);
    case MATCH_MAX:
        return largest(reader, match, depth);
    case MATCH_SYNONYM:
        return combine(reader, Xapian::Query::OP_SYNONYM, match, depth);
    case MATCH_NOT:
        return oppose(reader, Xapian::Query::OP_AND_NOT, Xapian::Query::OP_OR, match, depth);
    case MATCH_FILTER:
        return oppose(reader, Xapian::Query::OP_FILTER, Xapian::Query::OP_AND, match, depth);
    case MATCH_MAYBE:
        return oppose(reader, Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_OR, match, depth);
    case MATCH_SCALE:
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                             query_of(reader, match->children[0], depth + 1), match->scale);
    case MATCH_RANGE:
        return range_of(match);
    }
    return Xapian::Query::MatchNothing;
}

} // namespace reading
