/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ZIP (PKWARE APPNOTE 6.3) through libzip. libzip checks signatures, sizes and CRCs; what it does
 * not bound is done here: the number of entries before it builds its tables, and every byte as it
 * is inflated, whatever the directory says about sizes. */
#include "indexer/document/zip.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include <zip.h>

#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define LOCAL_HEADER_BYTES 30
#define PATH_BYTES_MAX 4096
#define CHUNK_BYTES ((size_t)64 << 10)

struct entry {
    struct text name; /* see zip_container_name */
    struct text key;  /* the name in lower case (ASCII) */
    uint32_t index;
    bool folder;
};

struct zip_container {
    struct zip *zip;
    uint64_t *budget;
    struct arena arena;
    struct entry *entries;
    const struct entry **sorted; /* by key */
    size_t count;
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

bool zip_recognizes(struct text head, struct text *first)
{
    *first = (struct text) { NULL, 0 };
    if (text_starts_with(head, TEXT("PK\5\6")))
        return true; /* without any entry */
    if (!text_starts_with(head, TEXT("PK\3\4")))
        return false;
    if (head.length < LOCAL_HEADER_BYTES)
        return true;
    const unsigned char *bytes = (const unsigned char *)head.data;
    size_t length = bytes[26] | (size_t)bytes[27] << 8;
    size_t rest = head.length - LOCAL_HEADER_BYTES;
    *first = text_slice(head, LOCAL_HEADER_BYTES, length < rest ? length : rest);
    return true;
}

/* Every entry has its signature in the central directory, so there are not more entries than
 * signatures in the file. Counting them is cheaper than what libzip sets up for each. */
static bool has_too_many_entries(struct text bytes)
{
    size_t count = 0;
    const char *at = bytes.data, *end = bytes.data + bytes.length;
    while (count <= ZIP_ENTRIES_MAX && (at = memchr(at, 'P', (size_t)(end - at)))) {
        count += end - at >= 4 && memcmp(at, "PK\1\2", 4) == 0;
        at++;
    }
    return count > ZIP_ENTRIES_MAX;
}

/* -- names ------------------------------------------------------------------------------------ */

static bool decode_gb18030(struct text raw, char *out, size_t size, size_t *length)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return false;
    char *from = (char *)raw.data; /* iconv only reads it */
    size_t from_left = raw.length;
    size_t to_left = size;
    size_t failed = iconv(converter, &from, &from_left, &out, &to_left);
    iconv_close(converter);
    *length = size - to_left;
    return failed != (size_t)-1;
}

/* UTF-8 if it is, else GB18030 (what Chinese Windows writes, unmarked), else the ASCII of it. */
static struct text decode_name(struct text raw, struct arena *arena)
{
    if (utf8_find_invalid(raw) == TEXT_NONE)
        return raw;
    size_t size = raw.length * 4;
    char *out = arena_alloc(arena, size);
    size_t length = 0;
    if (!out)
        return (struct text) { NULL, 0 };
    if (decode_gb18030(raw, out, size, &length) &&
        utf8_find_invalid(text_of_bytes(out, length)) == TEXT_NONE)
        return text_of_bytes(out, length);

    length = 0;
    for (size_t offset = 0; offset < raw.length;) {
        uint32_t codepoint = utf8_next(raw.data, raw.length, &offset);
        length += utf8_encode(codepoint == UTF8_INVALID ? 0xFFFD : codepoint, out + length);
    }
    return text_of_bytes(out, length);
}

static bool is_separator(char byte)
{
    return byte == '/' || byte == '\\';
}

/* Appends the parts of a path to the `length` bytes in `out`, which has room for `size`; false:
 * too long. "..", which cannot leave the root, takes the last part off. */
static bool append_path(struct text path, char *out, size_t size, size_t *length)
{
    for (size_t start = 0; start < path.length;) {
        size_t end = start;
        while (end < path.length && !is_separator(path.data[end]))
            end++;
        struct text part = text_slice(path, start, end - start);
        start = end + 1;

        if (part.length == 0 || text_equal(part, TEXT(".")))
            continue;
        if (text_equal(part, TEXT(".."))) {
            while (*length > 0 && out[--*length] != '/')
                ;
            continue;
        }
        if (*length + 1 + part.length > size)
            return false;
        if (*length > 0)
            out[(*length)++] = '/';
        memcpy(out + *length, part.data, part.length);
        *length += part.length;
    }
    return true;
}

static void lower_case(char *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        data[i] = (char)tolower((unsigned char)data[i]);
}

