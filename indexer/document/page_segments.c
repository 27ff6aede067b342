/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs -> segments: from left to right, each run is put behind the segment that ends where it
 * begins, at the same height. What is open towards the right at any place of a page is about one
 * segment per line, so this is fast on real pages; a hostile one is bounded by PAGE_RUNS_MAX and
 * OPEN_MAX. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/page_parts.h"

#define OPEN_MAX ((size_t)2048) /* segments that may go on; the oldest are closed above that */
#define HEIGHT_PER_SIZE 1.25    /* of most fonts, when nothing better is known */
#define NARROW_BLANK_EM 0.18
#define STRETCH_PAIRS 64     /* of characters that tell whether a line is stretched */
#define STRETCHED 1.03       /* of the usual advance: where a line is stretched */
#define ADVANCE_CODEPOINTS 4 /* of a line that tell */
#define STRETCH_NEAR_EM 3.0
#define STRETCH_SEGMENTS ((size_t)1024) /* of a page, at most, whose lines are compared */
#define END_OF_SEGMENT ((size_t)-1)

bool is_full_width(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || (codepoint >= 0x3000 && codepoint <= 0x30FF) ||
           (codepoint >= 0xFF00 && codepoint <= 0xFF60) ||
           (codepoint >= 0xFFE0 && codepoint <= 0xFFE6) ||
           (codepoint >= 0xFE30 && codepoint <= 0xFE4F);
}

static uint32_t first_codepoint(struct text text)
{
    size_t at = 0;
    return text.length ? utf8_next_valid(text.data, &at) : 0;
}

static uint32_t last_codepoint(struct text text)
{
    size_t at = text.length ? utf8_boundary(text, text.length - 1) : 0;
    return text.length ? utf8_next_valid(text.data, &at) : 0;
}

/* Quotation marks, dashes, dots and signs that Chinese fonts draw in full width. */
static bool is_general_mark(uint32_t codepoint)
{
    return codepoint >= 0x2010 && codepoint < 0x2E80;
}

static bool is_letter_or_digit(uint32_t codepoint)
{
    return !is_full_width(codepoint) && !is_general_mark(codepoint);
}

static bool is_ascii_word(uint32_t codepoint)
{
    return codepoint < 0x80 && isalnum((int)codepoint);
}

struct text blanks_between(struct text before, struct text after, double gap, double size)
{
    static const char FULL_WIDTH[] = "\u3000\u3000\u3000\u3000";
    uint32_t last = last_codepoint(before), first = first_codepoint(after);
    if (gap >= WIDE_GAP_EM * size) {
        double fit = gap / size;
        size_t count = fit >= 4 ? 4 : fit < 1.5 ? 1 : (size_t)(fit + 0.5);
        return (struct text) { FULL_WIDTH, count * 3 };
    }
    if (is_letter_or_digit(last) && is_letter_or_digit(first))
        return gap > 0.1 * size ? TEXT(" ") : TEXT("");
    /* names in a list: 王某　李某 with half a blank; a stretched line has narrower ones */
    if (gap >= 0.28 * size && utf8_is_han(last) && utf8_is_han(first))
        return TEXT(" ");
    if (gap >= 0.5 * size && last == 0xFF09 && utf8_is_han(first)) /* behind a bracket */
        return TEXT(" ");
    /* the typesetter's own room beside letters and digits, which is no blank, is 1/5 to 1/4 em and
     * a little more in a stretched line; the blank of the common fonts is 1/2 em */
    bool beside =
        (utf8_is_han(last) && is_ascii_word(first)) || (is_ascii_word(last) && utf8_is_han(first));
    return beside && gap >= 0.42 * size ? TEXT(" ") : TEXT("");
}

/* --- text that stands upright ---------------------------------------------------------------- */

static bool is_vertical(const struct page_run *run)
{
    return run->y1 - run->y0 > 1.6 * (run->x1 - run->x0) && utf8_count(run->text) >= 2;
}

static void drop_vertical(struct page *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->run_count; i++)
        if (!is_vertical(&page->runs[i]))
            page->runs[kept++] = page->runs[i];
    page->run_count = kept;
}

/* --- runs -> segments ----------------------------------------------------------------------- */

struct chain {
    struct box box;
    size_t first, last;
    double slack; /* of its end: what run_box left out of the last run's box */
};

struct chains {
    struct chain *items;
    size_t count;
    size_t open[OPEN_MAX];
    size_t open_count;
    size_t *next; /* per run */
};

