/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A download that broke off: every format cut at every byte (PDF and old Word, for
 * which another program is started, at some). What comes out is the beginning of the text or one line that says what is wrong, and where a
 * format has an end, a file without it is never read as if it were whole. */
#include <iconv.h>

#include "indexer/base/utf8.h"
#include "indexer/document/child.h"
#include "tests/document/container.h"

#define PARAGRAPHS                                                                                 \
    "您提出的《关于改善农村公路养护的提案》收悉，现答复如下。", "一、工作进展情况",                \
        "截至2025年6月底，全县完成养护里程426公里，投入资金3150万元。",                            \
        "感谢您对交通工作的关心和支持！"

static const char *const TEXTS[] = { PARAGRAPHS };
#define TEXT_COUNT (sizeof(TEXTS) / sizeof(TEXTS[0]))
#define DOC_STEP 149 /* a damaged Word file is shown to another program too */

struct cut {
    struct buffer text; /* of all blocks, without blanks and what could not be decoded */
    size_t documents, warnings;
};

static enum status take(void *context, const struct document *document, struct error *error)
{
    struct cut *cut = context;
    (void)error;
    cut->documents++;
    for (size_t i = 0; i < document->block_count; i++) {
        struct text text = document->blocks[i].text;
        for (size_t at = 0; at < text.length;) {
            size_t start = at;
            uint32_t codepoint = utf8_next_valid(text.data, &at);
            if (codepoint > ' ' && codepoint != 0x3000 && codepoint != 0xFFFD)
                buffer_append(&cut->text, text_slice(text, start, at - start));
        }
    }
    return STATUS_OK;
}

static void warn(void *context, const char *path, const char *message)
{
    struct cut *cut = context;
    ck_assert(strcmp(path, "cut") == 0 || strncmp(path, "cut.", 4) == 0);
    ck_assert_ptr_null(strchr(message, '\n'));
    cut->warnings++;
}

static enum status read_cut(struct text bytes, const char *path, struct cut *cut)
{
    struct document_receiver receiver = { take, warn, cut, false };
    struct error error = { "" };
    char *copy = malloc(bytes.length + 1); /* of its own, so that the sanitizer sees an overrun */
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes.data ? bytes.data : "", bytes.length);
    enum status status =
        readers_read_bytes(text_of_bytes(copy, bytes.length), path, &receiver, &error);
    free(copy);
    ck_assert(status == STATUS_OK || error.message[0] != '\0');
    ck_assert_ptr_null(strchr(error.message, '\n'));
    return status;
}

enum end {
    HAS_END, /* a file without it is refused or warned of */
    NO_END,  /* nobody can tell */
};

/* From `first` bytes on, every `step`: below that there is too little to know an encoding by. */
static void assert_truncated(struct text bytes, const char *path, enum end end, size_t first,
                             size_t step)
{
    struct cut whole = { .documents = 0 };
    ck_assert_msg(read_cut(bytes, path, &whole) == STATUS_OK, "%s", path);
    ck_assert_uint_eq(whole.warnings, 0);
    ck_assert_uint_gt(whole.text.length, 60);
    for (size_t length = 0; length < bytes.length; length += length < first ? 1 : step) {
        struct cut cut = { .documents = 0 };
        enum status status = read_cut(text_slice(bytes, 0, length), path, &cut);
        struct text got = buffer_text(&cut.text), all = buffer_text(&whole.text);
        bool shorter = got.length < all.length;
        if (!status && length >= first)
            ck_assert_msg(text_starts_with(all, got), "%s of %zu bytes: \"%.*s\"", path, length,
                          TEXT_ARG(got));
        if (end == HAS_END && length >= first && shorter)
            ck_assert_msg(status || cut.warnings, "%s of %zu bytes is read as whole: \"%.*s\"",
                          path, length, TEXT_ARG(got));
        buffer_release(&cut.text);
    }
    buffer_release(&whole.text);
}

static void convert(const char *encoding, const char *text, struct buffer *out)
{
    char bytes[8192], *in = (char *)text, *to = bytes;
    size_t left = strlen(text), room = sizeof(bytes);
    iconv_t codec = iconv_open(encoding, "UTF-8");
    ck_assert(codec != (iconv_t)-1);
    ck_assert_uint_eq(iconv(codec, &in, &left, &to, &room), 0);
    iconv_close(codec);
    buffer_append(out, text_of_bytes(bytes, sizeof(bytes) - room));
}

static void assert_encoded(const char *text, const char *path, enum end end, size_t first)
{
    static const char *const ENCODINGS[] = { "UTF-8", "GB18030", "UTF-16" };
    for (size_t i = 0; i < sizeof(ENCODINGS) / sizeof(ENCODINGS[0]); i++) {
        struct buffer bytes = BUFFER_INIT;
        convert(ENCODINGS[i], text, &bytes);
        assert_truncated(buffer_text(&bytes), path, end, first, 1);
        buffer_release(&bytes);
    }
}

/* The paragraphs between these. */
static void wrap(const char *head, const char *before, const char *after, const char *tail,
                 struct buffer *out)
{
    buffer_printf(out, "%s", head);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        buffer_printf(out, "%s%s%s", before, TEXTS[i], after);
    buffer_printf(out, "%s", tail);
}

