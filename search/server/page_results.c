/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of results: passages, or replies with their best passages. */
#include "search/server/page_parts.h"

#define PAGES_AROUND 2 /* of the present one */

/* The headings above; the last one is left out where the passage itself begins with it. */
static void write_path(const struct page *page, const struct passage_record *passage)
{
    struct text rest = passage->path, heading;
    size_t last = text_find_last(rest, TEXT(" › "));
    size_t start = last == TEXT_NONE ? 0 : last + strlen(" › ");
    if (text_starts_with(passage->text, text_slice(rest, start, rest.length - start)))
        rest.length = last == TEXT_NONE ? 0 : last;
    if (!rest.length)
        return;
    html_raw(page->out, "<p class=\"path\">");
    for (bool first = true; rest.length && text_split(&rest, TEXT(" › "), &heading);
         first = false) {
        if (!first)
            html_raw(page->out, "<span aria-hidden=\"true\"> › </span>");
        html_raw(page->out, "<span>");
        html_text(page->out, heading);
        html_raw(page->out, "</span>");
    }
    html_raw(page->out, "</p>");
}

static void write_snippet(const struct page *page, const struct result *result)
{
    const struct snippet *snippet = &result->snippet;
    html_raw(page->out, "<p class=\"snippet\">");
    if (snippet->cut_before)
        html_raw(page->out, "…");
    frame_marked(page, result->passage.text, snippet->start, snippet->length, &result->highlights);
    if (snippet->cut_after)
        html_raw(page->out, "…");
    html_raw(page->out, "</p>");
}

static void write_badges(const struct page *page, const struct result *result)
{
    const struct passage_record *passage = &result->passage;
    if (passage->role == ROLE_DONE || passage->role == ROLE_COMMITMENT)
        buffer_printf(page->out, "<span class=\"badge %s\">%s</span> ", role_name(passage->role),
                      word_role(page->language, passage->role));
    buffer_printf(page->out, "<span class=\"paragraph\">%s%u%s</span>",
                  word(page->language, WORD_PARAGRAPH_BEFORE), passage->paragraph,
                  word(page->language, WORD_PARAGRAPH_AFTER));
}

static void write_title(const struct page *page, const struct result *result)
{
    html_raw(page->out, "<h2><a href=\"");
    frame_reply_link(page, result->passage.reply, &result->passage);
    html_raw(page->out, "\">");
    html_text(page->out, frame_title(&result->reply));
    html_raw(page->out, "</a></h2>");
    if (result->reply.subject.length &&
        !text_contains(frame_title(&result->reply), result->reply.subject)) {
        html_raw(page->out, "<p class=\"subject\">");
        html_text(page->out, result->reply.subject);
        html_raw(page->out, "</p>");
    }
    frame_facts(page, &result->reply);
}

static void write_passage(const struct page *page, const struct result *result)
{
    html_raw(page->out, "<li><article class=\"result\">");
    write_title(page, result);
    write_path(page, &result->passage);
    write_snippet(page, result);
    html_raw(page->out, "<p class=\"foot\">");
    write_badges(page, result);
    frame_cite(page, &result->reply, &result->passage);
    html_raw(page->out, "</p></article></li>\n");
}

static void write_member(const struct page *page, const struct result *result)
{
    html_raw(page->out, "<li>");
    write_path(page, &result->passage);
    write_snippet(page, result);
    html_raw(page->out, "<p class=\"foot\">");
    write_badges(page, result);
    html_raw(page->out, "<a class=\"jump\" href=\"");
    frame_reply_link(page, result->passage.reply, &result->passage);
    html_raw(page->out, "\">");
    frame_word(page, WORD_READ_HERE);
    html_raw(page->out, "</a>");
    frame_cite(page, &result->reply, &result->passage);
    html_raw(page->out, "</p></li>\n");
}

static void write_group(const struct page *page, const struct result_group *group)
{
    html_raw(page->out, "<li><article class=\"result group\">");
    write_title(page, &group->results[0]);
    html_raw(page->out, "<ul class=\"members\"");
    frame_label(page, WORD_MORE_IN_REPLY);
    html_raw(page->out, ">\n");
    for (size_t i = 0; i < group->count; i++)
        write_member(page, &group->results[i]);
    html_raw(page->out, "</ul></article></li>\n");
}

void page_results(const struct page *page, const struct result_list *list)
{
    buffer_printf(page->out, "<ol class=\"list\" start=\"%zu\">\n", page->state->offset + 1);
    for (size_t i = 0; i < list->count; i++)
        write_passage(page, &list->results[i]);
    for (size_t i = 0; i < list->group_count; i++)
        write_group(page, &list->groups[i]);
    html_raw(page->out, "</ol>\n");
}

/* ---- pages ---- */

static void write_page_link(const struct page *page, size_t number, const char *relation,
                            const char *label)
{
    size_t offset = (number - 1) * page->state->limit;
    const struct change change = { .offset = &offset };
    html_raw(page->out, "<li><a ");
    if (relation)
        buffer_printf(page->out, "rel=\"%s\" ", relation);
    html_raw(page->out, "href=\"");
    state_link(page->state, &change, page->out);
    html_raw(page->out, "\">");
    if (label)
        html_raw(page->out, label);
    else
        buffer_printf(page->out, "%zu", number);
    html_raw(page->out, "</a></li>");
}

void page_pager(const struct page *page, size_t shown, uint64_t found)
{
    size_t limit = page->state->limit, now = page->state->offset / limit + 1;
    uint64_t most = SEARCH_LIMIT_MAX - PAGE_SIZE_MAX;
    size_t reachable = (size_t)(found < most ? found : most),
           last = (reachable + limit - 1) / limit;
    if (shown < limit && last > now)
        last = now;
    if (last <= 1 && now == 1)
        return;
    html_raw(page->out, "<nav class=\"pager\"");
    frame_label(page, WORD_PAGES);
    html_raw(page->out, "><ul>");
    if (now > 1)
        write_page_link(page, now - 1, "prev", word(page->language, WORD_PREVIOUS));
    size_t first = now > PAGES_AROUND ? now - PAGES_AROUND : 1;
    for (size_t number = first; number <= last && number <= now + PAGES_AROUND; number++) {
        if (number == now)
            buffer_printf(page->out, "<li><span aria-current=\"page\">%zu</span></li>", number);
        else
            write_page_link(page, number, NULL, NULL);
    }
    if (now < last)
        write_page_link(page, now + 1, "next", word(page->language, WORD_NEXT));
    html_raw(page->out, "</ul></nav>\n");
}
