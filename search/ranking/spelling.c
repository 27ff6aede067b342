/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every edit of one place is tried; of those that make a word, the one whose rarest pair of
 * characters is most frequent in the index is the best (Kernighan, Church & Gale, COLING 1990, with
 * the index as the source of words). */
#include "search/ranking/spelling.h"

#include <stdlib.h>

#include "indexer/analysis/field.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/pinyin.h"

#define ROOM (SPELLING_CHARACTERS_MAX + 1)
#define WORD_LONGEST 4
#define CANDIDATES_MAX 2000 /* characters that sound alike */
/* -ln p of words that are no accident. 受伤 has 10.1, 之后 8.0, 人社局 11.0; 补铁 (补贴) 27.1, 数传
 * (数转) 14.7; of single ones 太 7.8, 难 8.1, 训 10.9 */
#define FIRM_COST 14
#define PLAIN_COST 8.5F
#define LATIN_SHORTEST 4
#define LATIN_LONGEST 32
#define LATIN_TERMS_MAX 5000

struct spelling {
    const struct lexicon *lexicon;
    struct index_reader *reader;
    struct arena *arena;
    struct error *error;
    uint32_t characters[ROOM];
    size_t count;
    size_t firm[ROOM]; /* the word that everybody knows, whether the index has it or not, from 1; 0:
                        * in none */
    bool plain[ROOM];  /* a common word of one character: 太, 又, 难 */
    /* the best edit so far */
    uint32_t best[ROOM];
    size_t best_count;
    uint64_t best_worth;
};

/* Characters that are mistaken for each other, by pen or by eye; each row a group. */
static const char *const ALIKE[] = {
    "己已巳", "末未",   "土士",   "日曰", "人入八",   "坏环",     "拔拨", "候侯",   "辩辨辫",
    "戊戌戍", "析折拆", "治冶",   "徒徙", "祟崇",     "贷货",     "斤斥", "牛午",   "千干于",
    "大太犬", "天夭",   "今令",   "见贝", "免兔",     "乌鸟",     "师帅", "住往",   "抡抢",
    "仓仑",   "扰拢",   "密蜜",   "历厉", "暮幕墓募", "燥躁澡操", "遣遗", "栽裁载", "即既",
    "幻幼",   "刺剌",   "陪赔培", "晴睛", "抄钞",     "健建",     "竟竞", "概慨",   "籍藉",
    "部陪",   "场杨扬", "很狠",   "绩债", "沦论",
};

static struct text encode(const uint32_t *characters, size_t count, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    for (size_t i = 0; i < count; i++)
        buffer_append_codepoint(&buffer, characters[i]);
    return buffer.failed ? (struct text) { NULL, 0 } : arena_text(arena, buffer_text(&buffer));
}

static enum status no_memory(struct spelling *spelling)
{
    return error_set(spelling->error, STATUS_NO_MEMORY, "out of memory");
}

/* The fewest passages that any pair of neighbours in [start, start + length) has. */
static enum status rarest_pair(struct spelling *spelling, const uint32_t *characters, size_t length,
                               uint64_t *rarest)
{
    struct text terms[WORD_LONGEST] = { 0 };
    uint32_t counts[WORD_LONGEST];
    uint64_t passages;
    for (size_t i = 0; i + 1 < length; i++) {
        struct text pair = encode(characters + i, 2, spelling->arena);
        terms[i] = field_term(field_text_prefix(TOKEN_BIGRAM), pair, spelling->arena);
        if (!pair.data || !terms[i].data)
            return no_memory(spelling);
    }
    enum status status = index_reader_statistics(spelling->reader, terms, length - 1, counts,
                                                 &passages, spelling->error);
    *rarest = UINT64_MAX;
    for (size_t i = 0; i + 1 < length && !status; i++)
        *rarest = counts[i] < *rarest ? counts[i] : *rarest;
    return status;
}

/* The place between two characters is inside a word that everybody knows. */
static bool parts_firm(const struct spelling *spelling, size_t at)
{
    return at > 0 && at < spelling->count && spelling->firm[at] &&
           spelling->firm[at] == spelling->firm[at - 1];
}

