/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page is cut into pieces, one for each run of text between two tags. A piece that is a known
 * label (blanks inside it do not count: 标　　题, 索 引 号) names the piece behind it; one that begins
 * with a label and a colon brings its value along. Two labels side by side are the head of a
 * table: their values are below them. Labels that are common words count only in company. */
#include "indexer/document/html_facts.h"

#include "indexer/base/utf8.h"
#include "indexer/document/facts.h"
#include "indexer/document/html_text.h"

#define PIECE_BYTES_MAX 600
#define LABELS_MAX 400 /* of a page: what comes after so many is no table of facts */
#define CELL_NODES_MAX 64

struct piece {
    const struct html_node *group; /* table, list or other element around the label and its like */
    const struct html_node *cell;
    struct text text;
    struct text value; /* behind the colon, in the same piece */
    size_t fact;       /* FACT_NONE: no label */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

static const struct html_node *parent_cell(const struct html_node *node)
{
    while (node && (node->flags & HTML_BLOCK) == 0)
        node = node->parent;
    return node;
}

static const struct html_node *parent_group(const struct html_node *cell)
{
    const struct html_node *node = cell ? cell->parent : NULL;
    for (int up = 0; node && node->parent && up < 4; node = node->parent, up++)
        if ((node->flags & HTML_TABLE) != 0 || html_is(node, "ul") || html_is(node, "dl"))
            return node;
    return cell && cell->parent ? cell->parent : cell;
}

/* Where, behind its first character, another "label：" begins after a blank; or the length. */
static size_t next_pair(struct text text)
{
    size_t word = 0; /* where the last word after a blank begins, 0 none */
    for (size_t offset = 0; offset < text.length;) {
        size_t start = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        if (codepoint == ' ' || codepoint == 0x3000 || codepoint == '|')
            word = offset;
        else if ((codepoint == ':' || codepoint == 0xFF1A) && word > 0 && start - word >= 6)
            return word;
        else if (!utf8_is_han(codepoint))
            word = 0;
    }
    return text.length;
}

static bool add_piece(struct pieces *pieces, struct arena *arena, const struct html_node *node,
                      struct text text)
{
    text = text_trim(text);
    if (text.length == 0)
        return true;
    if (!arena_grow(arena, &pieces->items, pieces->count, &pieces->capacity, sizeof(struct piece)))
        return false;
    const struct html_node *cell = parent_cell(node->parent);
    struct piece *piece = &pieces->items[pieces->count++];
    *piece = (struct piece) { .group = parent_group(cell), .cell = cell, .text = text };
    piece->fact = fact_find(text, &piece->value);
    return true;
}

static bool add_pieces(struct pieces *pieces, struct arena *arena, const struct html_node *node)
{
    struct text text = html_text_of(node, true, arena);
    if (!text.data)
        return false;
    while (text.length > 0) {
        size_t length = next_pair(text);
        if (!add_piece(pieces, arena, node, text_slice(text, 0, length)))
            return false;
        text = text_slice(text, length, text.length - length);
    }
    return true;
}

static bool collect_pieces(const struct html_tree *tree, struct pieces *pieces, struct arena *arena)
{
    for (struct html_node *node = tree->root; node; node = html_next(node))
        if (node->kind == HTML_TEXT && node->text.length <= PIECE_BYTES_MAX && !node->linked &&
            node->parent && (node->parent->flags & HTML_SKIP) == 0 &&
            !add_pieces(pieces, arena, node))
            return false;
    return true;
}

/* Different useful labels in the group. */
static size_t count_labels(const struct pieces *pieces, const struct html_node *group)
{
    unsigned seen = 0;
    size_t count = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        size_t fact = pieces->items[i].fact;
        if (pieces->items[i].group != group || fact == FACT_NONE || (seen & 1u << fact) != 0)
            continue;
        seen |= 1u << fact;
        count++;
    }
    return count;
}

