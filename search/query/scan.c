/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/scan.h"

#define ONE 3 /* bytes of one Han character */

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

size_t scan_word_at(const struct scan_words *words, struct text text, size_t at,
                    const struct text *rows)
{
    size_t best = 0;
    for (size_t i = 0; rows[i].length; i++)
        if (rows[i].length > best && scan_at(text, at, rows[i]) &&
            (rows[i].length > ONE || !scan_cuts(words, text.data + at + rows[i].length)))
            best = rows[i].length;
    return best;
}

size_t scan_word_before(const struct scan_words *words, struct text text, size_t at,
                        const struct text *rows)
{
    size_t best = 0;
    for (size_t i = 0; rows[i].length; i++)
        if (rows[i].length > best && scan_before(text, at, rows[i]) &&
            (rows[i].length > ONE || !scan_cuts(words, text.data + at - rows[i].length)))
            best = rows[i].length;
    return best;
}
