/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of meta names, the best first for each key. Names come in any case, values in any
 * attribute order: the parser has sorted that out. */
#include "indexer/document/html_labels.h"

#include "indexer/document/html_text.h"

static const struct {
    const char *key;
    const char *names; /* of <meta name>, property or itemprop, blank-separated */
} LABELS[] = {
    { "page_title", "ArticleTitle" },
    { "page_title", "og:title dc.title dcterms.title" },
    { "page_date", "PubDate" },
    { "page_date",
      "firstpublishedtime publishdate publishtime article:published_time datePublished "
      "dc.date dcterms.issued releasedate createdate" },
    { "page_issuer", "ContentSource" },
    { "page_issuer", "source dc.source dcterms.source dc.publisher" },
    { "page_site", "SiteName" },
    { "page_site", "og:site_name application-name" },
    { "page_column", "ColumnName" },
    { "page_column", "lanmu article:section catalog" },
    { "page_keywords", "Keywords" },
    { "url", "Url og:url" },
};

/* A site's name behind the title of a page begins with one of these. */
static const struct text TITLE_SEPARATORS[] = {
    TEXT_INIT("_"),  TEXT_INIT("|"), TEXT_INIT(" - "), TEXT_INIT("-"),
    TEXT_INIT("——"), TEXT_INIT("–"), TEXT_INIT("｜"),  TEXT_INIT("－"),
};

static bool is_named(const struct html_node *meta, const char *names)
{
    static const char *const ATTRIBUTES[] = { "name", "property", "itemprop" };
    for (size_t i = 0; i < sizeof(ATTRIBUTES) / sizeof(ATTRIBUTES[0]); i++) {
        struct text name = html_attribute(meta, ATTRIBUTES[i]);
        if (name.length > 0 && html_has_word(text_of(names), name))
            return true;
    }
    return false;
}

static struct text one_line(struct text value, struct arena *arena)
{
    struct html_node node = { .kind = HTML_TEXT, .text = value, .end = 1 };
    return html_text_of(&node, true, arena);
}

static bool declare(struct document *document, struct arena *arena, const char *key,
                    struct text value)
{
    struct text shown = one_line(value, arena);
    if (!shown.data)
        return false;
    if (shown.length == 0 || document_declared(document, key).length > 0)
        return true;
    return document_declare(document, arena, key, shown);
}

static bool declare_metas(const struct html_tree *tree, struct document *document,
                          struct arena *arena)
{
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++)
        for (const struct html_node *node = tree->root; node; node = html_next(node))
            if (html_is(node, "meta") && is_named(node, LABELS[i].names) &&
                !declare(document, arena, LABELS[i].key, html_attribute(node, "content")))
                return false;
    return true;
}

static const struct html_node *find_first(const struct html_tree *tree, const char *name)
{
    for (const struct html_node *node = tree->root; node; node = html_next(node))
        if (html_is(node, name))
            return node;
    return NULL;
}

/* "关于……的答复_某某市人民政府" without the site. */
static struct text without_site(struct text title, struct text site)
{
    for (size_t i = 0; i < sizeof(TITLE_SEPARATORS) / sizeof(TITLE_SEPARATORS[0]); i++) {
        size_t at = text_find_last(title, TITLE_SEPARATORS[i]);
        if (at == TEXT_NONE || at < 18)
            continue;
        size_t behind = at + TITLE_SEPARATORS[i].length;
        struct text tail = text_trim(text_slice(title, behind, title.length - behind));
        static const struct text SITES[] = { TEXT_INIT("政府"),   TEXT_INIT("网"),
                                             TEXT_INIT("门户"),   TEXT_INIT("网站"),
                                             TEXT_INIT("局"),     TEXT_INIT("厅"),
                                             TEXT_INIT("委员会"), TEXT_INIT("部"),
                                             TEXT_INIT("平台") };
        bool is_site = text_equal(tail, site);
        for (size_t k = 0; k < sizeof(SITES) / sizeof(SITES[0]); k++)
            is_site = is_site || text_ends_with(tail, SITES[k]);
        if (is_site)
            return without_site(text_trim(text_slice(title, 0, at)), site);
    }
    return title;
}

static bool declare_title(const struct html_tree *tree, struct document *document,
                          struct arena *arena)
{
    if (document_declared(document, "page_title").length > 0)
        return true;
    const struct html_node *heading = find_first(tree, "h1");
    if (heading && !heading->dropped && heading->chinese >= 6)
        return declare(document, arena, "page_title", html_text_of(heading, false, arena));
    const struct html_node *title = find_first(tree, "title");
    if (!title)
        return true;
    struct text text = html_text_of(title, true, arena);
    if (!text.data)
        return false;
    return declare(document, arena, "page_title",
                   without_site(text, document_declared(document, "page_site")));
}

static bool declare_url(const struct html_tree *tree, struct document *document,
                        struct arena *arena)
{
    for (const struct html_node *node = tree->root; node; node = html_next(node))
        if (html_is(node, "link") && html_same(html_attribute(node, "rel"), TEXT("canonical")))
            return declare(document, arena, "url", html_attribute(node, "href"));
    return true;
}

bool html_declare_labels(const struct html_tree *tree, struct document *document,
                         struct arena *arena)
{
    return declare_metas(tree, document, arena) && declare_title(tree, document, arena) &&
           declare_url(tree, document, arena);
}