/* How well a listed word over characters[first] to characters[last] is known to the index; 0: there
 * is none. Longer words are no accident; those that take a part of a common word are: 学生|餐,
 * 生产. */
static enum status word_worth(struct spelling *spelling, const uint32_t *characters, size_t count,
                              size_t first, size_t last, uint64_t *worth)
{
    *worth = 0;
    for (size_t length = WORD_LONGEST; length >= 2; length--)
        for (size_t start = last + 1 < length ? 0 : last + 1 - length;
             start <= first && start + length <= count; start++) {
            if (parts_firm(spelling, start) || parts_firm(spelling, start + length))
                continue;
            struct text word = encode(characters + start, length, spelling->arena);
            if (!word.data)
                return no_memory(spelling);
            if (!lexicon_lookup(spelling->lexicon, word, NULL))
                continue;
            uint64_t rarest;
            enum status status = rarest_pair(spelling, characters + start, length, &rarest);
            if (status)
                return status;
            uint64_t here = rarest * (length - 1) * (length - 1);
            *worth = here > *worth ? here : *worth;
        }
    return STATUS_OK;
}

/* Offers an edited line whose word has what changed, characters[first] to characters[last]. */
static enum status offer(struct spelling *spelling, const uint32_t *characters, size_t count,
                         size_t first, size_t last)
{
    uint64_t worth;
    enum status status = word_worth(spelling, characters, count, first, last, &worth);
    if (status || worth <= spelling->best_worth)
        return status;
    memcpy(spelling->best, characters, count * sizeof(*characters));
    spelling->best_count = count;
    spelling->best_worth = worth;
    return STATUS_OK;
}

static enum status replace(struct spelling *spelling, size_t at, uint32_t character)
{
    uint32_t edited[ROOM];
    if (character == spelling->characters[at])
        return STATUS_OK;
    memcpy(edited, spelling->characters, sizeof(edited));
    edited[at] = character;
    return offer(spelling, edited, spelling->count, at, at);
}

/* ---- sounds ---- */

/* zh and z, n and l, ang and an: one sound to many ears. */
static struct text blurred(const char *letters, char out[PINYIN_SYLLABLE_MAX + 2])
{
    size_t count = 0, length = strlen(letters);
    for (size_t i = 0; i < length; i++) {
        bool hushed = i == 1 && letters[1] == 'h';
        bool nasal = i > 1 && i + 1 == length && letters[i] == 'g';
        if (!hushed && !nasal)
            out[count++] = i == 0 && letters[0] == 'l' ? 'n' : letters[i];
    }
    return (struct text) { out, count };
}

static bool reads(const struct pinyin_syllable *syllable, uint32_t character)
{
    for (size_t i = 0; i < syllable->count; i++)
        if (PINYIN_CHARACTERS[syllable->first + i] == character)
            return true;
    return false;
}

static enum status try_sounds(struct spelling *spelling, size_t at)
{
    size_t tried = 0;
    char one[PINYIN_SYLLABLE_MAX + 2], other[PINYIN_SYLLABLE_MAX + 2];
    for (size_t i = 0; i < PINYIN_SYLLABLE_COUNT; i++) {
        if (!reads(&PINYIN_SYLLABLES[i], spelling->characters[at]))
            continue;
        struct text sound = blurred(PINYIN_SYLLABLES[i].letters, one);
        for (size_t j = 0; j < PINYIN_SYLLABLE_COUNT; j++) {
            const struct pinyin_syllable *syllable = &PINYIN_SYLLABLES[j];
            if (!text_equal(blurred(syllable->letters, other), sound))
                continue;
            for (size_t k = 0; k < syllable->count && tried++ < CANDIDATES_MAX; k++) {
                enum status status = replace(spelling, at, PINYIN_CHARACTERS[syllable->first + k]);
                if (status)
                    return status;
            }
        }
    }
    return STATUS_OK;
}

static enum status try_shapes(struct spelling *spelling, size_t at)
{
    enum status status = STATUS_OK;
    struct text character = encode(&spelling->characters[at], 1, spelling->arena);
    if (!character.data)
        return no_memory(spelling);
    for (size_t i = 0; i < sizeof(ALIKE) / sizeof(*ALIKE); i++) {
        struct text group = text_of(ALIKE[i]);
        if (!text_contains(group, character))
            continue;
        for (size_t offset = 0; offset < group.length && !status;)
            status = replace(spelling, at, utf8_next_valid(group.data, &offset));
    }
    return status;
}

