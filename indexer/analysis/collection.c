/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/collection.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

#define FIRST_LINE "# collection of dafu"
#define FILE_BYTES_MAX ((size_t)1 << 20)
#define PORT_MAX 65535

/* ---- a line ---- */

static const char *copy_of(struct text text, struct arena *arena)
{
    return arena_text(arena, text).data;
}

/* "host:port"; a name with a slash is a folder's, whatever follows. */
static bool read_server(struct text line, struct arena *arena, struct collection_shard *out)
{
    size_t colon = line.length;
    unsigned long long port;
    while (colon > 0 && line.data[colon - 1] != ':')
        colon--;
    if (colon < 2 || memchr(line.data, '/', line.length) ||
        !text_to_u64(text_slice(line, colon, line.length - colon), &port) || port == 0 ||
        port > PORT_MAX)
        return false;
    struct text host = text_slice(line, 0, colon - 1);
    if (host.length > 2 && host.data[0] == '[' && host.data[host.length - 1] == ']')
        host = text_slice(host, 1, host.length - 2);
    out->host = copy_of(host, arena);
    out->port = (unsigned)port;
    return true;
}

static enum status read_line(struct text line, struct arena *arena, struct collection *collection,
                             struct error *error)
{
    const char *slash = strrchr(collection->file, '/');
    int folder_length = slash ? (int)(slash - collection->file) + 1 : 0;
    struct collection_shard *shard = &collection->shards[collection->count];
    if (collection->count == COLLECTION_SHARDS_MAX)
        return error_set(error, STATUS_LIMIT, "a collection of more than %d shards \"%s\"",
                         COLLECTION_SHARDS_MAX, collection->file);
    if (memchr(line.data, '\0', line.length))
        return error_set(error, STATUS_INVALID, "a zero byte in the name of shard %zu",
                         collection->count + 1);
    *shard = (struct collection_shard) { .name = copy_of(line, arena) };
    bool server = read_server(line, arena, shard);
    if (!server)
        shard->folder =
            line.data[0] == '/'
                ? shard->name
                : arena_printf(arena, "%.*s%s", folder_length, collection->file, shard->name).data;
    if (!shard->name || !(server ? shard->host : shard->folder))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < collection->count; i++)
        if (strcmp(collection->shards[i].name, shard->name) == 0)
            return error_set(error, STATUS_INVALID, "a shard that is named twice \"%s\"",
                             shard->name);
    collection->count++;
    return STATUS_OK;
}

/* ---- the file ---- */

static enum status read_file(const char *file, struct arena *arena, struct collection *out,
                             struct error *error)
{
    CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;
    struct collection collection = {
        file, ARENA_ARRAY(arena, struct collection_shard, COLLECTION_SHARDS_MAX + 1), 0
    };
    if (!collection.shards)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = file_read(file, FILE_BYTES_MAX, &content, error);
    struct text rest = buffer_text(&content), line = { NULL, 0 };
    if (status == STATUS_LIMIT) /* something else, and large */
        return STATUS_OK;
    if (status)
        return status;
    if (!text_split(&rest, TEXT("\n"), &line) || !text_equal(text_trim(line), TEXT(FIRST_LINE)))
        return STATUS_OK;
    while (!status && text_split(&rest, TEXT("\n"), &line)) {
        line = text_trim(line);
        if (line.length && line.data[0] != '#')
            status = read_line(line, arena, &collection, error);
    }
    if (status)
        return error_prefix(error, status, "collection \"%s\"", file);
    if (!collection.count)
        return error_set(error, STATUS_INVALID, "a collection without shards \"%s\"", file);
    *out = collection;
    return STATUS_OK;
}

/* An index that is there comes before a collection in the same folder. */
enum status collection_find(const char *path, struct arena *arena, struct collection *out,
                            struct error *error)
{
    struct stat info;
    *out = (struct collection) { 0 };
    if (stat(path, &info) != 0)
        return STATUS_OK;
    if (S_ISREG(info.st_mode)) {
        struct text file = arena_text(arena, text_of(path));
        return file.data ? read_file(file.data, arena, out, error)
                         : error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    struct text index = arena_printf(arena, "%s/%s", path, INDEX_STUB);
    struct text file = arena_printf(arena, "%s/%s", path, COLLECTION_FILE);
    if (!index.data || !file.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!S_ISDIR(info.st_mode) || stat(index.data, &info) == 0 || stat(file.data, &info) != 0 ||
        !S_ISREG(info.st_mode))
        return STATUS_OK;
    return read_file(file.data, arena, out, error);
}

/* What a killed program has left of the file does not count. */
static bool is_left_over(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
           text_starts_with(text_of(name), TEXT(FILE_BESIDE));
}

static enum status check_free(const char *path, struct error *error)
{
    DIR *folder = opendir(path);
    bool empty = true;
    if (!folder && errno == ENOENT)
        return STATUS_OK;
    if (!folder)
        return error_set(error, STATUS_MISUSE, "cannot make a collection \"%s\": %s", path,
                         strerror(errno));
    for (struct dirent *entry; empty && (entry = readdir(folder));)
        empty = is_left_over(entry->d_name);
    closedir(folder);
    return empty ? STATUS_OK
                 : error_set(error, STATUS_MISUSE,
                             "cannot make a collection where something else is \"%s\"", path);
}

enum status collection_describe(const char *path, size_t shards, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;
    arena_init(&arena, 0);
    struct text file = arena_printf(&arena, "%s/%s", path, COLLECTION_FILE);
    buffer_append(&content, TEXT(FIRST_LINE "\n"
                                            "# One shard a line: a folder, or host:port of its "
                                            "server. The order must stay.\n"));
    for (size_t i = 1; i <= shards; i++)
        buffer_printf(&content, "shard-%zu\n", i);
    if (!file.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = buffer_status(&content, error);
    return status ? status : file_replace(file.data, buffer_text(&content), error);
}

enum status collection_create(const char *path, size_t shards, struct error *error)
{
    if (shards == 0 || shards > COLLECTION_SHARDS_MAX)
        return error_set(error, STATUS_MISUSE, "a collection has 1 to %d shards",
                         COLLECTION_SHARDS_MAX);
    enum status status = check_free(path, error);
    if (!status)
        status = file_make_folder(path, error);
    return status ? status : collection_describe(path, shards, error);
}

/* ---- places ---- */

size_t collection_shard_of(struct text id, size_t count)
{
    return (size_t)(index_identity_digest(id) % count);
}

const char *collection_place(size_t number, size_t count, char out[COLLECTION_PLACE_MAX])
{
    snprintf(out, COLLECTION_PLACE_MAX, "%zu/%zu", number + 1, count);
    return out;
}
