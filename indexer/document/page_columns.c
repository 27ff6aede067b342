/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a page is set in columns. A gutter is a place that parts of the page leave free from top
 * to bottom of a band of lines, with running text on both sides: a form with labels on the left has
 * one too, but its labels do not fill their column, so it is read row by row. Where one side holds no
 * more than the end of a letter, the other one must be as wide as half of what the page's margins
 * leave, and several columns to the right of one are as wide as that. Once a gutter is known, shorter bands
 * at the same place are columns, too, where they begin at one height. */
#include <math.h>

#include "indexer/document/page_parts.h"

#define PLACES_MAX 200               /* where a gutter is looked for */
#define GUTTER_EM 1.0                /* how wide one is at least, ... */
#define GUTTER_MAX_EM 8.0            /* ... and at most, where only one side tells */
#define COLUMN_LINES 3               /* at least, on each side */
#define COLUMN_CODEPOINTS 6          /* a line of a column has on average */
#define PROFILE 48                   /* parts of the width whose cover is counted */
#define NESTED_LINES 12              /* of a side that is in columns itself, at least, ... */
#define NESTED_CODEPOINTS 9          /* ... of so many characters on average, ... */
#define NESTED_FILL 0.72             /* ... that cover so much of it */
#define LEVEL_EM 1.6                 /* between the heights at which columns begin, at most */
#define BAND_SEGMENTS ((size_t)4096) /* at most: more is a hostile page */
#define LONE_LINES 6                 /* of a column with next to nothing beside it */
#define LONE_CODEPOINTS 9

struct side {
    size_t count, codepoints, rows;
    double x0, x1, width;
    double first, last;   /* middles of the lines added first and last */
    float cover[PROFILE]; /* how many lines lie over each part of the width */
};

struct band {
    struct page_band range;
    struct side left, right;
    size_t rows; /* of both sides together */
    double last;
};

struct view {
    struct segment **segments; /* sorted by height */
    size_t count;
    double em, width; /* of the page */
    double room;      /* how far there is room to the right; 0: up to a margin like the left one */
    double extent;    /* how far text reaches to the right */
};

static void add_cover(struct side *side, const struct segment *segment, double extent)
{
    double part = extent / PROFILE;
    for (int i = (int)fmax(0, segment->box.x0 / part); i < PROFILE; i++) {
        double x0 = fmax(segment->box.x0, i * part), x1 = fmin(segment->box.x1, (i + 1) * part);
        if (x1 <= x0)
            break;
        side->cover[i] += (float)((x1 - x0) / part);
    }
}

static void add_to_side(struct side *side, const struct segment *segment, double extent)
{
    if (extent > 0)
        add_cover(side, segment, extent);
    double middle = box_middle(&segment->box);
    side->x0 = side->count ? fmin(side->x0, segment->box.x0) : segment->box.x0;
    side->x1 = side->count ? fmax(side->x1, segment->box.x1) : segment->box.x1;
    side->rows += !side->count || middle - side->last > 0.4 * segment->size;
    side->first = side->count ? side->first : middle;
    side->last = middle;
    side->count++;
    side->codepoints += segment->codepoints;
    side->width += box_width(&segment->box);
}

static double fill_of(const struct side *side)
{
    return side->count ? side->width / ((side->x1 - side->x0) * (double)side->count) : 0;
}

/* Two columns beside each other, whose lines need not stand at the same heights: they cover nearly all
 * of their width alike. */
static bool is_in_columns(const struct side *side, double extent)
{
    double most = 0, sum = 0;
    if (side->count < NESTED_LINES || side->codepoints < NESTED_CODEPOINTS * side->count ||
        extent <= 0)
        return false;
    for (size_t i = 0; i < PROFILE; i++) {
        most = fmax(most, side->cover[i]);
        sum += side->cover[i];
    }
    return sum * extent / PROFILE >= NESTED_FILL * most * (side->x1 - side->x0);
}

static bool is_column(const struct side *side, double extent)
{
    return side->count >= COLUMN_LINES && side->codepoints >= COLUMN_CODEPOINTS * side->count &&
           (fill_of(side) >= 0.6 || is_in_columns(side, extent));
}

static bool crosses(const struct segment *segment, double place)
{
    return segment->box.x0 < place && segment->box.x1 > place;
}

static struct band measure_band(const struct view *view, double place, struct page_band range)
{
    struct band band = { .range = range };
    for (size_t i = range.first; i < range.end; i++) {
        const struct segment *segment = view->segments[i];
        double middle = box_middle(&segment->box);
        band.rows += i == range.first || middle - band.last > 0.4 * segment->size;
        band.last = middle;
        add_to_side(segment->box.x0 >= place ? &band.right : &band.left, segment, view->extent);
    }
    return band;
}

/* The next band at or behind `start` that no segment crosses at `place`, or false. */
static bool next_band(const struct view *view, double place, size_t start, struct band *band)
{
    while (start < view->count && crosses(view->segments[start], place))
        start++;
    struct page_band range = { start, start };
    while (range.end < view->count && range.end - start < BAND_SEGMENTS &&
           !crosses(view->segments[range.end], place))
        range.end++;
    if (start == view->count)
        return false;
    *band = measure_band(view, place, range);
    return true;
}

static bool has_gutter(const struct band *band, double em)
{
    return band->left.count && band->right.count &&
           band->right.x0 - band->left.x1 >= GUTTER_EM * em;
}

