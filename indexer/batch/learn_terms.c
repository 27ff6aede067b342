/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/learn_terms.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/batch/learn_rules.h"

#define TERM_SYMBOLS_MAX 12
#define EXAMPLE_SYMBOLS 10 /* on each side */
#define BRANCHING_LEAST .6 /* two occurrences with different neighbours have ln 2 */
#define BRANCHING_ENOUGH 1.5

struct neighbours {   /* of one row, on one side */
    uint32_t *counts; /* by symbol */
    uint16_t *touched;
    size_t touched_count;
    size_t breaks;
};

struct miner {
    const struct learn_suffixes *suffixes;
    const struct learn_text *text;
    struct arena *arena;
    struct learned_terms *out;
    struct error *error;
    size_t least; /* occurrences */
    struct neighbours left, right;
    uint32_t *reply_stamps; /* by reply: number of the row that saw it last */
    uint32_t *passage_stamps;
    uint32_t stamp;
    struct buffer spelling;
    struct arena scratch;
};

/* What the occurrences of a row tell. */
struct evidence {
    size_t frequency, clean, quoted, titled, passages, replies;
    uint32_t place;  /* the first clean occurrence */
    uint32_t second; /* another one, in another reply where there is one; or `place` */
    double left, right, association;
};

static void count_neighbour(struct neighbours *side, uint16_t symbol)
{
    if (symbol == LEARN_BREAK)
        side->breaks++;
    else if (side->counts[symbol]++ == 0)
        side->touched[side->touched_count++] = symbol;
}

/* Every break is a neighbour of its own: a mark can stand beside any word. */
static double take_entropy(struct neighbours *side, size_t frequency)
{
    double all = (double)frequency, sum = (double)side->breaks * log(all);
    for (size_t i = 0; i < side->touched_count; i++) {
        double count = side->counts[side->touched[i]];
        sum += count * log(all / count);
        side->counts[side->touched[i]] = 0;
    }
    side->touched_count = side->breaks = 0;
    return sum / all;
}

static void look_at(struct miner *miner, const struct learn_row *row, struct evidence *evidence)
{
    const struct learn_text *text = miner->text;
    *evidence = (struct evidence) { .frequency = row->count, .place = UINT32_MAX };
    for (size_t i = row->first; i < row->first + row->count; i++) {
        uint32_t place = miner->suffixes->order[i];
        size_t end = place + row->length;
        bool begins = text->places[place] & PLACE_WORD;
        bool ends = text->symbols[end] == LEARN_BREAK || (text->places[end] & PLACE_WORD);
        count_neighbour(&miner->left, text->symbols[place - 1]);
        count_neighbour(&miner->right, text->symbols[end]);
        if ((text->places[place] & PLACE_OPEN) && (text->places[end - 1] & PLACE_CLOSE)) {
            bool title = text->places[end - 1] & PLACE_TITLE;
            evidence->titled += title;
            evidence->quoted += !title;
        }
        if (!begins || !ends)
            continue;
        evidence->clean++;
        if (place < evidence->place)
            evidence->place = place;
    }
    evidence->left = take_entropy(&miner->left, row->count);
    evidence->right = take_entropy(&miner->right, row->count);
}

static double frequency_of(const struct miner *miner, size_t start, size_t length)
{
    return (double)learn_suffixes_frequency(miner->suffixes, start, length);
}

/* At the weakest of its joints. */
static double weakest_joint(const struct miner *miner, uint32_t place, size_t length, size_t count)
{
    double all = (double)miner->suffixes->count, weakest = HUGE_VAL;
    for (size_t i = 1; i < length; i++) {
        double parts = frequency_of(miner, place, i) * frequency_of(miner, place + i, length - i);
        double strength = log((double)count * all / parts);
        weakest = strength < weakest ? strength : weakest;
    }
    return weakest;
}