static int compare_keys(const void *a, const void *b)
{
    const struct entry *first = *(const struct entry *const *)a;
    const struct entry *second = *(const struct entry *const *)b;
    int order = text_compare(first->key, second->key);
    return order ? order : (first->index > second->index) - (first->index < second->index);
}

static bool add_entry(struct zip_container *container, uint32_t index)
{
    struct text raw = text_of(zip_get_name(container->zip, index, ZIP_FL_ENC_RAW));
    struct text decoded = decode_name(raw, &container->arena);
    char *name = arena_alloc(&container->arena, decoded.length + 1);
    size_t length = 0;
    if ((raw.length > 0 && !decoded.data) || !name)
        return false;
    append_path(decoded, name, decoded.length + 1, &length);

    struct entry *entry = &container->entries[container->count];
    entry->index = index;
    entry->name = text_of_bytes(name, length);
    entry->folder = decoded.length > 0 && is_separator(decoded.data[decoded.length - 1]);
    entry->key = arena_text(&container->arena, entry->name);
    if (!entry->key.data)
        return false;
    lower_case((char *)entry->key.data, length); /* our own copy */
    container->sorted[container->count++] = entry;
    return true;
}

static enum status list_entries(struct zip_container *container, struct error *error)
{
    zip_int64_t count = zip_get_num_entries(container->zip, 0);
    if (count < 0 || (uint64_t)count > ZIP_ENTRIES_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu files in it", ZIP_ENTRIES_MAX);
    if (count == 0)
        return STATUS_OK;

    container->entries = ARENA_ARRAY(&container->arena, struct entry, (size_t)count);
    container->sorted = ARENA_ARRAY(&container->arena, const struct entry *, (size_t)count);
    if (!container->entries || !container->sorted)
        return out_of_memory(error);
    for (uint32_t i = 0; i < (uint32_t)count; i++)
        if (!add_entry(container, i))
            return out_of_memory(error);
    qsort(container->sorted, container->count, sizeof(struct entry *), compare_keys);
    return STATUS_OK;
}

/* -- the container ---------------------------------------------------------------------------- */

static enum status open_zip(struct text bytes, struct zip **out, struct error *error)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(bytes.data, bytes.length, 0, &problem);
    if (source)
        *out = zip_open_from_source(source, ZIP_RDONLY, &problem);

    enum status status = STATUS_OK;
    if (!*out) {
        status = zip_error_code_zip(&problem) == ZIP_ER_MEMORY ? STATUS_NO_MEMORY : STATUS_INVALID;
        error_set(error, status, "damaged ZIP container (%s)", zip_error_strerror(&problem));
        if (source)
            zip_source_free(source);
    }
    zip_error_fini(&problem);
    return status;
}

enum status zip_container_open(struct text bytes, uint64_t *budget, struct zip_container **out,
                               struct error *error)
{
    if (bytes.length > ZIP_BYTES_MAX)
        return error_set(error, STATUS_LIMIT, "ZIP container longer than %zu MiB",
                         ZIP_BYTES_MAX >> 20);
    if (bytes.length == 0)
        return error_set(error, STATUS_INVALID, "damaged ZIP container (no bytes)");
    if (has_too_many_entries(bytes))
        return error_set(error, STATUS_LIMIT, "more than %zu files in it", ZIP_ENTRIES_MAX);

    CLEANUP(zip_container_closep) struct zip_container *container = calloc(1, sizeof(*container));
    if (!container)
        return out_of_memory(error);
    arena_init(&container->arena, 0);
    container->budget = budget;

    enum status status = open_zip(bytes, &container->zip, error);
    if (!status)
        status = list_entries(container, error);
    if (status)
        return status;
    *out = container;
    container = NULL; /* the caller's from here on */
    return STATUS_OK;
}

void zip_container_close(struct zip_container *container)
{
    if (!container)
        return;
    if (container->zip)
        zip_discard(container->zip);
    arena_release(&container->arena);
    free(container);
}

void zip_container_closep(struct zip_container **container)
{
    zip_container_close(*container);
}

size_t zip_container_count(const struct zip_container *container)
{
    return container->count;
}

struct text zip_container_name(const struct zip_container *container, size_t index)
{
    return container->entries[index].name;
}

bool zip_container_is_folder(const struct zip_container *container, size_t index)
{
    return container->entries[index].folder;
}

/* -- finding ---------------------------------------------------------------------------------- */

static int compare_key(const void *key, const void *element)
{
    return text_compare(*(const struct text *)key, (*(const struct entry *const *)element)->key);
}

