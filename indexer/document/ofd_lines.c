/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/ofd_lines.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/document.h"

#define SAME_LINE 0.45  /* em between base lines */
#define NO_GAP 0.75     /* em: closer than this is joined without a blank */
#define WORD_GAP 0.15   /* em: between Latin words that are runs of their own */
#define SEGMENT_GAP 1.2 /* em: parts of a line further apart are segments */
#define BLANK 0.5       /* em */
#define BLANKS_MAX 8
#define OVERPRINT 0.3      /* em: the same text again this close is one text printed bold */
#define NEIGHBOURS_MAX 256 /* runs of one line that are looked at */
#define COLUMN_DEPTH_MAX 6
#define COLUMN_LINES_MIN 5
#define COLUMN_CODEPOINTS_MIN 50
#define COLUMN_MEAN_MIN 8 /* codepoints in a line: the cells of a table have fewer */

struct layout {
    uint32_t page;
    struct arena *arena;
    struct ofd_lines *out;
    struct buffer text;
    enum status status;
    struct error *error;
};

/* Runs first to end - 1, all on one line. */
struct row {
    size_t first, end;
};

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_height(const void *a, const void *b)
{
    const struct ofd_run *first = a, *second = b;
    int order = compare(first->y, second->y);
    return order ? order : compare(first->x, second->x);
}

static int by_place(const void *a, const void *b)
{
    const struct ofd_run *first = a, *second = b;
    int order = compare(first->x, second->x);
    return order ? order : compare(first->y, second->y);
}

static void fail(struct layout *layout, enum status status, const char *message)
{
    if (!layout->status)
        layout->status = error_set(layout->error, status, "%s", message);
}

/* -- one line --------------------------------------------------------------------------------- */

static bool is_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

static bool is_overprint(const struct ofd_run *before, const struct ofd_run *run)
{
    return text_equal(before->text, run->text) &&
           fabs(run->x - before->x) < OVERPRINT * run->size &&
           fabs(run->y - before->y) < OVERPRINT * run->size;
}

/* Single characters at even distances are one widely set text: 宁 波 市 经 信 局. */
static bool is_spaced_out(const struct ofd_run *runs, size_t count)
{
    double narrowest = INFINITY, widest = 0;
    if (count < 3)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (runs[i].text.length > 4 || utf8_count(runs[i].text) != 1)
            return false;
        if (i + 1 < count) {
            double step = runs[i + 1].x - runs[i].x;
            narrowest = fmin(narrowest, step);
            widest = fmax(widest, step);
        }
    }
    return widest - narrowest <= 0.5 * runs[0].size && widest <= 6 * runs[0].size;
}

static void append_gap(struct layout *layout, const struct ofd_run *before,
                       const struct ofd_run *run)
{
    double gap = (run->x - before->end_x) / run->size;
    int blanks = (int)fmin(round(gap / BLANK), BLANKS_MAX);
    bool words = is_word(before->text.data[before->text.length - 1]) && is_word(run->text.data[0]);
    if (gap < NO_GAP)
        blanks = words && gap > WORD_GAP ? 1 : 0;
    for (int i = 0; i < blanks; i++)
        buffer_append_byte(&layout->text, ' ');
}

/* The font size of most characters. */
static double size_of(const struct ofd_run *runs, size_t count)
{
    double size = runs[0].size;
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        if (runs[i].text.length > most) {
            most = runs[i].text.length;
            size = runs[i].size;
        }
    return size;
}

