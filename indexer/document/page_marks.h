/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a row at the edge of a page says, so that it can be compared with those of other pages: its
 * text without blanks and dashes, in which only what looks like a page number is '#'. Other numbers
 * stay, so that the rows of a list (第7条…, 第8条…) are not taken for one that is repeated. */
#ifndef DAFU_DOCUMENT_PAGE_MARKS_H
#define DAFU_DOCUMENT_PAGE_MARKS_H

#include "indexer/document/page_parts.h"

#define PAGE_MARK_BYTES_MAX ((size_t)240)

struct page_mark {
    char bytes[PAGE_MARK_BYTES_MAX];
    size_t length;
    unsigned long numbers[2]; /* what '#' stands for, as far as it is not in 第#页 and the like */
    size_t number_count;
    bool says_page; /* nothing but 第3页 共9页, - 3 - and the like */
    bool paged;     /* 第3页 and the like, perhaps behind or beside words */
    bool bare;      /* nothing but a number */
    bool printed;   /* as browsers print it: 2026/10/12 09:30 and the title; the address and 1/3 */
};

/* Of segments of one row, from left to right. `small`: a number at the row's start or end, beside
 * words, may be a page number. False when the row is too long for a header or has no text. */
bool page_mark_make(struct segment *const *segments, size_t count, bool small,
                    struct page_mark *mark);

#endif
