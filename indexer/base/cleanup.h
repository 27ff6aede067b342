/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CLEANUP(release): run release(&variable) when the variable leaves its scope (GCC and Clang's
 * cleanup attribute). For single resources; many small ones belong in an arena. */
#ifndef DAFU_BASE_CLEANUP_H
#define DAFU_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>

#define CLEANUP(release) __attribute__((cleanup(release)))

static inline void cleanup_free(void *pointer_to_pointer)
{
    free(*(void **)pointer_to_pointer);
}

static inline void cleanup_fclose(FILE **file)
{
    if (*file)
        fclose(*file);
}

#endif
