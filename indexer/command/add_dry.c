/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index add --dry-run: one line a file, "new", "changed", "again" or "gone", a tab and the
 * path. The content of touched files is compared, nothing is read by readers, and so what they
 * would find, twins above all, is not known. */
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/file_state.h"
#include "indexer/batch/source.h"
#include "indexer/command/add_parts.h"

/* NULL: nothing would be done. */
static const char *name_of(const struct ledger *ledger, const struct change *change)
{
    struct error error;
    struct file_digest digest;
    if (change->missing) {
        say("%s: nothing is there", change->path);
        return NULL;
    }
    if (change->kind == CHANGE_NEW)
        return "new";
    if (change->kind != CHANGE_TOUCHED)
        return "again";
    bool same = file_digest(change->path, &digest, &error) == STATUS_OK &&
                file_digest_equal(&digest, &ledger->files[change->row].digest);
    return same ? NULL : "changed";
}

static enum status print(const char *what, struct text path, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text shown = source_text(path, &arena);
    if (!shown.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    printf("%s\t%.*s\n", what, TEXT_ARG(shown));
    return STATUS_OK;
}

static enum status print_changes(const struct ledger *ledger, struct changes *changes,
                                 struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < changes->gone_count; i++)
        status = print("gone", ledger->files[changes->gone[i]].path, error);
    for (size_t i = 0; !status && i < changes->count; i++) {
        const char *name = name_of(ledger, &changes->items[i]);
        changes->problems += changes->items[i].missing;
        changes->unchanged += !name && !changes->items[i].missing;
        if (name)
            status = print(name, text_of(changes->items[i].path), error);
    }
    return status;
}

static enum status load(const char *index_path, struct ledger *ledger, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    enum status status = index_ledger(index_path, &bytes, error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK; /* everything is new */
    return status ? status : ledger_load(ledger, &bytes, error);
}

struct dry {
    struct ledger ledger;
    const struct changes *how;
    unsigned long unchanged, problems;
};

static enum status look_at(void *context, const char *const *paths, size_t count,
                           struct error *error)
{
    struct dry *dry = context;
    CLEANUP(changes_release) struct changes changes = *dry->how;
    arena_init(&changes.arena, 0);
    enum status status = changes_find(&changes, &dry->ledger, paths, count, error);
    if (!status)
        status = print_changes(&dry->ledger, &changes, error);
    dry->unchanged += changes.unchanged;
    dry->problems += changes.problems;
    return status;
}

static enum status look_at_bytes(void *context, struct text bytes, struct error *error)
{
    return print("new", TEXT("-"), error);
}

static enum status look_at_operand(struct dry *dry, const char *operand, struct error *error)
{
    const struct input_sink sink = { look_at, look_at_bytes, dry, dry->how->stop };
    return strcmp(operand, "-") == 0 ? read_input(&sink, error) : look_at(dry, &operand, 1, error);
}

enum exit_code tell_changes(const char *index_path, const char *const *operands, size_t count,
                            const struct changes *how)
{
    struct error error;
    struct dry dry = { .how = how };
    ledger_init(&dry.ledger);
    enum status status = load(index_path, &dry.ledger, &error);
    for (size_t i = 0; !status && i < count; i++)
        status = look_at_operand(&dry, operands[i], &error);
    ledger_release(&dry.ledger);
    if (status)
        return fail(&error);
    say("%lu file%s unchanged", dry.unchanged, dry.unchanged == 1 ? "" : "s");
    return finish_output(dry.problems ? EXIT_PARTLY : EXIT_DONE);
}