/* The cell of the next row that stands below `cell`. */
static const struct html_node *cell_below(const struct html_node *cell)
{
    const struct html_node *row = cell->parent;
    size_t column = 0;
    for (const struct html_node *at = row->first; at && at != cell; at = at->next)
        column += (at->flags & HTML_CELL) != 0;
    const struct html_node *below = row->next;
    while (below && (below->flags & HTML_ROW) == 0)
        below = below->next;
    for (const struct html_node *at = below ? below->first : NULL; at; at = at->next)
        if ((at->flags & HTML_CELL) != 0 && column-- == 0)
            return at;
    return NULL;
}

/* The text of a cell; nothing when it is too large to be a value. */
static struct text cell_text(const struct html_node *cell, struct arena *arena)
{
    struct text none = { "", 0 };
    if (cell->end - cell->index > CELL_NODES_MAX)
        return none;
    struct html_node *end = html_after(cell);
    for (const struct html_node *node = cell; node && node != end; node = html_next(node))
        if (node->kind == HTML_TEXT && node->text.length > PIECE_BYTES_MAX)
            return none;
    return html_text_of(cell, true, arena);
}

static bool in_one_row(const struct piece *a, const struct piece *b)
{
    return (a->cell->flags & b->cell->flags & HTML_CELL) != 0 && a->cell->parent == b->cell->parent;
}

/* What stands beside the label at `i`; or below it, when another label stands beside it, or
 * nothing does. */
static struct text find_value(const struct pieces *pieces, size_t i, struct arena *arena)
{
    const struct piece *label = &pieces->items[i];
    const struct piece *next = i + 1 < pieces->count ? label + 1 : NULL;
    bool cell = (label->cell->flags & HTML_CELL) != 0;
    struct text none = { "", 0 };
    if (label->value.length > 0)
        return label->value;
    if (cell && next && next->cell != label->cell &&
        (next->fact != FACT_NONE || !in_one_row(label, next))) {
        const struct html_node *below = cell_below(label->cell);
        return below ? cell_text(below, arena) : none;
    }
    if (!next || next->fact != FACT_NONE || next->group != label->group)
        return none;
    bool beside = cell && next->cell != label->cell; /* the cell may hold several pieces */
    return beside ? cell_text(next->cell, arena) : next->text;
}

static void drop(struct html_node *node)
{
    struct html_node *end = html_after(node);
    for (struct html_node *at = node; at && at != end; at = html_next(at))
        at->dropped = true;
}

static struct html_node *node_at(struct html_tree *tree, const struct html_node *wanted)
{
    struct html_node *node = tree->last;
    while (node && node != wanted)
        node = node->before;
    return node;
}

/* A group of so many labels, with little text, is no part of the letter. */
static bool is_only_facts(const struct html_node *group, size_t labels)
{
    return labels >= 3 && group->chinese < 60 + 40 * labels && group->sentences <= 2;
}

bool html_declare_facts(struct html_tree *tree, const struct html_body *body,
                        struct document *document, struct arena *arena)
{
    struct pieces pieces = { 0 };
    if (!collect_pieces(tree, &pieces, arena))
        return false;
    const struct html_node *group = NULL;
    size_t labels = 0;
    size_t seen = 0;
    for (size_t i = 0; i < pieces.count && seen < LABELS_MAX; i++) {
        const struct piece *piece = &pieces.items[i];
        if (piece->fact == FACT_NONE)
            continue;
        seen++;
        if (piece->group != group) {
            group = piece->group;
            labels = count_labels(&pieces, group);
        }
        bool inside = html_body_has(body, piece->cell);
        if (labels < (inside ? 3 : fact_is_common(piece->fact) ? 2 : 1))
            continue;
        const char *key = fact_key(piece->fact);
        struct text value = find_value(&pieces, i, arena);
        if (key && fact_is_value(value) && document_declared(document, key).length == 0 &&
            !document_declare(document, arena, key, value))
            return false;
        struct html_node *table =
            inside && is_only_facts(group, labels) && !group->dropped ? node_at(tree, group) : NULL;
        if (table && table->parent && table != body->regions[0].root)
            drop(table);
    }
    return true;
}
