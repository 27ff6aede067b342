/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines -> paragraphs, as a reader of Chinese print sees them: a paragraph begins two characters in,
 * goes on at the margin, and its last line is short; titles are centred; signatures stand at the
 * right. Where a document does not indent, distances and short lines must do.
 *
 * Whether a line is full is asked like the program that broke it did: would the first character
 * of the next line, with the marks that cling to it, still have fitted? */
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/facts.h"
#include "indexer/document/page_parts.h"
#include "indexer/document/page_words.h"

#define INDENT_EM 1.2     /* a line that begins this far in is indented, ... */
#define INDENT_MAX_EM 4.5 /* ... unless it is further in: then it is placed */
#define FLUSH_EM 0.8
#define CENTRE_EM 1.0
#define DISTANCE_MAX 1.4 /* of the usual distance of lines */
#define NOTE_EM 0.92     /* of the text: what is smaller may be a footnote */
#define MARGIN_LINES 4   /* that tell where a region's margins are */
#define WIDOW_CODEPOINTS 3 /* of a line that is hardly a paragraph */

struct margins {
    double left, right;
    bool known; /* by enough lines of the region itself */
};

struct setting {
    const struct page_lines *lines;
    struct margins *margins; /* per region */
    double em;
    double distance; /* usual, from middle to middle, in em of the lines; 0 unknown */
    bool indents;    /* paragraphs are indented, ... */
    double indent;   /* ... most of them so far, in em */
};

/* --- margins -------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* The outermost of the sorted values that has company: another one within 0.6 em, and in a long
 * list one in twelve. One line may stick out of the margin, or begin in it. */
static double outermost(const double *values, size_t count, double em, bool largest)
{
    size_t company = count / 12 > 7 ? 8 : (count + 11) / 12;
    for (size_t i = 0; i + company < count; i++) {
        size_t here = largest ? count - 1 - i : i, there = largest ? here - company : i + company;
        if (fabs(values[there] - values[here]) <= 0.6 * em)
            return values[here];
    }
    return largest ? values[count - 1] : values[0];
}

static bool measure_margins(struct setting *setting, struct arena *arena)
{
    const struct page_lines *lines = setting->lines;
    double *values = ARENA_ARRAY(arena, double, lines->count + 1);
    if (!values)
        return false;
    for (size_t first = 0, end; first < lines->count; first = end) {
        size_t region = lines->items[first].region;
        struct margins *margins = &setting->margins[region];
        for (end = first; end < lines->count && lines->items[end].region == region; end++)
            values[end - first] = lines->items[end].box.x0;
        size_t count = end - first;
        qsort(values, count, sizeof(values[0]), compare_numbers);
        margins->left = outermost(values, count, setting->em, false);
        for (size_t i = 0; i < count; i++)
            values[i] = lines->items[first + i].box.x1;
        qsort(values, count, sizeof(values[0]), compare_numbers);
        margins->right = outermost(values, count, setting->em, true);
        margins->known = count >= MARGIN_LINES;
    }
    return true;
}

/* How far a region's own extent sticks out of margins that it might borrow. */
static double misfit(const struct page_region *region, const struct margins *margins)
{
    return fmax(0, margins->left - region->x0) + fmax(0, region->x1 - margins->right);
}

/* At least everything on the page. */
static void take_page_margins(const struct page_lines *lines, size_t region,
                              struct margins *margins)
{
    uint32_t page = lines->regions[region].page;
    while (region > 0 && lines->regions[region - 1].page == page)
        region--;
    for (; region < lines->region_count && lines->regions[region].page == page; region++) {
        margins->left = fmin(margins->left, lines->regions[region].x0);
        margins->right = fmax(margins->right, lines->regions[region].x1);
    }
}

/* A region of few lines (the end of a letter on its last page, a title above two columns) takes
 * the margins of a longer one in the same column, the nearest that it fits into. */
