/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters belong to the abstract definition (w:abstractNum): instances (w:num) of one definition
 * go on counting together, unless an instance overrides a level's start, which begins anew when
 * that instance is first used. */
#include "indexer/document/docx_numbering.h"

#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/docx_numerals.h"

#define DEFINITIONS_MAX ((size_t)10000) /* of each kind: lists, instances, styles */
#define COUNT_MAX 32767                 /* of a counter; Word's own limit */
#define BASED_ON_MAX 32                 /* styles in a chain */
#define PATTERN_BYTES_MAX 256
#define SYMBOLS_FIRST 0xE000 /* private use: the letters of symbol fonts */
#define SYMBOLS_LAST 0xF8FF

struct level {
    bool given;
    bool bullet;
    bool legal;    /* all numbers in decimal */
    bool no_blank; /* w:suff "nothing" */
    int start;
    int restart; /* w:lvlRestart, or DOCX_UNSET */
    docx_numeral *numeral;
    struct text pattern; /* "（%2）" */
    struct text style;   /* the paragraph style that this level belongs to */
};

struct definition { /* w:abstractNum */
    int id;
    struct text style_link; /* w:numStyleLink: the levels are those of this style's list */
    struct level levels[DOCX_LEVELS];
    int counters[DOCX_LEVELS];
    bool counting[DOCX_LEVELS];
};

struct instance { /* w:num */
    int id;
    int definition_id;
    struct level *levels[DOCX_LEVELS]; /* overridden, or NULL */
    int starts[DOCX_LEVELS];           /* overridden, or DOCX_UNSET */
    bool used[DOCX_LEVELS];
};

struct style {
    struct text id;
    struct text based_on;
    struct docx_paragraph paragraph;
    int hidden; /* 0, 1 or DOCX_UNSET */
};

struct docx_numbering {
    struct arena *arena;
    struct definition *definitions;
    struct instance *instances;
    struct style *styles;
    size_t definition_count, definition_capacity;
    size_t instance_count, instance_capacity;
    size_t style_count, style_capacity;
    struct text default_style;
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status too_many(const char *what, struct error *error)
{
    return error_set(error, STATUS_LIMIT, "more than %zu %s", DEFINITIONS_MAX, what);
}

struct docx_numbering *docx_numbering_new(struct arena *arena)
{
    struct docx_numbering *numbering = ARENA_NEW(arena, struct docx_numbering);
    if (numbering)
        numbering->arena = arena;
    return numbering;
}

/* -- values ----------------------------------------------------------------------------------- */

bool docx_is_on(struct part *part)
{
    struct text value = part_attribute(part, "val");
    return !text_equal(value, TEXT("0")) && !text_equal(value, TEXT("false")) &&
           !text_equal(value, TEXT("off")) && !text_equal(value, TEXT("none"));
}

int docx_number(struct part *part, const char *name, int max)
{
    unsigned long long value;
    if (!text_to_u64(text_trim(part_attribute(part, name)), &value))
        return DOCX_UNSET;
    return value > (unsigned long long)max ? max : (int)value;
}

static struct text copy_attribute(struct docx_numbering *numbering, struct part *part,
                                  const char *name)
{
    return arena_text(numbering->arena, part_attribute(part, name));
}

void docx_read_list_reference(struct part *part, struct docx_paragraph *paragraph)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here))
        if (part_is(part, "numId"))
            paragraph->list = docx_number(part, "val", INT32_MAX);
        else if (part_is(part, "ilvl"))
            paragraph->level = docx_number(part, "val", DOCX_LEVELS - 1);
}

/* -- word/styles.xml -------------------------------------------------------------------------- */

static void read_style_paragraph(struct part *part, struct style *style)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here))
        if (part_is(part, "numPr"))
            docx_read_list_reference(part, &style->paragraph);
        else if (part_is(part, "outlineLvl"))
            style->paragraph.outline = docx_number(part, "val", 9);
}

static void read_style_run(struct part *part, struct style *style)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here))
        if (part_is(part, "vanish"))
            style->hidden = docx_is_on(part);
}

static void read_style(struct docx_numbering *numbering, struct part *part, struct style *style)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here))
        if (part_is(part, "basedOn"))
            style->based_on = copy_attribute(numbering, part, "val");
        else if (part_is(part, "pPr"))
            read_style_paragraph(part, style);
        else if (part_is(part, "rPr"))
            read_style_run(part, style);
}

