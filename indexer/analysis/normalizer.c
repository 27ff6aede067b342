/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the code points, one table lookup each. Nearly every entry is plain (one code
 * point, whatever stands beside it); the rest goes through one small function per action. */
#include "indexer/analysis/normalizer.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "indexer/analysis/lexicon_format.h"

#define TEXT_MAX ((size_t)UINT32_MAX / 4)
#define TARGETS_MAX 64 /* a damaged lexicon may say more */
#define ROOM 64 /* free bytes of output before each character; the longest plain one takes 4 */

struct folder {
    const struct lexicon *lexicon;
    struct text source;
    struct normalized *out;
    size_t at;                    /* first byte of the source that is not yet read */
    enum char_class last;         /* of what was written last */
    enum fold_isolation isolated; /* likewise */
    bool blank;                   /* blanks were read and not yet written ... */
    uint32_t blank_start;
    uint32_t blank_end; /* ... from and to here */
};

void normalized_init(struct normalized *normalized)
{
    *normalized = (struct normalized) { 0 };
}

void normalized_release(struct normalized *normalized)
{
    if (!normalized)
        return;
    buffer_release(&normalized->text);
    free(normalized->starts);
    free(normalized->ends);
    free(normalized->groups);
    normalized_init(normalized);
}

/* Room for `extra` bytes of text and map. A failure is sticky in out->text. */
static bool reserve(struct normalized *out, size_t extra)
{
    size_t needed = out->text.length + extra;
    if (!buffer_reserve(&out->text, extra))
        return false;
    if (needed <= out->map_capacity)
        return true;

    size_t capacity = out->text.capacity > needed ? out->text.capacity : needed;
    uint32_t *starts = realloc(out->starts, capacity * sizeof(*starts));
    if (starts)
        out->starts = starts;
    uint32_t *ends = starts ? realloc(out->ends, capacity * sizeof(*ends)) : NULL;
    if (!ends) {
        out->text.failed = STATUS_NO_MEMORY;
        return false;
    }
    out->ends = ends;
    out->map_capacity = capacity;
    return true;
}

static inline bool ensure_room(struct folder *folder)
{
    struct normalized *out = folder->out;
    size_t needed = out->text.length + ROOM;
    if (needed < out->text.capacity && needed < out->map_capacity)
        return true;
    return reserve(out, ROOM + out->text.length / 2);
}

