/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The JSON interface; page/openapi.json describes it. */
#ifndef DAFU_SEARCH_SERVER_API_H
#define DAFU_SEARCH_SERVER_API_H

#include "search/server/routes.h"

enum status api_search(struct call *call, struct response *response);
enum status api_facets(struct call *call, struct response *response);

/* {"error": {"status", "message"}} */
void api_failure(struct text name, struct text message, struct response *response);

#endif
