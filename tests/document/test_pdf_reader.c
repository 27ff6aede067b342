/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader on PDF files, and the layout alone on pages that are written down here. */
#include "indexer/base/utf8.h"
#include "indexer/document/child.h"
#include "indexer/document/pdf_page.h"
#include "tests/base/suite.h"
#include "tests/document/round_trip.h"

static bool installed(void)
{
    if (child_available("pdftotext"))
        return true;
    fprintf(stderr, "skipped: pdftotext (poppler-utils) is not installed\n");
    return false;
}

/* --- files ---------------------------------------------------------------------------------- */

START_TEST(fixtures_read_like_their_text)
{
    static const struct {
        const char *fixture, *reply;
    } CASES[] = {
        { "pdf/letter.pdf", "hengpu-2025-74" },      /* letterhead, running header, — 1 — */
        { "pdf/columns.pdf", "weizhou-2026-52" },    /* two columns, 第1页 共2页 */
        { "pdf/flush.pdf", "tanchuan-2025-40" },     /* no indents, distances between paragraphs */
        { "pdf/seal.pdf", "tingnan-2026-1386" },     /* vertical seal over the title */
        { "pdf/ragged.pdf", "tongbu-2026-22" },      /* right margin not even, number on top */
        { "pdf/letterhead.pdf", "yanhu-2026-t014" }, /* stretched lines */
        { "pdf/page.pdf", "tingnan-2026-1386" }, /* a page saved from Word, room beside digits */
    };
    for (size_t i = 0; i < LENGTH_OF(CASES) && installed(); i++)
        assert_reads_like(&PDF_READER, CASES[i].fixture, CASES[i].reply);
}
END_TEST

static void load(struct buffer *bytes, const char *fixture)
{
    char path[512];
    struct stream *stream = NULL;
    struct error error;
    snprintf(path, sizeof(path), "%s/tests/fixtures/%s", DAFU_SOURCE_DIR, fixture);
    ck_assert_int_eq(stream_open(path, &stream, &error), STATUS_OK);
    ck_assert_int_eq(stream_load(stream, DOCUMENT_BYTES_MAX, bytes, &error), STATUS_OK);
    stream_close(stream);
}

START_TEST(paragraphs_know_the_page_they_begin_on_and_properties_are_declared)
{
    char path[512];
    struct trip trip = { .reader = &PDF_READER, .blocks = true };
    if (!installed())
        return;
    snprintf(path, sizeof(path), "%s/tests/fixtures/pdf/letter.pdf", DAFU_SOURCE_DIR);
    trip_read(&trip, path);
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    ck_assert_ptr_nonnull(strstr(trip_string(&trip.text), "P1 一、建设现状\n"));
    ck_assert_ptr_nonnull(strstr(trip_string(&trip.text), "P3 四、关于修订地方标准的建议\n"));
    ck_assert_ptr_nonnull(strstr(trip_string(&trip.declared), "file_title=关于政协衡浦市"));
    ck_assert_ptr_nonnull(strstr(trip_string(&trip.declared), "file_created=20"));
    trip_release(&trip);
}
END_TEST

static void add_object(struct buffer *pdf, size_t *offsets, size_t number, const char *body)
{
    offsets[number] = pdf->length;
    buffer_printf(pdf, "%zu 0 obj\n%s\nendobj\n", number, body);
}

