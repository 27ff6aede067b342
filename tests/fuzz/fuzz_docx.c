/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a DOCX file (or any other ZIP), or any XML as its parts. */
#include "tests/fuzz/fuzz_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const NAMES[] = { "word/document.xml",
                                         "word/numbering.xml",
                                         "word/styles.xml",
                                         "docProps/core.xml",
                                         "_rels/.rels",
                                         "word/_rels/document.xml.rels",
                                         NULL };
    fuzz_read_parts(&DOCX_READER, NAMES, data, size);
    return 0;
}
