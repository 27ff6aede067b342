/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists inside a paragraph. Candidates are collected at clause starts in one pass; a second pass
 * keeps those that count on from one. */
#include "indexer/reply/headings.h"

#include "indexer/base/utf8.h"

enum family {
    FAMILY_SHI,     /* 一是 二是 */
    FAMILY_YAO,     /* 一要 二要 */
    FAMILY_FIRST,   /* 首先 其次 再次 最后 */
    FAMILY_ORDINAL, /* 第一， 第二， */
    FAMILY_MARK,    /* + level: （1） 1. ① */
    FAMILY_COUNT = FAMILY_MARK + LEVEL_ITEM,
};

struct candidate {
    struct item item;
    int family;
};

struct candidates {
    struct candidate *items;
    size_t count, capacity;
};

static const struct {
    struct text word;
    int family, number;
} WORDS[] = {
    { TEXT_INIT("一是"), FAMILY_SHI, 1 },       { TEXT_INIT("二是"), FAMILY_SHI, 2 },
    { TEXT_INIT("三是"), FAMILY_SHI, 3 },       { TEXT_INIT("四是"), FAMILY_SHI, 4 },
    { TEXT_INIT("五是"), FAMILY_SHI, 5 },       { TEXT_INIT("六是"), FAMILY_SHI, 6 },
    { TEXT_INIT("七是"), FAMILY_SHI, 7 },       { TEXT_INIT("八是"), FAMILY_SHI, 8 },
    { TEXT_INIT("九是"), FAMILY_SHI, 9 },       { TEXT_INIT("十是"), FAMILY_SHI, 10 },
    { TEXT_INIT("一要"), FAMILY_YAO, 1 },       { TEXT_INIT("二要"), FAMILY_YAO, 2 },
    { TEXT_INIT("三要"), FAMILY_YAO, 3 },       { TEXT_INIT("四要"), FAMILY_YAO, 4 },
    { TEXT_INIT("五要"), FAMILY_YAO, 5 },       { TEXT_INIT("六要"), FAMILY_YAO, 6 },
    { TEXT_INIT("首先"), FAMILY_FIRST, 1 },     { TEXT_INIT("其次"), FAMILY_FIRST, 2 },
    { TEXT_INIT("再次"), FAMILY_FIRST, 3 },     { TEXT_INIT("最后"), FAMILY_FIRST, 4 },
    { TEXT_INIT("第一，"), FAMILY_ORDINAL, 1 }, { TEXT_INIT("第二，"), FAMILY_ORDINAL, 2 },
    { TEXT_INIT("第三，"), FAMILY_ORDINAL, 3 }, { TEXT_INIT("第四，"), FAMILY_ORDINAL, 4 },
    { TEXT_INIT("第五，"), FAMILY_ORDINAL, 5 }, { TEXT_INIT("第六，"), FAMILY_ORDINAL, 6 },
};

static bool candidate_at(struct text rest, struct candidate *out)
{
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        if (!text_starts_with(rest, WORDS[i].word))
            continue;
        out->family = WORDS[i].family;
        out->item.mark = (struct mark) { LEVEL_ITEM, WORDS[i].number, WORDS[i].word.length };
        return true;
    }
    struct mark mark = mark_at_start(rest);
    if (mark.level < 3 || mark.level == LEVEL_ITEM)
        return false; /* 一、 and （一） inside a paragraph are not lists but citations */
    out->family = FAMILY_MARK + mark.level;
    mark.level = LEVEL_ITEM;
    out->item.mark = mark;
    return true;
}

/* Where a clause may start: behind stops, commas, colons, closing quotes. */
static bool ends_clause(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x3002:
    case 0xFF1B:
    case ';':
    case 0xFF1A:
    case ':':
    case 0xFF0C:
    case ',': /* 。；：， */
    case 0xFF01:
    case 0xFF1F:
    case 0x201D:
    case 0xFF09:
    case ')':
    case '\n': /* ！？”） */
    case ' ':
    case 0x3000:
    case 0x3001:
        return true;
    default:
        return false;
    }
}

static bool collect(struct text shadow, size_t from, struct arena *arena, struct candidates *out)
{
    bool clause = true;
    for (size_t at = from; at < shadow.length;) {
        struct candidate found = { .item.offset = at };
        if (clause && candidate_at(text_slice(shadow, at, shadow.length - at), &found)) {
            if (!arena_grow(arena, &out->items, out->count, &out->capacity, sizeof(found)))
                return false;
            out->items[out->count++] = found;
            at += found.item.mark.length;
            clause = false;
            continue;
        }
        clause = ends_clause(utf8_next_valid(shadow.data, &at));
    }
    return true;
}

/* Whether candidate i is part of a list: another one of its family follows or came before with
 * the right number. 最后 may follow any 首先, 其次. */
static bool counts_on(const struct candidates *all, size_t i, bool *open, int *next)
{
    const struct candidate *one = &all->items[i];
    int family = one->family, number = one->item.mark.number;
    if (open[family] &&
        (number == next[family] || (family == FAMILY_FIRST && number > next[family]))) {
        next[family] = number + 1;
        return true;
    }
    if (number != 1)
        return false;
    for (size_t j = i + 1; j < all->count; j++) {
        if (all->items[j].family != family)
            continue;
        int following = all->items[j].item.mark.number;
        if (following == 2 || (family == FAMILY_FIRST && following > 2)) {
            open[family] = true;
            next[family] = 2;
            return true;
        }
        return false; /* 一是 ... 一是: the first of them stands alone */
    }
    return false;
}

bool items_find(struct text shadow, size_t from, struct arena *arena, struct item_list *out)
{
    struct candidates all = { 0 };
    bool open[FAMILY_COUNT + 1] = { false };
    int next[FAMILY_COUNT + 1] = { 0 };
    *out = (struct item_list) { 0 };
    if (!collect(shadow, from, arena, &all))
        return false;
    for (size_t i = 0; i < all.count; i++) {
        bool starts = all.items[i].item.offset == 0 && all.items[i].family <= FAMILY_YAO;
        bool listed = counts_on(&all, i, open, next);
        if (starts && !listed) {
            open[all.items[i].family] = true;
            next[all.items[i].family] = all.items[i].item.mark.number + 1;
        }
        if (!listed && !starts)
            continue;
        if (!arena_grow(arena, &out->items, out->count, &out->capacity, sizeof(struct item)))
            return false;
        out->items[out->count++] = all.items[i].item;
    }
    for (size_t i = 0; i < out->count; i++) {
        size_t end = i + 1 < out->count ? out->items[i + 1].offset : shadow.length;
        out->items[i].length = end - out->items[i].offset;
    }
    return true;
}
