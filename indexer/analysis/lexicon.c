/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening is a mapping and a look at the header: nothing is copied, the body is read page by page
 * as lookups touch it. */
#include "indexer/analysis/lexicon_format.h"

#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"

static const size_t ITEM_SIZES[SECTION_COUNT] = {
    [SECTION_FOLD] = sizeof(uint32_t),    [SECTION_ASTRAL] = sizeof(struct astral_fold),
    [SECTION_TARGETS] = sizeof(uint32_t), [SECTION_PHRASES] = sizeof(uint32_t),
    [SECTION_UNITS] = sizeof(uint32_t),   [SECTION_NODES] = sizeof(uint64_t),
};

static unsigned long long header_checksum(const struct lexicon_header *header)
{
    return text_hash(
        (struct text) { (const char *)header, offsetof(struct lexicon_header, checksum) });
}

static enum status check_identity(const struct file_map *map, const char *path, struct error *error)
{
    const struct lexicon_header *header = (const void *)map->data;
    if (map->length < sizeof(*header))
        return error_set(error, STATUS_CORRUPT, "lexicon is cut short '%s'", path);
    if (memcmp(header->magic, LEXICON_MAGIC, sizeof(header->magic)) != 0)
        return error_set(error, STATUS_CORRUPT, "not a lexicon '%s'", path);
    if (header->order != LEXICON_ORDER)
        return error_set(error, STATUS_CORRUPT, "lexicon of another machine '%s'", path);
    if (header->version != LEXICON_VERSION)
        return error_set(error, STATUS_CORRUPT, "lexicon of version %u, not %u '%s'",
                         (unsigned)header->version, LEXICON_VERSION, path);
    if (header->checksum != header_checksum(header))
        return error_set(error, STATUS_CORRUPT, "lexicon header is damaged '%s'", path);
    if (header->file_length != map->length)
        return error_set(error, STATUS_CORRUPT, "lexicon is %zu bytes, not %llu '%s'", map->length,
                         (unsigned long long)header->file_length, path);
    return STATUS_OK;
}

/* A valid checksum says that a compiler wrote the bounds, not which one: check them all the
 * same. */
static bool sections_fit(const struct lexicon_header *header)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        uint64_t offset = header->sections[i].offset;
        if (offset % 8 || offset < sizeof(*header) || offset > header->file_length ||
            header->sections[i].count > (header->file_length - offset) / ITEM_SIZES[i])
            return false;
    }
    return header->sections[SECTION_FOLD].count == 0x10000 &&
           header->sections[SECTION_UNITS].count == 0x10000 &&
           header->sections[SECTION_NODES].count > 0;
}

static void set_fingerprint(struct lexicon *lexicon)
{
    const struct lexicon_header *header = (const void *)lexicon->map.data;
    bool own = lexicon->own_nodes;
    uint64_t identity[3] = { header->digest, ANALYSIS_VERSION,
                             own ? text_hash(buffer_text(&lexicon->own_list)) : 0 };
    size_t length = own ? sizeof(identity) : 2 * sizeof(identity[0]);
    snprintf(lexicon->fingerprint, sizeof(lexicon->fingerprint), "%016llx",
             text_hash((struct text) { (const char *)identity, length }));
}

static void set_sections(struct lexicon *lexicon)
{
    const struct lexicon_header *header = (const void *)lexicon->map.data;
    const void *at[SECTION_COUNT];
    for (size_t i = 0; i < SECTION_COUNT; i++)
        at[i] = lexicon->map.data + header->sections[i].offset;
    lexicon->fold = at[SECTION_FOLD];
    lexicon->astral = at[SECTION_ASTRAL];
    lexicon->astral_count = (size_t)header->sections[SECTION_ASTRAL].count;
    lexicon->targets = at[SECTION_TARGETS];
    lexicon->target_count = (size_t)header->sections[SECTION_TARGETS].count;
    lexicon->phrases = at[SECTION_PHRASES];
    lexicon->phrase_count = (size_t)header->sections[SECTION_PHRASES].count;
    lexicon->units = at[SECTION_UNITS];
    lexicon->nodes = at[SECTION_NODES];
    lexicon->node_count = (size_t)header->sections[SECTION_NODES].count;
    lexicon->word_count = (size_t)header->word_count;
    set_fingerprint(lexicon);
}

