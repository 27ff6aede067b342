/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text is cut into runs of Han characters, digits and letters. A run is a row of units: one Han
 * character each, or one atom (37.46%, rcep, pm2.5), which no word boundary divides. Over the
 * units goes the forward pass of Viterbi's algorithm, straight on the trie: the lattice is never
 * written down, each position keeps its best cost and where the word that reached it began. */
#include "indexer/analysis/segmenter.h"

#include "indexer/analysis/lexicon_format.h"

/* Costs are -ln p, as in the lexicon. */
#define COST(nats) ((uint32_t)((nats)*COST_SCALE))
#define COST_UNKNOWN COST(20) /* a Han character that is no listed word */
#define COST_ATOM COST(9)
#define COST_NUMERAL COST(11)   /* a Chinese number of any length */
#define COST_SUFFIX COST(1)     /* 年 月 日 or 万 亿 joined to digits */
#define COST_DERIVED COST(6)    /* 率 性 化 joined to a word of two characters */
#define COST_NAME COST(10)      /* a person, and one of some hundred surnames */
#define COST_SHORT_NAME COST(4) /* more for one character behind it */
#define COST_FOREIGN COST(10)   /* a foreign name, ... */
#define COST_SYLLABLE COST(4.8) /* ... and one of some hundred characters that spell it */
#define GAIN_BOUND COST(.4)     /* for each level by which two unlisted neighbours are bound */
#define COST_INFINITE UINT32_MAX

#define ORDINAL 0x7B2C /* 第 */
#define UNITS_MAX 1024
#define OVERLAP 64     /* units at the end of a full row that are cut again with what follows */
#define BOUND_ENOUGH 4 /* levels of two characters together */
#define FOREIGN_LEAST 3
#define FOREIGN_MOST 8
#define STEP_NAME 1u /* entry of a step that relax_name made; no listed word's is this low */

enum unit_kind { UNIT_HAN, UNIT_NUMBER, UNIT_WORDLIKE };

struct row {
    size_t count;
    uint32_t offsets[UNITS_MAX + 1]; /* bytes into the text */
    uint32_t codes[UNITS_MAX];       /* for the trie; 0 for atoms of several characters */
    uint32_t characters[UNITS_MAX];  /* code point of a Han character */
    uint8_t kinds[UNITS_MAX];
    uint32_t roles[UNITS_MAX]; /* the whole unit: its roles and given-name cost */
    uint32_t costs[UNITS_MAX + 1];
    uint16_t begins[UNITS_MAX + 1];  /* unit where the best word that ends here begins */
    uint16_t entries[UNITS_MAX + 1]; /* what the lexicon says of it; 0: not from there */
    bool full;                       /* the run goes on behind the row */
};

struct cutter {
    const struct lexicon *lexicon;
    struct text text;
    size_t at;
    struct arena *arena;
    struct word_list words;
    bool own; /* look for the user's own words, too */
    bool failed;
};

static struct word *add_word(struct cutter *cutter, size_t start, size_t end, enum token_kind kind)
{
    struct word_list *words = &cutter->words;
    if (words->count == words->capacity && !arena_grow(cutter->arena, &words->words, words->count,
                                                       &words->capacity, sizeof(*words->words))) {
        cutter->failed = true;
        return NULL;
    }
    words->words[words->count] = (struct word) { .offset = (uint32_t)start,
                                                 .length = (uint32_t)(end - start),
                                                 .kind = kind };
    return &words->words[words->count++];
}

/* --- atoms --- */

static bool is_digit_at(struct text text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* "3.2024年": the point ends an item's number, it does not divide a decimal. */
static bool starts_year(struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length - at);
    if (rest.length < 4 + 3 || (rest.data[0] != '1' && rest.data[0] != '2'))
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (!is_digit_at(rest, i))
            return false;
    }
    return memcmp(rest.data + 4, "年", 3) == 0;
}

static bool is_alphanumeric_at(const struct cutter *cutter, size_t at)
{
    if (at >= cutter->text.length)
        return false;
    uint32_t codepoint = utf8_next_valid(cutter->text.data, &at);
    enum char_class class = unit_class(lexicon_unit(cutter->lexicon, codepoint));
    return class == CLASS_DIGIT || class == CLASS_LETTER;
}

