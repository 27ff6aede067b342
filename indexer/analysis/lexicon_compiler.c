/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Character tables first, because words are listed under their normalised form; then the words,
 * codes by frequency, the trie, the file. */
#include "indexer/analysis/lexicon_compiler.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/char_tables.h"
#include "indexer/analysis/name_table.h"
#include "indexer/analysis/trie_builder.h"
#include "indexer/analysis/word_table.h"
#include "indexer/analysis/word_traits.h"
#include "indexer/base/cleanup.h"

#define BMP 0x10000u
#define CODES_MAX 0xFFFFu

struct compilation {
    struct arena arena;
    struct char_tables characters;
    struct lexicon lexicon; /* lends the character tables */
    struct word_table words;
    uint32_t *units;
    struct trie trie;
    size_t word_count;
};

static void compilation_release(struct compilation *compilation)
{
    word_table_release(&compilation->words);
    trie_release(&compilation->trie);
    arena_release(&compilation->arena);
}

static enum status read_words(struct compilation *compilation,
                              const struct lexicon_sources *sources, struct error *error)
{
    struct word_table *words = &compilation->words;
    enum status status = word_table_add_dictionary(words, sources->dictionary, error);
    for (size_t i = 0; !status && i < sources->list_count; i++)
        status = word_table_add_list(words, sources->lists[i], error);
    if (status)
        return status;
    word_table_merge(words);
    return words->count ? STATUS_OK : error_set(error, STATUS_INVALID, "no words in the lists");
}

/* --- units --- */

struct frequency {
    uint32_t codepoint;
    uint32_t count;
};

static int by_count(const void *left, const void *right)
{
    const struct frequency *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return (a->codepoint > b->codepoint) - (a->codepoint < b->codepoint);
}

/* What a Han character may be besides a letter of words. */
static uint32_t role_bits(uint32_t codepoint)
{
    static const struct {
        struct text characters;
        uint32_t bits;
    } ROLES[] = {
        { TEXT_INIT("〇零一二三四五六七八九两"), UNIT_NUMERAL },
        { TEXT_INIT("十百千万亿"), UNIT_NUMERAL | UNIT_SCALE },
        { TEXT_INIT("率性化者员量费厂站馆区期机器仪类型式证权额款价品物剂症户商师网"
                    "队车库船灯桩仓岛寺险卡季板泵级"),
          UNIT_SUFFIX },
        { TEXT_INIT(
              "阿埃艾安奥巴贝比宾波博伯布查达丹德迪蒂杜厄恩尔法菲费弗福戈格哈汉赫亨霍基吉"
              "加卡凯科克肯库拉莱赖兰朗劳勒雷里利莉林卢鲁路伦罗洛马麦曼梅米密莫姆穆纳内尼诺娜"
              "妮帕佩皮普奇乔切琼丘萨塞桑瑟森沙舍史斯司苏索塔泰坦特廷图托瓦万韦维魏温沃乌西希"
              "夏谢辛雅亚扬耶伊尤约泽扎詹珍朱卓兹顿纽莎丝丁逊娅姬翰茨盖琳哥贾佐珀滕蓬佛夫思素钦"),
          UNIT_FOREIGN },
    };
    char bytes[4];
    struct text character = { bytes, utf8_encode(codepoint, bytes) };
    uint32_t bits = 0;
    for (size_t i = 0; i < sizeof(ROLES) / sizeof(ROLES[0]); i++) {
        if (text_contains(ROLES[i].characters, character))
            bits |= ROLES[i].bits;
    }
    return bits;
}

/* What a normalised code point is: the class that folding gives to itself. */
static uint32_t unit_of(const struct compilation *compilation, uint32_t codepoint)
{
    uint32_t entry = compilation->characters.fold[codepoint];
    enum char_class class = fold_class(entry);
    uint32_t bits = class == CLASS_HAN ? role_bits(codepoint) : 0;
    return UNIT(0, class) | bits;
}

/* Frequent characters get small codes, so that the children of a node lie close together. */
static enum status assign_codes(struct compilation *compilation, struct error *error)
{
    struct arena *arena = &compilation->arena;
    struct frequency *frequencies = ARENA_ARRAY(arena, struct frequency, BMP);
    if (!frequencies)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    for (uint32_t i = 0; i < BMP; i++)
        frequencies[i].codepoint = i;
    for (size_t i = 0; i < compilation->words.count; i++) {
        struct text word = compilation->words.words[i].word;
        for (size_t at = 0; at < word.length;) {
            uint32_t codepoint = utf8_next_valid(word.data, &at);
            if (codepoint < BMP)
                frequencies[codepoint].count++;
        }
    }
    qsort(frequencies, BMP, sizeof(*frequencies), by_count);
    for (uint32_t i = 0; i < CODES_MAX && frequencies[i].count; i++)
        compilation->units[frequencies[i].codepoint] |= i + 1;
    return STATUS_OK;
}

/* --- trie --- */

/* False when a character has no code: those words are left out. */
static bool encode_word(const struct compilation *compilation, struct text word, uint16_t *codes,
                        uint32_t *length)
{
    *length = 0;
    for (size_t at = 0; at < word.length;) {
        uint32_t codepoint = utf8_next_valid(word.data, &at);
        uint32_t code = codepoint < BMP ? unit_code(compilation->units[codepoint]) : 0;
        if (!code)
            return false;
        codes[(*length)++] = (uint16_t)code;
    }
    return *length > 0;
}