static void emit_line(struct layout *layout, const struct ofd_run *runs, size_t count,
                      enum ofd_zone zone)
{
    const struct ofd_run *before = NULL;
    bool spaced_out = is_spaced_out(runs, count);
    double right = runs[0].end_x;
    buffer_clear(&layout->text);
    for (size_t i = 0; i < count; i++) {
        if (before && is_overprint(before, &runs[i]))
            continue;
        if (before && !spaced_out)
            append_gap(layout, before, &runs[i]);
        buffer_append(&layout->text, runs[i].text);
        right = fmax(right, runs[i].end_x);
        before = &runs[i];
    }
    struct ofd_lines *out = layout->out;
    if (out->count == DOCUMENT_BLOCKS_MAX) {
        fail(layout, STATUS_LIMIT, "too many lines");
        return;
    }
    struct ofd_line line = {
        .text = arena_text(layout->arena, buffer_text(&layout->text)),
        .left = runs[0].x,
        .right = right,
        .y = runs[0].y,
        .size = size_of(runs, count),
        .page = layout->page,
        .zone = zone,
    };
    if (layout->text.failed || !line.text.data ||
        !arena_grow(layout->arena, &out->items, out->count, &out->capacity, sizeof(line)))
        fail(layout, STATUS_NO_MEMORY, "out of memory");
    else
        out->items[out->count++] = line;
}

/* -- rows ------------------------------------------------------------------------------------- */

/* Sorts the runs into rows. The rows, at most `count`, are malloc-ed; NULL: no memory. */
static struct row *find_rows(struct ofd_run *runs, size_t count, size_t *row_count)
{
    struct row *rows = calloc(count, sizeof(*rows));
    if (!rows)
        return NULL;
    qsort(runs, count, sizeof(*runs), by_height);
    *row_count = 0;
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        double size = runs[first].size;
        for (; end < count; end++) {
            size = fmax(size, runs[end].size);
            if (runs[end].y - runs[first].y > SAME_LINE * size)
                break;
        }
        qsort(runs + first, end - first, sizeof(*runs), by_place);
        rows[(*row_count)++] = (struct row) { first, end };
        first = end;
    }
    return rows;
}

/* -- columns ---------------------------------------------------------------------------------- */

struct gutter {
    double x;
    size_t first, end; /* rows */
    size_t codepoints; /* in them: the more, the better the gutter */
};

/* One side of a gutter. */
struct side {
    size_t rows, codepoints;
    double left, right;
    size_t flush, full; /* rows that begin and end where the side does */
};

/* Whether text of the row crosses x; *left and *right: whether there is some on either side. */
static bool crosses(const struct ofd_run *runs, struct row row, double x, bool *left, bool *right)
{
    *left = *right = false;
    double end = -INFINITY;
    for (size_t i = row.first; i < row.end; i++) {
        bool same_segment = runs[i].x - end < SEGMENT_GAP * runs[i].size;
        if ((runs[i].x < x && runs[i].end_x > x) || (same_segment && end <= x && runs[i].x >= x))
            return true;
        *left |= runs[i].end_x <= x;
        *right |= runs[i].x >= x;
        end = fmax(end, runs[i].end_x);
    }
    return false;
}

/* Start and end of the row's text on one side of x. */
static bool extent(const struct ofd_run *runs, struct row row, double x, bool right_side,
                   double *left, double *right, size_t *codepoints)
{
    bool found = false;
    *codepoints = 0;
    for (size_t i = row.first; i < row.end; i++) {
        if ((runs[i].x >= x) != right_side)
            continue;
        *left = found ? fmin(*left, runs[i].x) : runs[i].x;
        *right = found ? fmax(*right, runs[i].end_x) : runs[i].end_x;
        *codepoints += utf8_count(runs[i].text);
        found = true;
    }
    return found;
}

static struct side measure_side(const struct ofd_run *runs, const struct row *rows, size_t first,
                                size_t end, double x, bool right_side)
{
    struct side side = { .left = INFINITY, .right = -INFINITY };
    double left, right;
    size_t codepoints;
    for (size_t i = first; i < end; i++)
        if (extent(runs, rows[i], x, right_side, &left, &right, &codepoints)) {
            side.rows++;
            side.codepoints += codepoints;
            side.left = fmin(side.left, left);
            side.right = fmax(side.right, right);
        }
    for (size_t i = first; i < end; i++)
        if (extent(runs, rows[i], x, right_side, &left, &right, &codepoints)) {
            double em = runs[rows[i].first].size;
            side.flush += left - side.left < 0.7 * em;
            side.full += side.right - right < 2.5 * em;
        }
    return side;
}

