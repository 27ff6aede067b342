/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A syllable lattice over the letters; the most probable path under a bigram model of characters
 * whose counts are the index's own document frequencies (as in any pinyin input method, Chen & Lee,
 * ACL 2000, but with the text that is searched as its corpus). Initials are looked up among the words
 * of the lexicon. */
#include "search/ranking/romanized.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/analysis/lexicon_walk.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/lexer.h"
#include "search/query/pinyin.h"

#define KNOWN_MOST 2       /* passages that may have the Latin word itself */
#define CHARACTERS_MOST 48 /* of one syllable, the most frequent */
#define STATES_MOST 64     /* at one place */
#define INITIALS_LEAST 3
#define INITIALS_MOST 8
#define INITIAL_CHARACTERS 500 /* of one letter, the most frequent */
#define WORDS_READ 4096        /* that initials may stand for */
#define WORDS_KEPT 3
#define GAP_INSIDE (-4.0) /* ln: a new word starts where no blank is */
#define GAP_BLANK (-0.7)

struct choice { /* a character that the index has */
    uint16_t character;
    uint32_t passages;
};

struct choice_list {
    struct choice *choices;
    size_t count;
};

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
    bool blank[ROMANIZED_LINE_MAX + 1]; /* before this letter */
    size_t length;
    struct state_list places[ROMANIZED_LINE_MAX + 1];
};

static enum status no_memory(struct romanized *romanized)
{
    return error_set(romanized->error, STATUS_NO_MEMORY, "out of memory");
}

/* ---- what the index has ---- */

static struct text term_of(struct romanized *romanized, enum token_kind kind,
                           const uint16_t *characters, size_t count)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    for (size_t i = 0; i < count; i++)
        buffer_append_codepoint(&buffer, characters[i]);
    struct text term = buffer_text(&buffer);
    if (buffer.failed)
        return (struct text) { NULL, 0 };
    return field_term(field_text_prefix(kind), term, romanized->arena);
}

static int by_passages(const void *a, const void *b)
{
    const struct choice *left = a, *right = b;
    if (left->passages != right->passages)
        return left->passages > right->passages ? -1 : 1;
    return (int)left->character - (int)right->character;
}

/* Those of the characters that the index has, the most frequent first, each once. */
static enum status choose(struct romanized *romanized, const uint16_t *characters, size_t count,
                          size_t most, struct choice_list *out)
{
    struct text *terms = ARENA_ARRAY(romanized->arena, struct text, count + 1);
    uint32_t *counts = ARENA_ARRAY(romanized->arena, uint32_t, count + 1);
    struct choice *choices = ARENA_ARRAY(romanized->arena, struct choice, count + 1);
    if (!terms || !counts || !choices)
        return no_memory(romanized);
    for (size_t i = 0; i < count; i++) {
        terms[i] = term_of(romanized, TOKEN_CHARACTER, &characters[i], 1);
        if (!terms[i].data)
            return no_memory(romanized);
    }
    enum status status = index_reader_statistics(romanized->reader, terms, count, counts,
                                                 &romanized->passages, romanized->error);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice) { characters[i], counts[i] };
    if (count)
        qsort(choices, count, sizeof(*choices), by_passages);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < most && choices[i].passages; i++)
        if (!kept || choices[kept - 1].character != choices[i].character)
            choices[kept++] = choices[i];
    *out = (struct choice_list) { choices, kept };
    return STATUS_OK;
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
            terms[j] = term_of(romanized, TOKEN_BIGRAM, pair, 2);
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
            if (!push(romanized, end, state))
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