static enum status open_path(const char *path, struct lexicon **out, struct error *error)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = calloc(1, sizeof(*lexicon));
    if (!lexicon)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    enum status status = file_map_open(path, &lexicon->map, error);
    if (status)
        return status;
    status = check_identity(&lexicon->map, path, error);
    if (status)
        return status;
    if (!sections_fit((const void *)lexicon->map.data))
        return error_set(error, STATUS_CORRUPT, "lexicon sections lie outside the file '%s'", path);

    set_sections(lexicon);
    *out = lexicon;
    lexicon = NULL;
    return STATUS_OK;
}

enum status lexicon_open(const char *path, struct lexicon **out, struct error *error)
{
    if (path)
        return open_path(path, out, error);

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    enum status status = file_find_data("lexicon.dafu", &arena, &path, error);
    return status ? status : open_path(path, out, error);
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    file_map_close(&lexicon->map);
    free(lexicon->own_nodes);
    buffer_release(&lexicon->own_list);
    free(lexicon);
}

void lexicon_freep(struct lexicon **lexicon)
{
    lexicon_free(*lexicon);
    *lexicon = NULL;
}

enum status lexicon_verify(const struct lexicon *lexicon, struct error *error)
{
    const struct lexicon_header *header = (const void *)lexicon->map.data;
    struct text body = { (const char *)lexicon->map.data + sizeof(*header),
                         lexicon->map.length - sizeof(*header) };
    if (text_hash(body) != header->digest)
        return error_set(error, STATUS_CORRUPT, "lexicon is damaged");
    return STATUS_OK;
}

const char *lexicon_fingerprint(const struct lexicon *lexicon)
{
    return lexicon->fingerprint;
}

void lexicon_set_own(struct lexicon *lexicon, uint64_t *nodes, size_t node_count,
                     struct buffer *list, size_t word_count)
{
    lexicon->own_nodes = nodes;
    lexicon->own_node_count = node_count;
    lexicon->own_list = *list;
    lexicon->own_word_count = word_count;
    *list = BUFFER_INIT;
    set_fingerprint(lexicon);
}

size_t lexicon_word_count(const struct lexicon *lexicon)
{
    return lexicon->word_count;
}

uint32_t lexicon_fold_astral(const struct lexicon *lexicon, uint32_t codepoint)
{
    size_t low = 0, high = lexicon->astral_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lexicon->astral[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < lexicon->astral_count && lexicon->astral[low].codepoint == codepoint)
        return lexicon->astral[low].entry;
    return FOLD_ENTRY(codepoint, FOLD_SINGLE, utf8_is_han(codepoint) ? CLASS_HAN : CLASS_OTHER,
                      ISOLATE_NOTHING);
}

static uint32_t look_up_own(const struct lexicon *lexicon, struct text word)
{
    uint32_t at = 0;
    if (!lexicon->own_nodes || word.length == 0 ||
        !own_step(lexicon, &at, word.data, word.data + word.length))
        return 0;
    return node_word(lexicon->own_nodes[at]);
}

bool lexicon_is_own(const struct lexicon *lexicon, struct text word)
{
    return look_up_own(lexicon, word) != 0;
}

static uint32_t look_up_compiled(const struct lexicon *lexicon, struct text word)
{
    uint32_t at = 0;
    for (size_t i = 0; i < word.length;) {
        uint32_t code = unit_code(lexicon_unit(lexicon, utf8_next_valid(word.data, &i)));
        if (!code || !lexicon_step(lexicon, &at, code))
            return 0;
    }
    return at ? node_word(lexicon->nodes[at]) : 0;
}

bool lexicon_lookup(const struct lexicon *lexicon, struct text word, float *cost)
{
    uint32_t own = look_up_own(lexicon, word), found = look_up_compiled(lexicon, word);
    if (own && (!found || word_cost(own) < word_cost(found)))
        found = own;
    if (found && cost)
        *cost = (float)word_cost(found) / COST_SCALE;
    return found != 0;
}
