/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-search new NAME: the replies that a saved search finds and has not shown yet. */
#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "search/command/saved_options.h"
#include "search/command/terminal.h"
#include "search/output/output.h"

#define SNIPPET_CODEPOINTS 220

static const char *index_path, *saved_path;
static unsigned long limit = 20;
static int format, color;
static bool keep;

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "another index than it was saved with",
      &index_path },
    { "limit", 'n', OPTION_COUNT, "N", NULL,
      "replies at most (default 20); the others are shown next time", &limit },
    { "keep", 'k', OPTION_FLAG, NULL, NULL, "show them again next time", &keep },
    { "format", 'f', OPTION_CHOICE, "FORMAT", "text|json|csv",
      "text, json (an object per reply) or csv (a row per passage)", &format },
    COLOR_OPTION(&color),
    SAVED_OPTION(&saved_path),
    HELP_OPTION,
    OPTIONS_END,
};

static const struct output_format *chosen_format(void)
{
    static const enum output_kind KINDS[] = { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV };
    return &OUTPUTS[KINDS[format]];
}

static enum status show(const struct result_list *list, const struct look *look,
                        struct error *error)
{
    const struct output output = { .stream = stdout,
                                   .bold = terminal_bold((enum when)color),
                                   .columns = terminal_columns(),
                                   .first = true };
    enum status status = look->shown ? chosen_format()->write(&output, list, error) : STATUS_OK;
    if (!status && look->left)
        say("new and not shown yet: %zu", look->left);
    if (!status && !look->shown && !look->left)
        say("nothing new");
    if (!status && (fflush(stdout) || ferror(stdout))) /* what nobody saw stays new */
        status = error_set(error, STATUS_IO, "cannot write standard output");
    return status;
}

static enum status look_again(struct saved_search *search, struct look *look, struct arena *arena,
                              struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = NULL;
    struct search_options options = { .snippet_codepoints = SNIPPET_CODEPOINTS };
    struct result_list list = { 0 };
    enum status status =
        searcher_open(index_path ? index_path : search->index.data, &searcher, error);
    if (!status)
        status = seen_sort(&search->seen, arena, error);
    if (!status)
        status = saved_look(searcher, search, look, &options, arena, &list, error);
    if (!status)
        status = show(&list, look, error);
    if (!status)
        status = seen_add(&search->seen, look->known, look->known_count, arena, error);
    if (!status)
        search->looked = saved_now(arena);
    return status;
}

static enum status run(const char **operands, int count, bool *found, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(saved_unlockp) int lock = -1;
    struct saved_list list = { 0 };
    const char *place;
    arena_init(&arena, 0);
    if (count != 1)
        return error_set(error, STATUS_MISUSE, "the name of one saved search expected");
    enum status status = saved_place(saved_path, &arena, &place, error);
    if (!status && !keep)
        status = saved_lock(place, &lock, error);
    if (!status)
        status = saved_read(place, &arena, &list, error);
    if (status)
        return status;
    struct saved_search *search = saved_find(&list, text_of(operands[0]));
    if (!search)
        return error_set(error, STATUS_NOT_FOUND, "no saved search \"%s\"", operands[0]);
    struct look look = { .seen = &search->seen, .limit = limit, .arena = &arena };
    status = look_again(search, &look, &arena, error);
    *found = look.shown > 0;
    return status || keep ? status : saved_write(place, &list, error);
}

const struct command NEW_COMMAND = {
    .name = "new",
    .operands = "[--index DIR] NAME",
    .places_index = true,
    .summary = "show replies that a saved search finds and has not shown yet",
    .details = "Looks at the best 1000 replies. A reply is known by its id, or by agency, number, "
               "title and date,\nalso when the index was built anew or files have moved.",
    .options = OPTIONS,
    .run = run,
};
