/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bounds by structural recursion: under NOT, upper and lower change places. */
#include "search/ranking/condition.h"

#include "search/ranking/match_build.h"

static const struct match *bound(const struct condition *condition, bool upper,
                                 struct arena *arena);

static const struct match *bound_children(const struct condition *condition, enum match_kind kind,
                                          bool upper, struct arena *arena)
{
    struct match *match = match_group(kind, arena);
    for (const struct condition *child = condition->first; match && child; child = child->next)
        match = match_add(match, bound(child, upper, arena), arena);
    return match;
}

static const struct match *bound(const struct condition *condition, bool upper, struct arena *arena)
{
    switch (condition->kind) {
    case CONDITION_OCCURS:
        return upper || condition->certain ? condition->possible
                                           : match_group(MATCH_NOTHING, arena);
    case CONDITION_MATCH:
        return condition->possible;
    case CONDITION_ALL:
        return bound_children(condition, MATCH_AND, upper, arena);
    case CONDITION_ANY:
        return bound_children(condition, MATCH_OR, upper, arena);
    case CONDITION_NOT: {
        struct match *match = match_group(MATCH_NOT, arena);
        match = match_add(match, match_group(MATCH_EVERYTHING, arena), arena);
        return match_add(match, bound(condition->first, !upper, arena), arena);
    }
    }
    return NULL;
}

const struct match *condition_upper(const struct condition *condition, struct arena *arena)
{
    return bound(condition, true, arena);
}

const struct match *condition_lower(const struct condition *condition, struct arena *arena)
{
    return bound(condition, false, arena);
}

bool condition_needs_text(const struct condition *condition)
{
    if (condition->kind == CONDITION_OCCURS)
        return !condition->certain;
    for (const struct condition *child = condition->first; child; child = child->next)
        if (condition_needs_text(child))
            return true;
    return false;
}

bool condition_needs_title(const struct condition *condition)
{
    if (condition->kind == CONDITION_OCCURS)
        return condition->in_title;
    for (const struct condition *child = condition->first; child; child = child->next)
        if (condition_needs_title(child))
            return true;
    return false;
}

static bool is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

static bool is_digit(struct text text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* 三 to 九, 十, 百 ..., but not 一 and 二, with which names begin (一网通办). */
static bool is_counting(struct text text)
{
    static const char COUNTING[] = "三四五六七八九十百千万亿两〇零";
    return text.length == 3 && text_contains(text_of(COUNTING), text);
}

/* The number that ends at `at` goes on there: 5亿 in 3.5亿 or 三亿 in 十三亿, 3 in 3.5. */
static bool cuts_number(struct text text, struct text needle, size_t from, size_t to)
{
    bool digit = is_digit(needle, 0);
    if (digit && from > 1 && text.data[from - 1] == '.' && is_digit(text, from - 2))
        return true;
    if (is_digit(needle, needle.length - 1) && to < text.length && text.data[to] == '.' &&
        is_digit(text, to + 1))
        return true;
    return from >= 3 && needle.length >= 3 && is_counting(text_slice(needle, 0, 3)) &&
           is_counting(text_slice(text, from - 3, 3));
}

bool condition_occurs(struct text text, struct text needle)
{
    for (size_t start = 0; needle.length && start + needle.length <= text.length;) {
        struct text rest = text_slice(text, start, text.length - start);
        size_t found = text_find(rest, needle);
        if (found == TEXT_NONE)
            return false;
        size_t from = start + found, to = from + needle.length;
        bool cut_before =
            from > 0 && is_alphanumeric(text.data[from - 1]) && is_alphanumeric(needle.data[0]);
        bool cut_after = to < text.length && is_alphanumeric(text.data[to]) &&
                         is_alphanumeric(needle.data[needle.length - 1]);
        if (!cut_before && !cut_after && !cuts_number(text, needle, from, to))
            return true;
        start = from + 1;
    }
    return false;
}

static enum verdict decide_children(const struct condition *condition, struct text text,
                                    struct text title)
{
    bool all = condition->kind == CONDITION_ALL;
    enum verdict verdict = all ? VERDICT_YES : VERDICT_NO;
    for (const struct condition *child = condition->first; child; child = child->next) {
        enum verdict one = condition_decide(child, text, title);
        if (all ? one < verdict : one > verdict)
            verdict = one;
    }
    return verdict;
}

enum verdict condition_decide(const struct condition *condition, struct text text,
                              struct text title)
{
    switch (condition->kind) {
    case CONDITION_OCCURS:
        return condition_occurs(condition->in_title ? title : text, condition->needle) ? VERDICT_YES
                                                                                       : VERDICT_NO;
    case CONDITION_MATCH:
        return VERDICT_UNKNOWN;
    case CONDITION_NOT:
        return (enum verdict)(VERDICT_YES - condition_decide(condition->first, text, title));
    default:
        return decide_children(condition, text, title);
    }
}