static void borrow_margins(struct setting *setting)
{
    const struct page_lines *lines = setting->lines;
    for (size_t i = 0; i < lines->region_count; i++) {
        const struct page_region *region = &lines->regions[i];
        struct margins *margins = &setting->margins[i];
        const struct margins *found = NULL;
        if (margins->known)
            continue;
        for (size_t distance = 1; distance <= 64 && !found; distance++)
            for (int side = 0; side < 2 && !found; side++) {
                size_t other = side ? i + distance : i - distance;
                if ((!side && distance > i) || other >= lines->region_count)
                    continue;
                if (setting->margins[other].known &&
                    lines->regions[other].column == region->column &&
                    misfit(region, &setting->margins[other]) < 2 * setting->em)
                    found = &setting->margins[other];
            }
        if (found) {
            margins->left = fmin(found->left, region->x0);
            margins->right = fmax(found->right, region->x1);
        } else if (region->column == 0) {
            take_page_margins(lines, i, margins);
        } else if (region->column_x1 > region->column_x0) {
            margins->left = fmin(margins->left, region->column_x0);
            margins->right = fmax(margins->right, region->column_x1);
        }
    }
}

/* --- what a line looks like ----------------------------------------------------------------- */

static const struct margins *margins_of(const struct setting *setting, const struct page_line *line)
{
    return &setting->margins[line->region];
}

static double indent_of(const struct setting *setting, const struct page_line *line)
{
    return (line->box.x0 - margins_of(setting, line)->left) / line->size;
}

static bool is_flush(const struct setting *setting, const struct page_line *line)
{
    return indent_of(setting, line) < FLUSH_EM;
}

static bool is_indented(const struct setting *setting, const struct page_line *line)
{
    double indent = indent_of(setting, line);
    return indent >= INDENT_EM && indent <= INDENT_MAX_EM;
}

static bool is_centred(const struct setting *setting, const struct page_line *line)
{
    const struct margins *margins = margins_of(setting, line);
    double off = line->box.x0 + line->box.x1 - margins->left - margins->right;
    return fabs(off) / 2 < CENTRE_EM * line->size;
}

static bool is_full(const struct setting *setting, const struct page_line *line,
                    const struct page_line *next)
{
    double room = margins_of(setting, line)->right - line->box.x1;
    return room < (page_first_unit(next->text) + 0.6) * line->size;
}

/* Parts with room between them: a form, a row of a table. */
static bool is_gapped(const struct page_line *line)
{
    return line->last_x0 > line->box.x0;
}

static double distance_in_em(const struct page_line *before, const struct page_line *line)
{
    return (box_middle(&line->box) - box_middle(&before->box)) / fmax(before->size, line->size);
}

static bool is_body(const struct setting *setting, const struct page_line *line)
{
    return sizes_agree(line->size, setting->em) && !is_gapped(line);
}

/* Neither at the margin nor where paragraphs begin: centred, or a signature at the right. */
static bool is_placed(const struct setting *setting, const struct page_line *line)
{
    double indent = indent_of(setting, line);
    return indent > INDENT_MAX_EM ||
           (setting->indents && indent >= FLUSH_EM && fabs(indent - setting->indent) > 0.6);
}

/* Whether paragraphs are indented: most lines that follow a short one are. And the usual distance
 * of lines: the median of those that certainly belong together. */
static bool measure_habits(struct setting *setting, struct arena *arena)
{
    const struct page_lines *lines = setting->lines;
    double *distances = ARENA_ARRAY(arena, double, lines->count + 1);
    double *indents = ARENA_ARRAY(arena, double, lines->count + 1);
    size_t begins = 0, indented = 0, count = 0;
    if (!distances || !indents)
        return false;
    for (size_t i = 1; i < lines->count; i++) {
        const struct page_line *before = &lines->items[i - 1], *line = &lines->items[i];
        if (!is_body(setting, before) || !is_body(setting, line))
            continue;
        bool full = is_full(setting, before, line);
        if (!full && (is_flush(setting, line) || is_indented(setting, line))) {
            begins++;
            if (is_indented(setting, line))
                indents[indented++] = indent_of(setting, line);
        }
        double distance = distance_in_em(before, line);
        if (full && is_flush(setting, line) && before->region == line->region && distance < 4)
            distances[count++] = distance;
    }
    qsort(distances, count, sizeof(distances[0]), compare_numbers);
    setting->distance = count >= 3 ? distances[count / 2] : 0;
    qsort(indents, indented, sizeof(indents[0]), compare_numbers);
    setting->indent = indented ? indents[indented / 2] : 0;
    setting->indents = indented * 2 >= begins && indented > 0;
    return true;
}

