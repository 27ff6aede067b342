/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chain. Terms are slices of one copy of the normalised text: a token costs no allocation.
 * Only where characters were folded together (normalized_group) a token that touches them is
 * checked, and folded again on its own, so that its term is what a query with just these
 * characters would give. */
#include "indexer/analysis/analyzer.h"

#include <stdlib.h>

#include "indexer/analysis/lexicon_format.h"
#include "indexer/analysis/segmenter.h"

#define SUBWORDS_MAX 32 /* words that start at one place inside a word */
#define SCRATCH_KEPT ((size_t)4 << 20)

struct analyzer {
    const struct lexicon *lexicon;
    struct normalized normalized;
    struct buffer folded;
    struct arena scratch; /* holds `words` from call to call */
    struct word_list words;
};

/* One call. */
struct emission {
    struct analyzer *analyzer;
    struct text source;
    struct text text; /* the normalised text, in the caller's arena */
    struct arena *arena;
    struct token_list *out;
    size_t group;      /* first group that ends behind the current word */
    bool careful;      /* the current word is near a group */
    bool unordered;    /* tokens need sorting */
    uint32_t position; /* of the current character */
    bool failed;
};

enum status analyzer_new(const struct lexicon *lexicon, struct analyzer **out, struct error *error)
{
    struct analyzer *analyzer = calloc(1, sizeof(*analyzer));
    if (!analyzer)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    analyzer->lexicon = lexicon;
    normalized_init(&analyzer->normalized);
    buffer_init(&analyzer->folded, 0);
    arena_init(&analyzer->scratch, 0);
    *out = analyzer;
    return STATUS_OK;
}

void analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    normalized_release(&analyzer->normalized);
    buffer_release(&analyzer->folded);
    arena_release(&analyzer->scratch);
    free(analyzer);
}

void analyzer_freep(struct analyzer **analyzer)
{
    analyzer_free(*analyzer);
    *analyzer = NULL;
}

const struct lexicon *analyzer_lexicon(const struct analyzer *analyzer)
{
    return analyzer->lexicon;
}

/* --- one token --- */

static void push_term(struct emission *emission, struct text term, size_t start, size_t end,
                      uint32_t position, enum token_kind kind)
{
    const struct normalized *normalized = &emission->analyzer->normalized;
    struct token_list *out = emission->out;
    if (out->count == out->capacity && !arena_grow(emission->arena, &out->tokens, out->count,
                                                   &out->capacity, sizeof(*out->tokens))) {
        emission->failed = true;
        return;
    }
    uint32_t offset = normalized->starts[start];
    out->tokens[out->count++] =
        (struct token) { term, offset, normalized->ends[end - 1] - offset, position, kind };
}

static bool is_term_character(const struct lexicon *lexicon, uint32_t codepoint)
{
    enum char_class class = unit_class(lexicon_unit(lexicon, codepoint));
    return class == CLASS_HAN || class == CLASS_DIGIT || class == CLASS_LETTER;
}

/* The fold of these bytes' original alone; data NULL when it is not the like of them: another
 * number of characters, or one that no term has. */
static struct text fold_again(struct emission *emission, size_t start, size_t end)
{
    struct analyzer *analyzer = emission->analyzer;
    const struct normalized *normalized = &analyzer->normalized;
    struct text original = text_slice(emission->source, normalized->starts[start],
                                      normalized->ends[end - 1] - normalized->starts[start]);
    struct text before = text_slice(emission->text, start, end - start);
    buffer_clear(&analyzer->folded);
    if (normalizer_fold(analyzer->lexicon, original, &analyzer->folded, NULL)) {
        emission->failed = true;
        return (struct text) { NULL, 0 };
    }
    struct text after = buffer_text(&analyzer->folded);
    if (text_equal(before, after))
        return before;
    if (utf8_count(after) != utf8_count(before))
        return (struct text) { NULL, 0 };
    for (size_t i = 0; i < after.length;) {
        if (!is_term_character(analyzer->lexicon, utf8_next_valid(after.data, &i)))
            return (struct text) { NULL, 0 };
    }
    struct text copy = arena_text(emission->arena, after);
    emission->failed |= !copy.data;
    return copy;
}

