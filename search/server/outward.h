/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a reply is told to clients. The id of a reply, and its sources, are files of this machine,
 * whose folders are nobody else's business: outside, a reply goes by its key, and of a source only
 * the file's name is told, or the address on the web that it declares. */
#ifndef DAFU_SEARCH_SERVER_OUTWARD_H
#define DAFU_SEARCH_SERVER_OUTWARD_H

#include <jansson.h>

#include "search/searcher/reading.h"
#include "search/searcher/similar.h"
#include "search/server/routes.h"

/* The id of the reply that the call's path names by its key. STATUS_NOT_FOUND. */
enum status outward_find(struct call *call, struct text *id);

/* Each changes what it is given. STATUS_NO_MEMORY. */
enum status outward_list(struct call *call, struct result_list *list);
enum status outward_reading(struct call *call, struct reading *reading);
enum status outward_similar(struct call *call, struct similar_list *list);

/* The metadata of a reply that outward_reading has changed, as an object. NULL: no memory. */
json_t *outward_metadata(const struct reply_record *reply);

#endif
