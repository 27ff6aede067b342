/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search save NAME QUERY…: a search to be asked again; what it finds now is known. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/base/cleanup.h"
#include "search/command/filter_options.h"
#include "search/command/saved_options.h"

static const char *index_path, *saved_path;
static bool replace;
static struct filter_options filter_options;

static const struct option OPTIONS[] = {
    INDEX_OPTION(&index_path),
    FILTER_OPTIONS(filter_options),
    { "replace", 0, OPTION_FLAG, NULL, NULL, "in the place of a search of that name", &replace },
    SAVED_OPTION(&saved_path),
    HELP_OPTION,
    OPTIONS_END,
};

static enum status fill(struct saved_search *search, struct text query,
                        const struct search_filters *filters, struct arena *arena,
                        struct error *error)
{
    char path[PATH_MAX];
    if (!realpath(index_path, path))
        return error_set(error, STATUS_NOT_FOUND, "%s: \"%s\"", strerror(errno), index_path);
    search->query = query;
    search->index = arena_text(arena, text_of(path));
    search->filters = *filters;
    search->saved = saved_now(arena);
    search->looked = TEXT("");
    if (!search->index.data || !search->saved.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

/* What the search finds now. */
static enum status know_results(struct saved_search *search, struct arena *arena,
                                struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    struct look look = { .arena = arena };
    struct search_options options = { .bare = true };
    struct result_list list = { 0 };
    enum status status = open_index(index_path, &searcher, error);
    if (!status)
        status = saved_look(searcher, search, &look, &options, arena, &list, error);
    if (!status)
        tell_warnings(&list, arena);
    return status ? status : seen_add(&search->seen, look.known, look.known_count, arena, error);
}

static enum status save(struct text name, struct text query, struct arena *arena,
                        struct error *error)
{
    CLEANUP(saved_unlockp) int lock = -1;
    const char *place;
    struct search_filters filters;
    struct saved_list list = { 0 };
    struct saved_search *search;
    enum status status = filter_options_read(&filter_options, &filters, error);
    if (!status)
        status = saved_place(saved_path, arena, &place, error);
    if (!status)
        status = saved_lock(place, &lock, error);
    if (!status)
        status = saved_read(place, arena, &list, error);
    if (status)
        return status;
    if (!replace && saved_find(&list, name))
        return error_set(error, STATUS_MISUSE, "there is a search of that name: \"%.*s\"",
                         TEXT_ARG(name));
    status = saved_add(&list, name, arena, &search, error);
    if (!status)
        status = fill(search, query, &filters, arena, error);
    if (!status)
        status = know_results(search, arena, error);
    return status ? status : saved_write(place, &list, error);
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    if (count < 2)
        return error_set(error, STATUS_MISUSE, "a name and a query expected");
    if (!index_path)
        return error_set(error, STATUS_MISUSE, "no index given: use --index DIR");
    struct text query = join_operands(operands + 1, count - 1, &arena);
    if (!query.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    *found = true;
    return save(text_of(operands[0]), query, &arena, error);
}

const struct command SAVE_COMMAND = {
    .name = "save",
    .operands = "NAME QUERY...",
    .summary = "keep a search under a name, with its index and filters",
    .details = "What the search finds now counts as known; 'dafu-search new NAME' shows what comes "
               "later.",
    .options = OPTIONS,
    .run = run,
};