/* Groups that touch [start, end): false when one that cannot be divided is cut. */
static bool respects_groups(const struct emission *emission, size_t start, size_t end,
                            bool *divisible)
{
    const struct normalized *normalized = &emission->analyzer->normalized;
    *divisible = false;
    for (size_t i = emission->group; i < normalized->group_count; i++) {
        const struct normalized_group *group = &normalized->groups[i];
        size_t group_end = group->offset + group->length;
        if (group->offset >= end)
            break;
        if (group_end <= start)
            continue;
        if (group->divisible)
            *divisible = true;
        else if (group->offset < start || group_end > end)
            return false;
    }
    return true;
}

static void push(struct emission *emission, size_t start, size_t end, uint32_t position,
                 enum token_kind kind)
{
    struct text term = text_slice(emission->text, start, end - start);
    if (emission->careful) {
        bool divisible;
        if (!respects_groups(emission, start, end, &divisible))
            return;
        if (divisible)
            term = fold_again(emission, start, end);
        if (!term.data)
            return;
    }
    push_term(emission, term, start, end, position, kind);
}

/* --- Han words --- */

static size_t character_end(struct text text, size_t at)
{
    return at + utf8_length((unsigned char)text.data[at]);
}

/* Steps along the compiled words and the user's own at once; true when a word ends at *at. */
struct subword_walk {
    uint32_t node, own_node;
    bool compiled, own; /* some word goes on */
};

static bool walk_on(const struct lexicon *lexicon, struct subword_walk *walk, struct text text,
                    size_t *at)
{
    size_t start = *at;
    uint32_t code = unit_code(lexicon_unit(lexicon, utf8_next_valid(text.data, at)));
    walk->compiled = walk->compiled && code && lexicon_step(lexicon, &walk->node, code);
    walk->own = walk->own && own_step(lexicon, &walk->own_node, text.data + start, text.data + *at);
    return (walk->compiled && node_word(lexicon->nodes[walk->node])) ||
           (walk->own && node_word(lexicon->own_nodes[walk->own_node]));
}

/* Known words of two or more characters that start at `start` and end before `end`, or at it
 * when they start inside the word; longest first. */
static void push_subwords(struct emission *emission, size_t start, size_t end, bool inside)
{
    const struct lexicon *lexicon = emission->analyzer->lexicon;
    struct text text = emission->text;
    struct subword_walk walk = { .compiled = true, .own = lexicon->own_nodes };
    size_t ends[SUBWORDS_MAX];
    size_t count = 0;
    size_t first = character_end(text, start);
    for (size_t at = start; at < end && count < SUBWORDS_MAX;) {
        bool word = walk_on(lexicon, &walk, text, &at);
        if (!walk.compiled && !walk.own)
            break;
        if (at > first && (inside || at < end) && word)
            ends[count++] = at;
    }
    while (count--)
        push(emission, start, ends[count], emission->position, TOKEN_SUBWORD);
}

static void emit_han_word(struct emission *emission, const struct word *word, bool joined)
{
    struct text text = emission->text;
    size_t end = word->offset + word->length;
    bool long_word = word->length > 6;
    bool single = character_end(text, word->offset) == end;
    for (size_t at = word->offset; at < end; emission->position++) {
        size_t next = character_end(text, at);
        bool first = at == word->offset;
        if (first && !single)
            push(emission, at, end, emission->position, TOKEN_WORD);
        if (long_word)
            push_subwords(emission, at, end, !first);
        if (next < end || joined)
            push(emission, at, character_end(text, next), emission->position, TOKEN_BIGRAM);
        if (single)
            push(emission, at, end, emission->position, TOKEN_WORD);
        push(emission, at, next, emission->position, TOKEN_CHARACTER);
        at = next;
    }
}

/* --- numbers and Latin --- */

