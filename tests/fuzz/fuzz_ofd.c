/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as an OFD file, or any XML as its parts. */
#include "tests/fuzz/fuzz_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const NAMES[] = { "OFD.xml",
                                         "Doc_0/Document.xml",
                                         "Doc_0/Pages/Page_0/Content.xml",
                                         "Doc_0/Pages/Page_1/Content.xml",
                                         "Doc_0/Tpls/Tpl_0/Content.xml",
                                         NULL };
    fuzz_read_parts(&OFD_READER, NAMES, data, size);
    return 0;
}