enum status docx_numbering_read_styles(struct docx_numbering *numbering, struct part *part,
                                       struct error *error)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here)) {
        if (!part_is(part, "style"))
            continue;
        if (numbering->style_count == DEFINITIONS_MAX)
            return too_many("styles", error);
        if (!arena_grow(numbering->arena, &numbering->styles, numbering->style_count,
                        &numbering->style_capacity, sizeof(*numbering->styles)))
            return out_of_memory(error);
        struct style *style = &numbering->styles[numbering->style_count++];
        *style = (struct style) {
            .id = copy_attribute(numbering, part, "styleId"),
            .paragraph = { .list = DOCX_UNSET, .level = DOCX_UNSET, .outline = DOCX_UNSET },
            .hidden = DOCX_UNSET,
        };
        if (!style->id.data)
            return out_of_memory(error);
        if (part_has_attribute(part, "default") &&
            text_equal(part_attribute(part, "type"), TEXT("paragraph")))
            numbering->default_style = style->id;
        read_style(numbering, part, style);
    }
    return STATUS_OK;
}

/* -- word/numbering.xml ----------------------------------------------------------------------- */

static void read_level(struct docx_numbering *numbering, struct part *part, struct level *level)
{
    *level = (struct level) {
        .given = true, .start = 0, .restart = DOCX_UNSET, .numeral = docx_numeral_decimal
    };
    struct part_element here = part_here(part);
    while (part_child(part, &here)) {
        if (part_is(part, "start")) {
            int start = docx_number(part, "val", COUNT_MAX);
            level->start = start == DOCX_UNSET ? 0 : start;
        } else if (part_is(part, "numFmt")) {
            struct text name = part_attribute(part, "val");
            level->bullet = text_equal(name, TEXT("bullet"));
            level->numeral = docx_numeral_find(name);
        } else if (part_is(part, "lvlText")) {
            level->pattern = copy_attribute(numbering, part, "val");
        } else if (part_is(part, "lvlRestart")) {
            level->restart = docx_number(part, "val", DOCX_LEVELS);
        } else if (part_is(part, "isLgl")) {
            level->legal = docx_is_on(part);
        } else if (part_is(part, "suff")) {
            level->no_blank = text_equal(part_attribute(part, "val"), TEXT("nothing"));
        } else if (part_is(part, "pStyle")) {
            level->style = copy_attribute(numbering, part, "val");
        }
    }
}

static enum status read_definition(struct docx_numbering *numbering, struct part *part,
                                   struct error *error)
{
    if (numbering->definition_count == DEFINITIONS_MAX)
        return too_many("lists", error);
    if (!arena_grow(numbering->arena, &numbering->definitions, numbering->definition_count,
                    &numbering->definition_capacity, sizeof(*numbering->definitions)))
        return out_of_memory(error);

    struct definition *definition = &numbering->definitions[numbering->definition_count++];
    *definition = (struct definition) { .id = docx_number(part, "abstractNumId", INT32_MAX) };
    struct part_element here = part_here(part);
    while (part_child(part, &here)) {
        if (part_is(part, "numStyleLink"))
            definition->style_link = copy_attribute(numbering, part, "val");
        if (!part_is(part, "lvl"))
            continue;
        int level = docx_number(part, "ilvl", INT32_MAX);
        if (level >= 0 && level < DOCX_LEVELS)
            read_level(numbering, part, &definition->levels[level]);
    }
    return STATUS_OK;
}

static bool read_override(struct docx_numbering *numbering, struct part *part,
                          struct instance *instance)
{
    int level = docx_number(part, "ilvl", INT32_MAX);
    if (level < 0 || level >= DOCX_LEVELS)
        return true;
    struct part_element here = part_here(part);
    while (part_child(part, &here)) {
        if (part_is(part, "startOverride"))
            instance->starts[level] = docx_number(part, "val", COUNT_MAX);
        if (!part_is(part, "lvl"))
            continue;
        struct level *own = ARENA_NEW(numbering->arena, struct level);
        if (!own)
            return false;
        read_level(numbering, part, own);
        instance->levels[level] = own;
    }
    return true;
}

static enum status read_instance(struct docx_numbering *numbering, struct part *part,
                                 struct error *error)
{
    if (numbering->instance_count == DEFINITIONS_MAX)
        return too_many("lists", error);
    if (!arena_grow(numbering->arena, &numbering->instances, numbering->instance_count,
                    &numbering->instance_capacity, sizeof(*numbering->instances)))
        return out_of_memory(error);

    struct instance *instance = &numbering->instances[numbering->instance_count++];
    *instance = (struct instance) { .id = docx_number(part, "numId", INT32_MAX),
                                    .definition_id = DOCX_UNSET };
    for (int level = 0; level < DOCX_LEVELS; level++)
        instance->starts[level] = DOCX_UNSET;
    struct part_element here = part_here(part);
    while (part_child(part, &here))
        if (part_is(part, "abstractNumId"))
            instance->definition_id = docx_number(part, "val", INT32_MAX);
        else if (part_is(part, "lvlOverride") && !read_override(numbering, part, instance))
            return out_of_memory(error);
    return STATUS_OK;
}

