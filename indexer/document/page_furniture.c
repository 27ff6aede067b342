/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is printed on a page but is not its text. A running header is near the edge and comes back at
 * the same height with the same words, and with another page number at most; a letterhead is large
 * and is kept, also where every page of a collection has one.
 *
 * The text must never be taken for it, as in a list whose rows are nearly alike: so numbers that do
 * not count with the pages make rows differ (page_marks.h), nothing is taken that is not in the
 * outer part of a page, nor where pages would be left without text, nor more than a part of all. */
#include <math.h>
#include <stdlib.h>

#include "indexer/document/page_marks.h"

#define EDGE_ROWS 3      /* lines at the top and bottom that may be headers and footers */
#define EDGE_PART 0.16   /* of the page's height: no header ends below, no footer begins above */
#define MARGIN_PART 0.09 /* ... where a line that stands apart is in the margin */
#define APART_EM 2.2     /* from the middle of one line to that of the next one inwards */
#define ROOM_EM 1.2      /* ... or from the foot of one to the head of the other */
#define OVERPRINTS_MAX 64
#define DROPPED_PART 0.3 /* of the text: what is more is not furniture */

/* A row of segments near the edge of its page, or one that is large enough to be a watermark. */
struct edge {
    struct segment **segments;
    size_t segment_count;
    double size; /* of the largest */
    size_t page;
    size_t row; /* 0 is the outermost one */
    bool bottom;
    unsigned long long hash; /* of its mark; 0 without one */
    double y;
    unsigned long numbers[2];
    size_t number_count;
    bool says_page, bare_number;
    bool marginal; /* in the page's margin, apart from everything else */
    bool crossed;  /* other text runs over it */
    bool repeated; /* on other pages, at the same height */
    bool chosen;   /* to be dropped */
};

struct edges {
    struct edge *items;
    size_t count;
    size_t pages;
    double em, page_height;
    struct segment **rows; /* what edges' segments point into: room for every segment */
    size_t row_segments;
};

struct height_list {
    struct segment **items;
    size_t count;
};

