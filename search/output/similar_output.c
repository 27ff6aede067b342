/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/similar_output.h"

#include <stdlib.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/output/citation.h"
#include "search/output/csv.h"
#include "search/output/result_json.h"
#include "search/output/wrap.h"

#define INDENT 4
#define WINDOW 160 /* code points of a passage that are shown */

/* ---- json ---- */

static json_t *range_json(struct text text, const struct text_span *span)
{
    size_t before = utf8_count(text_slice(text, 0, span->start));
    size_t length = utf8_count(text_slice(text, span->start, span->length));
    return json_pack("[I, I]", (json_int_t)before, (json_int_t)length);
}

static json_t *overlap_json(const struct similar_overlap *overlap, struct text draft)
{
    const struct passage_record *passage = &overlap->passage;
    json_t *places = json_array();
    bool failed = false;
    for (size_t i = 0; i < overlap->place_count; i++)
        failed |=
            json_array_append_new(
                places,
                json_pack("{s:o, s:o}", "draft", range_json(draft, &overlap->places[i].draft),
                          "text", range_json(passage->text, &overlap->places[i].passage))) != 0;
    json_t *object = json_pack(
        "{s:I, s:o, s:o, s:o, s:s, s:i, s:o, s:I, s:o}", "draft_passage",
        (json_int_t)overlap->draft_passage + 1, "draft_text", text_json(draft), "docno",
        text_json(passage->docno), "path", text_json(passage->path), "role",
        role_name(passage->role), "paragraph", (int)passage->paragraph, "text",
        text_json(passage->text), "characters", (json_int_t)overlap->characters, "places", places);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

json_t *similar_json(const struct similar_reply *reply, const struct text *draft)
{
    json_t *overlaps = json_array();
    bool failed = false;
    for (size_t i = 0; i < reply->overlap_count; i++)
        failed |= json_array_append_new(overlaps,
                                        overlap_json(&reply->overlaps[i],
                                                     draft[reply->overlaps[i].draft_passage])) != 0;
    json_t *object =
        json_pack("{s:I, s:f, s:f, s:o}", "rank", (json_int_t)reply->rank, "score", reply->score,
                  "copied", reply->copied, "reply", text_json(reply->reply.id));
    failed |= !object || !reply_json_add(object, &reply->reply) ||
              json_object_set_new(object, "overlaps", overlaps) != 0;
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* ---- csv ---- */

static void put_row(struct csv *csv, const struct similar_reply *reply,
                    const struct similar_overlap *overlap, const struct text *draft)
{
    const struct passage_record none = { 0 };
    const struct reply_record *record = &reply->reply;
    const struct text facts[] = { record->title,           record->issuer,
                                  record->document_number, record->date,
                                  record->session,         record->kind,
                                  record->proposal_number, record->area };
    char citation[CITATION_MAX];
    csv_number(csv, (double)reply->rank, 0);
    csv_number(csv, reply->score, 4);
    csv_number(csv, reply->copied, 4);
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        csv_text(csv, facts[i]);
    csv_number(csv, overlap ? (double)overlap->draft_passage + 1 : 0, 0);
    csv_text(csv, overlap ? draft[overlap->draft_passage] : TEXT(""));
    csv_text(csv, overlap ? overlap->passage.text : TEXT(""));
    csv_number(csv, overlap ? (double)overlap->characters : 0, 0);
    csv_text(csv, citation_write(record, overlap ? &overlap->passage : &none, citation));
    csv_text(csv, record->id);
    csv_text(csv, record->source);
    csv_end_row(csv);
}

static void put_rows(struct csv *csv, const struct similar_reply *reply, const struct text *draft)
{
    for (size_t i = 0; i < reply->overlap_count; i++)
        put_row(csv, reply, &reply->overlaps[i], draft);
    if (!reply->overlap_count)
        put_row(csv, reply, NULL, draft);
}

/* ---- text ---- */

/* The window with what is shared in it, bold or within 【】. */
static enum status put_side(const struct output *output, const char *label, struct text text,
                            const struct similar_overlap *overlap, bool draft, struct error *error)
{
    CLEANUP(cleanup_free)
    struct text_span *spans = calloc(overlap->place_count + 1, sizeof(*spans));
    CLEANUP(buffer_release) struct buffer marked = BUFFER_INIT;
    if (!spans)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < overlap->place_count; i++)
        spans[i] = draft ? overlap->places[i].draft : overlap->places[i].passage;
    const struct span_list list = { spans, overlap->place_count, 0 };
    struct snippet window = snippet_choose(text, &list, WINDOW);
    size_t at = window.start, end = window.start + window.length, shown = 0;
    struct text_span inside[64];
    buffer_append(&marked, window.cut_before ? TEXT("……") : TEXT(""));
    for (size_t i = 0; i < list.count; i++) {
        size_t from = spans[i].start, to = from + spans[i].length;
        from = from < at ? at : from;
        to = to > end ? end : to;
        if (from >= to)
            continue;
        buffer_append(&marked, text_slice(text, at, from - at));
        buffer_append(&marked, output->bold ? TEXT("") : TEXT("【"));
        if (shown < 64)
            inside[shown++] = (struct text_span) { marked.length, to - from, 0 };
        buffer_append(&marked, text_slice(text, from, to - from));
        buffer_append(&marked, output->bold ? TEXT("") : TEXT("】"));
        at = to;
    }
    buffer_append(&marked, text_slice(text, at, end - at));
    buffer_append(&marked, window.cut_after ? TEXT("……") : TEXT(""));
    enum status status = buffer_status(&marked, error);
    if (status)
        return status;
    const struct span_list bold = { inside, output->bold ? shown : 0, 0 };
    struct wrap wrap = { output->stream, output->columns, INDENT, 0, output->bold };
    wrap_text(&wrap, text_of(label), NULL);
    wrap_text(&wrap, buffer_text(&marked), &bold);
    fputc('\n', output->stream);
    return STATUS_OK;
}

static int by_passage_place(const void *a, const void *b)
{
    const struct shared_place *left = a, *right = b;
    return left->passage.start < right->passage.start ? -1
                                                      : left->passage.start > right->passage.start;
}

static enum status put_overlap(const struct output *output, const struct similar_overlap *overlap,
                               struct text draft, struct error *error)
{
    char label[64];
    CLEANUP(cleanup_free)
    struct shared_place *places = calloc(overlap->place_count + 1, sizeof(*places));
    if (!places)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    snprintf(label, sizeof(label), "稿 %zu：", overlap->draft_passage + 1);
    enum status status = put_side(output, label, draft, overlap, true, error);
    memcpy(places, overlap->places, overlap->place_count * sizeof(*places));
    qsort(places, overlap->place_count, sizeof(*places), by_passage_place);
    struct similar_overlap ordered = *overlap;
    ordered.places = places;
    snprintf(label, sizeof(label), "答 %u：", overlap->passage.paragraph);
    if (!status)
        status = put_side(output, label, overlap->passage.text, &ordered, false, error);
    return status;
}

static enum status put_reply(const struct output *output, const struct similar_reply *reply,
                             const struct text *draft, struct error *error)
{
    const struct reply_record *record = &reply->reply;
    char numbers[64];
    struct text title = record->title.length ? record->title : record->id;
    struct wrap wrap = { output->stream, output->columns, INDENT, 0, output->bold };
    wrap.at = (size_t)fprintf(output->stream, "%2zu  ", reply->rank);
    wrap_text(&wrap, title, NULL);
    snprintf(numbers, sizeof(numbers), "\n    相似 %.2f  重合 %.0f%%\n", reply->score,
             reply->copied * 100);
    fputs(numbers, output->stream);
    const struct text facts[] = { record->issuer, record->document_number, record->date };
    bool any = false;
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        if (facts[i].length) {
            fputs(any ? " · " : "    ", output->stream);
            wrap_line(output->stream, facts[i], output->columns);
            any = true;
        }
    fputs(any ? "\n" : "", output->stream);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < reply->overlap_count && !status; i++)
        status = put_overlap(output, &reply->overlaps[i], draft[reply->overlaps[i].draft_passage],
                             error);
    return status;
}

enum status similar_write(const struct output *output, enum extract_format format,
                          const struct text *draft, const struct similar_list *list,
                          struct error *error)
{
    static const char *const COLUMNS[] = {
        "rank",       "score",   "copied",     "title",           "issuer", "document_number",
        "date",       "session", "kind",       "proposal_number", "area",   "draft_passage",
        "draft_text", "text",    "characters", "citation",        "reply",  "source",
    };
    struct csv csv = { output->stream, false };
    enum status status = STATUS_OK;
    if (format == EXTRACT_CSV)
        csv_header(&csv, COLUMNS, sizeof(COLUMNS) / sizeof(*COLUMNS));
    for (size_t i = 0; i < list->count && !status; i++) {
        if (format == EXTRACT_JSON)
            status =
                json_line_write(output->stream, similar_json(&list->replies[i], draft), 6, error);
        else if (format == EXTRACT_CSV)
            put_rows(&csv, &list->replies[i], draft);
        else {
            fputs(i ? "\n" : "", output->stream);
            status = put_reply(output, &list->replies[i], draft, error);
        }
    }
    return status;
}
