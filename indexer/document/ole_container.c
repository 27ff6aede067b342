/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offsets of the header and of directory entries are those of [MS-CFB] 2.2 and 2.6.1. A chain ends
 * at the first sector that is none, and after as many sectors as the file can hold. */
#include "indexer/document/ole_container.h"

#define HEADER_BYTES ((size_t)512)
#define ENTRY_BYTES ((size_t)128)
#define MINI_BYTES ((size_t)64)
#define SECTOR_LAST 0xFFFFFFFAu /* the numbers above have meanings */
#define HEADER_DIFAT 109        /* sectors of the allocation table that the header names */
#define TYPE_STREAM 2
#define TYPE_ROOT 5

struct ole {
    struct text file;
    size_t sector; /* bytes */
    struct buffer table, mini_table, directory, mini_stream;
};

static struct text sector_bytes(const struct ole *ole, uint32_t number)
{
    size_t offset = ((size_t)number + 1) * ole->sector;
    if (number > SECTOR_LAST || offset >= ole->file.length)
        return (struct text) { NULL, 0 };
    size_t rest = ole->file.length - offset;
    return text_slice(ole->file, offset, rest < ole->sector ? rest : ole->sector);
}

static uint32_t next_sector(const struct buffer *table, uint32_t number)
{
    struct text numbers = buffer_text(table);
    return (size_t)number * 4 + 4 <= numbers.length ? ole_number(numbers, (size_t)number * 4, 4)
                                                    : UINT32_MAX;
}

static void read_chain(const struct ole *ole, uint32_t number, size_t limit, struct buffer *out)
{
    size_t most = ole->file.length / ole->sector + 1, start = out->length;
    for (size_t i = 0; i < most && out->length - start < limit; i++) {
        struct text bytes = sector_bytes(ole, number);
        if (!bytes.length)
            return;
        buffer_append(out, bytes);
        number = next_sector(&ole->table, number);
    }
}

static void read_mini_chain(const struct ole *ole, uint32_t number, size_t limit,
                            struct buffer *out)
{
    struct text bytes = buffer_text(&ole->mini_stream);
    for (size_t i = 0; i <= bytes.length / MINI_BYTES && i * MINI_BYTES < limit; i++) {
        size_t offset = (size_t)number * MINI_BYTES;
        if (number > SECTOR_LAST || offset >= bytes.length)
            return;
        size_t rest = bytes.length - offset;
        buffer_append(out, text_slice(bytes, offset, rest < MINI_BYTES ? rest : MINI_BYTES));
        number = next_sector(&ole->mini_table, number);
    }
}

/* The sectors of the allocation table are named in the header and in a chain of sectors. */
static void read_table(struct ole *ole)
{
    for (size_t i = 0; i < HEADER_DIFAT; i++)
        buffer_append(&ole->table, sector_bytes(ole, ole_number(ole->file, 0x4C + 4 * i, 4)));
    uint32_t next = ole_number(ole->file, 0x44, 4);
    size_t most = ole->file.length / ole->sector;
    for (size_t done = 0; done < most; done++) {
        struct text names = sector_bytes(ole, next);
        if (names.length < ole->sector)
            return;
        for (size_t i = 0; i + 4 < ole->sector && ole->table.length < ole->file.length; i += 4)
            buffer_append(&ole->table, sector_bytes(ole, ole_number(names, i, 4)));
        next = ole_number(names, ole->sector - 4, 4);
    }
}

static bool has_name(struct text entry, const char *name)
{
    size_t length = strlen(name);
    if (ole_number(entry, 64, 2) != 2 * (length + 1))
        return false;
    for (size_t i = 0; i < length; i++)
        if (ole_number(entry, 2 * i, 2) != (unsigned char)name[i])
            return false;
    return true;
}

/* The first entry of this type, and of this name if one is given. */
static bool find_entry(const struct ole *ole, unsigned type, const char *name, struct text *entry)
{
    struct text all = buffer_text(&ole->directory);
    for (size_t at = 0; at + ENTRY_BYTES <= all.length; at += ENTRY_BYTES) {
        *entry = text_slice(all, at, ENTRY_BYTES);
        if (ole_number(*entry, 66, 1) == type && (!name || has_name(*entry, name)))
            return true;
    }
    return false;
}

static bool open_container(struct ole *ole)
{
    uint32_t shift = ole_number(ole->file, 0x1E, 2);
    struct text root;
    if (ole->file.length < HEADER_BYTES || (shift != 9 && shift != 12))
        return false;
    ole->sector = (size_t)1 << shift;
    read_table(ole);
    read_chain(ole, ole_number(ole->file, 0x30, 4), SIZE_MAX, &ole->directory);
    read_chain(ole, ole_number(ole->file, 0x3C, 4), SIZE_MAX, &ole->mini_table);
    if (!find_entry(ole, TYPE_ROOT, NULL, &root))
        return false;
    read_chain(ole, ole_number(root, 116, 4), ole_number(root, 120, 4), &ole->mini_stream);
    return true;
}

bool ole_read_stream(struct text file, const char *name, struct buffer *out)
{
    struct ole ole = { .file = file };
    struct text entry;
    bool found = open_container(&ole) && find_entry(&ole, TYPE_STREAM, name, &entry);
    if (found) {
        size_t start = out->length, size = ole_number(entry, 120, 4);
        if (size < ole_number(file, 0x38, 4))
            read_mini_chain(&ole, ole_number(entry, 116, 4), size, out);
        else
            read_chain(&ole, ole_number(entry, 116, 4), size, out);
        if (out->length - start > size)
            out->length = start + size;
        found = out->length - start == size && !out->failed;
    }
    buffer_release(&ole.table);
    buffer_release(&ole.mini_table);
    buffer_release(&ole.directory);
    buffer_release(&ole.mini_stream);
    return found;
}
