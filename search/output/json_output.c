/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines. */
#include "search/output/output.h"
#include "search/output/result_json.h"

/* Takes `object`, which may be NULL. The topic comes first. */
static enum status put_line(const struct output *output, json_t *object, struct error *error)
{
    json_t *line = output->topic.length && object ? json_object() : object;
    if (line != object) {
        bool failed = json_object_set_new(line, "topic", text_json(output->topic)) ||
                      json_object_update(line, object);
        json_decref(object);
        if (failed) {
            json_decref(line);
            line = NULL;
        }
    }
    return json_line_write(output->stream, line, 8, error);
}

/* The counts, with what is told of the line. */
static json_t *last_object(const struct output *output, const struct result_list *list)
{
    json_t *line = result_line_json(list, output->suggestion);
    json_t *object = output->counts ? result_counts_json(list) : NULL;
    if (!output->counts)
        return line;
    if (json_object_update(object, line)) {
        json_decref(object);
        object = NULL;
    }
    json_decref(line);
    return object;
}

enum status json_output_write(const struct output *output, const struct result_list *list,
                              struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++)
        status = put_line(output, result_json(&list->results[i]), error);
    for (size_t i = 0; i < list->group_count && !status; i++)
        status = put_line(output, result_group_json(&list->groups[i]), error);
    bool told = list->read_as.length || output->suggestion.length || list->warnings.count;
    bool missing = list->missing && list->missing[0];
    if (!status && (output->counts || missing || (told && !list->count && !list->group_count)))
        status = put_line(output, last_object(output, list), error);
    return status;
}
