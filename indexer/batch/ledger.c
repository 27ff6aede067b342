/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows in the order they came, and an open hash table over their paths. A row keeps its encoded
 * bytes, in the ledger that was loaded or in memory of their own, and beside them only what is
 * asked for at every file of every run. */
#include "indexer/batch/ledger.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/index/index_writer.h"

#define SETTLED_NS INT64_C(2000000000) /* of FAT, whose times are the coarsest */

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status damaged(struct error *error)
{
    return error_set(error, STATUS_CORRUPT, "the index's ledger of files is damaged");
}

struct file_stamp file_stamp_of(const struct stat *file, int64_t now_ns)
{
    int64_t modified = (int64_t)file->st_mtim.tv_sec * 1000000000 + file->st_mtim.tv_nsec;
    int64_t changed = (int64_t)file->st_ctim.tv_sec * 1000000000 + file->st_ctim.tv_nsec;
    int64_t latest = modified > changed ? modified : changed;
    return (struct file_stamp) { .size = (uint64_t)file->st_size,
                                 .modified_ns = modified,
                                 .device = file->st_dev,
                                 .settled = now_ns - latest > SETTLED_NS };
}

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->settled && b->settled && a->size == b->size && a->modified_ns == b->modified_ns;
}

void ledger_init(struct ledger *ledger)
{
    *ledger = (struct ledger) { 0 };
}

static void free_bytes(struct ledger_file *file)
{
    if (file->owned)
        free((char *)file->bytes.data);
    file->owned = false;
}

void ledger_release(struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++)
        free_bytes(&ledger->files[i]);
    free(ledger->files);
    free(ledger->places);
    free(ledger->last_run_owned);
    buffer_release(&ledger->loaded);
    buffer_release(&ledger->pending);
    ledger_init(ledger);
}

/* ---- the table ---------------------------------------------------------------------------- */

static size_t place_of(const struct ledger *ledger, struct text path)
{
    size_t mask = ledger->place_count - 1;
    uint64_t hash = text_hash(path);
    size_t at = (size_t)(hash ^ hash >> 32) & mask;
    while (ledger->places[at] && !text_equal(ledger->files[ledger->places[at] - 1].path, path))
        at = (at + 1) & mask;
    return at;
}

static bool grow_places(struct ledger *ledger)
{
    size_t count = ledger->place_count ? ledger->place_count * 2 : 1024;
    uint32_t *places = calloc(count, sizeof(*places));
    if (!places)
        return false;
    free(ledger->places);
    ledger->places = places;
    ledger->place_count = count;
    for (size_t i = 0; i < ledger->count; i++)
        places[place_of(ledger, ledger->files[i].path)] = (uint32_t)(i + 1);
    return true;
}

static bool grow_files(struct ledger *ledger)
{
    if (ledger->count < ledger->capacity)
        return true;
    size_t capacity = ledger->capacity ? ledger->capacity * 2 : 512;
    struct ledger_file *files = realloc(ledger->files, capacity * sizeof(*files));
    if (!files)
        return false;
    ledger->files = files;
    ledger->capacity = capacity;
    return capacity < UINT32_MAX;
}

/* The row of a path, forgotten or not; made when there is none, its path pointing at `path`. */
static size_t row_of(struct ledger *ledger, struct text path)
{
    if ((ledger->count + 1) * 2 > ledger->place_count && !grow_places(ledger))
        return LEDGER_NONE;
    size_t at = place_of(ledger, path);
    if (ledger->places[at])
        return ledger->places[at] - 1;
    if (!grow_files(ledger))
        return LEDGER_NONE;
    size_t row = ledger->count++;
    ledger->files[row] = (struct ledger_file) { .path = path, .forgotten = true };
    ledger->places[at] = (uint32_t)(row + 1);
    return row;
}

size_t ledger_find(const struct ledger *ledger, struct text path)
{
    if (ledger->place_count == 0)
        return LEDGER_NONE;
    size_t at = place_of(ledger, path);
    size_t row = (size_t)ledger->places[at] - 1;
    return ledger->places[at] && !ledger->files[row].forgotten ? row : LEDGER_NONE;
}

