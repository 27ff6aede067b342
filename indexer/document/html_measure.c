/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Three passes over the tree: downwards what is hidden and what is linked, upwards the counts,
 * downwards again what the counts show to be chrome; the counts leave that out. */
#include "indexer/document/html_measure.h"

#include <ctype.h>

#include "indexer/base/utf8.h"
#include "indexer/document/html_chrome.h"

/* An element with a chrome-like class is chrome only when it has no sentence and few characters. */
#define CHROME_CHARACTERS 200
#define SHOWN_CHARACTERS 30 /* a page with less than that has its text elsewhere */
#define HIDDEN_CHARACTERS 150

bool html_is_file_link(struct text href)
{
    static const char EXTENSIONS[] = "pdf doc docx wps ofd rtf xls xlsx et zip rar txt ceb";
    size_t cut = text_find(href, TEXT("#"));
    if (cut != TEXT_NONE)
        href.length = cut;
    size_t dot = text_find_last(href, TEXT("."));
    if (dot == TEXT_NONE)
        return false;
    size_t end = dot + 1;
    while (end < href.length && isalnum((unsigned char)href.data[end]))
        end++;
    return html_has_word(text_of(EXTENSIONS), text_slice(href, dot + 1, end - dot - 1));
}

static bool is_navigation_link(const struct html_node *node)
{
    return (node->flags & HTML_LINK) != 0 && html_attribute(node, "href").length > 0 &&
           !html_is_file_link(html_attribute(node, "href"));
}

static void inherit(struct html_tree *tree, bool styled)
{
    for (struct html_node *node = tree->root; node; node = html_next(node)) {
        node->dropped = (node->parent && node->parent->dropped) || (node->flags & HTML_SKIP) != 0 ||
                        (styled && html_is_hidden(node));
        node->linked = (node->parent && node->parent->linked) || is_navigation_link(node);
    }
}

static void count_text(struct html_node *node)
{
    uint32_t chinese = 0;
    node->sentences = 0;
    for (size_t offset = 0; offset < node->text.length;) {
        uint32_t codepoint = utf8_next_valid(node->text.data, &offset);
        chinese += utf8_is_han(codepoint);
        node->sentences += codepoint == 0x3002 || codepoint == 0xFF01 || codepoint == 0xFF1F ||
                           codepoint == 0xFF1B;
    }
    node->chinese = node->linked ? 0 : chinese;
    node->linked_chinese = node->linked ? chinese : 0;
}

static void count(struct html_tree *tree)
{
    for (struct html_node *node = tree->root; node; node = html_next(node)) {
        node->chinese = node->linked_chinese = node->sentences = 0;
        node->links = is_navigation_link(node) && !node->dropped;
        if (node->kind == HTML_TEXT && !node->dropped)
            count_text(node);
    }
    for (struct html_node *node = tree->last; node && node->parent; node = node->before) {
        struct html_node *parent = node->parent;
        if (node->dropped)
            continue;
        parent->chinese += node->chinese;
        parent->linked_chinese += node->linked_chinese;
        parent->links += node->links;
        parent->sentences += node->sentences;
    }
}

/* A block of links: a menu, a list of other pages. */
static bool is_navigation(const struct html_node *node)
{
    return (node->flags & HTML_BLOCK) != 0 && node->links >= 2 &&
           node->linked_chinese > 2 * node->chinese && node->sentences <= 1 &&
           node->chinese < (node->sentences ? 40 : 100);
}

static bool is_small_chrome(const struct html_node *node)
{
    return node->sentences == 0 && node->chinese + node->linked_chinese < CHROME_CHARACTERS &&
           html_is_chrome(node);
}

static bool drop_chrome(struct html_tree *tree)
{
    bool any = false;
    for (struct html_node *node = tree->root; node; node = html_next(node)) {
        if (node->dropped)
            continue;
        node->dropped =
            (node->parent && node->parent->dropped) || is_navigation(node) || is_small_chrome(node);
        any = any || node->dropped;
    }
    return any;
}

/* The text of a page that a script is to show. */
static void show_hidden(struct html_tree *tree)
{
    inherit(tree, false);
    count(tree);
    if (tree->root->chinese >= HIDDEN_CHARACTERS)
        return;
    inherit(tree, true);
    count(tree);
}

void html_measure(struct html_tree *tree)
{
    inherit(tree, true);
    count(tree);
    if (tree->root->chinese < SHOWN_CHARACTERS)
        show_hidden(tree);
    if (drop_chrome(tree))
        count(tree);
}
