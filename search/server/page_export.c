/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of results as a file, in the command line's own formats. */
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "search/output/output.h"
#include "search/server/found.h"
#include "search/server/page.h"

#define EXPORT_DEFAULT 500
#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* or a spreadsheet takes the file for GBK */

static const struct export_format {
    struct text path;
    enum output_kind kind;
    const char *type, *disposition, *before;
} FORMATS[] = {
    { TEXT_INIT("/export.csv"), OUTPUT_CSV, RESPONSE_CSV, "attachment; filename=\"dafu.csv\"",
      BYTE_ORDER_MARK },
    { TEXT_INIT("/export.jsonl"), OUTPUT_JSON, RESPONSE_JSONL,
      "attachment; filename=\"dafu.jsonl\"", "" },
};

static enum status write_list(const struct export_format *format, const struct state *state,
                              const struct result_list *list, struct buffer *out,
                              struct error *error)
{
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    if (!stream)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    const struct output output = { .stream = stream, .line = state->query, .first = true };
    enum status status = OUTPUTS[format->kind].write(&output, list, error);
    bool failed = ferror(stream) != 0;
    if (fclose(stream) != 0 || failed)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    buffer_append(out, text_of(format->before));
    buffer_append(out, text_of_bytes(bytes, length));
    return status ? status : buffer_status(out, error);
}

enum status page_export(struct call *call, struct response *response)
{
    const struct export_format *format = &FORMATS[0];
    struct state state;
    struct result_list list = { 0 };
    for (size_t i = 0; i < sizeof(FORMATS) / sizeof(*FORMATS); i++)
        if (text_equal(call->request->path, FORMATS[i].path))
            format = &FORMATS[i];
    enum status status = state_read(call, EXPORT_DEFAULT, EXPORT_MAX, &state);
    if (status)
        return status;
    const struct search_options options = { 0 };
    status = found_search(call, &state, options, &list, NULL, response);
    if (!status)
        status = write_list(format, &state, &list, &response->body, call->error);
    if (status)
        return status;
    response->type = format->type;
    response->disposition = format->disposition;
    return STATUS_OK;
}