static int compare_height(const void *a, const void *b)
{
    const struct segment *left = *(struct segment *const *)a, *right = *(struct segment *const *)b;
    double difference = box_middle(&left->box) - box_middle(&right->box);
    if (difference != 0)
        return difference < 0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static int compare_left(const void *a, const void *b)
{
    const struct segment *left = *(struct segment *const *)a, *right = *(struct segment *const *)b;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static bool may_be_watermark(const struct edges *edges, const struct edge *edge)
{
    return edge->size >= 1.3 * edges->em && edge->y > 0.3 * edges->page_height && edge->crossed;
}

/* Whether a line of the text lies under a large segment. */
static bool is_crossed(const struct height_list *list, const struct segment *segment)
{
    size_t at = 0;
    for (size_t end = list->count; at < end;) { /* the first one that is not above it */
        size_t middle = at + (end - at) / 2;
        if (box_middle(&list->items[middle]->box) < segment->box.y0)
            at = middle + 1;
        else
            end = middle;
    }
    for (; at < list->count && box_middle(&list->items[at]->box) < segment->box.y1; at++) {
        const struct box *other = &list->items[at]->box;
        if (list->items[at] != segment && list->items[at]->size < 0.8 * segment->size &&
            other->x0 < segment->box.x1 && other->x1 > segment->box.x0)
            return true;
    }
    return false;
}

/* Whether much room parts the segments from the next row towards the middle of the page. */
static bool is_apart(const struct height_list *list, size_t first, size_t count, bool bottom)
{
    const struct segment *here = list->items[first], *next;
    if (bottom ? first == 0 : first + count >= list->count)
        return true;
    next = bottom ? list->items[first - 1] : list->items[first + count];
    double room = bottom ? here->box.y0 - next->box.y1 : next->box.y0 - here->box.y1;
    return fabs(box_middle(&next->box) - box_middle(&here->box)) > APART_EM * next->size ||
           room > ROOM_EM * next->size;
}

/* Segments of one height; `row` is their distance from the edge. */
static void add_edge(struct edges *edges, const struct height_list *list, size_t first,
                     size_t count, size_t page, double height, size_t row, bool bottom)
{
    struct segment *const *segments = list->items + first;
    struct edge edge = { .segments = edges->rows + edges->row_segments,
                         .segment_count = count,
                         .page = page,
                         .row = row,
                         .bottom = bottom,
                         .y = box_middle(&segments[0]->box) };
    for (size_t i = 0; i < count; i++) {
        edge.segments[i] = segments[i];
        edge.size = fmax(edge.size, segments[i]->size);
    }
    double distance = fmin(edge.y, height - edge.y);
    bool outer = distance < EDGE_PART * height;
    edge.marginal = distance < MARGIN_PART * height && is_apart(list, first, count, bottom);
    edge.crossed = is_crossed(list, segments[0]);
    if ((row >= EDGE_ROWS || !outer) && !may_be_watermark(edges, &edge))
        return;
    edges->row_segments += count;
    qsort(edge.segments, count, sizeof(edge.segments[0]), compare_left);
    struct page_mark mark;
    bool small = edge.size < 0.97 * edges->em;
    if (page_mark_make(edge.segments, count, small, &mark)) {
        edge.hash = text_hash(text_of_bytes(mark.bytes, mark.length));
        edge.says_page = row == 0 && (mark.says_page || (edge.marginal && mark.printed) ||
                                      (edge.marginal && mark.paged && small));
        edge.bare_number = row == 0 && mark.bare;
        edge.number_count = mark.number_count;
        memcpy(edge.numbers, mark.numbers, sizeof(edge.numbers));
    }
    edges->items[edges->count++] = edge;
}

static bool begins_row(const struct height_list *list, size_t i)
{
    return i > 0 && box_middle(&list->items[i]->box) - box_middle(&list->items[i - 1]->box) >
                        0.5 * list->items[i]->size;
}

static void add_edges(struct edges *edges, const struct height_list *list, size_t page,
                      double height)
{
    size_t row = 0, rows = list->count > 0;
    for (size_t i = 0; i < list->count; i++)
        rows += begins_row(list, i);
    for (size_t first = 0, end; first < list->count; first = end, row++) {
        for (end = first + 1; end < list->count && !begins_row(list, end); end++)
            ;
        bool bottom = box_middle(&list->items[first]->box) > height / 2;
        add_edge(edges, list, first, end - first, page, height, bottom ? rows - 1 - row : row,
                 bottom);
    }
}

static int compare_edges(const void *a, const void *b)
{
    const struct edge *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    if (left->y != right->y)
        return left->y < right->y ? -1 : 1;
    return left->page < right->page ? -1 : left->page > right->page;
}

/* Whether each number of the marks is the same on all pages or counts with them. */
static bool numbers_agree(const struct edge *edges, size_t count)
{
    for (size_t k = 0; k < edges->number_count; k++) {
        size_t same = 0, counting = 0;
        for (size_t i = 0; i < count; i++) {
            same += edges[i].numbers[k] == edges->numbers[k];
            counting += edges[i].numbers[k] - edges->numbers[k] == edges[i].page - edges->page;
        }
        if (same < count && counting < count)
            return false;
    }
    return true;
}

/* Those of the same wording and height: on most pages, or on most of every second page. On two
 * pages, the same sentence in the size of the text may be the text's. */
static void find_repeated(struct edges *edges)
{
    qsort(edges->items, edges->count, sizeof(edges->items[0]), compare_edges);
    for (size_t first = 0, end; first < edges->count; first = end) {
        size_t on_pages = 1;
        for (end = first + 1; end < edges->count; end++) {
            const struct edge *before = &edges->items[end - 1], *edge = &edges->items[end];
            if (edge->hash != before->hash || edge->y - before->y > 0.4 * edges->em ||
                !sizes_agree(edge->size, before->size))
                break;
            on_pages += edge->page != before->page;
        }
        bool small = edges->items[first].size < 0.97 * edges->em;
        bool enough = on_pages >= 2 && on_pages * 5 >= edges->pages * 2 &&
                      numbers_agree(&edges->items[first], end - first);
        for (size_t i = first; i < end; i++) {
            struct edge *edge = &edges->items[i];
            bool large = edge->size > 1.2 * edges->em;
            edge->repeated =
                edge->hash && enough &&
                (large ? may_be_watermark(edges, edge)
                       : small || on_pages >= 3 || (edge->marginal && on_pages == edges->pages));
        }
    }
}

static int compare_long(const void *a, const void *b)
{
    long left = *(const long *)a, right = *(const long *)b;
    return left < right ? -1 : left > right;
}

/* Sorts the values. */
static long most_common(long *values, size_t count, size_t *times)
{
    long found = 0;
    *times = 0;
    qsort(values, count, sizeof(values[0]), compare_long);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && values[end] == values[first]; end++)
            ;
        if (end - first > *times) {
            found = values[first];
            *times = end - first;
        }
    }
    return found;
}

