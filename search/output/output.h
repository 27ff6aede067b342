/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results for people, for programs and for evaluation: one interface, one row per format. */
#ifndef DAFU_SEARCH_OUTPUT_OUTPUT_H
#define DAFU_SEARCH_OUTPUT_OUTPUT_H

#include <stdio.h>

#include "search/searcher/searcher.h"

struct output {
    FILE *stream;
    bool bold;              /* the terminal shows matched words bold */
    size_t columns;         /* of the terminal */
    struct text topic;      /* id of the query in a file of topics; empty outside one */
    struct text line;       /* the query */
    struct text suggestion; /* what it may have been meant to be (searcher_suggest); or empty */
    bool first;             /* of several that are written one after the other: a table begins */
    bool counts;            /* total and facets too: of text and json */
};

struct output_format {
    const char *name;
    size_t limit;           /* results, when nothing is said */
    bool bare;              /* needs passages only */
    bool one_per_paragraph; /* each docno once */
    enum status (*write)(const struct output *output, const struct result_list *list,
                         struct error *error);
};

enum output_kind { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_TREC, OUTPUT_CSV, OUTPUT_COUNT };
#define OUTPUT_CHOICES "text|json|trec|csv"
extern const struct output_format OUTPUTS[OUTPUT_COUNT];

/* text  for reading: rank, title, score; agency, number, date; headings; passage; place */
enum status text_output_write(const struct output *output, const struct result_list *list,
                              struct error *error);

/* json  one object per line, all keys always there ("" and [] when there is nothing):
 *   topic            only with --topics: id of the query
 *   rank, score      from 1; comparable within one query
 *   reply, docno     id of the reply; name of the paragraph in TREC runs
 *   title, subject, issuer, document_number, date, session, kind, proposal_number, area
 *   path, role, paragraph   headings above joined by " › "; English name; 1-based
 *   text             the passage
 *   highlights       [[start, length], ...] of the matched words, in characters (code points) of text
 *   snippet          [start, length] of the part that is worth showing, likewise
 *   source, source_offset, source_length   file and bytes in it
 *   sources          [source, ...]: where the same reply lies too
 *   parts            only with options->explain: [{part, of, score}, ...], which add up to the score;
 *                    part is one of SCORE_PART_NAMES, of the word or "" (search/searcher/result.h)
 * Grouped, one object per reply: topic, rank, score, reply, title … area, source, sources and
 *   found            passages of the reply among the candidates
 *   passages         [{rank, score, docno, path … snippet, source_offset, source_length}, ...]
 * With counts, a last object:
 *   total, total_exact   passages that match; false: an estimate
 *   replies          that they are of; null when they were not counted
 *   facets           {"agency": {"distinct": 12, "values": [{value, passages, replies, selected}]}}:
 *                    agency, place, year, session, kind, class, role
 *   read_as          the line with characters for its pinyin; or ""
 *   suggestion       您是不是要找; or ""
 *   warnings         [{kind, column, length, message}, ...]: column and length in characters,
 *                    column from 1
 *   missing          ["10.0.0.3:7101", ...]: shards that did not answer, as the collection's file has
 *                    them; only when there are any
 * When nothing is found and one of these tells something, and always with missing ones, they are
 * there without counts, too. */
enum status json_output_write(const struct output *output, const struct result_list *list,
                              struct error *error);

/* trec  "topic Q0 docno rank score dafu", scores strictly descending */
enum status trec_output_write(const struct output *output, const struct result_list *list,
                              struct error *error);

/* csv  RFC 4180 (csv.h) with a line of names, one row per passage: topic only with --topics, rank
 * (grouped: of the reply), score, title, issuer, document_number, date, session, kind,
 * proposal_number, area, path, role, paragraph, text, citation, reply, docno, source */
enum status csv_output_write(const struct output *output, const struct result_list *list,
                             struct error *error);

#endif