/* --- paragraphs ----------------------------------------------------------------------------- */

static bool is_near(const struct setting *setting, const struct page_line *before,
                    const struct page_line *line)
{
    double distance = distance_in_em(before, line);
    double usual = setting->distance > 0 ? setting->distance : 1.75;
    bool body = sizes_agree(line->size, setting->em);
    return distance > 0 && distance < (body ? usual : fmin(usual, 2.0)) * DISTANCE_MAX;
}

/* The second line of a title, or of a cell at the end of a row. */
static bool goes_on_in_place(const struct setting *setting, const struct page_line *before,
                             const struct page_line *line)
{
    if (is_gapped(before))
        return fabs(line->box.x0 - before->last_x0) < 0.5 * line->size && !is_gapped(line) &&
               is_full(setting, before, line);
    return fmin(before->size, line->size) > 1.12 * setting->em && is_centred(setting, before) &&
           is_centred(setting, line);
}

/* Without indents and distances, the end of a line that happens to be full is no evidence. */
static bool text_goes_on(const struct page_line *before, const struct page_line *line)
{
    return !page_is_finished(before->text) || !page_starts_item(line->text);
}

/* A paragraph with blanks in its first line, as in "联系人：王某某　电话："; or of which only
 * "印发" is left. Rows of a form begin at one place. */
static bool is_gapped_beginning(const struct setting *setting, const struct page_line *before,
                                const struct page_line *line)
{
    bool indented = setting->indents && is_indented(setting, before) && !is_placed(setting, before);
    return before->region == line->region && (indented || line->codepoints <= WIDOW_CODEPOINTS) &&
           is_flush(setting, line) && is_full(setting, before, line);
}

/* Labels one below the other, as above a letter: not the second line of a paragraph with several
 * labels in a row. */
static bool is_list_of_labels(const struct page_line *before, const struct page_line *line)
{
    bool labelled = page_is_labelled(before->text);
    bool row = labelled && (text_contains(before->text, TEXT("\u3000")) ||
                            text_contains(before->text, TEXT(" ")));
    return (labelled || text_contains(before->text, TEXT(">"))) && page_is_labelled(line->text) &&
           !page_is_contact(line->text) &&
           (!row || fabs(before->box.x0 - line->box.x0) < 0.5 * line->size);
}

static bool goes_on(const struct setting *setting, const struct page_line *before,
                    const struct page_line *line)
{
    bool same_region = before->region == line->region;
    if (before->whole || line->whole || page_begins_anew(before->text, line->text) ||
        is_list_of_labels(before, line))
        return false;
    if (!sizes_agree(before->size, line->size) || (same_region && !is_near(setting, before, line)))
        return false;
    if (same_region &&
        (goes_on_in_place(setting, before, line) || page_number_goes_on(before->text, line->text)))
        return true;
    bool gapped = is_gapped(before) || is_gapped(line);
    if ((gapped && !is_gapped_beginning(setting, before, line)) || !is_flush(setting, line) ||
        is_placed(setting, before) || page_is_bracketed(before->text))
        return false;
    bool full = is_full(setting, before, line);
    if (same_region)
        return full && (setting->indents || text_goes_on(before, line));
    /* across the end of a page or column: also when somebody broke the page by hand */
    bool listed = text_ends_with(before->text, TEXT("；")) && setting->indents;
    if (!listed && (page_is_finished(before->text) || text_ends_with(before->text, TEXT("）"))))
        return full && setting->indents;
    return full || (setting->indents && !is_centred(setting, before));
}

/* A paragraph that ends inside a sentence, and a line that does not look like the first of one:
 * the layout parts them, the text perhaps does not. Both are handed on as lines, for the floor
 * above to judge by their words. */
static bool is_doubtful(const struct setting *setting, const struct page_line *before,
                        const struct page_line *line)
{
    return !before->whole && !line->whole && !page_is_finished(before->text) &&
           sizes_agree(before->size, line->size) && is_body(setting, before) &&
           is_body(setting, line) && is_flush(setting, line) && !is_placed(setting, before);
}