/* Running text fills most of its lines from edge to edge; a table or a signature does not. */
static bool is_column(const struct side *side)
{
    return side->rows >= COLUMN_LINES_MIN && side->codepoints >= COLUMN_CODEPOINTS_MIN &&
           side->codepoints >= COLUMN_MEAN_MIN * side->rows && side->flush * 2 >= side->rows &&
           side->full * 2 >= side->rows;
}

/* What stands in a column beside one of running text: the end of the document, say. */
static bool is_rest(const struct side *side)
{
    return side->rows >= COLUMN_LINES_MIN / 2 && side->codepoints >= COLUMN_CODEPOINTS_MIN / 2 &&
           side->codepoints * 2 >= COLUMN_MEAN_MIN * side->rows;
}

/* The longest stretch of rows that x cuts without crossing text. */
static void try_gutter(const struct ofd_run *runs, const struct row *rows, size_t row_count,
                       double x, struct gutter *best)
{
    for (size_t first = 0; first < row_count;) {
        bool left, right;
        size_t end = first;
        size_t both = 0;
        for (; end < row_count && !crosses(runs, rows[end], x, &left, &right); end++)
            both += left || right;
        if (both >= COLUMN_LINES_MIN) {
            struct side a = measure_side(runs, rows, first, end, x, false);
            struct side b = measure_side(runs, rows, first, end, x, true);
            bool columns =
                (is_column(&a) && (is_column(&b) || is_rest(&b))) || (is_column(&b) && is_rest(&a));
            if (columns && a.codepoints + b.codepoints > best->codepoints)
                *best = (struct gutter) { x, first, end, a.codepoints + b.codepoints };
        }
        first = end + 1;
    }
}

static bool find_gutter(const struct ofd_run *runs, size_t count, const struct row *rows,
                        size_t row_count, struct gutter *best)
{
    double left = INFINITY, right = -INFINITY;
    *best = (struct gutter) { .codepoints = 0 };
    if (row_count < COLUMN_LINES_MIN)
        return false;
    for (size_t i = 0; i < count; i++) {
        left = fmin(left, runs[i].x);
        right = fmax(right, runs[i].end_x);
    }
    double step = (right - left) / 100;
    for (int i = 30; i <= 70; i++)
        try_gutter(runs, rows, row_count, left + step * i, best);
    return best->codepoints > 0;
}

/* -- a page ----------------------------------------------------------------------------------- */

static size_t partition(struct ofd_run *runs, size_t count, double x)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (runs[i].x < x) {
            struct ofd_run run = runs[i];
            runs[i] = runs[left];
            runs[left++] = run;
        }
    return left;
}

static void lay_out(struct layout *layout, struct ofd_run *runs, size_t count, enum ofd_zone zone,
                    int depth)
{
    struct gutter gutter;
    size_t row_count = 0;
    if (count == 0 || layout->status)
        return;
    CLEANUP(cleanup_free) struct row *rows = find_rows(runs, count, &row_count);
    if (!rows) {
        fail(layout, STATUS_NO_MEMORY, "out of memory");
        return;
    }
    bool columns = depth < COLUMN_DEPTH_MAX && zone == OFD_WHOLE &&
                   find_gutter(runs, count, rows, row_count, &gutter);
    size_t whole = columns ? gutter.first : row_count;
    for (size_t i = 0; i < whole && !layout->status; i++)
        emit_line(layout, runs + rows[i].first, rows[i].end - rows[i].first, zone);
    if (!columns)
        return;

    size_t start = rows[gutter.first].first, end = rows[gutter.end - 1].end;
    size_t left = partition(runs + start, end - start, gutter.x);
    lay_out(layout, runs + start, left, OFD_LEFT_COLUMN, depth + 1);
    lay_out(layout, runs + start + left, end - start - left, OFD_RIGHT_COLUMN, depth + 1);
    lay_out(layout, runs + end, count - end, OFD_WHOLE, depth + 1);
}

