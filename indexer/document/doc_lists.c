/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Layouts: [MS-DOC] 2.9.131 LFO, .133 LFOLVL, .147 LSTF, .150 LVLF, .271 STSHI, .258 STD and 2.6 for
 * the operand sizes of properties. */
#include "indexer/document/doc_lists.h"

#include "indexer/base/utf8.h"
#include "indexer/document/ole_container.h"

#define LISTS_MAX 4096 /* Word allows 2047 */
#define STYLES_MAX 4096
#define STYLE_NONE 0xFFF
#define LSTF_BYTES 28
#define LVLF_BYTES 28
#define LFO_BYTES 16
#define PATTERN_MAX 64 /* characters */
#define SPRM_LEVEL 0x260A
#define SPRM_LIST 0x460B
#define SPRM_OUTLINE 0x2640
#define SPRM_IN_TABLE 0x2416
#define SPRM_ROW_END 0x2417
#define SPRM_DEPTH 0x6649
#define SPRM_INNER_CELL 0x244B
#define SPRM_INNER_ROW 0x244C
#define SPRM_HIDDEN 0x083C
#define SPRM_DELETED 0x0800
#define SPRM_TABLE 0xD608
#define SPRM_TABS 0xC615
#define LIST_LAST 0x7FE /* above are lists of Word 6 and "none" */

/* MSONFC, [MS-OSHARED] 2.2.1.3, by its number. */
static const char *const FORMATS[] = {
    [0] = "decimal",
    [1] = "upperRoman",
    [2] = "lowerRoman",
    [3] = "upperLetter",
    [4] = "lowerLetter",
    [5] = "ordinal",
    [10] = "ideographDigital",
    [11] = "japaneseCounting",
    [14] = "decimalFullWidth",
    [15] = "decimal",
    [16] = "japaneseLegal",
    [17] = "japaneseDigitalTenThousand",
    [18] = "decimalEnclosedCircle",
    [19] = "decimalFullWidth2",
    [22] = "decimalZero",
    [23] = "bullet",
    [26] = "decimalEnclosedFullstop",
    [27] = "decimalEnclosedParen",
    [28] = "decimalEnclosedCircleChinese",
    [29] = "ideographEnclosedCircle",
    [30] = "ideographTraditional",
    [31] = "ideographZodiac",
    [33] = "taiwaneseCounting",
    [34] = "ideographLegalTraditional",
    [35] = "taiwaneseCountingThousand",
    [36] = "taiwaneseDigital",
    [37] = "chineseCounting",
    [38] = "chineseLegalSimplified",
    [39] = "chineseCountingThousand",
    [40] = "ideographDigital",
    [41] = "koreanCounting",
};

static const char *format_name(uint32_t number)
{
    if (number == 255)
        return "none";
    bool known = number < sizeof(FORMATS) / sizeof(FORMATS[0]) && FORMATS[number];
    return known ? FORMATS[number] : "decimal";
}

/* --- properties ----------------------------------------------------------------------------- */

/* Bytes of the operand behind a property's code; its first byte is at `at`. */
static size_t operand_size(struct text properties, uint32_t code, size_t at)
{
    static const size_t SIZES[] = { 1, 1, 2, 4, 2, 2, 0, 3 };
    if (code >> 13 != 6)
        return SIZES[code >> 13];
    if (code == SPRM_TABLE)
        return (size_t)ole_number(properties, at, 2) + 1;
    uint32_t length = ole_number(properties, at, 1);
    if (code != SPRM_TABS || length != 255)
        return (size_t)length + 1;
    size_t deleted = ole_number(properties, at + 1, 1);
    return 3 + 4 * deleted + 3 * (size_t)ole_number(properties, at + 2 + 4 * deleted, 1);
}

static void read_property(struct text properties, uint32_t code, size_t at,
                          struct doc_paragraph *paragraph)
{
    uint32_t byte = ole_number(properties, at, 1), list = ole_number(properties, at, 2);
    switch (code) {
    case SPRM_LEVEL:
        paragraph->list.level = byte < DOCX_LEVELS ? (int)byte : 0;
        break;
    case SPRM_LIST:
        paragraph->list.list = list <= LIST_LAST ? (int)list : 0;
        break;
    case SPRM_OUTLINE:
        paragraph->list.outline = byte < DOCX_LEVELS ? (int)byte : DOCX_LEVELS;
        break;
    case SPRM_IN_TABLE:
        if (byte && !paragraph->depth)
            paragraph->depth = 1;
        break;
    case SPRM_DEPTH:
        paragraph->depth = byte < INT8_MAX ? (int)byte : INT8_MAX;
        break;
    case SPRM_ROW_END:
        paragraph->row_end = byte != 0;
        break;
    case SPRM_INNER_CELL:
        paragraph->inner_cell = byte != 0;
        break;
    case SPRM_INNER_ROW:
        paragraph->inner_row = byte != 0;
        break;
    default:
        break;
    }
}

