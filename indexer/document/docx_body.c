/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A walk over WordprocessingML (ECMA-376 part 1, 17) by tables: in each context an element has a
 * rule or is passed over with all that is in it. So what was deleted (w:del, w:moveFrom, w:delText),
 * field codes (w:instrText) and everything nobody has thought of stay out by having no rule. */
#include "indexer/document/docx_body.h"

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/docx_walk.h"
#include "indexer/document/facts.h"
#include "indexer/document/marker.h"

#define CELL_CODEPOINTS_MAX 40 /* a cell of several paragraphs and more than this is running text */
#define HEADING_CODEPOINTS_MAX 80

void docx_fail(struct walk *walk, enum status status, const char *message)
{
    if (!walk->status)
        walk->status = error_set(walk->error, status, "%s", message);
}

static void out_of_memory(struct walk *walk)
{
    docx_fail(walk, STATUS_NO_MEMORY, "out of memory");
}

/* -- walking ---------------------------------------------------------------------------------- */

static const struct rule *find_rule(const struct rule *rules, const char *element)
{
    for (; rules->element; rules++)
        if (strcmp(rules->element, element) == 0)
            return rules;
    return NULL;
}

static void visit_children(struct walk *walk, struct place place)
{
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        const struct rule *rule = find_rule(place.rules, part_name(walk->part));
        if (rule)
            rule->visit(walk, place);
    }
}

/* Looks for elements with a rule at any depth. */
static void visit_descendants(struct walk *walk, struct place place)
{
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (part_is_text(walk->part))
            continue;
        const struct rule *rule = find_rule(place.rules, part_name(walk->part));
        if (rule)
            rule->visit(walk, place);
        else
            visit_descendants(walk, place);
    }
}

/* mc:AlternateContent says the same twice, for new and for old programs: the first choice that
 * gives anything counts. */
static void visit_alternatives(struct walk *walk, struct place place)
{
    size_t before = walk->progress;
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here))
        if (walk->progress == before &&
            (part_is(walk->part, "Choice") || part_is(walk->part, "Fallback")))
            visit_children(walk, place);
}

/* Whether a content control holds what Word made up: a prompt, or a table of contents. */
static bool is_made_up(struct walk *walk)
{
    bool made_up = false;
    struct part_element here = part_here(walk->part);
    while (part_child(walk->part, &here)) {
        if (part_is(walk->part, "showingPlcHdr"))
            made_up = docx_is_on(walk->part);
        if (!part_is(walk->part, "docPartObj"))
            continue;
        struct part_element object = part_here(walk->part);
        while (part_child(walk->part, &object))
            if (part_is(walk->part, "docPartGallery") &&
                text_equal(part_attribute(walk->part, "val"), TEXT("Table of Contents")))
                made_up = true;
    }
    return made_up;
}

static void visit_control(struct walk *walk, struct place place)
{
    bool made_up = false;
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here))
        if (part_is(walk->part, "sdtPr"))
            made_up = is_made_up(walk);
        else if (part_is(walk->part, "sdtContent") && !made_up)
            visit_children(walk, place);
}

/* -- blocks ----------------------------------------------------------------------------------- */

static void add_block(struct walk *walk, struct block_list *list, struct block block)
{
    if (++walk->blocks > DOCUMENT_BLOCKS_MAX)
        docx_fail(walk, STATUS_LIMIT, "too many paragraphs");
    else if (!arena_grow(walk->arena, &list->items, list->count, &list->capacity, sizeof(block)))
        out_of_memory(walk);
    else
        list->items[list->count++] = block;
}

static void add_text(struct walk *walk, struct block_list *list, enum block_kind kind,
                     struct text text, uint32_t page)
{
    if (text_trim(text).length == 0)
        return;
    struct block block = { .text = arena_text(walk->arena, text), .kind = kind, .page = page };
    if (!block.text.data)
        out_of_memory(walk);
    else
        add_block(walk, list, block);
}

static void append_blocks(struct walk *walk, struct block_list *list, const struct block_list *more)
{
    for (size_t i = 0; i < more->count && !walk->status; i++) {
        walk->blocks--; /* counted when it was made */
        add_block(walk, list, more->items[i]);
    }
}

/* Text broken inside its paragraph: whether a line is a paragraph of its own is not for the format
 * to say, people press Shift+Enter for both. */
static void add_lines(struct walk *walk, struct block_list *list, struct text text, uint32_t page)
{
    struct text line;
    while (!walk->status && text_split(&text, TEXT("\v"), &line))
        add_text(walk, list, BLOCK_LINE, line, page);
}

