/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Depth first. Each level holds the names of its folder, sorted, and nothing else. */
#include "indexer/batch/scanner.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/source.h"
#include "indexer/document/readers.h"

struct level { /* a folder that the walk is in */
    const struct level *outer;
    dev_t device;
    ino_t inode;
    const char *path, *real, *via; /* scanner_file */
};

struct name {
    const char *text;
    bool link; /* a symbolic link, as far as the folder itself tells */
};

struct names {
    struct name *items;
    size_t count, capacity;
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static void tell_problem(const struct scanner_sink *sink, const char *path, const char *via,
                         const char *reason)
{
    struct error line;
    error_set(&line, STATUS_IO, "%s", reason);
    error_prefix(&line, STATUS_IO, "%s", path);
    sink->problem(sink->context, via, line.message);
}

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static int compare_names(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    bool a_page = readers_take_page(text_of(a->text)), b_page = readers_take_page(text_of(b->text));
    return a_page == b_page ? strcmp(a->text, b->text) : b_page - a_page;
}

/* The visible names, sorted. A folder that cannot be read has none, and is told of. */
static enum status list_folder(const struct level *level, const struct scanner_sink *sink,
                               struct arena *arena, struct names *names, struct error *error)
{
    CLEANUP(close_folder) DIR *folder = opendir(level->path);
    if (!folder) {
        tell_problem(sink, level->path, level->via, strerror(errno));
        return STATUS_OK;
    }
    const struct dirent *entry;
    while ((void)(errno = 0), (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        struct text name = arena_text(arena, text_of(entry->d_name));
        if (!name.data ||
            !arena_grow(arena, &names->items, names->count, &names->capacity, sizeof(struct name)))
            return no_memory(error);
        bool link = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
        names->items[names->count++] = (struct name) { name.data, link };
    }
    if (errno)
        tell_problem(sink, level->path, level->via, strerror(errno));
    if (names->count)
        qsort(names->items, names->count, sizeof(struct name), compare_names);
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

static enum status walk_folder(const struct level *level, const struct scanner_sink *sink,
                               struct error *error);

static const char *below(const char *folder, const char *name, struct arena *arena)
{
    const char *slash = text_ends_with(text_of(folder), TEXT("/")) ? "" : "/";
    size_t size = strlen(folder) + strlen(slash) + strlen(name) + 1;
    char *path = arena_alloc(arena, size); /* its bytes need not be UTF-8 */
    if (path)
        snprintf(path, size, "%s%s%s", folder, slash, name);
    return path;
}

static enum status visit(const struct name *name, const struct level *level,
                         const struct scanner_sink *sink, struct arena *arena, struct error *error)
{
    struct stat status;
    const char *path = below(level->path, name->text, arena);
    const char *via = below(level->via, name->text, arena);
    const char *real = name->link ? NULL : below(level->real, name->text, arena);
    if (!path || !via)
        return no_memory(error);
    if (stat(path, &status)) {
        bool link_to_nothing = errno == ENOENT || errno == ELOOP;
        if (!link_to_nothing || readers_take(text_of(name->text))) /* else: it may be a folder */
            tell_problem(sink, path, via, strerror(errno));
        return STATUS_OK;
    }
    bool folder = S_ISDIR(status.st_mode);
    if (!folder && !(S_ISREG(status.st_mode) && readers_take(text_of(name->text))))
        return STATUS_OK;
    CLEANUP(cleanup_free) char *resolved = real ? NULL : realpath(path, NULL);
    real = real ? real : resolved;
    if (!real) {
        tell_problem(sink, path, via, strerror(errno));
        return STATUS_OK;
    }
    if (!folder) {
        const struct scanner_file file = { path, real, via, &status, false };
        return sink->file(sink->context, &file, error);
    }
    if (inside(level, &status))
        return STATUS_OK;
    const struct level inner = { level, status.st_dev, status.st_ino, path, real, via };
    return walk_folder(&inner, sink, error);
}

static enum status walk_folder(const struct level *level, const struct scanner_sink *sink,
                               struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(arena_release) struct arena of_name;
    arena_init(&arena, 0);
    arena_init(&of_name, 0);
    struct names names = { 0 };
    enum status status = list_folder(level, sink, &arena, &names, error);
    for (size_t i = 0; !status && i < names.count; i++) {
        arena_clear(&of_name);
        status = visit(&names.items[i], level, sink, &of_name, error);
    }
    return status;
}

enum status scanner_walk(const char *path, const struct scanner_sink *sink, struct error *error)
{
    struct stat status;
    bool there = stat(path, &status) == 0;
    bool missing = !there && (errno == ENOENT || errno == ENOTDIR);
    CLEANUP(cleanup_free) char *real = source_resolve(path);
    const char *named = real ? real : path; /* "" is no path */
    if (!there || !S_ISDIR(status.st_mode)) {
        const struct scanner_file file = { path, named, named, there ? &status : NULL, missing };
        return sink->file(sink->context, &file, error);
    }
    const struct level level = { NULL, status.st_dev, status.st_ino, path, named, named };
    return walk_folder(&level, sink, error);
}
