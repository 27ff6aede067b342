/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Depth first. Each level holds the names of its folder, sorted, and nothing else. */
#include "indexer/batch/scanner.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/document/readers.h"

struct level { /* a folder that the walk is in */
    const struct level *outer;
    dev_t device;
    ino_t inode;
};

struct names {
    const char **items;
    size_t count, capacity;
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static void tell_problem(const struct scanner_sink *sink, const char *path, const char *reason)
{
    struct error line;
    error_set(&line, STATUS_IO, "%s", reason);
    error_prefix(&line, STATUS_IO, "%s", path);
    sink->problem(sink->context, line.message);
}

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    bool a_page = readers_take_page(text_of(*a)), b_page = readers_take_page(text_of(*b));
    return a_page == b_page ? strcmp(*a, *b) : b_page - a_page;
}

/* The visible names, sorted. A folder that cannot be read has none, and is told of. */
static enum status list_folder(const char *path, const struct scanner_sink *sink,
                               struct arena *arena, struct names *names, struct error *error)
{
    CLEANUP(close_folder) DIR *folder = opendir(path);
    if (!folder) {
        tell_problem(sink, path, strerror(errno));
        return STATUS_OK;
    }
    const struct dirent *entry;
    while ((void)(errno = 0), (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        struct text name = arena_text(arena, text_of(entry->d_name));
        if (!name.data ||
            !arena_grow(arena, &names->items, names->count, &names->capacity, sizeof(char *)))
            return no_memory(error);
        names->items[names->count++] = name.data;
    }
    if (errno)
        tell_problem(sink, path, strerror(errno));
    if (names->count)
        qsort(names->items, names->count, sizeof(char *), compare_names);
    return STATUS_OK;
}

static bool inside(const struct level *level, const struct stat *folder)
{
    for (; level; level = level->outer) {
        if (level->device == folder->st_dev && level->inode == folder->st_ino)
            return true;
    }
    return false;
}

static enum status walk_folder(const char *path, const struct level *level,
                               const struct scanner_sink *sink, struct error *error);

static enum status visit(const char *path, const char *name, const struct level *level,
                         const struct scanner_sink *sink, struct error *error)
{
    struct stat status;
    if (stat(path, &status)) {
        bool link_to_nothing = errno == ENOENT || errno == ELOOP;
        if (!link_to_nothing || readers_take(text_of(name))) /* else: it may be a folder */
            tell_problem(sink, path, strerror(errno));
        return STATUS_OK;
    }
    if (S_ISDIR(status.st_mode)) {
        if (inside(level, &status))
            return STATUS_OK;
        const struct level inner = { level, status.st_dev, status.st_ino };
        return walk_folder(path, &inner, sink, error);
    }
    if (S_ISREG(status.st_mode) && readers_take(text_of(name)))
        return sink->file(sink->context, path, error);
    return STATUS_OK;
}

static enum status walk_folder(const char *path, const struct level *level,
                               const struct scanner_sink *sink, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct names names = { 0 };
    enum status status = list_folder(path, sink, &arena, &names, error);
    const char *slash = text_ends_with(text_of(path), TEXT("/")) ? "" : "/";
    for (size_t i = 0; !status && i < names.count; i++) {
        struct text full = arena_printf(&arena, "%s%s%s", path, slash, names.items[i]);
        status =
            full.data ? visit(full.data, names.items[i], level, sink, error) : no_memory(error);
    }
    return status;
}

enum status scanner_walk(const char *path, const struct scanner_sink *sink, struct error *error)
{
    struct stat status;
    if (stat(path, &status) || !S_ISDIR(status.st_mode))
        return sink->file(sink->context, path, error);
    const struct level level = { NULL, status.st_dev, status.st_ino };
    return walk_folder(path, &level, sink, error);
}
