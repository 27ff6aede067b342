/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of searches, and where its file lies. */
#include "search/saved/saved.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"

enum status saved_place(const char *given, struct arena *arena, const char **out,
                        struct error *error)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct text path = { NULL, 0 };
    if (given)
        path = arena_text(arena, text_of(given));
    else if (data && data[0] == '/')
        path = arena_printf(arena, "%s/dafu/saved.json", data);
    else if (home && home[0] == '/')
        path = arena_printf(arena, "%s/.local/share/dafu/saved.json", home);
    else
        return error_set(error, STATUS_MISUSE,
                         "no place for saved searches: neither --saved, XDG_DATA_HOME nor HOME");
    *out = path.data;
    return path.data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status saved_lock(const char *path, int *out, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    const char *slash = strrchr(path, '/');
    struct text folder = slash ? arena_printf(&arena, "%.*s", (int)(slash - path), path) : TEXT("");
    struct text lock = arena_printf(&arena, "%s.lock", path);
    if (!lock.data || !folder.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = folder.length ? file_make_folder(folder.data, error) : STATUS_OK;
    if (status)
        return status;
    int file = open(lock.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return error_set(error, STATUS_IO, "cannot write saved searches: %s: \"%s\"",
                         strerror(errno), path);
    while (flock(file, LOCK_EX) != 0)
        if (errno != EINTR) {
            status = error_set(error, STATUS_IO, "cannot lock saved searches: %s: \"%s\"",
                               strerror(errno), path);
            close(file);
            return status;
        }
    *out = file;
    return STATUS_OK;
}

void saved_unlockp(int *lock)
{
    if (*lock >= 0)
        close(*lock);
}

struct saved_search *saved_find(const struct saved_list *list, struct text name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->searches[i].name, name))
            return &list->searches[i];
    return NULL;
}

static enum status check_name(struct text name, struct error *error)
{
    if (utf8_find_invalid(name) != TEXT_NONE)
        return error_set(error, STATUS_MISUSE, "the name is not valid UTF-8");
    if (!text_trim(name).length)
        return error_set(error, STATUS_MISUSE, "an empty name");
    if (name.length > SAVED_NAME_MAX)
        return error_set(error, STATUS_MISUSE, "a name has at most %d bytes", SAVED_NAME_MAX);
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.data[i] < 0x20 || name.data[i] == 0x7F)
            return error_set(error, STATUS_MISUSE, "a name has no control characters");
    return STATUS_OK;
}

enum status saved_add(struct saved_list *list, struct text name, struct arena *arena,
                      struct saved_search **out, struct error *error)
{
    enum status status = check_name(name, error);
    struct saved_search *search = status ? NULL : saved_find(list, name);
    if (status)
        return status;
    if (!search && list->count == SAVED_SEARCHES_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d saved searches", SAVED_SEARCHES_MAX);
    if (!search &&
        !arena_grow(arena, &list->searches, list->count, &list->capacity, sizeof(*list->searches)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!search)
        search = &list->searches[list->count++];
    *search = (struct saved_search) { .name = name };
    *out = search;
    return STATUS_OK;
}

enum status saved_rename(const struct saved_list *list, struct saved_search *search,
                         struct text name, struct error *error)
{
    enum status status = check_name(name, error);
    const struct saved_search *other = status ? NULL : saved_find(list, name);
    if (other && other != search)
        return error_set(error, STATUS_MISUSE, "there is a search of that name: \"%.*s\"",
                         TEXT_ARG(name));
    if (!status)
        search->name = name;
    return status;
}

void saved_remove(struct saved_list *list, struct saved_search *search)
{
    size_t at = (size_t)(search - list->searches);
    memmove(search, search + 1, (list->count - at - 1) * sizeof(*search));
    list->count--;
}

struct text saved_now(struct arena *arena)
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm parts;
    size_t length =
        gmtime_r(&now, &parts) ? strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &parts) : 0;
    return arena_text(arena, text_of_bytes(stamp, length));
}
