/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first page, and the page of results. */
#include "search/server/page.h"

#include "search/server/found.h"
#include "search/server/page_parts.h"

#define PAGE_SIZE 10
#define FACET_VALUES 24
#define SNIPPET_CODEPOINTS 160

static const char *const EXAMPLES[] = {
    "养老服务 下步打算",  "智改数转 政策支持", "停车难怎么解决",
    "部分:下步 学前教育", "yanglao zhucan",
};

static void write_examples(const struct page *page)
{
    html_raw(page->out, "<nav class=\"examples\"");
    frame_label(page, WORD_EXAMPLES);
    html_raw(page->out, "><span>");
    frame_word(page, WORD_EXAMPLES);
    html_raw(page->out, "</span><ul>");
    for (size_t i = 0; i < sizeof(EXAMPLES) / sizeof(*EXAMPLES); i++) {
        html_raw(page->out, "<li><a href=\"/?q=");
        html_url(page->out, text_of(EXAMPLES[i]));
        html_raw(page->out, "\">");
        html_text(page->out, text_of(EXAMPLES[i]));
        html_raw(page->out, "</a></li>");
    }
    html_raw(page->out, "</ul></nav>\n");
}

static void write_home(const struct page *page)
{
    frame_begin(page, FRAME_HOME, TEXT(""));
    write_examples(page);
    frame_end(page);
}

/* Two ways, of which one is the present one. */
static void write_choice(const struct page *page, enum word label, enum word first,
                         enum word second, bool is_second, const struct change changes[2])
{
    const enum word words[] = { first, second };
    html_raw(page->out, "<div class=\"choice\" role=\"group\"");
    frame_label(page, label);
    html_raw(page->out, ">");
    for (int i = 0; i < 2; i++) {
        html_raw(page->out, i == is_second ? "<a aria-current=\"true\" href=\"" : "<a href=\"");
        state_link(page->state, &changes[i], page->out);
        html_raw(page->out, "\">");
        frame_word(page, words[i]);
        html_raw(page->out, "</a>");
    }
    html_raw(page->out, "</div>");
}

static void write_export(const struct page *page)
{
    static const char *const FORMATS[][2] = { { "csv", "CSV" }, { "jsonl", "JSONL" } };
    html_raw(page->out, "<div class=\"export\"><span>");
    frame_word(page, WORD_EXPORT);
    html_raw(page->out, "</span>");
    for (int i = 0; i < 2; i++) {
        const struct change from_first = { 0 };
        buffer_printf(page->out, "<a download href=\"/export.%s", FORMATS[i][0]);
        state_link(page->state, &from_first, page->out);
        buffer_printf(page->out, "\">%s</a>", FORMATS[i][1]);
    }
    html_raw(page->out, "</div>");
}

static void write_tools(const struct page *page)
{
    const struct state *state = page->state;
    const struct change groups[] = { { .group = "none" }, { .group = "reply" } };
    const struct change sorts[] = { { .sort = "relevance" }, { .sort = "date" } };
    html_raw(page->out, "<div class=\"tools\">");
    write_choice(page, WORD_VIEW, WORD_BY_PASSAGE, WORD_BY_REPLY, state->group, groups);
    write_choice(page, WORD_ORDER, WORD_BY_RELEVANCE, WORD_BY_DATE, state->sort == SORT_DATE,
                 sorts);
    write_export(page);
    html_raw(page->out, "</div>\n");
}

static void write_total(const struct page *page, const struct result_list *list)
{
    html_raw(page->out, "<p class=\"total\" role=\"status\">");
    if (!list->total_exact)
        frame_word(page, WORD_ABOUT);
    html_raw(page->out, "<b>");
    frame_count(page, list->total);
    html_raw(page->out, "</b> ");
    frame_word(page, WORD_PASSAGES);
    if (list->replies) {
        html_raw(page->out, " · <b>");
        frame_count(page, list->replies);
        html_raw(page->out, "</b> ");
        frame_word(page, WORD_REPLIES);
    }
    html_raw(page->out, "</p>\n");
}

