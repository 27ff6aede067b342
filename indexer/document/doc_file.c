/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offsets of [MS-DOC]: 2.5.1 Fib, 2.8.35 PlcPcd, 2.9.73 FcCompressed, 2.8.5 and .6 PlcBte, 2.9.174
 * PapxFkp, 2.9.33 ChpxFkp. */
#include "indexer/document/doc_file.h"

#include "indexer/document/ole_container.h"

#define IDENTITY 0xA5EC
#define VERSION_97 0xC1 /* nFib */
#define FLAGS 10
#define FLAG_ENCRYPTED 0x0100
#define FLAG_TABLE_1 0x0200
#define COUNTS 76 /* ccpText, and those of the other texts behind it */
#define PLACES 154
#define PAGE_BYTES ((size_t)512)
#define COMPRESSED 0x40000000u

struct doc_place doc_file_place(const struct doc_file *file, enum doc_table table)
{
    struct text main = buffer_text(&file->main);
    struct doc_place place = { ole_number(main, PLACES + 8 * (size_t)table, 4),
                               ole_number(main, PLACES + 8 * (size_t)table + 4, 4) };
    if (place.offset > file->table.length || place.length > file->table.length - place.offset)
        place = (struct doc_place) { 0, 0 };
    return place;
}

/* The piece table stands behind sets of properties that only old versions wrote. */
static bool find_pieces(struct doc_file *file)
{
    struct text table = buffer_text(&file->table);
    struct doc_place place = doc_file_place(file, DOC_PIECES);
    size_t at = place.offset, end = place.offset + place.length;
    while (at + 3 < end && ole_number(table, at, 1) == 1)
        at += 3 + (size_t)ole_number(table, at + 1, 2);
    if (at + 5 > end || ole_number(table, at, 1) != 2)
        return false;
    size_t length = ole_number(table, at + 1, 4);
    if (length > end - at - 5 || length < 16)
        return false;
    file->pieces = (struct doc_place) { at + 5, length };
    file->piece_count = (length - 4) / 12;
    return true;
}

/* Characters 0 to `count` of the last piece; each takes a byte at least, whatever the file says. */
static bool read_counts(struct doc_file *file)
{
    struct text main = buffer_text(&file->main), table = buffer_text(&file->table);
    static const size_t BEFORE_BOXES[] = { 0, 4, 8, 12, 16, 20 };
    file->characters = ole_number(table, file->pieces.offset + 4 * file->piece_count, 4);
    file->main_characters = ole_number(main, COUNTS, 4);
    for (size_t i = 0; i < sizeof(BEFORE_BOXES) / sizeof(BEFORE_BOXES[0]); i++)
        file->boxes_start += ole_number(main, COUNTS + BEFORE_BOXES[i], 4);
    return file->characters <= main.length && file->main_characters <= file->characters;
}

enum status doc_file_open(struct text bytes, struct doc_file *file, struct error *error)
{
    *file = (struct doc_file) { .characters = 0 };
    bool found = ole_read_stream(bytes, "WordDocument", &file->main);
    struct text main = buffer_text(&file->main);
    uint32_t flags = ole_number(main, FLAGS, 2);
    if (found && ole_number(main, 0, 2) == IDENTITY) {
        if (ole_number(main, 2, 2) < VERSION_97)
            return error_set(error, STATUS_INVALID, "older than Word 97");
        if (flags & FLAG_ENCRYPTED)
            return error_set(error, STATUS_UNSUPPORTED, "protected by a password");
        found = ole_read_stream(bytes, flags & FLAG_TABLE_1 ? "1Table" : "0Table", &file->table) &&
                find_pieces(file) && read_counts(file);
    } else {
        found = false;
    }
    if (file->main.failed == STATUS_NO_MEMORY || file->table.failed == STATUS_NO_MEMORY)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return found ? STATUS_OK : error_set(error, STATUS_INVALID, "not a Word document, or damaged");
}

