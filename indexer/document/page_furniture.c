/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is printed on a page but is not its text. A running header is small, near the edge and
 * comes back at the same height, with other digits at most; a letterhead is large and is kept, also
 * where every page of a collection has one. */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define NO_RUN ((size_t)-1)
#define NEAR_RUNS ((size_t)256) /* looked at around a run; a page has fewer at one height */
#define EDGE_ROWS 3             /* lines at the top and bottom that may be headers and footers */
#define MARK_BYTES_MAX ((size_t)240)

/* --- characters along a line that is not horizontal ----------------------------------------- */

struct lone {
    const struct page_run *run;
    double x, y, size; /* its middle; its height */
    bool is_short;     /* one or two characters */
    bool candidate;    /* ... and nothing beside them */
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

static bool is_beside(const struct lone *a, const struct lone *b)
{
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

static void find_candidates(struct lone *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        items[i].candidate = items[i].is_short = is_short(items[i].run->text);
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
    size_t first, end;
    find_near(items, count, at, 0.12 * items[at].size, &first, &end);
    return end - first > 1;
}

static void take_stack(struct lone *items, size_t count, size_t start)
{
    size_t members[64] = { start }, length = 1, rows = 0;
    double step[2];
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
    for (size_t i = 0; i < length; i++)
        items[members[i]].taken = true;
}

bool page_furniture_drop_runs(struct page *page, struct arena *arena)
{
    const size_t count = page->run_count;
    struct lone *items = ARENA_ARRAY(arena, struct lone, count + 1);
    struct page_run *kept = ARENA_ARRAY(arena, struct page_run, count + 1);
    if (!items || !kept)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct page_run *run = &page->runs[i];
        items[i] = (struct lone) { .run = run,
                                   .x = (run->x0 + run->x1) / 2,
                                   .y = (run->y0 + run->y1) / 2,
                                   .size = run->y1 - run->y0 };
    }
    qsort(items, count, sizeof(items[0]), compare_middle);
    find_candidates(items, count);
    for (size_t i = 0; i < count; i++)
        if (items[i].candidate && !items[i].taken)
            take_stack(items, count, i);

    bool *taken = ARENA_ARRAY(arena, bool, count + 1);
    if (!taken)
        return false;
    for (size_t i = 0; i < count; i++)
        taken[items[i].run - page->runs] = items[i].taken;
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) /* in the order in which they came */
        if (!taken[i])
            kept[kept_count++] = page->runs[i];
    page->runs = kept;
    page->run_count = page->run_capacity = kept_count;
    return true;
}

/* --- headers, footers, page numbers --------------------------------------------------------- */

/* The text without blanks and dashes, each number as '#'. */
struct mark {
    char bytes[MARK_BYTES_MAX];
    size_t length;
    unsigned long number; /* the first one */
    bool dashed;          /* dashes or dots stood around it */
};

static bool is_chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                       0x516B, 0x4E5D, 0x5341, 0x767E, 0x3007, 0x96F6 };
    for (size_t i = 0; i < sizeof(DIGITS) / sizeof(DIGITS[0]); i++)
        if (codepoint == DIGITS[i])
            return true;
    return false;
}

static bool is_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
}

static bool is_dash(uint32_t codepoint)
{
    switch (codepoint) {
    case '-':
    case '~':
    case 0xB7:
    case 0x2022:
    case 0x2500:
    case 0x30FB:
    case 0xFF0D:
    case 0xFF5E:
        return true;
    default:
        return codepoint >= 0x2010 && codepoint <= 0x2015;
    }
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == 0x3000 || codepoint == 0xA0 || codepoint == '\t';
}

/* False when the text is too long for a header. Chinese digits count only after 第 and 共. */
static bool make_mark(struct text text, struct mark *mark)
{
    *mark = (struct mark) { .length = 0 };
    bool in_number = false, counts = false, first = true;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_blank(codepoint))
            continue;
        if (is_dash(codepoint)) {
            mark->dashed = true;
            continue;
        }
        bool digit = is_digit(codepoint) || (is_chinese_digit(codepoint) && (counts || in_number));
        if (digit && first && is_digit(codepoint) && mark->number < 100000)
            mark->number = mark->number * 10 + (codepoint & 0xF);
        if (digit && in_number)
            continue;
        if (in_number && !digit)
            first = false;
        in_number = digit;
        counts = codepoint == 0x7B2C || codepoint == 0x5171; /* 第 共 */
        if (mark->length + 4 > sizeof(mark->bytes))
            return false;
        if (digit)
            mark->bytes[mark->length++] = '#';
        else
            mark->length += utf8_encode(codepoint, mark->bytes + mark->length);
    }
    return mark->length > 0;
}

static struct text mark_text(const struct mark *mark)
{
    return (struct text) { mark->bytes, mark->length };
}

static bool says_page(const struct mark *mark)
{
    static const struct text FORMS[] = {
        TEXT_INIT("第#页"),       TEXT_INIT("第#页共#页"),   TEXT_INIT("共#页第#页"),
        TEXT_INIT("第#页/共#页"), TEXT_INIT("第#页，共#页"), TEXT_INIT("共#页，第#页"),
        TEXT_INIT("第#页,共#页"), TEXT_INIT("第#页(共#页)"), TEXT_INIT("第#页（共#页）"),
        TEXT_INIT("#页/共#页"),   TEXT_INIT("Page#"),        TEXT_INIT("Page#of#"),
        TEXT_INIT("page#"),       TEXT_INIT("P#"),           TEXT_INIT("P.#"),
        TEXT_INIT("#/#"),         TEXT_INIT("第#頁"),        TEXT_INIT("第#頁共#頁"),
        TEXT_INIT("（#）第#页"),  TEXT_INIT("#of#"),
    };
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++)
        if (text_equal(mark_text(mark), FORMS[i]))
            return true;
    return text_equal(mark_text(mark), TEXT("#")) && mark->dashed;
}

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
    unsigned long number;
    bool says_page, bare_number;
    bool repeated; /* on other pages, at the same height */
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
    return edge->size >= 1.3 * edges->em && edge->y > 0.3 * edges->page_height;
}

