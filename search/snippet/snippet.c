/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every run of neighbouring sentences that fits is a window; the one with the most weight wins, the
 * earlier and then the longer of equals. Windows slide, so this is linear in the text. */
#include "search/snippet/snippet.h"

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

/* Weight of the spans that lie in [start, end). */
static double weight_in(const struct span_list *spans, size_t start, size_t end)
{
    double weight = 0;
    for (size_t i = 0; i < spans->count && spans->spans[i].start < end; i++)
        if (spans->spans[i].start >= start)
            weight += spans->spans[i].weight;
    return weight;
}

struct window {
    size_t start, end, codepoints;
    double weight;
};

/* The best run of pieces within [from, to) that fits; start == end when no piece fits. */
static struct window best_window(struct text text, size_t from, size_t to,
                                 const struct span_list *spans, size_t codepoints,
                                 bool (*ends)(uint32_t))
{
    struct window best = { from, from, 0, -1 }, current = { from, from, 0, 0 };
    struct text within = text_slice(text, 0, to);
    while (current.end < to) {
        size_t count, end = piece_end(within, current.end, ends, &count);
        current.weight += weight_in(spans, current.end, end);
        current.codepoints += count;
        current.end = end;
        while (current.codepoints > codepoints && current.start < current.end) {
            size_t first, start = piece_end(within, current.start, ends, &first);
            current.weight -= weight_in(spans, current.start, start);
            current.codepoints -= first;
            current.start = start;
        }
        bool longer = current.weight > best.weight - 1e-9 && current.start == best.start &&
                      current.end > best.end;
        if (current.end > current.start && (current.weight > best.weight + 1e-9 || longer))
            best = current;
    }
    return best;
}

/* The sentence with the most weight: it is cut when none fits, or when none that fits has any. */
static struct window heaviest_sentence(struct text text, const struct span_list *spans)
{
    struct window best = { 0, 0, 0, -1 };
    for (size_t start = 0, end; start < text.length; start = end) {
        size_t count;
        end = piece_end(text, start, ends_sentence, &count);
        double weight = weight_in(spans, start, end);
        if (weight > best.weight)
            best = (struct window) { start, end, count, weight };
    }
    return best;
}

/* Around the first span of a stretch without any mark to cut at. */
static struct window middle(struct text text, struct window sentence, const struct span_list *spans,
                            size_t codepoints)
{
    size_t start = sentence.start;
    for (size_t i = 0; i < spans->count; i++)
        if (spans->spans[i].start >= sentence.start && spans->spans[i].start < sentence.end) {
            start = spans->spans[i].start;
            break;
        }
    for (size_t back = codepoints / 4; back && start > sentence.start; back--)
        start = utf8_boundary(text, start - 1);
    struct text rest = text_slice(text, start, sentence.end - start);
    return (struct window) { start, start + utf8_advance(rest, codepoints), 0, 0 };
}

static struct snippet finish(struct text text, size_t start, size_t end)
{
    struct text window = text_trim(text_slice(text, start, end - start));
    struct text before = text_trim(text_slice(text, 0, start));
    struct text after = text_trim(text_slice(text, end, text.length - end));
    return (struct snippet) { (size_t)(window.data - text.data), window.length, before.length > 0,
                              after.length > 0 };
}

struct snippet snippet_choose(struct text text, const struct span_list *spans, size_t codepoints)
{
    if (text.length == 0 || utf8_count(text) <= codepoints)
        return text.length ? finish(text, 0, text.length) : (struct snippet) { 0 };
    struct window best = best_window(text, 0, text.length, spans, codepoints, ends_sentence);
    struct window sentence = heaviest_sentence(text, spans);
    if (best.end == best.start || best.weight + 1e-9 < sentence.weight) {
        best = best_window(text, sentence.start, sentence.end, spans, codepoints, ends_clause);
        if (best.end == best.start || (best.weight <= 0 && sentence.weight > 0))
            best = middle(text, sentence, spans, codepoints);
    }
    return finish(text, best.start, best.end);
}
