/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables by the room between their columns, as the lines that are drawn around cells are not known. A
 * table is a stretch of rows whose parts stay apart in the same columns; a line of running text
 * crosses them and ends it. What lies in one row is found by distance: the lines of one cell are
 * nearer to each other than those of two, and cells beside each other overlap in height. Where all
 * distances are equal, a row begins with every line that has something in the first column. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define COLUMNS_MAX 24
#define ROWS_MIN 2          /* with several cells; ... */
#define ROWS_MIN_NARROW 4   /* ... of a table of two columns */
#define CELL_CODEPOINTS 60  /* on average no cell's line is longer */
#define NAME_CODEPOINTS 4   /* parts no longer than this may be names side by side */
#define COLUMN_CODEPOINTS 9 /* columns of text have lines as long as this */
#define APART_EM 0.4
#define ALIGNED_EM 0.5
#define NEAR 1.2 /* of the smallest distance of lines in a cell */
#define NEAR_EM 1.9

struct table_column {
    double x0, x1, width;
    size_t parts, codepoints, aligned;
};

struct table_band {
    struct segment **segments; /* sorted by height */
    size_t end;
    struct table_column columns[COLUMNS_MAX];
    size_t column_count;
    size_t rows; /* with several cells */
    double em;
};

static bool same_row(const struct segment *a, const struct segment *b)
{
    double height = fmin(box_height(&a->box), box_height(&b->box));
    return fabs(box_middle(&a->box) - box_middle(&b->box)) < 0.4 * height;
}

static size_t row_end(struct segment **segments, size_t count, size_t first)
{
    size_t end = first + 1;
    while (end < count && same_row(segments[first], segments[end]))
        end++;
    return end;
}

/* --- columns -------------------------------------------------------------------------------- */

static size_t column_of(const struct table_band *band, const struct box *box)
{
    for (size_t i = 0; i < band->column_count; i++)
        if (box->x0 < band->columns[i].x1 && box->x1 > band->columns[i].x0)
            return i;
    return band->column_count;
}

/* Puts the part into its column, or begins one. False: it crosses two, or touches one. */
static bool place(struct table_band *band, const struct segment *segment)
{
    double slack = APART_EM * segment->size;
    struct table_column *columns = band->columns;
    size_t at = 0;
    while (at < band->column_count && columns[at].x1 <= segment->box.x0)
        at++;
    bool own = at == band->column_count || columns[at].x0 >= segment->box.x1;
    if (own && band->column_count == COLUMNS_MAX)
        return false;
    if (own) {
        memmove(columns + at + 1, columns + at, (band->column_count - at) * sizeof(columns[0]));
        columns[at] = (struct table_column) { .x0 = segment->box.x0, .x1 = segment->box.x1 };
        band->column_count++;
    }
    columns[at].x0 = fmin(columns[at].x0, segment->box.x0);
    columns[at].x1 = fmax(columns[at].x1, segment->box.x1);
    columns[at].parts++;
    columns[at].codepoints += segment->codepoints;
    columns[at].width += box_width(&segment->box);
    return (at == 0 || columns[at - 1].x1 + slack <= columns[at].x0) &&
           (at + 1 == band->column_count || columns[at].x1 + slack <= columns[at + 1].x0);
}

/* Adds a row if its parts keep the columns apart. */
static bool add_row(struct table_band *band, size_t first, size_t end)
{
    struct table_band tried = *band;
    for (size_t i = first; i < end; i++)
        if (!sizes_agree(band->segments[i]->size, band->em) || !place(&tried, band->segments[i]))
            return false;
    tried.rows += end - first > 1;
    tried.end = end;
    *band = tried;
    return true;
}

static void count_aligned(struct table_band *band, size_t first)
{
    for (size_t i = first; i < band->end; i++) {
        const struct segment *segment = band->segments[i];
        size_t at = column_of(band, &segment->box);
        if (at == band->column_count)
            continue;
        struct table_column *column = &band->columns[at];
        double left = segment->box.x0 - column->x0, right = column->x1 - segment->box.x1;
        double slack = ALIGNED_EM * segment->size;
        column->aligned += left < slack || right < slack || fabs(left - right) < 2 * slack;
    }
}

/* --- what is a table ------------------------------------------------------------------------ */

