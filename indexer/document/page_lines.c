/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Segments -> lines in reading order. A gutter is a place that parts of the page leave free from
 * top to bottom of a band of lines, with running text on both sides: a form with labels on the left
 * has one too, but its labels do not fill their column, so it is read row by row. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define PLACES_MAX 200      /* where a gutter is looked for */
#define GUTTER_EM 1.0       /* how wide one is at least */
#define COLUMN_LINES 3      /* at least, on each side */
#define COLUMN_CODEPOINTS 6 /* a line of a column has on average */
#define COLUMN_DEPTH 2      /* columns inside of columns: four at most */

struct band_side {
    size_t count, codepoints;
    double x0, x1, width;
};

struct band {
    size_t first, end; /* of the sorted segments */
    struct band_side left, right;
};

struct order {
    struct segment **segments; /* all that are to be read, sorted by height */
    struct segment **scratch;
    struct page_lines *lines;
    struct arena *arena;
    uint32_t page;
    double em;
};

static int compare_height(const void *a, const void *b)
{
    const struct segment *left = *(struct segment *const *)a, *right = *(struct segment *const *)b;
    double difference = box_middle(&left->box) - box_middle(&right->box);
    if (difference != 0)
        return difference < 0 ? -1 : 1;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static int compare_left(const void *a, const void *b)
{
    const struct segment *left = *(struct segment *const *)a, *right = *(struct segment *const *)b;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

/* --- rows ----------------------------------------------------------------------------------- */

static bool open_region(struct order *order, struct segment **segments, size_t count,
                        unsigned column)
{
    struct page_lines *lines = order->lines;
    if (!arena_grow(order->arena, &lines->regions, lines->region_count, &lines->region_capacity,
                    sizeof(*lines->regions)))
        return false;
    struct page_region region = {
        .column = column, .page = order->page, .x0 = INFINITY, .x1 = -INFINITY
    };
    for (size_t i = 0; i < count; i++) {
        region.x0 = fmin(region.x0, segments[i]->box.x0);
        region.x1 = fmax(region.x1, segments[i]->box.x1);
    }
    lines->regions[lines->region_count++] = region;
    return true;
}

/* Segments of one height, from left to right, become one line. */
static bool add_line(struct order *order, struct segment **row, size_t count)
{
    struct page_lines *lines = order->lines;
    qsort(row, count, sizeof(row[0]), compare_left);
    size_t room = 1;
    struct page_line line = { .box = row[0]->box,
                              .last_x0 = row[0]->box.x0,
                              .page = order->page,
                              .region = lines->region_count - 1 };
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        room += row[i]->text.length + 12;
    char *out = arena_alloc(order->arena, room);
    if (!out || !arena_grow(order->arena, &lines->items, lines->count, &lines->capacity,
                            sizeof(*lines->items)))
        return false;
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = row[i];
        if (i > 0) {
            double gap = segment->box.x0 - row[i - 1]->box.x1;
            struct text blanks =
                blanks_between(row[i - 1]->text, segment->text, gap, segment->size);
            memcpy(out + length, blanks.data, blanks.length);
            length += blanks.length;
            if (gap >= 1.5 * segment->size)
                line.last_x0 = segment->box.x0;
        }
        memcpy(out + length, segment->text.data, segment->text.length);
        length += segment->text.length;
        box_extend(&line.box, &segment->box);
        if (segment->codepoints > most) {
            most = segment->codepoints;
            line.size = segment->size;
        }
    }
    line.text = (struct text) { out, length };
    line.codepoints = utf8_count(line.text);
    lines->items[lines->count++] = line;
    return true;
}

static bool is_same_row(const struct segment *a, const struct segment *b)
{
    double height = fmin(box_height(&a->box), box_height(&b->box));
    return fabs(box_middle(&a->box) - box_middle(&b->box)) < 0.4 * height;
}

/* `segments` are sorted by height, and sorted anew inside of each row. */
static bool add_rows(struct order *order, struct segment **segments, size_t count, unsigned column)
{
    if (count && !open_region(order, segments, count, column))
        return false;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && is_same_row(segments[first], segments[end]); end++)
            ;
        if (!add_line(order, segments + first, end - first))
            return false;
    }
    return true;
}

/* --- columns -------------------------------------------------------------------------------- */

static void add_to_side(struct band_side *side, const struct segment *segment)
{
    side->x0 = side->count ? fmin(side->x0, segment->box.x0) : segment->box.x0;
    side->x1 = side->count ? fmax(side->x1, segment->box.x1) : segment->box.x1;
    side->count++;
    side->codepoints += segment->codepoints;
    side->width += box_width(&segment->box);
}

static bool is_column(const struct band_side *side)
{
    return side->count >= COLUMN_LINES && side->codepoints >= COLUMN_CODEPOINTS * side->count &&
           side->width >= 0.6 * (side->x1 - side->x0) * (double)side->count;
}

/* The next band at or behind `start` that no segment crosses at `place`, or false. */
static bool next_band(struct segment **segments, size_t count, double place, size_t start,
                      struct band *band)
{
    while (start < count && segments[start]->box.x0 < place && segments[start]->box.x1 > place)
        start++;
    if (start == count)
        return false;
    *band = (struct band) { .first = start, .end = start };
    for (; band->end < count; band->end++) {
        const struct segment *segment = segments[band->end];
        if (segment->box.x0 < place && segment->box.x1 > place)
            break;
        add_to_side(segment->box.x0 >= place ? &band->right : &band->left, segment);
    }
    return true;
}

static bool has_gutter(const struct band *band, double em)
{
    return band->left.count && band->right.count &&
           band->right.x0 - band->left.x1 >= GUTTER_EM * em;
}

