/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/learn_suffixes.h"

#include <stdlib.h>

/* Symbol `depth` of a suffix; breaks come first. */
static inline uint16_t at(const uint16_t *symbols, uint32_t suffix, size_t depth)
{
    return symbols[suffix + depth];
}

static inline void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static int by_place(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static uint16_t median(uint16_t a, uint16_t b, uint16_t c)
{
    return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
}

static void insertion_sort(const uint16_t *symbols, uint32_t *order, size_t count, size_t depth)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t suffix = order[i];
        size_t j = i;
        for (; j > 0; j--) {
            size_t d = depth;
            uint32_t before = order[j - 1];
            while (d < LEARN_DEPTH && at(symbols, before, d) == at(symbols, suffix, d) &&
                   at(symbols, suffix, d))
                d++;
            uint16_t a = d < LEARN_DEPTH ? at(symbols, before, d) : 0;
            uint16_t b = d < LEARN_DEPTH ? at(symbols, suffix, d) : 0;
            if (a < b || (a == b && before < suffix))
                break;
            order[j] = before;
        }
        order[j] = suffix;
    }
}

/* Multikey quicksort: smaller, equal, larger by one symbol; the equal ones by the next. */
static void sort(const uint16_t *symbols, uint32_t *order, size_t count, size_t depth)
{
    while (count > 16 && depth < LEARN_DEPTH) {
        uint16_t pivot = median(at(symbols, order[0], depth), at(symbols, order[count / 2], depth),
                                at(symbols, order[count - 1], depth));
        size_t low = 0, i = 0, high = count;
        while (i < high) {
            uint16_t symbol = at(symbols, order[i], depth);
            if (symbol < pivot)
                swap(&order[low++], &order[i++]);
            else if (symbol > pivot)
                swap(&order[i], &order[--high]);
            else
                i++;
        }
        sort(symbols, order, low, depth);
        sort(symbols, order + high, count - high, depth);
        order += low;
        count = high - low;
        if (pivot == LEARN_BREAK)
            break;
        depth++;
    }
    if (count > 16)
        qsort(order, count, sizeof(*order), by_place);
    else
        insertion_sort(symbols, order, count, depth);
}

static size_t shared(const uint16_t *symbols, uint32_t a, uint32_t b)
{
    size_t length = 0;
    while (length < LEARN_DEPTH && symbols[a + length] == symbols[b + length] &&
           symbols[a + length] != LEARN_BREAK)
        length++;
    return length;
}

enum status learn_suffixes_sort(const struct learn_text *text, struct learn_suffixes *out,
                                struct error *error)
{
    struct learn_suffixes suffixes = { .text = text };
    suffixes.order = malloc((text->count + 1) * sizeof(*suffixes.order));
    suffixes.common = malloc(text->count + 1);
    if (!suffixes.order || !suffixes.common) {
        learn_suffixes_release(&suffixes);
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < text->count; i++) {
        if (text->symbols[i] != LEARN_BREAK)
            suffixes.order[suffixes.count++] = (uint32_t)i;
    }
    sort(text->symbols, suffixes.order, suffixes.count, 0);
    for (size_t i = 0; i < suffixes.count; i++)
        suffixes.common[i] =
            i ? (uint8_t)shared(text->symbols, suffixes.order[i - 1], suffixes.order[i]) : 0;
    *out = suffixes;
    return STATUS_OK;
}

void learn_suffixes_release(struct learn_suffixes *suffixes)
{
    free(suffixes->order);
    free(suffixes->common);
    *suffixes = (struct learn_suffixes) { 0 };
}

struct open_row {
    size_t first, length;
};

enum status learn_suffixes_rows(const struct learn_suffixes *suffixes, size_t least,
                                enum status (*sink)(void *context, const struct learn_row *row,
                                                    struct error *error),
                                void *context, struct error *error)
{
    struct open_row stack[LEARN_DEPTH + 2] = { { 0, 0 } };
    size_t top = 0;
    enum status status = STATUS_OK;
    for (size_t i = 1; i <= suffixes->count && !status; i++) {
        size_t length = i < suffixes->count ? suffixes->common[i] : 0;
        size_t first = i - 1;
        while (!status && stack[top].length > length) {
            struct learn_row row = { stack[top].first, i - stack[top].first, stack[top].length };
            first = stack[top--].first;
            if (row.count >= least && row.length >= 2 && row.length < LEARN_DEPTH)
                status = sink(context, &row, error);
        }
        if (stack[top].length < length)
            stack[++top] = (struct open_row) { first, length };
    }
    return status;
}

/* -1, 0, 1: the suffix against the symbols it is compared with. */
static int compare(const uint16_t *symbols, uint32_t suffix, size_t start, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint16_t a = symbols[suffix + i], b = symbols[start + i];
        if (a != b)
            return a < b ? -1 : 1;
    }
    return 0;
}

static size_t bound(const struct learn_suffixes *suffixes, size_t start, size_t length, int above)
{
    size_t low = 0, high = suffixes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(suffixes->text->symbols, suffixes->order[middle], start, length);
        if (order < above)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t learn_suffixes_frequency(const struct learn_suffixes *suffixes, size_t start, size_t length)
{
    return bound(suffixes, start, length, 1) - bound(suffixes, start, length, 0);
}