static int compare_left(const void *a, const void *b)
{
    const struct page_run *left = a, *right = b;
    if (left->x0 != right->x0)
        return left->x0 < right->x0 ? -1 : 1;
    if (left->y0 != right->y0)
        return left->y0 < right->y0 ? -1 : 1;
    return text_compare(left->text, right->text);
}

/* A full-width mark that closes has its ink in the left half of its box; at the end of a line it may
 * hang over the margin, into the gutter. */
static bool ends_half_empty(struct text text)
{
    switch (last_codepoint(text)) {
    case 0x3001:
    case 0x3002:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0xFF01:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
        return true;
    default:
        return false;
    }
}

static struct box run_box(const struct page_run *run)
{
    struct box box = { run->x0, run->y0, run->x1, run->y1 };
    double half = 0.5 * box_height(&box) / HEIGHT_PER_SIZE;
    if (ends_half_empty(run->text) && box_width(&box) > 1.4 * half)
        box.x1 -= half;
    return box;
}

static double height_of_line(const struct box *a, const struct box *b)
{
    return box_height(a) < box_height(b) ? box_height(a) : box_height(b);
}

/* The open segment that the box continues, or END_OF_SEGMENT. Closes those that lie too far left
 * for everything still to come. */
static size_t find_chain(struct chains *chains, const struct box *box)
{
    size_t best = END_OF_SEGMENT, kept = 0;
    double best_distance = 0;
    for (size_t i = 0; i < chains->open_count; i++) {
        size_t index = chains->open[i];
        const struct box *other = &chains->items[index].box;
        double gap = box->x0 - other->x1;
        if (gap > 2 * box_height(other))
            continue;
        chains->open[kept++] = index;
        double height = height_of_line(box, other);
        double distance = fabs(box_middle(box) - box_middle(other));
        double slack = 0.6 * chains->items[index].slack;
        if (gap > slack + WIDE_GAP_EM * height / HEIGHT_PER_SIZE || gap < -0.6 * height ||
            distance > 0.4 * height || box_height(box) > 2.2 * height ||
            box_height(other) > 2.2 * height)
            continue;
        if (best == END_OF_SEGMENT || distance < best_distance) {
            best = index;
            best_distance = distance;
        }
    }
    chains->open_count = kept;
    return best;
}

/* The same text drawn again a hair's breadth beside it: bold by hand. */
static bool is_double(const struct chains *chains, const struct page_run *runs,
                      const struct page_run *run)
{
    double height = run->y1 - run->y0, near = fmin((run->x1 - run->x0) * 0.3, height * 0.5);
    for (size_t i = 0; i < chains->open_count; i++) {
        const struct page_run *before = &runs[chains->items[chains->open[i]].last];
        if (run->x0 - before->x0 < near && fabs(run->y0 - before->y0) < 0.3 * height &&
            text_equal(before->text, run->text))
            return true;
    }
    return false;
}

static void add_run(struct chains *chains, const struct page_run *runs, size_t number)
{
    struct box box = run_box(&runs[number]);
    chains->next[number] = END_OF_SEGMENT;
    if (is_double(chains, runs, &runs[number]))
        return;
    size_t found = find_chain(chains, &box);
    if (found == END_OF_SEGMENT) {
        if (chains->open_count == OPEN_MAX)
            memmove(chains->open, chains->open + 1, --chains->open_count * sizeof(chains->open[0]));
        chains->open[chains->open_count++] = chains->count;
        chains->items[chains->count++] =
            (struct chain) { box, number, number, runs[number].x1 - box.x1 };
        return;
    }
    struct chain *chain = &chains->items[found];
    chains->next[chain->last] = number;
    chain->last = number;
    chain->slack = runs[number].x1 - box.x1;
    /* a line's height is that of its highest character; a mark of a list is no measure */
    box_extend(&chain->box, &box);
}

