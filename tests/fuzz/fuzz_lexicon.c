/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: a lexicon file with some of its bytes replaced, whose sums are right all the same: an
 * input is eight bytes a change, where (four, low first) and what (four). Text is analysed with what
 * can be opened. */
#define _GNU_SOURCE /* memfd_create */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/lexicon_compiler.h"
#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct buffer compiled;
static char path[64];
static unsigned char *file; /* compiled, with the changes */

static void compile(void)
{
    static const struct text LISTS[] = { TEXT_INIT("老旧小区 900\n加装电梯 900\n") };
    struct lexicon_sources sources = {
        .dictionary = TEXT("停车 1000 n\n停车场 500 n\n小区 800 n\n市 900 n\n居民 700 n\n一 9 m\n"),
        .lists = LISTS,
        .list_count = 1,
        .surnames = TEXT("王 李 欧阳"),
        .characters = TEXT("區\t区\n車\t车\n場\t场 塲\n"),
        .phrases = TEXT("乾坤\t乾坤\n"),
    };
    struct error error;
    assert(!lexicon_compile(&sources, &compiled, &error));
    int memory = memfd_create("lexicon", 0);
    assert(memory >= 0 && !ftruncate(memory, (off_t)compiled.length));
    file = mmap(NULL, compiled.length, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    assert(file != MAP_FAILED);
    memcpy(file, compiled.data, compiled.length);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", memory);
}

static uint32_t number(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void set(size_t at, const void *bytes)
{
    size_t length = compiled.length - at < 4 ? compiled.length - at : 4;
    memcpy(file + at, bytes, length);
}

static void analyse(struct lexicon *lexicon)
{
    static const struct text TEXTS[] = {
        TEXT_INIT("老旧小區加装电梯，居民停车場2026年第3号"), TEXT_INIT("乾坤𠀀一二三百万王小明说"),
    };
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    CLEANUP(arena_release) struct arena arena;
    struct error error;
    float cost;
    arena_init(&arena, 0);
    assert(!analyzer_new(lexicon, &analyzer, &error));
    for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
        struct token_list tokens = { 0 };
        (void)lexicon_lookup(lexicon, TEXTS[i], &cost);
        (void)analyzer_run(analyzer, ANALYSIS_TEXT, TEXTS[i], &arena, &tokens, &error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    struct error error = { "" };
    if (!file)
        compile();
    for (size_t i = 0; i + 8 <= size; i += 8)
        set(number(data + i) % compiled.length, data + i + 4);
    struct lexicon_header *header = (void *)file;
    header->checksum =
        text_hash((struct text) { (const char *)file, offsetof(struct lexicon_header, checksum) });
    if (lexicon_open(path, &lexicon, &error))
        assert(error.message[0]);
    else
        analyse(lexicon);
    for (size_t i = 0; i + 8 <= size; i += 8) {
        size_t at = number(data + i) % compiled.length;
        set(at, compiled.data + at);
    }
    memcpy(file, compiled.data, sizeof(*header));
    return 0;
}
