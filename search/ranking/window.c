/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/window.h"

#include <math.h>
#include <string.h>

bool window_begin(struct window *window, struct window_term *terms, size_t count, uint32_t span,
                  struct arena *arena)
{
    uint32_t names = 0;
    for (size_t i = 0; i < count; i++)
        names = terms[i].name > names ? terms[i].name : names;
    window->terms = terms;
    window->term_count = count;
    window->name_count = names + 1;
    window->span = span;
    window->typed = ARENA_ARRAY(arena, double, window->name_count);
    window->other = ARENA_ARRAY(arena, double, window->name_count);
    return window->typed && window->other;
}

void window_clear(struct window *window)
{
    for (size_t i = 0; i < window->term_count; i++)
        window->terms[i].inside = 0;
    memset(window->typed, 0, window->name_count * sizeof(*window->typed));
    memset(window->other, 0, window->name_count * sizeof(*window->other));
    window->first = window->count = 0;
    window->sum = window->best = 0;
}

/* The best of a name's other forms inside. */
static double best_other(const struct window *window, uint32_t name)
{
    double best = 0;
    for (size_t i = 0; i < window->term_count; i++) {
        const struct window_term *term = &window->terms[i];
        if (term->other && term->name == name && term->inside)
            best = fmax(best, term->weight);
    }
    return best;
}

/* It is inside for the first time, or not any more: `sign` 1 or -1. */
static void count_term(struct window *window, const struct window_term *term, double sign)
{
    uint32_t name = term->name;
    if (!name) {
        window->sum += sign * term->weight;
        return;
    }
    window->sum -= fmax(window->typed[name], window->other[name]);
    if (term->other)
        window->other[name] = best_other(window, name);
    else
        window->typed[name] += sign * term->weight;
    window->sum += fmax(window->typed[name], window->other[name]);
}

static void drop_first(struct window *window)
{
    struct window_term *term = &window->terms[window->ring[window->first].term];
    window->first = (window->first + 1) % WINDOW_OCCURRENCES;
    window->count--;
    if (--term->inside == 0)
        count_term(window, term, -1);
}

void window_add(struct window *window, uint32_t term, uint32_t start, uint32_t end)
{
    while (window->count && (window->ring[window->first].start + window->span < end ||
                             window->count == WINDOW_OCCURRENCES))
        drop_first(window);
    size_t last = (window->first + window->count++) % WINDOW_OCCURRENCES;
    window->ring[last].start = start;
    window->ring[last].term = term;
    if (window->terms[term].inside++ == 0)
        count_term(window, &window->terms[term], 1);
    window->best = fmax(window->best, window->sum);
}
