/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/scan.h"

size_t scan_any_at(struct text text, size_t at, const struct text *words)
{
    size_t best = 0;
    for (size_t i = 0; words[i].length; i++)
        if (words[i].length > best && scan_at(text, at, words[i]))
            best = words[i].length;
    return best;
}

size_t scan_any_before(struct text text, size_t at, const struct text *words)
{
    size_t best = 0;
    for (size_t i = 0; words[i].length; i++)
        if (words[i].length > best && scan_before(text, at, words[i]))
            best = words[i].length;
    return best;
}
