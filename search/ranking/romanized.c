/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A syllable lattice over the letters; the most probable path under a bigram model of characters
 * whose counts are the index's own document frequencies (as in any pinyin input method, Chen & Lee,
 * ACL 2000, but with the text that is searched as its corpus). A Han character among the letters (zhu餐)
 * is a syllable with one reading. */
#include "search/ranking/romanized.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/lexer.h"
#include "search/query/pinyin.h"
#include "search/ranking/choices.h"
#include "search/ranking/initials.h"

#define KNOWN_MOST 2       /* passages that may have the Latin word itself */
#define CHARACTERS_MOST 48 /* of one syllable, the most frequent */
#define STATES_MOST 64     /* at one place */
#define GAP_INSIDE (-4.0)  /* ln: a new word starts where no blank is */
#define GAP_BLANK (-0.7)

struct state {
    uint16_t character;
    uint32_t passages;
    double score;
    const struct state *before; /* NULL: the first */
    bool gap;                   /* a word starts here */
    bool joined;                /* some pair on the way stands in the index */
};

struct state_list {
    struct state *states;
    size_t count, capacity;
};

struct romanized {
    const struct lexicon *lexicon;
    struct index_reader *reader;
    struct arena *arena;
    struct error *error;
    uint64_t passages;
    /* a run of words that are pinyin */
    char letters[ROMANIZED_LINE_MAX];
    uint16_t han[ROMANIZED_LINE_MAX];   /* instead of a letter; 0: none */
    bool mixed;                         /* of both: one word, without a gap */
    bool blank[ROMANIZED_LINE_MAX + 1]; /* before this letter */
    size_t length;
    struct state_list places[ROMANIZED_LINE_MAX + 1];
};

