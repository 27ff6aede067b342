/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bold marks follow CommonMark's flanking rule, relaxed for Chinese: ** opens where a word may
 * start and closes behind a word or a full stop. Otherwise it masks a name (李**) and stays. */
#include "indexer/reply/cleaner.h"

#include "indexer/base/utf8.h"

void cleaner_start(struct cleaner *cleaner, struct arena *arena, size_t capacity)
{
    *cleaner = (struct cleaner) { .arena = arena, .mapped = true, .capacity = capacity };
    cleaner->out = arena_alloc(arena, capacity + 1);
    cleaner->failed = !cleaner->out;
}

static void copy_map(struct cleaner *cleaner, struct cleaner_source *source, size_t start,
                     size_t length)
{
    const struct span_map *map = source->map;
    start += source->map_offset;
    while (length > 0 && !cleaner->failed) {
        while (source->cursor < map->count && (uint64_t)map->spans[source->cursor].text_offset +
                                                      map->spans[source->cursor].length <=
                                                  start)
            source->cursor++;
        if (source->cursor == map->count) {
            cleaner->mapped = false; /* a map that does not cover its text says nothing */
            return;
        }
        const struct span *span = &map->spans[source->cursor];
        size_t inside = start - span->text_offset;
        size_t piece = span->length - inside < length ? span->length - inside : length;
        bool copied = span->length == span->source_length;
        cleaner->failed = !span_map_append(&cleaner->map, cleaner->arena, (uint32_t)piece,
                                           span->source_offset + (copied ? inside : 0),
                                           copied ? piece : span->source_length);
        start += piece;
        length -= piece;
    }
}

void cleaner_copy(struct cleaner *cleaner, struct cleaner_source *source, size_t start,
                  size_t length)
{
    if (cleaner->failed || length == 0)
        return;
    memcpy(cleaner->out + cleaner->length, source->text.data + start, length);
    cleaner->length += length;
    if (!source->map || source->map->count == 0)
        cleaner->mapped = false;
    if (cleaner->mapped)
        copy_map(cleaner, source, start, length);
    if (!cleaner->mapped)
        cleaner->map = (struct span_map) { 0 };
}

void cleaner_add_blank(struct cleaner *cleaner)
{
    if (cleaner->failed)
        return;
    cleaner->out[cleaner->length++] = ' ';
    if (!cleaner->mapped || cleaner->map.count == 0)
        return;
    struct span *last = &cleaner->map.spans[cleaner->map.count - 1];
    cleaner->failed = !span_map_append(&cleaner->map, cleaner->arena, 1,
                                       last->source_offset + last->source_length, 0);
}

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 || codepoint == 0x3000 ||
           (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x202F;
}

static bool is_invisible(uint32_t codepoint)
{
    return (codepoint >= 0x200B && codepoint <= 0x200F) || codepoint == 0x2060 ||
           codepoint == 0xFEFF || codepoint == 0xAD || (codepoint < 0x20 && codepoint != '\t') ||
           codepoint == 0x7F || (codepoint >= 0xE000 && codepoint <= 0xF8FF) ||
           (codepoint >= 0x202A && codepoint <= 0x202E);
}

static bool is_letter_or_digit(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z') ||
           (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 0xFF10 && codepoint <= 0xFF19) ||
           (codepoint >= 0xFF21 && codepoint <= 0xFF3A) ||
           (codepoint >= 0xFF41 && codepoint <= 0xFF5A);
}

static bool is_word(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || is_letter_or_digit(codepoint) || codepoint == 0x201C ||
           codepoint == 0x300A || codepoint == 0xFF08 || codepoint == '('; /* “《（ */
}

static uint32_t codepoint_at(struct text text, size_t at)
{
    return at < text.length ? utf8_next_valid(text.data, &at) : 0;
}

static uint32_t codepoint_before(struct text text, size_t at)
{
    return at > 0 ? codepoint_at(text, utf8_boundary(text, at - 1)) : 0;
}

