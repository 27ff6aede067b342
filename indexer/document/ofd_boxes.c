/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/ofd_boxes.h"

#include <math.h>

#include "indexer/base/utf8.h"

#define ASCENT 0.86  /* of the size, above the base line */
#define DESCENT 0.14 /* ... and below */
#define EDGE_PART 0.15
#define HEADER_SIZE_MAX 6.5 /* mm; a letterhead is larger */
#define WIDTH_DEFAULT 210.0 /* mm: A4 */
#define HEIGHT_DEFAULT 297.0

struct place {
    double x, y;
};

/* Of a page that is read that way, so that it is read from left to right. */
static struct place turn(enum ofd_direction direction, double width, double height, double x,
                         double y)
{
    switch (direction) {
    case OFD_DOWN:
        return (struct place) { y, width - x };
    case OFD_UP:
        return (struct place) { height - y, x };
    case OFD_LEFT:
        return (struct place) { width - x, height - y };
    default:
        return (struct place) { x, y };
    }
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
    return bytes[most] * 10 > bytes[OFD_ASLANT] ? most : OFD_ASLANT;
}

static void extend(struct page_run *box, struct place place)
{
    box->x0 = fmin(box->x0, place.x);
    box->y0 = fmin(box->y0, place.y);
    box->x1 = fmax(box->x1, place.x);
    box->y1 = fmax(box->y1, place.y);
}

/* The box around the characters that stand on the base line. */
static struct page_run box_of(const struct ofd_run *run, struct place start, struct place end)
{
    double x = end.x - start.x, y = end.y - start.y, length = hypot(x, y);
    x = length > 0 ? x / length : 1;
    y = length > 0 ? y / length : 0;
    if (length <= 0)
        end = (struct place) { start.x + run->size, start.y };
    struct page_run box = {
        .x0 = INFINITY, .y0 = INFINITY, .x1 = -INFINITY, .y1 = -INFINITY, .size = run->size
    };
    const struct place corners[] = { start, end };
    for (int i = 0; i < 2; i++) {
        extend(&box, (struct place) { corners[i].x + y * ASCENT * run->size,
                                      corners[i].y - x * ASCENT * run->size });
        extend(&box, (struct place) { corners[i].x - y * DESCENT * run->size,
                                      corners[i].y + x * DESCENT * run->size });
    }
    return box;
}

/* Whether it is written from top to bottom, in characters that stand upright: turned later (page_turn.c),
 * as no character tells how wide its column is. */
static bool is_stacked(const struct ofd_page *page)
{
    size_t stacked = 0, down = 0;
    for (size_t i = 0; i < page->count; i++) {
        stacked += page->runs[i].stacked ? page->runs[i].text.length : 0;
        down += page->runs[i].direction == OFD_DOWN ? page->runs[i].text.length : 0;
    }
    return stacked * 2 > down;
}

enum status ofd_add_boxes(const struct ofd_page *page, struct page_layout *layout,
                          struct error *error)
{
    enum ofd_direction direction = main_direction(page);
    double width = page->width > 0 ? page->width : WIDTH_DEFAULT;
    double height = page->height > 0 ? page->height : HEIGHT_DEFAULT;
    const enum ofd_direction turned =
        direction == OFD_DOWN && is_stacked(page) ? OFD_RIGHT : direction;
    bool aside = turned == OFD_DOWN || turned == OFD_UP;
    enum status status =
        page_layout_add_page(layout, aside ? height : width, aside ? width : height, error);
    for (size_t i = 0; i < page->count && !status; i++) {
        const struct ofd_run *run = &page->runs[i];
        bool aslant = run->direction != direction;
        if (aslant && (run->direction != OFD_ASLANT || utf8_count(run->text) > 2))
            continue; /* a watermark, a spine; single characters may be those of a seal */
        struct page_run box = box_of(run, turn(turned, width, height, run->x, run->y),
                                     turn(turned, width, height, run->end_x, run->end_y));
        box.aslant = aslant;
        box.text = arena_text(layout->arena, run->text);
        if (!box.text.data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        status = page_layout_add_run(layout, &box, error);
    }
    return status;
}

void ofd_keep_edges(struct ofd_page *page, double height)
{
    size_t kept = 0;
    height = height > 0 ? height : HEIGHT_DEFAULT;
    for (size_t i = 0; i < page->count; i++) {
        const struct ofd_run *run = &page->runs[i];
        if (run->size < HEADER_SIZE_MAX && fmin(run->y, height - run->y) < EDGE_PART * height)
            page->runs[kept++] = *run;
    }
    page->count = kept;
}
