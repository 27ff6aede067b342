/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Build time: pinyin_compile LEXICON OUT.c < Unihan_Readings.txt writes the syllables as C. Only
 * characters that normalisation leaves alone count: the index has no others. */
#include <stdio.h>
#include <stdlib.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"
#include "search/query/pinyin.h"

struct reading {
    char letters[PINYIN_SYLLABLE_MAX + 2];
    uint16_t character;
};

struct reading_list {
    struct reading *readings;
    size_t count, capacity;
    struct arena arena;
    struct lexicon *lexicon;
};

/* The bare letter of one with a tone; 0: it is none. */
static char letter_of(uint32_t codepoint)
{
    static const struct {
        const char *marked;
        char bare;
    } TONES[] = { { "āáǎà", 'a' }, { "ēéěèê", 'e' }, { "īíǐì", 'i' }, { "ōóǒò", 'o' },
                  { "ūúǔù", 'u' }, { "üǖǘǚǜ", 'v' }, { "ńňǹ", 'n' },  { "ḿ", 'm' } };
    if (codepoint >= 'a' && codepoint <= 'z')
        return (char)codepoint;
    for (size_t i = 0; i < sizeof(TONES) / sizeof(*TONES); i++) {
        struct text marked = text_of(TONES[i].marked);
        for (size_t at = 0; at < marked.length;)
            if (utf8_next_valid(marked.data, &at) == codepoint)
                return TONES[i].bare;
    }
    return 0;
}

static bool is_kept(const struct reading_list *list, uint32_t character)
{
    CLEANUP(buffer_release) struct buffer written = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    buffer_append_codepoint(&written, character);
    return !normalizer_fold(list->lexicon, buffer_text(&written), &folded, NULL) &&
           text_equal(buffer_text(&written), buffer_text(&folded));
}

/* Interjections without a vowel (嗯 n, 呒 m) are nothing that a word is spelled with.
 *
 * One field's value: "nǚ(1129) nü(37)", "037.180:cháng 460.050:zhǎng,zhàng", "yíng". What stands
 * before a colon or in brackets are numbers, so every run of letters is a reading. */
static bool add_readings(struct reading_list *list, uint32_t character, struct text value)
{
    struct reading reading = { { 0 }, (uint16_t)character };
    size_t length = 0;
    for (size_t at = 0; at <= value.length;) {
        size_t next = at;
        char letter = at < value.length ? letter_of(utf8_next_valid(value.data, &next)) : 0;
        if (letter && length < PINYIN_SYLLABLE_MAX + 1)
            reading.letters[length++] = letter;
        if (!letter && length <= PINYIN_SYLLABLE_MAX && strpbrk(reading.letters, "aeiouv")) {
            if (!arena_grow(&list->arena, &list->readings, list->count, &list->capacity,
                            sizeof(*list->readings)))
                return false;
            list->readings[list->count++] = reading;
        }
        if (!letter) {
            memset(reading.letters, 0, sizeof(reading.letters));
            length = 0;
        }
        at = at < value.length ? next : at + 1;
    }
    return true;
}

/* U+4E2D TAB kMandarin TAB zhōng */
static bool read_line(struct reading_list *list, const char *line)
{
    static const char *const FIELDS_READ[] = { "kMandarin", "kHanyuPinlu", "kTGHZ2013" };
    struct text rest = text_trim(text_of(line)), code, field;
    if (!text_starts_with(rest, TEXT("U+")) || !text_split(&rest, TEXT("\t"), &code) ||
        !text_split(&rest, TEXT("\t"), &field))
        return true;
    unsigned long character = strtoul(code.data + 2, NULL, 16);
    bool wanted = false;
    for (size_t i = 0; i < sizeof(FIELDS_READ) / sizeof(*FIELDS_READ); i++)
        wanted = wanted || text_equal(field, text_of(FIELDS_READ[i]));
    if (!wanted || character < 0x4E00 || character > 0x9FFF || !is_kept(list, (uint32_t)character))
        return true;
    return add_readings(list, (uint32_t)character, rest);
}

static int by_letters(const void *a, const void *b)
{
    const struct reading *left = a, *right = b;
    int order = strcmp(left->letters, right->letters);
    return order ? order : (int)left->character - (int)right->character;
}

static void put_tables(struct reading_list *list, struct buffer *out)
{
    CLEANUP(buffer_release) struct buffer syllables = BUFFER_INIT;
    size_t total = 0, first = 0;
    buffer_append(out, TEXT("/* Made by pinyin_compile from Unihan_Readings.txt. */\n"
                            "#include \"search/query/pinyin.h\"\n\n"
                            "const uint16_t PINYIN_CHARACTERS[] = {"));
    for (size_t i = 0; i < list->count; i++) {
        const struct reading *reading = &list->readings[i];
        if (i == 0 || by_letters(reading - 1, reading) != 0) {
            buffer_printf(out, "%s0x%04X,", total % 12 ? " " : "\n    ", reading->character);
            total++;
        }
        if (i + 1 == list->count || strcmp(reading[1].letters, reading->letters) != 0) {
            buffer_printf(&syllables, "    { \"%s\", %zu, %zu },\n", reading->letters, first,
                          total - first);
            first = total;
        }
    }
    buffer_append(out, TEXT("\n};\n\nconst struct pinyin_syllable PINYIN_SYLLABLES[] = {\n"));
    buffer_append(out, buffer_text(&syllables));
    buffer_append(out, TEXT("};\n\nconst size_t PINYIN_SYLLABLE_COUNT =\n    "
                            "sizeof(PINYIN_SYLLABLES) / sizeof(*PINYIN_SYLLABLES);\n"));
}

static enum status compile(char **argv, struct error *error)
{
    CLEANUP(buffer_release) struct buffer code = BUFFER_INIT;
    struct reading_list list = { 0 };
    arena_init(&list.arena, 0);
    enum status status = lexicon_open(argv[1], &list.lexicon, error);
    char line[1 << 14];
    while (!status && fgets(line, sizeof(line), stdin))
        if (!read_line(&list, line))
            status = error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (!status && list.count == 0)
        status = error_set(error, STATUS_INVALID, "no readings on standard input");
    if (!status) {
        qsort(list.readings, list.count, sizeof(*list.readings), by_letters);
        put_tables(&list, &code);
        status = buffer_status(&code, error);
    }
    if (!status)
        status = file_replace(argv[2], buffer_text(&code), error);
    lexicon_free(list.lexicon);
    arena_release(&list.arena);
    return status;
}

int main(int argc, char **argv)
{
    struct error error = { { 0 } };
    if (argc != 3 || compile(argv, &error)) {
        fprintf(stderr, "pinyin_compile: %s\n",
                argc == 3 ? error.message : "LEXICON OUT.c expected");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
