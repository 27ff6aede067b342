/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searches go to the pool, and their connections rest until it wakes them. */
#ifndef DAFU_SEARCH_SERVER_HANDOVER_H
#define DAFU_SEARCH_SERVER_HANDOVER_H

#include "search/server/exchange.h"
#include "search/server/handler.h"

/* Hands the work over when it is called for the second time, or refuses it. */
enum MHD_Result handover_search(struct http *http, struct exchange *exchange);

#endif
