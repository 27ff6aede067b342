/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program says of itself. */
#ifndef DAFU_SEARCH_COMMAND_ABOUT_H
#define DAFU_SEARCH_COMMAND_ABOUT_H

#include "search/command/command.h"

/* The version, and those of the libraries that it runs with. */
void about_print_version(void);

/* --manual=FORM: the manual page (man) or a shell's completion (bash, zsh, fish) from the tables of
 * commands; false for another form. */
bool about_print_manual(const char *form, const struct command *const *commands, size_t count);

#endif
