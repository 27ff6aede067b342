/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every message here is "cannot <do> "<path>": <the system's reason>". Foreign paths are opened
 * without blocking, so a named pipe is refused instead of waited for. */
#include "indexer/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"

#define CHUNK ((size_t)64 << 10)

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* The message and status for a system call that failed with `code`. */
static enum status system_error(struct error *error, const char *what, const char *path, int code)
{
    char reason[256];
    if (strerror_r(code, reason, sizeof(reason)))
        snprintf(reason, sizeof(reason), "error %d", code);
    enum status status = code == ENOENT || code == ENOTDIR ? STATUS_NOT_FOUND
                         : code == ENOMEM                  ? STATUS_NO_MEMORY
                                                           : STATUS_IO;
    return error_set(error, status, "cannot %s \"%s\": %s", what, path, reason);
}

static enum status refuse_irregular(struct error *error, const char *path, mode_t mode)
{
    if (S_ISDIR(mode))
        return error_set(error, STATUS_INVALID, "a folder, not a regular file \"%s\"", path);
    return error_set(error, STATUS_INVALID, "not a regular file \"%s\"", path);
}

/* Opens a regular file for reading; *fd is -1 on failure. */
static enum status open_regular(const char *path, int *fd, size_t *length, struct error *error)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd < 0 && errno == ENXIO) /* a socket */
        return error_set(error, STATUS_INVALID, "not a regular file \"%s\"", path);
    if (*fd < 0)
        return system_error(error, "read", path, errno);

    struct stat info;
    enum status status = STATUS_OK;
    if (fstat(*fd, &info))
        status = system_error(error, "read", path, errno);
    else if (!S_ISREG(info.st_mode))
        status = refuse_irregular(error, path, info.st_mode);
    else if ((uintmax_t)info.st_size > SIZE_MAX)
        status = error_set(error, STATUS_LIMIT, "too long for this machine \"%s\"", path);
    if (status) {
        close(*fd);
        *fd = -1;
        return status;
    }
    *length = (size_t)info.st_size;
    return STATUS_OK;
}

enum status file_map_open(const char *path, struct file_map *out, struct error *error)
{
    CLEANUP(close_fd) int fd = -1;
    size_t length = 0;
    enum status status = open_regular(path, &fd, &length, error);
    if (status)
        return status;

    void *data = NULL;
    if (length) {
        data = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED)
            return system_error(error, "map", path, errno);
    }
    *out = (struct file_map) { data, length };
    return STATUS_OK;
}

void file_map_close(struct file_map *map)
{
    if (!map)
        return;
    if (map->data)
        munmap((void *)(uintptr_t)map->data, map->length);
    *map = (struct file_map) { NULL, 0 };
}

static ssize_t read_some(int fd, char *data, size_t length)
{
    ssize_t got;
    do
        got = read(fd, data, length);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Appends what is left of `fd`, at most `ceiling` bytes. The length that fstat reported is a hint
 * only: files grow, and those of /proc say 0. */
static enum status read_rest(int fd, const char *path, size_t ceiling, struct buffer *out,
                             struct error *error)
{
    CLEANUP(cleanup_free) char *chunk = malloc(CHUNK);
    if (!chunk)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    for (size_t total = 0;;) {
        ssize_t got = read_some(fd, chunk, CHUNK);
        if (got < 0)
            return system_error(error, "read", path, errno);
        if (got == 0)
            return STATUS_OK;
        total += (size_t)got;
        if (total > ceiling)
            return error_set(error, STATUS_LIMIT, "longer than %zu bytes \"%s\"", ceiling, path);
        buffer_append(out, text_of_bytes(chunk, (size_t)got));
        enum status status = buffer_status(out, error);
        if (status)
            return error_prefix(error, status, "cannot read \"%s\"", path);
    }
}

enum status file_read(const char *path, size_t ceiling, struct buffer *out, struct error *error)
{
    CLEANUP(close_fd) int fd = -1;
    size_t length = 0;
    if (!ceiling)
        ceiling = SIZE_MAX;
    enum status status = buffer_status(out, error);
    if (!status)
        status = open_regular(path, &fd, &length, error);
    if (status)
        return status;
    if (length > ceiling)
        return error_set(error, STATUS_LIMIT, "longer than %zu bytes \"%s\"", ceiling, path);

    size_t before = out->length;
    buffer_reserve(out, length);
    status = read_rest(fd, path, ceiling, out, error);
    if (status) {
        out->length = before;
        if (out->data)
            out->data[before] = '\0';
    }
    return status;
}

static enum status write_all(int fd, const char *path, struct text content, struct error *error)
{
    while (content.length) {
        ssize_t written = write(fd, content.data, content.length);
        if (written < 0 && errno != EINTR)
            return system_error(error, "write", path, errno);
        if (written > 0)
            content = text_slice(content, (size_t)written, content.length - (size_t)written);
    }
    return STATUS_OK;
}

/* A new file in the folder of `path`. Its short name has no part of the old one, which may be as
 * long as names can be. The kernel applies the umask, which mkstemp would not. */
static enum status create_beside(const char *path, size_t folder_length, char *name, size_t size,
                                 int *fd, struct error *error)
{
    static atomic_uint counter;
    for (int attempt = 0; attempt < 100; attempt++) {
        snprintf(name, size, "%.*s" FILE_BESIDE "%ld-%u", (int)folder_length, path, (long)getpid(),
                 atomic_fetch_add(&counter, 1));
        *fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*fd >= 0)
            return STATUS_OK;
        if (errno != EEXIST)
            break;
    }
    return system_error(error, "write", path, errno);
}