/* A PDF of `pages` pages that share one content stream. */
static void make_pdf(struct buffer *pdf, size_t pages, const char *content, const char *trailer)
{
    size_t *offsets = calloc(pages + 5, sizeof(*offsets));
    struct buffer kids = BUFFER_INIT;
    char body[512];
    ck_assert_ptr_nonnull(offsets);
    buffer_append(pdf, TEXT("%PDF-1.4\n"));
    for (size_t i = 0; i < pages; i++)
        buffer_printf(&kids, "%zu 0 R ", i + 5);
    buffer_printf(&kids, "] /Count %zu >>", pages);
    add_object(pdf, offsets, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    offsets[2] = pdf->length;
    buffer_printf(pdf, "2 0 obj\n<< /Type /Pages /Kids [%s\nendobj\n", trip_string(&kids));
    add_object(pdf, offsets, 3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    snprintf(body, sizeof(body), "<< /Length %zu >>\nstream\n%s\nendstream", strlen(content),
             content);
    add_object(pdf, offsets, 4, body);
    for (size_t i = 0; i < pages; i++)
        add_object(pdf, offsets, i + 5,
                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                   "/Resources << /Font << /F 3 0 R >> >> >>");
    size_t start = pdf->length;
    buffer_printf(pdf, "xref\n0 %zu\n0000000000 65535 f \n", pages + 5);
    for (size_t i = 1; i < pages + 5; i++)
        buffer_printf(pdf, "%010zu 00000 n \n", offsets[i]);
    buffer_printf(pdf, "trailer << /Size %zu /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
                  pages + 5, trailer, start);
    free(offsets);
    buffer_release(&kids);
}

static void assert_pdf_fails(struct text bytes, enum status status, const char *message)
{
    struct trip trip = { .reader = &PDF_READER };
    trip_read_bytes(&trip, bytes);
    ck_assert_msg(trip.status == status &&
                      strncmp(trip.error.message, message, strlen(message)) == 0,
                  "%s: %s", status_name(trip.status), trip.error.message);
    trip_release(&trip);
}

START_TEST(a_scan_without_text_is_called_one)
{
    struct buffer pdf = BUFFER_INIT;
    if (!installed())
        return;
    make_pdf(&pdf, 3, "0 0 100 100 re f", "");
    assert_pdf_fails(buffer_text(&pdf), STATUS_UNSUPPORTED, "scanned PDF without text (3 pages)");
    buffer_release(&pdf);
}
END_TEST

START_TEST(an_encrypted_file_is_called_one)
{
    struct buffer pdf = BUFFER_INIT;
    if (!installed())
        return;
    make_pdf(&pdf, 1, "BT /F 12 Tf (x) Tj ET",
             "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
             "/O <0000000000000000000000000000000000000000000000000000000000000000> "
             "/U <0000000000000000000000000000000000000000000000000000000000000000> >>");
    assert_pdf_fails(buffer_text(&pdf), STATUS_UNSUPPORTED, "encrypted PDF that needs a password");
    buffer_release(&pdf);
}
END_TEST

START_TEST(too_many_pages_are_one_line)
{
    struct buffer pdf = BUFFER_INIT;
    if (!installed())
        return;
    make_pdf(&pdf, 100000, "BT /F 12 Tf 72 700 Td (Hello) Tj ET", "");
    assert_pdf_fails(buffer_text(&pdf), STATUS_LIMIT, "more than 20000 pages");
    buffer_release(&pdf);
}
END_TEST

START_TEST(what_is_no_pdf_inside_is_damaged)
{
    if (!installed())
        return;
    assert_pdf_fails(TEXT("%PDF-1.7\n"), STATUS_INVALID, "damaged PDF (pdftotext");
    assert_pdf_fails(TEXT("%PDF-1.7\nnothing of it \xFF\xFE\x01"), STATUS_INVALID, "damaged PDF (");
}
END_TEST

START_TEST(a_file_cut_off_ends_in_text_or_one_line)
{
    struct buffer bytes = BUFFER_INIT;
    if (!installed())
        return;
    load(&bytes, "pdf/seal.pdf");
    for (size_t length = 9; length < bytes.length; length += 463) {
        struct trip trip = { .reader = &PDF_READER };
        trip_read_bytes(&trip, text_slice(buffer_text(&bytes), 0, length));
        if (trip.status)
            ck_assert_ptr_null(strchr(trip.error.message, '\n'));
        trip_release(&trip);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(pdf_is_known_by_its_mark)
{
    ck_assert(PDF_READER.recognizes(TEXT("%PDF-1.7\n"), TEXT("")));
    ck_assert(
        PDF_READER.recognizes(TEXT("junk before it, a long line of it\n%PDF-1.7"), TEXT("pdf")));
    ck_assert(
        !PDF_READER.recognizes(TEXT("a text that mentions how %PDF-1.7 begins"), TEXT("txt")));
    ck_assert(!PDF_READER.recognizes(TEXT("<html>"), TEXT("pdf")));
}
END_TEST

/* --- pages ---------------------------------------------------------------------------------- */

/* A page of lines in 10 pt on a grid: x in characters from the margin at 100, y in lines of 20 pt
 * from the top. "@" begins a page. */
struct place {
    double x, y;
    const char *text;
    double size; /* 0: 10 */
};

static void draw(struct page_layout *layout, const struct place *place)
{
    struct error error;
    double size = place->size > 0 ? place->size : 10;
    if (strcmp(place->text, "@") == 0) {
        ck_assert_int_eq(page_layout_add_page(layout, 500, 842, &error), STATUS_OK);
        return;
    }
    double width = 0;
    for (size_t at = 0; place->text[at];)
        width += utf8_next_valid(place->text, &at) >= 0x2000 ? size : size / 2;
    struct page_run run = { .text = text_of(place->text),
                            .x0 = 100 + 10 * place->x,
                            .y0 = 60 + 20 * place->y,
                            .size = size };
    run.x1 = run.x0 + width;
    run.y1 = run.y0 + size * 1.2;
    ck_assert_int_eq(page_layout_add_run(layout, &run, &error), STATUS_OK);
}

/* The blocks, a line each. */
static void lay_out(const struct place *places, size_t count, struct buffer *out)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct page_layout layout = { .arena = &arena };
    struct document document = { .reader = "test" };
    struct error error;
    for (size_t i = 0; i < count; i++)
        draw(&layout, &places[i]);
    ck_assert_int_eq(page_layout_finish(&layout, &document, &error), STATUS_OK);
    for (size_t i = 0; i < document.block_count; i++)
        buffer_printf(out, "%c%u %.*s\n", document.blocks[i].kind == BLOCK_LINE ? 'L' : 'P',
                      document.blocks[i].page, TEXT_ARG(document.blocks[i].text));
    arena_release(&arena);
}

static void assert_layout(const struct place *places, size_t count, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    lay_out(places, count, &out);
    ck_assert_str_eq(trip_string(&out), expected);
    buffer_release(&out);
}

#define ASSERT_LAYOUT(expected, ...)                                                               \
    do {                                                                                           \
        const struct place places[] = { __VA_ARGS__ };                                             \
        assert_layout(places, LENGTH_OF(places), expected);                                        \
    } while (0)

#define PAGE                                                                                       \
    {                                                                                              \
        0, 0, "@", 0                                                                               \
    }
/* Twenty characters: a full line. */
#define FULL "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
#define LESS "一二三四五六七八九十甲乙丙丁戊己庚辛" /* with an indent of two */

START_TEST(an_indent_begins_a_paragraph)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\nP1 " LESS FULL "尾。\n", PAGE, { 2, 1, LESS, 0 },
                  { 0, 2, FULL, 0 }, { 0, 3, "末行。", 0 }, { 2, 4, LESS, 0 }, { 0, 5, FULL, 0 },
                  { 0, 6, "尾。", 0 });
}
END_TEST

START_TEST(the_order_in_the_file_does_not_matter)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\nP1 " LESS "尾。\n", PAGE, { 0, 5, "尾。", 0 },
                  { 0, 3, "末行。", 0 }, { 2, 4, LESS, 0 }, { 0, 2, FULL, 0 }, { 2, 1, LESS, 0 });
}
END_TEST

