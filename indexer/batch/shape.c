/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/shape.h"

#include <stdlib.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define HASH_FACTOR UINT64_C(0x9E3779B97F4A7C15)

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static bool is_digit(uint32_t codepoint)
{
    return codepoint >= '0' && codepoint <= '9';
}

static bool is_chinese_number(uint32_t codepoint)
{
    static const uint32_t NUMBERS[] = { 0x96F6, 0x3007, 0x4E00, 0x4E8C, 0x4E24, 0x4E09, 0x56DB,
                                        0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
                                        0x5343, 0x4E07, 0x4EBF }; /* 零〇一二两三四五六七八九十百千万亿 */
    for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(NUMBERS[0]); i++) {
        if (NUMBERS[i] == codepoint)
            return true;
    }
    return false;
}

static bool counts(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || is_digit(codepoint) ||
           (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 'A' && codepoint <= 'Z') ||
           (codepoint >= 0xC0 && codepoint < 0x2000);
}

static bool add_hash(struct hash_list *list, struct arena *arena, uint64_t hash)
{
    if (!arena_grow(arena, &list->items, list->count, &list->capacity, sizeof(*list->items)))
        return false;
    list->items[list->count++] = hash;
    return true;
}

/* ---- the text ----------------------------------------------------------------------------- */

struct reading {
    struct shape *shape;
    struct arena *arena;
    uint32_t window[SHAPE_SHINGLE]; /* the last characters that count, across passages */
    bool failed;
};

static void add_codepoint(struct reading *reading, uint32_t codepoint)
{
    struct shape *shape = reading->shape;
    memmove(reading->window, reading->window + 1, sizeof(reading->window) - sizeof(uint32_t));
    reading->window[SHAPE_SHINGLE - 1] = codepoint;
    shape->content = (shape->content ^ codepoint) * HASH_FACTOR;
    shape->content ^= shape->content >> 29;
    if (++shape->codepoints < SHAPE_SHINGLE)
        return;
    uint64_t hash = 0;
    for (size_t i = 0; i < SHAPE_SHINGLE; i++)
        hash = (hash ^ reading->window[i]) * HASH_FACTOR;
    reading->failed = reading->failed || !add_hash(&shape->shingles, reading->arena, hash ^ hash >> 31);
}

/* Bytes of the marker a heading begins with (一、 （一） 1. (1)): it is no figure, and a format that
 * numbers by itself has none in its text. */
static size_t marker_length(struct text text)
{
    size_t at = 0;
    bool number = false;
    while (at < text.length) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_digit(codepoint) || is_chinese_number(codepoint)) {
            number = true;
        } else if (codepoint == 0xFF08 || codepoint == '(') {
            if (number)
                return 0;
        } else {
            bool ends = codepoint == 0x3001 || codepoint == '.' || codepoint == 0xFF0E ||
                        codepoint == 0xFF09 || codepoint == ')';
            bool decimal = codepoint == '.' && at < text.length &&
                           is_digit((unsigned char)text.data[at]);
            return number && ends && !decimal ? at : 0;
        }
    }
    return 0;
}

/* Normalised text. A figure is a run of digits, Chinese ones and what joins them: 37.46万. */
static void read_text(struct reading *reading, struct text text)
{
    uint64_t figure = 0, joined = 0;
    for (size_t at = marker_length(text); at < text.length && !reading->failed;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (is_digit(codepoint) || is_chinese_number(codepoint)) {
            figure = ((figure ? figure : 1) ^ joined ^ codepoint) * HASH_FACTOR;
            joined = 0;
        } else if (figure && codepoint == '.') {
            joined = HASH_FACTOR;
        } else if (figure) {
            reading->failed = !add_hash(&reading->shape->figures, reading->arena, figure);
            figure = joined = 0;
        }
        if (counts(codepoint))
            add_codepoint(reading, codepoint);
    }
    if (figure && !reading->failed)
        reading->failed = !add_hash(&reading->shape->figures, reading->arena, figure);
}

/* ---- the facts ---------------------------------------------------------------------------- */

/* Letters and digits of the normalised text only. */
static enum status fold_fact(const struct lexicon *lexicon, struct text value, struct arena *arena,
                             struct text *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer kept = BUFFER_INIT;
    *out = TEXT("");
    if (value.length == 0)
        return STATUS_OK;
    enum status status = normalizer_fold(lexicon, value, &folded, error);
    if (status)
        return status;
    for (size_t at = 0; at < folded.length;) {
        uint32_t codepoint = utf8_next_valid(folded.data, &at);
        if (counts(codepoint))
            buffer_append_codepoint(&kept, codepoint);
    }
    if (buffer_status(&kept, error))
        return kept.failed;
    *out = arena_text(arena, buffer_text(&kept));
    return out->data ? STATUS_OK : no_memory(error);
}

static enum status read_facts(const struct reply_record *reply, const struct lexicon *lexicon,
                              struct arena *arena, struct shape *shape, struct error *error)
{
    struct text proposal = reply->proposal_number;
    while (text_starts_with(proposal, TEXT("0")))
        proposal = text_slice(proposal, 1, proposal.length - 1);
    struct text session = { NULL, 0 }, date = { NULL, 0 };
    if (reply->term)
        session = arena_printf(arena, "%u第%u", reply->term, reply->meeting);
    if (reply->date.length && !text_equal(reply->date_origin, TEXT("发布")))
        date = arena_printf(arena, "%.*s%.*s", TEXT_ARG(reply->date_origin), TEXT_ARG(reply->date));
    const struct text facts[FACT_COUNT] = {
        [FACT_NUMBER] = reply->document_number, [FACT_PROPOSAL] = proposal,
        [FACT_BODY] = reply->body,              [FACT_SESSION] = session,
        [FACT_SUBJECT] = reply->subject,        [FACT_ADDRESSEE] = reply->addressee,
        [FACT_TYPE] = reply->reply_type,        [FACT_DATE] = date,
    };
    enum status status = fold_fact(lexicon, reply->issuer, arena, &shape->issuer, error);
    for (size_t i = 0; !status && i < FACT_COUNT; i++) {
        status = fold_fact(lexicon, facts[i], arena, &shape->facts[i], error);
        shape->content = (shape->content ^ text_hash(shape->facts[i])) * HASH_FACTOR;
    }
    return status;
}