bool page_segments_build(struct page *page, struct arena *arena, struct sheet *sheet)
{
    drop_vertical(page);
    const size_t count = page->run_count;
    *sheet = (struct sheet) { .width = page->width, .height = page->height };
    if (!count)
        return true;
    qsort(page->runs, count, sizeof(page->runs[0]), compare_left);

    struct chains *chains = ARENA_NEW(arena, struct chains);
    sheet->runs = ARENA_ARRAY(arena, struct page_run, count);
    if (!chains || !sheet->runs)
        return false;
    chains->items = ARENA_ARRAY(arena, struct chain, count);
    chains->next = ARENA_ARRAY(arena, size_t, count);
    if (!chains->items || !chains->next)
        return false;
    for (size_t i = 0; i < count; i++)
        add_run(chains, page->runs, i);

    sheet->segments = ARENA_ARRAY(arena, struct segment, chains->count);
    if (!sheet->segments)
        return false;
    for (size_t i = 0; i < chains->count; i++) {
        const struct chain *chain = &chains->items[i];
        struct segment *segment = &sheet->segments[sheet->segment_count++];
        *segment = (struct segment) { .box = chain->box, .first = sheet->run_count };
        for (size_t at = chain->first; at != END_OF_SEGMENT; at = chains->next[at])
            sheet->runs[sheet->run_count++] = page->runs[at];
        segment->run_count = sheet->run_count - segment->first;
    }
    return true;
}

/* --- sizes ---------------------------------------------------------------------------------- */

/* Sizes in steps of 2.5 % from 1/100 to 1000 of whatever unit. */
#define SIZE_STEPS 468

static size_t size_step(double size)
{
    double step = log(size * 100) / log(1.025);
    return step < 0 ? 0 : step >= SIZE_STEPS ? SIZE_STEPS - 1 : (size_t)step;
}

/* What a run tells about the size of its characters: full-width ones are 1 em wide. */
struct advance {
    double width;
    size_t codepoints;
};

static void add_advance(struct advance *advance, const struct page_run *run)
{
    size_t codepoints = 0;
    for (size_t at = 0; at < run->text.length; codepoints++)
        if (!is_full_width(utf8_next_valid(run->text.data, &at)))
            return;
    if (codepoints >= 2) {
        advance->width += run->x1 - run->x0;
        advance->codepoints += codepoints;
    }
}

/* The size as the format or the advance of the characters tells it; 0 when neither does. */
static double told_size(const struct sheet *sheet, const struct segment *segment)
{
    struct advance advance = { 0 };
    double largest = 0;
    for (size_t i = 0; i < segment->run_count; i++) {
        const struct page_run *run = &sheet->runs[segment->first + i];
        add_advance(&advance, run);
        if (run->size > largest)
            largest = run->size;
    }
    if (largest > 0)
        return largest;
    return advance.codepoints ? advance.width / (double)advance.codepoints : 0;
}

static double height_per_size(const struct sheet *sheets, size_t count)
{
    double heights = 0, sizes = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++) {
            const struct segment *segment = &sheets[i].segments[j];
            double height = box_height(&segment->box);
            if (segment->size <= 0 || segment->size > 3 * height || height > 3 * segment->size)
                continue;
            heights += height * (double)segment->run_count;
            sizes += segment->size * (double)segment->run_count;
        }
    return sizes > 0 ? heights / sizes : HEIGHT_PER_SIZE;
}

/* In a line that was stretched to the margin the advance is too large. Characters as high as those of
 * other lines are as large as those. */
static void level_sizes(struct sheet *sheets, size_t count)
{
    double sums[SIZE_STEPS] = { 0 }, runs[SIZE_STEPS] = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < sheets[i].segment_count; j++) {
                struct segment *segment = &sheets[i].segments[j];
                size_t step = size_step(box_height(&segment->box));
                double mean = runs[step] > 0 ? sums[step] / runs[step] : 0;
                if (pass == 0 && segment->size > 0) {
                    sums[step] += segment->size;
                    runs[step] += 1;
                } else if (pass == 1 && segment->size > 1.08 * mean && mean > 0) {
                    segment->size = mean;
                }
            }
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* Nobody writes a blank before a closing mark or behind an opening one. */
static bool is_never_blank(struct text before, struct text after)
{
    static const char OPENING[] = "（《“‘〔【", CLOSING[] = "，。、；：？！）》”’〕】";
    char mark[8];
    size_t last = before.length ? utf8_boundary(before, before.length - 1) : 0;
    size_t length = utf8_encode(first_codepoint(after), mark);
    return text_contains(text_of(OPENING), text_slice(before, last, before.length - last)) ||
           text_contains(text_of(CLOSING), text_of_bytes(mark, length));
}

/* How far a line is stretched: what lies between characters that no blank can part, or between most
 * of them, where each is a run of its own because of that. */