static bool masks_name(struct text text, size_t behind)
{
    static const struct text TITLES[] = { TEXT_INIT("委员"), TEXT_INIT("代表"), TEXT_INIT("同志"),
                                          TEXT_INIT("先生"), TEXT_INIT("女士"), TEXT_INIT("等") };
    struct text rest = text_slice(text, behind, text.length - behind);
    for (size_t i = 0; i < sizeof(TITLES) / sizeof(TITLES[0]); i++) {
        if (text_starts_with(rest, TITLES[i]))
            return true;
    }
    return false;
}

/* Whether the two asterisks at `at` are a bold mark; *bold says whether one is open. */
static bool is_bold_mark(struct text text, size_t at, bool *bold)
{
    uint32_t before = codepoint_before(text, at);
    uint32_t behind = codepoint_at(text, at + 2);
    if (before == '*' || behind == '*' || masks_name(text, at + 2) ||
        (before >= '0' && before <= '9' && behind >= '0' && behind <= '9'))
        return false;
    if (*bold) {
        *bold = false;
        return true;
    }
    size_t next = TEXT_NONE;
    if (is_word(behind)) {
        next = text_find(text_slice(text, at + 2, text.length - at - 2), TEXT("**"));
        bool starts = !utf8_is_han(before) || before == 0x662F || before == 0x8981; /* 是 要 */
        if (next != TEXT_NONE || starts) {
            *bold = true;
            return true;
        }
    }
    /* the end of a bold run that began before a page break */
    return before == 0x3002 || before == 0xFF1A || before == 0xFF1B;
}

static bool needs_cleaning(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (codepoint == '*' || codepoint == '#' || is_invisible(codepoint))
            return true;
    }
    return false;
}

static size_t skip_prefix(struct text text)
{
    size_t at = 0;
    while (at < text.length && at < 6 && text.data[at] == '#')
        at++;
    return at > 0 && at < text.length && text.data[at] == ' ' ? at + 1 : 0;
}

static struct text trim_all(struct text text)
{
    size_t start = 0, end = text.length;
    while (start < end) {
        size_t next = start;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (!is_blank(codepoint) && !is_invisible(codepoint))
            break;
        start = next;
    }
    while (end > start) {
        size_t last = utf8_boundary(text, end - 1);
        uint32_t codepoint = codepoint_at(text, last);
        if (!is_blank(codepoint) && !is_invisible(codepoint))
            break;
        end = last;
    }
    return text_slice(text, start, end - start);
}

bool clean_line(struct cleaner_source *source, struct span_map *map, struct arena *arena,
                bool *bold)
{
    struct text text = trim_all(source->text);
    bool inherited = *bold;
    source->map_offset += text.length ? (size_t)(text.data - source->text.data) : 0;
    source->text = text;
    *bold = false;
    if (!needs_cleaning(text))
        return true;

    struct cleaner cleaner;
    cleaner_start(&cleaner, arena, text.length);
    size_t run = skip_prefix(text);
    *bold = inherited;
    for (size_t at = run; at < text.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        bool drop = is_invisible(codepoint);
        if (codepoint == '*' && codepoint_at(text, at) == '*') {
            drop = is_bold_mark(text, start, bold);
            if (drop)
                at++;
            while (!drop && codepoint_at(text, at) == '*')
                at++; /* 158****0223 stays as it is */
        }
        if (drop) {
            cleaner_copy(&cleaner, source, run, start - run);
            run = at;
        }
    }
    cleaner_copy(&cleaner, source, run, text.length - run);
    if (inherited && cleaner.length == text.length)
        *bold = false; /* it was not closed here: it never was a bold run */
    *map = cleaner.map;
    *source = (struct cleaner_source) { .text = cleaner_text(&cleaner), .map = map };
    return !cleaner.failed;
}

