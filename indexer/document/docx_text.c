/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in a run: text, breaks, signs, and fields, of which the result is text and the code is
 * not. */
#include <stdlib.h>

#include "indexer/document/docx_walk.h"

#define FIELDS_MAX 32 /* one inside the other */

/* -- text of a paragraph ---------------------------------------------------------------------- */

static void put(struct walk *walk, struct place place, struct text text)
{
    if (place.hidden || walk->field_code || text.length == 0)
        return;
    walk->bytes += text.length;
    walk->progress++;
    if (walk->bytes > DOCUMENT_BYTES_MAX)
        docx_fail(walk, STATUS_LIMIT, "more than 64 MiB of text");
    if (place.text->text.length == 0)
        place.text->page = walk->page;
    buffer_append(&place.text->text, text);
    if (place.text->text.failed)
        docx_fail(walk, STATUS_NO_MEMORY, "out of memory");
}

void docx_visit_text(struct walk *walk, struct place place)
{
    bool keep = text_equal(part_attribute(walk->part, "space"), TEXT("preserve"));
    struct part_element here = part_here(walk->part);
    while (!walk->status && part_child(walk->part, &here)) {
        if (!part_is_text(walk->part))
            continue;
        struct text text = part_text(walk->part);
        while (!keep && text.length > 0 && strchr(" \t\r\n", text.data[0]))
            text = text_slice(text, 1, text.length - 1);
        while (!keep && text.length > 0 && strchr(" \t\r\n", text.data[text.length - 1]))
            text.length--;
        put(walk, place, text);
    }
}

void docx_visit_tab(struct walk *walk, struct place place)
{
    put(walk, place, TEXT("\t"));
}

void docx_visit_hyphen(struct walk *walk, struct place place)
{
    put(walk, place, TEXT("-"));
}

void docx_visit_break(struct walk *walk, struct place place)
{
    struct text type = part_attribute(walk->part, "type");
    if (!text_equal(type, TEXT("page")) && !text_equal(type, TEXT("column")))
        put(walk, place, TEXT("\v"));
}

void docx_visit_page_break(struct walk *walk, struct place place)
{
    (void)place;
    if (walk->page > 0 && walk->page < UINT32_MAX)
        walk->page++;
}

/* The signs of symbol fonts that forms are made with; others have no meaning outside their font. */
void docx_visit_symbol(struct walk *walk, struct place place)
{
    static const struct {
        const char *font;
        unsigned code;
        struct text text;
    } SIGNS[] = {
        { "Wingdings", 0x6C, TEXT_INIT("●") },   { "Wingdings", 0x6E, TEXT_INIT("■") },
        { "Wingdings", 0x6F, TEXT_INIT("□") },   { "Wingdings", 0xA8, TEXT_INIT("□") },
        { "Wingdings", 0xFC, TEXT_INIT("✓") },   { "Wingdings", 0xFE, TEXT_INIT("☑") },
        { "Wingdings", 0xFD, TEXT_INIT("☒") },   { "Wingdings 2", 0x50, TEXT_INIT("✓") },
        { "Wingdings 2", 0x52, TEXT_INIT("☑") }, { "Wingdings 2", 0xA3, TEXT_INIT("□") },
        { "Symbol", 0xB7, TEXT_INIT("·") },      { "Symbol", 0xB4, TEXT_INIT("×") },
        { "Symbol", 0xB0, TEXT_INIT("°") },      { "Symbol", 0xA3, TEXT_INIT("≤") },
        { "Symbol", 0xB3, TEXT_INIT("≥") },      { "Symbol", 0xB1, TEXT_INIT("±") },
    };
    char digits[8] = "";
    struct text code_text = part_attribute(walk->part, "char");
    if (code_text.length == 0 || code_text.length >= sizeof(digits))
        return;
    memcpy(digits, code_text.data, code_text.length);
    unsigned code = (unsigned)strtoul(digits, NULL, 16);
    struct text font = part_attribute(walk->part, "font");
    for (size_t i = 0; i < sizeof(SIGNS) / sizeof(SIGNS[0]); i++)
        if (SIGNS[i].code == (code & 0xFF) && (code < 0x100 || code >> 8 == 0xF0) &&
            text_equal(text_of(SIGNS[i].font), font)) {
            put(walk, place, SIGNS[i].text);
            return;
        }
}

/* -- fields: begin, code, separate, result, end ------------------------------------------------ */

void docx_visit_field(struct walk *walk, struct place place)
{
    (void)place;
    struct text type = part_attribute(walk->part, "fldCharType");
    uint32_t bit = walk->field_depth > 0 ? UINT32_C(1) << (walk->field_depth - 1) : 0;
    if (text_equal(type, TEXT("begin"))) {
        if (walk->field_depth < FIELDS_MAX)
            walk->field_code |= UINT32_C(1) << walk->field_depth++;
    } else if (text_equal(type, TEXT("separate"))) {
        walk->field_code &= ~bit;
    } else if (text_equal(type, TEXT("end")) && walk->field_depth > 0) {
        walk->field_code &= ~bit;
        walk->field_depth--;
    }
}