static int by_codes(const void *left, const void *right)
{
    const struct trie_word *a = left, *b = right;
    for (uint32_t i = 0; i < a->length && i < b->length; i++) {
        if (a->codes[i] != b->codes[i])
            return a->codes[i] < b->codes[i] ? -1 : 1;
    }
    return (a->length > b->length) - (a->length < b->length);
}

static uint32_t scaled_cost(double count, double total)
{
    double cost = log(total / count) * COST_SCALE;
    if (cost < 0)
        cost = 0;
    return 1 + (cost < COST_MAX - 1 ? (uint32_t)(cost + 0.5) : COST_MAX - 1);
}

static enum status build_trie(struct compilation *compilation, struct error *error)
{
    const struct word_table *table = &compilation->words;
    struct arena *arena = &compilation->arena;
    struct trie_word *words = ARENA_ARRAY(arena, struct trie_word, table->count);
    double total = 0;
    for (size_t i = 0; i < table->count; i++)
        total += table->words[i].count;

    size_t count = 0;
    for (size_t i = 0; words && i < table->count; i++) {
        struct text word = table->words[i].word;
        uint16_t *codes = ARENA_ARRAY(arena, uint16_t, word.length);
        if (!codes)
            words = NULL;
        else if (encode_word(compilation, word, codes, &words[count].length)) {
            words[count].codes = codes;
            words[count++].word =
                (uint16_t)(scaled_cost(table->words[i].count, total) |
                           word_traits_flags(table, compilation->units, total, &table->words[i]));
        }
    }
    if (!words)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    qsort(words, count, sizeof(*words), by_codes);
    compilation->word_count = count;
    return trie_build(words, count, &compilation->trie, error);
}

/* --- file --- */

struct section {
    const void *items;
    size_t count;
    size_t size;
};

static void append_section(struct buffer *out, const struct section *section)
{
    buffer_append(out, (struct text) { section->items, section->count * section->size });
    while (out->length % 8)
        buffer_append_byte(out, '\0');
}

static enum status write_file(const struct compilation *compilation, struct buffer *out,
                              struct error *error)
{
    const struct char_tables *characters = &compilation->characters;
    const struct section sections[SECTION_COUNT] = {
        [SECTION_FOLD] = { characters->fold, BMP, sizeof(uint32_t) },
        [SECTION_ASTRAL] = { characters->astral, characters->astral_count,
                             sizeof(struct astral_fold) },
        [SECTION_TARGETS] = { characters->targets, characters->target_count, sizeof(uint32_t) },
        [SECTION_PHRASES] = { characters->phrases, characters->phrase_count, sizeof(uint32_t) },
        [SECTION_UNITS] = { compilation->units, BMP, sizeof(uint32_t) },
        [SECTION_NODES] = { compilation->trie.nodes, compilation->trie.count, sizeof(uint64_t) },
    };
    struct lexicon_header header = { .order = LEXICON_ORDER,
                                     .version = LEXICON_VERSION,
                                     .word_count = compilation->word_count };
    memcpy(header.magic, LEXICON_MAGIC, sizeof(header.magic));

    size_t start = out->length;
    buffer_append(out, (struct text) { (const char *)&header, sizeof(header) });
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        header.sections[i].offset = out->length - start;
        header.sections[i].count = sections[i].count;
        append_section(out, &sections[i]);
    }
    enum status status = buffer_status(out, error);
    if (status)
        return status;

    struct text body =
        text_slice(buffer_text(out), start + sizeof(header), out->length - start - sizeof(header));
    header.file_length = out->length - start;
    header.digest = text_hash(body);
    header.checksum = text_hash(
        (struct text) { (const char *)&header, offsetof(struct lexicon_header, checksum) });
    memcpy(out->data + start, &header, sizeof(header));
    return STATUS_OK;
}

enum status lexicon_compile(const struct lexicon_sources *sources, struct buffer *out,
                            struct error *error)
{
    CLEANUP(compilation_release) struct compilation compilation = { 0 };
    arena_init(&compilation.arena, 0);
    word_table_init(&compilation.words, &compilation.lexicon, &compilation.arena);

    enum status status = char_tables_build(sources->characters, sources->phrases,
                                           &compilation.arena, &compilation.characters, error);
    if (status)
        return status;
    char_tables_lend(&compilation.characters, &compilation.lexicon);
    compilation.units = ARENA_ARRAY(&compilation.arena, uint32_t, BMP);
    if (!compilation.units)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; i < BMP; i++)
        compilation.units[i] = unit_of(&compilation, i);
    compilation.lexicon.units = compilation.units;

    status = read_words(&compilation, sources, error);
    if (!status)
        status = name_table_build(sources->dictionary, sources->surnames, compilation.units, error);
    if (!status)
        status = word_traits_bind(&compilation.words, compilation.units, error);
    if (!status)
        status = assign_codes(&compilation, error);
    if (!status)
        status = build_trie(&compilation, error);
    return status ? status : write_file(&compilation, out, error);
}
