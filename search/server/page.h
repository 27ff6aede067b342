/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages, written on the server: everything but comfort works without a script. */
#ifndef DAFU_SEARCH_SERVER_PAGE_H
#define DAFU_SEARCH_SERVER_PAGE_H

#include "search/server/routes.h"

enum status page_search(struct call *call, struct response *response);

/* A whole reply: /reply/ID. */
enum status page_reply(struct call *call, struct response *response);

/* The results as a file: /export.csv, /export.jsonl. */
enum status page_export(struct call *call, struct response *response);

/* `name` of the failure; `message` is shown where there are no better words for it. */
void page_failure(struct call *call, unsigned code, const char *name, struct text message,
                  struct response *response);

#endif
