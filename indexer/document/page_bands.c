/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where columns begin and end anew inside of a band that no line crosses. The columns of a band begin at
 * one height. A heading over all of them may be so short that it lies in one, and the end of a title so
 * that it lies in the middle one: but beside it there is nothing, above and below it is more room than
 * between two lines, and below that room all columns begin again (the horizontal cuts of a recursive XY
 * cut: Nagy and Seth, ICPR 1984). */
#include <math.h>
#include <stdlib.h>

#include "indexer/document/page_parts.h"

#define CUT 1.2           /* of the usual distance of lines: more room than between two of them */
#define HEADING_ROWS 3    /* at most */
#define LEVEL_EM 0.6      /* lines beside each other */
#define CENTRE_EM 1.5     /* off the middle of the page */
#define LEVEL_LINES 2.2   /* between the ends of columns that are as long as each other, at most */
#define TAIL_ROWS 12      /* below them, at most */
#define DISTANCES_MAX 256 /* of lines that tell the usual one */

/* A stretch of the band with more room than usual above and below. */
struct stretch {
    size_t first, end, rows, left, right;
    bool centred;  /* the middle of its lines is that of the columns or of the page */
    bool together; /* it begins on both sides at one height */
};

struct bands {
    struct segment **segments;
    size_t end;
    double em, usual, middle; /* middle: of the page */
    const struct page_gutter *gutter;
};

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static bool is_left(const struct bands *bands, size_t i)
{
    return bands->segments[i]->box.x0 < (bands->gutter->x0 + bands->gutter->x1) / 2;
}

/* The median from each line to the next one of its column. */
static double usual_distance(const struct bands *bands, size_t first)
{
    double distances[DISTANCES_MAX], last[2] = { -INFINITY, -INFINITY };
    size_t count = 0;
    for (size_t i = first; i < bands->end && count < DISTANCES_MAX; i++) {
        double middle = box_middle(&bands->segments[i]->box);
        double *above = &last[is_left(bands, i)];
        if (isfinite(*above) && middle - *above > 0.5 * bands->em)
            distances[count++] = middle - *above;
        *above = middle;
    }
    qsort(distances, count, sizeof(distances[0]), compare_numbers);
    return count ? distances[count / 2] : 2 * bands->em;
}

static bool is_centred(const struct bands *bands, const struct segment *segment)
{
    const double middles[] = { (bands->gutter->left + bands->gutter->right) / 2, bands->middle };
    const double middle = (segment->box.x0 + segment->box.x1) / 2;
    return fabs(middle - middles[0]) < CENTRE_EM * bands->em ||
           fabs(middle - middles[1]) < CENTRE_EM * bands->em;
}

static struct stretch next_stretch(const struct bands *bands, size_t first)
{
    struct stretch stretch = { .first = first, .end = first, .centred = true };
    const double top = box_middle(&bands->segments[first]->box);
    double last = -INFINITY, tops[2] = { INFINITY, INFINITY };
    for (; stretch.end < bands->end; stretch.end++) {
        const struct segment *segment = bands->segments[stretch.end];
        double middle = box_middle(&segment->box);
        bool left = is_left(bands, stretch.end);
        if (stretch.end > first && middle - last > CUT * bands->usual)
            break;
        stretch.rows += middle - last > 0.4 * bands->em;
        stretch.left += left;
        stretch.right += !left;
        stretch.centred &= is_centred(bands, segment);
        tops[left] = fmin(tops[left], middle - top);
        last = middle;
    }
    stretch.together = fmax(tops[0], tops[1]) < LEVEL_EM * bands->em;
    return stretch;
}

/* Over the columns that begin with the next stretch. */
static bool is_heading(const struct stretch *stretch)
{
    return stretch->rows <= HEADING_ROWS &&
           (!stretch->right || (!stretch->left && stretch->centred));
}

/* What was read of the band so far. */
struct above {
    size_t left, right;
    double last[2]; /* middle of the last line on the right and on the left */
    bool gapped;    /* one of the columns has more room than usual between two lines */
};

static void add_above(const struct bands *bands, const struct stretch *stretch, struct above *above)
{
    for (size_t i = stretch->first; i < stretch->end; i++) {
        double middle = box_middle(&bands->segments[i]->box);
        double *last = &above->last[is_left(bands, i)];
        above->gapped |= isfinite(*last) && middle - *last > CUT * bands->usual;
        *last = middle;
    }
    above->left += stretch->left;
    above->right += stretch->right;
}

/* Rows below the columns, in none of which there is something on both sides. */
static bool is_tail(const struct bands *bands, size_t first, bool *right)
{
    size_t rows = 0;
    bool apart = true;
    *right = false;
    for (size_t i = first; i < bands->end && apart && rows <= TAIL_ROWS; i++) {
        bool same = i > first && box_middle(&bands->segments[i]->box) -
                                         box_middle(&bands->segments[i - 1]->box) <=
                                     LEVEL_EM * bands->em;
        apart = !same || is_left(bands, i) == is_left(bands, i - 1);
        rows += !same;
        *right |= !is_left(bands, i);
    }
    return apart && rows <= TAIL_ROWS;
}

/* Columns that are as long as each other end here, or the left one alone, with the end of a letter over
 * the whole width below. Where there is as much room between paragraphs, nobody can tell. */
static bool ends_columns(const struct bands *bands, const struct above *above, size_t end)
{
    bool right;
    if (above->gapped || !above->left || !is_tail(bands, end, &right))
        return false;
    return above->right ? fabs(above->last[0] - above->last[1]) < LEVEL_LINES * bands->usual
                        : right;
}

void page_band_split(struct segment **segments, double width, double em,
                     const struct page_gutter *gutter, struct page_band *band)
{
    struct bands bands = { segments, band->end, em, 0, width / 2, gutter };
    struct above above = { .last = { -INFINITY, -INFINITY } };
    bands.usual = usual_distance(&bands, band->first);
    struct stretch before = next_stretch(&bands, band->first);
    bool headings = true;
    while (before.end < bands.end) {
        struct stretch stretch = next_stretch(&bands, before.end);
        headings &= is_heading(&before);
        if (stretch.together && headings) {
            band->first = before.end;
            above = (struct above) { .last = { -INFINITY, -INFINITY } };
        } else if (stretch.together && is_heading(&before) && above.left && above.right) {
            band->end = before.first;
            return;
        } else {
            add_above(&bands, &before, &above);
        }
        headings &= !stretch.together;
        if (ends_columns(&bands, &above, stretch.first)) {
            band->end = stretch.first;
            return;
        }
        before = stretch;
    }
}
