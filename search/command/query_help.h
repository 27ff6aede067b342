/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query language as help and as a section of the manual page. */
#ifndef DAFU_SEARCH_COMMAND_QUERY_HELP_H
#define DAFU_SEARCH_COMMAND_QUERY_HELP_H

#include <stdio.h>

#include "indexer/base/arena.h"
#include "indexer/base/manual.h"
#include "indexer/base/status.h"

enum status query_help_print(FILE *out, struct error *error);

/* False: no memory. */
bool query_help_list(struct arena *arena, struct manual_list *out);

#endif
