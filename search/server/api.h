/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The JSON interface; page/openapi.json describes it. */
#ifndef DAFU_SEARCH_SERVER_API_H
#define DAFU_SEARCH_SERVER_API_H

#include <jansson.h>

#include "search/server/routes.h"

enum status api_search(struct call *call, struct response *response);
enum status api_facets(struct call *call, struct response *response);
enum status api_reply(struct call *call, struct response *response);   /* /api/reply/ID */
enum status api_similar(struct call *call, struct response *response); /* /api/similar/ID */
enum status api_suggest(struct call *call, struct response *response);

/* The object as the answer; takes it. NULL: out of memory. */
enum status api_send(json_t *object, struct response *response, struct error *error);

/* {"error": {"status", "message"}} */
void api_failure(struct text name, struct text message, struct response *response);

#endif
