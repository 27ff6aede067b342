/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the grammar and of the table of fields, in the order of reading. */
#include "search/command/query_help.h"

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/output/wrap.h"
#include "search/query/fields.h"
#include "search/query/grammar.h"

#define COLUMNS 80
#define TERM_COLUMNS 24 /* a longer term has a line of its own */

struct items { /* arena-held */
    struct arena *arena;
    struct manual_item *items;
    size_t count, capacity;
};

static bool add(struct items *items, const char *term, const char *text)
{
    if (!term || !arena_grow(items->arena, &items->items, items->count, &items->capacity,
                             sizeof(*items->items)))
        return false;
    items->items[items->count++] = (struct manual_item) { term, text };
    return true;
}

/* "机关: issuer: agency:" */
static const char *field_names(const struct query_field_row *row, struct arena *arena)
{
    struct text names = TEXT("");
    for (const char *const *name = row->names; *name && names.data; name++)
        names = arena_printf(arena, "%.*s%s%s:", TEXT_ARG(names), names.length ? " " : "", *name);
    return names.data;
}

static bool add_fields(struct items *items)
{
    if (!add(items, "Names of fields", NULL))
        return false;
    for (size_t i = 0; i < QUERY_FIELD_COUNT; i++)
        if (!add(items, field_names(&QUERY_FIELDS[i], items->arena), QUERY_FIELDS[i].help))
            return false;
    return true;
}

bool query_help_list(struct arena *arena, struct manual_list *out)
{
    struct items items = { .arena = arena };
    for (const struct grammar_section *section = GRAMMAR; section->title; section++) {
        if (!add(&items, section->title, NULL))
            return false;
        for (const struct grammar_row *row = section->rows; row->form; row++)
            if (!add(&items, row->form, row->meaning))
                return false;
    }
    if (!add_fields(&items))
        return false;
    *out =
        (struct manual_list) { "QUERY LANGUAGE", GRAMMAR_INTRODUCTION, items.items, items.count };
    return true;
}

static void print_item(const struct manual_item *item, FILE *out)
{
    struct text term = text_of(item->term);
    size_t columns = utf8_columns(term);
    struct wrap wrap = { out, COLUMNS, TERM_COLUMNS + 2, TERM_COLUMNS + 2, false };
    fprintf(out, "  %s", item->term);
    if (columns + 4 > TERM_COLUMNS + 2) {
        fputc('\n', out);
        wrap.at = 0;
    } else {
        fprintf(out, "%*s", (int)(TERM_COLUMNS - columns), "");
    }
    wrap_text(&wrap, text_of(item->text), NULL);
    fputc('\n', out);
}

enum status query_help_print(FILE *out, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct manual_list list;
    if (!query_help_list(&arena, &list))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct wrap wrap = { out, COLUMNS, 0, 0, false };
    wrap_text(&wrap, text_of(list.introduction), NULL);
    fputc('\n', out);
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].text)
            print_item(&list.items[i], out);
        else
            fprintf(out, "\n%s\n", list.items[i].term);
    }
    return STATUS_OK;
}