enum status docx_numbering_read_lists(struct docx_numbering *numbering, struct part *part,
                                      struct error *error)
{
    struct part_element here = part_here(part);
    while (part_child(part, &here)) {
        enum status status = STATUS_OK;
        if (part_is(part, "abstractNum"))
            status = read_definition(numbering, part, error);
        else if (part_is(part, "num"))
            status = read_instance(numbering, part, error);
        if (status)
            return status;
    }
    return STATUS_OK;
}

/* -- finding ---------------------------------------------------------------------------------- */

static int compare_definitions(const void *a, const void *b)
{
    int first = ((const struct definition *)a)->id, second = ((const struct definition *)b)->id;
    return (first > second) - (first < second);
}

static int compare_instances(const void *a, const void *b)
{
    int first = ((const struct instance *)a)->id, second = ((const struct instance *)b)->id;
    return (first > second) - (first < second);
}

static int compare_styles(const void *a, const void *b)
{
    return text_compare(((const struct style *)a)->id, ((const struct style *)b)->id);
}

static void sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(items, count, size, compare);
}

void docx_numbering_finish(struct docx_numbering *numbering)
{
    sort(numbering->definitions, numbering->definition_count, sizeof(struct definition),
         compare_definitions);
    sort(numbering->instances, numbering->instance_count, sizeof(struct instance),
         compare_instances);
    sort(numbering->styles, numbering->style_count, sizeof(struct style), compare_styles);
}

static struct definition *find_definition(const struct docx_numbering *numbering, int id)
{
    struct definition key = { .id = id };
    return numbering->definition_count == 0
               ? NULL
               : bsearch(&key, numbering->definitions, numbering->definition_count, sizeof(key),
                         compare_definitions);
}

static struct instance *find_instance(const struct docx_numbering *numbering, int id)
{
    struct instance key = { .id = id };
    return numbering->instance_count == 0
               ? NULL
               : bsearch(&key, numbering->instances, numbering->instance_count, sizeof(key),
                         compare_instances);
}

static const struct style *find_style(const struct docx_numbering *numbering, struct text id)
{
    struct style key = { .id = id };
    return numbering->style_count == 0 || id.length == 0
               ? NULL
               : bsearch(&key, numbering->styles, numbering->style_count, sizeof(key),
                         compare_styles);
}

/* The definition that holds the levels of a list: its own or, through a list style, another's. */
static struct definition *definition_of(const struct docx_numbering *numbering,
                                        const struct instance *instance)
{
    struct definition *definition = find_definition(numbering, instance->definition_id);
    for (int i = 0; definition && definition->style_link.length > 0 && i < BASED_ON_MAX; i++) {
        const struct style *style = find_style(numbering, definition->style_link);
        const struct instance *next =
            style ? find_instance(numbering, style->paragraph.list) : NULL;
        struct definition *target = next ? find_definition(numbering, next->definition_id) : NULL;
        if (!target || target == definition)
            break;
        definition = target;
    }
    return definition;
}

/* The level of a list that is bound to one of the styles in the chain from `id` on. */
static int level_of_style(const struct docx_numbering *numbering, int list, struct text id)
{
    const struct instance *instance = find_instance(numbering, list);
    const struct definition *definition = instance ? definition_of(numbering, instance) : NULL;
    if (!definition || id.length == 0)
        return DOCX_UNSET;
    for (int level = 0; level < DOCX_LEVELS; level++)
        if (text_equal(definition->levels[level].style, id))
            return level;
    return DOCX_UNSET;
}

void docx_numbering_resolve(const struct docx_numbering *numbering,
                            struct docx_paragraph *paragraph)
{
    if (paragraph->style.length == 0 || !find_style(numbering, paragraph->style))
        paragraph->style = numbering->default_style;
    bool own_list = paragraph->list != DOCX_UNSET;
    const struct style *style = find_style(numbering, paragraph->style);
    for (int i = 0; style && i < BASED_ON_MAX; i++) {
        if (paragraph->list == DOCX_UNSET && style->paragraph.list != DOCX_UNSET) {
            paragraph->list = style->paragraph.list;
            int bound = level_of_style(numbering, paragraph->list, style->id);
            if (paragraph->level == DOCX_UNSET)
                paragraph->level = bound != DOCX_UNSET ? bound : style->paragraph.level;
        }
        if (!own_list && paragraph->level == DOCX_UNSET)
            paragraph->level = style->paragraph.level;
        if (paragraph->outline == DOCX_UNSET)
            paragraph->outline = style->paragraph.outline;
        style = find_style(numbering, style->based_on);
    }
    if (paragraph->level == DOCX_UNSET)
        paragraph->level = 0;
}

