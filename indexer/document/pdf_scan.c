/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 200 dpi: the common model of chi_sim was made from lines about 36 pixels high and reads the 16
 * points of official letters worse at 300 dpi (measured: 98 % of the characters, not 99 %). */
#include "indexer/document/pdf_scan.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/child.h"

#define DPI 200.0
#define PIXELS_MAX 18e6 /* of a page; DIN A3 has 7.7 million */
#define POINTS_PER_INCH 72.0
#define UNSURE_CHARACTERS 8 /* of a page: worth a second reading */
#define LITTLE_TEXT 10      /* characters: a page number, a mark of the machine that scanned it */

static const struct child_limits DRAW_LIMITS = { .seconds = 30,
                                                 .memory = (size_t)1 << 30,
                                                 .output = (size_t)40 << 20 };
static const struct child_limits READ_LIMITS = { .seconds = 60,
                                                 .memory = (size_t)1 << 30,
                                                 .output = (size_t)8 << 20 };

static enum status not_installed(struct error *error)
{
    return error_set(error, STATUS_UNSUPPORTED,
                     "reading scans needs pdftoppm and tesseract for Chinese: install the packages "
                     "poppler-utils, tesseract-ocr and tesseract-ocr-chi-sim");
}

/* Dots per inch at which the page has no more than PIXELS_MAX. */
static double resolution(const struct page *page)
{
    double area = page->width * page->height / (POINTS_PER_INCH * POINTS_PER_INCH);
    if (!(area > 0) || area * DPI * DPI <= PIXELS_MAX)
        return DPI;
    return fmax(floor(sqrt(PIXELS_MAX / area)), 1);
}

static enum status draw_page(struct text pdf, size_t number, double dpi, struct buffer *image,
                             struct error *error)
{
    char page[24], dots[24];
    snprintf(page, sizeof(page), "%zu", number);
    snprintf(dots, sizeof(dots), "%.0f", dpi);
    const char *const command[] = { "pdftoppm", "-r", dots, "-gray", "-f",
                                    page,       "-l", page, "-",     NULL };
    return child_run(command, pdf, &DRAW_LIMITS, image, error);
}

/* segmentation: tesseract's "--psm". */
static enum status read_picture(struct text image, double dpi, const char *segmentation,
                                struct buffer *tsv, struct error *error)
{
    char dots[24];
    snprintf(dots, sizeof(dots), "%.0f", fmax(dpi, 70)); /* tesseract guesses below that */
    const char *const command[] = { "tesseract", "-",     "-",          "-l",  "chi_sim", "--dpi",
                                    dots,        "--psm", segmentation, "tsv", NULL };
    enum status status = child_run(command, image, &READ_LIMITS, tsv, error);
    if (!status && utf8_find_invalid(buffer_text(tsv)) != TEXT_NONE)
        status = error_set(error, STATUS_INVALID, "the text of tesseract is not valid UTF-8");
    bool no_data =
        status == STATUS_INVALID && text_contains(text_of(error->message), TEXT("traineddata"));
    return no_data ? STATUS_NOT_FOUND : status;
}

/* First with columns and pictures looked for; where that leaves lines that could hardly be read
 * (it cuts some in two, along the line), also as one block of text: the better reading stays. */
static enum status read_best(struct text image, double dpi, struct arena *arena,
                             struct scan_page *page, struct error *error)
{
    static const char *const SEGMENTATIONS[] = { "3", "6" };
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < sizeof(SEGMENTATIONS) / sizeof(SEGMENTATIONS[0]); i++) {
        CLEANUP(buffer_release) struct buffer tsv = BUFFER_INIT;
        struct scan_page reading = { .characters = 0 };
        if (i > 0 && page->characters - page->sure < UNSURE_CHARACTERS)
            break;
        status = read_picture(image, dpi, SEGMENTATIONS[i], &tsv, error);
        if (!status)
            status =
                pdf_scan_parse(buffer_text(&tsv), POINTS_PER_INCH / dpi, arena, &reading, error);
        if (!status && (i == 0 || reading.sure > page->sure))
            *page = reading;
    }
    return status;
}

