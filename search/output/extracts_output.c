/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/extracts_output.h"

#include "indexer/base/utf8.h"
#include "search/output/citation.h"
#include "search/output/csv.h"
#include "search/output/result_json.h"
#include "search/output/wrap.h"

#define INDENT 4

static struct text sentence_of(const struct commitment *commitment)
{
    return text_slice(commitment->passage.text, commitment->start, commitment->length);
}

static struct text figure_sentence(const struct figure_result *result)
{
    return text_trim(text_slice(result->passage.text, result->figure.sentence_start,
                                result->figure.sentence_length));
}

static struct text written(const struct figure_result *result)
{
    return text_slice(result->passage.text, result->figure.start, result->figure.length);
}

/* ---- json ---- */

static bool set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

/* What both have: where it stands. */
static bool set_place(json_t *object, const struct reply_record *reply,
                      const struct passage_record *passage)
{
    char citation[CITATION_MAX];
    return reply_json_add(object, reply) && set(object, "path", text_json(passage->path)) &&
           set(object, "role", json_string(role_name(passage->role))) &&
           set(object, "paragraph", json_integer(passage->paragraph)) &&
           set(object, "docno", text_json(passage->docno)) &&
           set(object, "reply", text_json(passage->reply)) &&
           set(object, "citation", text_json(citation_write(reply, passage, citation)));
}

static json_t *checked(json_t *object, bool good)
{
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

json_t *commitment_json(const struct commitment *commitment)
{
    json_t *object = json_object();
    return checked(object, set(object, "rank", json_integer((json_int_t)commitment->rank)) &&
                               set(object, "score", json_real(commitment->score)) &&
                               set(object, "sentence", text_json(sentence_of(commitment))) &&
                               set(object, "deadline", text_json(commitment->deadline)) &&
                               set_place(object, &commitment->reply, &commitment->passage));
}

json_t *figure_json(const struct figure_result *result)
{
    const struct figure *figure = &result->figure;
    json_t *object = json_object();
    bool good = set(object, "rank", json_integer((json_int_t)result->rank)) &&
                set(object, "score", json_real(result->score)) &&
                set(object, "measure", text_json(figure->measure)) &&
                set(object, "year", result->year ? json_integer(result->year) : json_null()) &&
                set(object, "year_said", json_boolean(result->year_said)) &&
                set(object, "written", text_json(written(result))) &&
                set(object, "low", json_real(figure->low)) &&
                set(object, "high", json_real(figure->high)) &&
                set(object, "unit", text_json(figure->unit)) &&
                set(object, "bound", json_string(figure_bound_name(figure->bound))) &&
                set(object, "change", json_integer(figure->direction)) &&
                set(object, "basis", text_json(figure->basis)) &&
                set(object, "sentence", text_json(figure_sentence(result))) &&
                set_place(object, &result->reply, &result->passage);
    return checked(object, good);
}

/* ---- csv ---- */

#define PLACE_COLUMNS                                                                              \
    "title", "issuer", "document_number", "date", "session", "kind", "proposal_number", "area",    \
        "path", "role", "paragraph", "docno", "reply", "citation", "source"

static void put_place_fields(struct csv *csv, const struct reply_record *reply,
                             const struct passage_record *passage)
{
    char citation[CITATION_MAX];
    const struct text facts[] = {
        reply->title,           reply->issuer,
        reply->document_number, reply->date,
        reply->session,         reply->kind,
        reply->proposal_number, reply->area,
        passage->path,          text_of(role_name(passage->role)),
    };
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        csv_text(csv, facts[i]);
    csv_number(csv, passage->paragraph, 0);
    csv_text(csv, passage->docno);
    csv_text(csv, passage->reply);
    csv_text(csv, citation_write(reply, passage, citation));
    csv_text(csv, reply->source);
    csv_end_row(csv);
}

static void put_commitment_row(struct csv *csv, const struct commitment *commitment)
{
    csv_number(csv, (double)commitment->rank, 0);
    csv_number(csv, commitment->score, 6);
    csv_text(csv, sentence_of(commitment));
    csv_text(csv, commitment->deadline);
    put_place_fields(csv, &commitment->reply, &commitment->passage);
}

static void put_exact(struct csv *csv, double number)
{
    char digits[40];
    snprintf(digits, sizeof(digits), "%.15g", number); /* never negative */
    csv_text(csv, text_of(digits));
}

static void put_figure_row(struct csv *csv, const struct figure_result *result)
{
    const struct figure *figure = &result->figure;
    char year[16] = "";
    if (result->year)
        snprintf(year, sizeof(year), "%u", result->year);
    csv_number(csv, (double)result->rank, 0);
    csv_number(csv, result->score, 6);
    csv_text(csv, figure->measure);
    csv_text(csv, text_of(year));
    csv_text(csv, result->year_said ? TEXT("true") : TEXT("false"));
    csv_text(csv, written(result));
    put_exact(csv, figure->low);
    put_exact(csv, figure->high);
    csv_text(csv, figure->unit);
    csv_text(csv, text_of(figure_bound_name(figure->bound)));
    csv_number(csv, figure->direction, 0);
    csv_text(csv, figure->basis);
    csv_text(csv, figure_sentence(result));
    put_place_fields(csv, &result->reply, &result->passage);
}

/* ---- text ---- */

static void put_wrapped(const struct output *output, struct text text)
{
    struct wrap wrap = { output->stream, output->columns, INDENT, 0, output->bold };
    wrap_text(&wrap, text, NULL);
    fputc('\n', output->stream);
}

/* The line below: 机关：《题名》（文号），日期，第3段. */
static void put_citation(const struct output *output, const struct reply_record *reply,
                         const struct passage_record *passage)
{
    char citation[CITATION_MAX];
    put_wrapped(output, citation_write(reply, passage, citation));
}

static void put_sentence(const struct output *output, const struct commitment *commitment)
{
    struct wrap wrap = { output->stream, output->columns, INDENT, 0, output->bold };
    wrap.at = (size_t)fprintf(output->stream, "%2zu  ", commitment->rank);
    wrap_text(&wrap, sentence_of(commitment), NULL);
    fputc('\n', output->stream);
    if (commitment->deadline.length) {
        wrap = (struct wrap) { output->stream, output->columns, INDENT, 0, output->bold };
        wrap_text(&wrap, TEXT("时限："), NULL);
        wrap_text(&wrap, commitment->deadline, NULL);
        fputc('\n', output->stream);
    }
    put_citation(output, &commitment->reply, &commitment->passage);
}

/* " 1  2025  公用充电桩  9860个  +同比" */
static void put_figure(const struct output *output, const struct figure_result *result)
{
    static const char *const BOUNDS[] = { "", "约 ", "超过 ", "不超过 " };
    const struct figure *figure = &result->figure;
    struct wrap wrap = { output->stream, output->columns, INDENT, 0, output->bold };
    wrap.at = (size_t)fprintf(output->stream, "%2zu  ", result->rank);
    if (result->year)
        wrap.at +=
            (size_t)fprintf(output->stream, "%u%s  ", result->year, result->year_said ? "" : "?");
    wrap_text(&wrap, figure->measure.length ? figure->measure : TEXT("（未说明）"), NULL);
    fputs("  ", output->stream);
    wrap.at += 2;
    wrap_text(&wrap, text_of(BOUNDS[figure->bound]), NULL);
    wrap_text(&wrap, written(result), NULL);
    if (figure->direction) {
        fputs(figure->direction > 0 ? "  ↑" : "  ↓", output->stream);
        wrap.at += 3;
        wrap_text(&wrap, figure->basis, NULL);
    }
    fputc('\n', output->stream);
}

static bool same_sentence(const struct figure_result *one, const struct figure_result *other)
{
    return one->passage.ordinal == other->passage.ordinal &&
           one->figure.sentence_start == other->figure.sentence_start &&
           text_equal(one->passage.reply, other->passage.reply);
}

/* The sentence stands below the last of its figures. */
static void put_figures(const struct output *output, const struct figure_result_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct figure_result *result = &list->figures[i];
        if (i && !same_sentence(result, result - 1))
            fputc('\n', output->stream);
        put_figure(output, result);
        if (i + 1 < list->count && same_sentence(result, result + 1))
            continue;
        put_wrapped(output, figure_sentence(result));
        put_citation(output, &result->reply, &result->passage);
    }
}

