/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The body container: a pair of comments that content systems put around it; the containers of
 * known content systems, in the order that public crawlers of government sites try them; or the
 * element where the Chinese characters outside of links are (after Kohlschuetter et al.,
 * Boilerplate Detection using Shallow Text Features, WSDM 2010: link density tells the most). */
#include "indexer/document/html_body.h"

#include "indexer/document/html_measure.h"

enum trust {
    OWN,    /* nothing but the text has this name */
    COMMON, /* other things are called so, too: it must hold much of the page */
};

static const struct rule {
    const char *name; /* "#id", ".class" or an element */
    enum trust trust;
} RULES[] = {
    { "#UCAP-CONTENT", OWN },
    { ".trs_editor_view", OWN },
    { ".TRS_UEDITOR", OWN },
    { ".TRS_Editor", OWN },
    { "#zoom", OWN },
    { "#zoomcon", OWN },
    { ".pages_content", OWN },
    { "#ivs_content", OWN },
    { ".article-content", OWN },
    { ".Article_content", OWN },
    { ".article_content", OWN },
    { ".article-con", OWN },
    { "#Content", COMMON },
    { "#content", COMMON },
    { ".detail_content", OWN },
    { ".view", COMMON },
    { ".xxgk_content", OWN },
    { ".con_con", OWN },
    { "#News_Body_Txt_A", OWN },
    { ".bt-content", OWN },
    { "#vsb_content", OWN },
    { "#vsb_content_2", OWN },
    { ".v_news_content", OWN },
    { ".wp_articlecontent", OWN },
    { ".Custom_UnionStyle", OWN },
    { ".zwgk_content", OWN },
    { ".news_content", COMMON },
    { ".news_con", COMMON },
    { "#artibody", OWN },
    { "#js_content", OWN },
    { ".rich_media_content", OWN },
    { "#article", COMMON },
    { "article", COMMON },
};
#define RULE_COUNT (sizeof(RULES) / sizeof(RULES[0]))

static const struct {
    struct text begin, end;
} COMMENTS[] = {
    { TEXT_INIT("ZJEG_RSS.content.begin"), TEXT_INIT("ZJEG_RSS.content.end") },
    { TEXT_INIT("contentstart"), TEXT_INIT("contentend") },
    { TEXT_INIT("content begin"), TEXT_INIT("content end") },
    { TEXT_INIT("正文开始"), TEXT_INIT("正文结束") },
    { TEXT_INIT("文章内容开始"), TEXT_INIT("文章内容结束") },
};

#define ENOUGH 30 /* ideographs of a body that needs no second look */

static void add_region(struct html_body *body, const struct html_node *root, int64_t first,
                       int64_t last)
{
    if (body->count < HTML_REGIONS_MAX)
        body->regions[body->count++] = (struct html_region) { root, first, last };
}

bool html_body_has(const struct html_body *body, const struct html_node *node)
{
    for (size_t i = 0; i < body->count; i++)
        if (html_contains(body->regions[i].root, node) && node->index > body->regions[i].first &&
            node->index < body->regions[i].last)
            return true;
    return false;
}

/* Comments ------------------------------------------------------------------------------------- */

static const struct html_node *find_comment(const struct html_node *from, struct text wanted)
{
    for (const struct html_node *node = from; node; node = html_next(node))
        if (node->kind == HTML_COMMENT && html_same(node->text, wanted))
            return node;
    return NULL;
}

static uint32_t chinese_between(const struct html_node *begin, const struct html_node *end)
{
    uint32_t count = 0;
    for (const struct html_node *node = begin; node && node != end; node = html_next(node))
        if (node->kind == HTML_TEXT)
            count += node->chinese;
    return count;
}

static bool find_by_comments(const struct html_tree *tree, struct html_body *out)
{
    for (size_t i = 0; i < sizeof(COMMENTS) / sizeof(COMMENTS[0]); i++) {
        const struct html_node *begin = find_comment(tree->root, COMMENTS[i].begin);
        while (begin) {
            const struct html_node *end = find_comment(begin, COMMENTS[i].end);
            if (!end)
                break;
            const struct html_node *root = begin->parent;
            while (!html_contains(root, end))
                root = root->parent;
            if (chinese_between(begin, end) >= ENOUGH)
                add_region(out, root, begin->index, end->index);
            begin = find_comment(end, COMMENTS[i].begin);
        }
        out->found_by = "comment";
        if (out->count > 0)
            return true;
    }
    return false;
}

/* Density -------------------------------------------------------------------------------------- */

