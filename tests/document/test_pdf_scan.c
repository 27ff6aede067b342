/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scans: a PDF of pictures as a whole, where the programs are installed, and the table of words
 * that tesseract prints, which is written down here. */
#include "indexer/base/utf8.h"
#include "indexer/document/child.h"
#include "indexer/document/pdf_scan.h"
#include "tests/base/suite.h"
#include "tests/document/round_trip.h"

#define SCAN DAFU_SOURCE_DIR "/tests/fixtures/pdf/scan.pdf"

static bool installed(void)
{
    struct buffer languages = BUFFER_INIT;
    struct error error;
    static const char *const LIST[] = { "tesseract", "--list-langs", NULL };
    const struct child_limits limits = { .seconds = 20, .memory = 1 << 30, .output = 1 << 20 };
    bool found = child_available("pdftoppm") && child_available("pdftotext") &&
                 child_run(LIST, TEXT(""), &limits, &languages, &error) == STATUS_OK &&
                 text_contains(buffer_text(&languages), TEXT("chi_sim"));
    buffer_release(&languages);
    if (!found)
        fprintf(stderr, "skipped: poppler-utils or tesseract-ocr-chi-sim is not installed\n");
    return found;
}

/* --- files ---------------------------------------------------------------------------------- */

static size_t codepoints(const struct buffer *text, uint32_t *out, size_t room)
{
    size_t count = 0;
    for (size_t at = 0; at < text->length && count < room;) {
        uint32_t codepoint = utf8_next_valid(text->data, &at);
        if (codepoint != ' ' && codepoint != 0x3000)
            out[count++] = codepoint;
    }
    return count;
}

/* Characters to change, take away or add (Levenshtein), blanks aside. */
static size_t distance(const struct buffer *a, const struct buffer *b)
{
    static uint32_t left[4096], right[4096];
    static size_t row[4097];
    size_t n = codepoints(a, left, LENGTH_OF(left)), m = codepoints(b, right, LENGTH_OF(right));
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = corner + (left[i - 1] != right[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

static size_t lines(const struct buffer *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += text->data[i] == '\n';
    return count;
}

START_TEST(a_scan_reads_like_its_text)
{
    struct trip scan = { .reader = &PDF_READER, .ocr = true },
                original = { .reader = &TEXT_READER };
    if (!installed())
        return;
    trip_read(&scan, SCAN);
    ck_assert_msg(scan.status == STATUS_OK, "%s", scan.error.message);
    trip_read(&original, DAFU_SOURCE_DIR "/corpus/replies/weizhou-2025-188.txt");
    ck_assert_str_eq(scan.read_as, "pdf+ocr");
    size_t wrong = distance(&scan.text, &original.text);
    ck_assert_msg(wrong < 40, "%zu characters are wrong in:\n%s", wrong, trip_string(&scan.text));
    ck_assert_uint_le(lines(&scan.text), lines(&original.text) + 2);
    ck_assert_uint_le(lines(&original.text), lines(&scan.text) + 2);
    trip_release(&scan);
    trip_release(&original);
}
END_TEST

START_TEST(without_being_asked_a_scan_is_only_called_one)
{
    struct trip scan = { .reader = &PDF_READER };
    if (!child_available("pdftotext"))
        return;
    trip_read(&scan, SCAN);
    ck_assert_int_eq(scan.status, STATUS_UNSUPPORTED);
    ck_assert_str_eq(scan.error.message, "scanned PDF without text (2 pages); --ocr would read it");
    trip_release(&scan);
}
END_TEST

START_TEST(a_page_with_text_is_not_read_again)
{
    struct trip trip = { .reader = &PDF_READER, .ocr = true };
    if (!installed())
        return;
    trip_read(&trip, DAFU_SOURCE_DIR "/tests/fixtures/pdf/seal.pdf");
    ck_assert_msg(trip.status == STATUS_OK, "%s", trip.error.message);
    ck_assert_str_eq(trip.read_as, "pdf");
    trip_release(&trip);
}
END_TEST

/* --- tables --------------------------------------------------------------------------------- */

/* Words of one line of 20 pixels: each begins where the one before it ends, and is 20 wide per
 * full-width character. */
#define HEAD                                                                                       \
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"                                         \
    "num\tleft\ttop\twidth\theight\tconf\ttext\n"
#define PAGE "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t\n"
#define LINE(top) "4\t1\t1\t1\t1\t0\t100\t" top "\t400\t20\t-1\t\n"
#define WORD(left, width, confidence, text)                                                        \
    "5\t1\t1\t1\t1\t1\t" left "\t100\t" width "\t20\t" confidence "\t" text "\n"

static void assert_table(const char *tsv, const char *expected)
{
    struct arena arena;
    struct scan_page page;
    struct error error;
    struct buffer out = BUFFER_INIT;
    arena_init(&arena, 0);
    ck_assert_int_eq(pdf_scan_parse(text_of(tsv), 0.36, &arena, &page, &error), STATUS_OK);
    for (size_t i = 0; i < page.page.run_count; i++)
        buffer_printf(&out, "%s%.*s", i ? "|" : "", TEXT_ARG(page.page.runs[i].text));
    ck_assert_str_eq(trip_string(&out), expected);
    buffer_release(&out);
    arena_release(&arena);
}

START_TEST(words_of_a_line_join_without_blanks_but_between_latin_words)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "关于") WORD("150", "20", "95", "第")
                     WORD("180", "10", "95", "5") WORD("195", "20", "95", "号"),
                 "关于第5号");
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "Wi-Fi")
                     WORD("150", "10", "95", "6"),
                 "Wi-Fi 6");
}
END_TEST

