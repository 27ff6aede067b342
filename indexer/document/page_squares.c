/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Square seals: two to four rows of as many characters, larger than the text and closer than lines of
 * it, which lie over the end of a letter. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define LARGER 1.2 /* than most text of the page */
#define ROWS_MAX 4
#define CHARACTERS_MAX ((size_t)4) /* of a row */
#define NEAR_RUNS ((size_t)256)    /* looked at around a row */

static int compare_heights(const void *a, const void *b)
{
    const struct page_run *left = *(struct page_run *const *)a,
                          *right = *(struct page_run *const *)b;
    double difference = left->y1 - left->y0 - (right->y1 - right->y0);
    return difference < 0 ? -1 : difference > 0;
}

static int compare_tops(const void *a, const void *b)
{
    const struct page_run *left = *(struct page_run *const *)a,
                          *right = *(struct page_run *const *)b;
    return left->y0 < right->y0 ? -1 : left->y0 > right->y0;
}

/* The height of most characters. `runs` is for the work. */
static double usual_height(const struct page *page, struct page_run **runs)
{
    size_t characters = 0, i = 0;
    for (; i < page->run_count; i++) {
        runs[i] = &page->runs[i];
        characters += utf8_count(runs[i]->text);
    }
    qsort(runs, page->run_count, sizeof(runs[0]), compare_heights);
    size_t half = 0;
    for (i = 0; i + 1 < page->run_count; i++)
        if ((half += utf8_count(runs[i]->text)) * 2 >= characters)
            break;
    return runs[i]->y1 - runs[i]->y0;
}

struct row {
    struct box box;
    struct page_run *runs[CHARACTERS_MAX];
    size_t run_count, characters;
};

/* Characters of a run that may be of a seal: one to four, in full width, without room between them;
 * else 0. */
static size_t large_characters(const struct page_run *run, double usual)
{
    double height = run->y1 - run->y0, width = run->x1 - run->x0;
    size_t count = utf8_count(run->text);
    if (!count || count > CHARACTERS_MAX || height < LARGER * usual ||
        width < 0.7 * height * (double)count || width > 1.3 * height * (double)count)
        return 0;
    for (size_t at = 0; at < run->text.length;)
        if (!utf8_is_han(utf8_next_valid(run->text.data, &at)))
            return 0;
    return count;
}

static bool follows(const struct row *row, const struct page_run *run)
{
    double height = box_height(&row->box), gap = run->x0 - row->box.x1;
    return fabs(run->y0 - row->box.y0) < 0.1 * height &&
           fabs(run->y1 - run->y0 - height) < 0.1 * height && gap > -0.2 * height &&
           gap < 0.3 * height;
}

/* The row that begins with the run, which is taken together with those right of it; its characters are 0
 * when there are too few, too many, or it is not the first of them. */
static struct row row_of(struct page_run **runs, size_t count, size_t first, double usual)
{
    struct page_run *run = runs[first];
    struct row row = { .box = { run->x0, run->y0, run->x1, run->y1 },
                       .runs = { run },
                       .run_count = 1 };
    const struct row none = { .characters = 0 };
    size_t from = first > NEAR_RUNS ? first - NEAR_RUNS : 0;
    row.characters = large_characters(run, usual);
    for (size_t i = from; row.characters && i < count && i < first + NEAR_RUNS; i++) {
        struct row other = { .box = { runs[i]->x0, runs[i]->y0, runs[i]->x1, runs[i]->y1 } };
        size_t here = i == first ? 0 : large_characters(runs[i], usual);
        if (here && follows(&other, run))
            return none; /* something goes before it */
        if (!here || !follows(&row, runs[i]))
            continue;
        if (row.characters + here > CHARACTERS_MAX || row.run_count == CHARACTERS_MAX)
            return none;
        row.box.x1 = runs[i]->x1;
        row.runs[row.run_count++] = runs[i];
        row.characters += here;
        i = from - 1; /* what goes on behind it may stand anywhere */
    }
    return row.characters >= 2 ? row : none;
}

static bool is_next_row(const struct row *row, const struct row *below)
{
    double height = box_height(&row->box), step = below->box.y0 - row->box.y0;
    bool aligned = fabs(below->box.x0 - row->box.x0) < 0.2 * height ||
                   fabs(below->box.x1 - row->box.x1) < 0.2 * height; /* written from the right */
    return aligned && fabs(box_height(&below->box) - height) < 0.1 * height &&
           step > 0.8 * height && step < 1.3 * height;
}

/* The rows of a seal from row `first` on; returns how many, or 0. */
static size_t find_square(const struct row *all, size_t count, size_t first, size_t rows[ROWS_MAX])
{
    size_t found = 1;
    rows[0] = first;
    for (size_t i = first + 1; i < count && i - first < NEAR_RUNS; i++) {
        if (all[i].characters > all[first].characters ||
            !is_next_row(&all[rows[found - 1]], &all[i]))
            continue;
        if (found == ROWS_MAX)
            return 0; /* goes on: a narrow column of something else */
        rows[found++] = i;
    }
    return found;
}

/* As high as wide, more or less, and over other text or below all of it. */
static bool is_seal(const struct page *page, const struct row *top, const struct row *foot,
                    size_t found, double usual)
{
    double width = box_width(&top->box), height = foot->box.y1 - top->box.y0;
    size_t beside = 0, below = 0;
    if (found < 2 || height > 2 * width || width > 2.1 * height)
        return false;
    for (size_t i = 0; i < page->run_count; i++) {
        const struct page_run *run = &page->runs[i];
        bool small = run->y1 - run->y0 < LARGER * usual;
        beside += small && run->y1 > top->box.y0 && run->y0 < foot->box.y1;
        below += small && run->y0 >= foot->box.y1;
    }
    return beside > 0 || below == 0;
}

static void drop_squares(struct page *page, const struct row *all, size_t count, double usual)
{
    for (size_t i = 0; i < count; i++) {
        size_t rows[ROWS_MAX];
        size_t found = find_square(all, count, i, rows);
        if (!found || !is_seal(page, &all[i], &all[rows[found - 1]], found, usual))
            continue;
        for (size_t k = 0; k < found; k++)
            for (size_t j = 0; j < all[rows[k]].run_count; j++)
                all[rows[k]].runs[j]->text.length = 0;
    }
    size_t kept = 0;
    for (size_t i = 0; i < page->run_count; i++)
        if (page->runs[i].text.length)
            page->runs[kept++] = page->runs[i];
    page->run_count = kept;
}

bool page_squares_drop(struct page *page, struct arena *arena)
{
    const size_t count = page->run_count;
    struct page_run **runs = ARENA_ARRAY(arena, struct page_run *, count + 1);
    if (!runs)
        return false;
    if (!count)
        return true;
    double usual = usual_height(page, runs);
    size_t large = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        if (large_characters(&page->runs[i], usual))
            runs[large++] = &page->runs[i];
    struct row *rows = ARENA_ARRAY(arena, struct row, large + 1);
    if (!rows)
        return false;
    qsort(runs, large, sizeof(runs[0]), compare_tops);
    for (size_t i = 0; i < large; i++) {
        rows[found] = row_of(runs, large, i, usual);
        found += rows[found].characters > 0;
    }
    drop_squares(page, rows, found, usual);
    return true;
}
