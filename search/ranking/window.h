/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stretch of a text, a few words long, that says most of a query: what stands together there is more
 * telling than the same words spread over a page (arbitrary passages of fixed length; Kaszkiel &
 * Zobel, JASIST 52(4), 2001). */
#ifndef DAFU_SEARCH_RANKING_WINDOW_H
#define DAFU_SEARCH_RANKING_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/base/arena.h"

#define WINDOW_OCCURRENCES 512 /* at once; of more the earliest are forgotten */

struct window_term {
    double weight;
    uint32_t name; /* the name that it is part of, from 1; 0: none */
    bool other;    /* another form of the name: the better of typed and other counts */
    uint32_t inside;
};

struct window {                /* of one thread */
    struct window_term *terms; /* of the caller */
    size_t term_count;
    double *typed, *other; /* of each name, inside */
    size_t name_count;
    uint32_t span; /* characters from the first term's start to the last one's end */
    struct {
        uint32_t start, term;
    } ring[WINDOW_OCCURRENCES];
    size_t first, count;
    double sum, best;
};

/* For texts of one query; the terms must live as long. false: no memory. */
bool window_begin(struct window *window, struct window_term *terms, size_t count, uint32_t span,
                  struct arena *arena);

/* For the next text. */
void window_clear(struct window *window);

/* Term number `term` stands at [start, end); by ascending start. window->best is the largest sum of
 * weights of different terms so far. */
void window_add(struct window *window, uint32_t term, uint32_t start, uint32_t end);

#endif
