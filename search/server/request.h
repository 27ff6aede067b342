/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a client asks for: the request target (RFC 9112, section 3.2), taken apart. We read it
 * ourselves, so that one rule holds for every byte: percent-decoded once, valid UTF-8, no control
 * characters. */
#ifndef DAFU_SEARCH_SERVER_REQUEST_H
#define DAFU_SEARCH_SERVER_REQUEST_H

#include "indexer/base/arena.h"
#include "indexer/base/status.h"

#define REQUEST_TARGET_MAX 8000   /* bytes as sent */
#define REQUEST_PARAMETERS_MAX 64 /* of one request */

struct parameter {
    struct text name, value; /* decoded */
};

struct request {      /* arena-held */
    struct text path; /* decoded; begins with "/" */
    struct parameter parameters[REQUEST_PARAMETERS_MAX];
    size_t parameter_count;
};

/* Reads "/path?name=value&…". In names and values "+" is a blank; surrounding blanks and tabs stay.
 * STATUS_LIMIT: too long, or too many parameters; STATUS_INVALID: a broken escape, bad UTF-8, a
 * control character other than TAB, CR and LF (which become blanks), or no path. */
enum status request_parse(struct text target, struct arena *arena, struct request *out,
                          struct error *error);

/* The first value of the parameter; data NULL when there is none. */
struct text request_get(const struct request *request, struct text name);

/* A count between 0 and `most`, `otherwise` when the parameter is absent or empty. STATUS_MISUSE
 * for anything else; the message names the parameter. */
enum status request_count(const struct request *request, const char *name, size_t most,
                          size_t otherwise, size_t *out, struct error *error);

#endif
