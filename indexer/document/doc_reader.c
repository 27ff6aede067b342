/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word's binary format (also of Kingsoft's .wps files that are OLE2 containers) through antiword,
 * or catdoc where antiword gives up, as a limited child process. Both print one line per
 * paragraph. */
#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/child.h"
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

static enum status read_doc(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    enum status status = stream_load(in, DOCUMENT_BYTES_MAX, &bytes, error);
    if (!status)
        status = convert(buffer_text(&bytes), &out, error);
    if (status)
        return status;
    if (utf8_find_invalid(buffer_text(&out)) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "the converter's text is not valid UTF-8");

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct document document = { .reader = "doc", .encoding = "Word 97" };
    if (!document_set_source(&document, &arena, path))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    status = add_paragraphs(&document, &arena, buffer_text(&out), error);
    return status ? status : receiver->document(receiver->context, &document, error);
}

const struct reader DOC_READER = { "doc", "doc wps wpt dot", recognizes_doc, read_doc };
