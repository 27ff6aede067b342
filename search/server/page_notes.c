/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes above the results: how the query was read, and what the answer is without. */
#include "indexer/base/utf8.h"
#include "search/server/page_parts.h"

#define AROUND 16 /* characters of the query that are shown on each side of a place */

static void write_read_as(const struct page *page, struct text read_as)
{
    if (!read_as.length)
        return;
    html_raw(page->out, "<p class=\"note\">");
    frame_word(page, WORD_READ_AS);
    html_raw(page->out, "<b>");
    html_text(page->out, read_as);
    html_raw(page->out, "</b></p>\n");
}

static void write_suggestion(const struct page *page, struct text suggestion)
{
    if (!suggestion.length)
        return;
    html_raw(page->out, "<p class=\"note meant\">");
    frame_word(page, WORD_DID_YOU_MEAN);
    html_raw(page->out, "<a href=\"/?q=");
    html_url(page->out, suggestion);
    html_raw(page->out, "\">");
    html_text(page->out, suggestion);
    html_raw(page->out, "</a></p>\n");
}

/* "…停车 <mark>年份:明年</mark> 收费…" */
static void write_place(const struct page *page, const struct query_warning *warning)
{
    struct text line = page->state->query;
    size_t from = warning->column - 1, to = from + warning->length;
    size_t first = from > AROUND ? from - AROUND : 0;
    size_t last = utf8_count(line) > to + AROUND ? to + AROUND : SIZE_MAX;
    const size_t cuts[] = { utf8_advance(line, first), utf8_advance(line, from),
                            utf8_advance(line, to), utf8_advance(line, last) };
    html_raw(page->out, first ? "<q class=\"place\">…" : "<q class=\"place\">");
    html_text(page->out, text_slice(line, cuts[0], cuts[1] - cuts[0]));
    html_raw(page->out, "<mark>");
    html_text(page->out, text_slice(line, cuts[1], cuts[2] - cuts[1]));
    html_raw(page->out, "</mark>");
    html_text(page->out, text_slice(line, cuts[2], cuts[3] - cuts[2]));
    html_raw(page->out, cuts[3] < line.length ? "…</q>" : "</q>");
}

static void write_warnings(const struct page *page, const struct query_warnings *warnings)
{
    enum warning_language language =
        page->language == LANGUAGE_ENGLISH ? WARNING_ENGLISH : WARNING_CHINESE;
    if (!warnings->count)
        return;
    html_raw(page->out, "<ul class=\"note warnings\"");
    frame_label(page, WORD_WARNINGS);
    html_raw(page->out, ">");
    for (size_t i = 0; i < warnings->count; i++) {
        const struct query_warning *warning = &warnings->items[i];
        buffer_printf(page->out, "<li><span class=\"column\">%s%zu%s</span> ",
                      word(page->language, WORD_COLUMN_BEFORE), warning->column,
                      word(page->language, WORD_COLUMN_AFTER));
        html_text(page->out, query_warning_message(warning, language, page->call->arena));
        html_raw(page->out, " ");
        write_place(page, warning);
        html_raw(page->out, "</li>");
    }
    html_raw(page->out, "</ul>\n");
}

static void write_missing(const struct page *page, const char *const *names)
{
    size_t count = 0;
    while (names && names[count])
        count++;
    if (!count)
        return;
    buffer_printf(page->out, "<p class=\"note missing\" role=\"alert\">%s%zu%s",
                  word(page->language, WORD_SHARDS_BEFORE), count,
                  word(page->language, WORD_SHARDS_AFTER));
    for (size_t i = 0; i < count; i++) {
        html_raw(page->out, " <code>");
        html_text(page->out, text_of(names[i]));
        html_raw(page->out, "</code>");
    }
    html_raw(page->out, "</p>\n");
}

void page_notes(const struct page *page, const struct result_list *list, struct text suggestion)
{
    write_missing(page, list->missing);
    write_read_as(page, list->read_as);
    write_suggestion(page, suggestion);
    write_warnings(page, &list->warnings);
}
