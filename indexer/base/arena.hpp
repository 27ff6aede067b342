/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An arena without a ceiling that releases itself: for C++ files. */
#ifndef DAFU_BASE_ARENA_HPP
#define DAFU_BASE_ARENA_HPP

extern "C" {
#include "indexer/base/arena.h"
}

struct Arena : arena {
    Arena()
    {
        arena_init(this, 0);
    }
    ~Arena()
    {
        arena_release(this);
    }
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;
};

#endif