static bool find_in(const struct zip_container *container, struct text folder, struct text path,
                    size_t *index)
{
    char key[PATH_BYTES_MAX];
    size_t length = 0;
    if (!append_path(folder, key, sizeof(key), &length) ||
        !append_path(path, key, sizeof(key), &length) || container->count == 0)
        return false;
    lower_case(key, length);

    struct text wanted = text_of_bytes(key, length);
    const struct entry **found =
        bsearch(&wanted, container->sorted, container->count, sizeof(struct entry *), compare_key);
    if (!found)
        return false;
    while (found > container->sorted && text_equal(found[-1]->key, wanted))
        found--; /* of several with one name the first counts */
    *index = (*found)->index;
    return !(*found)->folder;
}

static struct text folder_of(struct text name)
{
    size_t slash = text_find_last(name, TEXT("/"));
    return text_slice(name, 0, slash == TEXT_NONE ? 0 : slash);
}

bool zip_container_find(const struct zip_container *container, struct text from, struct text path,
                        size_t *index)
{
    path = text_trim(path);
    if (path.length == 0)
        return false;
    if (!is_separator(path.data[0]) && find_in(container, folder_of(from), path, index))
        return true;
    return find_in(container, (struct text) { NULL, 0 }, path, index);
}

/* -- reading ---------------------------------------------------------------------------------- */

static enum status damaged(const struct zip_container *container, size_t index, struct error *error)
{
    return error_set(error, STATUS_INVALID, "damaged in the ZIP container: \"%.*s\"",
                     TEXT_ARG(container->entries[index].name));
}

static enum status too_big(const struct zip_container *container, size_t index, const char *what,
                           struct error *error)
{
    return error_set(error, STATUS_LIMIT, "inflates to more than %s: \"%.*s\"", what,
                     TEXT_ARG(container->entries[index].name));
}

/* Checks what has been inflated so far against every ceiling. */
static enum status check_size(struct zip_container *container, size_t index, uint64_t inflated,
                              uint64_t compressed, uint64_t step, struct error *error)
{
    if (inflated > ZIP_ENTRY_BYTES_MAX)
        return too_big(container, index, "64 MiB", error);
    if (inflated > ZIP_RATIO_BYTES_MIN && inflated / ZIP_RATIO_MAX > compressed)
        return too_big(container, index, "200 times its size", error);
    if (step > *container->budget)
        return too_big(container, index, "the whole file may", error);
    *container->budget -= step;
    return STATUS_OK;
}

static enum status inflate_entry(struct zip_container *container, size_t index,
                                 struct zip_file *file, uint64_t compressed, struct buffer *out,
                                 struct error *error)
{
    for (uint64_t inflated = 0;;) {
        char *room = buffer_reserve(out, CHUNK_BYTES);
        if (!room)
            return buffer_status(out, error);
        zip_int64_t count = zip_fread(file, room, CHUNK_BYTES);
        if (count < 0)
            return damaged(container, index, error);
        if (count == 0)
            return STATUS_OK;
        inflated += (uint64_t)count;
        enum status status =
            check_size(container, index, inflated, compressed, (uint64_t)count, error);
        if (status)
            return status;
        out->length += (size_t)count;
        out->data[out->length] = '\0';
    }
}

/* Why libzip does not open an entry. */
static enum status not_opened(struct zip_container *container, size_t index, struct error *error)
{
    switch (zip_error_code_zip(zip_get_error(container->zip))) {
    case ZIP_ER_MEMORY:
        return out_of_memory(error);
    case ZIP_ER_COMPNOTSUPP:
        return error_set(error, STATUS_UNSUPPORTED,
                         "unknown compression in the ZIP container: "
                         "\"%.*s\"",
                         TEXT_ARG(container->entries[index].name));
    default:
        return damaged(container, index, error);
    }
}

enum status zip_container_read(struct zip_container *container, size_t index, struct buffer *out,
                               struct error *error)
{
    struct zip_stat stat;
    zip_stat_init(&stat);
    if (zip_stat_index(container->zip, index, 0, &stat) != 0)
        return damaged(container, index, error);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return error_set(error, STATUS_UNSUPPORTED, "encrypted: \"%.*s\"",
                         TEXT_ARG(container->entries[index].name));

    struct zip_file *file = zip_fopen_index(container->zip, index, 0);
    if (!file)
        return not_opened(container, index, error);
    enum status status = inflate_entry(container, index, file, stat.comp_size, out, error);
    zip_fclose(file);
    return status;
}