/* The text that a list of blocks still holds back comes out at its end. */
static void close_list(struct walk *walk, struct block_list *list)
{
    struct text open = list->open;
    list->open = (struct text) { NULL, 0 };
    if (memchr(open.length ? open.data : "", SOFT_BREAK, open.length))
        add_lines(walk, list, open, list->open_page);
    else
        add_text(walk, list, BLOCK_PARAGRAPH, open, list->open_page);
}

/* -- runs ------------------------------------------------------------------------------------- */

static bool reads_hidden(struct walk *walk)
{
    bool hidden = false;
    struct part_element here = part_here(walk->part);
    while (part_child(walk->part, &here))
        if (part_is(walk->part, "vanish"))
            hidden = docx_is_on(walk->part);
        else if (part_is(walk->part, "rStyle") && !hidden)
            hidden = docx_numbering_hides(walk->numbering, part_attribute(walk->part, "val"));
    return hidden;
}

static void visit_box(struct walk *walk, struct place place);
static void visit_inline(struct walk *walk, struct place place);
static void visit_mathematics(struct walk *walk, struct place place);
static void visit_paragraph(struct walk *walk, struct place place);
static void visit_run(struct walk *walk, struct place place);
static void visit_drawing(struct walk *walk, struct place place);
static void visit_ruby(struct walk *walk, struct place place);
static void visit_table(struct walk *walk, struct place place);
static void visit_row(struct walk *walk, struct place place);
static void visit_cell(struct walk *walk, struct place place);
static void visit_chunk(struct walk *walk, struct place place);

static const struct rule BLOCK_RULES[] = {
    { "p", visit_paragraph },       { "tbl", visit_table },
    { "sdt", visit_control },       { "customXml", visit_children },
    { "ins", visit_children },      { "moveTo", visit_children },
    { "smartTag", visit_children }, { "AlternateContent", visit_alternatives },
    { "altChunk", visit_chunk },    { NULL, NULL },
};

static const struct rule INLINE_RULES[] = {
    { "r", visit_run },
    { "ins", visit_inline },
    { "moveTo", visit_inline },
    { "hyperlink", visit_inline },
    { "smartTag", visit_inline },
    { "customXml", visit_inline },
    { "fldSimple", visit_inline },
    { "dir", visit_inline },
    { "bdo", visit_inline },
    { "sdt", visit_control },
    { "AlternateContent", visit_alternatives },
    { "oMath", visit_mathematics },
    { "oMathPara", visit_mathematics },
    { NULL, NULL },
};

static const struct rule RUN_RULES[] = {
    { "t", docx_visit_text },
    { "tab", docx_visit_tab },
    { "ptab", docx_visit_tab },
    { "br", docx_visit_break },
    { "cr", docx_visit_break },
    { "noBreakHyphen", docx_visit_hyphen },
    { "sym", docx_visit_symbol },
    { "fldChar", docx_visit_field },
    { "ruby", visit_ruby },
    { "lastRenderedPageBreak", docx_visit_page_break },
    { "drawing", visit_drawing },
    { "pict", visit_drawing },
    { "object", visit_drawing },
    { "AlternateContent", visit_alternatives },
    { NULL, NULL },
};

static const struct rule DRAWING_RULES[] = {
    { "txbxContent", visit_box },
    { NULL, NULL },
};

static const struct rule TABLE_RULES[] = {
    { "tr", visit_row },
    { "sdt", visit_control },
    { "customXml", visit_children },
    { "AlternateContent", visit_alternatives },
    { NULL, NULL },
};

static const struct rule ROW_RULES[] = {
    { "tc", visit_cell },
    { "sdt", visit_control },
    { "customXml", visit_children },
    { "AlternateContent", visit_alternatives },
    { NULL, NULL },
};

static const struct rule MATHEMATICS_RULES[] = {
    { "t", docx_visit_text },
    { NULL, NULL },
};

static void visit_run(struct walk *walk, struct place place)
{
    place.rules = RUN_RULES;
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (part_is(walk->part, "rPr")) {
            place.hidden |= reads_hidden(walk);
            continue;
        }
        const struct rule *rule = find_rule(RUN_RULES, part_name(walk->part));
        if (rule)
            rule->visit(walk, place);
    }
}

static void visit_inline(struct walk *walk, struct place place)
{
    place.rules = INLINE_RULES;
    visit_children(walk, place);
}

static void visit_mathematics(struct walk *walk, struct place place)
{
    place.rules = MATHEMATICS_RULES;
    visit_descendants(walk, place);
}

/* A word with its pronunciation above it: the word. */
static void visit_ruby(struct walk *walk, struct place place)
{
    place.rules = INLINE_RULES;
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here))
        if (part_is(walk->part, "rubyBase"))
            visit_children(walk, place);
}

static void visit_drawing(struct walk *walk, struct place place)
{
    place.rules = DRAWING_RULES;
    visit_descendants(walk, place);
}

