/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a request target and as each header that we read ourselves. */
#include "search/server/header.h"
#include "search/server/html.h"
#include "search/server/request.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = text_of_bytes((const char *)data, size);
    struct arena arena;
    struct request request;
    struct error error;
    struct buffer out = BUFFER_INIT;
    size_t count;
    arena_init(&arena, 0);
    if (!request_parse(bytes, &arena, &request, &error)) {
        request_count(&request, "limit", 100, 10, &count, &error);
        for (size_t i = 0; i < request.parameter_count; i++) {
            html_text(&out, request.parameters[i].value);
            html_url(&out, request.parameters[i].name);
        }
    }
    header_language(bytes);
    header_gzip(bytes);
    header_matches(bytes, TEXT("\"0123456789abcdef\""));
    header_authorized(bytes, TEXT("a-token-of-some-length"));
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}
