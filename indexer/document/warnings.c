/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/warnings.h"

#include <stdio.h>

void warnings_init(struct warnings *warnings, const struct document_receiver *receiver,
                   const char *path)
{
    memset(warnings, 0, sizeof(*warnings));
    warnings->receiver = receiver;
    warnings->path = path;
}

static void tell(struct warnings *warnings, const char *message)
{
    if (warnings->receiver->warn)
        warnings->receiver->warn(warnings->receiver->context, warnings->path, message);
}

static void tell_kept(struct warnings *warnings)
{
    for (; warnings->told < warnings->count && warnings->told < READER_WARNINGS_MAX;
         warnings->told++)
        tell(warnings, warnings->kept[warnings->told].message);
}

void warnings_add(struct warnings *warnings, enum status status, const struct error *problem)
{
    if (warnings->count == 0)
        warnings->first = status;
    if (warnings->count < READER_WARNINGS_MAX)
        warnings->kept[warnings->count] = *problem;
    warnings->count++;
    if (warnings->started)
        tell_kept(warnings);
}

enum status warnings_deliver(struct warnings *warnings, const struct document *document,
                             struct error *error)
{
    warnings->started = true;
    tell_kept(warnings);
    return warnings->receiver->document(warnings->receiver->context, document, error);
}

enum status warnings_end(struct warnings *warnings, enum status status, const char *empty,
                         struct error *error)
{
    if (!status && warnings->count > 0 && !warnings->started) {
        if (warnings->count == 1)
            return error_set(error, warnings->first, "%s", warnings->kept[0].message);
        return error_set(error, warnings->first, "%s (and %zu more like this, nothing else)",
                         warnings->kept[0].message, warnings->count - 1);
    }
    if (!status && !warnings->started)
        return error_set(error, STATUS_EMPTY, "%s", empty);

    tell_kept(warnings);
    if (warnings->count > READER_WARNINGS_MAX) {
        char rest[64];
        snprintf(rest, sizeof(rest), "%zu more parts left out",
                 warnings->count - READER_WARNINGS_MAX);
        tell(warnings, rest);
    }
    return status;
}