static bool has_columns(const struct band *band, double em)
{
    return is_column(&band->left) && is_column(&band->right) && has_gutter(band, em);
}

/* Lines that would be read in columns with a gutter at `place`. */
static size_t judge_place(struct segment **segments, size_t count, double place, double em,
                          double *width)
{
    struct band band;
    size_t lines = 0;
    *width = 0;
    for (size_t start = 0; next_band(segments, count, place, start, &band); start = band.end)
        if (has_columns(&band, em)) {
            lines += band.end - band.first;
            *width = fmax(*width, band.right.x0 - band.left.x1);
        }
    return lines;
}

static bool find_gutter(const struct order *order, struct segment **segments, size_t count,
                        double *gutter)
{
    double x0 = INFINITY, x1 = -INFINITY, best_width = 0;
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        x0 = fmin(x0, segments[i]->box.x0);
        x1 = fmax(x1, segments[i]->box.x1);
    }
    double step = fmax(order->em / 2, (x1 - x0) / PLACES_MAX);
    /* NOLINTNEXTLINE(clang-analyzer-security.FloatLoopCounter): a step more or less is all the same */
    for (double place = x0 + 0.15 * (x1 - x0); place < x0 + 0.85 * (x1 - x0); place += step) {
        double width;
        size_t lines = judge_place(segments, count, place, order->em, &width);
        if (lines > best || (lines == best && lines && width > best_width)) {
            best = lines;
            best_width = width;
            *gutter = place;
        }
    }
    return best > 0;
}

static bool add_part(struct order *order, struct segment **segments, size_t count, unsigned column,
                     int depth);

/* The left column, then the right one. */
static bool add_columns(struct order *order, struct segment **segments, size_t count, double gutter,
                        unsigned column, int depth)
{
    size_t left = 0, right = 0;
    for (size_t i = 0; i < count; i++) /* stable, in place */
        if (segments[i]->box.x0 >= gutter)
            order->scratch[right++] = segments[i];
        else
            segments[left++] = segments[i];
    memcpy(segments + left, order->scratch, right * sizeof(segments[0]));
    return add_part(order, segments, left, column * 2 + 1, depth + 1) &&
           add_part(order, segments + left, right, column * 2 + 2, depth + 1);
}

/* The end of a document in columns: few lines, perhaps a signature, on one side. */
static bool goes_on_in_columns(const struct order *order, struct segment **segments, size_t count)
{
    struct band band;
    double gutter = order->lines->gutter;
    if (gutter <= 0 || !next_band(segments, count, gutter, 0, &band) || band.end != count)
        return false;
    return (is_column(&band.left) || is_column(&band.right)) && has_gutter(&band, order->em);
}

static bool add_part(struct order *order, struct segment **segments, size_t count, unsigned column,
                     int depth)
{
    double gutter = 0;
    if (depth == 0 && goes_on_in_columns(order, segments, count))
        return add_columns(order, segments, count, order->lines->gutter, column, depth);
    if (depth >= COLUMN_DEPTH || count < 2 * COLUMN_LINES ||
        !find_gutter(order, segments, count, &gutter))
        return add_rows(order, segments, count, column);
    if (depth == 0)
        order->lines->gutter = gutter;
    struct band band;
    size_t done = 0;
    for (size_t start = 0; next_band(segments, count, gutter, start, &band); start = band.end) {
        if (!has_columns(&band, order->em))
            continue;
        if (!add_rows(order, segments + done, band.first - done, column) ||
            !add_columns(order, segments + band.first, band.end - band.first, gutter, column,
                         depth))
            return false;
        done = band.end;
    }
    return add_rows(order, segments + done, count - done, column);
}

static bool add_table(struct order *order, struct segment **segments, size_t count)
{
    return open_region(order, segments, count, 0) &&
           page_table_add(segments, 0, count, order->page, order->arena, order->lines);
}

/* Whether a page is set in columns of lines that are longer than those of cells. */
static bool is_in_columns(const struct order *order, struct segment **segments, size_t count)
{
    double gutter, width;
    size_t codepoints = 0;
    for (size_t i = 0; i < count; i++)
        codepoints += segments[i]->codepoints;
    return count >= 6 * COLUMN_LINES && codepoints >= 9 * count &&
           find_gutter(order, segments, count, &gutter) &&
           judge_place(segments, count, gutter, order->em, &width) * 10 >= count * 6;
}

/* Tables, and what stands between them. */
static bool add_parts(struct order *order, struct segment **segments, size_t count)
{
    size_t done = 0, end;
    if (goes_on_in_columns(order, segments, count) || is_in_columns(order, segments, count))
        return add_part(order, segments, count, 0, 0);
    for (size_t at = 0; at < count; at = end) {
        if (!page_table_begins(segments, count, at, &end))
            continue;
        if (!add_part(order, segments + done, at - done, 0, 0) ||
            !add_table(order, segments + at, end - at))
            return false;
        done = end;
    }
    return add_part(order, segments + done, count - done, 0, 0);
}

bool page_lines_order(const struct sheet *sheet, uint32_t page, struct arena *arena,
                      struct page_lines *lines)
{
    struct order order = {
        .segments = ARENA_ARRAY(arena, struct segment *, sheet->segment_count + 1),
        .scratch = ARENA_ARRAY(arena, struct segment *, sheet->segment_count + 1),
        .lines = lines,
        .arena = arena,
        .page = page,
        .em = lines->em,
    };
    if (!order.segments || !order.scratch)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < sheet->segment_count; i++)
        if (!sheet->segments[i].dropped)
            order.segments[count++] = &sheet->segments[i];
    qsort(order.segments, count, sizeof(order.segments[0]), compare_height);
    return add_parts(&order, order.segments, count);
}