static void visit_box(struct walk *walk, struct place place)
{
    if (place.hidden)
        return;
    uint32_t field_code = walk->field_code;
    int field_depth = walk->field_depth;
    walk->field_code = 0; /* a box is a text of its own */
    walk->field_depth = 0;
    struct block_list *boxes = &place.text->boxes;
    visit_children(walk, (struct place) { .rules = BLOCK_RULES, .blocks = boxes });
    close_list(walk, boxes);
    walk->field_code = field_code;
    walk->field_depth = field_depth;
}

/* -- paragraphs ------------------------------------------------------------------------------- */

/* w:rPr of the paragraph mark: one that is deleted or hidden does not end the paragraph. */
static void read_mark(struct walk *walk, struct inline_text *text)
{
    struct part_element here = part_here(walk->part);
    while (part_child(walk->part, &here))
        if (part_is(walk->part, "del") || part_is(walk->part, "moveFrom"))
            text->joined = true;
        else if (part_is(walk->part, "vanish"))
            text->joined |= docx_is_on(walk->part);
}

static void read_properties(struct walk *walk, struct inline_text *text)
{
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (part_is(walk->part, "pStyle")) {
            text->properties.style = arena_text(walk->arena, part_attribute(walk->part, "val"));
            if (!text->properties.style.data)
                out_of_memory(walk);
        } else if (part_is(walk->part, "numPr")) {
            docx_read_list_reference(walk->part, &text->properties);
        } else if (part_is(walk->part, "outlineLvl")) {
            text->properties.outline = docx_number(walk->part, "val", 9);
        } else if (part_is(walk->part, "rPr")) {
            read_mark(walk, text);
        }
    }
}

static void add_paragraph(struct walk *walk, struct block_list *list,
                          const struct inline_text *read, struct text text)
{
    if (memchr(text.data, SOFT_BREAK, text.length)) {
        add_lines(walk, list, text, read->page);
        return;
    }
    size_t before = list->count;
    add_text(walk, list, BLOCK_PARAGRAPH, text, read->page);
    int outline = read->properties.outline;
    if (list->count > before && outline >= 0 && outline < DOCX_LEVELS && !marker_begins(text) &&
        utf8_count(text) <= HEADING_CODEPOINTS_MAX) {
        list->items[before].kind = BLOCK_HEADING;
        list->items[before].level = outline + 1;
    }
}

/* The paragraph has been read: puts its number in front, or holds it back for the next one. */
static void end_paragraph(struct walk *walk, struct block_list *list, struct inline_text *read)
{
    CLEANUP(buffer_release) struct buffer text = BUFFER_INIT;
    docx_numbering_resolve(walk->numbering, &read->properties);
    bool goes_on = list->open.length > 0;
    if (goes_on)
        buffer_append(&text, list->open);
    if (goes_on && list->open_page)
        read->page = list->open_page;
    bool nothing = read->joined && read->text.length == 0;
    if (!goes_on && !nothing && !walk->status)
        docx_numbering_mark(walk->numbering, &read->properties, buffer_text(&read->text), &text);
    if (read->text.length > 0)
        buffer_append(&text, buffer_text(&read->text));
    if (text.failed)
        out_of_memory(walk);
    if (walk->status)
        return;

    if (read->joined) {
        list->open = text.length > 0 ? arena_text(walk->arena, buffer_text(&text))
                                     : (struct text) { NULL, 0 };
        list->open_page = read->page;
        if (text.length > 0 && !list->open.data)
            out_of_memory(walk);
        return;
    }
    list->open = (struct text) { NULL, 0 };
    if (read->text.length > 0 || goes_on) /* a number alone is no text */
        add_paragraph(walk, list, read, buffer_text(&text));
}

static void visit_paragraph(struct walk *walk, struct place place)
{
    struct inline_text read = {
        .properties = { .list = DOCX_UNSET, .level = DOCX_UNSET, .outline = DOCX_UNSET },
        .page = walk->page,
    };
    struct place inside = { .rules = INLINE_RULES, .blocks = place.blocks, .text = &read };
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (part_is(walk->part, "pPr")) {
            read_properties(walk, &read);
            continue;
        }
        const struct rule *rule = find_rule(INLINE_RULES, part_name(walk->part));
        if (rule)
            rule->visit(walk, inside);
    }
    walk->field_code = 0; /* a code does not go beyond its paragraph, unless its end is missing */
    bool first = walk->blocks == read.boxes.count && place.blocks->open.length == 0;
    if (first && read.boxes.count == 1) /* the letterhead, above everything */
        append_blocks(walk, place.blocks, &read.boxes);
    end_paragraph(walk, place.blocks, &read);
    if (!first || read.boxes.count != 1)
        append_blocks(walk, place.blocks, &read.boxes);
    buffer_release(&read.text);
}

