/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index of sample replies and a searcher on it: what tests of searches begin with. */
#ifndef DAFU_TESTS_SEARCH_SEARCHER_FIXTURE_H
#define DAFU_TESTS_SEARCH_SEARCHER_FIXTURE_H

#include "search/searcher/searcher.h"
#include "tests/search/fixture.h"

static struct searcher *searcher;

/* After open_fixture. */
static inline void open_searcher(const struct sample_reply *replies, size_t count)
{
    make_index(replies, count);
    ck_assert_msg(!searcher_open(index_path, &searcher, &error), "%s", error.message);
}

static inline void close_searcher(void)
{
    searcher_free(searcher);
    close_fixture();
}

static inline struct result_list search_with(const char *line, const struct search_options *options)
{
    struct result_list list = { 0 };
    ck_assert_msg(!searcher_search(searcher, text_of(line), options, &arena, &list, &error),
                  "%s: %s", line, error.message);
    return list;
}

#endif
