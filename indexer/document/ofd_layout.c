/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the layout of a Chinese document shows: a paragraph begins two characters in and goes on at
 * the margin; a line that is not full ends one; headings and titles are centred. */
#include "indexer/document/ofd_layout.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/marker.h"

#define EDGE 0.14       /* of the page's height: headers and footers are this far out */
#define SAME_HEIGHT 1.5 /* mm: a running header stands at one height */
#define PAGES_ALIKE 3   /* pages with the same header, at least, unless the document is shorter */
#define SHORT_LINE 40   /* bytes: page numbers and their ornaments are not longer */
#define FULL 3.0        /* em from the right margin: words that are not cut make lines uneven */
#define NEARLY_FULL 5.0
#define BRIMFUL 1.2
#define SAME_SIZE 1.2 /* ratio */
#define PITCH_MAX 1.8 /* of the usual distance of lines: more is a break */
#define INDENT 2.0    /* em, first line of a paragraph */
#define SLACK 0.7     /* em */
#define LINES_MIN 5   /* that tell where the margins are */

/* Where the lines of a zone begin and end. */
struct margins {
    double left, right;
    double pitch; /* usual distance of two lines */
    bool indents; /* paragraphs are indented */
    bool known;
};

enum bond {
    BOND_NONE,
    BOND_MAYBE,
    BOND_SURE,
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* -- headers, footers, page numbers ----------------------------------------------------------- */

static bool is_edge(const struct ofd_line *line, const struct ofd_sheet *sheets, size_t count)
{
    double height = line->page - 1 < count ? sheets[line->page - 1].height : 0;
    return height > 0 && (line->y < height * EDGE || line->y > height * (1 - EDGE));
}

static bool is_ornament(uint32_t codepoint)
{
    switch (codepoint) {
    case '-':
    case '.':
    case ' ':
    case '/':
    case 0x00B7:
    case 0x2022: /* · • */
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x2500:
    case 0xFF0D: /* dashes */
    case 0x3000:
    case 0x7B2C:
    case 0x9875:
    case 0x5171:
    case 0xFF0F:
    case 0x2010: /* 第页共 */
        return true;
    default:
        return false;
    }
}

/* 3, - 3 -, 第3页 共9页: digits among ornaments. A year is none: numbers have up to three digits. */
static bool is_page_number(struct text text)
{
    size_t digits = 0;
    if (text.length == 0 || text.length > SHORT_LINE)
        return false;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        bool digit =
            (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
        digits = digit ? digits + 1 : 0;
        if (digits > 3 || (!digit && !is_ornament(codepoint)))
            return false;
    }
    for (size_t offset = 0; offset < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        if ((codepoint >= '0' && codepoint <= '9') || codepoint >= 0xFF10)
            return true;
    }
    return false;
}

static int by_text(const void *a, const void *b)
{
    const struct ofd_line *first = *(const struct ofd_line *const *)a;
    const struct ofd_line *second = *(const struct ofd_line *const *)b;
    int order = text_compare(first->text, second->text);
    if (order == 0)
        order = (first->y > second->y) - (first->y < second->y);
    return order;
}

/* Marks edge lines that say the same at the same height on page after page: page = 0. */
static void mark_repeated(struct ofd_line **edges, size_t count, size_t sheet_count)
{
    size_t alike = sheet_count < PAGES_ALIKE ? sheet_count : PAGES_ALIKE;
    if (alike < 2 || count < 2)
        return;
    qsort(edges, count, sizeof(*edges), by_text);
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        while (end < count && text_equal(edges[end]->text, edges[first]->text) &&
               edges[end]->y - edges[end - 1]->y < SAME_HEIGHT)
            end++;
        for (size_t i = first; i < end && end - first >= alike; i++)
            edges[i]->page = 0;
        first = end;
    }
}

static enum status drop_edges(struct ofd_lines *lines, const struct ofd_sheet *sheets,
                              size_t sheet_count, struct error *error)
{
    CLEANUP(cleanup_free) struct ofd_line **edges = calloc(lines->count + 1, sizeof(*edges));
    size_t edge_count = 0, kept = 0;
    if (!edges)
        return out_of_memory(error);
    for (size_t i = 0; i < lines->count; i++) {
        struct ofd_line *line = &lines->items[i];
        if (!is_edge(line, sheets, sheet_count))
            continue;
        if (is_page_number(line->text))
            line->page = 0;
        else
            edges[edge_count++] = line;
    }
    mark_repeated(edges, edge_count, sheet_count);
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].page > 0)
            lines->items[kept++] = lines->items[i];
    lines->count = kept;
    return STATUS_OK;
}