START_TEST(room_in_a_line_parts_it)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "60", "95", "联系人")
                     WORD("300", "40", "95", "电话"),
                 "联系人|电话");
}
END_TEST

START_TEST(marks_beside_chinese_are_full_width)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "委员:"), "委员：");
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "宁波,(含市区)1:3"),
                 "宁波，（含市区）1:3");
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "1,000 (a)"), "1,000 (a)");
}
END_TEST

START_TEST(a_percent_sign_read_twice_is_one)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "占18.2%6，"), "占18.2%，");
}
END_TEST

START_TEST(dust_and_hardly_read_lines_are_no_text)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "答复") WORD("600", "4", "90", "|"),
                 "答复");
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "答复") WORD("600", "4", "41", "1"),
                 "答复");
    assert_table(HEAD PAGE LINE("100") WORD("100", "60", "12", "和小果"), "");
}
END_TEST

START_TEST(lines_around_a_page_number_are_no_numeral)
{
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "一") WORD("150", "10", "95", "12")
                     WORD("170", "40", "95", "一"),
                 "—12—");
    assert_table(HEAD PAGE LINE("100") WORD("100", "40", "95", "一期一"), "一期一");
}
END_TEST

START_TEST(a_table_that_is_none_does_no_harm)
{
    assert_table("", "");
    assert_table("5\t1\t1\n\n\t\t\t\t\t\t\t\t\t\t\t\n", "");
    assert_table(HEAD "5\t1\t1\t1\t1\t1\tnan\tinf\t1e308\t-20\tnan\t字\n", "");
    assert_table(HEAD LINE("100") "5\t1\t1\t1\t1\t1\t1e9\t0\t-5\t9999999999\t95\t字\n", "");
}
END_TEST

RUN_SUITE("pdf_scan", NULL, NULL, a_scan_reads_like_its_text,
          without_being_asked_a_scan_is_only_called_one, a_page_with_text_is_not_read_again,
          words_of_a_line_join_without_blanks_but_between_latin_words, room_in_a_line_parts_it,
          marks_beside_chinese_are_full_width, a_percent_sign_read_twice_is_one,
          dust_and_hardly_read_lines_are_no_text, lines_around_a_page_number_are_no_numeral,
          a_table_that_is_none_does_no_harm)
