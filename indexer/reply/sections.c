/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headings and list items -> the section tree, in preorder. A section's parent is the nearest one
 * before it with a smaller level, so documents that skip levels or use marks in the wrong order
 * still give a tree. */
#include "indexer/reply/headings.h"
#include "indexer/reply/parse.h"

struct builder {
    struct parse *parse;
    size_t capacity;
    size_t open[LEVEL_ITEM + 1]; /* the section that is open at each level */
};

static size_t parent_of(const struct builder *builder, int level)
{
    for (int outer = level - 1; outer >= 1; outer--) {
        if (builder->open[outer] != SECTION_NONE)
            return builder->open[outer];
    }
    return SECTION_NONE;
}

static struct section *add_section(struct builder *builder, int level, size_t paragraph)
{
    struct reply *reply = builder->parse->reply;
    if (!arena_grow(builder->parse->arena, &reply->sections, reply->section_count,
                    &builder->capacity, sizeof(*reply->sections)))
        return NULL;
    struct section *section = &reply->sections[reply->section_count];
    *section = (struct section) {
        .level = level,
        .parent = parent_of(builder, level),
        .first_paragraph = paragraph,
        .paragraph_count = 1,
        .role = ROLE_OTHER,
    };
    for (int inner = level; inner <= LEVEL_ITEM; inner++)
        builder->open[inner] = SECTION_NONE;
    builder->open[level] = reply->section_count++;
    return section;
}

/* Sets the texts of a section whose mark starts at `offset` and whose heading takes `heading`
 * bytes behind it. */
static void name_section(struct builder *builder, struct section *section, size_t offset,
                         size_t mark, size_t heading)
{
    struct text text = builder->parse->reply->paragraphs[section->first_paragraph].text;
    section->marker = text_slice(text, offset, mark);
    section->heading = text_trim(text_slice(text, offset + mark, heading));
    section->offset = offset;
    section->length = mark + heading;
}

static bool add_items(struct builder *builder, size_t paragraph, size_t from)
{
    struct item_list list;
    struct text shadow = builder->parse->shadows[paragraph];
    if (!items_find(shadow, from, builder->parse->arena, &list))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct item *item = &list.items[i];
        struct section *section = add_section(builder, LEVEL_ITEM, paragraph);
        if (!section)
            return false;
        struct text behind =
            text_slice(shadow, item->offset + item->mark.length, item->length - item->mark.length);
        section->run_in = true;
        name_section(builder, section, item->offset, item->mark.length,
                     item_heading_length(behind));
    }
    return true;
}

/* （1）……；（2）……；（3）…… in one paragraph is a list, although it starts like a section. */
static bool is_list(struct builder *builder, struct text shadow, struct mark mark, bool *list)
{
    struct item_list items;
    *list = false;
    if (mark.level < 3 || mark.level == LEVEL_ITEM || mark.number != 1)
        return true;
    if (!items_find(shadow, 0, builder->parse->arena, &items))
        return false;
    *list = items.count >= 2 && items.items[0].offset == 0;
    return true;
}

static bool add_paragraph(struct builder *builder, size_t i)
{
    const struct paragraph *paragraph = &builder->parse->reply->paragraphs[i];
    struct text shadow = builder->parse->shadows[i];
    struct mark mark = mark_at_start(shadow);
    bool alone = paragraph->kind == PARAGRAPH_HEADING;
    int level = mark.level;
    bool list = false;
    if (!alone && !is_list(builder, shadow, mark, &list))
        return false;
    if (level == 0 || level == LEVEL_ITEM || list) {
        if (!alone)
            return add_items(builder, i, 0);
        mark.length = 0;
        level = paragraph->declared_level >= 1 && paragraph->declared_level < LEVEL_ITEM
                    ? paragraph->declared_level
                    : 1;
    }
    struct section *section = add_section(builder, level, i);
    if (!section)
        return false;
    bool all = false;
    struct text behind = text_slice(shadow, mark.length, shadow.length - mark.length);
    size_t heading = heading_length(behind, &all);
    if (alone && mark.length == 0)
        heading = behind.length;
    section->run_in = !alone;
    name_section(builder, section, 0, mark.length, heading);
    return alone || add_items(builder, i, mark.length + heading);
}

/* A section goes on to the next one that is not an item, or to where the text ends. */
static void count_paragraphs(struct reply *reply)
{
    size_t end = reply->paragraph_count;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        if (reply->paragraphs[i].kind == PARAGRAPH_BODY ||
            reply->paragraphs[i].kind == PARAGRAPH_HEADING)
            end = i + 1;
    }
    for (size_t s = reply->section_count; s > 0; s--) {
        struct section *section = &reply->sections[s - 1];
        if (section->level == LEVEL_ITEM)
            continue;
        size_t first = section->first_paragraph;
        section->paragraph_count = end > first ? end - first : 1;
        end = first;
    }
}

bool build_sections(struct parse *parse)
{
    struct builder builder = { .parse = parse };
    struct reply *reply = parse->reply;
    for (size_t level = 0; level <= LEVEL_ITEM; level++)
        builder.open[level] = SECTION_NONE;
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        enum paragraph_kind kind = reply->paragraphs[i].kind;
        if (kind != PARAGRAPH_BODY && kind != PARAGRAPH_HEADING)
            continue;
        if (!add_paragraph(&builder, i))
            return false;
        builder.open[LEVEL_ITEM] = SECTION_NONE; /* an item ends with its paragraph */
    }
    count_paragraphs(reply);
    assign_section_roles(parse);
    return true;
}
