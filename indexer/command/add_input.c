/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard input of dafu-index add. Lines are handed on as soon as no more are at hand, so a
 * program that finds files and this one work side by side. JSON lines are kept in a file that has
 * no name, and mapped: however long they are, they need no memory. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/add_parts.h"

#define CHUNK_BYTES ((size_t)64 << 10)
#define POLL_MS 200
#define LINE_BYTES_MAX ((size_t)1 << 20)

struct input {
    const struct input_sink *sink;
    struct buffer bytes; /* read, from `start` on not yet used */
    size_t start;
    bool ended;
    struct arena arena; /* of the paths at hand */
    const char **paths;
    size_t count, capacity;
};

static enum status refuse(const char *what, struct error *error)
{
    return error_set(error, STATUS_IO, "cannot %s standard input: %s", what, strerror(errno));
}

/* Waits until there is something to read, at most `ms`; *ready tells. */
static enum status wait_for(const struct input *input, int ms, bool *ready, struct error *error)
{
    struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
    *ready = poll(&in, 1, ms) > 0;
    if (input->sink->stop && *input->sink->stop)
        return error_set(error, STATUS_STOPPED, "interrupted");
    return STATUS_OK;
}

/* Reads some bytes, waiting for them. */
static enum status read_more(struct input *input, struct error *error)
{
    bool ready = false;
    enum status status = STATUS_OK;
    while (!status && !ready)
        status = wait_for(input, POLL_MS, &ready, error);
    if (status)
        return status;
    if (input->start > 0 && input->start == input->bytes.length) {
        buffer_clear(&input->bytes);
        input->start = 0;
    }
    char *room = buffer_reserve(&input->bytes, CHUNK_BYTES);
    if (!room)
        return buffer_status(&input->bytes, error);
    ssize_t got = read(STDIN_FILENO, room, CHUNK_BYTES);
    if (got < 0)
        return errno == EINTR ? STATUS_OK : refuse("read", error);
    input->bytes.length += (size_t)got;
    input->ended = got == 0;
    return STATUS_OK;
}

/* ---- paths -------------------------------------------------------------------------------- */

static enum status add_line(struct input *input, struct text line, struct error *error)
{
    if (line.length == 0)
        return STATUS_OK;
    char *path = arena_alloc(&input->arena, line.length + 1); /* any bytes: no text */
    if (!path || !arena_grow(&input->arena, &input->paths, input->count, &input->capacity,
                             sizeof(*input->paths)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    memcpy(path, line.data, line.length);
    input->paths[input->count++] = path;
    return STATUS_OK;
}

static enum status take_lines(struct input *input, struct error *error)
{
    enum status status = STATUS_OK;
    while (!status && input->start < input->bytes.length) {
        struct text rest = text_slice(buffer_text(&input->bytes), input->start,
                                      input->bytes.length - input->start);
        const char *end = memchr(rest.data, '\n', rest.length);
        if (!end && !input->ended)
            return rest.length < LINE_BYTES_MAX
                       ? STATUS_OK
                       : error_set(error, STATUS_LIMIT, "a path of more than %zu bytes",
                                   LINE_BYTES_MAX);
        size_t length = end ? (size_t)(end - rest.data) : rest.length;
        status = add_line(input, text_slice(rest, 0, length), error);
        input->start += length + (end ? 1 : 0);
    }
    return status;
}

static enum status hand_on(struct input *input, struct error *error)
{
    enum status status = STATUS_OK;
    if (input->count && input->sink->paths)
        status = input->sink->paths(input->sink->context, input->paths, input->count, error);
    arena_clear(&input->arena);
    input->paths = NULL;
    input->count = input->capacity = 0;
    return status;
}

static enum status read_paths(struct input *input, struct error *error)
{
    for (;;) {
        bool more = false;
        enum status status = take_lines(input, error);
        if (!status && !input->ended)
            status = wait_for(input, 0, &more, error);
        if (!status && !more)
            status = hand_on(input, error);
        if (!status && !input->ended)
            status = read_more(input, error);
        if (status || (input->ended && input->start == input->bytes.length && !input->count))
            return status;
    }
}

/* ---- JSON lines --------------------------------------------------------------------------- */

static enum status copy_all(struct input *input, FILE *out, struct error *error)
{
    for (;;) {
        size_t length = input->bytes.length - input->start;
        if (length && fwrite(input->bytes.data + input->start, 1, length, out) != length)
            return refuse("keep", error);
        input->start = input->bytes.length;
        enum status status = input->ended ? STATUS_OK : read_more(input, error);
        if (status || (input->ended && input->start == input->bytes.length))
            return status;
    }
}

static enum status read_json(struct input *input, struct error *error)
{
    CLEANUP(cleanup_fclose) FILE *kept = tmpfile();
    if (!kept)
        return refuse("keep", error);
    enum status status = copy_all(input, kept, error);
    if (status)
        return status;
    if (fflush(kept))
        return refuse("keep", error);
    long length = ftell(kept);
    void *map = mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, fileno(kept), 0);
    if (map == MAP_FAILED)
        return refuse("keep", error);
    if (input->sink->bytes)
        status = input->sink->bytes(input->sink->context,
                                    (struct text) { map, (size_t)length }, error);
    munmap(map, (size_t)length);
    return status;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The first bytes, without a byte order mark and blanks. */
static enum status begins_with_brace(struct input *input, bool *out, struct error *error)
{
    for (;;) {
        struct text head = buffer_text(&input->bytes);
        if (text_starts_with(head, TEXT("\xEF\xBB\xBF")))
            head = text_slice(head, 3, head.length - 3);
        while (head.length && is_blank(head.data[0]))
            head = text_slice(head, 1, head.length - 1);
        *out = head.length && head.data[0] == '{';
        if (head.length || input->ended || input->bytes.length > LINE_BYTES_MAX)
            return STATUS_OK;
        enum status status = read_more(input, error);
        if (status)
            return status;
    }
}

enum status read_input(const struct input_sink *sink, struct error *error)
{
    struct input input = { .sink = sink };
    bool json = false;
    arena_init(&input.arena, 0);
    enum status status = begins_with_brace(&input, &json, error);
    if (!status)
        status = json ? read_json(&input, error) : read_paths(&input, error);
    arena_release(&input.arena);
    buffer_release(&input.bytes);
    return status;
}
