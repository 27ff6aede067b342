/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every folder has a watch; its number is an index into a table of paths. What happened to a name
 * is not kept, only that something did and when: the ledger finds out what. */
#include "indexer/batch/watcher.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/readers.h"

#define POLL_MS 100
#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |            \
     IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB)
#define READ_BYTES ((size_t)64 << 10)

struct stir { /* something that has changed */
    char *path;
    int64_t last_ms;
    bool closed;
};

struct watch { /* of a folder; its number is its place */
    char *path;       /* NULL: no such watch */
    const char *only; /* the one name in it that counts, or NULL */
};

struct root {
    char *path;
    bool given; /* its content counts; else it is only the folder of a file */
};

struct watcher {
    int queue; /* inotify */
    struct watch *watches;
    size_t watch_capacity;
    struct root *roots;
    size_t root_count, root_capacity;
    struct stir *stirs;
    size_t stir_count, stir_capacity;
    struct arena arena; /* of the paths handed out */
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static int64_t now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool grow(void *items, size_t count, size_t *capacity, size_t size)
{
    void **array = items;
    if (count < *capacity)
        return true;
    size_t more = *capacity ? *capacity * 2 : 64;
    more = more > count ? more : count + 1;
    void *larger = realloc(*array, more * size);
    if (!larger)
        return false;
    memset((char *)larger + *capacity * size, 0, (more - *capacity) * size);
    *array = larger;
    *capacity = more;
    return true;
}

static char *join(const char *folder, const char *name)
{
    const char *slash = text_ends_with(text_of(folder), TEXT("/")) ? "" : "/";
    size_t size = strlen(folder) + strlen(slash) + strlen(name) + 1;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", folder, slash, name);
    return path;
}

enum status watcher_open(struct watcher **out, struct error *error)
{
    struct watcher *watcher = calloc(1, sizeof(*watcher));
    if (!watcher)
        return no_memory(error);
    watcher->queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watcher->queue < 0) {
        free(watcher);
        return error_set(error, STATUS_IO, "cannot watch folders: %s", strerror(errno));
    }
    arena_init(&watcher->arena, 0);
    *out = watcher;
    return STATUS_OK;
}

void watcher_free(struct watcher *watcher)
{
    if (!watcher)
        return;
    close(watcher->queue);
    for (size_t i = 0; i < watcher->watch_capacity; i++)
        free(watcher->watches[i].path);
    for (size_t i = 0; i < watcher->root_count; i++)
        free(watcher->roots[i].path);
    for (size_t i = 0; i < watcher->stir_count; i++)
        free(watcher->stirs[i].path);
    free(watcher->watches);
    free(watcher->roots);
    free(watcher->stirs);
    arena_release(&watcher->arena);
    free(watcher);
}

void watcher_freep(struct watcher **watcher)
{
    watcher_free(*watcher);
}

/* ---- what has changed --------------------------------------------------------------------- */

/* Takes over the path. */
static enum status stir(struct watcher *watcher, char *path, bool closed, struct error *error)
{
    if (!path)
        return no_memory(error);
    for (size_t i = 0; i < watcher->stir_count; i++) {
        if (strcmp(watcher->stirs[i].path, path) == 0) {
            watcher->stirs[i].last_ms = now_ms();
            watcher->stirs[i].closed = closed;
            free(path);
            return STATUS_OK;
        }
    }
    if (!grow(&watcher->stirs, watcher->stir_count, &watcher->stir_capacity,
              sizeof(*watcher->stirs))) {
        free(path);
        return no_memory(error);
    }
    watcher->stirs[watcher->stir_count++] = (struct stir) { path, now_ms(), closed };
    return STATUS_OK;
}

static bool at_rest(const struct stir *one, int64_t now)
{
    return now - one->last_ms >= (one->closed ? WATCHER_CLOSED_MS : WATCHER_OPEN_MS);
}

/* ---- folders ------------------------------------------------------------------------------ */

static enum status refuse(const char *path, struct error *error)
{
    int reason = errno;
    if (reason == ENOSPC)
        return error_set(error, STATUS_IO,
                         "cannot watch '%s': more folders than fs.inotify.max_user_watches", path);
    return error_set(error, reason == ENOENT ? STATUS_NOT_FOUND : STATUS_IO,
                     "cannot watch '%s': %s", path, strerror(reason));
}

