/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters that stand one below the other, along a diagonal or around a circle, as in seals, on
 * spines and in watermarks: they are on the page, but no line of its text. */
#define _GNU_SOURCE /* M_PI */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define NO_RUN ((size_t)-1)
#define MARGIN_STEP 3.5         /* of a character's size, at least, between those in a margin */
#define NEAR_RUNS ((size_t)256) /* looked at around a run; a page has fewer at one height */

struct lone {
    const struct page_run *run;
    double x, y, size; /* its middle; the height of a character */
    bool is_short;     /* one or two characters */
    bool upright;      /* a few, one below the other */
    bool candidate;    /* ... and nothing beside them */
    bool chosen;       /* may be one of those around a circle */
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

/* What is much larger lies over a line, not in it. */
static bool of_one_line(const struct lone *a, const struct lone *b)
{
    return a->size < 1.4 * b->size && b->size < 1.4 * a->size;
}

static bool is_beside(const struct lone *a, const struct lone *b)
{
    if (!of_one_line(a, b))
        return false;
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

static bool is_han(struct text text)
{
    size_t at = 0;
    return utf8_is_han(utf8_next_valid(text.data, &at));
}

static void find_candidates(struct lone *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        items[i].is_short = !items[i].upright && is_short(items[i].run->text);
        items[i].candidate = items[i].is_short;
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
    size_t first, end, others = 0;
    find_near(items, count, at, 0.12 * items[at].size, &first, &end);
    for (size_t i = first; i < end; i++)
        others += i != at && of_one_line(&items[at], &items[i]);
    return others > 0;
}

/* What stands one step above `at`: the stack may begin over a line of text. */
static size_t find_above(const struct lone *items, size_t at, const double *step)
{
    const struct lone *here = &items[at];
    for (size_t i = at; i-- > 0 && at - i < NEAR_RUNS;) {
        double x = here->x - items[i].x, y = here->y - items[i].y;
        if (y > 2.6 * here->size)
            break;
        if (items[i].is_short && !items[i].taken && items[i].size < 1.3 * here->size &&
            here->size < 1.3 * items[i].size && fabs(x - step[0]) < 0.25 * here->size &&
            fabs(y - step[1]) < 0.3 * here->size)
            return i;
    }
    return NO_RUN;
}

static void take_stack(struct lone *items, size_t count, size_t start)
{
    size_t members[64] = { start }, length = 1, rows = 0;
    double step[2] = { 0, 0 };
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
    for (size_t at = start; length < sizeof(members) / sizeof(members[0]) &&
                            (at = find_above(items, at, step)) != NO_RUN;)
        members[length++] = at;
    for (size_t i = 0; i < length; i++)
        items[members[i]].taken = true;
}

/* --- in the margins ------------------------------------------------------------------------- */

/* Single characters beyond the text, far below each other: 装 订 线 along the binding. Labels and
 * numbers at the left of a table stand beside its rows, and nearer. */
static void take_margins(struct lone *items, size_t count)
{
    double left = INFINITY, right = -INFINITY, last = -INFINITY, nearest = INFINITY;
    size_t beyond = 0, rows = 0;
    for (size_t i = 0; i < count; i++)
        if (!items[i].candidate && !items[i].taken) {
            left = fmin(left, items[i].run->x0);
            right = fmax(right, items[i].run->x1);
        }
    for (size_t i = 0; i < count; i++) {
        const struct page_run *run = items[i].run;
        items[i].chosen = items[i].candidate && !items[i].taken && left <= right &&
                          (run->x1 <= left || run->x0 >= right) && is_han(run->text);
        if (!items[i].chosen)
            continue;
        beyond++;
        rows += has_row(items, count, i);
        nearest = fmin(nearest, (items[i].y - last) / items[i].size);
        last = items[i].y;
    }
    if (beyond < 3 || rows == beyond || (rows * 10 >= beyond * 7) || nearest < MARGIN_STEP)
        return;
    for (size_t i = 0; i < count; i++)
        items[i].taken |= items[i].chosen;
}

/* --- around a circle ------------------------------------------------------------------------ */

#define RING_MAX ((size_t)64) /* characters of a seal */
#define RING_MIN ((size_t)6)
#define UPRIGHT_MAX ((size_t)8) /* of them that a converter took for a word from top to bottom */
#define RING_STEP 4.5           /* of a character's size, at most, between two of them */

#define STARS_MAX 8 /* of a page, that may be in the middle of a seal */
#define STAR_RING_MIN ((size_t)4)
#define STAR_REACH 3.0 /* of the star's size: from there to the ring, at most */

struct point {
    size_t item;
    double x, y;
};

struct ring {
    struct point points[RING_MAX];
    size_t count;
    double x, y, radius;
};

/* How many stand right beside it at its height; *words if any of them is a word. */
static size_t count_beside(const struct lone *items, size_t count, size_t at, size_t *neighbour,
                           bool *words)
{
    size_t first, end, beside = 0;
    find_near(items, count, at, 0.25 * items[at].size, &first, &end);
    for (size_t j = first; j < end; j++) {
        const struct page_run *a = items[at].run, *b = items[j].run;
        double gap = a->x0 > b->x0 ? a->x0 - b->x1 : b->x0 - a->x1;
        if (j == at || gap > 1.2 * items[at].size)
            continue;
        *words |= !items[j].is_short && !items[j].upright && gap > -0.5 * items[at].size;
        if (fabs(items[j].y - items[at].y) < 0.15 * items[at].size) {
            beside++;
            *neighbour = j;
        }
    }
    return beside;
}

/* Beside words, or one of three of one height: in a line of text. */
static bool in_line(const struct lone *items, size_t count, size_t at)
{
    size_t neighbour = at;
    bool words = false;
    size_t beside = count_beside(items, count, at, &neighbour, &words);
    if (!words && beside == 1)
        beside = count_beside(items, count, neighbour, &neighbour, &words);
    return words || beside >= 2;
}

/* The characters of one run are as many points, side by side or one below the other. */
static void add_points(struct ring *ring, const struct lone *items, size_t at)
{
    const struct lone *item = &items[at];
    const struct page_run *run = item->run;
    size_t characters = utf8_count(run->text);
    double width = run->x1 - run->x0, height = run->y1 - run->y0;
    for (size_t i = 0; i < characters && ring->count < RING_MAX; i++) {
        double part = ((double)i + 0.5) / (double)characters - 0.5;
        ring->points[ring->count++] =
            (struct point) { at, item->x + (item->upright ? 0 : part * width),
                             item->y + (item->upright ? part * height : 0) };
    }
}

/* All that hang together: each within reach of another one. */
static void collect_ring(struct lone *items, size_t count, size_t start, bool *seen,
                         struct ring *ring)
{
    *ring = (struct ring) { .count = 0 };
    seen[start] = true;
    add_points(ring, items, start);
    for (size_t at = 0; at < ring->count && ring->count < RING_MAX; at++) {
        size_t from = ring->points[at].item, first, end;
        double reach = RING_STEP * items[from].size;
        find_near(items, count, from, reach, &first, &end);
        for (size_t i = first; i < end; i++)
            if (!seen[i] && items[i].chosen &&
                hypot(items[i].x - items[from].x, items[i].y - items[from].y) <= reach) {
                seen[i] = true;
                add_points(ring, items, i);
            }
    }
}

/* The circle with the least squares of x² + y² - 2ax - 2by - c (Kasa, IEEE Trans. Instrum. Meas. 25,
 * 1976). False for points on a line. */
static bool fit_circle(struct ring *ring)
{
    double n = (double)ring->count, mx = 0, my = 0;
    double xx = 0, xy = 0, yy = 0, xz = 0, yz = 0;
    for (size_t i = 0; i < ring->count; i++) {
        mx += ring->points[i].x / n;
        my += ring->points[i].y / n;
    }
    for (size_t i = 0; i < ring->count; i++) {
        double x = ring->points[i].x - mx, y = ring->points[i].y - my, z = x * x + y * y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xz += x * z;
        yz += y * z;
    }
    double determinant = xx * yy - xy * xy;
    if (determinant < 1e-3 * xx * yy || determinant <= 0)
        return false;
    double a = (xz * yy - yz * xy) / (2 * determinant), b = (yz * xx - xz * xy) / (2 * determinant);
    ring->x = a + mx;
    ring->y = b + my;
    ring->radius = sqrt(a * a + b * b + (xx + yy) / n);
    return true;
}

static double off_circle(const struct ring *ring, const struct point *point)
{
    return fabs(hypot(point->x - ring->x, point->y - ring->y) - ring->radius);
}

/* Takes out what lies off the circle, up to a quarter of the points. */
static bool trim_ring(struct ring *ring, double size)
{
    for (size_t spare = ring->count / 4;; spare--) {
        size_t worst = 0;
        if (ring->count < RING_MIN || !fit_circle(ring))
            return false;
        for (size_t i = 1; i < ring->count; i++)
            if (off_circle(ring, &ring->points[i]) > off_circle(ring, &ring->points[worst]))
                worst = i;
        if (off_circle(ring, &ring->points[worst]) <= 0.6 * size)
            return ring->radius > 1.8 * size && ring->radius < 7 * size;
        if (spare == 0)
            return false;
        ring->points[worst] = ring->points[--ring->count];
    }
}

static int compare_angle(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* Whether the points go round a good part of the circle, in even steps but for one gap; some may be
 * missing, as they were taken for part of a line of text that they lie over. */
static bool goes_round(const struct ring *ring)
{
    double angles[RING_MAX], steps[RING_MAX];
    size_t even = 0, doubled = 0;
    for (size_t i = 0; i < ring->count; i++)
        angles[i] = atan2(ring->points[i].y - ring->y, ring->points[i].x - ring->x);
    qsort(angles, ring->count, sizeof(angles[0]), compare_angle);
    for (size_t i = 0; i < ring->count; i++)
        steps[i] = (i + 1 < ring->count ? angles[i + 1] : angles[0] + 2 * M_PI) - angles[i];
    qsort(steps, ring->count, sizeof(steps[0]), compare_angle);
    double step = steps[(ring->count - 1) / 2];
    for (size_t i = 0; i + 1 < ring->count; i++) {
        even += fabs(steps[i] - step) < 0.35 * step;
        doubled += fabs(steps[i] - 2 * step) < 0.35 * step;
    }
    return steps[ring->count - 1] < 1.25 * M_PI && even + doubled + 2 >= ring->count - 1 &&
           (even + doubled) * 4 >= (ring->count - 1) * 3 && even >= 2 * doubled;
}

/* Whether text of the size of this one stands at its height. */
static bool has_like_beside(const struct lone *items, size_t count, size_t at)
{
    size_t first, end;
    find_near(items, count, at, 0.4 * items[at].size, &first, &end);
    for (size_t j = first; j < end; j++)
        if (j != at && !items[j].taken && 0.9 * items[j].size < items[at].size &&
            items[at].run->x0 - items[j].run->x1 < 1.2 * items[at].size &&
            items[j].run->x0 - items[at].run->x1 < 1.2 * items[at].size)
            return true;
    return false;
}

static bool is_star(struct text text)
{
    size_t at = 0;
    uint32_t codepoint = utf8_next_valid(text.data, &at);
    return at == text.length && ((codepoint >= 0x2605 && codepoint <= 0x2606) ||
                                 (codepoint >= 0x2721 && codepoint <= 0x274B));
}

/* Takes the ring, its star, and what lies on it over the end of a line, in smaller characters than those of the
 * line. */
static void take_ring(struct lone *items, size_t count, const struct ring *ring)
{
    double size = 0;
    for (size_t k = 0; k < ring->count; k++) {
        items[ring->points[k].item].taken = true;
        size = fmax(size, items[ring->points[k].item].size);
    }
    for (size_t i = 0; i < count; i++) {
        const struct point point = { i, items[i].x, items[i].y };
        double inside = hypot(items[i].x - ring->x, items[i].y - ring->y) / ring->radius;
        if (items[i].is_short && !items[i].taken && off_circle(ring, &point) < 0.5 * size &&
            items[i].size < 1.1 * size && !has_like_beside(items, count, i))
            items[i].taken = true;
        if (inside < 0.5 && is_star(items[i].run->text))
            items[i].taken = true;
    }
}

/* Points around the star in the middle of a seal, at the distance at which most of them are. */
static void collect_around(struct lone *items, size_t count, size_t star, struct ring *ring)
{
    struct ring all = { .count = 0 };
    size_t first, end, most = 0;
    find_near(items, count, star, STAR_REACH * items[star].size, &first, &end);
    for (size_t i = first; i < end; i++)
        if (items[i].chosen && !items[i].taken && i != star)
            add_points(&all, items, i);
    *ring = (struct ring) { .x = items[star].x, .y = items[star].y };
    for (size_t i = 0; i < all.count; i++) {
        const struct point *point = &all.points[i];
        const double size = items[point->item].size;
        struct ring tried = *ring;
        tried.count = 0;
        tried.radius = hypot(point->x - tried.x, point->y - tried.y);
        if (tried.radius < 1.8 * size || tried.radius > 7 * size)
            continue;
        for (size_t j = 0; j < all.count; j++)
            if (off_circle(&tried, &all.points[j]) <= 0.5 * size &&
                of_one_line(&items[all.points[j].item], &items[point->item]))
                tried.points[tried.count++] = all.points[j];
        if (tried.count > most) {
            most = tried.count;
            *ring = tried;
        }
    }
}

/* With a star in the middle, fewer characters make a seal: the others lie over lines of text. */
static void take_stars(struct lone *items, size_t count)
{
    for (size_t i = 0, stars = 0; i < count && stars < STARS_MAX; i++) {
        struct ring ring;
        if (items[i].taken || !is_star(items[i].run->text))
            continue;
        stars++;
        collect_around(items, count, i, &ring);
        if (ring.count < STAR_RING_MIN)
            continue;
        double low = INFINITY, high = -INFINITY;
        for (size_t k = 0; k < ring.count; k++) {
            low = fmin(low, ring.points[k].x);
            high = fmax(high, ring.points[k].x);
        }
        if (low < ring.x && high > ring.x && high - low > ring.radius)
            take_ring(items, count, &ring);
    }
}

static void take_rings(struct lone *items, size_t count, bool *seen)
{
    for (size_t i = 0; i < count; i++) {
        seen[i] = false;
        items[i].chosen =
            (items[i].upright || items[i].is_short) && !items[i].taken && !in_line(items, count, i);
    }
    for (size_t i = 0; i < count; i++) {
        struct ring ring;
        if (!items[i].chosen || seen[i])
            continue;
        collect_ring(items, count, i, seen, &ring);
        if (trim_ring(&ring, items[i].size) && goes_round(&ring))
            take_ring(items, count, &ring);
    }
    take_stars(items, count);
}

/* -------------------------------------------------------------------------------------------- */

bool page_stacks_drop(struct page *page, struct arena *arena)
{
    const size_t count = page->run_count;
    struct lone *items = ARENA_ARRAY(arena, struct lone, count + 1);
    struct page_run *kept = ARENA_ARRAY(arena, struct page_run, count + 1);
    if (!items || !kept)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct page_run *run = &page->runs[i];
        size_t characters = utf8_count(run->text);
        double width = run->x1 - run->x0, height = run->y1 - run->y0;
        bool upright = characters >= 2 && characters <= UPRIGHT_MAX && height > 1.6 * width;
        items[i] = (struct lone) { .run = run,
                                   .x = (run->x0 + run->x1) / 2,
                                   .y = (run->y0 + run->y1) / 2,
                                   .size = upright ? height / (double)characters : height,
                                   .upright = upright };
    }
    qsort(items, count, sizeof(items[0]), compare_middle);
    find_candidates(items, count);
    for (size_t i = 0; i < count; i++)
        if (items[i].candidate && !items[i].taken)
            take_stack(items, count, i);
    take_margins(items, count);

    bool *taken = ARENA_ARRAY(arena, bool, count + 1);
    if (!taken)
        return false;
    take_rings(items, count, taken);
    for (size_t i = 0; i < count; i++)
        taken[items[i].run - page->runs] = items[i].taken || items[i].run->aslant;
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) /* in the order in which they came */
        if (!taken[i])
            kept[kept_count++] = page->runs[i];
    page->runs = kept;
    page->run_count = page->run_capacity = kept_count;
    return true;
}
