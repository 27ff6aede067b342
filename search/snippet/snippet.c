/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every run of neighbouring sentences that fits is a window; the one with the most weight wins, the
 * earlier and then the longer of equals. What a window says again counts little, so that one with
 * all words of the query wins over one that has a single word many times. Windows slide, and each
 * span knows where the same text was marked before, so this is linear in the text. */
#include "search/snippet/snippet.h"

#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

static bool is_one_of(uint32_t codepoint, const uint32_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (set[i] == codepoint)
            return true;
    return false;
}

static bool ends_sentence(uint32_t codepoint)
{
    static const uint32_t ENDS[] = { 0x3002, 0xFF01, 0xFF1F, 0xFF1B, '!', '?', ';', '\n' };
    return is_one_of(codepoint, ENDS, sizeof(ENDS) / sizeof(*ENDS));
}

static bool ends_clause(uint32_t codepoint)
{
    static const uint32_t ENDS[] = { 0xFF0C, 0x3001, 0xFF1A, ',', ' ' };
    return ends_sentence(codepoint) || is_one_of(codepoint, ENDS, sizeof(ENDS) / sizeof(*ENDS));
}

/* Closing marks that belong to the sentence before them. */
static bool closes(uint32_t codepoint)
{
    static const uint32_t MARKS[] = { 0x201D, 0x2019, 0x300D, 0x300F, 0x300B, 0xFF09, ')', '"' };
    return is_one_of(codepoint, MARKS, sizeof(MARKS) / sizeof(*MARKS));
}

/* The end of the piece that starts at `offset`, and its length in code points. */
static size_t piece_end(struct text text, size_t offset, bool (*ends)(uint32_t), size_t *codepoints)
{
    bool ended = false;
    *codepoints = 0;
    while (offset < text.length) {
        size_t next = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (ended && !ends(codepoint) && !closes(codepoint))
            break;
        ended = ended || ends(codepoint);
        offset = next;
        ++*codepoints;
    }
    return offset;
}

#define WHOLE 0.6 /* whole sentences are shown when they have this share of what a cut one has */
#define AGAIN 0.1 /* of the weight of a span whose text the window has already */

#define NONE SIZE_MAX

struct marked { /* a span, and the places of those with the same text around it; NONE */
    struct text text;
    size_t place, before, behind;
};

struct view { /* the spans of a text */
    const struct text_span *spans;
    size_t count;
    struct marked *marked; /* NULL: no memory to tell which say the same */
};

static int by_text(const void *a, const void *b)
{
    const struct marked *const *left = a, *const *right = b;
    int order = text_compare((*left)->text, (*right)->text);
    return order ? order : (*left)->place < (*right)->place ? -1 : 1;
}

static void view_release(struct view *view)
{
    free(view->marked);
}

static struct view view_of(struct text text, const struct span_list *spans)
{
    struct view view = { spans->spans, spans->count, NULL };
    struct marked **order = calloc(spans->count + 1, sizeof(*order));
    view.marked = order ? calloc(spans->count + 1, sizeof(*view.marked)) : NULL;
    for (size_t i = 0; i < spans->count && view.marked; i++) {
        const struct text_span *span = &spans->spans[i];
        view.marked[i] =
            (struct marked) { text_slice(text, span->start, span->length), i, NONE, NONE };
        order[i] = &view.marked[i];
    }
    if (view.marked && view.count)
        qsort(order, view.count, sizeof(*order), by_text);
    for (size_t i = 1; i < view.count && view.marked; i++)
        if (text_equal(order[i]->text, order[i - 1]->text)) {
            order[i]->before = order[i - 1]->place;
            order[i - 1]->behind = order[i]->place;
        }
    free(order);
    return view;
}

struct window {
    size_t start, end, codepoints;
    double weight;
    size_t first, last; /* spans within: [first, last) */
};

/* Adds the spans that begin before the window's end. */
static void take_in(const struct view *view, struct window *window)
{
    for (; window->last < view->count && view->spans[window->last].start < window->end;
         window->last++) {
        size_t before = view->marked ? view->marked[window->last].before : NONE;
        bool again = before != NONE && before >= window->first;
        window->weight += view->spans[window->last].weight * (again ? AGAIN : 1);
    }
}

/* Takes the spans away that begin before the window's start: the next of the same text, if there is
 * one, counts in full now. */