void doc_read_properties(struct text properties, struct doc_paragraph *paragraph)
{
    for (size_t at = 0; at + 3 <= properties.length;) {
        uint32_t code = ole_number(properties, at, 2);
        at += 2;
        read_property(properties, code, at, paragraph);
        at += operand_size(properties, code, at);
    }
}

bool doc_is_hidden(struct text properties)
{
    bool hidden = false, deleted = false;
    for (size_t at = 0; at + 3 <= properties.length;) {
        uint32_t code = ole_number(properties, at, 2);
        at += 2;
        bool on = ole_number(properties, at, 1) & 1; /* 80 and 81: as, or unlike, the style */
        if (code == SPRM_HIDDEN)
            hidden = on;
        else if (code == SPRM_DELETED)
            deleted = on;
        at += operand_size(properties, code, at);
    }
    return hidden || deleted;
}

/* --- lists ---------------------------------------------------------------------------------- */

/* A level's text: characters below 9 stand for the number of that level. */
static void write_pattern(struct text table, size_t at, size_t count, struct buffer *xml)
{
    for (size_t i = 0; i < count && i < PATTERN_MAX; i++) {
        uint32_t unit = ole_number(table, at + 2 * i, 2);
        if (unit < DOCX_LEVELS)
            buffer_printf(xml, "%%%u", (unsigned)unit + 1);
        else if (unit >= 0x20 && unit != 0xFFFE && unit != 0xFFFF &&
                 (unit < 0xD800 || unit > 0xDFFF))
            buffer_printf(xml, "&#%u;", (unsigned)unit);
    }
}

/* Writes the LVL at `*at` and moves behind it. False: it reaches over the end of the stream. */
static bool write_level(struct text table, size_t *at, int level, uint32_t style,
                        struct buffer *xml)
{
    size_t start = *at;
    size_t text =
        start + LVLF_BYTES + ole_number(table, start + 24, 1) + ole_number(table, start + 25, 1);
    if (text + 2 > table.length)
        return false;
    size_t count = ole_number(table, text, 2);
    *at = text + 2 + 2 * count;
    if (*at > table.length)
        return false;
    uint32_t flags = ole_number(table, start + 5, 1), follow = ole_number(table, start + 15, 1);
    buffer_printf(xml, "<lvl ilvl='%d'><start val='%u'/><numFmt val='%s'/>", level,
                  (unsigned)ole_number(table, start, 4) & 0x7FFF,
                  format_name(ole_number(table, start + 4, 1)));
    if (flags & 4)
        buffer_append(xml, TEXT("<isLgl/>"));
    if (flags & 8)
        buffer_printf(xml, "<lvlRestart val='%u'/>", (unsigned)ole_number(table, start + 26, 1));
    if (style != STYLE_NONE)
        buffer_printf(xml, "<pStyle val='%u'/>", (unsigned)style);
    buffer_printf(xml, "<suff val='%s'/><lvlText val='", follow == 2 ? "nothing" : "tab");
    write_pattern(table, text + 2, count, xml);
    buffer_append(xml, TEXT("'/></lvl>"));
    return true;
}

/* The LSTFs lie in the place, the levels of all of them one after the other behind it. */
static void write_definitions(struct text table, struct doc_place place, struct buffer *xml)
{
    size_t count = ole_number(table, place.offset, 2), at = place.offset + place.length;
    bool good = true;
    if (count > LISTS_MAX || 2 + count * LSTF_BYTES > place.length)
        return;
    for (size_t i = 0; i < count && good; i++) {
        size_t list = place.offset + 2 + i * LSTF_BYTES;
        int levels = ole_number(table, list + 26, 1) & 1 ? 1 : DOCX_LEVELS;
        buffer_printf(xml, "<abstractNum abstractNumId='%zu'>", i);
        for (int level = 0; level < levels && good; level++)
            good = write_level(table, &at, level,
                               ole_number(table, list + 8 + 2 * (size_t)level, 2), xml);
        buffer_append(xml, TEXT("</abstractNum>"));
    }
}

static bool find_definition(struct text table, struct doc_place place, uint32_t id, size_t *number)
{
    size_t count = ole_number(table, place.offset, 2);
    for (*number = 0; *number < count; (*number)++)
        if (ole_number(table, place.offset + 2 + *number * LSTF_BYTES, 4) == id)
            return true;
    return false;
}

