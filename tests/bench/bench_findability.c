/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_findability FILE: the lines of a UTF-8 file are passages; all their parts of 2 to 8
 * characters, and from every place those of 12, 20, 50 and 200, are queries, and each must find its
 * passage. Exit code 1 when one does not. bench_findability.py makes the file from a collection. */
#include "tests/analysis/findability.h"

#include <stdio.h>
#include <time.h>

#include "indexer/base/file.h"

static enum status ask_lines(struct findability *findability, struct text rest)
{
    static const size_t LENGTHS[] = { 12, 20, 50, 200 };
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text line;
    size_t passages = 0;
    while (text_split(&rest, TEXT("\n"), &line)) {
        line = text_trim(line);
        passages += line.length > 0;
        ask_parts(findability, line, 2, 8, 1, &arena);
        for (size_t i = 0; i < sizeof(LENGTHS) / sizeof(LENGTHS[0]); i++) {
            ask_parts(findability, line, LENGTHS[i], LENGTHS[i], 1, &arena);
            arena_clear(&arena);
        }
    }
    printf("%zu passages\n", passages);
    return STATUS_OK;
}

static enum status run(const char *path, struct findability *findability, struct error *error)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    enum status status = file_read(path, (size_t)1 << 30, &file, error);
    if (!status)
        status = lexicon_open(NULL, &lexicon, error);
    if (!status)
        status = analyzer_new(lexicon, &findability->analyzer, error);
    if (!status)
        status = ask_lines(findability, buffer_text(&file));
    if (findability->unfound)
        printf("first unfound: \"%.*s\"\n", TEXT_ARG(findability->first_unfound));
    analyzer_free(findability->analyzer);
    return status;
}

int main(int argc, char **argv)
{
    struct error error;
    struct findability findability = { 0 };
    if (argc != 2) {
        fprintf(stderr, "usage: bench_findability FILE\n");
        return 2;
    }
    if (run(argv[1], &findability, &error)) {
        fprintf(stderr, "bench_findability: %s\n", error.message);
        return 2;
    }
    printf("%zu queries, %zu do not find their passage; of %zu terms %zu are not in it\n",
           findability.asked, findability.unfound, findability.terms, findability.strange);
    printf("%.1f s\n", (double)clock() / CLOCKS_PER_SEC);
    return findability.unfound > 0;
}