/* *known: the folder is watched already, by this way or another. */
static enum status watch_folder(struct watcher *watcher, const char *path, const char *only,
                                bool *known, struct error *error)
{
    int number = inotify_add_watch(watcher->queue, path, EVENTS | IN_ONLYDIR);
    if (number < 0)
        return refuse(path, error);
    if (!grow(&watcher->watches, (size_t)number, &watcher->watch_capacity,
              sizeof(*watcher->watches)))
        return no_memory(error);
    struct watch *watch = &watcher->watches[number];
    *known = watch->path != NULL;
    if (watch->path && !(watch->only && !only))
        return STATUS_OK;
    *known = false;
    char *copy = strdup(path);
    if (!copy)
        return no_memory(error);
    free(watch->path);
    *watch = (struct watch) { copy, only };
    return STATUS_OK;
}

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static enum status watch_tree(struct watcher *watcher, const char *path, struct error *error);

static enum status watch_below(struct watcher *watcher, const char *path,
                               const struct dirent *entry, struct error *error)
{
    struct stat what;
    bool may_be = entry->d_type == DT_DIR || entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
    if (entry->d_name[0] == '.' || !may_be)
        return STATUS_OK;
    CLEANUP(cleanup_free) char *below = join(path, entry->d_name);
    if (!below)
        return no_memory(error);
    if (stat(below, &what) || !S_ISDIR(what.st_mode))
        return STATUS_OK;
    struct error detail;
    enum status status = watch_tree(watcher, below, &detail);
    bool elsewhere = status == STATUS_NOT_FOUND; /* gone again already */
    return status && !elsewhere ? error_set(error, status, "%s", detail.message) : STATUS_OK;
}

static enum status watch_tree(struct watcher *watcher, const char *path, struct error *error)
{
    bool known = false;
    enum status status = watch_folder(watcher, path, NULL, &known, error);
    if (status || known)
        return status;
    CLEANUP(close_folder) DIR *folder = opendir(path);
    if (!folder)
        return STATUS_OK; /* the walk tells */
    const struct dirent *entry;
    while (!status && (entry = readdir(folder)))
        status = watch_below(watcher, path, entry, error);
    return status;
}

/* A file is watched through its folder: it may be replaced by another of its name. */
static enum status watch_file(struct watcher *watcher, const char *path, struct error *error)
{
    bool known;
    const char *slash = strrchr(path, '/');
    CLEANUP(cleanup_free)
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    return folder ? watch_folder(watcher, folder, slash ? slash + 1 : path, &known, error)
                  : no_memory(error);
}

enum status watcher_add(struct watcher *watcher, const char *path, struct error *error)
{
    struct stat what;
    char *copy = strdup(path);
    if (!copy || !grow(&watcher->roots, watcher->root_count, &watcher->root_capacity,
                       sizeof(*watcher->roots))) {
        free(copy);
        return no_memory(error);
    }
    bool folder = stat(path, &what) == 0 && S_ISDIR(what.st_mode);
    watcher->roots[watcher->root_count++] = (struct root) { copy, folder };
    return folder ? watch_tree(watcher, path, error) : watch_file(watcher, copy, error);
}

/* Watches go with their folder when that is moved, and would tell of its old place. */
static void forget_tree(struct watcher *watcher, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < watcher->watch_capacity; i++) {
        struct watch *watch = &watcher->watches[i];
        if (!watch->path || strncmp(watch->path, path, length) != 0 ||
            (watch->path[length] != '/' && watch->path[length] != '\0'))
            continue;
        inotify_rm_watch(watcher->queue, (int)i);
        free(watch->path);
        *watch = (struct watch) { NULL, NULL };
    }
}

/* ---- events ------------------------------------------------------------------------------- */

/* Something was lost, or a root itself has gone or come: everything is looked at. */
static enum status stir_roots(struct watcher *watcher, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < watcher->root_count; i++) {
        struct error detail;
        const struct root *root = &watcher->roots[i];
        status = stir(watcher, strdup(root->path), true, error);
        forget_tree(watcher, root->path);
        if (!status && root->given && watch_tree(watcher, root->path, &detail) == STATUS_NO_MEMORY)
            status = no_memory(error);
    }
    return status;
}