START_TEST(a_paragraph_goes_on_on_the_next_page)
{
    ASSERT_LAYOUT("P1 " LESS FULL FULL "末行。\nP2 " LESS "尾。\n", PAGE, { 2, 1, LESS, 0 },
                  { 0, 2, FULL, 0 }, { 0, 36, "— 1 —", 0 }, PAGE, { 0, 1, FULL, 0 },
                  { 0, 2, "末行。", 0 }, { 2, 3, LESS, 0 }, { 0, 4, "尾。", 0 },
                  { 0, 36, "— 2 —", 0 });
}
END_TEST

START_TEST(headers_and_page_numbers_are_dropped)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\nP2 " LESS "尾。\n", PAGE, { 5, 0, "某某市政府公报", 8 },
                  { 2, 2, LESS, 0 }, { 0, 3, FULL, 0 }, { 0, 4, "末行。", 0 }, { 10, 36, "7", 0 },
                  PAGE, { 5, 0, "某某市政府公报", 8 }, { 2, 2, LESS, 0 }, { 0, 3, "尾。", 0 },
                  { 10, 36, "8", 0 });
}
END_TEST

/* `pages` pages with these lines; '%' in a line is the page's number, '&' 7 times that. */
static void assert_pages(size_t pages, const struct place *places, size_t count, const char *kept,
                         const char *gone)
{
    static char texts[400][8][100]; /* as long as the layout */
    struct place page[8 * 400 + 400];
    size_t length = 0;
    ck_assert(pages <= 400 && count <= 8);
    for (size_t i = 0; i < pages; i++) {
        page[length++] = (struct place)PAGE;
        for (size_t k = 0; k < count; k++) {
            const char *from = places[k].text, *number = strpbrk(from, "%&");
            unsigned long value = number && *number == '&' ? 7 * (i + 1) : i + 1;
            int before = number ? (int)(number - from) : (int)strlen(from);
            snprintf(texts[i][k], sizeof(texts[i][k]), "%.*s", before, from);
            if (number)
                snprintf(texts[i][k] + before, sizeof(texts[i][k]) - (size_t)before, "%lu%s", value,
                         number + 1);
            page[length] = places[k];
            page[length++].text = texts[i][k];
        }
    }
    struct buffer out = BUFFER_INIT;
    lay_out(page, length, &out);
    size_t found = 0;
    for (const char *at = trip_string(&out); (at = strstr(at, kept)); at++)
        found++;
    ck_assert_uint_eq(found, pages);
    ck_assert_msg(!gone || !strstr(trip_string(&out), gone), "%s in:\n%s", gone, trip_string(&out));
    buffer_release(&out);
}