/* End of the atom that starts at `start`. *number: digits with points and a percent sign. */
static size_t scan_atom(const struct cutter *cutter, size_t start, bool *number)
{
    struct text text = cutter->text;
    size_t at = start;
    bool digit = false;
    *number = true;
    while (at < text.length) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        enum char_class class = unit_class(lexicon_unit(cutter->lexicon, codepoint));
        if (class == CLASS_DIGIT) {
            digit = true;
        } else if (class == CLASS_LETTER) {
            digit = *number = false;
        } else if (codepoint == '.' && digit && is_digit_at(text, next) &&
                   !(*number && starts_year(text, next))) { /* NOLINT: a row a rule */
            digit = false;
        } else if (codepoint == '-' && at > start && is_alphanumeric_at(cutter, next) &&
                   (!*number || is_digit_at(text, next))) {
            digit = false;
        } else {
            break;
        }
        at = next;
    }
    if (digit && at < text.length) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        if (codepoint == '%' || codepoint == 0x2030)
            at = next;
    }
    return at;
}

/* --- the row --- */

static void add_unit(struct row *row, uint32_t codepoint, uint32_t unit, enum unit_kind kind)
{
    size_t i = row->count++;
    row->codes[i] = unit_code(unit);
    row->characters[i] = codepoint;
    row->kinds[i] = (uint8_t)kind;
    row->roles[i] = unit;
}

/* Collects units from cutter->at until the run or the row ends. */
static void read_row(struct cutter *cutter, struct row *row)
{
    const struct lexicon *lexicon = cutter->lexicon;
    struct text text = cutter->text;
    size_t at = cutter->at;
    row->count = 0;
    row->full = false;
    while (at < text.length) {
        size_t next = at;
        uint32_t codepoint = utf8_next_valid(text.data, &next);
        uint32_t unit = lexicon_unit(lexicon, codepoint);
        enum char_class class = unit_class(unit);
        if (class != CLASS_HAN && class != CLASS_DIGIT && class != CLASS_LETTER)
            break;
        if (row->count == UNITS_MAX) {
            row->full = true;
            break;
        }
        row->offsets[row->count] = (uint32_t)at;
        if (class == CLASS_HAN) {
            add_unit(row, codepoint, unit, UNIT_HAN);
        } else {
            size_t one = next;
            bool number;
            next = scan_atom(cutter, at, &number);
            add_unit(row, 0, next == one ? unit : 0, number ? UNIT_NUMBER : UNIT_WORDLIKE);
        }
        at = next;
    }
    row->offsets[row->count] = (uint32_t)at;
}

static inline void relax_listed(struct row *row, size_t from, size_t to, uint32_t cost,
                                uint32_t entry)
{
    if (cost < row->costs[to]) {
        row->costs[to] = cost;
        row->begins[to] = (uint16_t)from;
        row->entries[to] = (uint16_t)entry;
    }
}

static inline void relax(struct row *row, size_t from, size_t to, uint32_t cost)
{
    relax_listed(row, from, to, cost, 0);
}

/* Value of a number of at most four digits, else UINT32_MAX. */
static uint32_t small_number(const struct cutter *cutter, const struct row *row, size_t i)
{
    size_t start = row->offsets[i], end = row->offsets[i + 1];
    uint32_t value = 0;
    if (end - start > 4)
        return UINT32_MAX;
    for (size_t at = start; at < end; at++) {
        if (!is_digit_at(cutter->text, at))
            return UINT32_MAX;
        value = 10 * value + (uint32_t)(cutter->text.data[at] - '0');
    }
    return value;
}

#define HOUR 0x65F6   /* 时 */
#define MINUTE 0x5206 /* 分 */
#define MONTH 0x6708  /* 月 */
#define DAY 0x65E5    /* 日 */

/* 2025年 6月 8日 are one word each, and 9时 30分; 3年 and 30年 are a number and a unit. */
static bool joins_date(const struct cutter *cutter, const struct row *row, size_t i)
{
    size_t digits = row->offsets[i + 1] - row->offsets[i];
    uint32_t value = small_number(cutter, row, i);
    switch (row->characters[i + 1]) {
    case 0x5E74: /* 年 */
        return (digits == 4 && value >= 1000 && value < 3000) || (digits == 2 && value < 10) ||
               (digits == 2 && value > 70 && value < 100 && value % 10);
    case MONTH:
        return value >= 1 && value <= 12;
    case DAY:
        return value >= 1 && value <= 31;
    case HOUR:
        return value <= 24;
    case MINUTE:
        return value < 60 && i && row->characters[i - 1] == HOUR;
    default:
        return false;
    }
}

