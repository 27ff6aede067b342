/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tesseract's table of words -> pieces of lines. A row has twelve columns: level (1 page ... 4 line,
 * 5 word), five numbers that count, left, top, width, height in pixels, confidence, text.
 *
 * Its words are no words in Chinese, and their boxes are only near the ink; those of lines are good. So
 * the words of a line are joined, without blanks but between two words in letters, and parted only
 * where somebody left room. The model knows marks in half width only: beside Chinese they are full. */
#include "indexer/document/pdf_scan.h"

#include <ctype.h>
#include <stdlib.h>

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define INK_PER_EM 0.92 /* height of a line of Chinese characters without the room around them */
#define ROOM_EM 1.3     /* between two words: somebody left it */
#define ADVANCE_MIN 8.0 /* em, from which on the width of a piece tells its size */
#define CONFIDENCE_MIN 35.0 /* of a line, in percent; below it is dirt, a seal or a signature */
#define CONFIDENCE_SURE 60.0
#define DIRT_CONFIDENCE 70.0
#define LEVEL_PAGE 1
#define LEVEL_LINE 4
#define LEVEL_WORD 5

struct word {
    int level;
    struct box box; /* in pixels */
    double confidence;
    struct text text;
};

struct scan_line {
    struct box box;
    double em; /* in pixels, as its height tells */
    double confidence;
    size_t words;
    struct buffer text; /* of the piece at hand, in which ... */
    struct box piece;
    double piece_confidence;
    size_t piece_words;
    size_t first_piece; /* runs of the page before this line */
};

struct scan_text {
    struct page_layout layout; /* one page */
    double scale;
    struct scan_page *out;
    struct scan_line line;
};

/* Numbers up to a million: nothing else stands there. */
static double number_of(struct text column)
{
    char digits[32] = "";
    if (column.length < sizeof(digits))
        memcpy(digits, column.data, column.length);
    double value = strtod(digits, NULL);
    return value > -1e6 && value < 1e6 ? value : 0;
}

static bool parse_row(struct text row, struct word *word)
{
    struct text columns[12];
    size_t count = 0;
    while (count < 12 && text_split(&row, TEXT("\t"), &columns[count]))
        count++;
    if (count < 11)
        return false;
    word->level = (int)number_of(columns[0]);
    word->box.x0 = number_of(columns[6]);
    word->box.y0 = number_of(columns[7]);
    word->box.x1 = word->box.x0 + number_of(columns[8]);
    word->box.y1 = word->box.y0 + number_of(columns[9]);
    word->confidence = number_of(columns[10]);
    word->text = count == 12 ? text_trim(columns[11]) : (struct text) { NULL, 0 };
    return true;
}

/* --- marks ---------------------------------------------------------------------------------- */

/* The full-width form beside Chinese, or 0. */
static uint32_t full_form(uint32_t codepoint)
{
    return codepoint && codepoint < 0x80 && strchr(",:;?!()", (int)codepoint)
               ? codepoint - '!' + 0xFF01
               : 0;
}

static bool is_chinese(uint32_t codepoint)
{
    return is_full_width(codepoint) || (codepoint >= 0x2018 && codepoint <= 0x201D);
}

static uint32_t codepoint_at(struct text text, size_t at)
{
    return at < text.length ? utf8_next_valid(text.data, &at) : 0;
}

/* Copies with full-width marks where Chinese stands before them (after them, if they open). */
static bool write_marks(struct text text, struct buffer *out)
{
    uint32_t before = 0;
    bool opened = false; /* a bracket that became full */
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        uint32_t full = full_form(codepoint);
        bool chinese = is_chinese(before);
        if (before == '%' && codepoint < 0x80 && isdigit((int)codepoint))
            continue; /* the second half of "%", read once more */
        if (codepoint == '(')
            opened = chinese = chinese || is_chinese(codepoint_at(text, at));
        if (codepoint == ')') {
            chinese = chinese || opened;
            opened = false;
        }
        before = full && chinese ? full : codepoint;
        buffer_append_codepoint(out, before);
    }
    return !out->failed;
}

/* --- lines ---------------------------------------------------------------------------------- */

static bool opens(uint32_t codepoint)
{
    return codepoint == 0x300A || codepoint == 0x201C || codepoint == 0xFF08 || codepoint == 0x3014;
}