/* ---- the lists ---- */

enum status commitments_write(const struct output *output, enum extract_format format,
                              const struct commitment_list *list, struct error *error)
{
    static const char *const COLUMNS[] = { "rank", "score", "sentence", "deadline", PLACE_COLUMNS };
    struct csv csv = { output->stream, false };
    enum status status = STATUS_OK;
    if (format == EXTRACT_CSV)
        csv_header(&csv, COLUMNS, sizeof(COLUMNS) / sizeof(*COLUMNS));
    for (size_t i = 0; i < list->count && !status; i++) {
        if (format == EXTRACT_JSON)
            status =
                json_line_write(output->stream, commitment_json(&list->commitments[i]), 15, error);
        else if (format == EXTRACT_CSV)
            put_commitment_row(&csv, &list->commitments[i]);
        else {
            fputs(i ? "\n" : "", output->stream);
            put_sentence(output, &list->commitments[i]);
        }
    }
    return status;
}

enum status figures_write(const struct output *output, enum extract_format format,
                          const struct figure_result_list *list, struct error *error)
{
    static const char *const COLUMNS[] = {
        "rank", "score", "measure", "year",   "year_said", "written",  "low",
        "high", "unit",  "bound",   "change", "basis",     "sentence", PLACE_COLUMNS,
    };
    struct csv csv = { output->stream, false };
    enum status status = STATUS_OK;
    if (format == EXTRACT_CSV)
        csv_header(&csv, COLUMNS, sizeof(COLUMNS) / sizeof(*COLUMNS));
    for (size_t i = 0; i < list->count && !status; i++) {
        if (format == EXTRACT_JSON)
            status = json_line_write(output->stream, figure_json(&list->figures[i]), 15, error);
        else if (format == EXTRACT_CSV)
            put_figure_row(&csv, &list->figures[i]);
    }
    if (format == EXTRACT_TEXT)
        put_figures(output, list);
    return status;
}
