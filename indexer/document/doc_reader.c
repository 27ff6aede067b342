/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word's binary format, also of Kingsoft's .wps files that are OLE2 containers. From Word 97 on it is
 * written down as the XML of DOCX and read as that: antiword and catdoc lose the automatic numbers
 * and break the cells of tables over lines. Files that are older, or too damaged for that, go
 * through antiword, or catdoc where antiword gives up, as a limited child process; both print
 * one line per paragraph. */
#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/child.h"
#include "indexer/document/doc_body.h"
#include "indexer/document/doc_lists.h"
#include "indexer/document/docx_body.h"
#include "indexer/document/reader.h"

static const struct child_limits LIMITS = { .seconds = 20,
                                            .memory = (size_t)1 << 30,
                                            .output = DOCUMENT_BYTES_MAX };

static const char *const ANTIWORD[] = { "antiword", "-w", "0", "-m", "UTF-8.txt", "-", NULL };
static const char *const CATDOC[] = { "catdoc", "-w", "-s", "cp936", "-d", "utf-8", "-", NULL };

static bool recognizes_doc(struct text head, struct text extension)
{
    return text_starts_with(head, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

/* Fills `out` by the first converter that is installed and succeeds. catdoc is the second choice: it
 * knows no footers and lists, and takes anything for text, also what is no Word document. */
static enum status convert(struct text bytes, struct buffer *out, struct error *error)
{
    struct error second;
    enum status status = child_run(ANTIWORD, bytes, &LIMITS, out, error);
    if (status != STATUS_INVALID && status != STATUS_NOT_FOUND)
        return status;
    bool word = text_contains(bytes, TEXT("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"));
    buffer_clear(out);
    enum status other = word ? child_run(CATDOC, bytes, &LIMITS, out, &second) : STATUS_INVALID;
    if (other == STATUS_OK || other == STATUS_LIMIT || other == STATUS_NO_MEMORY) {
        if (other)
            *error = second;
        return other;
    }
    if (status == STATUS_NOT_FOUND && word && other == STATUS_NOT_FOUND)
        return error_set(
            error, STATUS_UNSUPPORTED,
            "reading Word files of the old format needs antiword or catdoc: install the "
            "package antiword");
    if (!word)
        return error_set(error, STATUS_INVALID, "not a Word document, or damaged");
    *error = status == STATUS_NOT_FOUND ? second : *error;
    return error_prefix(error, STATUS_INVALID, "not a Word document, or damaged");
}

/* antiword ends with the page's footer, where a number's field shows its code: "— PAGE 3 —". */
static bool is_page_field(struct text line)
{
    static const struct text PARTS[] = {
        TEXT_INIT("NUMPAGES"), TEXT_INIT("PAGE"), TEXT_INIT("MERGEFORMAT"), TEXT_INIT("第"),
        TEXT_INIT("页"),       TEXT_INIT("共"),   TEXT_INIT("—"),           TEXT_INIT("–"),
    };
    bool field = false;
    while (line.length) {
        size_t taken = strchr("0123456789-*\\/ \t", line.data[0]) ? 1 : 0;
        for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]) && !taken; i++)
            if (text_starts_with(line, PARTS[i])) {
                taken = PARTS[i].length;
                field |= i < 2;
            }
        if (!taken)
            return false;
        line = text_slice(line, taken, line.length - taken);
    }
    return field;
}

static enum status add_paragraphs(struct document *document, struct arena *arena, struct text text,
                                  struct error *error)
{
    struct text line;
    while (text_split(&text, TEXT("\n"), &line)) {
        line = text_trim(line);
        if (!line.length || is_page_field(line))
            continue;
        if (document->block_count >= DOCUMENT_BLOCKS_MAX)
            return error_set(error, STATUS_LIMIT, "too many paragraphs");
        if (!document_add_block(document, arena, BLOCK_PARAGRAPH, line))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return document->block_count ? STATUS_OK : error_set(error, STATUS_EMPTY, "no text in it");
}

/* --- Word 97 -------------------------------------------------------------------------------- */

typedef enum status read_definitions(struct docx_numbering *numbering, struct part *part,
                                     struct error *error);

static enum status read_definitions_of(struct docx_numbering *numbering, struct buffer *xml,
                                       read_definitions *read, struct error *error)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    enum status status = buffer_status(xml, error);
    if (!status)
        status = part_open_bytes(&part, xml, error);
    if (!status)
        status = read(numbering, &part, error);
    return status ? status : part_status(&part, TEXT("lists"), error);
}

static enum status read_numbering(const struct doc_file *file, struct arena *arena,
                                  struct docx_numbering **out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer styles = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer lists = BUFFER_INIT;
    struct text table = buffer_text(&file->table);
    *out = docx_numbering_new(arena);
    if (!*out)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    doc_styles_write(table, doc_file_place(file, DOC_STYLES), &styles);
    doc_lists_write(table, doc_file_place(file, DOC_LISTS),
                    doc_file_place(file, DOC_LIST_OVERRIDES), &lists);
    enum status status = read_definitions_of(*out, &styles, docx_numbering_read_styles, error);
    if (!status)
        status = read_definitions_of(*out, &lists, docx_numbering_read_lists, error);
    if (!status)
        docx_numbering_finish(*out);
    return status;
}

/* STATUS_INVALID: another kind of file, or damaged. */
static enum status read_word_97(struct text bytes, struct document *document, struct arena *arena,
                                struct error *error)
{
    CLEANUP(doc_file_release) struct doc_file file;
    CLEANUP(buffer_release) struct buffer xml = BUFFER_INIT;
    CLEANUP(part_release) struct part part = { .reader = NULL };
    struct docx_numbering *numbering;
    enum status status = doc_file_open(bytes, &file, error);
    if (!status)
        status = read_numbering(&file, arena, &numbering, error);
    if (status)
        return status;
    doc_body_write(&file, &xml);
    status = buffer_status(&xml, error);
    if (!status)
        status = part_open_bytes(&part, &xml, error);
    if (!status)
        status = docx_read_body(&part, numbering, NULL, document, arena, error);
    if (!status)
        status = part_status(&part, TEXT("text"), error);
    if (!status && document->block_count == 0)
        status = error_set(error, STATUS_EMPTY, "no text in it");
    return status;
}

/* --- the reader ----------------------------------------------------------------------------- */

static enum status read_converted(struct text bytes, struct document *document, struct arena *arena,
                                  struct error *error)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    enum status status = convert(bytes, &out, error);
    if (status)
        return status;
    if (utf8_find_invalid(buffer_text(&out)) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "the converter's text is not valid UTF-8");
    struct text copy = arena_text(arena, buffer_text(&out));
    if (!copy.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    document->block_count = 0;
    return add_paragraphs(document, arena, copy, error);
}

static enum status read_doc(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct document document = { .reader = "doc", .encoding = "Word 97" };
    if (!document_set_source(&document, &arena, path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = stream_load(in, DOCUMENT_BYTES_MAX, &bytes, error);
    if (!status)
        status = read_word_97(buffer_text(&bytes), &document, &arena, error);
    if (status == STATUS_INVALID)
        status = read_converted(buffer_text(&bytes), &document, &arena, error);
    return status ? status : receiver->document(receiver->context, &document, error);
}

const struct reader DOC_READER = { "doc", "doc wps wpt dot", recognizes_doc, read_doc };