void doc_file_release(struct doc_file *file)
{
    buffer_release(&file->main);
    buffer_release(&file->table);
}

/* What Windows puts at 80 to 9F where Latin-1 has control characters. */
static uint32_t from_windows(uint32_t byte)
{
    static const uint16_t SIGNS[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
    };
    return byte >= 0x80 && byte < 0xA0 ? SIGNS[byte - 0x80] : byte;
}

bool doc_file_character(const struct doc_file *file, size_t number, size_t *piece,
                        struct doc_character *out)
{
    struct text table = buffer_text(&file->table), main = buffer_text(&file->main);
    size_t starts = file->pieces.offset, places = starts + 4 * (file->piece_count + 1);
    if (*piece >= file->piece_count || number < ole_number(table, starts + 4 * *piece, 4))
        *piece = 0;
    while (*piece < file->piece_count && number >= ole_number(table, starts + 4 * *piece + 4, 4))
        ++*piece;
    size_t first = ole_number(table, starts + 4 * *piece, 4);
    if (*piece >= file->piece_count || number < first)
        return false;
    uint32_t place = ole_number(table, places + 8 * *piece + 2, 4);
    size_t size = place & COMPRESSED ? 1 : 2;
    size_t start = place & (COMPRESSED - 1);
    out->offset = (size == 1 ? start / 2 : start) + (number - first) * size;
    out->next = out->offset + size;
    if (out->next > main.length)
        return false;
    out->unit = ole_number(main, out->offset, size);
    if (size == 1)
        out->unit = from_windows(out->unit);
    return true;
}

/* The page of runs that holds the offset. */
static struct text find_page(const struct doc_file *file, enum doc_table kind, size_t offset)
{
    struct text table = buffer_text(&file->table), main = buffer_text(&file->main);
    struct doc_place place = doc_file_place(file, kind);
    size_t count = place.length < 12 ? 0 : (place.length - 4) / 8, low = 0, high = count;
    while (low < high) { /* the last that starts at or before the offset */
        size_t middle = (low + high) / 2;
        if (ole_number(table, place.offset + 4 * middle, 4) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return (struct text) { NULL, 0 };
    size_t page = ole_number(table, place.offset + 4 * (count + 1) + 4 * (low - 1), 4) & 0x3FFFFF;
    if (main.length < PAGE_BYTES || page > main.length / PAGE_BYTES - 1)
        return (struct text) { NULL, 0 };
    return text_slice(main, page * PAGE_BYTES, PAGE_BYTES);
}

/* A paragraph's length is in words, and one byte is not always enough for it. */
static struct text properties_at(struct text page, enum doc_table kind, size_t at)
{
    size_t length = ole_number(page, at, 1), start = at + 1;
    if (kind == DOC_PARAGRAPH_RUNS && length)
        length = 2 * length - 1;
    else if (kind == DOC_PARAGRAPH_RUNS)
        length = 2 * (size_t)ole_number(page, start++, 1);
    if (!at || start + length > page.length)
        return (struct text) { NULL, 0 };
    return text_slice(page, start, length);
}

void doc_file_run(const struct doc_file *file, enum doc_table kind, size_t offset,
                  struct doc_run *run)
{
    if (offset >= run->start && offset < run->end)
        return;
    *run = (struct doc_run) { .start = offset, .end = offset + 1 };
    struct text page = find_page(file, kind, offset);
    size_t count = ole_number(page, PAGE_BYTES - 1, 1), item = kind == DOC_PARAGRAPH_RUNS ? 13 : 1;
    if (4 * (count + 1) + item * count > PAGE_BYTES - 1)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t start = ole_number(page, 4 * i, 4), end = ole_number(page, 4 * i + 4, 4);
        if (offset < start || offset >= end)
            continue;
        size_t place = 2 * (size_t)ole_number(page, 4 * (count + 1) + item * i, 1);
        *run = (struct doc_run) { start, end, properties_at(page, kind, place) };
        return;
    }
}
