/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/command/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_DEFAULT 80
#define COLUMNS_MOST 120 /* longer lines of Chinese text are hard to read */

size_t terminal_columns(void)
{
    struct winsize size;
    size_t columns = COLUMNS_DEFAULT;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    return columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
}

bool terminal_bold(enum when when)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (when != WHEN_AUTO)
        return when == WHEN_ALWAYS;
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
           !(term && strcmp(term, "dumb") == 0);
}
