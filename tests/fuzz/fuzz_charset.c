/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as a text in an unknown encoding. The text must be valid UTF-8, and walking
 * back from it must cover the bytes exactly and agree with it. The first byte chooses a label. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_walk(const struct charset_text *decoded, struct arena *arena)
{
    struct charset_walk walk;
    struct error error;
    struct span_map map = { .spans = NULL };
    assert(charset_walk_open(&walk, decoded, &error) == STATUS_OK);
    assert(charset_walk_map(&walk, 0, decoded->text.length, arena, &map));
    charset_walk_close(&walk);
    if (decoded->text.length == 0)
        return;
    uint64_t offset, length;
    span_map_source(&map, 0, decoded->text.length, &offset, &length);
    assert(offset == decoded->mark);
    assert(offset + length == decoded->bytes.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const LABELS[] = { "",       "gb2312",    "big5",         "utf-8",
                                          "euc-kr", "shift_jis", "windows-1252", "euc-tw" };
    struct text label = text_of(size > 0 ? LABELS[data[0] % 8] : "");
    struct text bytes = { (const char *)data, size };
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct charset_text decoded;
    struct error error;
    (void)charset_declared(bytes);
    if (charset_decode(bytes, label, &arena, &decoded, &error) != STATUS_OK)
        return 0;
    assert(utf8_find_invalid(decoded.text) == TEXT_NONE);
    (void)charset_is_binary(&decoded);
    check_walk(&decoded, &arena);
    return 0;
}
