/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters that stand one below the other or along a diagonal, as in vertical seals, on spines and
 * in watermarks: they are on the page, but no line of its text. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define NO_RUN ((size_t)-1)
#define NEAR_RUNS ((size_t)256) /* looked at around a run; a page has fewer at one height */

struct lone {
    const struct page_run *run;
    double x, y, size; /* its middle; its height */
    bool is_short;     /* one or two characters */
    bool candidate;    /* ... and nothing beside them */
    bool taken;
};

static int compare_middle(const void *a, const void *b)
{
    const struct lone *left = a, *right = b;
    if (left->y != right->y)
        return left->y < right->y ? -1 : 1;
    if (left->x != right->x)
        return left->x < right->x ? -1 : 1;
    return left->run < right->run ? -1 : left->run > right->run;
}

static bool is_beside(const struct lone *a, const struct lone *b)
{
    double gap = a->run->x0 > b->run->x0 ? a->run->x0 - b->run->x1 : b->run->x0 - a->run->x1;
    return fabs(a->y - b->y) < 0.25 * a->size && gap < 0.6 * a->size;
}

/* Calls up what lies within `distance` of item `at` in height: [*first, *end). */
static void find_near(const struct lone *items, size_t count, size_t at, double distance,
                      size_t *first, size_t *end)
{
    *first = at;
    *end = at + 1;
    while (*first > 0 && at - *first < NEAR_RUNS && items[at].y - items[*first - 1].y <= distance)
        --*first;
    while (*end < count && *end - at < NEAR_RUNS && items[*end].y - items[at].y <= distance)
        ++*end;
}

/* One character, or two in full width as in seals of several columns. */
static bool is_short(struct text text)
{
    size_t count = utf8_count(text), at = 0;
    return count == 1 || (count == 2 && is_full_width(utf8_next_valid(text.data, &at)));
}

static void find_candidates(struct lone *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        items[i].candidate = items[i].is_short = is_short(items[i].run->text);
        size_t first = 0, end = 0;
        if (items[i].candidate)
            find_near(items, count, i, 0.25 * items[i].size, &first, &end);
        for (size_t j = first; items[i].candidate && j < end; j++)
            if (j != i && is_beside(&items[i], &items[j]))
                items[i].candidate = false;
    }
}

/* The next candidate below `at`; with a `step`, what stands one like it below, candidate or not: a
 * seal may lie over a line of text. */
static size_t find_below(const struct lone *items, size_t count, size_t at, const double *step)
{
    const struct lone *here = &items[at];
    size_t best = NO_RUN;
    double best_distance = 2.6 * here->size;
    for (size_t i = at + 1; i < count && i - at < NEAR_RUNS; i++) {
        double x = items[i].x - here->x, y = items[i].y - here->y;
        if (y > 2.6 * here->size)
            break;
        if (!(step ? items[i].is_short : items[i].candidate) || items[i].taken ||
            y < 0.25 * here->size || items[i].size > 1.3 * here->size ||
            here->size > 1.3 * items[i].size)
            continue;
        bool upright = fabs(x) < 0.3 * here->size;
        if (upright && y > 1.75 * here->size)
            continue;
        if (step && (fabs(x - step[0]) > 0.25 * here->size || fabs(y - step[1]) > 0.3 * here->size))
            continue;
        double distance = sqrt(x * x + y * y);
        if (distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    return best;
}

/* Rows of a table have something at the same height as each of the characters. */
static bool has_row(const struct lone *items, size_t count, size_t at)
{
    size_t first, end;
    find_near(items, count, at, 0.12 * items[at].size, &first, &end);
    return end - first > 1;
}

static void take_stack(struct lone *items, size_t count, size_t start)
{
    size_t members[64] = { start }, length = 1, rows = 0;
    double step[2];
    size_t next = find_below(items, count, start, NULL);
    while (next != NO_RUN && length < sizeof(members) / sizeof(members[0])) {
        step[0] = items[next].x - items[members[length - 1]].x;
        step[1] = items[next].y - items[members[length - 1]].y;
        members[length++] = next;
        next = find_below(items, count, next, step);
    }
    for (size_t i = 0; i < length; i++)
        rows += has_row(items, count, members[i]);
    if (length < 3 || rows * 10 >= length * 7)
        return;
    for (size_t i = 0; i < length; i++)
        items[members[i]].taken = true;
}

bool page_stacks_drop(struct page *page, struct arena *arena)
{
    const size_t count = page->run_count;
    struct lone *items = ARENA_ARRAY(arena, struct lone, count + 1);
    struct page_run *kept = ARENA_ARRAY(arena, struct page_run, count + 1);
    if (!items || !kept)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct page_run *run = &page->runs[i];
        items[i] = (struct lone) { .run = run,
                                   .x = (run->x0 + run->x1) / 2,
                                   .y = (run->y0 + run->y1) / 2,
                                   .size = run->y1 - run->y0 };
    }
    qsort(items, count, sizeof(items[0]), compare_middle);
    find_candidates(items, count);
    for (size_t i = 0; i < count; i++)
        if (items[i].candidate && !items[i].taken)
            take_stack(items, count, i);

    bool *taken = ARENA_ARRAY(arena, bool, count + 1);
    if (!taken)
        return false;
    for (size_t i = 0; i < count; i++)
        taken[items[i].run - page->runs] = items[i].taken;
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) /* in the order in which they came */
        if (!taken[i])
            kept[kept_count++] = page->runs[i];
    page->runs = kept;
    page->run_count = page->run_capacity = kept_count;
    return true;
}
