/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of the page, in the program's own constant data (embed.cmake). */
#ifndef DAFU_SEARCH_SERVER_ASSETS_H
#define DAFU_SEARCH_SERVER_ASSETS_H

#include <stddef.h>

struct asset {
    const char *name, *version; /* version: of its bytes; part of its address, so it may be kept */
    const unsigned char *data;
    size_t length;
};

extern const struct asset ASSETS[];
extern const size_t ASSET_COUNT;

#endif