#define ASSERT_PAGES(pages, kept, gone, ...)                                                       \
    do {                                                                                           \
        const struct place places[] = { __VA_ARGS__ };                                             \
        assert_pages(pages, places, LENGTH_OF(places), kept, gone);                                \
    } while (0)

START_TEST(rows_that_are_nearly_alike_are_text)
{
    ASSERT_PAGES(300, "条建议已经办结，代表表示满意。", NULL,
                 { 0, 1, "第&条建议已经办结，代表表示满意。", 0 });
    ASSERT_PAGES(300, "件建议已经办结，代表表示满意。", NULL,
                 { 0, 0, "第%件建议已经办结，代表表示满意。", 0 });
    ASSERT_PAGES(300, "办结", NULL, { 0, 1, "&件已经办结", 0 }, { 0, 2, "满意&", 0 });
    ASSERT_PAGES(12, "建议编号：", NULL, { 0, 0, "建议编号：&", 8 }, { 2, 2, LESS, 0 },
                 { 0, 3, "末行。", 0 });
    /* the same words, but nothing else on the pages */
    ASSERT_PAGES(3, "无办理意见。", "共3页", { 0, 0, "无办理意见。", 0 },
                 { 5, 36, "第%页 共3页", 8 });
}
END_TEST

START_TEST(headers_are_dropped_with_their_page_numbers)
{
    ASSERT_PAGES(5, LESS FULL "末行。", "公报", { 5, 0, "某某市政府公报 2024年第3期", 8 },
                 { 2, 2, LESS, 0 }, { 0, 3, FULL, 0 }, { 0, 4, "末行。", 0 },
                 { 10, 37, "第%页 共5页", 8 });
    ASSERT_PAGES(5, LESS FULL "末行。", "公报", { 0, 0, "某某市政府公报%", 8 }, { 2, 2, LESS, 0 },
                 { 0, 3, FULL, 0 }, { 0, 4, "末行。", 0 });
    ASSERT_PAGES(5, LESS FULL "末行。", "公报", { 0, 0, "%", 8 }, { 9, 0, "2024年政府公报", 8 },
                 { 2, 2, LESS, 0 }, { 0, 3, FULL, 0 }, { 0, 4, "末行。", 0 });
}
END_TEST

START_TEST(a_heading_in_the_middle_of_every_page_is_kept)
{
    ASSERT_PAGES(6, "办 理 意 见", NULL, { 2, 2, LESS, 0 }, { 0, 3, "&末行。", 0 },
                 { 5, 18, "办 理 意 见", 16 }, { 2, 20, LESS, 0 }, { 0, 21, "&尾。", 0 });
}
END_TEST