static bool is_about(uint32_t codepoint)
{
    return codepoint == 0x4F59 || codepoint == 0x591A; /* 余 多 */
}

/* 万 亿, but not the 千 of 千米 and 千瓦. */
static size_t skip_scales(const struct row *row, size_t end)
{
    while (end < row->count && row->kinds[end] == UNIT_HAN && (row->roles[end] & UNIT_SCALE)) {
        uint32_t next = end + 1 < row->count ? row->characters[end + 1] : 0;
        bool unit = next == 0x7C73 || next == 0x74E6 || next == 0x514B; /* 米 瓦 克 */
        if (unit && row->characters[end] == 0x5343)
            break;
        end++;
    }
    return end;
}

static void relax_number(const struct cutter *cutter, struct row *row, size_t i)
{
    size_t end = i + 1;
    if (end < row->count && row->kinds[end] == UNIT_HAN && joins_date(cutter, row, i))
        relax(row, i, end + 1, row->costs[i] + COST_ATOM + COST_SUFFIX);
    end = skip_scales(row, end);
    if (end > i + 1)
        relax(row, i, end, row->costs[i] + COST_ATOM + COST_SUFFIX);
    if (end < row->count && is_about(row->characters[end]))
        relax(row, i, skip_scales(row, end + 1), row->costs[i] + COST_ATOM + 2 * COST_SUFFIX);
}

/* Value of 九, 十五 or 三十一; 0: of another form. */
static unsigned spelled_value(const struct row *row, size_t from, size_t to)
{
    static const uint16_t DIGITS[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D };
    unsigned value = 0, last = 0;
    for (size_t i = from; i < to && to - from <= 3; i++) {
        unsigned digit = 0;
        while (digit < 9 && DIGITS[digit] != row->characters[i])
            digit++;
        if (row->characters[i] == 0x5341 && value == 0) /* 十 */
            value = 10 * (last ? last : 1), last = 0;
        else if (digit < 9 && !last)
            last = digit + 1;
        else
            return 0;
    }
    return value + last;
}

/* 十二月 三十一日, 九时 三十分: as joins_date, but 三日 may be three days. */
static bool joins_spelled_date(const struct row *row, size_t from, size_t to)
{
    unsigned value = spelled_value(row, from, to);
    uint32_t before = from ? row->characters[from - 1] : 0;
    switch (row->characters[to]) {
    case MONTH:
        return value >= 1 && value <= 12;
    case DAY:
        return value >= 1 && value <= 31 && (to - from > 1 || before == MONTH);
    case HOUR:
        return value >= 1 && value <= 24;
    case MINUTE:
        return value >= 1 && value < 60 && before == HOUR;
    default:
        return false;
    }
}

static size_t skip_numerals(const struct row *row, size_t at)
{
    while (at < row->count && (row->roles[at] & UNIT_NUMERAL))
        at++;
    return at;
}

/* 三 of 三分之二 ends at `end`: where the fraction does, or `end` itself. 百分之八点五 too. */
static size_t fraction_end(const struct row *row, size_t end)
{
    if (end + 2 >= row->count || row->characters[end] != MINUTE ||
        row->characters[end + 1] != 0x4E4B) /* 之 */
        return end;
    size_t last = skip_numerals(row, end + 2);
    if (last == end + 2)
        return end;
    size_t decimals = last + 1;
    if (last < row->count && row->characters[last] == 0x70B9) /* 点 */
        decimals = skip_numerals(row, last + 1);
    return decimals > last + 1 ? decimals : last;
}

