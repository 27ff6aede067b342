/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/request.h"

#include "indexer/base/utf8.h"

static int hex(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return -1;
}

static bool is_control(unsigned char byte)
{
    return byte < 0x20 || byte == 0x7f;
}

/* One byte of `raw` from *at on; -1: a broken escape. */
static int decode_byte(struct text raw, size_t *at, bool form)
{
    char byte = raw.data[(*at)++];
    if (form && byte == '+')
        return ' ';
    if (byte != '%')
        return (unsigned char)byte;
    if (raw.length - *at < 2)
        return -1;
    int high = hex(raw.data[*at]), low = hex(raw.data[*at + 1]);
    *at += 2;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static enum status decode(struct text raw, bool form, struct arena *arena, struct text *out,
                          struct error *error)
{
    char *bytes = arena_alloc(arena, raw.length + 1);
    size_t length = 0;
    if (!bytes)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < raw.length;) {
        int byte = decode_byte(raw, &i, form);
        if (byte < 0)
            return error_set(error, STATUS_INVALID, "broken percent escape in the address");
        if (byte == '\t' || byte == '\r' || byte == '\n')
            byte = ' ';
        if (is_control((unsigned char)byte))
            return error_set(error, STATUS_INVALID, "control character in the address");
        bytes[length++] = (char)byte;
    }
    *out = text_of_bytes(bytes, length);
    if (utf8_find_invalid(*out) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "the address is not valid UTF-8");
    return STATUS_OK;
}

static enum status add_parameter(struct text pair, struct arena *arena, struct request *request,
                                 struct error *error)
{
    if (request->parameter_count == REQUEST_PARAMETERS_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d parameters", REQUEST_PARAMETERS_MAX);
    struct parameter *parameter = &request->parameters[request->parameter_count];
    struct text rest = pair, name;
    text_split(&rest, TEXT("="), &name);
    enum status status = decode(name, true, arena, &parameter->name, error);
    if (!status)
        status = decode(rest, true, arena, &parameter->value, error);
    if (!status)
        request->parameter_count++;
    return status;
}

enum status request_parse(struct text target, struct arena *arena, struct request *out,
                          struct error *error)
{
    struct text rest = target, path, pair;
    *out = (struct request) { 0 };
    if (target.length > REQUEST_TARGET_MAX)
        return error_set(error, STATUS_LIMIT, "the address is longer than %d bytes",
                         REQUEST_TARGET_MAX);
    if (!text_starts_with(target, TEXT("/")))
        return error_set(error, STATUS_INVALID, "the address has no path");
    text_split(&rest, TEXT("?"), &path);
    enum status status = decode(path, false, arena, &out->path, error);
    while (!status && rest.length && text_split(&rest, TEXT("&"), &pair))
        if (pair.length)
            status = add_parameter(pair, arena, out, error);
    return status;
}

struct text request_get(const struct request *request, struct text name)
{
    for (size_t i = 0; i < request->parameter_count; i++)
        if (text_equal(request->parameters[i].name, name))
            return request->parameters[i].value;
    return text_of_bytes(NULL, 0);
}

enum status request_count(const struct request *request, const char *name, size_t most,
                          size_t otherwise, size_t *out, struct error *error)
{
    struct text value = request_get(request, text_of(name));
    unsigned long long number;
    if (!value.length) {
        *out = otherwise;
        return STATUS_OK;
    }
    if (!text_to_u64(value, &number))
        return error_set(error, STATUS_MISUSE, "not a number \"%s\"", name);
    if (number > most)
        return error_set(error, STATUS_MISUSE, "more than %zu \"%s\"", most, name);
    *out = (size_t)number;
    return STATUS_OK;
}