/* So that the rename itself survives a crash. A folder that cannot be opened or synced for want
 * of rights or support is left to the kernel: nothing is mixed up by that. */
static enum status sync_folder(const char *path, size_t folder_length, struct error *error)
{
    CLEANUP(cleanup_free) char *folder = folder_length ? strndup(path, folder_length) : strdup(".");
    if (!folder)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    CLEANUP(close_fd) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && fsync(fd) && errno != EINVAL)
        return system_error(error, "sync", folder, errno);
    return STATUS_OK;
}

/* Writes, gives the old file's mode (0: none) and syncs; closes fd. */
static enum status fill_new_file(int fd, const char *path, struct text content, mode_t mode,
                                 struct error *error)
{
    enum status status = write_all(fd, path, content, error);
    if (!status && mode && fchmod(fd, mode & 07777))
        status = system_error(error, "write", path, errno);
    if (!status && fsync(fd))
        status = system_error(error, "write", path, errno);
    if (close(fd) && !status)
        status = system_error(error, "write", path, errno);
    return status;
}

enum status file_replace(const char *path, struct text content, struct error *error)
{
    CLEANUP(cleanup_free) char *real = realpath(path, NULL); /* NULL: there is no such file yet */
    const char *target = real ? real : path;
    struct stat old = { 0 };
    if (stat(target, &old) == 0 && !S_ISREG(old.st_mode))
        return refuse_irregular(error, path, old.st_mode);

    const char *slash = strrchr(target, '/');
    size_t folder_length = slash ? (size_t)(slash - target) + 1 : 0;
    size_t size = folder_length + sizeof(FILE_BESIDE "-") + 64;
    CLEANUP(cleanup_free) char *name = malloc(size);
    if (!name)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    int fd;
    enum status status = create_beside(target, folder_length, name, size, &fd, error);
    if (status)
        return status;
    status = fill_new_file(fd, target, content, old.st_mode, error);
    if (!status && rename(name, target))
        status = system_error(error, "write", target, errno);
    if (status) {
        unlink(name);
        return status;
    }
    return sync_folder(target, folder_length, error);
}

/* The folder of the running executable, with its slash. */
static enum status executable_folder(char *out, size_t size, struct error *error)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length < 0)
        return system_error(error, "read", "/proc/self/exe", errno);
    out[length] = '\0';
    char *slash = strrchr(out, '/');
    if ((size_t)length >= size - 1 || !slash)
        return error_set(error, STATUS_IO, "no folder found for the running program \"%s\"", out);
    slash[1] = '\0';
    return STATUS_OK;
}

enum status file_beside_program(const char *relative, struct arena *arena, const char **path,
                                struct error *error)
{
    char folder[PATH_MAX];
    enum status status = executable_folder(folder, sizeof(folder), error);
    struct text joined = status ? TEXT("") : arena_printf(arena, "%s%s", folder, relative);
    if (!joined.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!status)
        *path = joined.data;
    return status;
}

enum status file_find_data(const char *name, struct arena *arena, const char **path,
                           struct error *error)
{
    const char *chosen = getenv("DAFU_DATA"), *candidate = NULL;
    bool is_chosen = chosen && *chosen;
    struct text named = is_chosen ? arena_printf(arena, "%s/%s", chosen, name)
                                  : arena_printf(arena, "../share/dafu/%s", name);
    if (!named.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    candidate = named.data;
    enum status status =
        is_chosen ? STATUS_OK : file_beside_program(named.data, arena, &candidate, error);
    if (status)
        return status;

    struct stat info;
    if (stat(candidate, &info))
        return error_set(error, STATUS_NOT_FOUND,
                         "no data file \"%s\" (DAFU_DATA can name another folder)", candidate);
    *path = candidate;
    return STATUS_OK;
}

/* mkdir, where a folder that is there already is success. */
static enum status make_one_folder(const char *path, struct error *error)
{
    if (mkdir(path, 0777) == 0)
        return STATUS_OK;
    int code = errno;
    struct stat info;
    if (stat(path, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return STATUS_OK;
        return error_set(error, STATUS_INVALID, "not a folder \"%s\"", path);
    }
    return system_error(error, "make folder", path, code);
}

enum status file_make_folder(const char *path, struct error *error)
{
    CLEANUP(cleanup_free) char *part = strdup(path);
    if (!part)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (char *slash = strchr(part + (*part == '/'), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        enum status status = make_one_folder(part, error);
        if (status)
            return status;
        *slash = '/';
    }
    return make_one_folder(part, error);
}
