/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/learn_pairs.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/batch/learn_align.h"

#define OCCURRENCES_MAX ((size_t)1 << 20)

struct found_pair {
    struct text full, brief, example;
    uint32_t reply;
    enum pair_rule rule;
    bool agency;
};

const char *pair_rule_name(enum pair_rule rule)
{
    static const char *const NAMES[] = { "said", "brackets", "issuer" };
    return NAMES[rule];
}

void learn_pairs_init(struct learn_pairs *pairs, const struct lexicon *lexicon)
{
    *pairs = (struct learn_pairs) { .lexicon = lexicon };
    arena_init(&pairs->arena, 0);
    arena_init(&pairs->scratch, 0);
    normalized_init(&pairs->normalized);
}

void learn_pairs_release(struct learn_pairs *pairs)
{
    arena_release(&pairs->arena);
    arena_release(&pairs->scratch);
    normalized_release(&pairs->normalized);
}

static enum status keep(struct learn_pairs *pairs, const struct alignment *alignment,
                        enum pair_rule rule, uint32_t reply, struct text example,
                        struct error *error)
{
    struct arena *arena = &pairs->arena;
    struct found_pair pair = { .full = arena_text(arena, alignment->full),
                               .brief = arena_text(arena, alignment->brief),
                               .example = arena_text(arena, example),
                               .reply = reply,
                               .rule = rule,
                               .agency = alignment->agency };
    if (pairs->count == OCCURRENCES_MAX)
        return STATUS_OK;
    if (!pair.full.data || !pair.brief.data || !pair.example.data ||
        !arena_grow(arena, &pairs->found, pairs->count, &pairs->capacity, sizeof(pair)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    pairs->found[pairs->count++] = pair;
    return STATUS_OK;
}

/* --- definitions in text --- */

static const struct text SAYINGS[] = {
    TEXT_INIT("以下简称为"), TEXT_INIT("以下统称为"), TEXT_INIT("以下简称"),
    TEXT_INIT("以下统称"),   TEXT_INIT("下文简称"),   TEXT_INIT("以下称"),
    TEXT_INIT("下称"),       TEXT_INIT("简称为"),     TEXT_INIT("简称"),
};

static bool skip(struct text *text, struct text prefix)
{
    if (!text_starts_with(*text, prefix))
        return false;
    *text = text_slice(*text, prefix.length, text->length - prefix.length);
    return true;
}

static bool is_letter_or_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'a' && codepoint <= 'z');
}

static bool is_name_character(uint32_t codepoint)
{
    char bytes[4];
    size_t length = utf8_encode(codepoint, bytes);
    return utf8_is_han(codepoint) || is_letter_or_digit(codepoint) ||
           text_contains(TEXT("、“”\"《》·+-."), (struct text) { bytes, length });
}

/* The name that `text` begins with, its quotation marks taken off; empty: none. */
static struct text read_brief(struct text text)
{
    skip(&text, TEXT(":"));
    bool quoted = skip(&text, TEXT("“")) || skip(&text, TEXT("\"")) || skip(&text, TEXT("「"));
    if (!quoted)
        quoted = skip(&text, TEXT("《"));
    size_t at = 0;
    while (at < text.length && at < 3 * BRIEF_CODEPOINTS_MAX) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (!utf8_is_han(codepoint) && !is_letter_or_digit(codepoint))
            break;
        at = next;
    }
    struct text name = text_slice(text, 0, at);
    struct text rest = text_slice(text, at, text.length - at);
    bool closed = quoted ? skip(&rest, TEXT("”")) || skip(&rest, TEXT("\"")) ||
                               skip(&rest, TEXT("」")) || skip(&rest, TEXT("》"))
                         : skip(&rest, TEXT(")")) || skip(&rest, TEXT(",")) ||
                               skip(&rest, TEXT("。")) || skip(&rest, TEXT(";"));
    return closed ? name : (struct text) { 0 };
}

/* What may end with the full form: back from `end` to a mark that no name has, or the title in
 * 《》 that ends there. */
static struct text run_before(struct text text, size_t end)
{
    if (text_ends_with(text_slice(text, 0, end), TEXT("》"))) {
        size_t close = end - strlen("》");
        size_t open = text_find_last(text_slice(text, 0, close), TEXT("《"));
        size_t start = open == TEXT_NONE ? close : open + strlen("《");
        return text_slice(text, start, close - start);
    }
    size_t start = end;
    for (size_t count = 0; start > 0 && count < FULL_CODEPOINTS_MAX; count++) {
        size_t before = utf8_boundary(text, start - 1), at = before;
        if (!is_name_character(utf8_next_valid(text.data, &at)))
            break;
        start = before;
    }
    return text_slice(text, start, end - start);
}

/* Whether what was found is good enough by its rule. */
static bool convinces(const struct learn_pairs *pairs, const struct alignment *alignment,
                      enum pair_rule rule, struct arena *scratch)
{
    size_t count = utf8_count(alignment->brief);
    size_t inside_most = rule == PAIR_SAID ? count / 3 : count / 4;
    if (alignment->inside > inside_most)
        return false;
    if (rule != PAIR_SAID && !alignment->ends)
        return false;
    return !learn_is_generic(pairs->lexicon, alignment->brief, scratch);
}