START_TEST(a_letterhead_on_every_page_is_kept)
{
    ASSERT_LAYOUT("P1 某某市教育局文件\nP1 " LESS FULL "末行。\nP2 某某市教育局文件\nP2 " LESS FULL
                  "尾。\n",
                  PAGE, { 2, 0, "某某市教育局文件", 20 }, { 2, 3, LESS, 0 }, { 0, 4, FULL, 0 },
                  { 0, 5, "末行。", 0 }, PAGE, { 2, 0, "某某市教育局文件", 20 }, { 2, 3, LESS, 0 },
                  { 0, 4, FULL, 0 }, { 0, 5, "尾。", 0 });
}
END_TEST

START_TEST(a_centred_title_of_two_lines_is_one)
{
    ASSERT_LAYOUT("P1 关于第一次会议第8号提案的答复函\nP1 某委员：\nP1 " LESS FULL "末行。\n", PAGE,
                  { 2.5, 1, "关于第一次会议第8号", 16 }, { 5.2, 2.2, "提案的答复函", 16 },
                  { 0, 5, "某委员：", 0 }, { 2, 6, LESS, 0 }, { 0, 7, FULL, 0 },
                  { 0, 8, "末行。", 0 });
}
END_TEST

START_TEST(room_inside_a_line_is_kept_as_room)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\nP1 联系人：张某　　　电话：12345\nP1 a bc\n", PAGE,
                  { 2, 1, LESS, 0 }, { 0, 2, FULL, 0 }, { 0, 3, "末行。", 0 },
                  { 2, 4, "联系人：张某", 0 }, { 11, 4, "电话：12345", 0 }, { 2, 5, "a", 0 },
                  { 2.8, 5, "bc", 0 });
}
END_TEST

START_TEST(pieces_of_a_line_join_without_blanks)
{
    ASSERT_LAYOUT("P1 在2025年共3个\n", PAGE, { 2, 1, "在", 0 }, { 3.2, 1, "2025", 0 },
                  { 5.4, 1, "年共", 0 }, { 7.6, 1, "3", 0 }, { 8.3, 1, "个", 0 });
}
END_TEST

#define HALF "一二三四五六七八九十"

START_TEST(columns_are_read_one_after_the_other)
{
    ASSERT_LAYOUT("P1 甲乙丙丁戊己庚辛" HALF HALF "右" HALF HALF "末。\n", PAGE,
                  { 2, 1, "甲乙丙丁戊己庚辛", 0 }, { 13, 1, "右一二三四五六七八九", 0 },
                  { 0, 2, HALF, 0 }, { 13, 2, "十一二三四五六七八九", 0 }, { 0, 3, HALF, 0 },
                  { 13, 3, "十末。", 0 });
}
END_TEST

#define COLUMN "一二三四五六七八九十甲乙丙丁"

#define COLUMN5 COLUMN COLUMN COLUMN COLUMN COLUMN

START_TEST(the_right_column_may_hold_the_end_of_a_letter_only)
{
    ASSERT_LAYOUT("P1 一二三四五六七八九十甲乙" COLUMN5 COLUMN5 COLUMN5
                  "末。\nP1 某某市教育局\nP1 2025年5月6日\n",
                  PAGE, { 2, 1, "一二三四五六七八九十甲乙", 0 }, { 16, 1, "末。", 0 },
                  { 21, 2, "某某市教育局", 0 }, { 21, 3, "2025年5月6日", 0 }, { 0, 2, COLUMN, 0 },
                  { 0, 3, COLUMN, 0 }, { 0, 4, COLUMN, 0 }, { 0, 5, COLUMN, 0 },
                  { 0, 6, COLUMN, 0 }, { 0, 7, COLUMN, 0 }, { 0, 8, COLUMN, 0 },
                  { 0, 9, COLUMN, 0 }, { 0, 10, COLUMN, 0 }, { 0, 11, COLUMN, 0 },
                  { 0, 12, COLUMN, 0 }, { 0, 13, COLUMN, 0 }, { 0, 14, COLUMN, 0 },
                  { 0, 15, COLUMN, 0 }, { 0, 16, COLUMN, 0 });
}
END_TEST