/* 陈某某、李某某、王某某：, or labels with their values: forms that are read as lines. */
static bool is_form(const struct table_band *band, size_t first)
{
    size_t short_parts = 0, labels = 0;
    for (size_t i = first; i < band->end; i++) {
        struct text text = band->segments[i]->text;
        short_parts +=
            band->segments[i]->codepoints <= NAME_CODEPOINTS && !strpbrk(text.data, "0123456789");
        labels += text_contains(text, TEXT("：")) || text_contains(text, TEXT(":"));
        if (text_ends_with(text, TEXT("：")) && i + 1 == band->end)
            return true;
    }
    size_t parts = band->end - first;
    const struct table_column *labelled = band->columns;
    if (band->column_count == 2 && labelled->codepoints <= NAME_CODEPOINTS * labelled->parts)
        return true;
    return short_parts == parts || labels * 3 > parts;
}

/* Columns of running text: the lines of each fill it. */
static bool is_text(const struct table_band *band)
{
    for (size_t i = 0; i < band->column_count; i++) {
        const struct table_column *column = &band->columns[i];
        if (column->codepoints < COLUMN_CODEPOINTS * column->parts ||
            column->width < 0.6 * (column->x1 - column->x0) * (double)column->parts)
            return false;
    }
    return true;
}

static bool is_table(struct table_band *band, size_t first)
{
    size_t codepoints = 0, aligned = 0;
    if (band->column_count < 2 ||
        band->rows < (band->column_count > 2 ? ROWS_MIN : ROWS_MIN_NARROW))
        return false;
    count_aligned(band, first);
    for (size_t i = 0; i < band->column_count; i++) {
        codepoints += band->columns[i].codepoints;
        aligned += band->columns[i].aligned * 10 >= band->columns[i].parts * 7;
    }
    return aligned >= 2 && codepoints <= CELL_CODEPOINTS * (band->end - first) && !is_text(band) &&
           !is_form(band, first);
}

/* The distance of lines in one cell: the smallest in any column, if others are larger; else 0. */
static double line_distance(const struct table_band *band, size_t first)
{
    double last[COLUMNS_MAX], least = INFINITY, most = 0;
    for (size_t i = 0; i < COLUMNS_MAX; i++)
        last[i] = -INFINITY;
    for (size_t i = first; i < band->end; i++) {
        const struct segment *segment = band->segments[i];
        size_t at = column_of(band, &segment->box);
        double middle = box_middle(&segment->box), distance = middle - last[at];
        if (isfinite(distance) && distance > 0.5 * segment->size) {
            least = fmin(least, distance);
            most = fmax(most, distance);
        }
        last[at] = middle;
    }
    return least <= NEAR_EM * band->em && most > NEAR * least ? least : 0;
}

/* Single parts below the last row with several are text behind the table, unless they go on in a
 * cell. */
static void trim_end(struct table_band *band, size_t first)
{
    double near = line_distance(band, first) * NEAR;
    size_t end = first, last = first;
    for (size_t start = first; start < band->end; start = last) {
        last = row_end(band->segments, band->end, start);
        bool goes_on = start > first && box_middle(&band->segments[start]->box) -
                                                box_middle(&band->segments[start - 1]->box) <=
                                            near;
        if (last - start > 1 || (goes_on && end == start))
            end = last;
    }
    band->end = end;
}

bool page_table_begins(struct segment **segments, size_t count, size_t first, size_t *end)
{
    struct table_band band = { .segments = segments, .end = first, .em = segments[first]->size };
    size_t last = row_end(segments, count, first);
    double left = segments[first]->box.x0;
    bool single = last - first == 1;
    *end = last;
    if (!add_row(&band, first, last))
        return false;
    while (band.end < count && band.end - first < PAGE_RUNS_MAX) {
        const struct segment *before = segments[band.end - 1], *next = segments[band.end];
        if (box_middle(&next->box) - box_middle(&before->box) > 6 * before->size ||
            !add_row(&band, band.end, row_end(segments, count, band.end)))
            break;
        if (single && band.rows == 1 && left < band.columns[0].x1)
            return false; /* a line of text, not the first one of a high cell */
    }
    *end =
        band.rows >= ROWS_MIN_NARROW && band.column_count == 2 && is_text(&band) ? band.end : last;
    trim_end(&band, first);
    if (!is_table(&band, first))
        return false;
    *end = band.end;
    return true;
}

/* --- rows ----------------------------------------------------------------------------------- */

/* Lines of one cell. */
struct cell {
    size_t column;
    double y0, y1, last; /* last: middle of its last line */
    size_t row;
    struct text text; /* in `bytes`, which have room for more */
    char *bytes;
    size_t room;
};