/* Of a number in Chinese numerals: 百分之九十 is no misspelled 百分之十九. */
static bool is_numeral(const struct spelling *spelling, size_t at)
{
    static const char NUMERALS[] = "一二三四五六七八九十百千万亿两零〇";
    bool numeral[3] = { false, false, false }; /* before, here, behind */
    for (size_t i = 0; i < 3; i++) {
        size_t offset = 0, place = at + i - 1;
        while (at + i >= 1 && place < spelling->count && NUMERALS[offset] && !numeral[i])
            numeral[i] = utf8_next_valid(NUMERALS, &offset) == spelling->characters[place];
    }
    return numeral[1] && (numeral[0] || numeral[2]);
}

static enum status try_places(struct spelling *spelling, size_t at)
{
    uint32_t edited[ROOM];
    size_t count = spelling->count;
    enum status status = STATUS_OK;
    memcpy(edited, spelling->characters, sizeof(edited));
    bool plain = spelling->plain[at] && at + 1 < count && spelling->plain[at + 1]; /* 太难 */
    if (at + 1 < count && utf8_is_han(edited[at + 1]) && !plain && !is_numeral(spelling, at + 1)) {
        edited[at] = spelling->characters[at + 1];
        edited[at + 1] = spelling->characters[at];
        status = offer(spelling, edited, count, at, at + 1);
    }
    if (status || !at || spelling->characters[at - 1] != spelling->characters[at])
        return status;
    memcpy(edited, spelling->characters, sizeof(edited)); /* typed twice */
    memmove(edited + at, edited + at + 1, (count - at - 1) * sizeof(*edited));
    return offer(spelling, edited, count - 1, at - 1, at - 1);
}

/* ---- Han characters ---- */

/* Some pair with a neighbour is nowhere, and no word of the line covers the character. */
static enum status is_doubted(struct spelling *spelling, size_t at, bool *doubted)
{
    const uint32_t *characters = spelling->characters;
    uint64_t worth, pair;
    *doubted = false;
    if (!utf8_is_han(characters[at]) || spelling->firm[at] || is_numeral(spelling, at))
        return STATUS_OK;
    enum status status = word_worth(spelling, characters, spelling->count, at, at, &worth);
    if (status || worth)
        return status;
    for (size_t start = at ? at - 1 : 0; start <= at && start + 1 < spelling->count; start++) {
        if (!utf8_is_han(characters[start]) || !utf8_is_han(characters[start + 1]))
            continue;
        status = rarest_pair(spelling, characters + start, 2, &pair);
        if (status)
            return status;
        *doubted = *doubted || pair == 0;
    }
    return STATUS_OK;
}

/* What the line's own words say, without the index: a word that it lacks may well be right. */
static enum status read_words(struct spelling *spelling, struct text line)
{
    struct word_list words = { 0 };
    enum status status =
        segmenter_cut(spelling->lexicon, line, spelling->arena, &words, spelling->error);
    size_t at = 0;
    for (size_t i = 0; i < words.count && !status; i++) {
        struct text word = text_slice(line, words.words[i].offset, words.words[i].length);
        size_t count = utf8_count(word);
        float cost;
        bool listed = lexicon_lookup(spelling->lexicon, word, &cost);
        for (size_t j = 0; j < count && at < spelling->count; j++, at++) {
            spelling->firm[at] = listed && count > 1 && cost <= FIRM_COST ? i + 1 : 0;
            spelling->plain[at] = listed && count == 1 && cost <= PLAIN_COST;
        }
    }
    return status;
}

static enum status try_characters(struct spelling *spelling)
{
    enum status status = STATUS_OK;
    for (size_t at = 0; at < spelling->count && !status; at++) {
        bool doubted;
        status = is_doubted(spelling, at, &doubted);
        if (status || !doubted)
            continue;
        status = try_sounds(spelling, at);
        if (!status)
            status = try_shapes(spelling, at);
        if (!status)
            status = try_places(spelling, at);
    }
    return status;
}