static bool is_new(uint32_t *stamp, uint32_t now)
{
    bool new = *stamp != now;
    *stamp = now;
    return new;
}

/* Distinct passages and replies; the second example comes from another one. */
static void count_replies(struct miner *miner, const struct learn_row *row,
                          struct evidence *evidence)
{
    uint32_t first = learn_text_passage(miner->text, evidence->place)->reply;
    uint32_t other = UINT32_MAX, same = UINT32_MAX;
    miner->stamp++;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        uint32_t place = miner->suffixes->order[i];
        const struct learn_passage *passage = learn_text_passage(miner->text, place);
        uint32_t reply = passage->reply;
        if (reply != first && place < other)
            other = place;
        if (reply == first && place != evidence->place && place < same)
            same = place;
        evidence->passages +=
            is_new(&miner->passage_stamps[passage - miner->text->passages], miner->stamp);
        evidence->replies += is_new(&miner->reply_stamps[reply], miner->stamp);
    }
    evidence->second = other != UINT32_MAX ? other : same != UINT32_MAX ? same : evidence->place;
}

static struct text example(struct miner *miner, size_t place, size_t length)
{
    const struct learn_text *text = miner->text;
    size_t start = place, end = place + length;
    while (start > 1 && place - start < EXAMPLE_SYMBOLS && text->symbols[start - 1] != LEARN_BREAK)
        start--;
    while (text->symbols[end] != LEARN_BREAK && end - place - length < EXAMPLE_SYMBOLS)
        end++;
    buffer_clear(&miner->spelling);
    learn_text_print(text, start, end - start, &miner->spelling);
    return arena_text(miner->arena, buffer_text(&miner->spelling));
}

/* The segmenter's words of the row where it is cut by none. */
static size_t words_of(struct miner *miner, uint32_t place, size_t length, struct text *words)
{
    size_t count = 0;
    for (size_t i = 0, end; i < length; i = end) {
        for (end = i + 1; end < length && !(miner->text->places[place + end] & PLACE_WORD);)
            end++;
        buffer_clear(&miner->spelling);
        learn_text_print(miner->text, place + i, end - i, &miner->spelling);
        words[count++] = arena_text(&miner->scratch, buffer_text(&miner->spelling));
    }
    return count;
}

static enum status no_memory(struct miner *miner)
{
    return error_set(miner->error, STATUS_NO_MEMORY, "out of memory");
}

static enum status keep(struct miner *miner, const struct learn_row *row,
                        const struct evidence *evidence, double score)
{
    struct learned_terms *out = miner->out;
    buffer_clear(&miner->spelling);
    learn_text_print(miner->text, evidence->place, row->length, &miner->spelling);
    struct learned_term term = {
        .term = arena_text(miner->arena, buffer_text(&miner->spelling)),
        .score = score,
        .frequency = (uint32_t)evidence->frequency,
        .passages = (uint32_t)evidence->passages,
        .replies = (uint32_t)evidence->replies,
        .quoted = (uint32_t)(evidence->quoted + evidence->titled),
        .association = evidence->association,
        .left = evidence->left,
        .right = evidence->right,
        .examples = { example(miner, evidence->place, row->length),
                      example(miner, evidence->second, row->length) },
    };
    if (!term.term.data || !term.examples[0].data || !term.examples[1].data ||
        !arena_grow(miner->arena, &out->terms, out->count, &out->capacity, sizeof(term)))
        return no_memory(miner);
    out->terms[out->count++] = term;
    return STATUS_OK;
}

