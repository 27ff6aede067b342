/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF through poppler's pdftotext as a limited child process, which tells where each word stands;
 * paragraphs are found from there (page_layout.h). A library call would be faster by a few
 * milliseconds, but a hostile PDF would be in our own process. */
#include "indexer/base/cleanup.h"
#include "indexer/document/child.h"
#include "indexer/document/pdf_page.h"
#include "indexer/document/pdf_scan.h"
#include "indexer/document/reader.h"

static const struct child_limits LIMITS = {
    .seconds = 60,
    .memory = (size_t)1 << 30,
    .output = (size_t)128 << 20, /* XHTML: about five bytes per byte of Chinese text */
};

/* One page more than is read, so that the ceiling is seen and costs no more than it has to. */
static const char *const PDFTOTEXT[] = { "pdftotext", "-bbox-layout", "-enc", "UTF-8",
                                         "-l",        "20001",        "-",    "-",
                                         NULL };
_Static_assert(PAGES_MAX == 20000, "pdftotext is asked for one page more");

/* The mark may stand behind junk in the first 1024 bytes (ISO 32000-1, annex H.3.4.1): that is
 * believed of a file named so. */
static bool recognizes_pdf(struct text head, struct text extension)
{
    if (text_equal(extension, TEXT("pdf")) && head.length > 1024)
        head.length = 1024;
    else if (!text_equal(extension, TEXT("pdf")) && head.length > 16)
        head.length = 16;
    return text_contains(head, TEXT("%PDF-"));
}

/* Says what is wrong in words that do not need to know poppler. */
static enum status explain(enum status status, struct error *error)
{
    struct error reason = *error;
    switch (status) {
    case STATUS_NOT_FOUND:
        return error_set(error, STATUS_UNSUPPORTED,
                         "reading PDF needs pdftotext: install the package poppler-utils");
    case STATUS_INVALID:
        if (text_contains(text_of(reason.message), TEXT("assword")))
            return error_set(error, STATUS_UNSUPPORTED, "encrypted PDF that needs a password");
        return error_set(error, STATUS_INVALID, "damaged PDF (%s)", reason.message);
    default:
        return status;
    }
}

static enum status declare_properties(const struct pdf_text *text, struct document *document,
                                      struct error *error)
{
    const struct {
        const char *key;
        struct text value;
    } properties[] = {
        { "file_title", text->title },
        { "file_author", text->author },
        { "file_created", text->created },
        { "file_modified", text->modified },
    };
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
        if (properties[i].value.length &&
            !document_declare(document, text->layout.arena, properties[i].key, properties[i].value))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

/* `ocr`: the pictures have been read already. */
static enum status check_text(const struct pdf_text *text, bool ocr, struct error *error)
{
    size_t pages = text->layout.page_count;
    const char *hint = ocr ? "" : "; --ocr would read it";
    if (!text->legibility.characters)
        return error_set(error, STATUS_UNSUPPORTED, "scanned PDF without text (%zu page%s)%s",
                         pages, pages == 1 ? "" : "s", hint);
    if (legibility_is_garbage(&text->legibility))
        return error_set(error, STATUS_UNSUPPORTED,
                         "PDF whose fonts do not tell which characters they draw%s", hint);
    return STATUS_OK;
}

static enum status build(struct pdf_text *text, bool ocr, struct document *document,
                         struct error *error)
{
    enum status status = check_text(text, ocr, error);
    if (!status)
        status = declare_properties(text, document, error);
    if (!status)
        status = page_layout_finish(&text->layout, document, error);
    if (!status && !document->block_count)
        status = error_set(error, STATUS_EMPTY, "no text in it");
    return status;
}

static enum status read_pictures(struct text pdf, struct pdf_text *text, const char *path,
                                 const struct document_receiver *receiver,
                                 struct document *document, struct error *error)
{
    size_t pages = 0;
    enum status status = pdf_scan_read(pdf, text, path, receiver, &pages, error);
    if (!status && pages) {
        document->reader = "pdf+ocr";
        document->encoding_origin = "ocr";
    }
    return status;
}

static enum status read_pdf(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer xhtml = BUFFER_INIT;
    enum status status = stream_load(in, DOCUMENT_BYTES_MAX, &bytes, error);
    if (status)
        return status;
    status = child_run(PDFTOTEXT, buffer_text(&bytes), &LIMITS, &xhtml, error);
    if (status)
        return explain(status, error);

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, (size_t)1 << 30);
    struct pdf_text text = { .layout = { .arena = &arena } };
    struct document document = { .reader = "pdf", .encoding = "PDF" };
    if (!document_set_source(&document, &arena, path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    status = pdf_text_parse(&xhtml, &text, error);
    buffer_release(&xhtml);
    if (!status && !text.layout.page_count)
        status = error_set(error, STATUS_INVALID, "damaged PDF: no page in it");
    if (!status && receiver->ocr)
        status = read_pictures(buffer_text(&bytes), &text, path, receiver, &document, error);
    if (!status)
        status = build(&text, receiver->ocr, &document, error);
    return status ? status : receiver->document(receiver->context, &document, error);
}

const struct reader PDF_READER = { "pdf", "pdf", recognizes_pdf, read_pdf };