/* ---- Latin words ---- */

/* Whether one edit or exchange of neighbours makes one of the other (Damerau, 1964). */
static bool one_edit_apart(struct text left, struct text right)
{
    size_t start = 0, end = 0;
    if (left.length > right.length + 1 || right.length > left.length + 1)
        return false;
    size_t shorter = left.length < right.length ? left.length : right.length;
    while (start < shorter && left.data[start] == right.data[start])
        start++;
    while (end < shorter - start &&
           left.data[left.length - 1 - end] == right.data[right.length - 1 - end])
        end++;
    size_t one = left.length - start - end, other = right.length - start - end;
    return (one <= 1 && other <= 1) ||
           (one == 2 && other == 2 && left.data[start] == right.data[start + 1] &&
            left.data[start + 1] == right.data[start]);
}

static enum status nearest_term(struct spelling *spelling, struct text word, struct text *out)
{
    struct text *rests, prefix = arena_text(spelling->arena, text_slice(word, 0, 1));
    size_t count, kept = 0;
    *out = (struct text) { NULL, 0 };
    if (!prefix.data)
        return no_memory(spelling);
    enum status status = index_reader_terms(spelling->reader, prefix.data, LATIN_TERMS_MAX,
                                            spelling->arena, &rests, &count, spelling->error);
    if (status)
        return status;
    struct text *terms = ARENA_ARRAY(spelling->arena, struct text, count + 1);
    uint32_t *counts = ARENA_ARRAY(spelling->arena, uint32_t, count + 1);
    if (!terms || !counts)
        return no_memory(spelling);
    struct text rest = text_slice(word, 1, word.length - 1);
    for (size_t i = 0; i < count; i++) {
        if (text_equal(rests[i], rest))
            return STATUS_OK; /* the index has it */
        if (one_edit_apart(rests[i], rest))
            terms[kept++] =
                arena_printf(spelling->arena, "%c%.*s", word.data[0], TEXT_ARG(rests[i]));
    }
    uint64_t passages;
    status =
        index_reader_statistics(spelling->reader, terms, kept, counts, &passages, spelling->error);
    uint32_t most = 0;
    for (size_t i = 0; i < kept && !status; i++)
        if (counts[i] > most) {
            most = counts[i];
            *out = terms[i];
        }
    return status;
}

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static enum status try_latin(struct spelling *spelling, struct text line, struct text *out)
{
    for (size_t start = 0, end; start < line.length; start = end) {
        for (end = start; end < line.length && is_letter(line.data[end]);)
            end++;
        struct text better, word = text_slice(line, start, end - start);
        if (word.length >= LATIN_SHORTEST && word.length <= LATIN_LONGEST) {
            enum status status = nearest_term(spelling, word, &better);
            if (status)
                return status;
            if (better.data) {
                *out = arena_printf(spelling->arena, "%.*s%.*s%.*s", (int)start, line.data,
                                    TEXT_ARG(better), (int)(line.length - end), line.data + end);
                return out->data ? STATUS_OK : no_memory(spelling);
            }
        }
        end += end == start;
    }
    return STATUS_OK;
}

enum status spelling_suggest(struct text line, const struct lexicon *lexicon,
                             struct index_reader *reader, struct arena *arena, struct text *out,
                             struct error *error)
{
    struct spelling spelling = {
        .lexicon = lexicon, .reader = reader, .arena = arena, .error = error
    };
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    *out = (struct text) { NULL, 0 };
    enum status status = normalizer_fold(lexicon, line, &folded, error);
    if (status)
        return status;
    struct text normal = text_trim(buffer_text(&folded));
    if (utf8_count(normal) > SPELLING_CHARACTERS_MAX)
        return STATUS_OK;
    for (size_t at = 0; at < normal.length;)
        spelling.characters[spelling.count++] = utf8_next_valid(normal.data, &at);
    status = read_words(&spelling, normal);
    if (!status)
        status = try_characters(&spelling);
    if (!status && spelling.best_worth) {
        *out = encode(spelling.best, spelling.best_count, arena);
        return out->data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return status ? status : try_latin(&spelling, normal, out);
}
