/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beside the results: a bar per year, and what the results can be narrowed to. All of it is links. */
#include <stdlib.h>

#include "search/server/page_parts.h"

#define BARS_MAX 16   /* years */
#define BAR_HEIGHT 56 /* units of the drawing */
#define BAR_STEP 20
#define VALUES_SHOWN 6 /* of a facet, before "more" */

/* ---- the bar chart ---- */

struct bar {
    int year;
    uint64_t count;
    const struct facet_value *value; /* NULL: nothing in this year */
};

static int year_of(struct text value)
{
    unsigned long long year = 0;
    return text_to_u64(value, &year) && year >= 1900 && year <= 2200 ? (int)year : 0;
}

/* The newest years, ascending, with the empty ones between them. */
static size_t make_bars(const struct facet_counts *years, struct bar bars[BARS_MAX])
{
    int first = 0, last = 0;
    for (size_t i = 0; i < years->count; i++) {
        int year = year_of(years->values[i].value);
        if (!year)
            continue;
        first = !first || year < first ? year : first;
        last = year > last ? year : last;
    }
    if (!last)
        return 0;
    first = last - first >= BARS_MAX ? last - BARS_MAX + 1 : first;
    for (int year = first; year <= last; year++)
        bars[year - first] = (struct bar) { .year = year };
    for (size_t i = 0; i < years->count; i++) {
        int year = year_of(years->values[i].value);
        if (year >= first && year <= last) {
            bars[year - first].count = years->values[i].passages;
            bars[year - first].value = &years->values[i];
        }
    }
    return (size_t)(last - first) + 1;
}

static void draw_bar(const struct page *page, const struct bar *bar, size_t place, uint64_t most)
{
    struct buffer *out = page->out;
    double height = most ? (double)bar->count / (double)most * BAR_HEIGHT : 0;
    height = bar->count && height < 2 ? 2 : height;
    size_t x = place * BAR_STEP;
    if (!bar->value) {
        buffer_printf(out, "<text x=\"%zu\" y=\"%d\" class=\"none\">%02d</text>\n",
                      x + BAR_STEP / 2, BAR_HEIGHT + 25, bar->year % 100);
        return;
    }
    const struct change change = { .toggles = true,
                                   .facet = FACET_YEAR,
                                   .value = bar->value->value };
    html_raw(out, "<a href=\"");
    state_link(page->state, &change, out);
    buffer_printf(out, "\" aria-label=\"%d: %llu %s\"%s><title>%d: %llu %s</title>", bar->year,
                  (unsigned long long)bar->count, word(page->language, WORD_PASSAGES),
                  bar->value->selected ? " aria-current=\"true\" class=\"chosen\"" : "", bar->year,
                  (unsigned long long)bar->count, word(page->language, WORD_PASSAGES));
    buffer_printf(
        out,
        "<rect class=\"hit\" x=\"%zu\" y=\"0\" width=\"%d\" height=\"%d\"/>"
        "<rect class=\"bar\" x=\"%zu\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"1.5\"/>"
        "<text x=\"%zu\" y=\"%d\">%02d</text></a>\n",
        x, BAR_STEP, BAR_HEIGHT + 32, x + 4, BAR_HEIGHT + 10 - height, BAR_STEP - 8, height,
        x + BAR_STEP / 2, BAR_HEIGHT + 25, bar->year % 100);
}

static void draw_chart(const struct page *page, const struct facet_counts *years)
{
    struct bar bars[BARS_MAX];
    size_t count = make_bars(years, bars);
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = bars[i].count > most ? bars[i].count : most;
    if (!count)
        return;
    html_raw(page->out, "<figure class=\"years\"><figcaption>");
    frame_word(page, WORD_YEARS);
    size_t width = (count < 10 ? 10 : count) * BAR_STEP;
    buffer_printf(page->out,
                  "</figcaption>\n<svg viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"xMinYMid\" "
                  "role=\"group\"",
                  width, BAR_HEIGHT + 32);
    frame_label(page, WORD_YEARS_HINT);
    html_raw(page->out, ">\n");
    for (size_t i = 0; i < count; i++)
        draw_bar(page, &bars[i], i, most);
    buffer_printf(page->out, "<path class=\"axis\" d=\"M0 %d.5H%zu\"/></svg></figure>\n",
                  BAR_HEIGHT + 10, width);
}

/* ---- filters ---- */

