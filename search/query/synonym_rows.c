/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/synonym_rows.h"

#include <stdlib.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

#define SIBLINGS_MAX 16 /* short forms of one full form that stand for each other */

struct pair {
    struct text full, brief;
    bool both;
    enum synonym_kind kind;
};

struct reader {
    const struct lexicon *lexicon;
    struct arena *arena;
    struct error *error;
    struct pair *pairs;
    size_t pair_count, pair_capacity;
    struct synonym *rows;
    size_t row_count, row_capacity;
};

static enum status no_memory(struct reader *reader)
{
    return error_set(reader->error, STATUS_NO_MEMORY, "out of memory");
}

static enum status normalise(struct reader *reader, struct text text, struct text *out)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    enum status status = normalizer_fold(reader->lexicon, text_trim(text), &buffer, reader->error);
    if (status)
        return status;
    *out = arena_text(reader->arena, buffer_text(&buffer));
    return out->data ? STATUS_OK : no_memory(reader);
}

static enum synonym_kind kind_of(struct text category)
{
    return text_equal(category, TEXT("agency"))     ? SYNONYM_AGENCY
           : text_equal(category, TEXT("everyday")) ? SYNONYM_EVERYDAY
                                                    : SYNONYM_NAME;
}

/* full TAB short TAB category TAB direction [TAB note] */
static enum status read_line(struct reader *reader, struct text line)
{
    struct text columns[4] = { { 0 } };
    if (line.length == 0 || line.data[0] == '#')
        return STATUS_OK;
    for (size_t i = 0; i < 4; i++)
        if (!text_split(&line, TEXT("\t"), &columns[i]))
            return STATUS_OK;
    struct pair pair = { .kind = kind_of(columns[2]),
                         .both = text_equal(text_trim(columns[3]), TEXT("=")) };
    if (!pair.both && !text_equal(text_trim(columns[3]), TEXT(">")))
        return STATUS_OK;
    enum status status = normalise(reader, columns[0], &pair.full);
    if (!status)
        status = normalise(reader, columns[1], &pair.brief);
    if (status || utf8_count(pair.full) < 2 || utf8_count(pair.brief) < 2)
        return status;
    if (!arena_grow(reader->arena, &reader->pairs, reader->pair_count, &reader->pair_capacity,
                    sizeof(*reader->pairs)))
        return no_memory(reader);
    reader->pairs[reader->pair_count++] = pair;
    return STATUS_OK;
}

static bool add_row(struct reader *reader, struct text typed, struct text other,
                    enum synonym_kind kind)
{
    if (text_equal(typed, other))
        return true;
    if (!arena_grow(reader->arena, &reader->rows, reader->row_count, &reader->row_capacity,
                    sizeof(*reader->rows)))
        return false;
    reader->rows[reader->row_count++] = (struct synonym) { typed, other, kind };
    return true;
}

static int by_full(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    int order = text_compare(left->full, right->full);
    return order ? order : text_compare(left->brief, right->brief);
}

static int by_typed(const void *a, const void *b)
{
    const struct synonym *left = a, *right = b;
    int order = text_compare(left->typed, right->typed);
    return order ? order : text_compare(left->other, right->other);
}

/* The pairs of one full form. */
static bool add_family(struct reader *reader, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct pair *pair = &pairs[i];
        if (!add_row(reader, pair->brief, pair->full, pair->kind) ||
            (pair->both && !add_row(reader, pair->full, pair->brief, pair->kind)))
            return false;
        for (size_t j = 0; j < count && count <= SIBLINGS_MAX; j++)
            if (pair->both && pairs[j].both &&
                !add_row(reader, pair->brief, pairs[j].brief, pair->kind))
                return false;
    }
    return true;
}

static size_t drop_repeated(struct synonym *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || by_typed(&rows[kept - 1], &rows[i]) != 0)
            rows[kept++] = rows[i];
    return kept;
}

enum status synonym_rows_read(struct text tsv, const struct lexicon *lexicon, struct arena *arena,
                              struct synonym_list *out, struct error *error)
{
    struct reader reader = { .lexicon = lexicon, .arena = arena, .error = error };
    struct text line;
    while (text_split(&tsv, TEXT("\n"), &line)) {
        enum status status = read_line(&reader, text_trim(line));
        if (status)
            return status;
    }
    if (reader.pair_count)
        qsort(reader.pairs, reader.pair_count, sizeof(*reader.pairs), by_full);
    for (size_t start = 0, end; start < reader.pair_count; start = end) {
        for (end = start + 1; end < reader.pair_count &&
                              text_equal(reader.pairs[end].full, reader.pairs[start].full);)
            end++;
        if (!add_family(&reader, reader.pairs + start, end - start))
            return no_memory(&reader);
    }
    if (reader.row_count)
        qsort(reader.rows, reader.row_count, sizeof(*reader.rows), by_typed);
    *out = (struct synonym_list) { reader.rows, drop_repeated(reader.rows, reader.row_count) };
    return STATUS_OK;
}
