/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words that the lexicon has for the letters, and of those what the index has: as words, inside of
 * longer ones, or two side by side: pairs whose characters at the place of contact are frequent, and
 * then their text. */
#include "search/ranking/initials.h"

#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/ranking/initial_words.h"
#include "search/ranking/match_build.h"

#define WORDS_KEPT 3
#define PAIRS_TRIED 40 /* of words that may stand side by side */
#define PASSAGES_READ 200
#define PASSAGES_FOUND 20 /* is as much as any more */

static enum status no_memory(struct initials *initials)
{
    return error_set(initials->error, STATUS_NO_MEMORY, "out of memory");
}

static void append_words(const struct word_row *row, struct buffer *out)
{
    for (size_t i = 0, kept = 0; i < row->count && kept < WORDS_KEPT; i++) {
        const struct word *word = &row->words[i];
        if (!word->passages || (i && text_equal(word->word, word[-1].word)))
            continue;
        if (kept++)
            buffer_append_byte(out, ' ');
        buffer_append(out, word->word);
    }
}

/* ---- inside of longer words ---- */

/* The term of the characters of a word from the one at `offset` on, two of them; empty: there are no
 * two. Moves *offset to the second. */
static struct text pair_at(struct initials *initials, struct text word, size_t *offset)
{
    size_t start = *offset, end = start;
    utf8_next_valid(word.data, &end);
    *offset = end;
    if (end >= word.length)
        return TEXT("");
    utf8_next_valid(word.data, &end);
    return field_term(field_text_prefix(TOKEN_BIGRAM), text_slice(word, start, end - start),
                      initials->arena);
}

/* A word counts as often as its rarest pair of characters: 智改数转 stands in 智改数转网联. */
static enum status count_by_pairs(struct initials *initials, struct word_row *row)
{
    struct text *terms = ARENA_ARRAY(initials->arena, struct text, row->count + 1);
    uint32_t *counts = ARENA_ARRAY(initials->arena, uint32_t, row->count + 1);
    size_t *offsets = ARENA_ARRAY(initials->arena, size_t, row->count + 1);
    if (!terms || !counts || !offsets)
        return no_memory(initials);
    for (size_t i = 0; i < row->count; i++)
        row->words[i].passages = UINT32_MAX;
    for (size_t left = row->count; left > 0;) {
        for (size_t i = 0; i < left; i++) {
            terms[i] = pair_at(initials, row->words[i].word, &offsets[i]);
            if (!terms[i].data)
                return no_memory(initials);
        }
        if (!terms[0].length)
            break; /* all words are of one length */
        enum status status = initial_words_count(initials, terms, left, counts);
        if (status)
            return status;
        size_t kept = 0;
        for (size_t i = 0; i < left; i++) {
            struct word word = row->words[i];
            word.passages = counts[i] < word.passages ? counts[i] : word.passages;
            offsets[kept] = offsets[i];
            row->words[kept] = word;
            kept += counts[i] > 0;
        }
        left = row->count = kept;
    }
    initial_words_sort(row);
    return STATUS_OK;
}

/* ---- two words ---- */

/* The last character of one word and the first of the other. */
static struct text between(struct initials *initials, struct text left, struct text right)
{
    size_t last = utf8_boundary(left, left.length - 1);
    size_t first = utf8_length((unsigned char)right.data[0]);
    struct text pair = arena_printf(initials->arena, "%.*s%.*s", (int)(left.length - last),
                                    left.data + last, (int)first, right.data);
    return pair.data ? field_term(field_text_prefix(TOKEN_BIGRAM), pair, initials->arena) : pair;
}

struct pair {
    const struct word *left, *right;
    struct text contact; /* term */
    uint32_t passages;   /* that have it */
};

static int by_contact(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    return left->passages > right->passages ? -1 : left->passages < right->passages;
}

/* The pairs of words whose place of contact the most passages have. */
static enum status pairs_of(struct initials *initials, const struct word_row *left,
                            const struct word_row *right, struct pair **out, size_t *out_count)
{
    size_t columns = initial_words_known(right), count = initial_words_known(left) * columns,
           kept = 0;
    struct pair *pairs = ARENA_ARRAY(initials->arena, struct pair, count + 1);
    struct text *terms = ARENA_ARRAY(initials->arena, struct text, count + 1);
    uint32_t *counts = ARENA_ARRAY(initials->arena, uint32_t, count + 1);
    if (!pairs || !terms || !counts)
        return no_memory(initials);
    for (size_t i = 0; i < count; i++) {
        pairs[i].left = &left->words[i / columns];
        pairs[i].right = &right->words[i % columns];
        terms[i] = between(initials, pairs[i].left->word, pairs[i].right->word);
        if (!terms[i].data)
            return no_memory(initials);
    }
    enum status status = initial_words_count(initials, terms, count, counts);
    for (size_t i = 0; i < count && !status; i++) {
        pairs[kept] = pairs[i];
        pairs[kept].contact = terms[i];
        pairs[kept].passages = counts[i];
        kept += counts[i] > 0;
    }
    if (kept)
        qsort(pairs, kept, sizeof(*pairs), by_contact);
    *out = pairs;
    *out_count = kept < PAIRS_TRIED ? kept : PAIRS_TRIED;
    return status;
}