static void write_value(const struct page *page, enum facet facet, const struct facet_value *value)
{
    const struct change change = { .toggles = true, .facet = facet, .value = value->value };
    html_raw(page->out, value->selected ? "<li class=\"chosen\"><a aria-current=\"true\" href=\""
                                        : "<li><a href=\"");
    state_link(page->state, &change, page->out);
    html_raw(page->out, "\"><span class=\"value\">");
    html_text(page->out, word_value(page->language, facet, value->value, page->call->arena));
    html_raw(page->out, "</span> <span class=\"count\">");
    frame_count(page, value->passages);
    html_raw(page->out, "</span></a></li>\n");
}

/* Parts of a text that nobody looks for are not offered. */
static bool is_offered(enum facet facet, struct text value)
{
    return facet != FACET_ROLE ||
           (!text_equal(value, TEXT("head")) && !text_equal(value, TEXT("heading")));
}

static void write_facet(const struct page *page, enum facet facet,
                        const struct facet_counts *counts)
{
    if (!counts->count || (counts->count == 1 && !counts->values[0].selected &&
                           facet != FACET_AGENCY && facet != FACET_ROLE))
        return;
    html_raw(page->out, "<section class=\"facet\"><h3>");
    html_raw(page->out, word_facet(page->language, facet));
    html_raw(page->out, "</h3><ul>\n");
    for (size_t i = 0, shown = 0; i < counts->count; i++) {
        if (!is_offered(facet, counts->values[i].value))
            continue;
        if (shown == VALUES_SHOWN) {
            html_raw(page->out, "</ul><details class=\"more\"><summary>");
            frame_word(page, WORD_MORE_VALUES);
            html_raw(page->out, "</summary><ul>\n");
        }
        write_value(page, facet, &counts->values[i]);
        shown++;
        if (i + 1 == counts->count && shown > VALUES_SHOWN) {
            html_raw(page->out, "</ul></details></section>\n");
            return;
        }
    }
    html_raw(page->out, "</ul></section>\n");
}

void page_filters(const struct page *page, const struct result_list *list)
{
    static const enum facet ORDER[] = { FACET_ROLE, FACET_AGENCY,  FACET_PLACE,
                                        FACET_KIND, FACET_SESSION, FACET_CLASS };
    html_raw(page->out, "<aside class=\"side\"");
    frame_label(page, WORD_FILTERS);
    html_raw(page->out, ">\n");
    html_raw(page->out, "<details class=\"filters\" open><summary>");
    frame_word(page, WORD_FILTERS);
    html_raw(page->out, "</summary>\n");
    draw_chart(page, &list->facets[FACET_YEAR]);
    for (size_t i = 0; i < sizeof(ORDER) / sizeof(*ORDER); i++)
        write_facet(page, ORDER[i], &list->facets[ORDER[i]]);
    html_raw(page->out, "</details></aside>\n");
}

/* What narrows the results now, each with a way out of it. */
static void write_chosen(const struct page *page, enum facet facet, struct text value)
{
    const struct change change = { .toggles = true, .facet = facet, .value = value };
    html_raw(page->out, "<li><a href=\"");
    state_link(page->state, &change, page->out);
    html_raw(page->out, "\"><span class=\"unseen\">");
    frame_word(page, WORD_REMOVE);
    html_raw(page->out, " </span>");
    html_text(page->out, word_value(page->language, facet, value, page->call->arena));
    html_raw(page->out, "<span aria-hidden=\"true\"> ×</span></a></li>");
}

static void write_dates(const struct page *page)
{
    const struct search_filters *filters = &page->state->filters;
    const struct change change = { .drops_dates = true };
    if (!filters->from.length && !filters->to.length)
        return;
    html_raw(page->out, "<li><a href=\"");
    state_link(page->state, &change, page->out);
    html_raw(page->out, "\">");
    html_text(page->out, filters->from);
    html_raw(page->out, " – ");
    html_text(page->out, filters->to);
    html_raw(page->out, "<span aria-hidden=\"true\"> ×</span></a></li>");
}

void page_chosen(const struct page *page)
{
    const struct change clear = { .clears = true };
    if (!page->state->filter_count)
        return;
    html_raw(page->out, "<ul class=\"chips\"");
    frame_label(page, WORD_FILTERS);
    html_raw(page->out, ">");
    for (int facet = 0; facet < FACET_COUNT; facet++)
        for (size_t i = 0; i < page->state->filters.counts[facet]; i++)
            write_chosen(page, (enum facet)facet, page->state->filters.values[facet][i]);
    write_dates(page);
    html_raw(page->out, "<li class=\"clear\"><a href=\"");
    state_link(page->state, &clear, page->out);
    html_raw(page->out, "\">");
    frame_word(page, WORD_CLEAR);
    html_raw(page->out, "</a></li></ul>\n");
}