enum status shape_of_records(const struct text *records, size_t count,
                             const struct lexicon *lexicon, struct arena *arena, struct shape *out,
                             struct error *error)
{
    struct shape shape = { .content = 1 };
    struct reply_record reply = { 0 };
    struct reading reading = { .shape = &shape, .arena = arena };
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    enum status status = count ? reply_record_decode(records[0], &reply, error)
                               : error_set(error, STATUS_CORRUPT, "a reply without records");
    if (!status)
        status = read_facts(&reply, lexicon, arena, &shape, error);
    for (size_t i = 1; !status && i < count; i++) {
        struct passage_record passage;
        status = passage_record_decode(records[i], &passage, error);
        if (status || passage.role == ROLE_HEAD)
            continue;
        buffer_clear(&folded);
        status = normalizer_fold(lexicon, passage.text, &folded, error);
        if (!status)
            read_text(&reading, buffer_text(&folded));
        if (reading.failed)
            status = no_memory(error);
    }
    if (!status)
        *out = shape;
    return status;
}

/* ---- comparing ---------------------------------------------------------------------------- */

uint8_t source_rank(const char *reader)
{
    static const char *const ORDER[] = { "xml",  "html", "docx", "doc", "rtf", "ofd",
                                         "text", "csv",  "pdf",  "ofd+ocr", "pdf+ocr" };
    const uint8_t count = sizeof(ORDER) / sizeof(ORDER[0]);
    for (uint8_t i = 0; reader && i < count; i++) {
        if (strcmp(ORDER[i], reader) == 0)
            return i;
    }
    return count;
}

static uint64_t digest_of_figures(const struct shape *shape)
{
    uint64_t digest = shape->figures.count;
    for (size_t i = 0; i < shape->figures.count; i++) {
        uint64_t hash = shape->figures.items[i] * HASH_FACTOR;
        digest += hash ^ hash >> 32;
    }
    return digest;
}

void shape_sketch(const struct shape *shape, const char *reader, struct sketch *out)
{
    *out = (struct sketch) { .content = shape->content,
                             .figures = digest_of_figures(shape),
                             .rank = source_rank(reader),
                             .usable = shape->codepoints >= SHAPE_CODEPOINTS_MIN };
    if (shape->facts[FACT_NUMBER].length)
        out->number = text_hash(shape->facts[FACT_NUMBER]);
    sketch_of_shingles(shape->shingles.items, shape->shingles.count, out);
}

static int compare_hashes(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void sort(struct hash_list *list, bool unique)
{
    if (list->count == 0)
        return;
    qsort(list->items, list->count, sizeof(*list->items), compare_hashes);
    size_t kept = 1;
    for (size_t i = 1; unique && i < list->count; i++) {
        if (list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    }
    list->count = unique ? kept : list->count;
}

static void sort_shape(struct shape *shape)
{
    if (shape->sorted)
        return;
    sort(&shape->shingles, true);
    sort(&shape->figures, false);
    shape->sorted = true;
}

/* Items of two sorted lists that are in both. */
static size_t count_common(const struct hash_list *a, const struct hash_list *b)
{
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->items[i] == b->items[j]) {
            common++;
            i++;
            j++;
        } else if (a->items[i] < b->items[j]) {
            i++;
        } else {
            j++;
        }
    }
    return common;
}

/* 市经信局 of 宁波市经济和信息化局: every character in its order. */
static bool is_short_form(struct text brief, struct text full)
{
    size_t at = 0;
    for (size_t i = 0; i < brief.length;) {
        uint32_t wanted = utf8_next_valid(brief.data, &i);
        uint32_t found = 0;
        while (at < full.length && found != wanted)
            found = utf8_next_valid(full.data, &at);
        if (found != wanted)
            return false;
    }
    return true;
}

static bool facts_agree(const struct shape *a, const struct shape *b)
{
    for (size_t i = 0; i < FACT_COUNT; i++) {
        if (a->facts[i].length && b->facts[i].length && !text_equal(a->facts[i], b->facts[i]))
            return false;
    }
    return a->issuer.length == 0 || b->issuer.length == 0 || is_short_form(a->issuer, b->issuer) ||
           is_short_form(b->issuer, a->issuer);
}

bool shape_equal(struct shape *a, struct shape *b)
{
    if (a->codepoints < SHAPE_CODEPOINTS_MIN || b->codepoints < SHAPE_CODEPOINTS_MIN ||
        !facts_agree(a, b))
        return false;
    sort_shape(a);
    sort_shape(b);
    size_t figures = count_common(&a->figures, &b->figures);
    bool a_has_more = figures < a->figures.count, b_has_more = figures < b->figures.count;
    if (a_has_more && b_has_more)
        return false;
    size_t common = count_common(&a->shingles, &b->shingles);
    size_t all = a->shingles.count + b->shingles.count - common;
    if (a->facts[FACT_NUMBER].length && b->facts[FACT_NUMBER].length)
        return common * 10 >= all * 8;
    return !a_has_more && !b_has_more && common * 10 >= all * 9;
}