/* Turns a page that is read downwards, upwards or upside down, so that it reads to the right. */
static void turn(struct ofd_run *run)
{
    struct ofd_run old = *run;
    switch (run->direction) {
    case OFD_DOWN:
        run->x = old.y, run->y = -old.x, run->end_x = old.end_y, run->end_y = -old.end_x;
        break;
    case OFD_UP:
        run->x = -old.y, run->y = old.x, run->end_x = -old.end_y, run->end_y = old.end_x;
        break;
    case OFD_LEFT:
        run->x = -old.x, run->y = -old.y, run->end_x = -old.end_x, run->end_y = -old.end_y;
        break;
    default:
        break;
    }
    if (run->end_x <= run->x) /* upright characters below each other */
        run->end_x = run->x + run->size;
}

static enum ofd_direction main_direction(const struct ofd_page *page)
{
    size_t bytes[OFD_ASLANT + 1] = { 0 };
    enum ofd_direction most = OFD_RIGHT;
    for (size_t i = 0; i < page->count; i++)
        bytes[page->runs[i].direction] += page->runs[i].text.length;
    for (enum ofd_direction i = OFD_RIGHT; i < OFD_ASLANT; i++)
        if (bytes[i] > bytes[most])
            most = i;
    return most;
}

static bool same_row(const struct ofd_run *a, const struct ofd_run *b)
{
    return fabs(a->y - b->y) <= SAME_LINE * fmax(a->size, b->size);
}

static bool is_beside(const struct ofd_run *a, const struct ofd_run *b)
{
    double gap = fmax(b->x - a->end_x, a->x - b->end_x);
    return gap < SEGMENT_GAP * a->size;
}

/* Single characters beyond the margins, one below the other: 装 订 线 along the binding. They are
 * told from a text that is drawn character by character by the empty space around them. */
static size_t drop_margins(struct ofd_run *runs, size_t count)
{
    double left = INFINITY, right = -INFINITY;
    size_t beyond = 0, kept = 0;
    if (count == 0)
        return 0;
    qsort(runs, count, sizeof(*runs), by_height);
    for (size_t i = 0; i < count; i++) {
        bool lonely = utf8_count(runs[i].text) == 1;
        for (size_t k = i + 1;
             k < count && k < i + NEIGHBOURS_MAX && lonely && same_row(&runs[i], &runs[k]); k++)
            lonely = !is_beside(&runs[i], &runs[k]);
        for (size_t k = i;
             k-- > 0 && k + NEIGHBOURS_MAX > i && lonely && same_row(&runs[i], &runs[k]);)
            lonely = !is_beside(&runs[i], &runs[k]);
        runs[i].lonely = lonely;
        if (!lonely) {
            left = fmin(left, runs[i].x);
            right = fmax(right, runs[i].end_x);
        }
    }
    for (size_t i = 0; i < count; i++)
        beyond += runs[i].lonely && (runs[i].end_x < left || runs[i].x > right);
    if (left > right || beyond < 3)
        return count;
    for (size_t i = 0; i < count; i++)
        if (!runs[i].lonely || (runs[i].end_x >= left && runs[i].x <= right))
            runs[kept++] = runs[i];
    return kept;
}

enum status ofd_find_lines(struct ofd_page *page, uint32_t number, struct arena *arena,
                           struct ofd_lines *out, struct error *error)
{
    struct layout layout = { .page = number, .arena = arena, .out = out, .error = error };
    enum ofd_direction direction = main_direction(page);
    size_t kept = 0;
    for (size_t i = 0; i < page->count; i++)
        if (page->runs[i].direction == direction) {
            turn(&page->runs[i]);
            page->runs[kept++] = page->runs[i];
        }
    kept = drop_margins(page->runs, kept);
    lay_out(&layout, page->runs, kept, OFD_WHOLE, 0);
    buffer_release(&layout.text);
    return layout.status;
}
