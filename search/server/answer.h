/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers as libmicrohttpd takes them, with the headers that all of ours have. */
#ifndef DAFU_SEARCH_SERVER_ANSWER_H
#define DAFU_SEARCH_SERVER_ANSWER_H

#include "search/server/exchange.h"
#include "search/server/handler.h"

/* A header of the request; empty: it has none. */
struct text answer_request_header(struct MHD_Connection *connection, const char *name);

/* The connection among those that are watched; NULL: it is not. */
struct connection *answer_watched(struct MHD_Connection *connection);

/* Queues the response, whose body goes over to libmicrohttpd. */
enum MHD_Result answer_send(struct http *http, struct exchange *exchange,
                            struct response *response);

/* An answer without a search; `seconds` until it is worth while to ask again, 0: not said. */
enum MHD_Result answer_refuse_for(struct http *http, struct exchange *exchange, unsigned code,
                                  const char *name, const char *message, unsigned seconds);
enum MHD_Result answer_refuse(struct http *http, struct exchange *exchange, unsigned code,
                              const char *name, const char *message);

#endif
