/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/sentences.h"

#include "indexer/base/utf8.h"

static bool ends(uint32_t codepoint)
{
    return codepoint == 0x3002 || codepoint == 0xFF01 || codepoint == 0xFF1F || codepoint == '!' ||
           codepoint == '?' || codepoint == '\n';
}

static bool closes(uint32_t codepoint)
{
    return codepoint == 0x201D || codepoint == 0x2019 || codepoint == 0x300D ||
           codepoint == 0x300F || codepoint == 0xFF09 || codepoint == ')' || codepoint == '"';
}

size_t sentence_end(struct text text, size_t offset)
{
    bool ended = false;
    while (offset < text.length) {
        size_t next = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (ended && !ends(codepoint) && !closes(codepoint))
            break;
        ended = ended || ends(codepoint);
        offset = next;
    }
    return offset;
}
