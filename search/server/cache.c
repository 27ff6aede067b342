/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of chains, whose entries also stand in a ring in the order of their last use. */
#include "search/server/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHAINS 4096
#define LARGEST 16 /* of this share is no entry */

struct entry {
    struct entry *next;          /* of the chain */
    struct entry *newer, *older; /* of the ring */
    unsigned long long hash;
    struct cache_key key;
    struct response response; /* without its body */
    size_t length;            /* of the body */
};

/* Behind each entry stand its target and its body. */
static char *bytes_of(struct entry *entry)
{
    return (char *)(entry + 1);
}

struct cache {
    pthread_mutex_t mutex;
    size_t most, bytes, count;
    unsigned age;
    unsigned long long hits;
    struct entry ring; /* older: the newest, newer: the oldest */
    struct entry *chains[CHAINS];
};

struct cache *cache_new(size_t most)
{
    struct cache *cache = calloc(1, sizeof(*cache));
    if (!cache)
        return NULL;
    cache->most = most;
    cache->ring.newer = cache->ring.older = &cache->ring;
    pthread_mutex_init(&cache->mutex, NULL);
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    cache_clear(cache);
    pthread_mutex_destroy(&cache->mutex);
    free(cache);
}

/* ---- with the mutex held ---- */

static unsigned long long hash_of(const struct cache_key *key)
{
    return text_hash(key->target) ^ key->state ^ (unsigned)key->language << 1 ^ key->gzip;
}

static bool is_same(const struct cache_key *a, const struct cache_key *b)
{
    return a->state == b->state && a->language == b->language && a->gzip == b->gzip &&
           text_equal(a->target, b->target);
}

static size_t size_of(const struct entry *entry)
{
    return sizeof(*entry) + entry->key.target.length + entry->length;
}

static struct entry **find(struct cache *cache, const struct cache_key *key)
{
    unsigned long long hash = hash_of(key);
    struct entry **link = &cache->chains[hash % CHAINS];
    while (*link && !((*link)->hash == hash && is_same(&(*link)->key, key)))
        link = &(*link)->next;
    return link;
}

static void unring(struct entry *entry)
{
    entry->newer->older = entry->older;
    entry->older->newer = entry->newer;
}

static void ring_first(struct cache *cache, struct entry *entry)
{
    entry->newer = &cache->ring;
    entry->older = cache->ring.older;
    entry->older->newer = cache->ring.older = entry;
}

static void drop(struct cache *cache, struct entry **link)
{
    struct entry *entry = *link;
    *link = entry->next;
    unring(entry);
    cache->bytes -= size_of(entry);
    cache->count--;
    free(entry);
}

static void make_room(struct cache *cache, size_t bytes)
{
    while (cache->count && cache->bytes + bytes > cache->most)
        drop(cache, find(cache, &cache->ring.newer->key));
}

/* ---- the door ---- */

bool cache_get(struct cache *cache, const struct cache_key *key, struct response *out)
{
    bool found = false;
    pthread_mutex_lock(&cache->mutex);
    struct entry *entry = key->state ? *find(cache, key) : NULL;
    if (entry) {
        const char *body = bytes_of(entry) + entry->key.target.length;
        struct buffer kept = out->body;
        buffer_clear(&kept);
        buffer_append(&kept, text_of_bytes(body, entry->length));
        found = buffer_status(&kept, NULL) == STATUS_OK;
        if (found)
            *out = entry->response;
        out->body = kept;
        cache->hits += found;
        unring(entry);
        ring_first(cache, entry);
    }
    pthread_mutex_unlock(&cache->mutex);
    return found;
}

static struct entry *make_entry(const struct cache_key *key, const struct response *response)
{
    struct entry *entry = malloc(sizeof(*entry) + key->target.length + response->body.length);
    if (!entry)
        return NULL;
    memcpy(bytes_of(entry), key->target.data, key->target.length);
    memcpy(bytes_of(entry) + key->target.length, response->body.data, response->body.length);
    entry->hash = hash_of(key);
    entry->key = *key;
    entry->key.target.data = bytes_of(entry);
    entry->length = response->body.length;
    entry->response = *response;
    entry->response.body = BUFFER_INIT;
    return entry;
}

void cache_put(struct cache *cache, const struct cache_key *key, unsigned age,
               const struct response *response)
{
    size_t size = sizeof(struct entry) + key->target.length + response->body.length;
    if (!key->state || !response->body.length || size > cache->most / LARGEST)
        return;
    struct entry *entry = make_entry(key, response);
    if (!entry)
        return;
    pthread_mutex_lock(&cache->mutex);
    if (*find(cache, key))
        drop(cache, find(cache, key));
    make_room(cache, size);
    if (cache->age == age) {
        struct entry **chain = &cache->chains[entry->hash % CHAINS];
        entry->next = *chain;
        *chain = entry;
        ring_first(cache, entry);
        cache->bytes += size;
        cache->count++;
        entry = NULL;
    }
    pthread_mutex_unlock(&cache->mutex);
    free(entry);
}

void cache_clear(struct cache *cache)
{
    pthread_mutex_lock(&cache->mutex);
    while (cache->count)
        drop(cache, find(cache, &cache->ring.newer->key));
    cache->age++;
    pthread_mutex_unlock(&cache->mutex);
}

unsigned cache_age(struct cache *cache)
{
    pthread_mutex_lock(&cache->mutex);
    unsigned age = cache->age;
    pthread_mutex_unlock(&cache->mutex);
    return age;
}

struct cache_state cache_state(struct cache *cache)
{
    pthread_mutex_lock(&cache->mutex);
    struct cache_state state = { cache->bytes, cache->count, cache->hits };
    pthread_mutex_unlock(&cache->mutex);
    return state;
}
