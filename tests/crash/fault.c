/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library to preload: makes the Nth call of one kind fail, as a full disk, a lost device or an
 * exhausted system would.
 *
 * DAFU_FAULT=kind:n:errno[:on]   the nth call (from 1) of the kind fails with that errno (a number);
 *                                with ":on" all later ones do, too; errno 0: there the process is
 *                                killed
 * DAFU_FAULT_COUNT=file          how many calls of each kind there were, appended at the exit
 *
 * Kinds: open (only for writing), write (write, pwrite), sync (fsync, fdatasync), rename, mmap,
 * malloc (with calloc, realloc and aligned allocation). Standard output and error are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum kind { KIND_OPEN, KIND_WRITE, KIND_SYNC, KIND_RENAME, KIND_MMAP, KIND_MALLOC, KIND_COUNT };

static const char *const NAMES[] = { "open", "write", "sync", "rename", "mmap", "malloc" };
static atomic_ulong calls[KIND_COUNT];
static int failing = KIND_COUNT; /* the kind that fails */
static unsigned long failing_call;
static int failing_errno;
static bool failing_on;

__attribute__((constructor)) static void read_settings(void)
{
    const char *setting = getenv("DAFU_FAULT");
    char name[16], on[4] = "";
    unsigned long number;
    int code;
    if (!setting || sscanf(setting, "%15[a-z]:%lu:%d:%3s", name, &number, &code, on) < 3)
        return;
    failing_call = number;
    failing_errno = code;
    failing_on = strcmp(on, "on") == 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        atomic_store(&calls[kind], 0); /* what the loader did does not count */
        if (strcmp(NAMES[kind], name) == 0)
            failing = kind;
    }
}

__attribute__((destructor)) static void tell_counts(void)
{
    const char *path = getenv("DAFU_FAULT_COUNT");
    char line[256];
    int length = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        length += snprintf(line + length, sizeof(line) - (size_t)length, "%s %lu\n", NAMES[kind],
                           (unsigned long)atomic_load(&calls[kind]));
    int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
    if (file >= 0 && write(file, line, (size_t)length) != length)
        abort();
}

static bool fails(enum kind kind)
{
    unsigned long number = atomic_fetch_add(&calls[kind], 1) + 1;
    bool now = number == failing_call || (failing_on && number > failing_call);
    if ((int)kind != failing || !now)
        return false;
    if (failing_errno == 0)
        kill(getpid(), SIGKILL);
    errno = failing_errno;
    return true;
}

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* ---- files ---- */

static int open_file(const char *path, int flags, mode_t mode, const char *which)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, which);
    if ((flags & O_ACCMODE) != O_RDONLY && fails(KIND_OPEN))
        return -1;
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = va_arg(list, mode_t);
    va_end(list);
    return open_file(path, flags, mode, "open");
}

int open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = va_arg(list, mode_t);
    va_end(list);
    return open_file(path, flags, mode, "open64");
}

ssize_t write(int file, const void *bytes, size_t length)
{
    return file > STDERR_FILENO && fails(KIND_WRITE) ? -1 : NEXT(write)(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset)
{
    return fails(KIND_WRITE) ? -1 : NEXT(pwrite)(file, bytes, length, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset)
{
    return fails(KIND_WRITE) ? -1 : NEXT(pwrite64)(file, bytes, length, offset);
}

int fsync(int file)
{
    return fails(KIND_SYNC) ? -1 : NEXT(fsync)(file);
}

int fdatasync(int file)
{
    return fails(KIND_SYNC) ? -1 : NEXT(fdatasync)(file);
}

int rename(const char *from, const char *to)
{
    return fails(KIND_RENAME) ? -1 : NEXT(rename)(from, to);
}

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset)
{
    bool of_file = file >= 0;
    return of_file && fails(KIND_MMAP)
               ? MAP_FAILED
               : NEXT(mmap)(address, length, protection, flags, file, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int file, off64_t offset)
{
    bool of_file = file >= 0;
    return of_file && fails(KIND_MMAP)
               ? MAP_FAILED
               : NEXT(mmap64)(address, length, protection, flags, file, offset);
}

/* ---- memory: of the program's allocator, which is not always glibc's ---- */

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void *(*next_aligned_alloc)(size_t, size_t);
static int (*next_posix_memalign)(void **, size_t, size_t);
static void (*next_free)(void *);

/* What dlsym asks for before it has told where the allocator is. */
static char early[1 << 14];
static size_t early_used;

static void *early_alloc(size_t size)
{
    size_t at = (early_used + 15) & ~(size_t)15;
    if (size > sizeof(early) - at)
        return NULL;
    early_used = at + size;
    return early + at;
}

static bool find_allocator(void)
{
    static bool finding;
    if (next_free || finding)
        return next_free;
    finding = true;
    next_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
    next_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
    next_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
    next_aligned_alloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "aligned_alloc");
    next_posix_memalign = (int (*)(void **, size_t, size_t))dlsym(RTLD_NEXT, "posix_memalign");
    next_free = (void (*)(void *))dlsym(RTLD_NEXT, "free");
    finding = false;
    return true;
}

void *malloc(size_t size)
{
    if (!find_allocator())
        return early_alloc(size);
    return fails(KIND_MALLOC) ? NULL : next_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!find_allocator())
        return early_alloc(count * size); /* is zero, and asked for once */
    return fails(KIND_MALLOC) ? NULL : next_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    if (!find_allocator())
        return early_alloc(size);
    return fails(KIND_MALLOC) ? NULL : next_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    find_allocator();
    return fails(KIND_MALLOC) ? NULL : next_aligned_alloc(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    find_allocator();
    return fails(KIND_MALLOC) ? ENOMEM : next_posix_memalign(memory, alignment, size);
}

void free(void *memory)
{
    if ((char *)memory >= early && (char *)memory < early + sizeof(early))
        return;
    if (find_allocator())
        next_free(memory);
}
