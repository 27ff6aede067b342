/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/term_list.h"

#include <stdlib.h>

#include "indexer/base/utf8.h"

static int by_term(const void *left, const void *right)
{
    const struct listed_term *a = left, *b = right;
    return text_compare(a->term, b->term);
}

void term_list_sort(struct term_list *list)
{
    if (list->count == 0)
        return;
    qsort(list->terms, list->count, sizeof(*list->terms), by_term);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++) {
        if (!text_equal(list->terms[i].term, list->terms[kept - 1].term))
            list->terms[kept++] = list->terms[i];
    }
    list->count = kept;
}

void term_list_write(const struct term_list *list, struct buffer *out)
{
    for (size_t i = 0; i < list->count; i++)
        buffer_printf(out, "%.*s\t%u\n", TEXT_ARG(list->terms[i].term),
                      (unsigned)list->terms[i].passages);
}

static size_t count_lines(struct text bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes.length; i++)
        count += bytes.data[i] == '\n';
    return count;
}

static bool read_line(struct text line, struct listed_term *out)
{
    struct text term;
    unsigned long long passages;
    if (!text_split(&line, TEXT("\t"), &term) || term.length == 0 ||
        !text_to_u64(line, &passages) || passages > UINT32_MAX)
        return false;
    *out = (struct listed_term) { term, (uint32_t)passages };
    return true;
}

enum status term_list_read(struct text bytes, struct arena *arena, struct term_list *out,
                           struct error *error)
{
    struct term_list list = { 0 };
    struct text line;
    size_t lines = count_lines(bytes);
    if (lines > TERM_LIST_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d learned terms", TERM_LIST_MAX);
    if (utf8_find_invalid(bytes) != TEXT_NONE)
        return error_set(error, STATUS_CORRUPT, "learned terms that are not UTF-8");
    list.terms = ARENA_ARRAY(arena, struct listed_term, lines + 1);
    if (!list.terms)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    while (text_split(&bytes, TEXT("\n"), &line) && line.length) {
        struct listed_term *term = &list.terms[list.count];
        if (list.count == lines || !read_line(line, term) ||
            (list.count && text_compare(term[-1].term, term->term) >= 0))
            return error_set(error, STATUS_CORRUPT, "not a learned term \"%.*s\"", TEXT_ARG(line));
        list.count++;
    }
    *out = list;
    return STATUS_OK;
}

/* The number of terms that come before the text, or begin it. */
static size_t place_of(const struct term_list *list, struct text text)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(list->terms[middle].term, text) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Terms that begin the text come before it, the longest last; between them stand only terms that
 * begin as the text does at first and then differ. So each step back shortens what can match. */
const struct listed_term *term_list_match(const struct term_list *list, struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length - at);
    while (rest.length) {
        size_t place = place_of(list, rest);
        if (place == 0)
            return NULL;
        const struct listed_term *before = &list->terms[place - 1];
        size_t same = 0;
        while (same < before->term.length && same < rest.length &&
               before->term.data[same] == rest.data[same])
            same++;
        if (same == before->term.length)
            return before;
        rest.length = utf8_boundary(rest, same);
    }
    return NULL;
}
