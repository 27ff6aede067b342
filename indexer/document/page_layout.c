/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects pages and runs, and leads them through the steps. */
#include "indexer/document/page_layout.h"

#include <math.h>

#include "indexer/base/utf8.h"
#include "indexer/document/glyphs.h"
#include "indexer/document/page_parts.h"

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status page_layout_add_page(struct page_layout *layout, double width, double height,
                                 struct error *error)
{
    if (layout->page_count >= PAGES_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu pages", PAGES_MAX);
    if (!arena_grow(layout->arena, &layout->pages, layout->page_count, &layout->page_capacity,
                    sizeof(*layout->pages)))
        return no_memory(error);
    layout->pages[layout->page_count++] = (struct page) { .width = width, .height = height };
    return STATUS_OK;
}

/* Coordinates far outside of any page are somebody's mistake, and would overflow in sums. */
static bool is_sane(const struct page_run *run)
{
    const double values[] = { run->x0, run->y0, run->x1, run->y1, run->size };
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        if (!isfinite(values[i]) || fabs(values[i]) > 1e6)
            return false;
    return run->x1 - run->x0 > 1e-3 && run->y1 - run->y0 > 1e-3 && run->size >= 0;
}

enum status page_layout_add_run(struct page_layout *layout, const struct page_run *run,
                                struct error *error)
{
    if (!layout->page_count || !is_sane(run) || !text_trim(run->text).length)
        return STATUS_OK;
    struct page *page = &layout->pages[layout->page_count - 1];
    if (page->run_count >= PAGE_RUNS_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu pieces of text on page %zu",
                         PAGE_RUNS_MAX, layout->page_count);
    if (!arena_grow(layout->arena, &page->runs, page->run_count, &page->run_capacity,
                    sizeof(*page->runs)))
        return no_memory(error);
    struct text text = glyphs_to_characters(run->text, layout->arena);
    if (!text.data)
        return no_memory(error);
    page->runs[page->run_count] = *run;
    page->runs[page->run_count++].text = text;
    return STATUS_OK;
}

enum status page_layout_finish(struct page_layout *layout, struct document *document,
                               struct error *error)
{
    struct arena *arena = layout->arena;
    const size_t count = layout->page_count;
    struct sheet *sheets = ARENA_ARRAY(arena, struct sheet, count + 1);
    if (!sheets || !page_turn(layout->pages, count, arena))
        return no_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!page_squares_drop(&layout->pages[i], arena) ||
            !page_stacks_drop(&layout->pages[i], arena) ||
            !page_segments_build(&layout->pages[i], arena, &sheets[i]))
            return no_memory(error);

    struct page_lines lines = { 0 };
    if (!page_segments_measure(sheets, count, arena, &lines.em) ||
        !page_furniture_drop_segments(sheets, count, lines.em, arena) ||
        !page_lines_order(sheets, count, arena, &lines))
        return no_memory(error);
    return page_paragraphs_build(&lines, arena, document, error);
}