START_TEST(numbers_and_addresses_are_broken_without_a_blank)
{
    ASSERT_LAYOUT("P1 某某市某某局，联系电话：158****0223\n", PAGE,
                  { 0, 1, "某某市某某局，联系电话：158****", 0 }, { 0, 2, "0223", 0 });
}
END_TEST

START_TEST(a_header_with_the_number_of_the_only_page_is_dropped)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\n", PAGE, { 0, -2, "某某公报", 8 },
                  { 14, -2, "2026年第1页", 8 }, { 2, 1, LESS, 0 }, { 0, 2, FULL, 0 },
                  { 0, 3, "末行。", 0 });
}
END_TEST

START_TEST(labels_beside_their_values_are_no_columns)
{
    ASSERT_LAYOUT("P1 文号　　　　某函〔2025〕7号一二三四\nP1 日期　　　　二〇二五年五月六日三四\n"
                  "P1 类别　　　　主动公开以及其他的四五\n",
                  PAGE, { 0, 1, "文号", 0 }, { 8, 1, "某函〔2025〕7号一二三四", 0 },
                  { 0, 2, "日期", 0 }, { 8, 2, "二〇二五年五月六日三四", 0 }, { 0, 3, "类别", 0 },
                  { 8, 3, "主动公开以及其他的四五", 0 });
}
END_TEST

START_TEST(seals_and_watermarks_are_dropped)
{
    ASSERT_LAYOUT("P1 " LESS FULL "末行。\nP1 " LESS FULL "尾。\n", PAGE, { 2, 1, LESS, 0 },
                  { 0, 2, FULL, 0 }, { 0, 3, "末行。", 0 }, { 2, 4, LESS, 0 }, { 0, 5, FULL, 0 },
                  { 0, 6, "尾。", 0 },
                  /* one below the other; along a diagonal; large across the text */
                  { 24, 1, "竖", 0 }, { 24, 1.7, "排", 0 }, { 24, 2.4, "印", 0 },
                  { 24, 3.1, "章", 0 }, { 1, 10, "内", 20 }, { 3, 11, "部", 20 },
                  { 5, 12, "资", 20 }, { 7, 13, "料", 20 }, { 1, 3.2, "严禁外传", 60 });
}
END_TEST

START_TEST(numbers_at_the_left_of_a_table_are_kept)
{
    ASSERT_LAYOUT("P1 一　　　甲方案说明\nP1 二　　　乙方案说明\nP1 三　　　丙方案说明\n", PAGE,
                  { 0, 1, "一", 0 }, { 4, 1, "甲方案说明", 0 }, { 0, 1.8, "二", 0 },
                  { 4, 1.8, "乙方案说明", 0 }, { 0, 2.6, "三", 0 }, { 4, 2.6, "丙方案说明", 0 });
}
END_TEST

START_TEST(rows_of_a_table_are_read_cell_by_cell)
{
    ASSERT_LAYOUT(
        "P1 线路名称 | 里程 | 说明\nP1 县城至柳渡 | 31.5 | 途经东山村、西山村，每日往返八班\n"
        "P1 县城至槐口 | 18.2 | 试运行期间免费\nP1 " LESS "末行。\n",
        PAGE, { 0, 1, "线路名称", 0 }, { 8, 1, "里程", 0 }, { 12, 1, "说明", 0 },
        { 12, 1.9, "途经东山村、西山村，", 0 }, { 0, 2.25, "县城至柳渡", 0 },
        { 8, 2.25, "31.5", 0 }, { 12, 2.6, "每日往返八班", 0 }, { 0, 3.5, "县城至槐口", 0 },
        { 8, 3.5, "18.2", 0 }, { 12, 3.5, "试运行期间免费", 0 }, { 2, 4.6, LESS, 0 },
        { 0, 5.3, "末行。", 0 });
}
END_TEST

START_TEST(glyphs_are_the_characters_that_they_show)
{
    ASSERT_LAYOUT("P1 2025年6月18日，汽车、长江、fi。\n", PAGE,
                  { 0, 1,
                    "2025年6\u2F49"
                    "18\u2F47，汽\u2ECB、\u2ED3江、\uFB01。",
                    0 });
}
END_TEST

