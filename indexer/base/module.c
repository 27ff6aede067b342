/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/base/module.h"

#include <dlfcn.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

/* Whether all that is to be mapped lies in the file. Of a file that was cut the dynamic linker maps
 * what is not there, and the process dies when that is touched. */
static bool is_whole(const struct file_map *file)
{
    ElfW(Ehdr) head;
    if (file->length < sizeof(head))
        return false;
    memcpy(&head, file->data, sizeof(head));
    if (memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 || head.e_phentsize != sizeof(ElfW(Phdr)) ||
        head.e_phoff > file->length ||
        head.e_phnum > (file->length - head.e_phoff) / sizeof(ElfW(Phdr)))
        return false;
    for (size_t i = 0; i < head.e_phnum; i++) {
        ElfW(Phdr) part;
        memcpy(&part, file->data + head.e_phoff + i * sizeof(part), sizeof(part));
        if (part.p_type == PT_LOAD &&
            (part.p_offset > file->length || part.p_filesz > file->length - part.p_offset))
            return false;
    }
    return true;
}

static enum status check_file(const char *path, struct error *error)
{
    CLEANUP(file_map_close) struct file_map file = { 0 };
    enum status status = file_map_open(path, &file, error);
    if (status)
        return error_prefix(error, status, "a part of this program is missing");
    if (!is_whole(&file))
        return error_set(error, STATUS_CORRUPT, "a part of this program is damaged \"%s\"", path);
    return STATUS_OK;
}

/* What the dynamic linker says, without the path, which our own message names. */
static const char *reason(const char *path)
{
    const char *said = dlerror();
    size_t length = strlen(path);
    if (said && strncmp(said, path, length) == 0 && strncmp(said + length, ": ", 2) == 0)
        said += length + 2;
    return said ? said : "unknown reason";
}

enum status module_open(const char *name, const char *symbol, const void **table,
                        struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    const char *path;
    struct text relative = arena_printf(&arena, DAFU_MODULES "/%s.so", name);
    enum status status = relative.data ? file_beside_program(relative.data, &arena, &path, error)
                                       : error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!status)
        status = check_file(path, error);
    if (status)
        return status;

    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL); /* never closed: its threads, its exit */
    const struct module *found = library ? dlsym(library, symbol) : NULL;
    if (!found)
        return error_set(error, STATUS_CORRUPT,
                         "a part of this program cannot be loaded \"%s\": %s", path, reason(path));
    if (strcmp(found->version, DAFU_VERSION) != 0)
        return error_set(error, STATUS_MISMATCH,
                         "a part of this program is of version %s, not %s \"%s\"", found->version,
                         DAFU_VERSION, path);
    *table = found;
    return STATUS_OK;
}
