/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as pdftotext's XHTML, through the layout of pages to blocks. */
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/pdf_page.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena arena;
    struct buffer xhtml = BUFFER_INIT;
    struct pdf_text text = { .layout = { .arena = &arena } };
    struct document document = { .reader = "pdf" };
    struct error error;
    arena_init(&arena, (size_t)256 << 20);
    buffer_append(&xhtml, (struct text) { (const char *)data, size });
    if (!pdf_text_parse(&xhtml, &text, &error) &&
        !page_layout_finish(&text.layout, &document, &error))
        for (size_t i = 0; i < document.block_count; i++) {
            const struct block *block = &document.blocks[i];
            if (!block->text.length || utf8_find_invalid(block->text) != TEXT_NONE ||
                block->page < 1 || block->page > text.layout.page_count)
                abort();
        }
    buffer_release(&xhtml);
    arena_release(&arena);
    return 0;
}
