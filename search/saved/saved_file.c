/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of saved searches, read strictly: what is not as it was written is damage, and a damaged
 * file is never written over. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "search/saved/saved.h"

#define VERSION 1
#define DIGEST_DIGITS 16

/* ---- reading ---- */

struct reading {
    const char *path;
    struct arena *arena;
    struct error *error;
    size_t number; /* of the search that is read, from 1; 0: none yet */
};

static enum status damaged(const struct reading *reading, const char *what)
{
    return reading->number
               ? error_set(reading->error, STATUS_CORRUPT,
                           "saved searches are damaged: %s of search %zu in \"%s\"", what,
                           reading->number, reading->path)
               : error_set(reading->error, STATUS_CORRUPT,
                           "saved searches are damaged: %s in \"%s\"", what, reading->path);
}

static enum status no_memory(const struct reading *reading)
{
    return error_set(reading->error, STATUS_NO_MEMORY, "out of memory");
}

static enum status read_text(const struct reading *reading, const json_t *object, const char *key,
                             struct text *out)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return damaged(reading, key);
    *out = arena_text(reading->arena,
                      text_of_bytes(json_string_value(value), json_string_length(value)));
    return out->data ? STATUS_OK : no_memory(reading);
}

static enum status read_values(const struct reading *reading, const json_t *array, enum facet facet,
                               struct search_filters *filters)
{
    size_t count = json_array_size(array);
    if (array && (!json_is_array(array) || count > FILTER_VALUES_MAX))
        return damaged(reading, FACETS[facet].name);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(array, i);
        if (!json_is_string(value))
            return damaged(reading, FACETS[facet].name);
        struct text copy = arena_text(
            reading->arena, text_of_bytes(json_string_value(value), json_string_length(value)));
        if (!copy.data)
            return no_memory(reading);
        filters->values[facet][filters->counts[facet]++] = copy;
    }
    return STATUS_OK;
}

static enum status read_filters(const struct reading *reading, const json_t *object,
                                struct search_filters *out)
{
    if (!json_is_object(object))
        return damaged(reading, "filters");
    enum status status = read_text(reading, object, "from", &out->from);
    if (!status)
        status = read_text(reading, object, "to", &out->to);
    for (int facet = 0; facet < FACET_COUNT && !status; facet++)
        status = read_values(reading, json_object_get(object, FACETS[facet].name),
                             (enum facet)facet, out);
    return status;
}

static bool read_digest(const json_t *value, uint64_t *out)
{
    const char *digits = json_string_value(value);
    char *end = NULL;
    if (!digits || json_string_length(value) != DIGEST_DIGITS ||
        strspn(digits, "0123456789abcdef") != DIGEST_DIGITS)
        return false;
    *out = strtoull(digits, &end, 16);
    return true;
}

static enum status read_seen(const struct reading *reading, const json_t *array, struct seen *out)
{
    size_t count = json_array_size(array);
    if (!json_is_array(array) || count > SEEN_MAX)
        return damaged(reading, "seen");
    out->digests = ARENA_ARRAY(reading->arena, uint64_t, count + 1);
    if (!out->digests)
        return no_memory(reading);
    for (; out->count < count; out->count++)
        if (!read_digest(json_array_get(array, out->count), &out->digests[out->count]))
            return damaged(reading, "seen");
    return STATUS_OK;
}

static enum status read_search(const struct reading *reading, const json_t *object,
                               struct saved_list *list)
{
    struct saved_search *search;
    struct text name;
    enum status status = read_text(reading, object, "name", &name);
    if (!status && saved_find(list, name))
        status = damaged(reading, "name");
    if (!status && saved_add(list, name, reading->arena, &search, reading->error))
        status = damaged(reading, "name");
    if (!status)
        status = read_text(reading, object, "query", &search->query);
    if (!status)
        status = read_text(reading, object, "index", &search->index);
    if (!status)
        status = read_text(reading, object, "saved", &search->saved);
    if (!status)
        status = read_text(reading, object, "looked", &search->looked);
    if (!status)
        status = read_filters(reading, json_object_get(object, "filters"), &search->filters);
    return status ? status : read_seen(reading, json_object_get(object, "seen"), &search->seen);
}