static enum char_class class_at(const struct emission *emission, size_t at)
{
    size_t decode = at;
    uint32_t codepoint = utf8_next_valid(emission->text.data, &decode);
    return unit_class(lexicon_unit(emission->analyzer->lexicon, codepoint));
}

/* End of the digits with points, or of the letters, that start at `start`. */
static size_t piece_end(const struct emission *emission, size_t start, size_t end)
{
    enum char_class class = class_at(emission, start);
    size_t at = start;
    while (at < end) {
        bool point = emission->text.data[at] == '.';
        if (!point && class_at(emission, at) != class)
            break;
        at = character_end(emission->text, at);
    }
    return at;
}

static bool is_alphanumeric(enum char_class class)
{
    return class == CLASS_DIGIT || class == CLASS_LETTER;
}

/* Whether the normalised characters on both sides of `at` are characters of terms and were
 * neighbours in the original. Inside an atom only points and hyphens are not. */
static bool is_joint(const struct emission *emission, size_t at)
{
    const struct normalized *normalized = &emission->analyzer->normalized;
    if (at == 0 || at == emission->text.length)
        return false;
    char before = emission->text.data[at - 1];
    return before != '.' && before != '-' && class_at(emission, at) != CLASS_OTHER &&
           normalized->ends[at - 1] == normalized->starts[at];
}

/* A letter or digit beside something that no term has is a term of one character itself:
 * otherwise a query like "5、" would not find "15、". */
static bool is_edge(const struct emission *emission, size_t at, size_t next, bool joined_before,
                    bool joined_behind, const struct word *word)
{
    bool before = at > word->offset || joined_before;
    bool behind = next < word->offset + word->length || joined_behind;
    return !before || !behind || !is_joint(emission, at) || !is_joint(emission, next);
}

/* 四 of 二〇二四: a Han character, though the number it stands in was folded to digits. */
static bool was_han(const struct emission *emission, size_t at)
{
    if (!emission->careful)
        return false;
    size_t source = emission->analyzer->normalized.starts[at];
    uint32_t codepoint = utf8_next_valid(emission->source.data, &source);
    return fold_class(lexicon_fold(emission->analyzer->lexicon, codepoint)) == CLASS_HAN;
}

/* Pushes what starts at one character of an atom, longest first. `piece`: end of the piece that
 * starts here, or `at`. */
static void push_at(struct emission *emission, const struct word *word, size_t at, size_t piece,
                    size_t pair, bool single)
{
    size_t end = word->offset + word->length;
    size_t next = character_end(emission->text, at);
    size_t whole = at == word->offset ? end : at;
    enum token_kind part = word->kind == TOKEN_NUMBER ? TOKEN_NUMBER : TOKEN_SUBWORD;
    if (piece == whole)
        piece = at;
    if (whole > next)
        push(emission, at, whole, emission->position, word->kind);
    if (piece > next)
        push(emission, at, piece, emission->position, part);
    if (pair > next)
        push(emission, at, pair, emission->position, TOKEN_BIGRAM);
    if (whole == next)
        push(emission, at, whole, emission->position, word->kind);
    if (piece == next)
        push(emission, at, piece, emission->position, part);
    if (single)
        push(emission, at, next, emission->position, TOKEN_CHARACTER);
}

static void emit_atom(struct emission *emission, const struct word *word, bool joined_before,
                      bool joined_behind)
{
    struct text text = emission->text;
    size_t end = word->offset + word->length;
    size_t piece = word->offset; /* the next piece starts here at the earliest */
    for (size_t at = word->offset; at < end; emission->position++) {
        size_t next = character_end(text, at);
        enum char_class class = class_at(emission, at);
        size_t pair = at, start = piece;
        bool single = false;
        if (at == start && is_alphanumeric(class))
            piece = piece_end(emission, at, end);
        else if (at == start)
            piece = next;
        if (class != CLASS_OTHER) {
            bool joined = next < end ? class_at(emission, next) != CLASS_OTHER : joined_behind;
            pair = joined ? character_end(text, next) : at;
            single = class == CLASS_HAN || was_han(emission, at) ||
                     is_edge(emission, at, next, joined_before, joined_behind, word);
        }
        push_at(emission, word, at, at == start && is_alphanumeric(class) ? piece : at, pair,
                single);
        at = next;
    }
}

