/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What standard output is. */
#ifndef DAFU_SEARCH_COMMAND_TERMINAL_H
#define DAFU_SEARCH_COMMAND_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
#define COLOR_OPTION(target)                                                                       \
    {                                                                                              \
        "color", 0, OPTION_CHOICE, "WHEN", "auto|always|never",                                    \
            "show matched words bold (auto: on a terminal)", target                                \
    }

size_t terminal_columns(void);

/* Whether text may be bold: on a terminal, and never with NO_COLOR or TERM=dumb. */
bool terminal_bold(enum when when);

#endif