/* -- margins ---------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The font size that most of the text has. */
static double body_size(const struct ofd_lines *lines)
{
    size_t bytes[64] = { 0 }; /* by quarter millimetres */
    size_t most = 0;
    for (size_t i = 0; i < lines->count; i++) {
        double quarter = fmin(round(lines->items[i].size * 4), 63);
        bytes[(size_t)quarter] += lines->items[i].text.length;
    }
    for (size_t i = 1; i < 64; i++)
        if (bytes[i] > bytes[most])
            most = i;
    return fmax((double)most / 4, 0.25);
}

/* The first value, from the start of the sorted values, that a few others come close to. */
static double outermost(const double *values, size_t count, bool from_end, double near)
{
    size_t support = count < 12 ? 2 : 2 + count / 20;
    for (size_t i = 0; i < count; i++) {
        double value = values[from_end ? count - 1 - i : i];
        size_t close = 0;
        for (size_t k = i; k < count; k++) {
            if (fabs(values[from_end ? count - 1 - k : k] - value) > near)
                break;
            close++;
        }
        if (close >= support)
            return value;
    }
    return values[from_end ? count - 1 : 0];
}

static double pitch_of(const struct ofd_lines *lines, enum ofd_zone zone, double *values)
{
    size_t count = 0;
    for (size_t i = 1; i < lines->count; i++) {
        const struct ofd_line *a = &lines->items[i - 1], *b = &lines->items[i];
        if (a->zone == zone && b->zone == zone && a->page == b->page && b->y > a->y)
            values[count++] = b->y - a->y;
    }
    if (count == 0)
        return INFINITY;
    qsort(values, count, sizeof(*values), by_value);
    return values[count / 2];
}

/* Values has room for one number per line. */
static struct margins measure(const struct ofd_lines *lines, enum ofd_zone zone, double em,
                              double *values)
{
    struct margins margins = { .pitch = pitch_of(lines, zone, values) };
    size_t count = 0, indented = 0, flush = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].zone == zone)
            values[count++] = lines->items[i].left;
    if (count < LINES_MIN)
        return margins;
    qsort(values, count, sizeof(*values), by_value);
    margins.left = outermost(values, count, false, SLACK * em);
    for (size_t i = 0; i < count; i++) {
        flush += fabs(values[i] - margins.left) < SLACK * em;
        indented += fabs(values[i] - margins.left - INDENT * em) < SLACK * em;
    }
    count = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].zone == zone)
            values[count++] = lines->items[i].right;
    qsort(values, count, sizeof(*values), by_value);
    margins.right = outermost(values, count, true, 1.5 * em);
    margins.indents = indented >= 2 && flush >= 2 && indented * 5 >= flush;
    margins.known = true;
    return margins;
}

/* -- paragraphs ------------------------------------------------------------------------------- */

static bool is_finished(struct text text)
{
    static const struct text ENDS[] = { TEXT_INIT("。"), TEXT_INIT("！"), TEXT_INIT("？"),
                                        TEXT_INIT("；"), TEXT_INIT("："), TEXT_INIT(":") };
    for (size_t i = 0; i < sizeof(ENDS) / sizeof(ENDS[0]); i++)
        if (text_ends_with(text, ENDS[i]))
            return true;
    return false;
}

static bool is_centred(const struct ofd_line *line, const struct margins *margins)
{
    double middle = (line->left + line->right) / 2;
    return line->left > margins->left + line->size &&
           fabs(middle - (margins->left + margins->right) / 2) < line->size;
}

/* Where paragraphs are indented: whether `line` goes on from the full line `before`. */
static enum bond bond_by_indent(const struct ofd_line *before, const struct ofd_line *line,
                                double missing, double indent)
{
    if (indent < SLACK)
        return missing < FULL ? BOND_SURE : missing < NEARLY_FULL ? BOND_MAYBE : BOND_NONE;
    if (fabs(indent - INDENT) < SLACK || missing >= FULL || is_finished(before->text))
        return BOND_NONE;
    return BOND_MAYBE;
}

