/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/changes.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/file_state.h"
#include "indexer/batch/scanner.h"
#include "indexer/batch/source.h"
#include "indexer/document/readers.h"

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

void changes_init(struct changes *changes)
{
    *changes = (struct changes) { 0 };
    arena_init(&changes->arena, 0);
}

void changes_release(struct changes *changes)
{
    arena_release(&changes->arena);
}

bool changes_lies_in(struct text path, struct text folder)
{
    if (!text_starts_with(path, folder))
        return false;
    bool root = folder.length == 1;
    return root || path.length == folder.length || path.data[folder.length] == '/';
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum status add_change(struct changes *changes, enum change_kind kind,
                              const struct scanner_file *file, size_t row, struct error *error)
{
    struct arena *arena = &changes->arena;
    if (!arena_grow(arena, &changes->items, changes->count, &changes->capacity,
                    sizeof(*changes->items)))
        return no_memory(error);
    struct change *change = &changes->items[changes->count];
    const char *path = arena_text(arena, text_of(file->path)).data;
    *change = (struct change) {
        .kind = kind,
        .path = path,
        .real = strcmp(file->real, file->path) ? arena_text(arena, text_of(file->real)).data : path,
        .via = strcmp(file->via, file->path) ? arena_text(arena, text_of(file->via)).data : path,
        .row = row,
        .page = readers_take_page(text_of(base_name(file->path))),
        .missing = file->missing,
        .size = file->stat ? (uint64_t)file->stat->st_size : 0,
        .order = row == LEDGER_NONE ? changes->files : changes->ledger->files[row].visited,
    };
    if (!change->path || !change->real || !change->via)
        return no_memory(error);
    if (row != LEDGER_NONE)
        changes->ledger->files[row].planned = true;
    changes->bytes += change->size;
    changes->count++;
    return STATUS_OK;
}

/* ---- files that are there ----------------------------------------------------------------- */

static bool has_known_content(const struct changes *changes, struct text path)
{
    struct error error;
    struct file_digest digest;
    size_t row = ledger_find(changes->ledger, path);
    return row != LEDGER_NONE && file_digest(path.data, &digest, &error) == STATUS_OK &&
           file_digest_equal(&digest, &changes->ledger->files[row].digest);
}

/* Whether something the page was read with is another than it was. */
static enum status attachments_changed(const struct changes *changes, size_t row, bool *out,
                                       struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct ledger_entry entry;
    enum status status = ledger_decode(changes->ledger, row, &arena, &entry, error);
    *out = false;
    for (size_t i = 0; !status && i < entry.attachment_count; i++) {
        struct text path = arena_text(&arena, entry.attachments[i].path);
        struct stat file;
        if (!path.data)
            return no_memory(error);
        if (stat(path.data, &file)) {
            *out = true;
            continue;
        }
        struct file_stamp stamp = file_stamp_of(&file, now_ns());
        stamp.settled = true;
        *out = *out || (!file_stamp_equal(&stamp, &entry.attachments[i].stamp) &&
                        !has_known_content(changes, path));
    }
    return status;
}

static bool is_to_be_tried_again(const struct changes *changes, const struct ledger_file *known)
{
    bool other_reader = known->reader != changes->reader;
    if (known->state == LEDGER_FAILED || known->partial)
        return changes->retry_failed || other_reader;
    return changes->reread && other_reader;
}

static enum status look_at_known(struct changes *changes, const struct scanner_file *file,
                                 size_t row, struct error *error)
{
    const struct ledger_file *known = &changes->ledger->files[row];
    struct file_stamp stamp = file_stamp_of(file->stat, now_ns());
    stamp.settled = true;
    bool attached = known->state == LEDGER_ATTACHED; /* its page decides */
    if (!attached && is_to_be_tried_again(changes, known))
        return add_change(changes, CHANGE_RETRY, file, row, error);
    if (!file_stamp_equal(&stamp, &known->stamp))
        return add_change(changes, CHANGE_TOUCHED, file, row, error);
    if (attached)
        return STATUS_OK;
    bool changed = false;
    enum status status = STATUS_OK;
    if (known->has_attachments)
        status = attachments_changed(changes, row, &changed, error);
    if (!status && changed)
        return add_change(changes, CHANGE_DUE, file, row, error);
    changes->unchanged++;
    changes->failed_before += known->state == LEDGER_FAILED || known->partial;
    return status;
}

static enum status take_file(void *context, const struct scanner_file *file, struct error *error)
{
    struct changes *changes = context;
    if (changes->stop && *changes->stop)
        return error_set(error, STATUS_STOPPED, "interrupted");
    if (!file->stat) /* reading it tells why, or it is gone */
        return add_change(changes, CHANGE_NEW, file, LEDGER_NONE, error);
    size_t row = ledger_row(changes->ledger, text_of(file->real));
    if (row == LEDGER_NONE)
        return no_memory(error);
    struct ledger_file *known = &changes->ledger->files[row];
    if (known->visited)
        return STATUS_OK; /* the same file by another way */
    known->visited = (uint32_t)++changes->files;
    if (known->forgotten)
        return add_change(changes, CHANGE_NEW, file, row, error);
    return look_at_known(changes, file, row, error);
}

static void take_problem(void *context, const char *via, const char *line)
{
    struct changes *changes = context;
    struct text copy = arena_text(&changes->arena, text_of(via));
    if (copy.data && arena_grow(&changes->arena, &changes->blind, changes->blind_count,
                                &changes->blind_capacity, sizeof(*changes->blind)))
        changes->blind[changes->blind_count++] = copy;
    changes->problems++;
    changes->tell(changes->context, line);
}

/* ---- files that are gone ------------------------------------------------------------------ */

static bool is_blind(const struct changes *changes, struct text path)
{
    for (size_t i = 0; i < changes->blind_count; i++) {
        if (changes_lies_in(path, changes->blind[i]))
            return true;
    }
    return false;
}

static enum status add_gone(struct changes *changes, size_t row, struct error *error)
{
    if (!arena_grow(&changes->arena, &changes->gone, changes->gone_count, &changes->gone_capacity,
                    sizeof(*changes->gone)))
        return no_memory(error);
    changes->gone[changes->gone_count++] = row;
    changes->ledger->files[row].gone = true;
    return STATUS_OK;
}

/* A row below the paths that the walk did not meet. One that is there all the same was named by
 * hand once (its name is not one of ours): it is looked at now. */
static enum status look_for(struct changes *changes, size_t row, struct text found_by,
                            struct error *error)
{
    struct text path = arena_text(&changes->arena, found_by);
    struct stat file;
    if (!path.data)
        return no_memory(error);
    if (stat(path.data, &file) || !S_ISREG(file.st_mode))
        return add_gone(changes, row, error);
    struct text real = arena_text(&changes->arena, changes->ledger->files[row].path);
    const struct scanner_file found = { path.data, real.data, path.data, &file, false };
    return real.data ? take_file(changes, &found, error) : no_memory(error);
}

/* An empty folder on another device than its files were: nothing is mounted there now. */
static bool is_unmounted(const struct changes *changes, const char *folder, size_t row,
                         unsigned long files_before)
{
    struct stat what;
    return changes->files == files_before && stat(folder, &what) == 0 &&
           what.st_dev != changes->ledger->files[row].stamp.device;
}

static enum status find_gone(struct changes *changes, const char *path, const char *resolved,
                             unsigned long files_before, struct error *error)
{
    enum status status = STATUS_OK;
    struct text folder = text_of(resolved);
    size_t itself = ledger_find(changes->ledger, folder);
    if (itself != LEDGER_NONE) /* no folder */
        return changes->ledger->files[itself].visited ? STATUS_OK
                                                      : look_for(changes, itself, folder, error);
    for (size_t row = 0; !status && row < changes->ledger->count; row++) {
        const struct ledger_file *known = &changes->ledger->files[row];
        struct text found_by = known->via.length ? known->via : known->path;
        if (known->forgotten || known->visited || !changes_lies_in(found_by, folder) ||
            is_blind(changes, found_by))
            continue;
        if (is_unmounted(changes, resolved, row, files_before)) {
            struct error line;
            error_set(&line, STATUS_IO, "the folder is empty and on another device than before; "
                                        "what was read from it stays in the index");
            error_prefix(&line, STATUS_IO, "%s", path);
            changes->problems++;
            changes->tell(changes->context, line.message);
            return STATUS_OK;
        }
        status = look_for(changes, row, found_by, error);
    }
    return status;
}

/* ---- pages and their attachments ---------------------------------------------------------- */

/* The row of the page that an attachment was read with; LEDGER_NONE: it is not known any more. */
static enum status page_of(const struct changes *changes, size_t row, size_t *page,
                           struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct ledger_entry entry;
    enum status status = ledger_decode(changes->ledger, row, &arena, &entry, error);
    *page = LEDGER_NONE;
    if (!status && entry.attachment_count)
        *page = ledger_find(changes->ledger, entry.attachments[0].path);
    return status;
}

static enum status add_row(struct changes *changes, enum change_kind kind, size_t row,
                           struct error *error)
{
    const struct ledger_file *known = &changes->ledger->files[row];
    struct text path = arena_text(&changes->arena, known->path);
    struct stat what;
    if (!path.data)
        return no_memory(error);
    bool there = stat(path.data, &what) == 0;
    const struct scanner_file file = { path.data, path.data, path.data, there ? &what : NULL,
                                       !there };
    return add_change(changes, kind, &file, row, error);
}

enum status changes_add_due(struct changes *changes, size_t row, struct error *error)
{
    return changes->ledger->files[row].planned ? STATUS_OK : add_row(changes, CHANGE_DUE, row, error);
}

/* A page is read again when an attachment is gone; and an attachment whose page may be read again
 * is offered itself, in case the page lets go of it: the adder decides, once it knows. */
static enum status join_attachment(struct changes *changes, size_t row, struct error *error)
{
    const struct ledger_file *known = &changes->ledger->files[row];
    size_t page;
    enum status status = page_of(changes, row, &page, error);
    if (status)
        return status;
    bool gone = known->gone;
    bool touched = gone || known->planned;
    bool no_page = page == LEDGER_NONE || changes->ledger->files[page].gone;
    if (!no_page && gone)
        status = changes_add_due(changes, page, error);
    bool page_is_read = !no_page && changes->ledger->files[page].planned;
    if (!status && !touched && known->visited && !no_page && !page_is_read)
        changes->unchanged++;
    if (!status && !touched && (no_page || page_is_read))
        status = add_row(changes, no_page ? CHANGE_DUE : CHANGE_TOUCHED, row, error);
    return status;
}

/* Pages first, each folder's before what lies beside them: a file that was found without a walk
 * comes before all of it. */
static int compare_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->page != b->page)
        return b->page - a->page;
    return strcmp(a->real, b->real);
}