static bool is_numbered_margin(const struct edge *edge, bool bottom)
{
    return edge->row == 0 && edge->bottom == bottom && edge->marginal && edge->number_count == 1;
}

static long counted_from(const struct edge *edge)
{
    return (long)edge->numbers[0] - (long)edge->page;
}

/* Bare numbers at the edge are page numbers when most of them count with the pages. */
static bool mark_page_numbers(struct edges *edges, struct arena *arena)
{
    long *starts = ARENA_ARRAY(arena, long, edges->count + 1);
    if (!starts)
        return false;
    size_t most, count = 0;
    for (size_t i = 0; i < edges->count; i++)
        if (edges->items[i].bare_number)
            starts[count++] = counted_from(&edges->items[i]);
    long start = most_common(starts, count, &most);
    bool counts = most * 5 >= count * 4 && (most >= 2 || (edges->pages == 1 && start == 1));
    for (size_t i = 0; i < edges->count; i++) {
        struct edge *edge = &edges->items[i];
        edge->says_page |= edge->bare_number && counts && counted_from(edge) == start;
    }
    return true;
}

/* Different words on left and right pages, or for each chapter, beside a page number in the margin:
 * where nearly every page has such a row. */
static bool mark_numbered_margins(struct edges *edges, bool bottom, struct arena *arena)
{
    long *starts = ARENA_ARRAY(arena, long, edges->count + 1);
    if (!starts)
        return false;
    size_t most, count = 0;
    for (size_t i = 0; i < edges->count; i++)
        if (is_numbered_margin(&edges->items[i], bottom))
            starts[count++] = counted_from(&edges->items[i]);
    long start = most_common(starts, count, &most);
    if (most < 2 || most * 10 < edges->pages * 9)
        return true;
    for (size_t i = 0; i < edges->count; i++)
        edges->items[i].repeated |=
            is_numbered_margin(&edges->items[i], bottom) && counted_from(&edges->items[i]) == start;
    return true;
}

static size_t count_codepoints(const struct edge *edge)
{
    size_t count = 0;
    for (size_t i = 0; i < edge->segment_count; i++)
        count += edge->segments[i]->codepoints;
    return count;
}

/* Finds the rows to go: from the edge inwards, up to the first line that is the page's own. Of those
 * that are repeated, the outer `rows` only. */
static void choose_edges(struct edges *edges, size_t rows, size_t (*own)[2])
{
    for (size_t i = 0; i < edges->pages; i++)
        own[i][0] = own[i][1] = EDGE_ROWS;
    for (size_t i = 0; i < edges->count; i++) {
        struct edge *edge = &edges->items[i];
        size_t *row = &own[edge->page][edge->bottom];
        if (!edge->repeated && !edge->says_page && edge->row < *row)
            *row = edge->row;
    }
    for (size_t i = 0; i < edges->count; i++) {
        struct edge *edge = &edges->items[i];
        edge->chosen = (edge->says_page || (edge->repeated && edge->row < rows)) &&
                       edge->row < own[edge->page][edge->bottom];
        edge->chosen |= edge->repeated && rows && may_be_watermark(edges, edge);
    }
}

static void count_pages(const struct edges *edges, const struct sheet *sheets, size_t *left)
{
    for (size_t i = 0; i < edges->pages; i++) {
        left[i] = 0;
        for (size_t j = 0; j < sheets[i].segment_count; j++)
            left[i] += sheets[i].segments[j].dropped ? 0 : sheets[i].segments[j].codepoints;
    }
}

/* What is chosen makes up so much of the text, or the whole of so many pages, that it is the text.
 * `left` has the characters of each page. */