/* --- what pdftotext prints ------------------------------------------------------------------ */

START_TEST(characters_that_xml_forbids_do_no_harm)
{
    static const char XHTML[] =
        "<html><head><title>a\x01 b & c</title></head><body><doc><page width=\"500\" "
        "height=\"800\">"
        "<word xMin=\"100\" yMin=\"100\" xMax=\"200\" yMax=\"112\">\xFF好\x02\xEF\xBF\xBF的 "
        "&lt;</word>"
        "<word xMin=\"x\" yMin=\"-1e999\" xMax=\"nan\" yMax=\"112\">nowhere</word>"
        "<word xMin=\"100\" yMin=\"130\" xMax=\"200\" yMax=\"142\">第二</word></page></doc>";
    struct arena arena;
    struct buffer xhtml = BUFFER_INIT;
    struct error error;
    arena_init(&arena, 0);
    struct pdf_text text = { .layout = { .arena = &arena } };
    struct document document = { .reader = "test" };
    buffer_append(&xhtml, (struct text) { XHTML, sizeof(XHTML) - 1 });
    ck_assert_int_eq(pdf_text_parse(&xhtml, &text, &error), STATUS_OK);
    ck_assert_int_eq(page_layout_finish(&text.layout, &document, &error), STATUS_OK);
    ck_assert_uint_ge(document.block_count, 2);
    ck_assert(text_starts_with(document.blocks[0].text, TEXT("好")));
    ck_assert(text_equal(document.blocks[document.block_count - 1].text, TEXT("第二")));
    buffer_release(&xhtml);
    arena_release(&arena);
}
END_TEST

START_TEST(a_page_of_many_pieces_is_bounded)
{
    struct arena arena;
    struct error error;
    arena_init(&arena, 0);
    struct page_layout layout = { .arena = &arena };
    struct document document = { .reader = "test" };
    ck_assert_int_eq(page_layout_add_page(&layout, 500, 800, &error), STATUS_OK);
    struct page_run run = { .text = TEXT("中"), .x0 = 100, .x1 = 110, .y0 = 100, .y1 = 112 };
    for (size_t i = 0; i < PAGE_RUNS_MAX; i++, run.y0 += 1e-6, run.y1 += 1e-6)
        ck_assert_int_eq(page_layout_add_run(&layout, &run, &error), STATUS_OK);
    ck_assert_int_eq(page_layout_add_run(&layout, &run, &error), STATUS_LIMIT);
    ck_assert_str_eq(error.message, "more than 65536 pieces of text on page 1");
    ck_assert_int_eq(page_layout_finish(&layout, &document, &error), STATUS_OK);
    arena_release(&arena);
}
END_TEST

RUN_SUITE("pdf_reader", NULL, NULL, fixtures_read_like_their_text,
          paragraphs_know_the_page_they_begin_on_and_properties_are_declared,
          a_scan_without_text_is_called_one, an_encrypted_file_is_called_one,
          too_many_pages_are_one_line, what_is_no_pdf_inside_is_damaged,
          a_file_cut_off_ends_in_text_or_one_line, pdf_is_known_by_its_mark,
          an_indent_begins_a_paragraph, the_order_in_the_file_does_not_matter,
          a_paragraph_goes_on_on_the_next_page, headers_and_page_numbers_are_dropped,
          rows_that_are_nearly_alike_are_text, headers_are_dropped_with_their_page_numbers,
          a_heading_in_the_middle_of_every_page_is_kept, a_letterhead_on_every_page_is_kept,
          a_centred_title_of_two_lines_is_one, room_inside_a_line_is_kept_as_room,
          pieces_of_a_line_join_without_blanks, columns_are_read_one_after_the_other,
          the_right_column_may_hold_the_end_of_a_letter_only,
          numbers_and_addresses_are_broken_without_a_blank,
          a_header_with_the_number_of_the_only_page_is_dropped,
          labels_beside_their_values_are_no_columns, seals_and_watermarks_are_dropped,
          numbers_at_the_left_of_a_table_are_kept, rows_of_a_table_are_read_cell_by_cell,
          glyphs_are_the_characters_that_they_show, characters_that_xml_forbids_do_no_harm,
          a_page_of_many_pieces_is_bounded)
