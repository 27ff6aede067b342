/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/citation.h"

#include <stdlib.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

/* ---- does a passage carry the number? ---- */

/* Brackets of every kind as 〔〕, blanks dropped. */
static void unify(struct text text, struct buffer *out)
{
    static const struct text OPEN[] = { TEXT_INIT("["),  TEXT_INIT("("), TEXT_INIT("【"),
                                        TEXT_INIT("﹝"), TEXT_INIT("{"), TEXT_INIT("《"),
                                        TEXT_INIT("<"),  TEXT_INIT("〈") };
    static const struct text CLOSE[] = { TEXT_INIT("]"),  TEXT_INIT(")"), TEXT_INIT("】"),
                                         TEXT_INIT("﹞"), TEXT_INIT("}"), TEXT_INIT("》"),
                                         TEXT_INIT(">"),  TEXT_INIT("〉") };
    for (size_t offset = 0; offset < text.length;) {
        size_t length = utf8_length((unsigned char)text.data[offset]);
        struct text one = text_slice(text, offset, length);
        for (size_t i = 0; i < sizeof(OPEN) / sizeof(*OPEN); i++)
            one = text_equal(one, OPEN[i])    ? TEXT("〔")
                  : text_equal(one, CLOSE[i]) ? TEXT("〕")
                                              : one;
        if (one.data[0] != ' ')
            buffer_append(out, one);
        offset += length;
    }
}

/* "〔2026〕9号" */
static bool carries_document(struct text text, struct text document)
{
    size_t bracket = text_find(document, TEXT("〔"));
    return bracket != TEXT_NONE &&
           text_contains(text, text_slice(document, bracket, document.length - bracket));
}

/* The number before 号, leading zeros aside, and not the end of a longer one. */
static bool carries_number(struct text text, struct text number)
{
    for (size_t start = 0; start < text.length;) {
        size_t found = text_find(text_slice(text, start, text.length - start), number);
        if (found == TEXT_NONE)
            return false;
        size_t from = start + found, to = from + number.length;
        start = from + 1;
        while (from > 0 && text.data[from - 1] == '0')
            from--;
        bool longer = from > 0 && text.data[from - 1] >= '0' && text.data[from - 1] <= '9';
        if (!longer && text_starts_with(text_slice(text, to, text.length - to), TEXT("号")))
            return true;
    }
    return false;
}

static enum status carries(const struct reference *reference, struct text text,
                           const struct lexicon *lexicon, bool *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer unified = BUFFER_INIT;
    enum status status = normalizer_fold(lexicon, text, &folded, error);
    if (status)
        return status;
    unify(buffer_text(&folded), &unified);
    *out = reference->kind == REFERENCE_DOCUMENT
               ? carries_document(buffer_text(&unified), reference->documents[0])
               : carries_number(buffer_text(&unified), reference->number);
    return buffer_status(&unified, error);
}

/* ---- which reply is meant? ---- */

struct cited_reply {
    const struct citation_reply *reply;
    int place;   /* how often the query names its place */
    double best; /* weight of its best passage: what else the query says */
};

/* The place of the session, as typed with it. */
static bool of_session(const struct citation_reply *reply, struct text area)
{
    return area.length &&
           (text_contains(reply->session, area) || text_contains(reply->area, area) ||
            text_contains(reply->issuer, area) || text_contains(reply->title, area));
}

/* The place or the agency, as typed beside the number: 第13号提案 宁波. */
static bool beside(const struct citation_reply *reply, struct text rest)
{
    struct text area = reply->area;
    if (area.length > 6) /* 宁波市: also 宁波 */
        area.length = utf8_boundary(area, area.length - 1);
    return (area.length && text_contains(rest, area)) ||
           (rest.length > 3 &&
            (text_contains(reply->issuer, rest) || text_contains(reply->area, rest)));
}

static int by_likelihood(const void *a, const void *b)
{
    const struct cited_reply *left = a, *right = b;
    if (left->place != right->place)
        return left->place > right->place ? -1 : 1;
    if (left->best != right->best)
        return left->best > right->best ? -1 : 1;
    int newer = text_compare(right->reply->date, left->reply->date);
    return newer ? newer : text_compare(left->reply->id, right->reply->id);
}

static struct cited_reply *order_replies(const struct candidate_list *list, struct text area,
                                         struct text rest, const struct citation_reply *replies,
                                         size_t count, struct arena *arena)
{
    struct cited_reply *order = ARENA_ARRAY(arena, struct cited_reply, count + 1);
    for (size_t i = 0; order && i < count; i++) {
        order[i] =
            (struct cited_reply) { &replies[i],
                                   of_session(&replies[i], area) + beside(&replies[i], rest), 0 };
        for (size_t j = 0; j < list->count; j++)
            if (list->candidates[j].reply == replies[i].document &&
                list->candidates[j].weight > order[i].best)
                order[i].best = list->candidates[j].weight;
    }
    if (order)
        qsort(order, count, sizeof(*order), by_likelihood);
    return order;
}

/* ---- the order ---- */

enum stage { STAGE_NUMBER, STAGE_HEAD, STAGE_REST };

struct cited {
    struct candidate candidate;
    size_t reply; /* rank of its reply */
    enum stage stage;
};

static int by_place(const void *a, const void *b)
{
    const struct cited *left = a, *right = b;
    if (left->reply != right->reply)
        return left->reply < right->reply ? -1 : 1;
    if (left->stage != right->stage)
        return left->stage < right->stage ? -1 : 1;
    uint32_t one = left->candidate.passage.ordinal, other = right->candidate.passage.ordinal;
    return one < other ? -1 : one > other;
}

static size_t rank_of(const struct cited_reply *order, size_t count, uint32_t document)
{
    size_t rank = 0;
    while (rank < count && order[rank].reply->document != document)
        rank++;
    return rank;
}

enum status citation_rank(struct candidate_list *list, const struct reference *reference,
                          const struct citation_reply *replies, size_t reply_count, double floor,
                          const struct lexicon *lexicon, struct arena *arena, struct error *error)
{
    struct cited_reply *order = order_replies(list, reference->area, text_trim(reference->rest),
                                              replies, reply_count, arena);
    struct cited *cited = ARENA_ARRAY(arena, struct cited, list->count + 1);
    if (!order || !cited)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    bool meant = reply_count == 1 || (reply_count > 1 && order[0].place > order[1].place);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct passage_record *passage = &list->candidates[i].passage;
        bool number = false;
        enum status status = carries(reference, passage->text, lexicon, &number, error);
        if (status)
            return status;
        size_t reply = rank_of(order, reply_count, list->candidates[i].reply);
        if (!number && (!meant || reply > 0))
            continue;
        cited[kept++] = (struct cited) { list->candidates[i], reply,
                                         number                       ? STAGE_NUMBER
                                         : passage->role == ROLE_HEAD ? STAGE_HEAD
                                                                      : STAGE_REST };
    }
    qsort(cited, kept, sizeof(*cited), by_place);
    for (size_t i = 0; i < kept; i++) {
        list->candidates[i] = cited[i].candidate;
        list->candidates[i].score = floor + (double)(kept - i);
    }
    list->count = kept;
    return STATUS_OK;
}
