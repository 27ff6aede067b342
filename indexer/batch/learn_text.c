/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/learn_text.h"

#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"

#define ALPHABET_SLOTS 0x40000

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status learn_text_init(struct learn_text *text, const struct lexicon *lexicon,
                            struct error *error)
{
    *text = (struct learn_text) { .lexicon = lexicon, .alphabet_count = 1 };
    arena_init(&text->arena, 0);
    arena_init(&text->scratch, 0);
    normalized_init(&text->normalized);
    text->alphabet = calloc(LEARN_ALPHABET_MAX + 1, sizeof(*text->alphabet));
    text->alphabet_slots = calloc(ALPHABET_SLOTS, sizeof(*text->alphabet_slots));
    return text->alphabet && text->alphabet_slots ? STATUS_OK : no_memory(error);
}

void learn_text_release(struct learn_text *text)
{
    free(text->symbols);
    free(text->places);
    free(text->passages);
    free(text->alphabet);
    free(text->alphabet_slots);
    arena_release(&text->arena);
    arena_release(&text->scratch);
    normalized_release(&text->normalized);
}

/* The symbol of the text; LEARN_BREAK when the alphabet is full. */
static uint16_t symbol_of(struct learn_text *text, struct text spelling)
{
    size_t slot = text_hash(spelling) % ALPHABET_SLOTS;
    while (text->alphabet_slots[slot]) {
        uint32_t symbol = text->alphabet_slots[slot];
        if (text_equal(text->alphabet[symbol], spelling))
            return (uint16_t)symbol;
        slot = (slot + 1) % ALPHABET_SLOTS;
    }
    if (text->alphabet_count > LEARN_ALPHABET_MAX)
        return LEARN_BREAK;
    struct text copy = arena_text(&text->arena, spelling);
    if (!copy.data)
        return LEARN_BREAK;
    text->alphabet[text->alphabet_count] = copy;
    text->alphabet_slots[slot] = (uint32_t)text->alphabet_count;
    return (uint16_t)text->alphabet_count++;
}

static bool reserve(struct learn_text *text, size_t extra)
{
    if (text->count + extra <= text->capacity)
        return true;
    size_t capacity = text->capacity ? text->capacity * 2 : (size_t)1 << 16;
    while (capacity < text->count + extra)
        capacity *= 2;
    uint16_t *symbols = realloc(text->symbols, capacity * sizeof(*symbols));
    text->symbols = symbols ? symbols : text->symbols;
    uint8_t *places = realloc(text->places, capacity);
    text->places = places ? places : text->places;
    if (!symbols || !places)
        return false;
    text->capacity = capacity;
    return true;
}

static void push(struct learn_text *text, uint16_t symbol, unsigned place)
{
    bool after_break = text->count && text->symbols[text->count - 1] == LEARN_BREAK;
    if (symbol == LEARN_BREAK && after_break)
        return;
    text->symbols[text->count] = symbol;
    text->places[text->count++] = (uint8_t)place;
}

/* --- words --- */

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_OPEN_TITLE, MARK_CLOSE_TITLE };

static enum mark mark_of(struct text character)
{
    static const struct {
        struct text character;
        enum mark mark;
    } MARKS[] = {
        { TEXT_INIT("“"), MARK_OPEN },        { TEXT_INIT("”"), MARK_CLOSE },
        { TEXT_INIT("「"), MARK_OPEN },       { TEXT_INIT("」"), MARK_CLOSE },
        { TEXT_INIT("『"), MARK_OPEN },       { TEXT_INIT("』"), MARK_CLOSE },
        { TEXT_INIT("《"), MARK_OPEN_TITLE }, { TEXT_INIT("》"), MARK_CLOSE_TITLE },
    };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(MARKS[0]); i++) {
        if (text_equal(character, MARKS[i].character))
            return MARKS[i].mark;
    }
    return MARK_NONE;
}

/* 第五十二, 三百 */
static bool is_numeral(const struct lexicon *lexicon, struct text word)
{
    size_t at = text_starts_with(word, TEXT("第")) && word.length > 3 ? 3 : 0;
    if (at == 0 && word.length <= 3)
        return false;
    while (at < word.length) {
        if (!(lexicon_unit(lexicon, utf8_next_valid(word.data, &at)) & UNIT_NUMERAL))
            return false;
    }
    return true;
}

