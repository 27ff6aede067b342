/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the file of a collection, found by its name and in its folder. */
#include "tests/fuzz/fuzz_file.h"

#include <string.h>

#include "indexer/analysis/collection.h"
#include "indexer/base/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A folder or a server, under a name that no other shard has. */
static void check_shard(const struct collection *collection, size_t number)
{
    const struct collection_shard *shard = &collection->shards[number];
    char place[COLLECTION_PLACE_MAX];
    assert(shard->name[0] && !shard->folder != !shard->host);
    if (shard->host)
        assert(shard->host[0] && !strchr(shard->host, '/') && shard->port >= 1 &&
               shard->port <= 65535);
    else
        assert(shard->folder[0] == '/');
    for (size_t i = 0; i < number; i++)
        assert(strcmp(collection->shards[i].name, shard->name) != 0);
    assert(strlen(collection_place(number, collection->count, place)) >= 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_release) struct arena arena;
    struct error error = { "" };
    struct collection collection, same;
    const char *path = fuzz_file(COLLECTION_FILE, data, size);
    arena_init(&arena, 0);
    enum status status = collection_find(path, &arena, &collection, &error);
    assert(status == STATUS_OK || status == STATUS_INVALID || status == STATUS_LIMIT);
    assert(collection_find(fuzz_folder, &arena, &same, &error) == status);
    if (status) {
        assert(error.message[0]);
        return 0;
    }
    assert(collection.count == same.count && collection.count <= COLLECTION_SHARDS_MAX);
    for (size_t i = 0; i < collection.count; i++) {
        check_shard(&collection, i);
        assert(strcmp(collection.shards[i].name, same.shards[i].name) == 0);
    }
    return 0;
}