static void let_out(const struct view *view, struct window *window)
{
    for (; window->first < window->last && view->spans[window->first].start < window->start;
         window->first++) {
        size_t behind = view->marked ? view->marked[window->first].behind : NONE;
        window->weight -= view->spans[window->first].weight;
        if (behind < window->last)
            window->weight += view->spans[behind].weight * (1 - AGAIN);
    }
}

static struct window empty_window(const struct view *view, size_t at)
{
    struct window window = { at, at, 0, 0, 0, 0 };
    while (window.first < view->count && view->spans[window.first].start < at)
        window.first++;
    window.last = window.first;
    return window;
}

/* The best run of pieces within [from, to) that fits; start == end when no piece fits. */
static struct window best_window(struct text text, size_t from, size_t to, const struct view *view,
                                 size_t codepoints, bool (*ends)(uint32_t))
{
    struct window current = empty_window(view, from), best = current;
    struct text within = text_slice(text, 0, to);
    best.weight = -1;
    while (current.end < to) {
        size_t count, end = piece_end(within, current.end, ends, &count);
        current.codepoints += count;
        current.end = end;
        take_in(view, &current);
        while (current.codepoints > codepoints && current.start < current.end) {
            size_t first;
            current.start = piece_end(within, current.start, ends, &first);
            current.codepoints -= first;
            let_out(view, &current);
        }
        bool longer = current.weight > best.weight - 1e-9 && current.start == best.start &&
                      current.end > best.end;
        if (current.end > current.start && (current.weight > best.weight + 1e-9 || longer))
            best = current;
    }
    return best;
}

/* The sentence with the most weight: it is cut when none fits, or when none that fits has any. */
static struct window heaviest_sentence(struct text text, const struct view *view)
{
    struct window best = { 0, 0, 0, -1, 0, 0 };
    size_t next = 0;
    for (size_t start = 0; start < text.length;) {
        struct window sentence = { start, start, 0, 0, next, next };
        start = sentence.end = piece_end(text, start, ends_sentence, &sentence.codepoints);
        take_in(view, &sentence);
        next = sentence.last;
        if (sentence.weight > best.weight)
            best = sentence;
    }
    return best;
}

/* Around the first span of a stretch without any mark to cut at. */
static struct window middle(struct text text, struct window sentence, const struct view *view,
                            size_t codepoints)
{
    size_t start =
        sentence.first < sentence.last ? view->spans[sentence.first].start : sentence.start;
    for (size_t back = codepoints / 4; back && start > sentence.start; back--)
        start = utf8_boundary(text, start - 1);
    struct text rest = text_slice(text, start, sentence.end - start);
    return (struct window) { start,      start + utf8_advance(rest, codepoints),
                             codepoints, sentence.weight,
                             0,          0 };
}

static struct snippet finish(struct text text, size_t start, size_t end)
{
    struct text window = text_trim(text_slice(text, start, end - start));
    struct text before = text_trim(text_slice(text, 0, start));
    struct text after = text_trim(text_slice(text, end, text.length - end));
    return (struct snippet) { (size_t)(window.data - text.data), window.length, before.length > 0,
                              after.length > 0 };
}

/* The best part of a sentence that is too long to be shown whole. */
static struct window cut_sentence(struct text text, struct window sentence, const struct view *view,
                                  size_t codepoints)
{
    struct window part =
        best_window(text, sentence.start, sentence.end, view, codepoints, ends_clause);
    bool empty = part.end == part.start || (part.weight <= 0 && sentence.weight > 0);
    return empty ? middle(text, sentence, view, codepoints) : part;
}

struct snippet snippet_choose(struct text text, const struct span_list *spans, size_t codepoints)
{
    if (text.length == 0 || utf8_count(text) <= codepoints)
        return text.length ? finish(text, 0, text.length) : (struct snippet) { 0 };
    CLEANUP(view_release) struct view view = view_of(text, spans);
    struct window best = best_window(text, 0, text.length, &view, codepoints, ends_sentence);
    struct window sentence = heaviest_sentence(text, &view);
    if (best.end == best.start || best.weight < WHOLE * sentence.weight) {
        struct window part = cut_sentence(text, sentence, &view, codepoints);
        if (best.end == best.start || best.weight < WHOLE * part.weight)
            best = part;
    }
    return finish(text, best.start, best.end);
}