static enum status extend_all(struct romanized *romanized, size_t start)
{
    for (size_t length = 1; length <= PINYIN_SYLLABLE_MAX && start + length <= romanized->length;
         length++) {
        if (length > 1 && romanized->blank[start + length - 1])
            break; /* a syllable does not reach over a blank */
        const struct pinyin_syllable *syllable =
            pinyin_find((struct text) { romanized->letters + start, length });
        struct choice_list choices;
        if (!syllable)
            continue;
        enum status status = choose(romanized, PINYIN_CHARACTERS + syllable->first, syllable->count,
                                    CHARACTERS_MOST, &choices);
        if (!status)
            status = extend(romanized, start, start + length, &choices);
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

/* ---- initials ---- */

struct word_choice {
    struct text word;
    uint32_t passages;
};

struct gathering {
    struct arena *arena;
    struct text *words;
    size_t count;
    bool no_memory;
};

static bool gather(void *context, struct text word)
{
    struct gathering *gathering = context;
    struct text copy = arena_text(gathering->arena, word);
    gathering->no_memory = !copy.data;
    if (copy.data)
        gathering->words[gathering->count++] = copy;
    return copy.data && gathering->count < WORDS_READ;
}

/* The characters of all syllables that begin with a letter: neighbours in the table. */
static enum status initial_choice(struct romanized *romanized, char letter,
                                  struct lexicon_choice *out)
{
    size_t first = 0;
    while (first < PINYIN_SYLLABLE_COUNT && PINYIN_SYLLABLES[first].letters[0] < letter)
        first++;
    size_t end = first;
    while (end < PINYIN_SYLLABLE_COUNT && PINYIN_SYLLABLES[end].letters[0] == letter)
        end++;
    *out = (struct lexicon_choice) { NULL, 0 };
    if (first == end)
        return STATUS_OK;
    size_t from = PINYIN_SYLLABLES[first].first;
    size_t to = PINYIN_SYLLABLES[end - 1].first + PINYIN_SYLLABLES[end - 1].count;
    struct choice_list list;
    enum status status =
        choose(romanized, PINYIN_CHARACTERS + from, to - from, INITIAL_CHARACTERS, &list);
    if (status)
        return status;
    uint16_t *characters = ARENA_ARRAY(romanized->arena, uint16_t, list.count + 1);
    if (!characters)
        return no_memory(romanized);
    for (size_t i = 0; i < list.count; i++)
        characters[i] = list.choices[i].character;
    *out = (struct lexicon_choice) { characters, list.count };
    return STATUS_OK;
}

static int by_word_passages(const void *a, const void *b)
{
    const struct word_choice *left = a, *right = b;
    if (left->passages != right->passages)
        return left->passages > right->passages ? -1 : 1;
    return text_compare(left->word, right->word);
}

/* The most frequent words with these initials. */
static enum status read_initials(struct romanized *romanized, struct text letters,
                                 struct buffer *out)
{
    struct lexicon_choice choices[INITIALS_MOST];
    enum status status = STATUS_OK;
    for (size_t i = 0; i < letters.length && !status; i++)
        status = initial_choice(romanized, letters.data[i], &choices[i]);
    struct gathering gathering = { romanized->arena,
                                   ARENA_ARRAY(romanized->arena, struct text, WORDS_READ), 0,
                                   false };
    if (status || !gathering.words)
        return status ? status : no_memory(romanized);
    lexicon_walk(romanized->lexicon, choices, letters.length, gather, &gathering);
    struct word_choice *words = ARENA_ARRAY(romanized->arena, struct word_choice, WORDS_READ);
    struct text *terms = ARENA_ARRAY(romanized->arena, struct text, WORDS_READ);
    uint32_t *counts = ARENA_ARRAY(romanized->arena, uint32_t, WORDS_READ);
    if (gathering.no_memory || !words || !terms || !counts)
        return no_memory(romanized);
    for (size_t i = 0; i < gathering.count; i++)
        terms[i] = field_term(field_text_prefix(TOKEN_WORD), gathering.words[i], romanized->arena);
    status = index_reader_statistics(romanized->reader, terms, gathering.count, counts,
                                     &romanized->passages, romanized->error);
    for (size_t i = 0; i < gathering.count; i++)
        words[i] = (struct word_choice) { gathering.words[i], counts[i] };
    if (status || gathering.count == 0)
        return status;
    qsort(words, gathering.count, sizeof(*words), by_word_passages);
    for (size_t i = 0, kept = 0; i < gathering.count && kept < WORDS_KEPT; i++) {
        if (!words[i].passages || (i && text_equal(words[i].word, words[i - 1].word)))
            continue;
        if (kept++)
            buffer_append_byte(out, ' ');
        buffer_append(out, words[i].word);
    }
    return STATUS_OK;
}

/* ---- the line ---- */

/* ASCII letters in one case, ü as v, lüe as lve; length 0: other characters are in it. */
static size_t letters_of(struct text word, char *out, size_t room)
{
    size_t length = 0;
    for (size_t at = 0; at < word.length && length < room;) {
        uint32_t codepoint = utf8_next_valid(word.data, &at);
        bool letter = (codepoint >= 'a' && codepoint <= 'z') || codepoint == '\'';
        if (!letter && codepoint != 0xFC)
            return 0;
        out[length++] = letter ? (char)codepoint : 'v';
    }
    return length;
}

/* Whether the index itself has the word in more than a passage or two. */
static enum status is_known(struct romanized *romanized, struct text word, bool *known)
{
    uint32_t count = 0;
    struct text term = field_term(field_text_prefix(TOKEN_LATIN), word, romanized->arena);
    if (!term.data)
        return no_memory(romanized);
    enum status status = index_reader_statistics(romanized->reader, &term, 1, &count,
                                                 &romanized->passages, romanized->error);
    *known = count > KNOWN_MOST;
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

static void add_to_run(struct romanized *romanized, struct text letters)
{
    romanized->blank[romanized->length] = true;
    for (size_t i = 0; i < letters.length; i++) {
        if (letters.data[i] == '\'') {
            romanized->blank[romanized->length] = true;
            continue;
        }
        romanized->letters[romanized->length++] = letters.data[i];
        romanized->blank[romanized->length] = false;
    }
}

/* One word that is not part of a run; initials become words. */
static enum status read_word(struct romanized *romanized, struct text word, struct text latin,
                             struct buffer *out, bool *changed)
{
    CLEANUP(buffer_release) struct buffer read = BUFFER_INIT;
    enum status status = STATUS_OK;
    if (latin.length >= INITIALS_LEAST && latin.length <= INITIALS_MOST &&
        !memchr(latin.data, '\'', latin.length))
        status = read_initials(romanized, latin, &read);
    *changed = *changed || read.length;
    append_word(out, read.length ? buffer_text(&read) : word);
    return status ? status : buffer_status(&read, romanized->error);
}

static enum status read_words(struct romanized *romanized, struct text line, struct buffer *out,
                              bool *changed)
{
    size_t run = 0; /* where the current run starts */
    struct text rest = line, written, word;
    enum status status = STATUS_OK;
    while (!status && text_split(&rest, TEXT(" "), &written)) {
        char letters[ROMANIZED_LINE_MAX];
        status = fold(romanized, written, &word);
        struct text latin = { letters, letters_of(word, letters, sizeof(letters)) };
        size_t start = (size_t)(written.data - line.data);
        bool known = latin.length < 2;
        if (!known && !status)
            status = is_known(romanized, word, &known);
        latin.length = known ? 0 : latin.length;
        if (!status && pinyin_is_syllables(latin)) {
            run = romanized->length ? run : start;
            add_to_run(romanized, latin);
            continue;
        }
        if (!status)
            status = end_run(romanized, text_slice(line, run, start - run), out, changed);
        if (!status)
            status = read_word(romanized, written, latin, out, changed);
    }
    return status ? status
                  : end_run(romanized, text_slice(line, run, line.length - run), out, changed);
}

enum status romanized_read(struct text line, const struct lexicon *lexicon,
                           struct index_reader *reader, struct arena *arena, struct text *out,
                           struct error *error)
{
    CLEANUP(buffer_release) struct buffer read = BUFFER_INIT;
    bool latin = false, changed = false;
    *out = (struct text) { NULL, 0 };
    for (size_t i = 0; i < line.length; i++)
        latin = latin || (line.data[i] >= 'a' && line.data[i] <= 'z') ||
                (line.data[i] >= 'A' && line.data[i] <= 'Z');
    if (line.length > ROMANIZED_LINE_MAX || !latin)
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