/* Where the text is rather than other text: sentences count, bare phrases hardly. */
static uint64_t weight_of(const struct html_node *node)
{
    return (uint64_t)node->chinese + 20 * (uint64_t)node->sentences;
}

static const struct html_node *heaviest_child(const struct html_node *node)
{
    const struct html_node *best = NULL;
    for (const struct html_node *child = node->first; child; child = child->next)
        if (child->kind == HTML_ELEMENT && !child->dropped && (child->flags & HTML_NARROW) == 0 &&
            (!best || weight_of(child) > weight_of(best)))
            best = child;
    return best;
}

/* Whether the element adds text of its own around the part, not links and a site's head. */
static bool adds_text(const struct html_node *outer, const struct html_node *inner)
{
    uint32_t more = outer->chinese - inner->chinese;
    uint32_t links = outer->links - inner->links;
    return !html_is(outer, "body") && !html_is(outer, "html") && outer->parent && links <= 2 &&
           (more == 0 || more * 2 < inner->chinese + 200);
}

static const struct html_node *find_densest(const struct html_tree *tree)
{
    const struct html_node *node = tree->root;
    for (;;) {
        const struct html_node *child = heaviest_child(node);
        if (!child || weight_of(child) * 4 < weight_of(node) * 3)
            break;
        node = child;
    }
    while (node->parent && adds_text(node->parent, node))
        node = node->parent;
    return node;
}

/* Containers ----------------------------------------------------------------------------------- */

static bool matches(const struct html_node *node, const struct rule *rule)
{
    if (node->kind != HTML_ELEMENT || node->dropped)
        return false;
    struct text name = text_of(rule->name + (rule->name[0] == '#' || rule->name[0] == '.'));
    if (rule->name[0] == '#')
        return html_same(html_attribute(node, "id"), name);
    if (rule->name[0] == '.')
        return html_has_word(html_attribute(node, "class"), name);
    return text_equal(node->name, name);
}

/* The outermost elements that the rule names; how much they hold. */
static uint32_t find_matches(const struct html_tree *tree, const struct rule *rule,
                             struct html_body *out)
{
    uint32_t chinese = 0;
    uint32_t largest = 0;
    *out = (struct html_body) { .found_by = rule->name };
    for (struct html_node *node = tree->root; node;) {
        if (!matches(node, rule)) {
            node = html_next(node);
            continue;
        }
        largest = node->chinese > largest ? node->chinese : largest;
        chinese += node->chinese;
        if (node->chinese > 0)
            add_region(out, node, -1, INT64_MAX);
        node = html_after(node);
    }
    size_t kept = 0; /* a teaser in the same clothes is no second letter */
    for (size_t i = 0; i < out->count; i++)
        if (out->regions[i].root->chinese * 5 >= largest)
            out->regions[kept++] = out->regions[i];
    out->count = kept;
    return chinese;
}

/* A known container inside of another may hold less than all of the text. */
static bool is_part_of_more(const struct html_body *found, const struct html_body *other,
                            uint32_t chinese, uint32_t more)
{
    if (other->count == 0 || more * 4 <= chinese * 5)
        return false;
    uint32_t links = 0;
    uint32_t linked = 0;
    for (size_t i = 0; i < other->count; i++) {
        links += other->regions[i].root->links;
        linked += other->regions[i].root->linked_chinese;
    }
    for (size_t i = 0; i < found->count; i++)
        if (!html_body_has(other, found->regions[i].root))
            return false;
    return links <= 3 && linked * 10 <= more;
}

static bool find_by_rules(const struct html_tree *tree, struct html_body *out)
{
    uint32_t all = tree->root->chinese;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        uint32_t chinese = find_matches(tree, &RULES[i], out);
        uint32_t needed = RULES[i].trust == OWN ? all / 5 : all / 2;
        if (out->count == 0 || (chinese < ENOUGH && chinese * 2 < all) || chinese < needed)
            continue;
        for (size_t k = i + 1; k < RULE_COUNT; k++) {
            struct html_body other;
            uint32_t more = find_matches(tree, &RULES[k], &other);
            if (RULES[k].trust == OWN && is_part_of_more(out, &other, chinese, more))
                *out = other, chinese = more;
        }
        return true;
    }
    return false;
}

void html_find_body(const struct html_tree *tree, struct html_body *out)
{
    *out = (struct html_body) { 0 };
    if (tree->root->chinese + tree->root->linked_chinese == 0 && !tree->root->first)
        return;
    if (find_by_comments(tree, out) || find_by_rules(tree, out))
        return;
    *out = (struct html_body) { .found_by = "density" };
    add_region(out, find_densest(tree), -1, INT64_MAX);
}