/* Where they are not: a line that leaves no room for another character goes on in the next, unless
 * that one begins like a heading; with some room left the text has to tell. */
static enum bond bond_by_fullness(const struct ofd_line *before, const struct ofd_line *line,
                                  double missing, double indent)
{
    bool open = !is_finished(before->text) || text_ends_with(before->text, TEXT("；"));
    if (open && missing < BRIMFUL && indent < SLACK && !marker_begins(line->text))
        return BOND_SURE;
    return missing < NEARLY_FULL ? BOND_MAYBE : BOND_NONE;
}

static enum bond find_bond(const struct ofd_line *before, const struct ofd_line *line,
                           const struct margins *margins)
{
    const struct margins *from = &margins[before->zone], *to = &margins[line->zone];
    double em = before->size, ratio = line->size / before->size;
    if (!from->known || !to->known)
        return BOND_MAYBE;
    if (ratio > SAME_SIZE || ratio < 1 / SAME_SIZE)
        return BOND_NONE;
    if (before->page == line->page && before->zone == line->zone &&
        line->y - before->y > fmax(PITCH_MAX * from->pitch, 2.5 * em))
        return BOND_NONE;
    if (is_centred(before, from) && is_centred(line, to))
        return BOND_MAYBE;
    double missing = (from->right - before->right) / em;
    if (before->left - from->left > (INDENT + 1) * em) /* set at the right: a signature, a date */
        return missing < FULL ? BOND_MAYBE : BOND_NONE;
    double indent = (line->left - to->left) / em;
    if (to->indents)
        return bond_by_indent(before, line, missing, indent);
    return bond_by_fullness(before, line, missing, fabs(indent));
}

static bool is_latin(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static enum status emit(const struct ofd_lines *lines, size_t first, size_t end,
                        enum block_kind kind, struct document *document, struct arena *arena,
                        struct error *error)
{
    size_t length = 0;
    for (size_t i = first; i < end; i++)
        length += lines->items[i].text.length + 1;
    char *bytes = arena_alloc(arena, length + 1);
    if (!bytes)
        return out_of_memory(error);
    length = 0;
    for (size_t i = first; i < end; i++) {
        struct text text = lines->items[i].text;
        if (length > 0 && text.length > 0 && is_latin(bytes[length - 1]) && is_latin(text.data[0]))
            bytes[length++] = ' ';
        memcpy(bytes + length, text.data, text.length);
        length += text.length;
    }
    if (document->block_count == DOCUMENT_BLOCKS_MAX)
        return error_set(error, STATUS_LIMIT, "too many lines");
    struct block *block = document_add_block(document, arena, kind, text_of_bytes(bytes, length));
    if (!block)
        return out_of_memory(error);
    block->page = lines->items[first].page;
    return STATUS_OK;
}

/* Lines with sure bonds are one block; where a bond at its ends is not sure, it is a line. */
static enum status emit_all(const struct ofd_lines *lines, const struct margins *margins,
                            struct document *document, struct arena *arena, struct error *error)
{
    enum bond above = BOND_NONE;
    for (size_t first = 0; first < lines->count;) {
        size_t end = first + 1;
        enum bond below = BOND_NONE;
        for (; end < lines->count; end++) {
            below = find_bond(&lines->items[end - 1], &lines->items[end], margins);
            if (below != BOND_SURE)
                break;
        }
        below = end < lines->count ? below : BOND_NONE;
        bool whole = above == BOND_NONE && below == BOND_NONE;
        enum status status =
            emit(lines, first, end, whole ? BLOCK_PARAGRAPH : BLOCK_LINE, document, arena, error);
        if (status)
            return status;
        above = below;
        first = end;
    }
    return STATUS_OK;
}

enum status ofd_lay_out(struct ofd_lines *lines, const struct ofd_sheet *sheets, size_t sheet_count,
                        struct document *document, struct arena *arena, struct error *error)
{
    struct margins margins[OFD_ZONES];
    enum status status = drop_edges(lines, sheets, sheet_count, error);
    if (status)
        return status;
    CLEANUP(cleanup_free) double *values = calloc(lines->count + 1, sizeof(*values));
    if (!values)
        return out_of_memory(error);
    double em = body_size(lines);
    for (int zone = 0; zone < OFD_ZONES; zone++)
        margins[zone] = measure(lines, (enum ofd_zone)zone, em, values);
    return emit_all(lines, margins, document, arena, error);
}
