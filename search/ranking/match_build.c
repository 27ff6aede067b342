/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/ranking/match_build.h"

struct match *match_group(enum match_kind kind, struct arena *arena)
{
    struct match *match = ARENA_NEW(arena, struct match);
    if (match)
        match->kind = kind;
    return match;
}

/* The children's array grows at powers of two. */
struct match *match_add(struct match *group, const struct match *child, struct arena *arena)
{
    if (!group || !child)
        return NULL;
    if ((group->child_count & (group->child_count - 1)) == 0) {
        size_t capacity = group->child_count ? group->child_count * 2 : 1;
        const struct match **children = ARENA_ARRAY(arena, const struct match *, capacity);
        if (!children)
            return NULL;
        if (group->child_count)
            memcpy(children, group->children, group->child_count * sizeof(*children));
        group->children = children;
    }
    group->children[group->child_count++] = child;
    return group;
}

struct match *match_term(struct text term, uint32_t frequency, struct arena *arena)
{
    struct match *match = term.data ? match_group(MATCH_TERM, arena) : NULL;
    if (match) {
        match->term = term;
        match->frequency = frequency;
    }
    return match;
}

struct match *match_scale(const struct match *child, double scale, struct arena *arena)
{
    struct match *match = match_add(match_group(MATCH_SCALE, arena), child, arena);
    if (match)
        match->scale = scale;
    return match;
}

struct match *match_two(enum match_kind kind, const struct match *first, const struct match *second,
                        struct arena *arena)
{
    return match_add(match_add(match_group(kind, arena), first, arena), second, arena);
}