size_t ledger_row(struct ledger *ledger, struct text path)
{
    size_t row = row_of(ledger, path);
    if (row == LEDGER_NONE || ledger->files[row].bytes.data)
        return row;
    char *copy = malloc(path.length + 1); /* until ledger_put brings the path in its bytes */
    if (!copy)
        return LEDGER_NONE;
    memcpy(copy, path.data, path.length);
    ledger->files[row].bytes = ledger->files[row].path = (struct text) { copy, path.length };
    ledger->files[row].owned = true;
    return row;
}

/* Shows the row what its new bytes say. */
static void set_row(struct ledger *ledger, size_t row, struct text bytes, bool owned,
                    const struct ledger_entry *entry)
{
    struct ledger_file *file = &ledger->files[row];
    if (!file->forgotten)
        ledger->live -= file->bytes.length;
    uint32_t visited = file->visited;
    free_bytes(file);
    *file = (struct ledger_file) {
        .bytes = bytes,
        .owned = owned,
        .visited = visited,
        .state = (uint8_t)entry->state,
        .has_attachments = entry->attachment_count > 0,
        .has_listed = entry->listed_count > 0,
        .partial = entry->left_out > 0,
        .path = entry->path,
        .via = entry->via,
        .stamp = entry->stamp,
        .digest = entry->digest,
        .reader = entry->reader,
    };
    ledger->live += bytes.length;
}

/* ---- bytes -------------------------------------------------------------------------------- */

static bool take_number(struct text *rest, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < rest->length && i < 10; i++) {
        unsigned char byte = (unsigned char)rest->data[i];
        *value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            *rest = text_slice(*rest, i + 1, rest->length - i - 1);
            return true;
        }
    }
    return false;
}

static enum status load_file(struct ledger *ledger, struct text bytes, struct arena *arena,
                             struct error *error)
{
    struct ledger_entry entry;
    arena_clear(arena);
    enum status status = ledger_decode_entry(bytes, arena, &entry, error);
    if (status)
        return status;
    size_t row = row_of(ledger, entry.path);
    if (row == LEDGER_NONE)
        return no_memory(error);
    set_row(ledger, row, bytes, false, &entry);
    return STATUS_OK;
}

static enum status load_record(struct ledger *ledger, char kind, struct text bytes,
                               struct arena *arena, struct error *error)
{
    if (kind == 'F')
        return load_file(ledger, bytes, arena, error);
    if (kind == 'R')
        ledger->last_run = bytes;
    size_t row = kind == 'G' ? ledger_find(ledger, bytes) : LEDGER_NONE;
    if (row != LEDGER_NONE) {
        ledger->files[row].forgotten = true;
        ledger->live -= ledger->files[row].bytes.length;
    }
    return STATUS_OK;
}

enum status ledger_load(struct ledger *ledger, struct buffer *bytes, struct error *error)
{
    ledger_release(ledger);
    ledger->loaded = *bytes;
    *bytes = BUFFER_INIT;
    ledger->stored = ledger->loaded.length;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    enum status status = STATUS_OK;
    struct text rest = buffer_text(&ledger->loaded);
    while (!status && rest.length > 0) {
        char kind = rest.data[0];
        uint64_t length;
        rest = text_slice(rest, 1, rest.length - 1);
        if (!take_number(&rest, &length) || length > rest.length)
            status = damaged(error);
        else
            status = load_record(ledger, kind, text_slice(rest, 0, (size_t)length), &arena, error);
        if (!status)
            rest = text_slice(rest, (size_t)length, rest.length - (size_t)length);
    }
    if (status)
        ledger_release(ledger);
    return status;
}

enum status ledger_decode(const struct ledger *ledger, size_t row, struct arena *arena,
                          struct ledger_entry *out, struct error *error)
{
    return ledger_decode_entry(ledger->files[row].bytes, arena, out, error);
}