static bool is_too_much(const struct edges *edges, size_t *left)
{
    size_t all = 0, repeated = 0, pages = 0, emptied = 0;
    for (size_t i = 0; i < edges->pages; i++) {
        all += left[i];
        pages += left[i] > 0;
    }
    for (size_t i = 0; i < edges->count; i++)
        if (edges->items[i].chosen) {
            size_t codepoints = count_codepoints(&edges->items[i]);
            left[edges->items[i].page] -= codepoints;
            repeated += edges->items[i].says_page ? 0 : codepoints;
        }
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *edge = &edges->items[i];
        if (edge->chosen && !edge->says_page && left[edge->page] == 0) {
            emptied++;
            left[edge->page] = 1; /* counted */
        }
    }
    return (double)repeated > DROPPED_PART * (double)all || emptied * 2 > pages;
}

static bool drop_edges(struct edges *edges, const struct sheet *sheets, struct arena *arena)
{
    size_t *left = ARENA_ARRAY(arena, size_t, edges->pages + 1);
    size_t(*own)[2] = arena_array(arena, edges->pages + 1, sizeof(*own));
    if (!left || !own || !mark_page_numbers(edges, arena) ||
        !mark_numbered_margins(edges, false, arena) || !mark_numbered_margins(edges, true, arena))
        return false;
    static const size_t ROWS[] = { EDGE_ROWS, 1, 0 };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        choose_edges(edges, ROWS[i], own);
        count_pages(edges, sheets, left);
        if (!is_too_much(edges, left))
            break;
    }
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *edge = &edges->items[i];
        for (size_t k = 0; edge->chosen && k < edge->segment_count; k++)
            edge->segments[k]->dropped = true;
    }
    return true;
}

/* Large text across at least two lines of the body. */
static bool is_overprint(const struct sheet *sheet, const struct segment *segment)
{
    size_t covered = 0;
    for (size_t j = 0; j < sheet->segment_count && covered < 2; j++) {
        const struct box *other = &sheet->segments[j].box;
        double middle = box_middle(other);
        covered += &sheet->segments[j] != segment &&
                   sheet->segments[j].size < 0.7 * segment->size && middle > segment->box.y0 &&
                   middle < segment->box.y1 && other->x0 < segment->box.x1 &&
                   other->x1 > segment->box.x0;
    }
    return covered >= 2;
}

/* The overprint found last, on the pages where nothing lies under it, too. */
static bool is_like(const struct segment *segment, const struct segment *found, double em)
{
    return found && text_equal(segment->text, found->text) &&
           fabs(box_middle(&segment->box) - box_middle(&found->box)) < em;
}

static void drop_overprints(struct sheet *sheets, size_t count, double em)
{
    const struct segment *found = NULL;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            size_t large = 0;
            for (size_t j = 0; j < sheets[i].segment_count; j++)
                large += sheets[i].segments[j].size > 1.6 * em;
            for (size_t j = 0; j < sheets[i].segment_count && large <= OVERPRINTS_MAX; j++) {
                struct segment *segment = &sheets[i].segments[j];
                if (segment->size <= 1.6 * em || segment->dropped)
                    continue;
                segment->dropped =
                    is_like(segment, found, em) || (!pass && is_overprint(&sheets[i], segment));
                if (segment->dropped)
                    found = segment;
            }
        }
}

bool page_furniture_drop_segments(struct sheet *sheets, size_t count, double em,
                                  struct arena *arena)
{
    size_t segments = 0, largest = 0;
    struct edges edges = { .pages = count, .em = em };
    for (size_t i = 0; i < count; i++) {
        segments += sheets[i].segment_count;
        if (sheets[i].segment_count > largest)
            largest = sheets[i].segment_count;
        if (sheets[i].height > edges.page_height)
            edges.page_height = sheets[i].height;
    }
    edges.items = ARENA_ARRAY(arena, struct edge, segments + 1);
    edges.rows = ARENA_ARRAY(arena, struct segment *, segments + 1);
    struct height_list list = { .items = ARENA_ARRAY(arena, struct segment *, largest + 1) };
    if (!edges.items || !edges.rows || !list.items)
        return false;
    drop_overprints(sheets, count, em);
    for (size_t i = 0; i < count; i++) {
        const struct sheet *sheet = &sheets[i];
        list.count = 0;
        for (size_t j = 0; j < sheet->segment_count; j++)
            if (!sheet->segments[j].dropped)
                list.items[list.count++] = &sheet->segments[j];
        qsort(list.items, list.count, sizeof(list.items[0]), compare_height);
        add_edges(&edges, &list, i, sheet->height);
    }
    find_repeated(&edges);
    return drop_edges(&edges, sheets, arena);
}
