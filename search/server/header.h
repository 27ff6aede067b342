/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The request headers that we read ourselves. Their values are any bytes a client sends; a header
 * that is absent is an empty text. */
#ifndef DAFU_SEARCH_SERVER_HEADER_H
#define DAFU_SEARCH_SERVER_HEADER_H

#include "indexer/base/text.h"

enum language { LANGUAGE_CHINESE, LANGUAGE_ENGLISH };

/* Accept-Language (RFC 9110, section 12.5.4): English only where it is liked better than Chinese. */
enum language header_language(struct text value);

/* Accept-Encoding: whether gzip is welcome. */
bool header_gzip(struct text value);

/* If-None-Match: whether `etag` (with its quotes) is among the listed ones. */
bool header_matches(struct text value, struct text etag);

/* Authorization: "Bearer TOKEN", or "Basic …" with the token as password, which is what a browser
 * can send. Takes the same time wherever they differ. An empty token never matches. */
bool header_authorized(struct text value, struct text token);

#endif
