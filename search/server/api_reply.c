/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The API about one reply, and completions. */
#include "search/output/reply_output.h"
#include "search/output/result_json.h"
#include "search/output/similar_output.h"
#include "search/searcher/completion.h"
#include "search/searcher/reading.h"
#include "search/server/api.h"
#include "search/server/outward.h"
#include "search/server/state.h"
#include "search/server/words.h"

/* The passage's own keys of a result. */
static json_t *passage_json(const struct result *result)
{
    static const char *const OTHERS[] = { "rank",    "score",   "reply",           "title",
                                          "issuer",  "subject", "document_number", "date",
                                          "session", "kind",    "proposal_number", "area",
                                          "source",  "sources", "snippet" };
    json_t *object = result_json(result);
    for (size_t i = 0; object && i < sizeof(OTHERS) / sizeof(*OTHERS); i++)
        json_object_del(object, OTHERS[i]);
    return object;
}

enum status api_reply(struct call *call, struct response *response)
{
    struct text line = request_get(call->request, TEXT("q")), id;
    struct reading reading;
    if (line.length > QUERY_BYTES_MAX)
        return error_set(call->error, STATUS_LIMIT, "the query is longer than %d bytes",
                         QUERY_BYTES_MAX);
    enum status status = outward_find(call, &id);
    if (!status)
        status = searcher_read(call->searcher, id, line, call->arena, &reading, call->error);
    if (!status)
        status = outward_reading(call, &reading);
    if (status)
        return status;
    json_t *object = json_pack("{s: o}", "reply", text_json(reading.reply.id));
    json_t *passages = json_array(), *metadata = outward_metadata(&reading.reply);
    bool failed = !reply_json_add(object, &reading.reply);
    for (size_t i = 0; i < reading.count; i++)
        failed |= json_array_append_new(passages, passage_json(&reading.results[i])) != 0;
    failed |= json_object_set_new(object, "metadata", metadata) != 0;
    failed |=
        json_object_set_new(object, "sections",
                            reply_sections_json(reading.sections, reading.section_count)) != 0;
    failed |= json_object_set_new(object, "passages", passages) != 0;
    if (failed) {
        json_decref(object);
        object = NULL;
    }
    return api_send(object, response, call->error);
}

#define SIMILAR_MAX 20
#define OVERLAPS_SHOWN 3

enum status api_similar(struct call *call, struct response *response)
{
    struct similar_list list = { 0 };
    struct similar_options options = { .overlaps = OVERLAPS_SHOWN };
    struct text *passages, id;
    size_t count;
    enum status status =
        request_count(call->request, "limit", SIMILAR_MAX, 5, &options.limit, call->error);
    if (!status)
        status = outward_find(call, &id);
    if (!status)
        status = searcher_similar_to(call->searcher, id, &options, call->arena, &passages, &count,
                                     &list, call->error);
    if (!status || status == STATUS_EMPTY) /* nothing to go by */
        status = outward_similar(call, &list);
    if (status)
        return status;
    json_t *results = json_array();
    for (size_t i = 0; i < list.count; i++)
        json_array_append_new(results, similar_json(&list.replies[i], passages));
    return api_send(json_pack("{s: o, s: o}", "reply", text_json(call->rest), "results", results),
                    response, call->error);
}

static const char *label_of(enum language language, enum completion_kind kind)
{
    static const char *const LABELS[COMPLETION_COUNT][2] = {
        [COMPLETION_READING] = { "拼音", "pinyin" },
        [COMPLETION_AGENCY] = { "机关", "agency" },
        [COMPLETION_PLACE] = { "地区", "place" },
        [COMPLETION_NUMBER] = { "文号", "number" },
        [COMPLETION_WORD] = { "", "" },
        [COMPLETION_SUBJECT] = { "案由", "subject" },
    };
    return LABELS[kind][language == LANGUAGE_ENGLISH];
}

enum status api_suggest(struct call *call, struct response *response)
{
    struct text line = request_get(call->request, TEXT("q"));
    struct completion completions[COMPLETIONS_MAX];
    size_t limit, count = 0;
    enum status status =
        request_count(call->request, "limit", COMPLETIONS_MAX, 8, &limit, call->error);
    if (!status)
        status = searcher_complete(call->searcher, line, limit, call->arena, completions, &count,
                                   call->error);
    if (status)
        return status;
    json_t *suggestions = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            suggestions, json_pack("{s: o, s: s, s: s}", "text", text_json(completions[i].text),
                                   "kind", COMPLETION_NAMES[completions[i].kind], "label",
                                   label_of(call->language, completions[i].kind)));
    return api_send(json_pack("{s: o, s: o}", "query", text_json(line), "suggestions", suggestions),
                    response, call->error);
}