/* 一百二十三, 三十余, 第十五, 第13, 三分之二 */
static void relax_numeral(struct row *row, size_t i)
{
    size_t end = i;
    if (row->characters[i] == ORDINAL)
        end++;
    if (end > i && end < row->count && row->kinds[end] == UNIT_NUMBER) {
        relax(row, i, end + 1, row->costs[i] + COST_ATOM + COST_SUFFIX);
        return;
    }
    end = skip_numerals(row, end);
    if (end > i + 1)
        relax(row, i, end, row->costs[i] + COST_NUMERAL);
    if (end > i && end < row->count && (row->roles[end - 1] & UNIT_SCALE) &&
        is_about(row->characters[end]))
        relax(row, i, skip_scales(row, end + 1), row->costs[i] + COST_NUMERAL + COST_SUFFIX);
    size_t fraction = end > i ? fraction_end(row, end) : end;
    if (fraction > end)
        relax(row, i, fraction, row->costs[i] + COST_NUMERAL);
    if (end > i && end < row->count && joins_spelled_date(row, i, end))
        relax(row, i, end + 1, row->costs[i] + COST_NUMERAL + COST_SUFFIX);
}

/* Cost of the word of this one character; COST_UNKNOWN when it is none. */
static uint32_t single_cost(const struct lexicon *lexicon, uint32_t code)
{
    uint32_t node = 0;
    if (!code || !lexicon_step(lexicon, &node, code) || !node_word(lexicon->nodes[node]))
        return COST_UNKNOWN;
    return word_cost(node_word(lexicon->nodes[node]));
}

/* 派单, 互认: two characters that hardly ever stand alone are a word that no list has. It costs a
 * little less than the two, so that it wins against nothing else. */
static void relax_pair(const struct lexicon *lexicon, struct row *row, size_t i)
{
    if (i + 1 == row->count)
        return;
    uint32_t first = unit_bound(row->roles[i]), second = unit_bound(row->roles[i + 1]);
    if (!first || !second || first + second < BOUND_ENOUGH)
        return;
    uint32_t apart = single_cost(lexicon, row->codes[i]) + single_cost(lexicon, row->codes[i + 1]);
    relax(row, i, i + 2, row->costs[i] + apart - (first + second) * GAIN_BOUND);
}

/* 沃勒拜克: three or more characters that spell foreign names. */
static void relax_foreign(struct row *row, size_t i)
{
    uint32_t cost = row->costs[i] + COST_FOREIGN;
    for (size_t end = i; end < row->count && end < i + FOREIGN_MOST; end++) {
        if (!(row->roles[end] & UNIT_FOREIGN))
            return;
        cost += COST_SYLLABLE;
        if (end + 1 >= i + FOREIGN_LEAST)
            relax(row, i, end + 1, cost);
    }
}

static void relax_words(const struct lexicon *lexicon, struct row *row, size_t i)
{
    uint32_t cost = row->costs[i];
    uint32_t node = 0;
    for (size_t end = i; end < row->count; end++) {
        uint32_t code = row->codes[end];
        if (!code || !lexicon_step(lexicon, &node, code))
            return;
        uint32_t word = node_word(lexicon->nodes[node]);
        if (!word)
            continue;
        relax_listed(row, i, end + 1, cost + word_cost(word), word);
        /* 签约率: a word that no list can hold, made by rule from one that it does. */
        if (end == i + 1 && end + 1 < row->count && (row->roles[end + 1] & UNIT_SUFFIX))
            relax(row, i, end + 2, cost + word_cost(word) + COST_DERIVED);
    }
}

/* The user's own words go by bytes, for they may hold atoms. */
static void relax_own_words(const struct cutter *cutter, struct row *row, size_t i)
{
    uint32_t node = 0;
    for (size_t end = i; end < row->count; end++) {
        const char *data = cutter->text.data;
        if (!own_step(cutter->lexicon, &node, data + row->offsets[end],
                      data + row->offsets[end + 1]))
            return;
        uint32_t word = node_word(cutter->lexicon->own_nodes[node]);
        if (word)
            relax(row, i, end + 1, row->costs[i] + word_cost(word));
    }
}

/* A person who is in no list. */
static void relax_name(struct row *row, size_t i)
{
    size_t second = i + 1, third = i + 2;
    uint32_t given = second < row->count ? unit_given(row->roles[second]) : 0;
    if (!given)
        return;
    uint32_t cost = row->costs[i] + COST_NAME + given * (COST_SCALE / GIVEN_SCALE);
    relax_listed(row, i, second + 1, cost + COST_SHORT_NAME, STEP_NAME);
    given = third < row->count ? unit_given(row->roles[third]) : 0;
    if (given)
        relax_listed(row, i, third + 1, cost + given * (COST_SCALE / GIVEN_SCALE), STEP_NAME);
}