static enum status take_folder(struct watcher *watcher, char *path, uint32_t mask,
                               struct error *error)
{
    struct error detail;
    enum status status = STATUS_OK;
    if (mask & (IN_DELETE | IN_MOVED_FROM))
        forget_tree(watcher, path);
    if (mask & (IN_CREATE | IN_MOVED_TO))
        status = watch_tree(watcher, path, &detail);
    if (status && status != STATUS_NOT_FOUND) {
        free(path);
        return error_set(error, status, "%s", detail.message);
    }
    return stir(watcher, path, true, error);
}

static enum status take_event(struct watcher *watcher, const struct inotify_event *event,
                              struct error *error)
{
    if (event->mask & IN_Q_OVERFLOW)
        return stir_roots(watcher, error);
    if (event->wd < 0 || (size_t)event->wd >= watcher->watch_capacity)
        return STATUS_OK;
    struct watch *watch = &watcher->watches[event->wd];
    if (!watch->path)
        return STATUS_OK;
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) {
        bool of_root = false;
        for (size_t i = 0; i < watcher->root_count; i++)
            of_root = of_root || strcmp(watcher->roots[i].path, watch->path) == 0;
        return of_root ? stir_roots(watcher, error) : STATUS_OK;
    }
    if (event->len == 0 || event->name[0] == '.')
        return STATUS_OK;
    bool folder = event->mask & IN_ISDIR;
    if (watch->only ? strcmp(watch->only, event->name) != 0
                    : !folder && !readers_take(text_of(event->name)))
        return STATUS_OK;
    if (folder && !(event->mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)))
        return STATUS_OK;
    char *path = join(watch->path, event->name);
    if (!path)
        return no_memory(error);
    if (folder)
        return take_folder(watcher, path, event->mask, error);
    bool closed = event->mask & (IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO);
    return stir(watcher, path, closed, error);
}

static enum status take_events(struct watcher *watcher, struct error *error)
{
    CLEANUP(cleanup_free) char *bytes = malloc(READ_BYTES);
    if (!bytes)
        return no_memory(error);
    for (;;) {
        ssize_t got = read(watcher->queue, bytes, READ_BYTES);
        if (got <= 0)
            return got == 0 || errno == EAGAIN || errno == EINTR
                       ? STATUS_OK
                       : error_set(error, STATUS_IO, "cannot watch folders: %s", strerror(errno));
        enum status status = STATUS_OK;
        for (size_t at = 0; !status && at < (size_t)got;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            status = take_event(watcher, event, error);
            at += sizeof(*event) + event->len;
        }
        if (status)
            return status;
    }
}

/* ---- handing out -------------------------------------------------------------------------- */

static enum status hand_out(struct watcher *watcher, const char *const **paths, size_t *count,
                            struct error *error)
{
    int64_t now = now_ms();
    const char **out = ARENA_ARRAY(&watcher->arena, const char *, watcher->stir_count + 1);
    size_t taken = 0, kept = 0;
    if (!out)
        return no_memory(error);
    for (size_t i = 0; i < watcher->stir_count; i++) {
        struct stir one = watcher->stirs[i];
        if (!at_rest(&one, now)) {
            watcher->stirs[kept++] = one;
            continue;
        }
        size_t size = strlen(one.path) + 1;
        char *copy = arena_alloc(&watcher->arena, size);
        if (copy)
            out[taken++] = memcpy(copy, one.path, size);
        free(one.path);
    }
    watcher->stir_count = kept;
    *paths = out;
    *count = taken;
    return STATUS_OK;
}

static bool anything_at_rest(const struct watcher *watcher)
{
    int64_t now = now_ms();
    for (size_t i = 0; i < watcher->stir_count; i++) {
        if (at_rest(&watcher->stirs[i], now))
            return true;
    }
    return false;
}

enum status watcher_wait(struct watcher *watcher, const volatile sig_atomic_t *stop,
                         const char *const **paths, size_t *count, struct error *error)
{
    arena_clear(&watcher->arena);
    for (;;) {
        if (stop && *stop)
            return error_set(error, STATUS_STOPPED, "interrupted");
        struct pollfd queue = { .fd = watcher->queue, .events = POLLIN };
        poll(&queue, 1, watcher->stir_count ? POLL_MS : 10 * POLL_MS);
        enum status status = take_events(watcher, error);
        if (status)
            return status;
        if (anything_at_rest(watcher))
            return hand_out(watcher, paths, count, error);
    }
}