static void append_record(struct buffer *out, char kind, struct text bytes)
{
    buffer_append_byte(out, kind);
    uint64_t length = bytes.length;
    for (; length >= 0x80; length >>= 7)
        buffer_append_byte(out, (char)(length | 0x80));
    buffer_append_byte(out, (char)length);
    buffer_append(out, bytes);
}

enum status ledger_put(struct ledger *ledger, const struct ledger_entry *entry, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    ledger_encode_entry(entry, &bytes);
    enum status status = buffer_status(&bytes, error);
    if (status)
        return status;
    append_record(&ledger->pending, 'F', buffer_text(&bytes));
    if (buffer_status(&ledger->pending, error))
        return ledger->pending.failed;

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct ledger_entry kept; /* whose path and via are in the row's own bytes */
    CLEANUP(cleanup_free) char *copy = malloc(bytes.length);
    if (!copy)
        return no_memory(error);
    memcpy(copy, bytes.data, bytes.length);
    struct text kept_bytes = { copy, bytes.length };
    size_t row = LEDGER_NONE;
    if (!ledger_decode_entry(kept_bytes, &arena, &kept, error))
        row = row_of(ledger, kept.path);
    if (row == LEDGER_NONE)
        return no_memory(error);
    set_row(ledger, row, kept_bytes, true, &kept);
    copy = NULL; /* the row's from here on */
    return STATUS_OK;
}

enum status ledger_forget(struct ledger *ledger, size_t row, struct error *error)
{
    struct ledger_file *file = &ledger->files[row];
    append_record(&ledger->pending, 'G', file->path);
    if (!file->forgotten)
        ledger->live -= file->bytes.length;
    file->forgotten = true;
    return buffer_status(&ledger->pending, error);
}

enum status ledger_set_last_run(struct ledger *ledger, struct text json, struct error *error)
{
    char *copy = malloc(json.length + 1);
    if (!copy)
        return no_memory(error);
    memcpy(copy, json.data, json.length);
    free(ledger->last_run_owned);
    ledger->last_run_owned = copy;
    ledger->last_run = (struct text) { copy, json.length };
    append_record(&ledger->pending, 'R', ledger->last_run);
    return buffer_status(&ledger->pending, error);
}

/* ---- to the index ------------------------------------------------------------------------- */

#define DEAD_BYTES_ALLOWED ((size_t)1 << 16)

static enum status write_anew(struct ledger *ledger, struct index_writer *writer,
                              struct error *error)
{
    CLEANUP(buffer_release) struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < ledger->count; i++) {
        if (!ledger->files[i].forgotten)
            append_record(&all, 'F', ledger->files[i].bytes);
    }
    if (ledger->last_run.length)
        append_record(&all, 'R', ledger->last_run);
    enum status status = buffer_status(&all, error);
    if (!status)
        status = index_writer_ledger_replace(writer, buffer_text(&all), error);
    if (!status)
        ledger->stored = all.length;
    return status;
}

enum status ledger_flush(struct ledger *ledger, struct index_writer *writer, struct error *error)
{
    if (ledger->pending.length == 0)
        return STATUS_OK;
    size_t stored = ledger->stored + ledger->pending.length;
    enum status status;
    if (stored > DEAD_BYTES_ALLOWED + 3 * ledger->live) {
        status = write_anew(ledger, writer, error);
    } else {
        status = index_writer_ledger_append(writer, buffer_text(&ledger->pending), error);
        ledger->stored = status ? ledger->stored : stored;
    }
    if (!status)
        buffer_clear(&ledger->pending);
    return status;
}

bool ledger_add_problem(struct ledger_entry *entry, struct arena *arena, enum status reason,
                        struct text line)
{
    entry->left_out++;
    if (entry->problem_count >= LEDGER_PROBLEMS_MAX)
        return true;
    struct text copy = arena_text(arena, line);
    if (!copy.data || !arena_grow(arena, &entry->problems, entry->problem_count,
                                  &entry->problem_capacity, sizeof(*entry->problems)))
        return false;
    entry->problems[entry->problem_count++] = (struct ledger_problem) { reason, copy };
    return true;
}
