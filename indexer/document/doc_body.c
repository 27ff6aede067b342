/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A paragraph's properties stand at its mark, so its runs wait in a buffer until that is reached.
 * Special characters are those of [MS-DOC] 2.4.1. */
#include "indexer/document/doc_body.h"

#include "indexer/document/doc_lists.h"
#include "indexer/document/ole_container.h"

#define DEPTH_MAX 16 /* tables in tables */
#define SHAPE_BYTES 26
#define BOX_BYTES 22
#define PARAGRAPH_MARK 0x0D
#define PAGE_MARK 0x0C
#define CELL_MARK 0x07
#define SHAPE 0x08

struct writer {
    const struct doc_file *file;
    struct buffer *xml;
    struct buffer runs; /* of the paragraph that is open */
    struct doc_run paragraph, character;
    size_t piece;
    uint32_t high; /* the first half of a surrogate pair, or 0 */
    bool in_text;  /* <t> is open */
    bool in_box;
    int depth; /* tables that are open */
    bool row[DEPTH_MAX], cell[DEPTH_MAX];
};

/* --- runs ----------------------------------------------------------------------------------- */

static void put_element(struct writer *writer, const char *element)
{
    if (writer->in_text)
        buffer_append(&writer->runs, TEXT("</t>"));
    writer->in_text = false;
    buffer_append(&writer->runs, text_of(element));
}

static void put_character(struct writer *writer, uint32_t codepoint)
{
    if (!writer->in_text)
        buffer_append(&writer->runs, TEXT("<t space='preserve'>"));
    writer->in_text = true;
    if (codepoint == '<' || codepoint == '&' || codepoint == '>')
        buffer_printf(&writer->runs, "&#%u;", (unsigned)codepoint);
    else if (codepoint != 0xFFFE && codepoint != 0xFFFF)
        buffer_append_codepoint(&writer->runs, codepoint);
}