/* The LFOLVLs of one list, from `*at` on. */
static bool write_overrides(struct text table, size_t *at, size_t count, struct buffer *xml)
{
    *at += 4; /* the position in the text that nobody uses */
    for (size_t i = 0; i < count; i++) {
        if (*at + 8 > table.length)
            return false;
        uint32_t start = ole_number(table, *at, 4), flags = ole_number(table, *at + 4, 4);
        int level = (int)(flags & 15);
        bool good = true;
        *at += 8;
        buffer_printf(xml, "<lvlOverride ilvl='%d'>", level);
        if (flags & 16 && !(flags & 32))
            buffer_printf(xml, "<startOverride val='%u'/>", (unsigned)start & 0x7FFF);
        if (flags & 32)
            good = write_level(table, at, level, STYLE_NONE, xml);
        buffer_append(xml, TEXT("</lvlOverride>"));
        if (!good)
            return false;
    }
    return true;
}

static void write_instances(struct text table, struct doc_place lists, struct doc_place place,
                            struct buffer *xml)
{
    size_t count = ole_number(table, place.offset, 4);
    size_t at = place.offset + 4 + count * LFO_BYTES;
    bool good = true;
    if (count > LISTS_MAX || at > place.offset + place.length)
        return;
    for (size_t i = 0; i < count && good; i++) {
        size_t instance = place.offset + 4 + i * LFO_BYTES, definition;
        if (!find_definition(table, lists, ole_number(table, instance, 4), &definition))
            definition = LISTS_MAX;
        buffer_printf(xml, "<num numId='%zu'><abstractNumId val='%zu'/>", i + 1, definition);
        good = write_overrides(table, &at, ole_number(table, instance + 12, 1), xml);
        buffer_append(xml, TEXT("</num>"));
    }
}

void doc_lists_write(struct text table, struct doc_place lists, struct doc_place overrides,
                     struct buffer *xml)
{
    buffer_append(xml, TEXT("<numbering>"));
    if (lists.length >= 2 && lists.offset + lists.length <= table.length && overrides.length >= 4 &&
        overrides.offset + overrides.length <= table.length) {
        write_definitions(table, lists, xml);
        write_instances(table, lists, overrides, xml);
    }
    buffer_append(xml, TEXT("</numbering>"));
}

/* --- styles --------------------------------------------------------------------------------- */

/* `style` is an STD, `base` the bytes of its fixed part. */
static void write_style(struct text style, size_t base, size_t number, struct buffer *xml)
{
    struct doc_paragraph paragraph = DOC_PARAGRAPH_INIT;
    uint32_t kind = ole_number(style, 2, 2);
    size_t at = base + 2 + 2 * ((size_t)ole_number(style, base, 2) + 1); /* behind the name */
    if ((kind & 15) != 1 || at + 4 > style.length)
        return;
    size_t length = ole_number(style, at, 2);
    if (length < 2 || length > style.length - at - 2)
        length = 2;
    doc_read_properties(text_slice(style, at + 4, length - 2), &paragraph);
    buffer_printf(xml, "<style type='paragraph' styleId='%zu'%s>", number,
                  number == 0 ? " default='1'" : "");
    if (kind >> 4 != STYLE_NONE)
        buffer_printf(xml, "<basedOn val='%u'/>", (unsigned)kind >> 4);
    buffer_append(xml, TEXT("<pPr><numPr>"));
    if (paragraph.list.list != DOCX_UNSET)
        buffer_printf(xml, "<numId val='%d'/>", paragraph.list.list);
    if (paragraph.list.level != DOCX_UNSET)
        buffer_printf(xml, "<ilvl val='%d'/>", paragraph.list.level);
    buffer_append(xml, TEXT("</numPr>"));
    if (paragraph.list.outline != DOCX_UNSET)
        buffer_printf(xml, "<outlineLvl val='%d'/>", paragraph.list.outline);
    buffer_append(xml, TEXT("</pPr></style>"));
}

void doc_styles_write(struct text table, struct doc_place place, struct buffer *xml)
{
    buffer_append(xml, TEXT("<styles>"));
    if (place.length > 6 && place.offset + place.length <= table.length) {
        struct text sheet = text_slice(table, place.offset, place.length);
        size_t at = 2 + (size_t)ole_number(sheet, 0, 2), base = ole_number(sheet, 4, 2);
        size_t count = ole_number(sheet, 2, 2);
        for (size_t i = 0; i < count && i < STYLES_MAX && at + 2 <= sheet.length; i++) {
            size_t length = ole_number(sheet, at, 2);
            at += 2;
            if (length > sheet.length - at)
                break;
            if (length >= 10)
                write_style(text_slice(sheet, at, length), base, i, xml);
            at += length + (length & 1);
        }
    }
    buffer_append(xml, TEXT("</styles>"));
}