static enum status read_page(struct text pdf, size_t number, double dpi, struct arena *arena,
                             struct scan_page *page, struct error *error)
{
    CLEANUP(buffer_release) struct buffer image = BUFFER_INIT;
    enum status status = draw_page(pdf, number, dpi, &image, error);
    return status ? status : read_best(buffer_text(&image), dpi, arena, page, error);
}

/* --- which pages ---------------------------------------------------------------------------- */

static size_t characters_of(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->run_count && count < LITTLE_TEXT; i++)
        count += utf8_count(page->runs[i].text);
    return count;
}

static bool is_picture(const struct pdf_text *text, const struct page *page)
{
    return legibility_is_garbage(&text->legibility) || characters_of(page) < LITTLE_TEXT;
}

static enum status check_count(const struct pdf_text *text, struct error *error)
{
    size_t pictures = 0;
    for (size_t i = 0; i < text->layout.page_count; i++)
        pictures += is_picture(text, &text->layout.pages[i]);
    if (pictures > SCAN_PAGES_MAX)
        return error_set(error, STATUS_LIMIT, "scan of %zu pages, more than %zu", pictures,
                         SCAN_PAGES_MAX);
    return STATUS_OK;
}

/* --- one after the other -------------------------------------------------------------------- */

struct scan {
    struct text pdf;
    struct page_layout layout; /* the new pages */
    const char *path;
    const struct document_receiver *receiver;
    struct timespec start;
    size_t pages;      /* that gave text */
    size_t characters; /* of them */
    bool unreadable;   /* the text that is there */
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec);
}

static enum status keep_page(struct scan *scan, const struct page *page, struct error *error)
{
    enum status status = page_layout_add_page(&scan->layout, page->width, page->height, error);
    if (!status)
        scan->layout.pages[scan->layout.page_count - 1] = *page;
    return status;
}

/* What is wrong with one page leaves the others. */
static enum status leave_page(struct scan *scan, const struct page *page, size_t number,
                              enum status status, struct error *error)
{
    if (status == STATUS_NOT_FOUND)
        return not_installed(error);
    if (status == STATUS_NO_MEMORY)
        return status;
    error_prefix(error, status, "page %zu could not be read", number);
    if (scan->receiver->warn)
        scan->receiver->warn(scan->receiver->context, scan->path, error->message);
    const struct page empty = { .width = page->width, .height = page->height };
    return keep_page(scan, scan->unreadable ? &empty : page, error);
}

static enum status scan_page(struct scan *scan, const struct page *page, size_t number,
                             struct error *error)
{
    if (seconds_since(&scan->start) > SCAN_SECONDS_MAX)
        return error_set(error, STATUS_LIMIT, "reading the scan took more than %d s",
                         SCAN_SECONDS_MAX);
    struct scan_page reading = { .characters = 0 };
    enum status status =
        read_page(scan->pdf, number, resolution(page), scan->layout.arena, &reading, error);
    if (status)
        return leave_page(scan, page, number, status, error);
    if (!scan->unreadable && reading.characters <= characters_of(page))
        return keep_page(scan, page, error); /* an empty page with its number */
    scan->pages += reading.characters > 0;
    scan->characters += reading.characters;
    return keep_page(scan, &reading.page, error);
}

enum status pdf_scan_read(struct text pdf, struct pdf_text *text, const char *path,
                          const struct document_receiver *receiver, size_t *pages,
                          struct error *error)
{
    struct scan scan = {
        .pdf = pdf,
        .layout = { .arena = text->layout.arena },
        .path = path,
        .receiver = receiver,
        .unreadable = legibility_is_garbage(&text->legibility),
    };
    enum status status = check_count(text, error);
    clock_gettime(CLOCK_MONOTONIC, &scan.start);
    for (size_t i = 0; !status && i < text->layout.page_count; i++) {
        const struct page *page = &text->layout.pages[i];
        status = is_picture(text, page) ? scan_page(&scan, page, i + 1, error)
                                        : keep_page(&scan, page, error);
    }
    if (status)
        return status;
    if (scan.unreadable && scan.pages)
        text->legibility = (struct legibility) { 0 };
    text->legibility.characters += scan.characters;
    text->layout = scan.layout;
    *pages = scan.pages;
    return STATUS_OK;
}
