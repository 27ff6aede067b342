/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of dafu-index add. */
#ifndef DAFU_COMMAND_ADD_PARTS_H
#define DAFU_COMMAND_ADD_PARTS_H

#include "indexer/batch/adder.h"
#include "indexer/command/command.h"

/* Standard input ("-"): JSON lines when it begins with a {, else paths, one a line, which are taken
 * as they come. Each run of paths that is at hand goes to `paths`; JSON lines go to `bytes` as a
 * whole. Either may be NULL: they are passed by. Not STATUS_OK ends it. */
struct input_sink {
    enum status (*paths)(void *context, const char *const *paths, size_t count,
                         struct error *error);
    enum status (*bytes)(void *context, struct text bytes, struct error *error);
    void *context;
    const volatile sig_atomic_t *stop; /* STATUS_STOPPED */
};
enum status read_input(const struct input_sink *sink, struct error *error);

/* --dry-run: what would be read and removed, on standard output. how: the caller's fields. */
enum exit_code tell_changes(const char *index_path, const char *const *operands, size_t count,
                            const struct changes *how);

#endif