static bool make_row_mark(const struct edge *edge, struct mark *mark)
{
    char bytes[MARK_BYTES_MAX];
    size_t length = 0;
    for (size_t i = 0; i < edge->segment_count; i++) {
        struct text text = edge->segments[i]->text;
        if (length + text.length + 1 > sizeof(bytes))
            return false;
        memcpy(bytes + length, text.data, text.length);
        length += text.length;
        bytes[length++] = ' ';
    }
    return make_mark((struct text) { bytes, length }, mark);
}

/* Segments of one height; `row` is their distance from the edge. */
static void add_edge(struct edges *edges, struct segment *const *segments, size_t count,
                     size_t page, size_t row, bool bottom)
{
    struct mark mark;
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
    if (row >= EDGE_ROWS && !may_be_watermark(edges, &edge))
        return;
    edges->row_segments += count;
    qsort(edge.segments, count, sizeof(edge.segments[0]), compare_left);
    if (make_row_mark(&edge, &mark)) {
        edge.hash = text_hash(mark_text(&mark));
        edge.says_page = row == 0 && says_page(&mark);
        edge.bare_number = row == 0 && text_equal(mark_text(&mark), TEXT("#"));
        edge.number = mark.number;
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
        add_edge(edges, list->items + first, end - first, page, bottom ? rows - 1 - row : row,
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

/* Those of the same wording and height: on most pages, or on most of every second page. On two
 * pages, the same sentence in the size of the text may be the text's. */
static void find_repeated(struct edges *edges)
{
    qsort(edges->items, edges->count, sizeof(edges->items[0]), compare_edges);
    for (size_t first = 0, end; first < edges->count; first = end) {
        size_t on_pages = 1;
        for (end = first + 1; end < edges->count; end++) {
            const struct edge *before = &edges->items[end - 1], *edge = &edges->items[end];
            if (edge->hash != before->hash || edge->y - before->y > 0.4 * edges->em)
                break;
            on_pages += edge->page != before->page;
        }
        bool small = edges->items[first].size < 0.97 * edges->em;
        bool enough = on_pages >= 2 && on_pages * 5 >= edges->pages * 2;
        for (size_t i = first; i < end; i++) {
            struct edge *edge = &edges->items[i];
            bool large = edge->size > 1.2 * edges->em;
            edge->repeated = edge->hash && enough &&
                             (large ? may_be_watermark(edges, edge) : small || on_pages >= 3);
        }
    }
}

/* Bare numbers at the edge are page numbers when they count with the pages. */
static bool bare_numbers_count(const struct edges *edges)
{
    long first_difference = 0;
    size_t bare = 0, counting = 0;
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *edge = &edges->items[i];
        if (!edge->bare_number)
            continue;
        long difference = (long)edge->number - (long)edge->page;
        if (bare++ == 0)
            first_difference = difference;
        counting += difference == first_difference;
    }
    return bare && counting == bare &&
           (counting >= 2 || (edges->pages == 1 && first_difference == 1));
}

/* From the edge inwards, up to the first line that is the page's own. */
static bool drop_edges(struct edges *edges, struct arena *arena)
{
    size_t(*own)[2] = arena_array(arena, edges->pages + 1, sizeof(*own));
    if (!own)
        return false;
    bool numbers = bare_numbers_count(edges);
    for (size_t i = 0; i < edges->pages; i++)
        own[i][0] = own[i][1] = EDGE_ROWS;
    for (size_t i = 0; i < edges->count; i++) {
        struct edge *edge = &edges->items[i];
        edge->repeated |= edge->says_page || (edge->bare_number && numbers);
        size_t *row = &own[edge->page][edge->bottom];
        if (!edge->repeated && edge->row < *row)
            *row = edge->row;
    }
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *edge = &edges->items[i];
        if (edge->repeated &&
            (edge->row < own[edge->page][edge->bottom] || may_be_watermark(edges, edge)))
            for (size_t k = 0; k < edge->segment_count; k++)
                edge->segments[k]->dropped = true;
    }
    return true;
}

/* Large text across at least two lines of the body. */
static void drop_overprints(const struct sheet *sheet, double em)
{
    for (size_t i = 0; i < sheet->segment_count; i++) {
        struct segment *segment = &sheet->segments[i];
        size_t covered = 0;
        for (size_t j = 0; segment->size > 1.6 * em && j < sheet->segment_count; j++) {
            const struct box *other = &sheet->segments[j].box;
            double middle = box_middle(other);
            covered += j != i && sheet->segments[j].size < 0.7 * segment->size &&
                       middle > segment->box.y0 && middle < segment->box.y1 &&
                       other->x0 < segment->box.x1 && other->x1 > segment->box.x0;
        }
        if (covered >= 2)
            segment->dropped = true;
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
    for (size_t i = 0; i < count; i++) {
        const struct sheet *sheet = &sheets[i];
        drop_overprints(sheet, em);
        list.count = 0;
        for (size_t j = 0; j < sheet->segment_count; j++)
            if (!sheet->segments[j].dropped)
                list.items[list.count++] = &sheet->segments[j];
        qsort(list.items, list.count, sizeof(list.items[0]), compare_height);
        add_edges(&edges, &list, i, sheet->height);
    }
    find_repeated(&edges);
    return drop_edges(&edges, arena);
}