void changes_sort(struct changes *changes)
{
    if (changes->count)
        qsort(changes->items, changes->count, sizeof(*changes->items), compare_changes);
}

static enum status join_attachments(struct changes *changes, struct error *error)
{
    enum status status = STATUS_OK;
    bool concerned = changes->count || changes->gone_count;
    for (size_t row = 0; !status && row < changes->ledger->count; row++) {
        const struct ledger_file *known = &changes->ledger->files[row];
        if (known->forgotten || known->state != LEDGER_ATTACHED)
            continue;
        if (concerned)
            status = join_attachment(changes, row, error);
        else
            changes->unchanged += known->visited != 0;
    }
    return status;
}

enum status changes_find(struct changes *changes, struct ledger *ledger, const char *const *paths,
                         size_t count, struct error *error)
{
    const struct scanner_sink sink = { take_file, take_problem, changes };
    enum status status = STATUS_OK;
    changes->ledger = ledger;
    for (size_t row = 0; row < ledger->count; row++) {
        struct ledger_file *file = &ledger->files[row];
        file->visited = 0;
        file->planned = file->gone = false;
    }
    for (size_t i = 0; !status && i < count; i++) {
        unsigned long files_before = changes->files;
        size_t changes_before = changes->count, gone_before = changes->gone_count;
        status = scanner_walk(paths[i], &sink, error);
        CLEANUP(cleanup_free) char *resolved = source_resolve(paths[i]);
        if (!status && resolved && !changes->keep_gone)
            status = find_gone(changes, paths[i], resolved, files_before, error);
        bool was_there = changes->gone_count > gone_before;
        if (was_there && changes->count == changes_before + 1 && changes->items[changes_before].missing)
            changes->count = changes_before; /* the path itself is what is gone */
    }
    if (!status)
        status = join_attachments(changes, error);
    changes_sort(changes);
    return status;
}
