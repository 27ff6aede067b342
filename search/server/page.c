/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/page.h"

#include "search/server/html.h"

static void begin_page(struct call *call, struct text query, struct response *response)
{
    struct buffer *out = &response->body;
    response->type = RESPONSE_HTML;
    html_raw(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<title>答复</title>\n"
                  "<form action=\"/\" role=\"search\"><input name=\"q\" type=\"search\" value=\"");
    html_text(out, query);
    html_raw(out, "\"></form>\n");
}

enum status page_search(struct call *call, struct response *response)
{
    struct text query = request_get(call->request, TEXT("q"));
    struct search_options options = { .limit = 10, .snippet_codepoints = 220 };
    struct result_list list = { 0 };
    enum status status = STATUS_OK;
    if (query.length > QUERY_BYTES_MAX)
        return error_set(call->error, STATUS_LIMIT, "the query is longer than %d bytes",
                         QUERY_BYTES_MAX);
    if (query.length)
        status = searcher_search(call->searcher, query, &options, call->arena, &list, call->error);
    if (status)
        return status;
    begin_page(call, query, response);
    html_raw(&response->body, "<ol>\n");
    for (size_t i = 0; i < list.count; i++) {
        html_raw(&response->body, "<li>");
        html_text(&response->body, list.results[i].passage.text);
        html_raw(&response->body, "</li>\n");
    }
    html_raw(&response->body, "</ol>\n");
    return buffer_status(&response->body, call->error);
}

void page_failure(struct call *call, unsigned code, struct text message, struct response *response)
{
    begin_page(call, TEXT(""), response);
    buffer_printf(&response->body, "<h1>%u</h1><p>", code);
    html_text(&response->body, message);
    html_raw(&response->body, "</p>\n");
}