static void write_nothing(const struct page *page)
{
    html_raw(page->out, "<div class=\"nothing\"><h2>");
    frame_word(page, WORD_NOTHING);
    html_raw(page->out, "</h2><p>");
    frame_word(page, WORD_NOTHING_HINT);
    html_raw(page->out, "</p></div>\n");
    write_examples(page);
}

static void write_found(const struct page *page, const struct result_list *list,
                        struct text suggestion)
{
    size_t shown = list->count + list->group_count;
    bool beside = shown || page->state->filter_count; /* or there is nothing to narrow */
    frame_begin(page, FRAME_RESULTS, page->state->query);
    html_raw(page->out, "<h1 class=\"unseen\">");
    frame_word(page, WORD_RESULTS);
    html_raw(page->out, beside ? "</h1>\n<div class=\"columns\">\n<div class=\"found\">\n"
                               : "</h1>\n<div>\n<div class=\"found\">\n");
    page_notes(page, list, suggestion);
    page_chosen(page);
    if (shown) {
        html_raw(page->out, "<div class=\"line\">");
        write_total(page, list);
        write_tools(page);
        html_raw(page->out, "</div>\n");
        page_results(page, list);
    } else {
        write_nothing(page);
    }
    page_pager(page, shown, page->state->group ? list->replies : list->total);
    html_raw(page->out, "</div>\n");
    if (beside)
        page_filters(page, list);
    html_raw(page->out, "</div>\n");
    frame_end(page);
}

enum status page_search(struct call *call, struct response *response)
{
    struct state state;
    struct result_list list = { 0 };
    struct text suggestion = { NULL, 0 };
    const struct page page = { call, &response->body, &state, call->language };
    enum status status = state_read(call, PAGE_SIZE, PAGE_SIZE_MAX, &state);
    if (status)
        return status;
    state.limit = state.limit ? state.limit : PAGE_SIZE;
    if (!text_trim(state.query).length) {
        write_home(&page);
        return buffer_status(&response->body, call->error);
    }
    const struct search_options options = {
        .snippet_codepoints = SNIPPET_CODEPOINTS,
        .facets = FACET_BIT(FACET_COUNT) - 1,
        .facet_limit = FACET_VALUES,
    };
    status = found_search(call, &state, options, &list, &suggestion, response);
    if (status)
        return status;
    write_found(&page, &list, suggestion);
    return buffer_status(&response->body, call->error);
}

/* For people, in their language; the message itself stands below it, for whoever helps them. */
static enum word reason_of(unsigned code, const char *name)
{
    static const struct {
        const char *name;
        unsigned code;
        enum word word;
    } REASONS[] = {
        { "late", 503, WORD_LATE },  { "limited", 429, WORD_LIMITED }, { NULL, 503, WORD_BUSY },
        { NULL, 404, WORD_MISSING }, { NULL, 401, WORD_TOKEN_NEEDED }, { NULL, 414, WORD_TOO_LONG },
    };
    for (size_t i = 0; i < sizeof(REASONS) / sizeof(*REASONS); i++)
        if (REASONS[i].code == code && (!REASONS[i].name || strcmp(name, REASONS[i].name) == 0))
            return REASONS[i].word;
    return WORD_MISTAKEN;
}

void page_failure(struct call *call, unsigned code, const char *name, struct text message,
                  struct response *response)
{
    const struct state state = { .limit = PAGE_SIZE };
    const struct page page = { call, &response->body, &state, call->language };
    frame_begin(&page, FRAME_RESULTS, text_of(word(call->language, WORD_FAILED)));
    html_raw(page.out, "<div class=\"nothing\"><h1>");
    frame_word(&page, WORD_FAILED);
    html_raw(page.out, "</h1><p>");
    frame_word(&page, reason_of(code, name));
    buffer_printf(page.out, "</p><p class=\"code\">%u · ", code);
    html_text(page.out, message);
    html_raw(page.out, "</p><p class=\"home\"><a href=\"/\">");
    frame_word(&page, WORD_TO_HOME);
    html_raw(page.out, "</a></p></div>\n");
    frame_end(&page);
}
