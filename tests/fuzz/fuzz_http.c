/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a request target and as each header that we read ourselves. What is read
 * is written again, into links, pages and the log, and must come out harmless and the same. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>

#include "indexer/base/utf8.h"
#include "search/server/access_log.h"
#include "search/server/clients.h"
#include "search/server/header.h"
#include "search/server/html.h"
#include "search/server/request.h"
#include "search/server/state.h"

#define TOKEN TEXT("a-token-of-some-length")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Escaped text neither ends an attribute nor begins a tag. */
static void check_markup(struct text value)
{
    struct buffer out = BUFFER_INIT;
    html_text(&out, value);
    for (size_t i = 0; i < out.length; i++)
        assert(!strchr("<>\"'", out.data[i]) || !out.data[i]);
    buffer_release(&out);
}

static void undo_references(struct buffer *link)
{
    struct text rest = buffer_text(link), before;
    size_t length = 0;
    while (rest.length) {
        bool more = text_contains(rest, TEXT("&amp;"));
        text_split(&rest, TEXT("&amp;"), &before);
        memmove(link->data + length, before.data, before.length);
        length += before.length;
        if (more)
            link->data[length++] = '&';
    }
    link->length = length;
}

/* A link that we write leads to the state that it was written of. */
static void check_state(struct request *request, struct arena *arena)
{
    struct error error;
    struct request again;
    struct state state, same;
    struct buffer link = BUFFER_INIT;
    const struct call call = { .request = request, .arena = arena, .error = &error };
    const struct call back = { .request = &again, .arena = arena, .error = &error };
    if (state_read(&call, 10, PAGE_SIZE_MAX, &state))
        return;
    buffer_append_byte(&link, '/');
    state_link(&state, NULL, &link);
    undo_references(&link);
    if (!request_parse(buffer_text(&link), arena, &again, &error)) {
        assert(!state_read(&back, 10, PAGE_SIZE_MAX, &same));
        assert(text_equal(same.query, state.query) && same.sort == state.sort);
        assert(same.group == state.group && same.offset == state.offset);
        assert(same.filter_count == state.filter_count);
        for (int facet = 0; facet < FACET_COUNT; facet++)
            for (size_t i = 0; i < state.filters.counts[facet]; i++)
                assert(text_equal(same.filters.values[facet][i], state.filters.values[facet][i]));
    } else {
        assert(link.length > REQUEST_TARGET_MAX); /* percent-encoded it may be too long */
    }
    buffer_release(&link);
}

static void check_target(struct text bytes)
{
    struct arena arena;
    struct request request;
    struct error error;
    size_t count = 0;
    arena_init(&arena, 0);
    enum status status = request_parse(bytes, &arena, &request, &error);
    if (!status) {
        assert(text_starts_with(request.path, TEXT("/")));
        assert(request.parameter_count <= REQUEST_PARAMETERS_MAX);
        for (size_t i = 0; i < request.parameter_count; i++) {
            assert(utf8_find_invalid(request.parameters[i].value) == TEXT_NONE);
            check_markup(request.parameters[i].value);
            check_markup(request.parameters[i].name);
        }
        if (!request_count(&request, "limit", 100, 10, &count, &error))
            assert(count <= 100);
        check_state(&request, &arena);
    } else {
        assert(error.message[0]);
    }
    arena_release(&arena);
}

static void check_headers(struct text bytes)
{
    struct client client;
    header_language(bytes);
    header_gzip(bytes);
    bool listed = header_matches(bytes, TEXT("\"0123456789abcdef\""));
    assert(!listed || text_contains(bytes, TEXT("\"0123456789abcdef\"")) ||
           text_contains(bytes, TEXT("*")));
    bool bearer = bytes.length >= 7 && text_contains(bytes, TOKEN);
    if (header_authorized(bytes, TOKEN))
        assert(bearer || bytes.data[0] == 'B' || bytes.data[0] == 'b');
    if (client_forwarded(bytes, &client))
        assert(client.key && client.name[0] && memchr(client.name, 0, sizeof(client.name)));
}

static void check_log(struct text bytes)
{
    struct buffer line = BUFFER_INIT, copy = BUFFER_INIT;
    buffer_append(&copy, bytes);
    buffer_append_byte(&copy, 0);
    const char *string = copy.data;
    const struct access access = { "192.0.2.1", "GET", string, "HTTP/1.1", string, string, 200, 1, 0 };
    access_format(&access, &line);
    size_t quotes = 0;
    for (size_t i = 0; i < line.length; i++) {
        assert((line.data[i] >= ' ' && line.data[i] < 0x7f) || i + 1 == line.length);
        quotes += line.data[i] == '"';
    }
    assert(quotes == 6);
    buffer_release(&line);
    buffer_release(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = text_of_bytes((const char *)data, size);
    check_target(bytes);
    check_headers(bytes);
    check_log(bytes);
    return 0;
}
