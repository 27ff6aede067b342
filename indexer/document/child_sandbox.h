/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a converter may still do, enforced by the kernel where it can: Landlock lets it read and
 * execute what is installed (/usr, its libraries, fonts) and nothing else; seccomp refuses sockets,
 * and calls that reach other processes or the kernel's rarer parts. */
#ifndef DAFU_DOCUMENT_CHILD_SANDBOX_H
#define DAFU_DOCUMENT_CHILD_SANDBOX_H

#include <stdbool.h>

/* For a child between fork and exec that has set PR_SET_NO_NEW_PRIVS: only system calls are made.
 * Holds for the program that it becomes and for all that that starts; open files stay as they are.
 * A kernel without the one or the other does without. False: there is one, and it refused. */
bool child_sandbox_enter(void);

/* Whether the running kernel has them. */
bool child_sandbox_has_landlock(void);
bool child_sandbox_has_seccomp(void);

#endif