/* Another document in place of a paragraph. */
static void visit_chunk(struct walk *walk, struct place place)
{
    struct document chunk = { .block_count = 0 };
    if (!walk->chunks)
        return;
    enum status status = docx_chunk_read(walk->chunks, part_attribute(walk->part, "id"),
                                         walk->arena, &chunk, walk->error);
    if (status && !walk->status)
        walk->status = status;
    close_list(walk, place.blocks);
    for (size_t i = 0; i < chunk.block_count && !walk->status; i++)
        add_block(walk, place.blocks, chunk.blocks[i]);
}

/* -- tables ----------------------------------------------------------------------------------- */

static void visit_cell(struct walk *walk, struct place place)
{
    struct row *row = place.row;
    if (!arena_grow(walk->arena, &row->cells, row->count, &row->capacity, sizeof(*row->cells))) {
        out_of_memory(walk);
        return;
    }
    struct block_list cell = { .items = NULL };
    visit_children(walk, (struct place) { .rules = BLOCK_RULES, .blocks = &cell });
    close_list(walk, &cell);
    row->cells[row->count++] = cell;
}

static bool is_running_text(const struct block_list *cell)
{
    size_t codepoints = 0;
    for (size_t i = 0; i < cell->count; i++)
        codepoints += utf8_count(cell->items[i].text);
    return cell->count > 1 && codepoints > CELL_CODEPOINTS_MAX;
}

static void append_cell(struct buffer *line, const struct block_list *cell)
{
    if (line->length > 0)
        buffer_append(line, TEXT(" | "));
    for (size_t i = 0; i < cell->count; i++) {
        if (i > 0)
            buffer_append_byte(line, ' ');
        buffer_append(line, text_trim(cell->items[i].text));
    }
}

/* Cells side by side in one line, until one that holds running text: that one, like a cell that
 * is alone in its row, is there for the layout. */
static void end_row(struct walk *walk, struct block_list *list, const struct row *row)
{
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    size_t filled = 0;
    uint32_t page = 0;
    for (size_t i = 0; i < row->count; i++)
        filled += row->cells[i].count > 0;
    for (size_t i = 0; i < row->count && !walk->status; i++) {
        const struct block_list *cell = &row->cells[i];
        if (cell->count == 0)
            continue;
        if (filled > 1 && !is_running_text(cell)) {
            page = line.length > 0 ? page : cell->items[0].page;
            append_cell(&line, cell);
            continue;
        }
        add_text(walk, list, BLOCK_PARAGRAPH, buffer_text(&line), page);
        buffer_clear(&line);
        append_blocks(walk, list, cell);
    }
    if (line.failed)
        out_of_memory(walk);
    else
        add_text(walk, list, BLOCK_PARAGRAPH, buffer_text(&line), page);
}

static void visit_row(struct walk *walk, struct place place)
{
    struct row row = { .cells = NULL };
    struct place inside = { .rules = ROW_RULES, .row = &row };
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (part_is(walk->part, "trPr")) {
            struct part_element properties = part_here(walk->part);
            while (part_child(walk->part, &properties))
                row.deleted |= part_is(walk->part, "del");
            continue;
        }
        const struct rule *rule = find_rule(ROW_RULES, part_name(walk->part));
        if (rule)
            rule->visit(walk, inside);
    }
    if (!row.deleted)
        end_row(walk, place.blocks, &row);
}

static void visit_table(struct walk *walk, struct place place)
{
    close_list(walk, place.blocks);
    place.rules = TABLE_RULES;
    visit_children(walk, place);
}

/* -- the whole -------------------------------------------------------------------------------- */

enum status docx_read_body(struct part *part, struct docx_numbering *numbering,
                           struct docx_chunks *chunks, struct document *document,
                           struct arena *arena, struct error *error)
{
    struct walk walk = { .part = part,
                         .numbering = numbering,
                         .chunks = chunks,
                         .document = document,
                         .arena = arena,
                         .error = error };
    /* Word notes where pages began when it last laid the text out; without that nobody knows. */
    if (text_contains(buffer_text(&part->bytes), TEXT("lastRenderedPageBreak")))
        walk.page = 1;

    struct block_list blocks = { .items = NULL };
    struct part_element root = part_here(part);
    while (!walk.status && part_child(part, &root))
        if (part_is(part, "body"))
            visit_children(&walk, (struct place) { .rules = BLOCK_RULES, .blocks = &blocks });
    close_list(&walk, &blocks);
    document->blocks = blocks.items;
    document->block_count = blocks.count;
    document->block_capacity = blocks.capacity;
    if (!walk.status && !facts_take_rows(document, arena))
        out_of_memory(&walk);
    return walk.status;
}
