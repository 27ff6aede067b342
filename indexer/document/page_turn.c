/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages that are not read from left to right: printed on their side (a form in landscape, a scan), or
 * written from top to bottom. They are turned, so that everything after this sees lines as usual.
 *
 * Which way a sheet lies is not told with words of a PDF. Where a line has several, they come in reading
 * order. Else it is seen from the ends of lines: those of paragraphs begin at a margin or two characters
 * in, and end anywhere. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define CHARACTERS_MIN 30 /* of a page that is turned */
#define FAR_EM 4.5        /* a line that ends so far from the margin is short */
#define TOUCH_EM 0.22     /* between neighbours of a line, at most */
#define NEAR_RUNS ((size_t)256)

static bool is_vertical(const struct page_run *run)
{
    return run->y1 - run->y0 > 1.6 * (run->x1 - run->x0) && utf8_count(run->text) >= 2;
}

/* Lines that run upwards become those of a page read from left to right, or lines that run downwards. */
static void turn(struct page *page, bool upwards)
{
    for (size_t i = 0; i < page->run_count; i++) {
        struct page_run *run = &page->runs[i];
        const struct box old = { run->x0, run->y0, run->x1, run->y1 };
        run->x0 = upwards ? page->height - old.y1 : old.y0;
        run->x1 = upwards ? page->height - old.y0 : old.y1;
        run->y0 = upwards ? old.x0 : page->width - old.x1;
        run->y1 = upwards ? old.x1 : page->width - old.x0;
    }
    double height = page->width;
    page->width = page->height;
    page->height = height;
}

/* --- on its side ---------------------------------------------------------------------------- */

struct ends {
    double low, high; /* where the lines of the page begin and end, y growing downwards */
    size_t short_low, short_high;
    size_t up, down; /* words of one line in this order */
};

static void count_order(const struct page_run *before, const struct page_run *run,
                        struct ends *ends)
{
    if (fabs(run->x0 - before->x0) > 0.2 * (run->x1 - run->x0))
        return;
    ends->up += run->y1 <= before->y0 + 1e-3;
    ends->down += run->y0 >= before->y1 - 1e-3;
}

