/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of a program that few commands need, each a file of its own that is loaded when it is used: a
 * plain search does without the libraries of the others.
 *
 * A module is linked from the same floors as the program and has its own copy of them. So nothing that
 * one of them keeps in static variables is known to the other: what passes between the two is plain
 * data, memory of malloc, and functions of the module's table. */
#ifndef DAFU_BASE_MODULE_H
#define DAFU_BASE_MODULE_H

#include "indexer/base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A table begins with the version of the program that it belongs to. */
struct module {
    const char *version;
};
#define MODULE_INIT                                                                                \
    {                                                                                              \
        DAFU_VERSION                                                                               \
    }
/* Before the one table that a module shows. */
#define MODULE_TABLE __attribute__((visibility("default")))

/* Loads ../lib/dafu/NAME.so, as seen from the folder of the running executable, and from no other
 * place (where libraries are installed elsewhere, the build knows that). *table is its symbol
 * `symbol`, which begins with a struct module. It stays until the process ends; a second call gives
 * the same table. STATUS_NOT_FOUND (no such file), STATUS_CORRUPT (damaged, or one of its own
 * libraries is missing), STATUS_MISMATCH (of another version): the message names the file. */
enum status module_open(const char *name, const char *symbol, const void **table,
                        struct error *error);

#ifdef __cplusplus
}
#endif
#endif
