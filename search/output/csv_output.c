/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One row per passage, with a citation that can be pasted. */
#include "search/output/citation.h"
#include "search/output/csv.h"
#include "search/output/output.h"

static const char *const COLUMNS[] = {
    "rank",
    "score",
    "title",
    "issuer",
    "document_number",
    "date",
    "session",
    "kind",
    "proposal_number",
    "area",
    "path",
    "role",
    "paragraph",
    "text",
    "citation",
    "reply",
    "docno",
    "source",
};

static void put_row(struct csv *csv, const struct output *output, const struct result *result,
                    size_t rank)
{
    const struct reply_record *reply = &result->reply;
    const struct passage_record *passage = &result->passage;
    const struct text facts[] = {
        reply->title,           reply->issuer,
        reply->document_number, reply->date,
        reply->session,         reply->kind,
        reply->proposal_number, reply->area,
        passage->path,          text_of(role_name(passage->role)),
    };
    if (output->topic.length)
        csv_text(csv, output->topic);
    csv_number(csv, (double)rank, 0);
    csv_number(csv, result->score, 6);
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        csv_text(csv, facts[i]);
    csv_number(csv, passage->paragraph, 0);
    csv_text(csv, passage->text);
    char citation[CITATION_MAX];
    csv_text(csv, citation_write(reply, passage, citation));
    csv_text(csv, passage->reply);
    csv_text(csv, passage->docno);
    csv_text(csv, reply->source);
    csv_end_row(csv);
}

enum status csv_output_write(const struct output *output, const struct result_list *list,
                             struct error *error)
{
    struct csv csv = { output->stream, false };
    if (output->first) {
        if (output->topic.length)
            csv_text(&csv, TEXT("topic"));
        csv_header(&csv, COLUMNS, sizeof(COLUMNS) / sizeof(*COLUMNS));
    }
    for (size_t i = 0; i < list->count; i++)
        put_row(&csv, output, &list->results[i], list->results[i].rank);
    for (size_t i = 0; i < list->group_count; i++)
        for (size_t j = 0; j < list->groups[i].count; j++)
            put_row(&csv, output, &list->groups[i].results[j], list->groups[i].rank);
    return STATUS_OK;
}
