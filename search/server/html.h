/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing HTML. Text from outside goes through html_text or html_url, in content and in quoted
 * attributes alike; what goes through html_raw is ours. */
#ifndef DAFU_SEARCH_SERVER_HTML_H
#define DAFU_SEARCH_SERVER_HTML_H

#include "indexer/base/buffer.h"

static inline void html_raw(struct buffer *out, const char *markup)
{
    buffer_append(out, text_of(markup));
}

/* & < > " ' become references. */
void html_text(struct buffer *out, struct text text);

/* Percent-encodes all but unreserved characters (RFC 3986), for a part of a path or a query. */
void html_url(struct buffer *out, struct text text);

#endif