static bool append(struct cell *cell, const struct segment *segment, struct arena *arena)
{
    bool letters = cell->text.length && segment->text.length &&
                   (unsigned char)cell->text.data[cell->text.length - 1] < 0x80 &&
                   (unsigned char)segment->text.data[0] < 0x80;
    size_t length = cell->text.length + letters + segment->text.length;
    if (length > cell->room) {
        cell->room = 2 * length;
        char *bytes = arena_alloc(arena, cell->room);
        if (!bytes)
            return false;
        if (cell->text.length)
            memcpy(bytes, cell->text.data, cell->text.length);
        cell->bytes = bytes;
    }
    if (letters)
        cell->bytes[cell->text.length] = ' ';
    memcpy(cell->bytes + length - segment->text.length, segment->text.data, segment->text.length);
    cell->text = (struct text) { cell->bytes, length };
    cell->y1 = segment->box.y1;
    cell->last = box_middle(&segment->box);
    return true;
}

/* Segments -> cells, in the order of their first lines. */
static bool make_cells(const struct table_band *band, size_t first, double distance,
                       struct arena *arena, struct cell *cells, size_t *count)
{
    size_t open[COLUMNS_MAX], row = 0;
    for (size_t i = 0; i < COLUMNS_MAX; i++)
        open[i] = SIZE_MAX;
    for (size_t i = first; i < band->end; i++) {
        const struct segment *segment = band->segments[i];
        size_t column = column_of(band, &segment->box);
        double middle = box_middle(&segment->box);
        bool line = i == first || !same_row(band->segments[i - 1], segment);
        if (distance == 0 && line) /* a new row where the first column has something */
            for (size_t j = i; j < band->end && same_row(segment, band->segments[j]); j++)
                row += column_of(band, &band->segments[j]->box) == 0;
        struct cell *cell = open[column] == SIZE_MAX ? NULL : &cells[open[column]];
        bool same =
            cell && (distance == 0 ? cell->row == row : middle - cell->last <= distance * NEAR);
        if (!same) {
            open[column] = *count;
            cell = &cells[(*count)++];
            *cell = (struct cell) { .column = column, .y0 = segment->box.y0, .row = row };
        }
        if (!append(cell, segment, arena))
            return false;
    }
    return true;
}

/* Cells that overlap in height by a third of the lower one are beside each other. */
static void number_rows(struct cell *cells, size_t count)
{
    double y0 = 0, y1 = 0;
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        double overlap = fmin(y1, cells[i].y1) - fmax(y0, cells[i].y0);
        double height = fmin(y1 - y0, cells[i].y1 - cells[i].y0);
        if (i == 0 || overlap < height / 3) {
            row++;
            y0 = cells[i].y0;
            y1 = cells[i].y1;
        }
        y0 = fmin(y0, cells[i].y0);
        y1 = fmax(y1, cells[i].y1);
        cells[i].row = row;
    }
}

static int compare_cells(const void *a, const void *b)
{
    const struct cell *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return left->y0 < right->y0 ? -1 : left->y0 > right->y0;
}

bool page_table_add(struct segment **segments, size_t first, size_t end, uint32_t page,
                    struct arena *arena, struct page_lines *lines)
{
    struct table_band band = { .segments = segments, .end = first, .em = segments[first]->size };
    struct cell *cells = ARENA_ARRAY(arena, struct cell, end - first);
    size_t count = 0;
    if (!cells)
        return false;
    while (band.end < end)
        if (!add_row(&band, band.end, row_end(segments, end, band.end)))
            return false; /* page_table_begins has seen that it can */
    double distance = line_distance(&band, first);
    if (!make_cells(&band, first, distance, arena, cells, &count))
        return false;
    if (distance > 0)
        number_rows(cells, count);
    qsort(cells, count, sizeof(cells[0]), compare_cells);
    for (size_t i = 0, next; i < count; i = next) {
        struct text text = cells[i].text;
        for (next = i + 1; text.data && next < count && cells[next].row == cells[i].row; next++)
            text = arena_printf(arena, "%.*s | %.*s", TEXT_ARG(text), TEXT_ARG(cells[next].text));
        if (!text.data || !arena_grow(arena, &lines->items, lines->count, &lines->capacity,
                                      sizeof(*lines->items)))
            return false;
        lines->items[lines->count++] = (struct page_line) {
            .text = text,
            .box = { band.columns[0].x0, cells[i].y0, band.columns[band.column_count - 1].x1,
                     cells[i].y1 },
            .size = band.em,
            .codepoints = utf8_count(text),
            .last_x0 = band.columns[1].x0,
            .page = page,
            .region = lines->region_count - 1,
            .whole = true,
        };
    }
    return true;
}