struct look {
    struct initials *initials;
    struct text both;
    struct normalized text; /* scratch */
    size_t read, found;
};

/* Counts instead of keeping; too many passages that lack it end the search. */
static enum status look_for(void *context, uint32_t reply, struct text record, bool *accepted)
{
    struct look *look = context;
    struct passage_record passage;
    (void)reply;
    *accepted = false;
    enum status status = passage_record_decode(record, &passage, look->initials->error);
    if (!status)
        status = normalizer_run(look->initials->lexicon, passage.text, &look->text,
                                look->initials->error);
    look->found += !status && text_contains(buffer_text(&look->text.text), look->both);
    if (!status && (++look->read == PASSAGES_READ || look->found == PASSAGES_FOUND))
        return error_set(look->initials->error, STATUS_LIMIT, "enough");
    return status;
}

/* In how many passages the two stand side by side, up to PASSAGES_FOUND. */
static enum status count_together(struct initials *initials, const struct pair *pair,
                                  struct look *look)
{
    struct arena *arena = initials->arena;
    struct match *all = match_group(MATCH_AND, arena);
    all = match_add(all, match_term(pair->contact, 1, arena), arena);
    const struct word *words[] = { pair->left, pair->right };
    for (size_t i = 0; i < 2; i++) {
        struct text term = field_term(field_text_prefix(TOKEN_WORD), words[i]->word, arena);
        all = match_add(all, match_term(term, 1, arena), arena);
    }
    look->both =
        arena_printf(arena, "%.*s%.*s", TEXT_ARG(words[0]->word), TEXT_ARG(words[1]->word));
    if (!all || !look->both.data)
        return no_memory(initials);
    look->read = look->found = 0;
    struct hit_list hits;
    struct match_request request = {
        .match = all, .limit = 1, .accept = look_for, .context = look
    };
    enum status status =
        index_reader_search(initials->reader, &request, arena, &hits, initials->error);
    return status == STATUS_LIMIT ? STATUS_OK : status;
}

static void look_release(struct look *look)
{
    normalized_release(&look->text);
}

/* Of two words the ones that most passages have side by side. */
static enum status read_two(struct initials *initials, const struct lexicon_choice *choices,
                            size_t length, struct buffer *out)
{
    CLEANUP(look_release) struct look look = { .initials = initials };
    struct text best = { NULL, 0 };
    size_t most = 0;
    enum status status = STATUS_OK;
    normalized_init(&look.text);
    for (size_t cut = 2; cut + 2 <= length && !status; cut++) {
        struct word_row left = { NULL, 0 }, right = { NULL, 0 };
        struct pair *pairs = NULL;
        size_t count = 0;
        status = initial_words_find(initials, choices, cut, &left);
        if (!status)
            status = initial_words_find(initials, choices + cut, length - cut, &right);
        if (!status)
            status = pairs_of(initials, &left, &right, &pairs, &count);
        for (size_t i = 0; i < count && !status && pairs[i].passages > most; i++) {
            status = count_together(initials, &pairs[i], &look);
            if (!status && look.found > most) {
                most = look.found;
                best = look.both;
            }
        }
    }
    if (!status && best.data)
        buffer_append(out, best);
    return status;
}

enum status initials_read(struct text letters, const struct lexicon *lexicon,
                          struct index_reader *reader, struct arena *arena, struct buffer *out,
                          struct error *error)
{
    struct initials initials = { lexicon, reader, arena, error };
    struct lexicon_choice choices[INITIALS_MOST];
    struct word_row words;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < letters.length && !status; i++)
        status = initial_characters(&initials, letters.data[i], &choices[i]);
    if (!status)
        status = initial_words_find(&initials, choices, letters.length, &words);
    if (!status && !initial_words_known(&words))
        status = count_by_pairs(&initials, &words);
    if (status)
        return status;
    if (initial_words_known(&words))
        append_words(&words, out);
    else
        status = read_two(&initials, choices, letters.length, out);
    return status;
}
