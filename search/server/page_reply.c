/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A whole reply to be read: its sections beside it, what was searched for marked in it. */
#include "indexer/base/utf8.h"
#include "search/output/citation.h"
#include "search/searcher/reading.h"
#include "search/searcher/similar.h"
#include "search/server/frame.h"
#include "search/server/outward.h"
#include "search/server/page.h"

#define PATH_MARK TEXT(" › ")
#define LEVELS_MAX 8
#define SIMILAR_SHOWN 5
#define HEADING_CODEPOINTS 40 /* of an entry in the contents */

struct view {
    struct page page;
    const struct reading *reading;
    size_t hit; /* ordinal of the passage that was opened; SIZE_MAX: none */
};

/* The headings above a passage; the number of those that the passage before has too. */
static size_t split_path(struct text path, struct text headings[LEVELS_MAX])
{
    size_t count = 0;
    struct text rest = path;
    while (count < LEVELS_MAX && rest.length && text_split(&rest, PATH_MARK, &headings[count]))
        count++;
    return count;
}

static size_t same_headings(const struct text *a, size_t a_count, const struct text *b,
                            size_t b_count)
{
    size_t same = 0;
    while (same < a_count && same < b_count && text_equal(a[same], b[same]))
        same++;
    return same;
}

/* ---- contents ---- */

static void write_entry(const struct view *view, struct text heading, const struct result *result,
                        bool hit)
{
    size_t length = utf8_advance(heading, HEADING_CODEPOINTS);
    buffer_printf(view->page.out, "<li><a%s href=\"#p%u\">", hit ? " class=\"hit\"" : "",
                  result->passage.ordinal);
    html_text(view->page.out, text_slice(heading, 0, length));
    html_raw(view->page.out, length < heading.length ? "…</a>" : "</a>");
}

static void write_contents(const struct view *view)
{
    struct buffer *out = view->page.out;
    struct text open[LEVELS_MAX], now[LEVELS_MAX];
    size_t depth = 0;
    html_raw(out, "<nav class=\"contents\"");
    frame_label(&view->page, WORD_CONTENTS);
    html_raw(out, "><details open><summary>");
    frame_word(&view->page, WORD_CONTENTS);
    html_raw(out, "</summary><ol>\n");
    for (size_t i = 0; i < view->reading->count; i++) {
        const struct result *result = &view->reading->results[i];
        size_t count = split_path(result->passage.path, now);
        size_t same = same_headings(open, depth, now, count);
        for (; depth > same; depth--)
            html_raw(out, depth > 1 ? "</li></ol>" : "</li>\n");
        for (; depth < count; depth++) {
            if (depth)
                html_raw(out, "<ol>");
            write_entry(view, now[depth], result, depth + 1 == count && result->highlights.count);
            open[depth] = now[depth];
        }
    }
    for (; depth; depth--)
        html_raw(out, depth > 1 ? "</li></ol>" : "</li>\n");
    html_raw(out, "</ol></details></nav>\n");
}

/* ---- the text ---- */

static void write_headings(const struct view *view, const struct text *headings, size_t from,
                           size_t count, struct text text)
{
    for (size_t level = from; level < count; level++) {
        if (text_starts_with(text, headings[level]))
            return; /* the passage says it itself */
        size_t tag = level < 3 ? level + 2 : 5;
        buffer_printf(view->page.out, "<h%zu>", tag);
        html_text(view->page.out, headings[level]);
        buffer_printf(view->page.out, "</h%zu>\n", tag);
    }
}

static void write_passage(const struct view *view, const struct result *result)
{
    const struct passage_record *passage = &result->passage;
    struct buffer *out = view->page.out;
    bool hit = passage->ordinal == view->hit, heading = passage->role == ROLE_HEADING;
    buffer_printf(
        out, "<p id=\"p%u\"%s><a class=\"number\" href=\"#p%u\" aria-label=\"%s%u%s\">%u</a>",
        passage->ordinal,
        hit       ? " class=\"hit\""
        : heading ? " class=\"heading\""
                  : "",
        passage->ordinal, word(view->page.language, WORD_PARAGRAPH_BEFORE), passage->paragraph,
        word(view->page.language, WORD_PARAGRAPH_AFTER), passage->paragraph);
    frame_marked(&view->page, passage->text, 0, passage->text.length, &result->highlights);
    html_raw(out, "</p>\n");
}

static void write_text(const struct view *view)
{
    struct text open[LEVELS_MAX], now[LEVELS_MAX];
    size_t depth = 0;
    html_raw(view->page.out, "<div class=\"prose\">\n");
    for (size_t i = 0; i < view->reading->count; i++) {
        const struct result *result = &view->reading->results[i];
        size_t count = split_path(result->passage.path, now);
        size_t same = same_headings(open, depth, now, count);
        write_headings(view, now, same, count, result->passage.text);
        memcpy(open, now, sizeof(open));
        depth = count;
        write_passage(view, result);
    }
    html_raw(view->page.out, "</div>\n");
}

/* ---- what is known about it ---- */