static enum status no_memory(struct romanized *romanized)
{
    return error_set(romanized->error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- the lattice ---- */

#define WORD_MOST 4 /* characters that a state remembers */

/* ln of how much likelier characters are that make a listed word; longer ones are no accident. */
static const double WORD_GAINS[WORD_MOST + 1] = { 0, 0, 1, 3, 6 };

/* The last characters up to `state`, at most WORD_MOST, since the word's start. */
static size_t last_characters(const struct state *state, uint16_t out[WORD_MOST])
{
    size_t count = 0;
    while (state && count < WORD_MOST) {
        memmove(out + 1, out, count * sizeof(*out));
        out[0] = state->character;
        count++;
        state = state->gap ? NULL : state->before;
    }
    return count;
}

/* The gain of the longest listed word that ends at `state`. */
static double word_gain(const struct romanized *romanized, const struct state *state)
{
    uint16_t last[WORD_MOST];
    size_t count = last_characters(state, last);
    for (size_t length = count; length > 1; length--) {
        CLEANUP(buffer_release) struct buffer word = BUFFER_INIT;
        for (size_t i = count - length; i < count; i++)
            buffer_append_codepoint(&word, last[i]);
        if (!word.failed && lexicon_lookup(romanized->lexicon, buffer_text(&word), NULL))
            return WORD_GAINS[length];
    }
    return 0;
}

/* What a state's future depends on. */
static bool same_future(const struct state *left, const struct state *right)
{
    uint16_t one[WORD_MOST], other[WORD_MOST];
    size_t count = last_characters(left, one), others = last_characters(right, other);
    size_t skip = count == WORD_MOST, skip_other = others == WORD_MOST;
    return count - skip == others - skip_other &&
           memcmp(one + skip, other + skip_other, (count - skip) * sizeof(*one)) == 0;
}

static int by_score(const void *a, const void *b)
{
    const struct state *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return (int)left->character - (int)right->character;
}

static bool push(struct romanized *romanized, size_t place, struct state state)
{
    struct state_list *list = &romanized->places[place];
    for (size_t i = 0; i < list->count; i++)
        if (list->states[i].character == state.character && same_future(&list->states[i], &state)) {
            if (state.score > list->states[i].score)
                list->states[i] = state;
            return true;
        }
    if (!arena_grow(romanized->arena, &list->states, list->count, &list->capacity,
                    sizeof(*list->states)))
        return false;
    list->states[list->count++] = state;
    return true;
}

/* How many passages have each last character at `from` with each of `to` behind it: one row per
 * state; states that end alike are looked up once. */
static enum status count_pairs(struct romanized *romanized, const struct state_list *from,
                               const struct choice_list *to, uint32_t **rows)
{
    struct text *terms = ARENA_ARRAY(romanized->arena, struct text, to->count + 1);
    enum status status = terms ? STATUS_OK : no_memory(romanized);
    for (size_t i = 0; i < from->count && !status; i++) {
        rows[i] = NULL;
        for (size_t j = 0; j < i && !rows[i]; j++)
            if (from->states[j].character == from->states[i].character)
                rows[i] = rows[j];
        if (rows[i])
            continue;
        rows[i] = ARENA_ARRAY(romanized->arena, uint32_t, to->count + 1);
        for (size_t j = 0; j < to->count; j++) {
            uint16_t pair[2] = { from->states[i].character, to->choices[j].character };
            terms[j] = choices_term(TOKEN_BIGRAM, pair, 2, romanized->arena);
            if (!rows[i] || !terms[j].data)
                return no_memory(romanized);
        }
        status = index_reader_statistics(romanized->reader, terms, to->count, rows[i],
                                         &romanized->passages, romanized->error);
    }
    return status;
}

/* From every state at `start` to every character of a syllable that ends at `end`. */
static enum status extend(struct romanized *romanized, size_t start, size_t end,
                          const struct choice_list *to)
{
    const struct state_list *from = &romanized->places[start];
    uint32_t *rows[STATES_MOST];
    enum status status = count_pairs(romanized, from, to, rows);
    for (size_t j = 0; j < to->count && !status; j++) {
        const struct choice *choice = &to->choices[j];
        double alone = log((double)choice->passages / (double)romanized->passages);
        struct state state = { choice->character, choice->passages, alone, NULL, true, false };
        if (start == 0 && !push(romanized, end, state))
            return no_memory(romanized);
        for (size_t i = 0; i < from->count; i++) {
            uint32_t together = rows[i][j];
            const struct state *before = &from->states[i];
            double gap = alone + (romanized->blank[start] ? GAP_BLANK : GAP_INSIDE);
            state.before = before;
            state.gap = true;
            state.joined = before->joined;
            state.score = before->score + gap;
            bool part = romanized->mixed && !romanized->blank[start];
            if (!part && !push(romanized, end, state))
                return no_memory(romanized);
            if (!together)
                continue;
            state.gap = false;
            state.joined = true;
            state.score = before->score + log((double)together / before->passages);
            state.score += word_gain(romanized, &state);
            if (!push(romanized, end, state))
                return no_memory(romanized);
        }
    }
    return status;
}

static void prune(struct state_list *list)
{
    if (list->count)
        qsort(list->states, list->count, sizeof(*list->states), by_score);
    list->count = list->count > STATES_MOST ? STATES_MOST : list->count;
}

static enum status extend_by(struct romanized *romanized, size_t start, size_t end,
                             const uint16_t *characters, size_t count)
{
    struct choice_list choices;
    enum status status =
        choices_find(romanized->reader, characters, count, CHARACTERS_MOST, romanized->arena,
                     &choices, &romanized->passages, romanized->error);
    return status ? status : extend(romanized, start, end, &choices);
}

static enum status extend_all(struct romanized *romanized, size_t start)
{
    if (romanized->han[start])
        return extend_by(romanized, start, start + 1, &romanized->han[start], 1);
    for (size_t length = 1; length <= PINYIN_SYLLABLE_MAX && start + length <= romanized->length;
         length++) {
        size_t last = start + length - 1;
        if (romanized->han[last] || (length > 1 && romanized->blank[last]))
            break; /* a syllable does not reach over a blank */
        const struct pinyin_syllable *syllable =
            pinyin_find((struct text) { romanized->letters + start, length });
        enum status status = syllable
                                 ? extend_by(romanized, start, start + length,
                                             PINYIN_CHARACTERS + syllable->first, syllable->count)
                                 : STATUS_OK;
        if (status)
            return status;
    }
    return STATUS_OK;
}

static void write_path(const struct state *state, struct buffer *out)
{
    const struct state *path[ROMANIZED_LINE_MAX];
    size_t count = 0;
    for (; state; state = state->before)
        path[count++] = state;
    while (count-- > 0) {
        if (path[count]->gap && path[count]->before)
            buffer_append_byte(out, ' ');
        buffer_append_codepoint(out, path[count]->character);
    }
}

/* The run of pinyin words; nothing is appended when the index has none of it. */
static enum status read_run(struct romanized *romanized, struct buffer *out)
{
    for (size_t i = 0; i <= romanized->length; i++)
        romanized->places[i] = (struct state_list) { 0 };
    for (size_t start = 0; start < romanized->length; start++) {
        prune(&romanized->places[start]);
        if (start > 0 && romanized->places[start].count == 0)
            continue;
        enum status status = extend_all(romanized, start);
        if (status)
            return status;
    }
    struct state_list *last = &romanized->places[romanized->length];
    prune(last);
    if (last->count && last->states[0].joined)
        write_path(&last->states[0], out);
    return STATUS_OK;
}

/* ---- the line ---- */

/* Whether the index itself has the word in more than a passage or two; one syllable, in any. */
static enum status is_known(struct romanized *romanized, struct text word, bool *known)
{
    uint32_t count = 0;
    struct text term = field_term(field_text_prefix(TOKEN_LATIN), word, romanized->arena);
    if (!term.data)
        return no_memory(romanized);
    enum status status = index_reader_statistics(romanized->reader, &term, 1, &count,
                                                 &romanized->passages, romanized->error);
    *known = count > (pinyin_find(word) ? 0 : KNOWN_MOST); /* AI might as well be 爱 */
    return status;
}

static void append_word(struct buffer *out, struct text word)
{
    if (out->length && word.length)
        buffer_append_byte(out, ' ');
    buffer_append(out, word);
}

static enum status fold(struct romanized *romanized, struct text word, struct text *out)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    enum status status = normalizer_fold(romanized->lexicon, word, &folded, romanized->error);
    *out = arena_text(romanized->arena, text_trim(buffer_text(&folded)));
    return status || out->data ? status : no_memory(romanized);
}

/* Ends the run of pinyin words that stand in [start, end) of the line. */
static enum status end_run(struct romanized *romanized, struct text written, struct buffer *out,
                           bool *changed)
{
    CLEANUP(buffer_release) struct buffer read = BUFFER_INIT;
    if (romanized->length == 0)
        return STATUS_OK;
    enum status status = read_run(romanized, &read);
    if (status)
        return status;
    *changed = *changed || read.length;
    append_word(out, read.length ? buffer_text(&read) : text_trim(written));
    romanized->length = 0;
    return buffer_status(&read, romanized->error);
}

static void add_letter(struct romanized *romanized, char letter, uint16_t han)
{
    romanized->letters[romanized->length] = letter;
    romanized->han[romanized->length++] = han;
    romanized->blank[romanized->length] = false;
}

static void add_to_run(struct romanized *romanized, struct text letters)
{
    romanized->blank[romanized->length] = true;
    for (size_t i = 0; i < letters.length; i++)
        if (letters.data[i] == '\'')
            romanized->blank[romanized->length] = true;
        else
            add_letter(romanized, letters.data[i], 0);
}

/* How far the Han characters go that a word begins with, or what is not Han. */
static size_t piece_end(struct text word, bool *han)
{
    size_t at = 0;
    *han = utf8_is_han(utf8_next_valid(word.data, &at));
    for (size_t next = at; at < word.length; at = next)
        if (utf8_is_han(utf8_next_valid(word.data, &next)) != *han)
            break;
    return at;
}

/* yang老, 养lao: pieces of pinyin and Han characters as one word. False, and no run, when it is none. */
static bool add_mixed(struct romanized *romanized, struct text word)
{
    bool latin = false, whole = true;
    while (word.length && whole) {
        bool han = false;
        char letters[ROMANIZED_LINE_MAX];
        size_t end = piece_end(word, &han);
        struct text piece = text_slice(word, 0, end);
        word = text_slice(word, end, word.length - end);
        size_t count = han ? 0 : pinyin_letters(piece, letters, sizeof(letters));
        struct text read = { letters, count };
        whole = han || (pinyin_is_syllables(read) && !memchr(letters, '\'', count));
        latin = latin || !han;
        for (size_t at = 0; whole && han && at < piece.length;) {
            uint32_t codepoint = utf8_next_valid(piece.data, &at);
            whole = codepoint <= UINT16_MAX;
            add_letter(romanized, 0, (uint16_t)codepoint);
        }
        for (size_t i = 0; whole && i < count; i++)
            add_letter(romanized, letters[i], 0);
    }
    romanized->mixed = whole && latin;
    romanized->length = romanized->mixed ? romanized->length : 0;
    return romanized->mixed;
}

/* One word that is not part of a run, but may be one by itself; initials become words. */
static enum status read_word(struct romanized *romanized, struct text written, struct text word,
                             struct text latin, struct buffer *out, bool *changed)
{
    CLEANUP(buffer_release) struct buffer read = BUFFER_INIT;
    enum status status = STATUS_OK;
    if (latin.length >= INITIALS_LEAST && latin.length <= INITIALS_MOST &&
        !memchr(latin.data, '\'', latin.length))
        status = initials_read(latin, romanized->lexicon, romanized->reader, romanized->arena,
                               &read, romanized->error);
    else if (!latin.length && add_mixed(romanized, word)) {
        status = read_run(romanized, &read);
        romanized->length = 0;
        romanized->mixed = false;
    }
    *changed = *changed || read.length;
    append_word(out, read.length ? buffer_text(&read) : written);
    return status ? status : buffer_status(&read, romanized->error);
}

/* The next word from *at on, which is moved behind it; length 0: there is none. */
static struct text next_word(struct text line, size_t *at)
{
    size_t start = *at, end, next = start;
    while (start < line.length && lexer_is_blank(utf8_next_valid(line.data, &next)))
        start = next;
    for (end = next = start; end < line.length; end = next)
        if (lexer_is_blank(utf8_next_valid(line.data, &next)))
            break;
    *at = end;
    return text_slice(line, start, end - start);
}

static enum status read_words(struct romanized *romanized, struct text line, struct buffer *out,
                              bool *changed)
{
    size_t run = 0, at = 0; /* where the current run starts */
    struct text written, word;
    enum status status = STATUS_OK;
    while (!status && (written = next_word(line, &at)).length) {
        char letters[ROMANIZED_LINE_MAX];
        status = fold(romanized, written, &word);
        struct text latin = { letters, pinyin_letters(word, letters, sizeof(letters)) };
        size_t start = (size_t)(written.data - line.data);
        bool known = latin.length == 1;
        if (latin.length > 1 && !status)
            status = is_known(romanized, word, &known);
        if (!status && !known && pinyin_is_syllables(latin)) {
            run = romanized->length ? run : start;
            add_to_run(romanized, latin);
            continue;
        }
        if (!status)
            status = end_run(romanized, text_slice(line, run, start - run), out, changed);
        if (!status && known)
            append_word(out, written);
        else if (!status)
            status = read_word(romanized, written, word, latin, out, changed);
    }
    return status ? status
                  : end_run(romanized, text_slice(line, run, line.length - run), out, changed);
}

/* Latin letters, also marked or wide ones. */
static bool has_letters(struct text line)
{
    for (size_t at = 0; at < line.length;) {
        uint32_t codepoint = utf8_next_valid(line.data, &at);
        if ((codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 'A' && codepoint <= 'Z') ||
            (codepoint >= 0xC0 && codepoint < 0x250) ||
            (codepoint >= 0xFF21 && codepoint <= 0xFF5A))
            return true;
    }
    return false;
}

enum status romanized_read(struct text line, const struct lexicon *lexicon,
                           struct index_reader *reader, struct arena *arena, struct text *out,
                           struct error *error)
{
    CLEANUP(buffer_release) struct buffer read = BUFFER_INIT;
    bool changed = false;
    *out = (struct text) { NULL, 0 };
    if (line.length > ROMANIZED_LINE_MAX || !has_letters(line))
        return STATUS_OK;
    struct romanized *romanized = ARENA_NEW(arena, struct romanized);
    if (!romanized)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    romanized->lexicon = lexicon;
    romanized->reader = reader;
    romanized->arena = arena;
    romanized->error = error;
    enum status status = read_words(romanized, text_trim(line), &read, &changed);
    if (!status)
        status = buffer_status(&read, error);
    if (status || !changed)
        return status;
    *out = arena_text(arena, buffer_text(&read));
    return out->data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}
