/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a Word file of the old format, but for the converters that take over what
 * we cannot read: the text is written down as XML, which must be well-formed whatever the bytes. */
#include "indexer/document/doc_body.h"
#include "indexer/document/doc_lists.h"
#include "indexer/document/part.h"
#include "tests/fuzz/fuzz_parts.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct buffer *xml)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    CLEANUP(buffer_release) struct buffer text = BUFFER_INIT;
    struct error error = { "" };
    assert(!xml->failed);
    assert(part_open_bytes(&part, xml, &error) == STATUS_OK);
    part_collect_text(&part, &text);
    if (part_status(&part, TEXT("xml"), &error)) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(doc_file_release) struct doc_file file;
    CLEANUP(buffer_release) struct buffer xml = BUFFER_INIT;
    struct error error;
    if (doc_file_open(text_of_bytes((const char *)data, size), &file, &error))
        return 0;
    doc_body_write(&file, &xml);
    check(&xml);
    struct text table = buffer_text(&file.table);
    doc_styles_write(table, doc_file_place(&file, DOC_STYLES), &xml);
    check(&xml);
    doc_lists_write(table, doc_file_place(&file, DOC_LISTS),
                    doc_file_place(&file, DOC_LIST_OVERRIDES), &xml);
    check(&xml);
    return 0;
}