static void put_unit(struct writer *writer, uint32_t unit)
{
    uint32_t high = writer->high;
    writer->high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    bool low = unit >= 0xDC00 && unit < 0xE000;
    if (high && low) {
        put_character(writer, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        return;
    }
    if (high || low)
        put_character(writer, 0xFFFD);
    if (!writer->high && !low)
        put_character(writer, unit);
}

static void put(struct writer *writer, uint32_t unit)
{
    static const char *const ELEMENTS[32] = {
        [0x09] = "<tab/>",
        [0x0B] = "<br/>",
        [0x13] = "<fldChar fldCharType='begin'/>",
        [0x14] = "<fldChar fldCharType='separate'/>",
        [0x15] = "<fldChar fldCharType='end'/>",
        [0x1E] = "<noBreakHyphen/>",
    };
    if (unit >= 0x20)
        put_unit(writer, unit);
    else if (ELEMENTS[unit])
        put_element(writer, ELEMENTS[unit]);
}

/* --- tables --------------------------------------------------------------------------------- */

static void close_cell(struct writer *writer)
{
    if (writer->cell[writer->depth - 1])
        buffer_append(writer->xml, TEXT("</tc>"));
    writer->cell[writer->depth - 1] = false;
}

static void close_row(struct writer *writer)
{
    close_cell(writer);
    if (writer->row[writer->depth - 1])
        buffer_append(writer->xml, TEXT("</tr>"));
    writer->row[writer->depth - 1] = false;
}

static void close_tables(struct writer *writer, int depth)
{
    for (; writer->depth > depth; writer->depth--) {
        close_row(writer);
        buffer_append(writer->xml, TEXT("</tbl>"));
    }
}

static void open_cell(struct writer *writer)
{
    int top = writer->depth - 1;
    if (!writer->row[top])
        buffer_append(writer->xml, TEXT("<tr>"));
    if (!writer->cell[top])
        buffer_append(writer->xml, TEXT("<tc>"));
    writer->row[top] = writer->cell[top] = true;
}

static void open_tables(struct writer *writer, int depth)
{
    close_tables(writer, depth);
    while (writer->depth < depth) {
        if (writer->depth)
            open_cell(writer);
        buffer_append(writer->xml, TEXT("<tbl>"));
        writer->row[writer->depth] = writer->cell[writer->depth] = false;
        writer->depth++;
    }
}

/* --- paragraphs ----------------------------------------------------------------------------- */

static void write_paragraph(struct writer *writer, const struct doc_paragraph *paragraph)
{
    struct buffer *xml = writer->xml;
    put_element(writer, "");
    buffer_printf(xml, "<p><pPr><pStyle val='%u'/><numPr>", (unsigned)paragraph->style);
    if (paragraph->list.level != DOCX_UNSET)
        buffer_printf(xml, "<ilvl val='%d'/>", paragraph->list.level);
    if (paragraph->list.list != DOCX_UNSET)
        buffer_printf(xml, "<numId val='%d'/>", paragraph->list.list);
    buffer_append(xml, TEXT("</numPr>"));
    if (paragraph->list.outline != DOCX_UNSET)
        buffer_printf(xml, "<outlineLvl val='%d'/>", paragraph->list.outline);
    buffer_append(xml, TEXT("</pPr><r>"));
    if (writer->runs.length)
        buffer_append(xml, buffer_text(&writer->runs));
    buffer_append(xml, TEXT("</r></p>"));
}

static void end_paragraph(struct writer *writer, size_t offset, uint32_t mark)
{
    doc_file_run(writer->file, DOC_PARAGRAPH_RUNS, offset, &writer->paragraph);
    struct doc_paragraph paragraph = DOC_PARAGRAPH_INIT;
    struct text properties = writer->paragraph.properties;
    paragraph.style = ole_number(properties, 0, 2);
    if (properties.length > 2)
        doc_read_properties(text_slice(properties, 2, properties.length - 2), &paragraph);
    if (paragraph.depth > DEPTH_MAX)
        paragraph.depth = DEPTH_MAX;
    bool cell_ends = paragraph.depth && (mark == CELL_MARK || paragraph.inner_cell);
    bool row_ends = paragraph.depth && (paragraph.row_end || paragraph.inner_row);

    open_tables(writer, paragraph.depth);
    if (writer->depth && !row_ends)
        open_cell(writer);
    if (!row_ends)
        write_paragraph(writer, &paragraph);
    if (row_ends)
        close_row(writer);
    else if (cell_ends)
        close_cell(writer);
    buffer_clear(&writer->runs);
    writer->in_text = false;
    writer->high = 0;
}

/* --- boxes ---------------------------------------------------------------------------------- */

static void write_range(struct writer *writer, size_t start, size_t end);

/* Number of a row of `size` bytes behind its character numbers, of which `wanted` is one. */
static bool find_row(struct text table, struct doc_place place, size_t size, size_t wanted,
                     size_t *at)
{
    size_t count = place.length < 4 ? 0 : (place.length - 4) / (4 + size), low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ole_number(table, place.offset + 4 * middle, 4) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    *at = place.offset + 4 * (count + 1) + low * size;
    return low < count && ole_number(table, place.offset + 4 * low, 4) == wanted;
}

/* The text of the shape that hangs at this character, as a text of its own. */
static void put_box(struct writer *writer, size_t number)
{
    const struct doc_file *file = writer->file;
    struct text table = buffer_text(&file->table);
    struct doc_place boxes = doc_file_place(file, DOC_BOXES);
    size_t count = boxes.length < 4 ? 0 : (boxes.length - 4) / (4 + BOX_BYTES), at;
    if (writer->in_box ||
        !find_row(table, doc_file_place(file, DOC_SHAPES), SHAPE_BYTES, number, &at))
        return;
    uint32_t shape = ole_number(table, at, 4);
    for (size_t i = 0; i < count; i++) {
        size_t row = boxes.offset + 4 * (count + 1) + i * BOX_BYTES;
        if (ole_number(table, row + 14, 4) != shape)
            continue;
        size_t start = ole_number(table, boxes.offset + 4 * i, 4);
        size_t end = ole_number(table, boxes.offset + 4 * i + 4, 4);
        struct buffer xml = BUFFER_INIT;
        struct writer inside = { .file = file, .xml = &xml, .in_box = true };
        write_range(&inside, file->boxes_start + start, file->boxes_start + end);
        put_element(writer, "<pict><txbxContent>");
        if (xml.length)
            buffer_append(&writer->runs, buffer_text(&xml));
        buffer_append(&writer->runs, TEXT("</txbxContent></pict>"));
        buffer_release(&xml);
        return;
    }
}

/* --- the whole ------------------------------------------------------------------------------ */

/* A page break is a character of its paragraph, unless the paragraph's properties end with it. */
static bool ends_paragraph(struct writer *writer, const struct doc_character *character)
{
    if (character->unit == PARAGRAPH_MARK || character->unit == CELL_MARK)
        return true;
    if (character->unit != PAGE_MARK)
        return false;
    doc_file_run(writer->file, DOC_PARAGRAPH_RUNS, character->offset, &writer->paragraph);
    return writer->paragraph.end == character->next;
}

static void write_range(struct writer *writer, size_t start, size_t end)
{
    struct doc_character character;
    uint32_t last = 0;
    size_t offset = 0;
    for (size_t i = start; i < end && i < writer->file->characters && !writer->xml->failed; i++) {
        if (!doc_file_character(writer->file, i, &writer->piece, &character))
            continue;
        last = character.unit;
        offset = character.offset;
        if (ends_paragraph(writer, &character)) {
            end_paragraph(writer, offset, last);
            continue;
        }
        doc_file_run(writer->file, DOC_CHARACTER_RUNS, offset, &writer->character);
        if (doc_is_hidden(writer->character.properties))
            continue;
        if (last == SHAPE)
            put_box(writer, i);
        else
            put(writer, last);
    }
    if (writer->runs.length)
        end_paragraph(writer, offset, PARAGRAPH_MARK);
    close_tables(writer, 0);
    if (writer->runs.failed && !writer->xml->failed)
        writer->xml->failed = writer->runs.failed;
    buffer_release(&writer->runs);
}

void doc_body_write(const struct doc_file *file, struct buffer *xml)
{
    struct writer writer = { .file = file, .xml = xml };
    buffer_append(xml, TEXT("<document><body>"));
    write_range(&writer, 0, file->main_characters);
    buffer_append(xml, TEXT("</body></document>"));
}