/* How sure it is that a row is a term; 0: it is none. */
static double judge(const struct miner *miner, const struct evidence *evidence,
                    const struct text *words, size_t count)
{
    double frequency = (double)evidence->frequency, all = (double)miner->suffixes->count;
    bool quoted = evidence->quoted > 0;
    bool unknown = learn_rules_singles(words, count) >= 2;
    double branching = fmin(evidence->left, evidence->right);
    double attraction = evidence->association / log(all / frequency); /* NPMI */
    double least_branching =
        unknown || quoted ? BRANCHING_LEAST : fmin(BRANCHING_ENOUGH, log(frequency) * .65);
    double least_attraction = quoted ? .35 : unknown ? .42 : .45;
    if (evidence->replies < 2 && evidence->quoted < 2)
        return 0;
    if (branching < least_branching || attraction < least_attraction)
        return 0;
    if (evidence->clean * 2 < evidence->frequency || !learn_rules_allow(words, count, quoted))
        return 0;
    return attraction * log(frequency + 1) * sqrt(branching) *
           (1 + .5 * log(1 + (double)evidence->quoted)) * (unknown ? 1.3 : 1);
}

static enum status consider(void *context, const struct learn_row *row, struct error *error)
{
    struct miner *miner = context;
    struct evidence evidence;
    struct text words[TERM_SYMBOLS_MAX];
    if (row->length > TERM_SYMBOLS_MAX)
        return STATUS_OK;
    look_at(miner, row, &evidence);
    if (evidence.place == UINT32_MAX || fmin(evidence.left, evidence.right) < BRANCHING_LEAST)
        return STATUS_OK;
    arena_clear(&miner->scratch);
    size_t count = words_of(miner, evidence.place, row->length, words);
    if (count < 2) /* the lexicon has it */
        return STATUS_OK;
    evidence.association = weakest_joint(miner, evidence.place, row->length, row->count);
    count_replies(miner, row, &evidence);
    double score = judge(miner, &evidence, words, count);
    return score > 0 ? keep(miner, row, &evidence, score) : STATUS_OK;
}

static bool prepare(struct miner *miner)
{
    size_t alphabet = miner->text->alphabet_count + 1;
    struct neighbours *sides[] = { &miner->left, &miner->right };
    for (size_t i = 0; i < 2; i++) {
        sides[i]->counts = calloc(alphabet, sizeof(*sides[i]->counts));
        sides[i]->touched = calloc(alphabet, sizeof(*sides[i]->touched));
        if (!sides[i]->counts || !sides[i]->touched)
            return false;
    }
    miner->reply_stamps = calloc(miner->text->reply_count + 1, sizeof(*miner->reply_stamps));
    miner->passage_stamps = calloc(miner->text->passage_count + 1, sizeof(*miner->passage_stamps));
    return miner->reply_stamps && miner->passage_stamps;
}

static void release(struct miner *miner)
{
    struct neighbours *sides[] = { &miner->left, &miner->right };
    for (size_t i = 0; i < 2; i++) {
        free(sides[i]->counts);
        free(sides[i]->touched);
    }
    free(miner->reply_stamps);
    free(miner->passage_stamps);
    buffer_release(&miner->spelling);
    arena_release(&miner->scratch);
}

static int by_score(const void *left, const void *right)
{
    const struct learned_term *a = left, *b = right;
    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    return text_compare(a->term, b->term);
}

enum status learn_terms(const struct learn_suffixes *suffixes, struct arena *arena,
                        struct learned_terms *out, struct error *error)
{
    struct miner miner = { .suffixes = suffixes,
                           .text = suffixes->text,
                           .arena = arena,
                           .out = out,
                           .error = error,
                           .least = 2 };
    *out = (struct learned_terms) { 0 };
    arena_init(&miner.scratch, 0);
    enum status status = prepare(&miner) ? STATUS_OK : no_memory(&miner);
    double all = (double)suffixes->count;
    /* 2 up to 60,000 characters, 20 at 17 million: chance repeats more in more text. */
    miner.least = (size_t)fmax(2, sqrt(all) / 200);
    if (!status)
        status = learn_suffixes_rows(suffixes, miner.least, consider, &miner, error);
    release(&miner);
    if (!status && out->count)
        qsort(out->terms, out->count, sizeof(*out->terms), by_score);
    return status;
}
