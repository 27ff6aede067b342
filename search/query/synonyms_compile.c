/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Build time: synonyms_compile LEXICON SYNONYMS.tsv OUT.c writes the table as C. */
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"
#include "search/query/synonym_rows.h"

static void put_text(struct buffer *out, struct text text)
{
    buffer_append(out, TEXT("TEXT_INIT(\""));
    for (size_t i = 0; i < text.length; i++)
        buffer_printf(out, "\\%03o", (unsigned)(unsigned char)text.data[i]);
    buffer_append(out, TEXT("\")"));
}

static const char *const KINDS[] = { "SYNONYM_NAME", "SYNONYM_AGENCY", "SYNONYM_EVERYDAY" };

static void put_rows(struct buffer *out, struct synonym_list list)
{
    buffer_append(out, TEXT("/* Made by synonyms_compile from synonyms.tsv. */\n"
                            "#include \"search/query/synonyms.h\"\n\n"
                            "static const struct synonym ROWS[] = {\n"));
    for (size_t i = 0; i < list.count; i++) {
        const struct synonym *row = &list.rows[i];
        buffer_printf(out, "    /* %.*s: %.*s */\n    { ", TEXT_ARG(row->typed),
                      TEXT_ARG(row->other));
        put_text(out, row->typed);
        buffer_append(out, TEXT(", "));
        put_text(out, row->other);
        buffer_printf(out, ", %s },\n", KINDS[row->kind]);
    }
    buffer_append(out, TEXT("};\n\nconst struct synonym_list SYNONYMS = { ROWS, "
                            "sizeof(ROWS) / sizeof(*ROWS) };\n"));
}

static enum status compile(char **argv, struct error *error)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(buffer_release) struct buffer tsv = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer code = BUFFER_INIT;
    CLEANUP(arena_release) struct arena arena;
    struct synonym_list list;
    arena_init(&arena, 0);
    enum status status = lexicon_open(argv[1], &lexicon, error);
    if (!status)
        status = file_read(argv[2], SYNONYM_FILE_MAX, &tsv, error);
    if (!status && utf8_find_invalid(buffer_text(&tsv)) != TEXT_NONE)
        status = error_set(error, STATUS_INVALID, "not valid UTF-8 in \"%s\"", argv[2]);
    if (!status)
        status = synonym_rows_read(buffer_text(&tsv), lexicon, &arena, &list, error);
    if (status)
        return status;
    put_rows(&code, list);
    status = buffer_status(&code, error);
    return status ? status : file_replace(argv[3], buffer_text(&code), error);
}

int main(int argc, char **argv)
{
    struct error error = { { 0 } };
    if (argc != 4 || compile(argv, &error)) {
        fprintf(stderr, "synonyms_compile: %s\n",
                argc == 4 ? error.message : "LEXICON SYNONYMS.tsv OUT.c expected");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