static void find_path(const struct cutter *cutter, struct row *row)
{
    row->costs[0] = 0;
    for (size_t i = 1; i <= row->count; i++)
        row->costs[i] = COST_INFINITE;
    for (size_t i = 0; i < row->count; i++) {
        bool han = row->kinds[i] == UNIT_HAN;
        relax(row, i, i + 1, row->costs[i] + (han ? COST_UNKNOWN : COST_ATOM));
        relax_words(cutter->lexicon, row, i);
        if (cutter->own)
            relax_own_words(cutter, row, i);
        if (row->kinds[i] == UNIT_NUMBER)
            relax_number(cutter, row, i);
        else if ((row->roles[i] & UNIT_NUMERAL) || row->characters[i] == ORDINAL)
            relax_numeral(row, i);
        if (row->roles[i] & UNIT_SURNAME)
            relax_name(row, i);
        if (row->roles[i] & UNIT_FOREIGN)
            relax_foreign(row, i);
        if (unit_bound(row->roles[i]))
            relax_pair(cutter->lexicon, row, i);
    }
}

/* An own word of several units, whatever they are. */
static bool is_own(const struct cutter *cutter, const struct row *row, size_t from, size_t to)
{
    return cutter->own && to > from + 1 &&
           lexicon_is_own(cutter->lexicon, text_slice(cutter->text, row->offsets[from],
                                                      row->offsets[to] - row->offsets[from]));
}

static enum token_kind kind_of(const struct cutter *cutter, const struct row *row, size_t from,
                               size_t to)
{
    if (row->kinds[from] != UNIT_HAN && is_own(cutter, row, from, to))
        return TOKEN_WORD;
    bool ordinal = to == from + 2 && row->characters[from] == ORDINAL;
    if (row->kinds[from] == UNIT_NUMBER || (ordinal && row->kinds[from + 1] == UNIT_NUMBER))
        return TOKEN_NUMBER;
    return row->kinds[from] == UNIT_WORDLIKE && to == from + 1 ? TOKEN_LATIN : TOKEN_WORD;
}

/* Writes the best path's words; of a full row only those that what follows cannot change. */
static void emit_path(struct cutter *cutter, struct row *row)
{
    uint16_t ends[UNITS_MAX + 1];
    size_t count = 0;
    for (size_t end = row->count; end > 0; end = row->begins[end])
        ends[count++] = (uint16_t)end;

    size_t from = 0;
    while (count--) {
        size_t to = ends[count]; /* cppcheck-suppress uninitvar ; the loop above wrote all of them */
        if (row->full && from && to > UNITS_MAX - OVERLAP)
            break;
        struct word *word =
            add_word(cutter, row->offsets[from], row->offsets[to], kind_of(cutter, row, from, to));
        uint32_t entry = row->entries[to];
        if (word && (entry == STEP_NAME || (entry & WORD_PERSON)))
            word->surname = (uint16_t)(row->offsets[from + 1] - row->offsets[from]);
        else if (word)
            word->entry = (uint16_t)(entry & ~(uint32_t)COST_MAX);
        from = to;
    }
    cutter->at = row->offsets[from];
}

static enum status cut(const struct lexicon *lexicon, struct text text, bool own,
                       struct arena *scratch, struct word_list *words, struct error *error)
{
    struct row row;
    struct cutter cutter = {
        .lexicon = lexicon, .text = text, .arena = scratch, .words = *words, .own = own
    };
    cutter.words.count = 0;
    while (cutter.at < text.length && !cutter.failed) {
        read_row(&cutter, &row);
        if (row.count) {
            find_path(&cutter, &row);
            emit_path(&cutter, &row);
        } else {
            size_t start = cutter.at;
            utf8_next_valid(text.data, &cutter.at);
            add_word(&cutter, start, cutter.at, TOKEN_CHARACTER);
        }
    }
    if (cutter.failed)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    *words = cutter.words;
    return STATUS_OK;
}

enum status segmenter_cut(const struct lexicon *lexicon, struct text text, struct arena *scratch,
                          struct word_list *words, struct error *error)
{
    return cut(lexicon, text, lexicon->own_nodes, scratch, words, error);
}

enum status segmenter_cut_plain(const struct lexicon *lexicon, struct text text,
                                struct arena *scratch, struct word_list *words, struct error *error)
{
    return cut(lexicon, text, false, scratch, words, error);
}