static bool closes(uint32_t codepoint)
{
    return codepoint == 0x3001 || codepoint == 0x3002 || codepoint == 0xFF0C ||
           codepoint == 0xFF1A || codepoint == 0xFF1B || codepoint == 0xFF09 || codepoint == 0x300B;
}

static uint32_t last_codepoint(struct text text)
{
    return text.length ? codepoint_at(text, utf8_boundary(text, text.length - 1)) : 0;
}

/* How many em the characters take; a mark at either end only half of its one. */
static double advance_of(struct text text)
{
    double sum = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        sum += is_chinese(codepoint) ? 1 : 0.55;
    }
    sum -= opens(codepoint_at(text, 0)) ? 0.5 : 0;
    return sum - (closes(last_codepoint(text)) ? 0.5 : 0);
}

/* The size in pixels as the width tells it, which is better than what the height tells, or 0. */
static double size_of(struct text text, const struct box *box)
{
    double advance = advance_of(text);
    return advance >= ADVANCE_MIN ? box_width(box) / advance : 0;
}

/* A speck of dust is read as a mark, a stroke or a digit that stands alone. */
static bool is_dirt(struct text text, double confidence)
{
    bool mark = true;
    size_t count = 0;
    for (size_t at = 0; at < text.length; count++) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (utf8_is_han(codepoint))
            return false;
        mark = mark && (codepoint >= 0x80 || !isalnum((int)codepoint));
    }
    return count <= 2 && (mark || confidence < DIRT_CONFIDENCE);
}

/* "一1一" is how it reads the lines around a page number. */
static struct text page_number(struct text text, struct arena *arena)
{
    static const struct text LINE = TEXT_INIT("一");
    if (!text_starts_with(text, LINE) || !text_ends_with(text, LINE) || text.length <= 6)
        return text;
    struct text digits = text_slice(text, LINE.length, text.length - 2 * LINE.length);
    for (size_t i = 0; i < digits.length; i++)
        if (!isdigit((unsigned char)digits.data[i]))
            return text;
    return arena_printf(arena, "—%.*s—", TEXT_ARG(digits));
}