/* --- the text --- */

/* Whether the next word begins where this one ends, with a character that terms have. */
static bool joins_next(const struct word_list *words, size_t i)
{
    return i + 1 < words->count && words->words[i + 1].kind != TOKEN_CHARACTER;
}

static bool ends_in_term_character(const struct emission *emission, const struct word *word)
{
    size_t last = utf8_boundary(emission->text, word->offset + word->length - 1);
    return class_at(emission, last) != CLASS_OTHER;
}

static void look_for_groups(struct emission *emission, const struct word *word)
{
    const struct normalized *normalized = &emission->analyzer->normalized;
    while (emission->group < normalized->group_count &&
           normalized->groups[emission->group].offset +
                   normalized->groups[emission->group].length <=
               word->offset)
        emission->group++;
    emission->careful =
        emission->group < normalized->group_count &&
        normalized->groups[emission->group].offset < word->offset + word->length + 4;
}

static bool has_atom(const struct emission *emission, const struct word *word)
{
    size_t end = word->offset + word->length;
    for (size_t at = word->offset; at < end; at = character_end(emission->text, at)) {
        if (class_at(emission, at) != CLASS_HAN)
            return true;
    }
    return false;
}

/* 5G消息 as one of the user's own words. */
static bool is_mixed_own_word(const struct emission *emission, const struct word *word)
{
    const struct lexicon *lexicon = emission->analyzer->lexicon;
    return lexicon->own_nodes && word->kind == TOKEN_WORD && has_atom(emission, word) &&
           lexicon_is_own(lexicon, text_slice(emission->text, word->offset, word->length));
}

static void emit_words_of(struct emission *emission, const struct word_list *words,
                          bool last_joined);

/* The word, and everything that the text would give without it. */
static void emit_mixed_own_word(struct emission *emission, const struct word *word, bool joined)
{
    struct analyzer *analyzer = emission->analyzer;
    struct word_list inside = { 0 };
    struct error error;
    if (segmenter_cut_plain(analyzer->lexicon,
                            text_slice(emission->text, word->offset, word->length), emission->arena,
                            &inside, &error)) {
        emission->failed = true;
        return;
    }
    for (size_t i = 0; i < inside.count; i++)
        inside.words[i].offset += word->offset;
    if (inside.count == 1) { /* T恤: a compiled word as well */
        emit_han_word(emission, word, joined);
        return;
    }
    push(emission, word->offset, word->offset + word->length, emission->position, TOKEN_WORD);
    emit_words_of(emission, &inside, joined);
    emission->unordered = true;
}

/* last_joined: something that terms have follows the last word. */
static void emit_words_of(struct emission *emission, const struct word_list *words,
                          bool last_joined)
{
    bool joined_before = false;
    for (size_t i = 0; i < words->count && !emission->failed; i++) {
        const struct word *word = &words->words[i];
        if (word->kind == TOKEN_CHARACTER) {
            emission->position++;
            joined_before = false;
            continue;
        }
        look_for_groups(emission, word);
        bool joined = i + 1 < words->count ? joins_next(words, i) : last_joined;
        if (is_mixed_own_word(emission, word)) {
            emit_mixed_own_word(emission, word, joined);
        } else if (word->kind == TOKEN_WORD) {
            emit_han_word(emission, word, joined);
        } else {
            joined = joined && ends_in_term_character(emission, word);
            emit_atom(emission, word, joined_before, joined);
        }
        joined_before = joined;
    }
}

static void emit_everything(struct emission *emission)
{
    emit_words_of(emission, &emission->analyzer->words, false);
}

static void emit_words(struct emission *emission)
{
    const struct word_list *words = &emission->analyzer->words;
    for (size_t i = 0; i < words->count && !emission->failed; i++) {
        const struct word *word = &words->words[i];
        if (word->kind != TOKEN_CHARACTER) {
            look_for_groups(emission, word);
            push(emission, word->offset, word->offset + word->length, emission->position,
                 word->kind);
        }
        emission->position +=
            (uint32_t)utf8_count(text_slice(emission->text, word->offset, word->length));
    }
}