START_TEST(plain_text_gives_what_is_there)
{
    struct buffer text = BUFFER_INIT;
    wrap("", "　　", "\n", "", &text);
    assert_encoded(text.data, "cut.txt", NO_END, 40);
    buffer_release(&text);
}
END_TEST

START_TEST(a_page_gives_what_is_there)
{
    struct buffer page = BUFFER_INIT;
    wrap("<!DOCTYPE html><html><head><title>关于提案的答复</title></head><body><div id=\"zoom\">",
         "<p style=\"text-indent:2em\"><span>", "</span></p>\n", "</div></body></html>", &page);
    assert_encoded(page.data, "cut.html", NO_END, 40);
    buffer_release(&page);
}
END_TEST

START_TEST(rows_and_lines_without_their_end_are_told_of)
{
    struct buffer csv = BUFFER_INIT, lines = BUFFER_INIT;
    wrap("标题,正文\n", "\"答复\",\"", "\"\n", "", &csv);
    assert_encoded(csv.data, "cut.csv", NO_END, 60);
    wrap("", "{\"id\":\"a\",\"text\":\"", "\"}\n", "", &lines);
    ck_assert_uint_gt(lines.length, 300);
    assert_encoded(lines.data, "cut.jsonl", NO_END, 60);
    buffer_release(&csv);
    buffer_release(&lines);
}
END_TEST

START_TEST(xml_without_its_end_is_told_of)
{
    struct buffer xml = BUFFER_INIT;
    wrap("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<reply id=\"a\"><title>答复</title><body>",
         "<p>", "</p>", "</body></reply>", &xml);
    assert_truncated(buffer_text(&xml), "cut.xml", HAS_END, 40, 1);
    buffer_release(&xml);
}
END_TEST

START_TEST(rtf_without_its_end_is_told_of)
{
    struct buffer rtf = BUFFER_INIT;
    wrap("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil SimSun;}}\\f0 ", "\\pard ",
         "\\par\n", "}", &rtf);
    struct buffer bytes = BUFFER_INIT;
    convert("GB18030", rtf.data, &bytes);
    assert_truncated(buffer_text(&bytes), "cut.rtf", HAS_END, 40, 1);
    buffer_release(&rtf);
    buffer_release(&bytes);
}
END_TEST

START_TEST(containers_without_their_directory_are_refused)
{
    struct buffer docx = BUFFER_INIT, ofd = BUFFER_INIT, zip = BUFFER_INIT, bytes = BUFFER_INIT;
    wrap("== [Content_Types].xml\n<Types "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>\n"
         "== word/document.xml\n<w:document "
         "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
         "<w:p><w:r><w:t>", "</w:t></w:r></w:p>", "</w:body></w:document>\n", &docx);
    wrap("== OFD.xml\n<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>\n== D.xml\n<Document>"
         "<Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>\n== P.xml\n<Page><Content><Layer>",
         "<TextObject Boundary=\"30 50 9 9\" Size=\"4\"><TextCode X=\"0\" Y=\"4\">",
         "</TextCode></TextObject>", "</Layer></Content></Page>\n", &ofd);
    wrap("== a.txt\n", "", "\n", "", &zip);
    const struct {
        struct buffer *description;
        const char *path;
    } ROWS[] = { { &docx, "cut.docx" }, { &ofd, "cut.ofd" }, { &zip, "cut.zip" } };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        buffer_clear(&bytes);
        container_make(ROWS[i].description->data, &bytes);
        assert_truncated(buffer_text(&bytes), ROWS[i].path, HAS_END, 4, 1);
        buffer_release(ROWS[i].description);
    }
    buffer_release(&bytes);
}
END_TEST

static void load(const char *name, struct buffer *bytes)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/tests/%s", DAFU_SOURCE_DIR, name);
    ck_assert_int_eq(file_read(path, 0, bytes, NULL), STATUS_OK);
}

START_TEST(word_without_its_end_is_told_of)
{
    struct buffer bytes = BUFFER_INIT;
    load("fixtures/word/text.doc", &bytes);
    assert_truncated(buffer_text(&bytes), "cut.doc", HAS_END, 600, DOC_STEP);
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_pdf_gives_its_text_or_one_line)
{
    struct buffer bytes = BUFFER_INIT;
    if (!child_available("pdftotext"))
        return;
    load("fixtures/pdf/flush.pdf", &bytes);
    assert_truncated(buffer_text(&bytes), "cut.pdf", NO_END, 0, bytes.length / 60);
    buffer_release(&bytes);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, plain_text_gives_what_is_there);
    tcase_add_test(tests, a_page_gives_what_is_there);
    tcase_add_test(tests, rows_and_lines_without_their_end_are_told_of);
    tcase_add_test(tests, xml_without_its_end_is_told_of);
    tcase_add_test(tests, rtf_without_its_end_is_told_of);
    tcase_add_test(tests, containers_without_their_directory_are_refused);
    tcase_add_test(tests, word_without_its_end_is_told_of);
    tcase_add_test(tests, a_pdf_gives_its_text_or_one_line);
}

int main(void)
{
    return reading_run("truncation", add_tests);
}