static void write_about(const struct view *view)
{
    const struct reply_record *reply = &view->reading->reply;
    const struct {
        enum word name;
        struct text value;
    } ROWS[] = {
        { WORD_ISSUER, reply->issuer },
        { WORD_DOCUMENT_NUMBER, reply->document_number },
        { WORD_DATE, reply->date },
        { WORD_SESSION, reply->session },
        { WORD_NUMBER, reply->proposal_number },
        { WORD_ADDRESSEE, reply->addressee },
        { WORD_CLASS, word_value(view->page.language, FACET_CLASS, reply->result_class,
                                 view->page.call->arena) },
        { WORD_SOURCE, reply->source },
    };
    struct buffer *out = view->page.out;
    html_raw(out, "<section class=\"about\"><h2>");
    frame_word(&view->page, WORD_METADATA);
    html_raw(out, "</h2><dl>\n");
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
        if (!ROWS[i].value.length)
            continue;
        html_raw(out, "<dt>");
        frame_word(&view->page, ROWS[i].name);
        html_raw(out, "</dt><dd>");
        html_text(out, ROWS[i].value);
        html_raw(out, "</dd>\n");
    }
    html_raw(out, "</dl></section>\n");
}

static void write_citation(const struct view *view)
{
    const struct reading *reading = view->reading;
    size_t cited = view->hit < reading->count ? view->hit : 0;
    char citation[CITATION_MAX];
    if (!reading->count)
        return;
    const struct passage_record *passage = &reading->results[cited].passage;
    html_raw(view->page.out, "<p class=\"foot citation\"><span>");
    html_text(view->page.out, citation_write(&reading->reply, passage, citation));
    html_raw(view->page.out, "</span>");
    frame_cite(&view->page, &reading->reply, passage);
    html_raw(view->page.out, "</p>\n");
}

static void write_similar(const struct view *view, const struct similar_list *list)
{
    const struct state none = { .limit = 10 };
    const struct page plain = { view->page.call, view->page.out, &none, view->page.language };
    if (!list->count)
        return;
    html_raw(plain.out, "<section class=\"similar\"><h2>");
    frame_word(&plain, WORD_SIMILAR);
    html_raw(plain.out, "</h2><ul>\n");
    for (size_t i = 0; i < list->count; i++) {
        const struct reply_record *reply = &list->replies[i].reply;
        html_raw(plain.out, "<li><a href=\"");
        frame_reply_link(&plain, reply->id, NULL);
        html_raw(plain.out, "\">");
        html_text(plain.out, reply->subject.length ? reply->subject : frame_title(reply));
        html_raw(plain.out, "</a>");
        frame_facts(&plain, reply);
        html_raw(plain.out, "</li>\n");
    }
    html_raw(plain.out, "</ul></section>\n");
}

static void write_back(const struct view *view)
{
    if (!view->page.state->query.length)
        return;
    html_raw(view->page.out, "<p class=\"back\"><a href=\"/");
    state_link(view->page.state, NULL, view->page.out);
    html_raw(view->page.out, "\">← ");
    frame_word(&view->page, WORD_BACK);
    html_raw(view->page.out, "</a></p>\n");
}

static void write_view(const struct view *view, const struct similar_list *similar)
{
    const struct reply_record *reply = &view->reading->reply;
    struct buffer *out = view->page.out;
    frame_begin(&view->page, FRAME_READING, frame_title(reply));
    write_back(view);
    html_raw(out, "<div class=\"columns\">\n");
    write_contents(view);
    html_raw(out, "<div><article class=\"sheet\"><header><p class=\"issuer\">");
    html_text(out, reply->issuer);
    html_raw(out, "</p><h1>");
    html_text(out, frame_title(reply));
    html_raw(out, "</h1><p class=\"facts\"><span>");
    html_text(out, reply->document_number);
    html_raw(out, reply->document_number.length && reply->date.length ? "</span> <span>" : "");
    html_text(out, reply->date);
    html_raw(out, "</span></p></header>\n");
    write_text(view);
    write_citation(view);
    write_about(view);
    html_raw(out, "</article>\n");
    write_similar(view, similar);
    html_raw(out, "</div></div>\n");
    frame_end(&view->page);
}

enum status page_reply(struct call *call, struct response *response)
{
    struct state state;
    struct reading reading;
    struct similar_list similar = { 0 };
    const struct similar_options options = { .limit = SIMILAR_SHOWN };
    struct text *passages, id;
    size_t passage_count, hit;
    enum status status = state_read(call, 10, PAGE_SIZE_MAX, &state);
    if (!status)
        status = request_count(call->request, "hit", UINT32_MAX, UINT32_MAX, &hit, call->error);
    if (!status)
        status = outward_find(call, &id);
    if (!status)
        status = searcher_read(call->searcher, id, state.query, call->arena, &reading, call->error);
    if (!status)
        status = outward_reading(call, &reading);
    if (!status)
        status = searcher_similar_to(call->searcher, id, &options, call->arena, &passages,
                                     &passage_count, &similar, call->error);
    if (!status || status == STATUS_EMPTY) /* nothing to go by */
        status = outward_similar(call, &similar);
    if (status)
        return status;
    const struct view view = { { call, &response->body, &state, call->language }, &reading, hit };
    write_view(&view, &similar);
    return buffer_status(&response->body, call->error);
}