static void push_han(struct learn_text *text, struct text word, unsigned place)
{
    for (size_t at = 0; at < word.length;) {
        size_t next = at + utf8_length((unsigned char)word.data[at]);
        struct text character = text_slice(word, at, next - at);
        uint16_t symbol = symbol_of(text, character);
        push(text, symbol, at == 0 ? place : 0);
        at = next;
    }
}

/* A word of Han characters only; a word with digits or letters in it is one symbol. */
static bool is_han(const struct lexicon *lexicon, struct text word)
{
    for (size_t at = 0; at < word.length;) {
        if (unit_class(lexicon_unit(lexicon, utf8_next_valid(word.data, &at))) != CLASS_HAN)
            return false;
    }
    return true;
}

/* Returns the marks that wait for the next word. */
static unsigned push_mark(struct learn_text *text, enum mark mark, unsigned waiting)
{
    size_t last = text->count - 1;
    if ((mark == MARK_CLOSE || mark == MARK_CLOSE_TITLE) && text->symbols[last] != LEARN_BREAK)
        text->places[last] |= mark == MARK_CLOSE ? PLACE_CLOSE : PLACE_CLOSE | PLACE_TITLE;
    push(text, LEARN_BREAK, 0);
    return mark == MARK_OPEN ? PLACE_OPEN : mark == MARK_OPEN_TITLE ? PLACE_OPEN | PLACE_TITLE : 0;
}

static void push_words(struct learn_text *text, struct text normalised)
{
    const struct lexicon *lexicon = text->lexicon;
    unsigned waiting = 0;
    for (size_t i = 0; i < text->words.count; i++) {
        const struct word *word = &text->words.words[i];
        struct text spelling = text_slice(normalised, word->offset, word->length);
        if (word->kind == TOKEN_CHARACTER) {
            waiting = push_mark(text, mark_of(spelling), waiting);
        } else if (word->kind == TOKEN_NUMBER || is_numeral(lexicon, spelling)) {
            push(text, LEARN_BREAK, 0);
            waiting = 0;
        } else if (is_han(lexicon, spelling)) {
            push_han(text, spelling, PLACE_WORD | waiting);
            waiting = 0;
        } else {
            push(text, symbol_of(text, spelling), PLACE_WORD | waiting);
            waiting = 0;
        }
    }
    push(text, LEARN_BREAK, 0);
}

static bool begin_passage(struct learn_text *text, uint32_t reply)
{
    if (text->passage_count == text->passage_capacity) {
        size_t capacity = text->passage_capacity ? text->passage_capacity * 2 : 1024;
        struct learn_passage *passages =
            realloc(text->passages, capacity * sizeof(*text->passages));
        if (!passages)
            return false;
        text->passages = passages;
        text->passage_capacity = capacity;
    }
    text->passages[text->passage_count++] = (struct learn_passage) { (uint32_t)text->count, reply };
    if (text->reply_count <= reply)
        text->reply_count = reply + 1;
    return true;
}

enum status learn_text_add(struct learn_text *text, uint32_t reply, struct text passage,
                           struct error *error)
{
    if (text->count + passage.length + 2 > LEARN_SYMBOLS_MAX) {
        text->left_out++;
        return STATUS_OK;
    }
    if (!reserve(text, passage.length + 2))
        return no_memory(error);
    if (text->count == 0)
        push(text, LEARN_BREAK, 0);
    enum status status = normalizer_run(text->lexicon, passage, &text->normalized, error);
    arena_clear(&text->scratch);
    text->words = (struct word_list) { 0 };
    struct text normalised = buffer_text(&text->normalized.text);
    if (!status)
        status = segmenter_cut(text->lexicon, normalised, &text->scratch, &text->words, error);
    if (status)
        return status;
    if (!begin_passage(text, reply))
        return no_memory(error);
    push_words(text, normalised);
    return STATUS_OK;
}

/* --- reading --- */

void learn_text_print(const struct learn_text *text, size_t start, size_t length,
                      struct buffer *out)
{
    for (size_t i = start; i < start + length; i++)
        buffer_append(out, text->alphabet[text->symbols[i]]);
}

const struct learn_passage *learn_text_passage(const struct learn_text *text, size_t symbol)
{
    size_t low = 0, high = text->passage_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->passages[middle].start <= symbol)
            low = middle;
        else
            high = middle;
    }
    return &text->passages[low];
}