static double stretch_of(const struct sheet *sheet, const struct segment *segment)
{
    double gaps[STRETCH_PAIRS], sure = INFINITY;
    size_t sure_count = 0, stretched = 0;
    size_t count = 0, wide = 0, runs = 0;
    for (size_t i = 0; i < segment->run_count && count < STRETCH_PAIRS; i++) {
        const struct page_run *run = &sheet->runs[segment->first + i];
        size_t characters = 0;
        for (size_t at = 0; at < run->text.length;)
            characters += is_full_width(utf8_next_valid(run->text.data, &at));
        wide += characters;
        runs += characters > 0;
        if (i > 0 && is_full_width(first_codepoint(run->text)) &&
            is_full_width(last_codepoint(run[-1].text)))
            gaps[count++] = run->x0 - run[-1].x1;
        if (i > 0 && is_never_blank(run[-1].text, run->text)) {
            sure = fmin(sure, run->x0 - run[-1].x1);
            sure_count++;
        }
    }
    for (size_t i = 0; i < count; i++)
        stretched += gaps[i] >= 0.8 * sure;
    if (sure_count)
        return sure > 0 && stretched * 10 >= count * 7 && count >= 2 ? sure : 0;
    qsort(gaps, count, sizeof(gaps[0]), compare_doubles);
    bool even = count == 4 && runs == 5 && gaps[3] - gaps[0] < 0.05 * segment->size;
    if ((count < 5 && !even) || wide * 10 > runs * 16)
        return 0;
    return gaps[count / 2] > 0 ? gaps[count / 2] : 0;
}

/* Of a segment with too few characters to tell, the stretch of another one of the same line. */
static double stretch_beside(const struct sheet *sheet, const struct segment *segment)
{
    double nearest = STRETCH_NEAR_EM * segment->size, stretch = 0;
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *other = &sheet->segments[i];
        double gap = other->box.x0 > segment->box.x0 ? other->box.x0 - segment->box.x1
                                                     : segment->box.x0 - other->box.x1;
        if (other == segment || gap >= nearest || !sizes_agree(other->size, segment->size) ||
            fabs(box_middle(&other->box) - box_middle(&segment->box)) > 0.3 * segment->size)
            continue;
        double found = stretch_of(sheet, other);
        if (found > 0) {
            nearest = gap;
            stretch = found;
        }
    }
    return stretch;
}

/* Han characters one by one: a stretched line, or blanks between them all. */
static bool is_loose(const struct sheet *sheet, const struct segment *segment)
{
    size_t lone = 0;
    for (size_t i = 0; i < segment->run_count; i++) {
        const struct page_run *run = &sheet->runs[segment->first + i];
        lone += utf8_is_han(first_codepoint(run->text)) && utf8_count(run->text) == 1;
    }
    return lone >= 2 && sheet->segment_count <= STRETCH_SEGMENTS;
}

/* Advance of the full-width characters inside of runs by the height of the line; 0 where there are few. */
static double advance_by_height(const struct sheet *sheet, const struct segment *segment)
{
    struct advance advance = { 0 };
    for (size_t i = 0; i < segment->run_count; i++)
        add_advance(&advance, &sheet->runs[segment->first + i]);
    return advance.codepoints >= ADVANCE_CODEPOINTS
               ? advance.width / (double)advance.codepoints / box_height(&segment->box)
               : 0;
}

/* That of lines which are not stretched, as the last ones of paragraphs: a tenth are below it. */
static bool measure_advance(const struct sheet *sheets, size_t count, struct arena *arena,
                            double *out)
{
    size_t room = 1, found = 0;
    for (size_t i = 0; i < count; i++)
        room += sheets[i].segment_count;
    double *values = ARENA_ARRAY(arena, double, room);
    if (!values)
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++) {
            values[found] = advance_by_height(&sheets[i], &sheets[i].segments[j]);
            found += values[found] > 0;
        }
    qsort(values, found, sizeof(values[0]), compare_doubles);
    *out = found ? values[found / 10] : 0;
    return true;
}

/* Whether the characters of a line touch, but for a few: then what lies between those was a blank, however
 * narrow. In a line that was stretched, there would be room between all of them. */
static bool is_tight(const struct sheet *sheet, const struct segment *segment, double usual)
{
    size_t codepoints = 0;
    for (size_t i = 0; i < segment->run_count; i++)
        codepoints += utf8_count(sheet->runs[segment->first + i].text);
    double advance = advance_by_height(sheet, segment);
    return (segment->run_count - 1) * 3 <= codepoints && advance <= STRETCHED * usual;
}

/* The narrow blank of a proportional font, 1/5 em. Beside letters and digits only where the program that
 * set the page leaves no room of its own there. */
