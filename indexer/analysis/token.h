/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What analysis makes of text: tokens with their term, place and kind. */
#ifndef DAFU_ANALYSIS_TOKEN_H
#define DAFU_ANALYSIS_TOKEN_H

#include "indexer/base/text.h"

#include <stdint.h>

enum token_kind {
    TOKEN_WORD,      /* a word of the segmenter's best path, also of one character */
    TOKEN_SUBWORD,   /* a known word inside a longer word of the best path */
    TOKEN_NUMBER,    /* digits: 2024, 37.46, 94% */
    TOKEN_LATIN,     /* letters, or letters and digits mixed: rcep, 5g, pm2.5 */
    TOKEN_CHARACTER, /* one Han character */
    TOKEN_BIGRAM,    /* two neighbouring characters with nothing between them but removed blanks */
};

struct token {
    struct text term;  /* normalised; in the scratch arena or the normalised text */
    uint32_t offset;   /* bytes into the ORIGINAL text */
    uint32_t length;   /* bytes of the ORIGINAL text */
    uint32_t position; /* character position in the normalised text, for span scoring */
    enum token_kind kind;
};

struct token_list { /* arena-held */
    struct token *tokens;
    size_t count;
    size_t capacity;
};

#endif