static inline size_t utf8_put(uint32_t codepoint, char *out)
{
    if (codepoint >= 0x800 && codepoint < 0xD800) { /* nearly all Han characters */
        out[0] = (char)(0xE0 | codepoint >> 12);
        out[1] = (char)(0x80 | (codepoint >> 6 & 0x3F));
        out[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    return utf8_encode(codepoint, out);
}

/* Writes one code point that came from source bytes [start, end); there is room. */
static inline void put(struct folder *folder, uint32_t codepoint, size_t start, size_t end)
{
    struct normalized *out = folder->out;
    size_t at = out->text.length;
    size_t length = utf8_put(codepoint, out->text.data + at);
    for (size_t i = at; i < at + length; i++) {
        out->starts[i] = (uint32_t)start;
        out->ends[i] = (uint32_t)end;
    }
    out->text.length = at + length;
}

static void add_group(struct folder *folder, size_t offset, bool divisible)
{
    struct normalized *out = folder->out;
    if (out->group_count == out->group_capacity) {
        size_t capacity = out->group_capacity ? 2 * out->group_capacity : 16;
        struct normalized_group *groups = realloc(out->groups, capacity * sizeof(*groups));
        if (!groups) {
            out->text.failed = STATUS_NO_MEMORY;
            return;
        }
        out->groups = groups;
        out->group_capacity = capacity;
    }
    out->groups[out->group_count++] =
        (struct normalized_group) { (uint32_t)offset, (uint32_t)(out->text.length - offset),
                                    divisible };
}

/* Forgets output from `offset` on, and the groups that lie there. */
static void take_back(struct folder *folder, size_t offset)
{
    struct normalized *out = folder->out;
    out->text.length = offset;
    while (out->group_count &&
           out->groups[out->group_count - 1].offset + out->groups[out->group_count - 1].length >
               offset)
        out->group_count--;
}

static inline bool is_alphanumeric(enum char_class class)
{
    return class == CLASS_DIGIT || class == CLASS_LETTER;
}

/* Decides what becomes of blanks that were read, now that the next character is known. */
static void settle_blank(struct folder *folder, enum char_class next, uint32_t codepoint)
{
    bool percent = codepoint == '%' || codepoint == 0x2030;
    bool melts = (folder->last == CLASS_HAN && is_alphanumeric(next)) ||
                 (is_alphanumeric(folder->last) && next == CLASS_HAN) ||
                 (folder->last == CLASS_DIGIT && percent);
    folder->blank = false;
    if (melts && folder->isolated == ISOLATE_NOTHING)
        return;
    put(folder, ' ', folder->blank_start, folder->blank_end);
    folder->last = CLASS_BLANK;
}

static bool must_part(enum fold_isolation isolation, enum char_class neighbour)
{
    return (isolation != ISOLATE_NOTHING && neighbour == CLASS_DIGIT) ||
           (isolation == ISOLATE_LETTERS && neighbour == CLASS_LETTER);
}

/* What happens between two characters: held blanks are settled, a space parts what must not
 * join. */
static void enter(struct folder *folder, uint32_t entry, uint32_t codepoint, size_t start)
{
    enum char_class next = fold_class(entry);
    enum fold_isolation isolation = fold_isolation(entry);
    if (folder->blank)
        settle_blank(folder, next, codepoint);
    bool superscripts = isolation == ISOLATE_DIGITS && folder->isolated == ISOLATE_DIGITS;
    if (folder->last != CLASS_BLANK && !superscripts &&
        (must_part(isolation, folder->last) || must_part(folder->isolated, next)))
        put(folder, ' ', start, start);
    folder->isolated = isolation;
    folder->last = next;
}

static uint32_t next_entry(const struct folder *folder, size_t *offset, uint32_t *codepoint)
{
    *codepoint = utf8_next_valid(folder->source.data, offset);
    return lexicon_fold(folder->lexicon, *codepoint);
}

/* --- one original character, several normalised ones --- */

static void fold_many(struct folder *folder, uint32_t entry, size_t start)
{
    const struct lexicon *lexicon = folder->lexicon;
    size_t index = fold_value(entry);
    size_t count = index < lexicon->target_count ? lexicon->targets[index] : 0;
    if (count == 0 || count > TARGETS_MAX || count > lexicon->target_count - index - 1 ||
        !reserve(folder->out, 4 * count + ROOM))
        return;

    const uint32_t *targets = lexicon->targets + index + 1;
    enter(folder, entry, targets[0], start);
    size_t offset = folder->out->text.length;
    for (size_t i = 0; i < count; i++)
        put(folder, targets[i], start, folder->at);
    folder->last = unit_class(lexicon_unit(lexicon, targets[count - 1]));
    add_group(folder, offset, false);
}

/* --- characters that depend on a phrase --- */

static bool phrase_goes_on(const struct folder *folder, const uint32_t *rest, size_t count)
{
    size_t offset = folder->at;
    for (size_t i = 0; i < count; i++) {
        if (offset >= folder->source.length)
            return false;
        uint32_t codepoint;
        uint32_t entry = next_entry(folder, &offset, &codepoint);
        bool as_written = rest[i] & PHRASE_AS_WRITTEN;
        if ((as_written ? codepoint : fold_value(entry)) != (rest[i] & ~PHRASE_AS_WRITTEN))
            return false;
    }
    return true;
}

/* Compares with what was written already: the characters before, folded. */
static bool phrase_came_before(const struct folder *folder, const uint32_t *phrase, size_t count)
{
    const struct normalized *out = folder->out;
    size_t at = out->text.length;
    if (folder->blank && count)
        return false;
    while (count--) {
        if (at == 0)
            return false;
        size_t end = at;
        at = utf8_boundary((struct text) { out->text.data, end }, end - 1);
        size_t decode = at;
        if (utf8_next_valid(out->text.data, &decode) != (phrase[count] & ~PHRASE_AS_WRITTEN))
            return false;
    }
    return true;
}

static void fold_phrase(struct folder *folder, uint32_t entry, size_t start)
{
    const struct lexicon *lexicon = folder->lexicon;
    size_t index = fold_value(entry);
    if (index + 2 > lexicon->phrase_count)
        return;
    const uint32_t *item = lexicon->phrases + index;
    const uint32_t *end = lexicon->phrases + lexicon->phrase_count;
    uint32_t count = item[0];
    uint32_t target = item[1];
    bool found = false;
    for (item += 2; count-- && !found && end - item >= 3; item += 3 + item[0]) {
        size_t length = item[0], place = item[1];
        if (length > (size_t)(end - item) - 3 || place >= length)
            break;
        const uint32_t *phrase = item + 3;
        found = phrase_came_before(folder, phrase, place) &&
                phrase_goes_on(folder, phrase + place + 1, length - place - 1);
        if (found)
            target = item[2];
    }
    enter(folder, entry, target, start);
    size_t offset = folder->out->text.length;
    put(folder, target, start, folder->at);
    if (found)
        add_group(folder, offset, true);
}

/* --- Chinese digits --- */

#define NOT_A_DIGIT 10u
#define YEAR_DIGITS 4
#define RUN_MAX 64 /* digits looked at together */

/* 0-9 for 〇○零一..九; NOT_A_DIGIT for anything else. */
static unsigned chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                       0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    if (codepoint == 0x25CB || codepoint == 0x25EF || codepoint == 0x96F6)
        return 0;
    for (unsigned i = 0; i < 10; i++) {
        if (DIGITS[i] == codepoint)
            return i;
    }
    return NOT_A_DIGIT;
}

/* 0, O and their wide forms stand for 〇 in 二OO八 and 二0二四. */
static bool is_makeshift_zero(uint32_t codepoint)
{
    return codepoint == '0' || codepoint == 'O' || codepoint == 'o' || codepoint == 0xFF10 ||
           codepoint == 0xFF2F || codepoint == 0xFF4F;
}

struct digit_run {
    unsigned digits[YEAR_DIGITS]; /* the first ones */
    size_t count;
    bool circle; /* a 〇 or ○ among them */
    bool nonzero;
};

/* Chinese digits from `start` on, with makeshift zeros or without. */
static struct digit_run read_digit_run(const struct folder *folder, size_t start, bool makeshift)
{
    struct digit_run run = { 0 };
    for (size_t at = start; at < folder->source.length && run.count < RUN_MAX; run.count++) {
        uint32_t codepoint = utf8_next_valid(folder->source.data, &at);
        bool zero = makeshift && is_makeshift_zero(codepoint);
        unsigned digit = zero ? 0 : chinese_digit(codepoint);
        if (digit == NOT_A_DIGIT)
            break;
        if (run.count < YEAR_DIGITS)
            run.digits[run.count] = digit;
        run.nonzero |= digit != 0;
        run.circle |= !zero && digit == 0 && codepoint != 0x96F6; /* 零 */
    }
    return run;
}

static bool is_year(const struct digit_run *run)
{
    const unsigned *digits = run->digits;
    return run->count == YEAR_DIGITS &&
           ((digits[0] == 1 && digits[1] >= 8) || (digits[0] == 2 && digits[1] == 0));
}

/* Writes `count` digits as one number. */
static void put_spelled(struct folder *folder, size_t start, size_t count)
{
    /* Arabic digits on either side belong to another number. */
    enter(folder, FOLD_ENTRY(0, FOLD_SINGLE, CLASS_DIGIT, ISOLATE_DIGITS), '0', start);
    size_t offset = folder->out->text.length;
    folder->at = start;
    while (count-- && ensure_room(folder)) {
        start = folder->at;
        uint32_t codepoint = utf8_next_valid(folder->source.data, &folder->at);
        unsigned digit = is_makeshift_zero(codepoint) ? 0 : chinese_digit(codepoint);
        put(folder, '0' + digit, start, folder->at);
    }
    add_group(folder, offset, true);
}

/* Writes `count` digits as the Han characters they are. */
static void put_han_digits(struct folder *folder, size_t start, size_t count)
{
    folder->at = start;
    while (count-- && ensure_room(folder)) {
        uint32_t codepoint;
        start = folder->at;
        uint32_t entry = next_entry(folder, &folder->at, &codepoint);
        enter(folder, entry, fold_value(entry), start);
        put(folder, fold_value(entry), start, folder->at);
    }
}

static void fold_numeral(struct folder *folder, size_t start)
{
    /* Most Chinese digits stand alone: look one character ahead before reading a run. */
    size_t ahead = folder->at;
    uint32_t next = 0;
    if (ahead < folder->source.length)
        next = utf8_next_valid(folder->source.data, &ahead);
    if (is_makeshift_zero(next)) {
        struct digit_run run = read_digit_run(folder, start, true);
        if (is_year(&run) && run.digits[0] == 2) {
            put_spelled(folder, start, run.count);
            return;
        }
    }
    if (chinese_digit(next) == NOT_A_DIGIT) {
        put_han_digits(folder, start, 1);
        return;
    }
    struct digit_run run = read_digit_run(folder, start, false);
    if (is_year(&run) || (run.circle && run.nonzero))
        put_spelled(folder, start, run.count);
    else
        put_han_digits(folder, start, run.count ? run.count : 1);
}

/* --- combining marks --- */

#define CLUSTER_MAX 64 /* source bytes of a character with its marks; a longer one is left apart */

static void fold_mark(struct folder *folder, uint32_t entry, size_t start)
{
    struct normalized *out = folder->out;
    size_t base = out->text.length;
    size_t source = start;
    if (base && !folder->blank && folder->last != CLASS_BREAK && folder->last != CLASS_BLANK) {
        source = out->starts[base - 1];
        while (base && out->starts[base - 1] == source)
            base--;
    }
    utf8proc_uint8_t *composed = NULL;
    size_t length = folder->at - source;
    if (source < start && length <= CLUSTER_MAX)
        utf8proc_map((const utf8proc_uint8_t *)folder->source.data + source,
                     (utf8proc_ssize_t)length, &composed,
                     UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE | UTF8PROC_CASEFOLD |
                         UTF8PROC_IGNORE);
    if (!composed) {
        enter(folder, entry, fold_value(entry), start);
        put(folder, fold_value(entry), start, folder->at);
        return;
    }
    take_back(folder, base);
    size_t bytes = strlen((const char *)composed);
    if (reserve(out, bytes + ROOM)) {
        size_t count = 0;
        for (size_t i = 0; i < bytes; count++)
            put(folder, utf8_next_valid((const char *)composed, &i), source, folder->at);
        if (count > 1)
            add_group(folder, base, false);
    }
    free(composed);
}

/* --- thousands commas --- */

/* The ASCII digit that a code point folds to, or 0. */
static char digit_at(const struct folder *folder, size_t *offset)
{
    if (*offset >= folder->source.length)
        return 0;
    uint32_t codepoint;
    uint32_t entry = next_entry(folder, offset, &codepoint);
    bool digit = fold_is_plain(entry) && fold_class(entry) == CLASS_DIGIT;
    return digit ? (char)fold_value(entry) : 0;
}

/* Bytes of source that a comma before `offset` shares with exactly three digits, else 0. */
static size_t three_digits(const struct folder *folder, size_t offset)
{
    size_t at = offset;
    for (int i = 0; i < 3; i++) {
        if (!digit_at(folder, &at))
            return 0;
    }
    size_t behind = at;
    return digit_at(folder, &behind) ? 0 : at - offset;
}

/* One to three digits at the end of the output that begin a number. */
static size_t leading_digits(const struct folder *folder)
{
    const struct normalized *out = folder->out;
    size_t length = out->text.length, count = 0;
    if (folder->blank || folder->isolated)
        return 0;
    while (count < length && out->text.data[length - 1 - count] >= '0' &&
           out->text.data[length - 1 - count] <= '9')
        count++;
    if (count == 0 || count > 3)
        return 0;
    if (count == length)
        return count;
    unsigned char before = (unsigned char)out->text.data[length - 1 - count];
    bool joined =
        before == '.' || before == ',' || before == '-' || (before >= 'a' && before <= 'z');
    return joined ? 0 : count;
}

static void fold_comma(struct folder *folder, uint32_t entry, size_t start)
{
    struct normalized *out = folder->out;
    size_t leading = three_digits(folder, folder->at) ? leading_digits(folder) : 0;
    bool wide_comma = folder->at - start > 1;
    /* ，is a thousands comma among wide digits only; otherwise it ends a clause. */
    if (leading && wide_comma != (folder->source.data[out->starts[out->text.length - 1]] < 0))
        leading = 0;
    if (!leading) {
        enter(folder, entry, ',', start);
        put(folder, ',', start, folder->at);
        return;
    }

    size_t group = out->text.length - leading;
    size_t comma = folder->at - start;
    do {
        for (int i = 0; i < 3 && ensure_room(folder); i++) {
            size_t from = folder->at;
            char digit = digit_at(folder, &folder->at);
            put(folder, (uint32_t)digit, from, folder->at);
        }
        start = folder->at;
        if (folder->source.length - start <= comma ||
            memcmp(folder->source.data + start, wide_comma ? "，" : ",", comma) != 0)
            break;
        folder->at += comma;
    } while (three_digits(folder, folder->at));
    folder->at = start;
    add_group(folder, group, true);
}

/* --- the pass --- */

static void fold_special(struct folder *folder, uint32_t entry, size_t start)
{
    switch (fold_action(entry)) {
    case FOLD_DROP:
        return;
    case FOLD_MANY:
        fold_many(folder, entry, start);
        return;
    case FOLD_PHRASE:
        fold_phrase(folder, entry, start);
        return;
    case FOLD_NUMERAL:
        fold_numeral(folder, start);
        return;
    case FOLD_MARK:
        fold_mark(folder, entry, start);
        return;
    case FOLD_COMMA:
        fold_comma(folder, entry, start);
        return;
    case FOLD_SINGLE:
        break;
    }
    enter(folder, entry, fold_value(entry), start);
    put(folder, fold_value(entry), start, folder->at);
}

static void hold_blank(struct folder *folder, size_t start)
{
    if (!folder->blank) {
        folder->blank = true;
        folder->blank_start = (uint32_t)start;
    }
    folder->blank_end = (uint32_t)folder->at;
}

static void fold_all(struct folder *folder)
{
    const struct lexicon *lexicon = folder->lexicon;
    const char *data = folder->source.data;
    while (folder->at < folder->source.length && ensure_room(folder)) {
        size_t start = folder->at;
        uint32_t codepoint = utf8_next_valid(data, &folder->at);
        uint32_t entry = lexicon_fold(lexicon, codepoint);
        enum char_class class = fold_class(entry);
        if (!fold_is_plain(entry)) {
            fold_special(folder, entry, start);
        } else if (class == CLASS_BLANK) {
            hold_blank(folder, start);
        } else {
            if (folder->blank || folder->isolated)
                enter(folder, entry, fold_value(entry), start);
            folder->last = class;
            put(folder, fold_value(entry), start, folder->at);
        }
    }
    if (folder->blank && ensure_room(folder))
        put(folder, ' ', folder->blank_start, folder->blank_end);
}

enum status normalizer_run(const struct lexicon *lexicon, struct text text, struct normalized *out,
                           struct error *error)
{
    buffer_clear(&out->text);
    out->group_count = 0;
    if (text.length > TEXT_MAX)
        return error_set(error, STATUS_LIMIT, "text is longer than %zu bytes", TEXT_MAX);

    struct folder folder = { .lexicon = lexicon, .source = text, .out = out, .last = CLASS_BREAK };
    if (reserve(out, text.length + 2 * ROOM))
        fold_all(&folder);
    if (out->text.data)
        out->text.data[out->text.length] = '\0';
    return buffer_status(&out->text, error);
}

enum status normalizer_fold(const struct lexicon *lexicon, struct text text, struct buffer *out,
                            struct error *error)
{
    struct normalized normalized;
    normalized_init(&normalized);
    enum status status = normalizer_run(lexicon, text, &normalized, error);
    if (!status) {
        buffer_append(out, buffer_text(&normalized.text));
        status = buffer_status(out, error);
    }
    normalized_release(&normalized);
    return status;
}

void normalized_source(const struct normalized *normalized, size_t start, size_t length,
                       uint32_t *source_offset, uint32_t *source_length)
{
    if (length == 0 || start + length > normalized->text.length) {
        *source_offset = *source_length = 0;
        return;
    }
    *source_offset = normalized->starts[start];
    *source_length = normalized->ends[start + length - 1] - normalized->starts[start];
}
