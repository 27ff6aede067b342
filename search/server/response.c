/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/response.h"

#include <limits.h>
#include <stdio.h>
#include <zlib.h>

#include "search/server/header.h"

#define GZIP_FROM 1000 /* bytes; less fits into one packet anyway */
#define GZIP_WINDOW 31 /* zlib: 15 bits of window, gzip's header */
#define GZIP_EFFORT 5  /* of 9; a page of 100 KB takes 2 ms */
#define GZIP_MEMORY 8  /* zlib's default */

void response_init(struct response *response)
{
    *response = (struct response) { .status = 200, .type = RESPONSE_HTML };
    buffer_init(&response->body, (size_t)64 << 20);
}

void response_release(struct response *response)
{
    buffer_release(&response->body);
}

static bool compress_body(struct text body, struct buffer *out)
{
    z_stream stream = { 0 };
    if (body.length > UINT_MAX || deflateInit2(&stream, GZIP_EFFORT, Z_DEFLATED, GZIP_WINDOW,
                                               GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t bound = deflateBound(&stream, body.length);
    char *room = buffer_reserve(out, bound);
    bool done = false;
    if (room && bound <= UINT_MAX) {
        stream.next_in = (Bytef *)(uintptr_t)body.data;
        stream.avail_in = (uInt)body.length;
        stream.next_out = (Bytef *)room;
        stream.avail_out = (uInt)bound;
        done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
        out->length += stream.total_out;
    }
    deflateEnd(&stream);
    return done;
}

void response_finish(struct response *response, bool gzip)
{
    struct text body = buffer_text(&response->body);
    bool small = body.length < GZIP_FROM;
    if (response->status == 200)
        snprintf(response->etag, sizeof(response->etag), "\"%016llx%s\"", text_hash(body),
                 gzip && !small ? "-gz" : "");
    if (!gzip || small)
        return;
    struct buffer packed;
    buffer_init(&packed, response->body.ceiling);
    if (compress_body(body, &packed)) {
        buffer_release(&response->body);
        response->body = packed;
        response->compressed = true;
    } else {
        buffer_release(&packed);
    }
}

void response_condition(struct response *response, struct text if_none_match)
{
    if (response->status != 200 || !header_matches(if_none_match, text_of(response->etag)))
        return;
    response->status = 304;
    response->compressed = false;
    buffer_clear(&response->body);
}
