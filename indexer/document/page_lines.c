/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Segments -> lines in reading order: columns one after the other, tables row by row, and what stands
 * above, between and below them. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define COLUMN_DEPTH 2 /* columns inside of columns: four at most */
#define COLUMN_PARTS 6 /* the fewest segments that may be columns, ... */
#define PAGE_PARTS 18  /* ... or a page of them */
#define CODEPOINTS 9   /* a line of such a page has on average */

struct order {
    struct segment **segments; /* of the page, all that are to be read, sorted by height */
    size_t count;
    struct segment **scratch;
    struct page_lines *lines;
    struct arena *arena;
    uint32_t page;
    double em, width;            /* width: of the page */
    double column_x0, column_x1; /* of the column that is being read, or 0 */
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
        .column = column,
        .page = order->page,
        .x0 = INFINITY,
        .x1 = -INFINITY,
        .column_x0 = order->column_x0,
        .column_x1 = order->column_x1,
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

typedef bool add_between(struct order *order, struct segment **segments, size_t count,
                         unsigned column);

static bool add_part(struct order *order, struct segment **segments, size_t count, unsigned column,
                     int depth);

static bool add_column(struct order *order, struct segment **segments, size_t count,
                       unsigned column, int depth, double x0, double x1)
{
    const double outer_x0 = order->column_x0, outer_x1 = order->column_x1;
    order->column_x0 = x0;
    order->column_x1 = x1;
    bool added = add_part(order, segments, count, column, depth + 1);
    order->column_x0 = outer_x0;
    order->column_x1 = outer_x1;
    return added;
}

/* The left column, then the right one. They are equally wide, so each tells how wide the other is. */
static bool add_columns(struct order *order, struct segment **segments, size_t count,
                        const struct page_gutter *gutter, unsigned column, int depth)
{
    const double place = (gutter->x0 + gutter->x1) / 2;
    const double width = fmax(gutter->x0 - gutter->left, gutter->right - gutter->x1);
    size_t left = 0, right = 0;
    for (size_t i = 0; i < count; i++) /* stable, in place */
        if (segments[i]->box.x0 >= place)
            order->scratch[right++] = segments[i];
        else
            segments[left++] = segments[i];
    memcpy(segments + left, order->scratch, right * sizeof(segments[0]));
    return add_column(order, segments, left, column * 2 + 1, depth, gutter->left, gutter->x0) &&
           add_column(order, segments + left, right, column * 2 + 2, depth, gutter->x1,
                      gutter->x1 + width);
}

/* Bands of columns beside the gutter, and what stands between them. */
static bool add_bands(struct order *order, struct segment **segments, size_t count,
                      const struct page_gutter *gutter, unsigned column, int depth,
                      add_between *add)
{
    struct page_band band;
    size_t done = 0;
    while (page_band_next(segments, count, done, order->width, order->column_x1, order->em, gutter,
                          &band)) {
        if (!add(order, segments + done, band.first - done, column) ||
            !add_columns(order, segments + band.first, band.end - band.first, gutter, column,
                         depth))
            return false;
        done = band.end;
    }
    return add(order, segments + done, count - done, column);
}

static bool add_part(struct order *order, struct segment **segments, size_t count, unsigned column,
                     int depth)
{
    struct page_gutter gutter;
    if (depth >= COLUMN_DEPTH || count < COLUMN_PARTS ||
        !page_gutter_find(segments, count, order->width, order->column_x1, order->em, &gutter))
        return add_rows(order, segments, count, column);
    return add_bands(order, segments, count, &gutter, column, depth, add_rows);
}

static bool add_table(struct order *order, struct segment **segments, size_t count)
{
    return open_region(order, segments, count, 0) &&
           page_table_add(segments, 0, count, order->page, order->arena, order->lines);
}

/* Tables, and what stands between them. */
static bool add_parts(struct order *order, struct segment **segments, size_t count, unsigned column)
{
    size_t done = 0, end;
    for (size_t at = 0; at < count; at = end) {
        if (!page_table_begins(segments, count, at, &end))
            continue;
        if (!add_part(order, segments + done, at - done, column, 0) ||
            !add_table(order, segments + at, end - at))
            return false;
        done = end;
    }
    return add_part(order, segments + done, count - done, column, 0);
}

/* --- pages ---------------------------------------------------------------------------------- */

/* The gutter of a page of which most is set in columns of lines longer than those of cells. */
static bool find_page_gutter(const struct order *order, struct page_gutter *gutter)
{
    size_t codepoints = 0;
    for (size_t i = 0; i < order->count; i++)
        codepoints += order->segments[i]->codepoints;
    return order->count >= PAGE_PARTS && codepoints >= CODEPOINTS * order->count &&
           page_gutter_find(order->segments, order->count, order->width, 0, order->em, gutter) *
                   10 >=
               order->count * 6;
}

/* Calls up a page: what is left of it, sorted by height. */
static void load_page(struct order *order, const struct sheet *sheet, size_t page)
{
    order->page = (uint32_t)(page + 1);
    order->width = sheet->width;
    order->count = 0;
    for (size_t i = 0; i < sheet->segment_count; i++)
        if (!sheet->segments[i].dropped)
            order->segments[order->count++] = &sheet->segments[i];
    qsort(order->segments, order->count, sizeof(order->segments[0]), compare_height);
}

/* A page's own gutter, or that of a neighbour: the end of a document in columns has few lines. */
static const struct page_gutter *gutter_of(const struct page_gutter *gutters, size_t count,
                                           size_t i)
{
    if (gutters[i].x1 > 0)
        return &gutters[i];
    if (i > 0 && gutters[i - 1].x1 > 0)
        return &gutters[i - 1];
    return i + 1 < count && gutters[i + 1].x1 > 0 ? &gutters[i + 1] : NULL;
}

bool page_lines_order(const struct sheet *sheets, size_t count, struct arena *arena,
                      struct page_lines *lines)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = sheets[i].segment_count > most ? sheets[i].segment_count : most;
    struct order order = {
        .segments = ARENA_ARRAY(arena, struct segment *, most + 1),
        .scratch = ARENA_ARRAY(arena, struct segment *, most + 1),
        .lines = lines,
        .arena = arena,
        .em = lines->em,
    };
    struct page_gutter *gutters = ARENA_ARRAY(arena, struct page_gutter, count + 1);
    if (!order.segments || !order.scratch || !gutters)
        return false;
    for (size_t i = 0; i < count; i++) {
        load_page(&order, &sheets[i], i);
        if (!find_page_gutter(&order, &gutters[i]))
            gutters[i] = (struct page_gutter) { 0 };
    }
    for (size_t i = 0; i < count; i++) {
        const struct page_gutter *gutter = gutter_of(gutters, count, i);
        load_page(&order, &sheets[i], i);
        if (gutter ? !add_bands(&order, order.segments, order.count, gutter, 0, 0, add_parts)
                   : !add_parts(&order, order.segments, order.count, 0))
            return false;
    }
    return true;
}
