/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The date of a reply: the day it was signed (成文), else printed (印发), else published (发布). */
#include "indexer/reply/lines.h"
#include "indexer/reply/numerals.h"
#include "indexer/reply/parse.h"

struct found_date {
    struct text date;
    enum date_origin origin;
};

/* A later origin only counts when no better one is known; the last date of one origin wins where
 * `last` says so (a signature stands at the end). */
static void offer(struct found_date *best, struct text date, enum date_origin origin)
{
    if (date.length == 0)
        return;
    if (best->origin == DATE_NONE || origin <= best->origin)
        *best = (struct found_date) { date, origin };
}

static bool offer_field(struct parse *parse, struct text shadow, enum pattern pattern,
                        enum date_origin origin, struct found_date *best)
{
    struct pattern_match label, match;
    if (!pattern_find(pattern, shadow, 0, &label) ||
        !pattern_find(PATTERN_DATE, shadow, label.end, &match))
        return true;
    struct text date = numeral_date(&match, shadow, parse->arena);
    if (!date.data)
        return false;
    offer(best, date, origin);
    return true;
}

/* The last date of a line. */
static bool offer_line(struct parse *parse, struct text shadow, enum date_origin origin,
                       struct found_date *best)
{
    struct pattern_match match;
    struct text last = { "", 0 };
    for (size_t at = 0; pattern_find(PATTERN_DATE, shadow, at, &match); at = match.end) {
        last = numeral_date(&match, shadow, parse->arena);
        if (!last.data)
            return false;
    }
    offer(best, last, origin);
    return true;
}

/* Below a title, （2022年11月15日） is the day of the document, a bare date that of the page. */
static bool is_bracketed(struct text shadow)
{
    return text_starts_with(shadow, TEXT("（")) || text_starts_with(shadow, TEXT("("));
}

bool read_dates(struct parse *parse)
{
    struct reply *reply = parse->reply;
    struct found_date best = { .origin = DATE_NONE };
    if (!parse->is_reply)
        return true;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        struct text shadow = parse->shadows[i];
        enum paragraph_kind kind = reply->paragraphs[i].kind;
        bool done = true;
        if (shadow.length > FORM_BYTES)
            continue;
        if (parse->title != SECTION_NONE && i == parse->title + 1 && line_is_date(shadow))
            done = offer_line(parse, shadow, is_bracketed(shadow) ? DATE_SIGNED : DATE_PUBLISHED,
                              &best);
        else if (kind == PARAGRAPH_DATE)
            done = offer_line(parse, shadow, DATE_SIGNED, &best);
        else if (kind == PARAGRAPH_TAIL && line_is_print(shadow))
            done = offer_line(parse, shadow, DATE_PRINTED, &best);
        else if (i < parse->head_end || kind == PARAGRAPH_TAIL)
            done = offer_field(parse, shadow, PATTERN_SIGNED_FIELD, DATE_SIGNED, &best) &&
                   offer_field(parse, shadow, PATTERN_PUBLISHED_FIELD, DATE_PUBLISHED, &best);
        if (!done)
            return false;
    }
    reply->date = best.date;
    reply->date_origin = best.origin;
    return true;
}
