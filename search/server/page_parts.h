/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the page of results. */
#ifndef DAFU_SEARCH_SERVER_PAGE_PARTS_H
#define DAFU_SEARCH_SERVER_PAGE_PARTS_H

#include "search/server/frame.h"

/* What was made of the query: read as pinyin, meant otherwise, marks that are none and where; and
 * what the answer is without. */
void page_notes(const struct page *page, const struct result_list *list, struct text suggestion);

/* The column beside the results: years and filters. */
void page_filters(const struct page *page, const struct result_list *list);

/* The filters that are set, as links that take them away. */
void page_chosen(const struct page *page);

/* The results themselves. */
void page_results(const struct page *page, const struct result_list *list);

/* Links to the pages before and after. `found` results can be reached. */
void page_pager(const struct page *page, size_t shown, uint64_t found);

#endif