static enum status read_root(struct reading *reading, const json_t *root, struct saved_list *out)
{
    const json_t *version = json_object_get(root, "version"),
                 *searches = json_object_get(root, "searches");
    if (json_is_integer(version) && json_integer_value(version) > VERSION)
        return error_set(reading->error, STATUS_MISMATCH,
                         "saved searches are of a newer version of dafu-search in \"%s\"",
                         reading->path);
    if (!json_is_integer(version) || json_integer_value(version) != VERSION)
        return damaged(reading, "version");
    if (!json_is_array(searches))
        return damaged(reading, "searches");
    struct saved_list list = { 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < json_array_size(searches) && !status; i++) {
        reading->number = i + 1;
        status = read_search(reading, json_array_get(searches, i), &list);
    }
    if (!status)
        *out = list;
    return status;
}

enum status saved_read(const char *path, struct arena *arena, struct saved_list *out,
                       struct error *error)
{
    CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;
    struct reading reading = { path, arena, error, 0 };
    json_error_t fault;
    enum status status = file_read(path, SAVED_FILE_MAX, &content, error);
    if (status == STATUS_NOT_FOUND) {
        *out = (struct saved_list) { 0 };
        return STATUS_OK;
    }
    if (status)
        return status;
    json_t *root = json_loadb(content.data, content.length, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        return error_set(error, STATUS_CORRUPT,
                         "saved searches are damaged: line %d, column %d of \"%s\"", fault.line,
                         fault.column, path);
    status = read_root(&reading, root, out);
    json_decref(root);
    return status;
}

/* ---- writing ---- */

static bool set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

static json_t *text_json(struct text text)
{
    return json_stringn(text.data ? text.data : "", text.length);
}

static json_t *filters_json(const struct search_filters *filters)
{
    json_t *object = json_object();
    bool good =
        set(object, "from", text_json(filters->from)) && set(object, "to", text_json(filters->to));
    for (int facet = 0; facet < FACET_COUNT && good; facet++) {
        json_t *values = json_array();
        for (size_t i = 0; i < filters->counts[facet]; i++)
            good = good && !json_array_append_new(values, text_json(filters->values[facet][i]));
        good = set(object, FACETS[facet].name, values) && good;
    }
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *seen_json(const struct seen *seen)
{
    json_t *array = json_array();
    char digits[DIGEST_DIGITS + 1];
    bool good = array != NULL;
    for (size_t i = 0; i < seen->count && good; i++) {
        snprintf(digits, sizeof(digits), "%016" PRIx64, seen->digests[i]);
        good = !json_array_append_new(array, json_string(digits));
    }
    if (good)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *search_json(const struct saved_search *search)
{
    json_t *object = json_object();
    bool good = set(object, "name", text_json(search->name)) &&
                set(object, "query", text_json(search->query)) &&
                set(object, "index", text_json(search->index)) &&
                set(object, "filters", filters_json(&search->filters)) &&
                set(object, "saved", text_json(search->saved)) &&
                set(object, "looked", text_json(search->looked)) &&
                set(object, "seen", seen_json(&search->seen));
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

enum status saved_write(const char *path, const struct saved_list *list, struct error *error)
{
    json_t *root = json_object(), *searches = json_array();
    bool good = true;
    for (size_t i = 0; i < list->count && good; i++)
        good = !json_array_append_new(searches, search_json(&list->searches[i]));
    good = set(root, "version", json_integer(VERSION)) && good;
    good = set(root, "searches", searches) && good;
    char *text = good ? json_dumps(root, JSON_INDENT(1)) : NULL;
    json_decref(root);
    if (!text)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = file_replace(path, text_of(text), error);
    free(text);
    return status;
}
