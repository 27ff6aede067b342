/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search saved: the saved searches, in the order of saving; one is forgotten or renamed. */
#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/command/saved_options.h"
#include "search/command/terminal.h"
#include "search/output/result_json.h"
#include "search/output/wrap.h"

#define INDENT 4

static const char *saved_path, *removed, *renamed;
static int format;

static const struct option OPTIONS[] = {
    { "remove", 0, OPTION_STRING, "NAME", NULL, "forget the search of that name", &removed },
    { "rename", 0, OPTION_STRING, "NAME", NULL, "call the search of that name by the operand",
      &renamed },
    { "format", 'f', OPTION_CHOICE, "FORMAT", "text|json", "text or json (an object per search)",
      &format },
    SAVED_OPTION(&saved_path),
    HELP_OPTION,
    OPTIONS_END,
};

/* ---- text ---- */

static void put_line(struct text label, struct text text)
{
    struct wrap wrap = { stdout, terminal_columns(), INDENT, 0, false };
    if (!text.length)
        return;
    wrap_text(&wrap, label, NULL);
    wrap_text(&wrap, text, NULL);
    putchar('\n');
}

static void put_filters(const struct search_filters *filters)
{
    for (int facet = 0; facet < FACET_COUNT; facet++)
        for (size_t i = 0; i < filters->counts[facet]; i++) {
            printf("%*s%s：", INDENT, "", FACETS[facet].chinese);
            wrap_line(stdout, filters->values[facet][i], terminal_columns());
            putchar('\n');
        }
    put_line(TEXT("自："), filters->from);
    put_line(TEXT("至："), filters->to);
}

static void put_search(const struct saved_search *search)
{
    struct wrap wrap = { stdout, terminal_columns(), 0, 0, false };
    wrap_text(&wrap, search->name, NULL);
    putchar('\n');
    put_line(TEXT("检索："), search->query);
    put_filters(&search->filters);
    put_line(TEXT("索引："), search->index);
    put_line(TEXT("保存："), search->saved);
    put_line(TEXT("上次查看："), search->looked);
}

/* ---- json ---- */

static json_t *filters_json(const struct search_filters *filters)
{
    json_t *object = json_object();
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        json_t *values = json_array();
        for (size_t i = 0; i < filters->counts[facet]; i++)
            json_array_append_new(values, text_json(filters->values[facet][i]));
        json_object_set_new(object, FACETS[facet].name, values);
    }
    json_object_set_new(object, "from", text_json(filters->from));
    json_object_set_new(object, "to", text_json(filters->to));
    return object;
}

static enum status write_json(const struct saved_search *search, struct error *error)
{
    json_t *object =
        json_pack("{s: o, s: o, s: o, s: o, s: o, s: o}", "name", text_json(search->name), "query",
                  text_json(search->query), "index", text_json(search->index), "filters",
                  filters_json(&search->filters), "saved", text_json(search->saved), "looked",
                  text_json(search->looked));
    return json_line_write(stdout, object, 8, error);
}

/* ---- the command ---- */

static enum status list_searches(const char *place, struct arena *arena, bool *found,
                                 struct error *error)
{
    struct saved_list list = { 0 };
    enum status status = saved_read(place, arena, &list, error);
    for (size_t i = 0; i < list.count && !status; i++) {
        if (format)
            status = write_json(&list.searches[i], error);
        else
            put_search(&list.searches[i]);
    }
    *found = !status && list.count > 0;
    if (!status && !list.count)
        say("no saved searches");
    return status;
}

/* Forgets the search, or calls it `name`; what it has shown stays known. */
static enum status change_search(const char *place, struct text which, struct text name,
                                 struct arena *arena, struct error *error)
{
    CLEANUP(saved_unlockp) int lock = -1;
    struct saved_list list = { 0 };
    enum status status = saved_lock(place, &lock, error);
    if (!status)
        status = saved_read(place, arena, &list, error);
    if (status)
        return status;
    struct saved_search *search = saved_find(&list, which);
    if (!search)
        return error_set(error, STATUS_NOT_FOUND, "no saved search \"%.*s\"", TEXT_ARG(which));
    if (name.data)
        status = saved_rename(&list, search, name, error);
    else
        saved_remove(&list, search);
    return status ? status : saved_write(place, &list, error);
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    const char *place;
    arena_init(&arena, 0);
    if (removed && renamed)
        return error_set(error, STATUS_MISUSE, "either --remove or --rename");
    if (renamed && !count)
        return error_set(error, STATUS_MISUSE, "a new name expected");
    if (count > (renamed ? 1 : 0))
        return error_set(error, STATUS_MISUSE, "unexpected operand \"%s\"",
                         operands[renamed ? 1 : 0]);
    enum status status = saved_place(saved_path, &arena, &place, error);
    if (status)
        return status;
    *found = removed || renamed;
    if (removed)
        return change_search(place, text_of(removed), (struct text) { NULL, 0 }, &arena, error);
    return renamed ? change_search(place, text_of(renamed), text_of(operands[0]), &arena, error)
                   : list_searches(place, &arena, found, error);
}

const struct command SAVED_COMMAND = {
    .name = "saved",
    .operands = "[--remove NAME | --rename NAME NEW]",
    .places_index = true,
    .summary = "list the saved searches, forget or rename one",
    .options = OPTIONS,
    .run = run,
};