static bool is_narrow_blank(const struct page_run *before, const struct page_run *run, double size,
                            bool letters_touch)
{
    uint32_t last = last_codepoint(before->text), first = first_codepoint(run->text);
    bool ends = utf8_is_han(last) || last == 0xFF09 || (letters_touch && is_ascii_word(last));
    bool begins = utf8_is_han(first) || (letters_touch && is_ascii_word(first));
    return run->x0 - before->x1 >= NARROW_BLANK_EM * size && ends && begins;
}

/* Whether letters and digits touch the Han characters beside them, as nearly all of them stand in one run
 * with those. */
static bool letters_touch(const struct sheet *sheets, size_t count)
{
    size_t touching = 0, apart = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++) {
            uint32_t before = 0;
            for (size_t k = 0; k < sheets[i].segments[j].run_count; k++) {
                struct text text = sheets[i].runs[sheets[i].segments[j].first + k].text;
                for (size_t at = 0; at < text.length;) {
                    bool inside = at > 0;
                    uint32_t codepoint = utf8_next_valid(text.data, &at);
                    bool beside = (utf8_is_han(before) && is_ascii_word(codepoint)) ||
                                  (is_ascii_word(before) && utf8_is_han(codepoint));
                    touching += beside && inside;
                    apart += beside && !inside;
                    before = codepoint;
                }
            }
        }
    return touching > 4 * apart;
}

/* What narrow blanks are told by. */
struct spacing {
    double advance;     /* of lines that are not stretched, by their height */
    bool letters_touch; /* Han characters beside them */
};

static bool write_text(const struct sheet *sheet, struct segment *segment,
                       const struct spacing *spacing, struct arena *arena)
{
    double stretch = stretch_of(sheet, segment);
    if (stretch == 0 && is_loose(sheet, segment))
        stretch = stretch_beside(sheet, segment);
    const bool tight = is_tight(sheet, segment, spacing->advance);
    size_t room = 1;
    for (size_t i = 0; i < segment->run_count; i++)
        room += sheet->runs[segment->first + i].text.length + 12;
    char *out = arena_alloc(arena, room);
    if (!out)
        return false;
    size_t length = 0;
    for (size_t i = 0; i < segment->run_count; i++) {
        const struct page_run *run = &sheet->runs[segment->first + i];
        if (i > 0) {
            const struct page_run *before = run - 1;
            struct text blanks = blanks_between(before->text, run->text,
                                                run->x0 - before->x1 - stretch, segment->size);
            if (!blanks.length && tight &&
                is_narrow_blank(before, run, segment->size, spacing->letters_touch))
                blanks = TEXT(" ");
            memcpy(out + length, blanks.data, blanks.length);
            length += blanks.length;
        }
        memcpy(out + length, run->text.data, run->text.length);
        length += run->text.length;
    }
    segment->text = (struct text) { out, length };
    segment->codepoints = utf8_count(segment->text);
    return true;
}

/* The size that most characters have. */
static double most_common_size(const struct sheet *sheets, size_t count)
{
    double characters[SIZE_STEPS + 2] = { 0 }, sizes[SIZE_STEPS + 2] = { 0 };
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++) {
            const struct segment *segment = &sheets[i].segments[j];
            size_t step = size_step(segment->size) + 1;
            characters[step] += (double)segment->codepoints;
            sizes[step] += (double)segment->codepoints * segment->size;
        }
    double best = 0, em = 1;
    for (size_t i = 1; i <= SIZE_STEPS; i++) {
        double sum = characters[i - 1] + characters[i] + characters[i + 1];
        if (sum > best) {
            best = sum;
            em = (sizes[i - 1] + sizes[i] + sizes[i + 1]) / sum;
        }
    }
    return em;
}

bool page_segments_measure(struct sheet *sheets, size_t count, struct arena *arena, double *em)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++)
            sheets[i].segments[j].size = told_size(&sheets[i], &sheets[i].segments[j]);
    level_sizes(sheets, count);
    const double ratio = height_per_size(sheets, count);
    struct spacing spacing = { .letters_touch = letters_touch(sheets, count) };
    if (!measure_advance(sheets, count, arena, &spacing.advance))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sheets[i].segment_count; j++) {
            struct segment *segment = &sheets[i].segments[j];
            if (segment->size <= 0)
                segment->size = box_height(&segment->box) / ratio;
            if (!write_text(&sheets[i], segment, &spacing, arena))
                return false;
        }
    *em = most_common_size(sheets, count);
    return true;
}