bool docx_numbering_hides(const struct docx_numbering *numbering, struct text id)
{
    const struct style *style = find_style(numbering, id);
    for (int i = 0; style && i < BASED_ON_MAX; i++) {
        if (style->hidden != DOCX_UNSET)
            return style->hidden == 1;
        style = find_style(numbering, style->based_on);
    }
    return false;
}

/* -- counting --------------------------------------------------------------------------------- */

static const struct level *level_of(const struct definition *definition,
                                    const struct instance *instance, int level)
{
    return instance->levels[level] ? instance->levels[level] : &definition->levels[level];
}

static int start_of(const struct definition *definition, const struct instance *instance, int level)
{
    return instance->starts[level] != DOCX_UNSET ? instance->starts[level]
                                                 : level_of(definition, instance, level)->start;
}

static void begin(struct definition *definition, const struct instance *instance, int level)
{
    definition->counters[level] = start_of(definition, instance, level);
    definition->counting[level] = true;
}

static void count(struct definition *definition, struct instance *instance, int level)
{
    bool anew = instance->starts[level] != DOCX_UNSET && !instance->used[level];
    instance->used[level] = true;
    if (anew || !definition->counting[level])
        begin(definition, instance, level);
    else if (definition->counters[level] < COUNT_MAX)
        definition->counters[level]++;

    for (int above = 0; above < level; above++)
        if (!definition->counting[above])
            begin(definition, instance, above);
    for (int below = level + 1; below < DOCX_LEVELS; below++) {
        int restart = level_of(definition, instance, below)->restart;
        if (restart == DOCX_UNSET || level < restart)
            definition->counting[below] = false;
    }
}

static void append_number(const struct definition *definition, const struct instance *instance,
                          int level, bool legal, struct buffer *out)
{
    docx_numeral *numeral = level_of(definition, instance, level)->numeral;
    if (numeral && legal)
        numeral = docx_numeral_decimal;
    if (numeral)
        numeral(out, (unsigned)definition->counters[level]);
}

/* Writes a pattern with its numbers: "%1、" -> "一、". Symbols that need their font are left out. */
static void append_pattern(const struct definition *definition, const struct instance *instance,
                           const struct level *level, struct buffer *out)
{
    struct text pattern = level->pattern;
    if (pattern.length > PATTERN_BYTES_MAX)
        pattern.length = utf8_boundary(pattern, PATTERN_BYTES_MAX);
    for (size_t offset = 0; offset < pattern.length;) {
        char next = offset + 1 < pattern.length ? pattern.data[offset + 1] : '\0';
        if (pattern.data[offset] == '%' && next >= '1' && next <= '9') {
            append_number(definition, instance, next - '1', level->legal, out);
            offset += 2;
            continue;
        }
        uint32_t codepoint = utf8_next_valid(pattern.data, &offset);
        if (codepoint < SYMBOLS_FIRST || codepoint > SYMBOLS_LAST)
            buffer_append_codepoint(out, codepoint);
    }
}

/* Between a marker and its text Word puts a tab or a blank. Chinese text is written without one,
 * so it is kept only where two words or numbers would run together: "1." before "5G". */
static bool needs_blank(struct text marker, struct text text)
{
    if (marker.length == 0 || text.length == 0)
        return false;
    char last = marker.data[marker.length - 1];
    char first = text.data[0];
    bool ascii_marker = (unsigned char)last < 0x80 && last != ')';
    bool han_text = (unsigned char)first >= 0x80;
    return ascii_marker && (last != '.' || !han_text);
}

void docx_numbering_mark(struct docx_numbering *numbering, const struct docx_paragraph *paragraph,
                         struct text text, struct buffer *out)
{
    if (paragraph->list <= 0)
        return;
    struct instance *instance = find_instance(numbering, paragraph->list);
    struct definition *definition = instance ? definition_of(numbering, instance) : NULL;
    if (!definition)
        return;
    const struct level *level = level_of(definition, instance, paragraph->level);
    if (!level->given)
        return;
    count(definition, instance, paragraph->level);
    if (level->bullet)
        return;

    size_t start = out->length;
    append_pattern(definition, instance, level, out);
    struct text marker = text_slice(buffer_text(out), start, out->length - start);
    if (!level->no_blank && needs_blank(marker, text))
        buffer_append_byte(out, ' ');
}