static int compare_across(const void *a, const void *b)
{
    const struct page_run *left = *(const struct page_run *const *)a,
                          *right = *(const struct page_run *const *)b;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

/* Of lines, which may be several words, how many are short at either end. */
static void count_ends(const struct page_run **runs, size_t count, struct ends *ends)
{
    qsort(runs, count, sizeof(runs[0]), compare_across);
    for (size_t first = 0, end; first < count; first = end) {
        double low = INFINITY, high = -INFINITY, em = runs[first]->x1 - runs[first]->x0;
        for (end = first; end < count && runs[end]->x0 - runs[first]->x0 < 0.4 * em; end++) {
            low = fmin(low, runs[end]->y0);
            high = fmax(high, runs[end]->y1);
        }
        ends->short_low += low - ends->low > FAR_EM * em;
        ends->short_high += ends->high - high > FAR_EM * em;
    }
}

/* Whether most of the page is in words that stand upright; then *upwards tells which way they run, which
 * is as given on a page with little text. */
static bool is_on_its_side(const struct page *page, bool turned, const struct page_run **runs,
                           bool *upwards)
{
    struct ends ends = { .low = INFINITY, .high = -INFINITY };
    size_t vertical = 0, all = 0, count = 0;
    for (size_t i = 0; i < page->run_count; i++) {
        const struct page_run *run = &page->runs[i];
        size_t codepoints = utf8_count(run->text);
        all += codepoints;
        if (!is_vertical(run))
            continue;
        vertical += codepoints;
        if (count)
            count_order(runs[count - 1], run, &ends);
        ends.low = fmin(ends.low, run->y0);
        ends.high = fmax(ends.high, run->y1);
        runs[count++] = run;
    }
    if (vertical * 10 < all * (turned ? 3 : 6) || (vertical < CHARACTERS_MIN && !turned))
        return false;
    if (vertical < CHARACTERS_MIN)
        return true;
    count_ends(runs, count, &ends);
    *upwards = ends.up != ends.down ? ends.up > ends.down : ends.short_low >= ends.short_high;
    return true;
}

/* --- from top to bottom --------------------------------------------------------------------- */

static double em_of(const struct page_run *run)
{
    return fmax(run->x1 - run->x0, run->y1 - run->y0);
}

static int compare_left(const void *a, const void *b)
{
    const struct page_run *left = *(const struct page_run *const *)a,
                          *right = *(const struct page_run *const *)b;
    if (left->x0 != right->x0)
        return left->x0 < right->x0 ? -1 : 1;
    return left->y0 < right->y0 ? -1 : left->y0 > right->y0;
}

static int compare_top(const void *a, const void *b)
{
    const struct page_run *left = *(const struct page_run *const *)a,
                          *right = *(const struct page_run *const *)b;
    if (left->y0 != right->y0)
        return left->y0 < right->y0 ? -1 : 1;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

/* Runs, sorted along a line (x0 then y0 below; y0 then x0 beside), with a neighbour right behind them. */
static size_t count_touching(const struct page_run **runs, size_t count, bool below)
{
    size_t touching = 0;
    qsort(runs, count, sizeof(runs[0]), below ? compare_left : compare_top);
    for (size_t i = 0; i < count; i++) {
        const double near = TOUCH_EM * em_of(runs[i]);
        for (size_t j = i + 1; j < count && j - i < NEAR_RUNS; j++) {
            double aside = below ? runs[j]->x0 - runs[i]->x0 : runs[j]->y0 - runs[i]->y0;
            double behind = below ? runs[j]->y0 - runs[i]->y1 : runs[j]->x0 - runs[i]->x1;
            if (aside > near)
                break;
            if (fabs(behind) < near) {
                touching++;
                break;
            }
        }
    }
    return touching;
}

/* Whether the page is in single characters that touch those below, and not those beside. */
static bool is_written_downwards(const struct page *page, bool turned, const struct page_run **runs)
{
    size_t lone = 0;
    for (size_t i = 0; i < page->run_count; i++)
        if (utf8_count(page->runs[i].text) == 1)
            runs[lone++] = &page->runs[i];
    if (lone < (turned ? 2 : CHARACTERS_MIN) || lone * 10 < page->run_count * 8)
        return false;
    return count_touching(runs, lone, true) * 10 >= lone * 7 &&
           count_touching(runs, lone, false) * 10 <= lone * 3;
}

/* A digit is narrower than its column: as wide as the full-width character that it stands in line with. */
static void fill_columns(struct page *page, const struct page_run **wide)
{
    size_t count = 0;
    for (size_t i = 0; i < page->run_count; i++)
        if (page->runs[i].x1 - page->runs[i].x0 > 0.8 * em_of(&page->runs[i]))
            wide[count++] = &page->runs[i];
    qsort(wide, count, sizeof(wide[0]), compare_left);
    for (size_t i = 0; i < page->run_count; i++) {
        struct page_run *run = &page->runs[i];
        size_t at = 0;
        for (size_t end = count; at < end;) { /* the first one that begins to the right of it */
            size_t middle = at + (end - at) / 2;
            if (wide[middle]->x0 <= run->x0 + 0.05 * em_of(run))
                at = middle + 1;
            else
                end = middle;
        }
        if (!at || run->x1 - run->x0 > 0.8 * em_of(run) || run->x1 > wide[at - 1]->x1 + 1e-3)
            continue;
        run->x0 = wide[at - 1]->x0;
        run->x1 = wide[at - 1]->x1;
    }
}

/* -------------------------------------------------------------------------------------------- */

enum way {
    AS_IT_IS,
    ON_ITS_SIDE,
    DOWNWARDS,
};

bool page_turn(struct page *pages, size_t count, struct arena *arena)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = pages[i].run_count > most ? pages[i].run_count : most;
    const struct page_run **runs = ARENA_ARRAY(arena, const struct page_run *, most + 1);
    if (!runs)
        return false;
    enum way before = AS_IT_IS; /* of the pages above: the last one may have a line only */
    bool upwards = false;
    for (size_t i = 0; i < count; i++) {
        struct page *page = &pages[i];
        if (is_on_its_side(page, before == ON_ITS_SIDE, runs, &upwards)) {
            before = ON_ITS_SIDE;
            turn(page, upwards);
        } else if (is_written_downwards(page, before == DOWNWARDS, runs)) {
            before = DOWNWARDS;
            fill_columns(page, runs);
            turn(page, false);
        }
    }
    return true;
}