static enum status consider(struct learn_pairs *pairs, uint32_t reply, struct text text,
                            size_t mark, struct error *error)
{
    bool bracket = text.data[mark] == '(';
    struct text behind = text_slice(text, mark + 1, text.length - mark - 1);
    enum pair_rule rule = PAIR_BRACKETS;
    for (size_t i = 0; i < sizeof(SAYINGS) / sizeof(SAYINGS[0]); i++) {
        if (rule == PAIR_BRACKETS && skip(&behind, SAYINGS[i]))
            rule = PAIR_SAID;
    }
    if (rule == PAIR_BRACKETS && !bracket)
        return STATUS_OK;
    struct text brief = read_brief(behind), run = run_before(text, mark);
    struct alignment alignment;
    if (!brief.length || !run.length ||
        !learn_align(pairs->lexicon, run, brief, &pairs->scratch, &alignment) ||
        !convinces(pairs, &alignment, rule, &pairs->scratch))
        return STATUS_OK;
    size_t start = (size_t)(run.data - text.data);
    size_t end = (size_t)(brief.data - text.data) + brief.length;
    return keep(pairs, &alignment, rule, reply, text_slice(text, start, end - start), error);
}

enum status learn_pairs_add_passage(struct learn_pairs *pairs, uint32_t reply, struct text passage,
                                    struct error *error)
{
    enum status status = normalizer_run(pairs->lexicon, passage, &pairs->normalized, error);
    struct text text = buffer_text(&pairs->normalized.text);
    for (size_t at = 0; !status && at < text.length; at++) {
        if (text.data[at] != '(' && text.data[at] != ',')
            continue;
        arena_clear(&pairs->scratch);
        status = consider(pairs, reply, text, at, error);
    }
    return status;
}

/* --- titles against issuers --- */

/* 市经信局 of 市经信局关于…, or empty. */
static struct text agency_of_title(struct text title)
{
    size_t end = text_find(title, TEXT("关于"));
    if (end == TEXT_NONE || end == 0)
        return (struct text) { 0 };
    return text_slice(title, 0, end);
}

enum status learn_pairs_add_reply(struct learn_pairs *pairs, uint32_t reply, struct text title,
                                  struct text issuer, struct error *error)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT, full = BUFFER_INIT;
    enum status status = normalizer_fold(pairs->lexicon, title, &folded, error);
    if (!status)
        status = normalizer_fold(pairs->lexicon, issuer, &full, error);
    if (status)
        return status;
    struct text brief = agency_of_title(buffer_text(&folded));
    struct alignment alignment;
    arena_clear(&pairs->scratch);
    if (!brief.length ||
        !learn_align(pairs->lexicon, buffer_text(&full), brief, &pairs->scratch, &alignment) ||
        !alignment.agency || !convinces(pairs, &alignment, PAIR_ISSUER, &pairs->scratch))
        return STATUS_OK;
    return keep(pairs, &alignment, PAIR_ISSUER, reply, brief, error);
}

/* --- judging --- */

static int by_pair(const void *left, const void *right)
{
    const struct found_pair *a = left, *b = right;
    int order = text_compare(a->brief, b->brief);
    if (!order)
        order = text_compare(a->full, b->full);
    if (!order)
        order = (a->reply > b->reply) - (a->reply < b->reply);
    if (!order)
        order = (a->rule > b->rule) - (a->rule < b->rule);
    return order ? order : text_compare(a->example, b->example);
}

static struct learned_pair sum_up(const struct found_pair *found, size_t count)
{
    struct learned_pair pair = { .full = found->full,
                                 .brief = found->brief,
                                 .agency = found->agency,
                                 .rule = found->rule,
                                 .occurrences = (uint32_t)count,
                                 .example = found->example };
    for (size_t i = 0; i < count; i++) {
        pair.replies += i == 0 || found[i].reply != found[i - 1].reply;
        if (found[i].rule < pair.rule) {
            pair.rule = found[i].rule;
            pair.example = found[i].example;
        }
    }
    return pair;
}

/* Brackets alone are believed of agencies, or where two replies agree. */
static bool is_believed(const struct learned_pair *pair)
{
    return pair->rule != PAIR_BRACKETS || pair->agency || pair->replies > 1;
}

/* One is the end or the beginning of the other: 新农合 of 新型农村合作医疗 and of its 制度. */
static bool are_kin(struct text a, struct text b)
{
    return text_contains(a, b) || text_contains(b, a);
}

enum status learn_pairs_judge(struct learn_pairs *pairs, struct arena *arena,
                              struct learned_pair **out, size_t *count, struct error *error)
{
    struct learned_pair *kept = ARENA_ARRAY(arena, struct learned_pair, pairs->count + 1);
    size_t kept_count = 0;
    if (!kept)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (pairs->count)
        qsort(pairs->found, pairs->count, sizeof(*pairs->found), by_pair);
    for (size_t i = 0, end; i < pairs->count; i = end) {
        const struct found_pair *first = &pairs->found[i];
        size_t mark = kept_count, strangers = 0;
        for (end = i; end < pairs->count && text_equal(pairs->found[end].brief, first->brief);) {
            size_t start = end;
            while (end < pairs->count && text_equal(pairs->found[end].brief, first->brief) &&
                   text_equal(pairs->found[end].full, pairs->found[start].full))
                end++;
            struct learned_pair pair = sum_up(&pairs->found[start], end - start);
            strangers += !are_kin(pair.full, first->full);
            if (is_believed(&pair))
                kept[kept_count++] = pair;
        }
        if (strangers)
            kept_count = mark;
    }
    if (kept_count > LEARNED_PAIRS_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d pairs", LEARNED_PAIRS_MAX);
    *out = kept;
    *count = kept_count;
    return STATUS_OK;
}