static enum status add_paragraph(const struct page_line *lines, size_t count, enum block_kind kind,
                                 struct arena *arena, struct document *document,
                                 struct error *error)
{
    size_t room = 1, length = 0;
    for (size_t i = 0; i < count; i++)
        room += lines[i].text.length + 1;
    char *out = arena_alloc(arena, room);
    if (!out)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && page_needs_blank((struct text) { out, length }, lines[i].text))
            out[length++] = ' ';
        memcpy(out + length, lines[i].text.data, lines[i].text.length);
        length += lines[i].text.length;
    }
    struct text text = text_trim((struct text) { out, length });
    if (!text.length)
        return STATUS_OK;
    if (document->block_count >= DOCUMENT_BLOCKS_MAX)
        return error_set(error, STATUS_LIMIT, "too many paragraphs");
    struct block *block = document_add_block(document, arena, kind, text);
    if (!block)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    block->page = lines[0].page;
    return STATUS_OK;
}

/* --- footnotes ------------------------------------------------------------------------------ */

/* Where the small lines begin that end the page of line `end` - 1, set apart from the text above. */
static size_t find_notes(const struct setting *setting, const struct page_line *lines, size_t first,
                         size_t end)
{
    size_t notes = end;
    while (notes > first && lines[notes - 1].page == lines[end - 1].page &&
           lines[notes - 1].size < NOTE_EM * setting->em && !lines[notes - 1].whole)
        notes--;
    bool apart = notes > first && notes < end && lines[notes - 1].page == lines[notes].page &&
                 distance_in_em(&lines[notes - 1], &lines[notes]) >
                     (setting->distance > 0 ? setting->distance : 1.3);
    return apart ? notes : end;
}

/* A paragraph that goes on on the next page is not interrupted by the notes between: they come
 * after it. */
static bool defer_notes(const struct setting *setting, struct page_line *lines, size_t count,
                        struct arena *arena)
{
    struct page_line *kept = ARENA_ARRAY(arena, struct page_line, count + 1);
    if (!kept)
        return false;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && lines[end].page == lines[first].page; end++)
            ;
        size_t notes = end < count ? find_notes(setting, lines, first, end) : end;
        size_t next = end;
        while (notes < end && next < count &&
               goes_on(setting, &lines[next == end ? notes - 1 : next - 1], &lines[next]))
            next++;
        if (next == end)
            continue;
        memcpy(kept, lines + notes, (end - notes) * sizeof(*lines));
        memmove(lines + notes, lines + end, (next - end) * sizeof(*lines));
        memcpy(lines + notes + (next - end), kept, (end - notes) * sizeof(*lines));
        end = next;
    }
    return true;
}

/* -------------------------------------------------------------------------------------------- */

enum status page_paragraphs_build(const struct page_lines *lines, struct arena *arena,
                                  struct document *document, struct error *error)
{
    struct setting setting = {
        .lines = lines,
        .margins = ARENA_ARRAY(arena, struct margins, lines->region_count + 1),
        .em = lines->em,
    };
    if (!setting.margins || !measure_margins(&setting, arena))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    borrow_margins(&setting);
    if (!measure_habits(&setting, arena) ||
        !defer_notes(&setting, lines->items, lines->count, arena))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t first = 0, end; first < lines->count; first = end) {
        for (end = first + 1;
             end < lines->count && goes_on(&setting, &lines->items[end - 1], &lines->items[end]);
             end++)
            ;
        bool goes_on_above =
            first > 0 && is_doubtful(&setting, &lines->items[first - 1], &lines->items[first]);
        bool goes_on_below =
            end < lines->count && is_doubtful(&setting, &lines->items[end - 1], &lines->items[end]);
        enum block_kind kind = goes_on_above || goes_on_below ? BLOCK_LINE : BLOCK_PARAGRAPH;
        enum status status =
            add_paragraph(lines->items + first, end - first, kind, arena, document, error);
        if (status)
            return status;
    }
    if (!facts_take_rows(document, arena))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}
