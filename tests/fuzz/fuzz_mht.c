/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a page saved with all its parts. */
#include "tests/fuzz/fuzz_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(&MHT_READER, text_of_bytes((const char *)data, size));
    return 0;
}