/* The piece at hand becomes a run of the layout. Marks at its ends have ink in half of their place. */
static enum status end_piece(struct scan_text *scan, struct error *error)
{
    CLEANUP(buffer_release) struct buffer marked = BUFFER_INIT;
    struct scan_line *line = &scan->line;
    if (!line->text.length)
        return STATUS_OK;
    struct text text = { NULL, 0 };
    if (write_marks(buffer_text(&line->text), &marked))
        text = arena_text(scan->layout.arena, buffer_text(&marked));
    text = text.data ? page_number(text, scan->layout.arena) : text;
    if (line->text.failed || !text.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    double size = size_of(text, &line->piece), em = size > 0 ? size : line->em;
    double left = opens(codepoint_at(text, 0)) ? 0.5 * em : 0;
    double right = closes(last_codepoint(text)) ? 0.5 * em : 0;
    struct page_run run = { .text = text,
                            .x0 = (line->piece.x0 - left) * scan->scale,
                            .y0 = line->box.y0 * scan->scale,
                            .x1 = (line->piece.x1 + right) * scan->scale,
                            .y1 = line->box.y1 * scan->scale,
                            .size = size * scan->scale };
    buffer_clear(&line->text);
    if (is_dirt(text, line->piece_confidence / (double)line->piece_words))
        return STATUS_OK;
    return page_layout_add_run(&scan->layout, &run, error);
}

static struct page *page_at_hand(const struct scan_text *scan)
{
    return &scan->layout.pages[0];
}

/* What was hardly read is no text. */
static enum status end_line(struct scan_text *scan, struct error *error)
{
    struct scan_line *line = &scan->line;
    if (!line->words)
        return STATUS_OK;
    enum status status = end_piece(scan, error);
    struct page *page = page_at_hand(scan);
    double confidence = line->confidence / (double)line->words;
    size_t characters = 0;
    for (size_t i = line->first_piece; i < page->run_count; i++)
        characters += utf8_count(page->runs[i].text);
    scan->out->characters += characters;
    scan->out->sure += confidence < CONFIDENCE_SURE ? 0 : characters;
    if (confidence < CONFIDENCE_MIN)
        page->run_count = line->first_piece;
    line->words = 0;
    return status;
}

static void begin_line(struct scan_text *scan, const struct word *word)
{
    struct scan_line *line = &scan->line;
    line->box = word->box;
    line->em = box_height(&word->box) / INK_PER_EM;
    line->confidence = 0;
    line->words = 0;
    line->first_piece = page_at_hand(scan)->run_count;
    buffer_clear(&line->text);
}

/* Whether a word ends in Latin text, not in a mark that becomes a full one. */
static bool ends_in_latin(struct text text)
{
    uint32_t last = last_codepoint(text);
    struct text before = text_slice(text, 0, utf8_boundary(text, text.length - 1));
    return last < 0x80 && !(full_form(last) && is_chinese(last_codepoint(before)));
}

static enum status add_word(struct scan_text *scan, const struct word *word, struct error *error)
{
    struct scan_line *line = &scan->line;
    if (!word->text.length)
        return STATUS_OK;
    if (line->text.length && word->box.x0 - line->piece.x1 > ROOM_EM * line->em) {
        enum status status = end_piece(scan, error);
        if (status)
            return status;
    }
    if (!line->text.length) {
        line->piece = word->box;
        line->piece_confidence = 0;
        line->piece_words = 0;
    } else if (ends_in_latin(buffer_text(&line->text)) && codepoint_at(word->text, 0) < 0x80 &&
               word->box.x0 - line->piece.x1 > 0.15 * line->em) {
        buffer_append_byte(&line->text, ' ');
    }
    buffer_append(&line->text, word->text);
    box_extend(&line->piece, &word->box);
    line->piece_confidence += word->confidence;
    line->piece_words++;
    line->confidence += word->confidence;
    line->words++;
    return STATUS_OK;
}

static int compare_sizes(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* Nearly the usual size of the page is the usual size; so is that of short pieces, unless their
 * height speaks clearly against it. */
static void level_size(struct page_run *run, double usual)
{
    double height = (run->y1 - run->y0) / INK_PER_EM;
    double told = run->size > 0 ? run->size : height;
    double slack = run->size > 0 ? 0.13 : 0.4;
    run->size = told > usual * (1 - slack) && told < usual * (1 + slack) ? usual : told;
}

static enum status level_sizes(struct arena *arena, struct page *page, struct error *error)
{
    size_t count = 0;
    double *sizes = ARENA_ARRAY(arena, double, page->run_count + 1);
    if (!sizes)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < page->run_count; i++)
        if (page->runs[i].size > 0)
            sizes[count++] = page->runs[i].size;
    if (count)
        qsort(sizes, count, sizeof(sizes[0]), compare_sizes);
    for (size_t i = 0; i < page->run_count; i++)
        level_size(&page->runs[i], count ? sizes[count / 2] : 0);
    return STATUS_OK;
}

static enum status take_rows(struct scan_text *scan, struct text tsv, struct error *error)
{
    enum status status = STATUS_OK;
    struct text row;
    while (!status && text_split(&tsv, TEXT("\n"), &row)) {
        struct word word;
        if (!parse_row(row, &word))
            continue;
        if (word.level == LEVEL_PAGE) {
            page_at_hand(scan)->width = word.box.x1 * scan->scale;
            page_at_hand(scan)->height = word.box.y1 * scan->scale;
        } else if (word.level == LEVEL_LINE) {
            status = end_line(scan, error);
            begin_line(scan, &word);
        } else if (word.level == LEVEL_WORD) {
            status = add_word(scan, &word, error);
        }
    }
    return status ? status : end_line(scan, error);
}

enum status pdf_scan_parse(struct text tsv, double scale, struct arena *arena,
                           struct scan_page *page, struct error *error)
{
    *page = (struct scan_page) { .characters = 0 };
    struct scan_text scan = { .layout = { .arena = arena }, .scale = scale, .out = page };
    enum status status = page_layout_add_page(&scan.layout, 0, 0, error);
    if (!status)
        status = take_rows(&scan, tsv, error);
    buffer_release(&scan.line.text);
    if (!status)
        status = level_sizes(arena, page_at_hand(&scan), error);
    if (!status)
        page->page = *page_at_hand(&scan);
    return status;
}
