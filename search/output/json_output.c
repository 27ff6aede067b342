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

enum status json_output_write(const struct output *output, const struct result_list *list,
                              struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++)
        status = put_line(output, result_json(&list->results[i]), error);
    for (size_t i = 0; i < list->group_count && !status; i++)
        status = put_line(output, result_group_json(&list->groups[i]), error);
    if (!status && output->counts)
        status = put_line(output, result_counts_json(list), error);
    return status;
}
