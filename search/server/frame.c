/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/frame.h"

#include <stdio.h>

#include "search/output/citation.h"
#include "search/server/assets.h"

void frame_word(const struct page *page, enum word which)
{
    html_raw(page->out, word(page->language, which));
}

void frame_label(const struct page *page, enum word which)
{
    html_raw(page->out, " aria-label=\"");
    frame_word(page, which);
    html_raw(page->out, "\"");
}

void frame_count(const struct page *page, uint64_t count)
{
    char digits[32];
    int length = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)count);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            buffer_append_byte(page->out, ',');
        buffer_append_byte(page->out, digits[i]);
    }
}

static void asset_address(const struct page *page, const char *name)
{
    for (size_t i = 0; i < ASSET_COUNT; i++)
        if (strcmp(ASSETS[i].name, name) == 0)
            buffer_printf(page->out, "/assets/%s?v=%s", name, ASSETS[i].version);
}

static void head(const struct page *page, struct text title)
{
    struct buffer *out = page->out;
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  word(page->language, WORD_LANG));
    html_raw(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html_text(out, title);
    if (title.length)
        html_raw(out, " · ");
    frame_word(page, WORD_NAME);
    html_raw(out, "</title>\n<link rel=\"icon\" href=\"");
    asset_address(page, "icon.svg");
    html_raw(out, "\">\n<link rel=\"stylesheet\" href=\"");
    asset_address(page, "style.css");
    html_raw(out, "\">\n<script src=\"");
    asset_address(page, "app.js");
    html_raw(out, "\" defer></script>\n</head>\n");
}

static void search_box(const struct page *page, enum frame_kind kind)
{
    struct buffer *out = page->out;
    html_raw(out,
             "<form class=\"box\" action=\"/\" method=\"get\" role=\"search\">"
             "<div class=\"field\"><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" "
             "autocapitalize=\"none\" spellcheck=\"false\" enterkeyhint=\"search\" "
             "maxlength=\"600\"");
    frame_label(page, WORD_QUERY_LABEL);
    html_raw(out, " placeholder=\"");
    frame_word(page, WORD_PLACEHOLDER);
    html_raw(out, kind == FRAME_HOME ? "\" autofocus value=\"" : "\" value=\"");
    html_text(out, page->state->query);
    html_raw(out, "\"><ul id=\"completion\" role=\"listbox\" hidden");
    frame_label(page, WORD_COMPLETION);
    html_raw(out, "></ul></div>");
    state_fields(page->state, out);
    html_raw(out, "<button type=\"submit\">");
    frame_word(page, WORD_SEARCH);
    html_raw(out, "</button></form>\n");
}

void frame_begin(const struct page *page, enum frame_kind kind, struct text title)
{
    static const char *const KINDS[] = { "home", "results", "reading" };
    struct buffer *out = page->out;
    head(page, title);
    buffer_printf(out, "<body class=\"%s\">\n<a class=\"skip\" href=\"#main\">", KINDS[kind]);
    frame_word(page, WORD_SKIP);
    html_raw(out, "</a>\n<header class=\"top\"><div class=\"bar\"><a class=\"brand\" href=\"/\"");
    frame_label(page, WORD_HOME);
    html_raw(out, "><span class=\"seal\" aria-hidden=\"true\">答</span><span class=\"name\">");
    frame_word(page, WORD_NAME);
    html_raw(out, "</span></a>\n");
    if (kind == FRAME_HOME) {
        html_raw(out, "<h1>");
        frame_word(page, WORD_TAGLINE);
        html_raw(out, "</h1><p class=\"introduction\">");
        frame_word(page, WORD_INTRODUCTION);
        html_raw(out, "</p>\n");
    }
    search_box(page, kind);
    html_raw(out, "</div></header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

void frame_end(const struct page *page)
{
    html_raw(page->out, "</main>\n<footer><p>");
    frame_word(page, WORD_TAGLINE);
    html_raw(page->out, " · <a href=\"/api/openapi.json\">API</a><span class=\"keys\"> · ");
    frame_word(page, WORD_KEYS);
    html_raw(page->out,
             "</span></p></footer>\n<p id=\"said\" class=\"unseen\" role=\"status\"></p>\n"
             "</body>\n</html>\n");
}

void frame_marked(const struct page *page, struct text text, size_t start, size_t length,
                  const struct span_list *highlights)
{
    size_t at = start, end = start + length;
    for (size_t i = 0; highlights && i < highlights->count; i++) {
        size_t from = highlights->spans[i].start, to = from + highlights->spans[i].length;
        if (from < at || to > end)
            continue;
        html_text(page->out, text_slice(text, at, from - at));
        html_raw(page->out, "<mark>");
        html_text(page->out, text_slice(text, from, to - from));
        html_raw(page->out, "</mark>");
        at = to;
    }
    html_text(page->out, text_slice(text, at, end - at));
}

void frame_facts(const struct page *page, const struct reply_record *reply)
{
    const struct {
        const char *name;
        struct text value;
    } FACTS[] = {
        { "issuer", reply->issuer },
        { "number", reply->document_number },
        { "date", reply->date },
    };
    html_raw(page->out, "<p class=\"facts\">");
    for (size_t i = 0; i < sizeof(FACTS) / sizeof(*FACTS); i++) {
        if (!FACTS[i].value.length)
            continue;
        buffer_printf(page->out, "<span class=\"%s\">", FACTS[i].name);
        html_text(page->out, FACTS[i].value);
        html_raw(page->out, "</span> ");
    }
    html_raw(page->out, "</p>");
}

void frame_cite(const struct page *page, const struct reply_record *reply,
                const struct passage_record *passage)
{
    char citation[CITATION_MAX];
    html_raw(page->out, "<button class=\"cite\" type=\"button\" hidden data-done=\"");
    frame_word(page, WORD_CITED);
    html_raw(page->out, "\" data-citation=\"");
    html_text(page->out, citation_write(reply, passage, citation));
    html_raw(page->out, "\">");
    frame_word(page, WORD_CITE);
    html_raw(page->out, "</button>");
}

struct text frame_title(const struct reply_record *reply)
{
    if (reply->title.length)
        return reply->title;
    return reply->subject.length ? reply->subject : reply->source;
}

void frame_reply_link(const struct page *page, struct text id, const struct passage_record *passage)
{
    html_raw(page->out, "/reply/");
    html_url(page->out, id);
    if (page->state->query.length) {
        state_link(page->state, NULL, page->out);
        if (passage)
            buffer_printf(page->out, "&amp;hit=%u", passage->ordinal);
    }
    if (passage)
        buffer_printf(page->out, "#p%u", passage->ordinal);
}
