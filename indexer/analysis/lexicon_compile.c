/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The build-time program: lexicon_compile OUT DICTIONARY CHARACTERS PHRASES SURNAMES LIST... */
#include "indexer/analysis/lexicon_compiler.h"

#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"

#define SOURCE_MAX ((size_t)256 << 20)
#define LISTS_MAX 32

enum { OUT = 1, DICTIONARY, CHARACTERS, PHRASES, SURNAMES, LISTS };

static enum status read_source(const char *path, struct arena *arena, struct text *out,
                               struct error *error)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    enum status status = file_read(path, SOURCE_MAX, &buffer, error);
    if (status)
        return status;
    if (utf8_find_invalid(buffer_text(&buffer)) != TEXT_NONE)
        return error_set(error, STATUS_INVALID, "not UTF-8 '%s'", path);
    *out = arena_text(arena, buffer_text(&buffer));
    return out->data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status compile(int argc, char **argv, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text sources[LISTS + LISTS_MAX] = { 0 };
    if (argc < LISTS || argc > LISTS + LISTS_MAX)
        return error_set(
            error, STATUS_MISUSE,
            "usage: lexicon_compile OUT DICTIONARY CHARACTERS PHRASES SURNAMES LIST...");
    for (int i = DICTIONARY; i < argc; i++) {
        enum status status = read_source(argv[i], &arena, &sources[i], error);
        if (status)
            return status;
    }

    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    struct lexicon_sources all = { .dictionary = sources[DICTIONARY],
                                   .lists = sources + LISTS,
                                   .list_count = (size_t)(argc - LISTS),
                                   .surnames = sources[SURNAMES],
                                   .characters = sources[CHARACTERS],
                                   .phrases = sources[PHRASES] };
    enum status status = lexicon_compile(&all, &file, error);
    return status ? status : file_replace(argv[OUT], buffer_text(&file), error);
}

int main(int argc, char **argv)
{
    struct error error;
    if (compile(argc, argv, &error)) {
        fprintf(stderr, "lexicon_compile: %s\n", error.message);
        return 2;
    }
    return 0;
}