/* Full-width forms and CJK punctuation: a blank beside them is a stray. */
static bool is_wide(uint32_t codepoint)
{
    return utf8_is_han(codepoint) || (codepoint >= 0x3001 && codepoint <= 0x303F) ||
           (codepoint >= 0xFF01 && codepoint <= 0xFF60) ||
           (codepoint >= 0x2014 && codepoint <= 0x201D) || codepoint == 0x2026 || codepoint == 0xB7;
}

static bool is_stray(uint32_t left, uint32_t right, size_t width, bool tab, enum blanks blanks)
{
    bool mixed = (utf8_is_han(left) && is_letter_or_digit(right)) ||
                 (is_letter_or_digit(left) && utf8_is_han(right));
    if (blanks == BLANKS_FIELDS)
        return width == 1 && mixed;
    if (blanks == BLANKS_KEEP)
        return false;
    if (tab || left == 0 || right == 0)
        return false;
    if (mixed)
        return true;
    if (left == '|' || right == '|') /* cells of a row */
        return false;
    return width <= 2 && (is_wide(left) || is_wide(right)) &&
           !(is_wide(left) && right < 0x80 && !is_letter_or_digit(right) && right != '%');
}

/* 1. 8万: not at the start of a line, where it is a mark. */
static bool splits_decimal(struct text text, size_t start, size_t end)
{
    if (start < 8 || text.data[start - 1] != '.')
        return false;
    uint32_t before = codepoint_before(text, start - 1);
    uint32_t behind = codepoint_at(text, end);
    return before >= '0' && before <= '9' && behind >= '0' && behind <= '9';
}

/* 第T 014号: one number, although letters and digits may stand apart elsewhere. */
static bool splits_code(struct text text, size_t start, size_t end)
{
    size_t letters = 0, digits = 0;
    while (letters < start && letters < 5 && text.data[start - letters - 1] >= 'A' &&
           text.data[start - letters - 1] <= 'Z')
        letters++;
    while (end + digits < text.length && text.data[end + digits] >= '0' &&
           text.data[end + digits] <= '9')
        digits++;
    if (letters == 0 || digits == 0)
        return false;
    struct text behind = text_trim(text_slice(text, end + digits, text.length - end - digits));
    return text_ends_with(text_trim(text_slice(text, 0, start - letters)), TEXT("第")) &&
           (text_starts_with(behind, TEXT("号")) || text_starts_with(behind, TEXT("號")));
}

/* 第一条　为了……: the blank separates the article's number from its text. */
static bool ends_article_number(struct text text, size_t at)
{
    uint32_t last = codepoint_before(text, at);
    return at <= 36 && text_starts_with(text, TEXT("第")) &&
           (last == 0x6761 || last == 0x7AE0 || last == 0x8282 || last == 0x7F16); /* 条章节编 */
}

void clean_blanks(struct cleaner *cleaner, struct cleaner_source *source, enum blanks blanks)
{
    struct text text = source->text;
    size_t run = 0;
    uint32_t left = cleaner->length ? codepoint_before(cleaner_text(cleaner), cleaner->length) : 0;
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        if (!is_blank(codepoint)) {
            left = codepoint;
            continue;
        }
        size_t width = 0;
        bool tab = false;
        size_t end = start;
        for (size_t next = start; next < text.length;) {
            uint32_t blank = utf8_next_valid(text.data, &next);
            if (!is_blank(blank))
                break;
            tab = tab || blank == '\t';
            width++;
            end = next;
        }
        bool inside = blanks == BLANKS_TEXT &&
                      (splits_decimal(text, start, end) || splits_code(text, start, end));
        if ((inside || is_stray(left, codepoint_at(text, end), width, tab, blanks)) &&
            !ends_article_number(text, start)) {
            cleaner_copy(cleaner, source, run, start - run);
            run = end;
        }
        at = end;
    }
    cleaner_copy(cleaner, source, run, text.length - run);
}