/* The text goes on in the right column for a few lines only: the left one tells how wide it is. */
static bool is_lone_column(const struct view *view, const struct band *band)
{
    const struct side *left = &band->left;
    if (left->count < LONE_LINES || left->codepoints < LONE_CODEPOINTS * left->count ||
        left->rows * 10 < left->count * 9 || fill_of(left) < 0.75 ||
        (band->right.rows < 2 && view->room <= 0))
        return false;
    double right = fmax(band->right.x1, view->room > 0 ? view->room : view->width - left->x0);
    double x0 = right - (left->x1 - left->x0), gutter = x0 - left->x1;
    return gutter >= GUTTER_EM * view->em && gutter <= GUTTER_MAX_EM * view->em &&
           band->right.x0 >= x0 - view->em;
}

/* Several columns to the right of one that tells how wide they are, the last one with few lines or none. */
static bool is_grid(const struct view *view, const struct band *band)
{
    const double width = band->left.x1 - band->left.x0, step = band->right.x0 - band->left.x0;
    if (band->left.count < LONE_LINES || fill_of(&band->left) < 0.75 ||
        band->right.codepoints < COLUMN_CODEPOINTS * band->right.count ||
        band->right.width < 0.6 * width * (double)band->right.count)
        return false;
    for (size_t i = band->range.first; i < band->range.end; i++) {
        const struct box *box = &view->segments[i]->box;
        double in = fmod(box->x0 - band->left.x0 + view->em / 2, step) - view->em / 2;
        if (box->x0 >= band->right.x0 && in + box_width(box) > width + view->em)
            return false;
    }
    return true;
}

static bool has_columns(const struct view *view, const struct band *band)
{
    return has_gutter(band, view->em) &&
           ((is_column(&band->left, view->extent) &&
             (is_column(&band->right, view->extent) || is_grid(view, band))) ||
            is_lone_column(view, band));
}

/* Lines that would be read in columns with a gutter at `place`, and the strip that they leave free. */
static size_t judge_place(const struct view *view, double place, struct page_gutter *gutter)
{
    struct band band;
    size_t lines = 0;
    *gutter = (struct page_gutter) { -INFINITY, INFINITY, INFINITY, -INFINITY };
    for (size_t start = 0; next_band(view, place, start, &band); start = band.range.end)
        if (has_columns(view, &band)) {
            lines += band.range.end - band.range.first;
            gutter->x0 = fmax(gutter->x0, band.left.x1);
            gutter->x1 = fmin(gutter->x1, band.right.x0);
            gutter->left = fmin(gutter->left, band.left.x0);
            gutter->right = fmax(gutter->right, band.right.x1);
        }
    return lines;
}

size_t page_gutter_find(struct segment **segments, size_t count, double width, double room,
                        double em, struct page_gutter *out)
{
    struct view view = { segments, count, em, width, room, 0 };
    double x0 = INFINITY, x1 = -INFINITY;
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        x0 = fmin(x0, segments[i]->box.x0);
        x1 = fmax(x1, segments[i]->box.x1);
    }
    view.extent = x1;
    double step = fmax(em / 2, (x1 - x0) / PLACES_MAX);
    /* NOLINTNEXTLINE(clang-analyzer-security.FloatLoopCounter): a step more or less is all the same */
    for (double place = x0 + 0.15 * (x1 - x0); place < x0 + 0.85 * (x1 - x0); place += step) {
        struct page_gutter gutter;
        size_t lines = judge_place(&view, place, &gutter);
        if (lines > best || (lines == best && lines && gutter.x1 - gutter.x0 > out->x1 - out->x0)) {
            best = lines;
            *out = gutter;
        }
    }
    return best;
}

/* Columns begin at one height, and are not one below the other. */
static bool begins_level(const struct side *left, const struct side *right, double em)
{
    return fabs(left->first - right->first) < LEVEL_EM * em &&
           fmax(left->first, right->first) <= fmin(left->last, right->last) + em / 2;
}

/* What lies beside a known gutter, and on both of its sides, but not in rows as a form does. */
static bool is_beside(const struct band *band, const struct page_gutter *gutter, double em)
{
    const struct side *left = &band->left, *right = &band->right;
    double place = (gutter->x0 + gutter->x1) / 2;
    if (left->count && (left->x0 < gutter->left - em || left->x1 > place))
        return false;
    if (right->count && (right->x0 < place || right->x1 > gutter->right + em))
        return false;
    if (left->count && right->count)
        return band->rows >= 2 && begins_level(left, right, em) &&
               (band->rows > left->rows || band->rows > right->rows || is_column(left, 0) ||
                is_column(right, 0));
    /* the whole end of a letter in the left column: its lines are as long as that is wide */
    return left->count >= 2 && fabs(left->x1 - gutter->x0) < 1.5 * em;
}

bool page_band_next(struct segment **segments, size_t count, size_t start, double width,
                    double room, double em, const struct page_gutter *gutter, struct page_band *out)
{
    const struct view view = { segments, count, em, width, room, gutter->right };
    const double place = (gutter->x0 + gutter->x1) / 2;
    struct band band;
    for (; next_band(&view, place, start, &band); start = band.range.end) {
        page_band_split(segments, width, em, gutter, &band.range);
        band = measure_band(&view, place, band.range);
        if (has_columns(&view, &band) || is_beside(&band, gutter, em)) {
            *out = band.range;
            return true;
        }
    }
    return false;
}