/* Kinds of brackets that document numbers and names are written with, in two columns. */
static uint32_t one_kind_of_bracket(uint32_t codepoint)
{
    switch (codepoint) {
    case '(':
    case '[':
    case '{':
    case 0x3010: /* 【 */
    case 0x3016: /* 〖 */
    case 0x3014: /* 〔 */
    case 0xFF3B:
    case 0x300A: /* 《 */
    case '<':
        return 0x3014;
    case ')':
    case ']':
    case '}':
    case 0x3011:
    case 0x3017:
    case 0x3015:
    case 0xFF3D:
    case 0x300B:
    case '>':
        return 0x3015;
    default:
        return codepoint;
    }
}

static void emit_keyword(struct emission *emission)
{
    struct analyzer *analyzer = emission->analyzer;
    struct text text = emission->text;
    buffer_clear(&analyzer->folded);
    size_t start = TEXT_NONE, end = 0;
    for (size_t at = 0; at < text.length;) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        enum char_class class = unit_class(lexicon_unit(analyzer->lexicon, codepoint));
        if (class != CLASS_BLANK && class != CLASS_BREAK) {
            buffer_append_codepoint(&analyzer->folded, one_kind_of_bracket(codepoint));
            start = start == TEXT_NONE ? at : start;
            end = next;
        }
        at = next;
    }
    if (start == TEXT_NONE)
        return;
    struct text term = arena_text(emission->arena, buffer_text(&analyzer->folded));
    if (analyzer->folded.failed || !term.data)
        emission->failed = true;
    else
        push_term(emission, term, start, end, 0, TOKEN_WORD);
}

static bool comes_before(const struct token *a, const struct token *b)
{
    return a->offset != b->offset ? a->offset < b->offset : a->length > b->length;
}

/* Tokens come out in order but for those at one original character that became several. */
static void put_in_order(struct token_list *list, size_t from)
{
    for (size_t i = from + 1; i < list->count; i++) {
        struct token token = list->tokens[i];
        size_t at = i;
        for (; at > from && comes_before(&token, &list->tokens[at - 1]); at--)
            list->tokens[at] = list->tokens[at - 1];
        list->tokens[at] = token;
    }
}

static void emit(struct emission *emission, enum analysis analysis)
{
    switch (analysis) {
    case ANALYSIS_TEXT:
        emit_everything(emission);
        break;
    case ANALYSIS_WORDS:
        emit_words(emission);
        break;
    case ANALYSIS_KEYWORD:
        emit_keyword(emission);
        break;
    }
}

enum status analyzer_run(struct analyzer *analyzer, enum analysis analysis, struct text text,
                         struct arena *arena, struct token_list *out, struct error *error)
{
    if (text.length > ANALYZER_TEXT_MAX)
        return error_set(error, STATUS_LIMIT, "text is longer than %zu bytes", ANALYZER_TEXT_MAX);
    enum status status = normalizer_run(analyzer->lexicon, text, &analyzer->normalized, error);
    if (status)
        return status;

    struct emission emission = { .analyzer = analyzer, .source = text, .arena = arena, .out = out };
    emission.text = arena_text(arena, buffer_text(&analyzer->normalized.text));
    if (!emission.text.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (analyzer->scratch.used > SCRATCH_KEPT) {
        arena_clear(&analyzer->scratch);
        analyzer->words = (struct word_list) { 0 };
    }
    if (analysis != ANALYSIS_KEYWORD)
        status = segmenter_cut(analyzer->lexicon, emission.text, &analyzer->scratch,
                               &analyzer->words, error);
    if (status)
        return status;

    size_t before = out->count;
    emit(&emission, analysis);
    if (emission.failed) {
        out->count = before;
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    if (analyzer->normalized.group_count || emission.unordered)
        put_in_order(out, before);
    return STATUS_OK;
}
