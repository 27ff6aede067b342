/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NFKC_Casefold of every code point through utf8proc, then CJK Radicals Supplement and OpenCC's
 * traditional characters on its result, then the few characters with a rule of their own. */
#include "indexer/analysis/char_tables.h"

#include <stdlib.h>
#include <utf8proc.h>

#define CODEPOINTS 0x110000u
#define TARGETS_MAX 32 /* code points that one becomes; the longest has 18 */

struct building {
    struct arena *arena;
    struct char_tables *tables;
    uint32_t *simplified; /* per code point: OpenCC's character, or itself */
};

/* CJK Radicals Supplement: NFKC keeps them, PDF text is full of them (Unihan kRSUnicode and the
 * character names; variants of one radical go to the character that modern text uses). */
static const struct {
    uint16_t radical;
    uint16_t character;
} RADICALS[] = {
    { 0x2E81, 0x5382 }, { 0x2E83, 0x4E5A }, { 0x2E84, 0x4E59 }, { 0x2E85, 0x4EBB },
    { 0x2E86, 0x5182 }, { 0x2E88, 0x5200 }, { 0x2E89, 0x5202 }, { 0x2E8A, 0x535C },
    { 0x2E8B, 0x5369 }, { 0x2E8C, 0x5C0F }, { 0x2E8D, 0x5C0F }, { 0x2E8E, 0x5140 },
    { 0x2E8F, 0x5C22 }, { 0x2E90, 0x5C22 }, { 0x2E92, 0x5DF3 }, { 0x2E93, 0x5E7A },
    { 0x2E94, 0x5F51 }, { 0x2E95, 0x5F50 }, { 0x2E96, 0x5FC4 }, { 0x2E97, 0x5FC3 },
    { 0x2E98, 0x624C }, { 0x2E99, 0x6535 }, { 0x2E9B, 0x65E1 }, { 0x2E9C, 0x65E5 },
    { 0x2E9D, 0x6708 }, { 0x2E9E, 0x6B7A }, { 0x2E9F, 0x6BCD }, { 0x2EA0, 0x6C11 },
    { 0x2EA1, 0x6C35 }, { 0x2EA2, 0x6C3A }, { 0x2EA3, 0x706C }, { 0x2EA4, 0x722B },
    { 0x2EA5, 0x722B }, { 0x2EA6, 0x4E2C }, { 0x2EA7, 0x725B }, { 0x2EA8, 0x72AD },
    { 0x2EA9, 0x738B }, { 0x2EAA, 0x758B }, { 0x2EAB, 0x76EE }, { 0x2EAC, 0x793A },
    { 0x2EAD, 0x793B }, { 0x2EAE, 0x7AF9 }, { 0x2EAF, 0x7CF9 }, { 0x2EB0, 0x7E9F },
    { 0x2EB1, 0x7F53 }, { 0x2EB2, 0x7F52 }, { 0x2EB3, 0x34C1 }, { 0x2EB4, 0x5197 },
    { 0x2EB6, 0x7F8A }, { 0x2EB7, 0x7F8A }, { 0x2EB8, 0x7F8A }, { 0x2EB9, 0x8002 },
    { 0x2EBA, 0x8080 }, { 0x2EBB, 0x807F }, { 0x2EBC, 0x8089 }, { 0x2EBD, 0x81FC },
    { 0x2EBE, 0x8279 }, { 0x2EBF, 0x8279 }, { 0x2EC0, 0x8279 }, { 0x2EC1, 0x864E },
    { 0x2EC2, 0x8864 }, { 0x2EC3, 0x8980 }, { 0x2EC4, 0x897F }, { 0x2EC5, 0x89C1 },
    { 0x2EC6, 0x89D2 }, { 0x2EC7, 0x89D2 }, { 0x2EC8, 0x8BA0 }, { 0x2EC9, 0x8D1D },
    { 0x2ECA, 0x8DB3 }, { 0x2ECB, 0x8F66 }, { 0x2ECC, 0x8FB6 }, { 0x2ECD, 0x8FB6 },
    { 0x2ECE, 0x8FB6 }, { 0x2ECF, 0x9091 }, { 0x2ED0, 0x9485 }, { 0x2ED1, 0x957F },
    { 0x2ED2, 0x957F }, { 0x2ED3, 0x957F }, { 0x2ED4, 0x95E8 }, { 0x2ED6, 0x961D },
    { 0x2ED7, 0x96E8 }, { 0x2ED8, 0x9752 }, { 0x2ED9, 0x97E6 }, { 0x2EDA, 0x9875 },
    { 0x2EDB, 0x98CE }, { 0x2EDC, 0x98DE }, { 0x2EDD, 0x98DF }, { 0x2EDE, 0x98DF },
    { 0x2EDF, 0x98E0 }, { 0x2EE0, 0x9963 }, { 0x2EE1, 0x9996 }, { 0x2EE2, 0x9A6C },
    { 0x2EE3, 0x9AA8 }, { 0x2EE4, 0x9B3C }, { 0x2EE5, 0x9C7C }, { 0x2EE6, 0x9E1F },
    { 0x2EE7, 0x5364 }, { 0x2EE8, 0x9EA6 }, { 0x2EE9, 0x9EC4 }, { 0x2EEA, 0x9EFE },
    { 0x2EEB, 0x6589 }, { 0x2EEC, 0x9F50 }, { 0x2EED, 0x6B6F }, { 0x2EEE, 0x9F7F },
    { 0x2EEF, 0x7ADC }, { 0x2EF0, 0x9F99 }, { 0x2EF1, 0x9F9C }, { 0x2EF2, 0x4E80 },
    { 0x2EF3, 0x9F9F },
};

static bool is_blank(uint32_t codepoint)
{
    return codepoint == ' ' ||
           utf8proc_category((utf8proc_int32_t)codepoint) == UTF8PROC_CATEGORY_ZS;
}

static bool is_break(uint32_t codepoint)
{
    return (codepoint >= '\t' && codepoint <= '\r') || codepoint == 0x85 || codepoint == 0x2028 ||
           codepoint == 0x2029;
}

static enum char_class class_of(uint32_t codepoint)
{
    if (codepoint >= '0' && codepoint <= '9')
        return CLASS_DIGIT;
    if (utf8_is_han(codepoint))
        return CLASS_HAN;
    if (is_break(codepoint))
        return CLASS_BREAK;
    if (is_blank(codepoint))
        return CLASS_BLANK;
    switch (utf8proc_category((utf8proc_int32_t)codepoint)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return CLASS_LETTER;
    default:
        return CLASS_OTHER;
    }
}

/* Superscripts join a unit (m²) and never a number; circled and bracketed numbers and letters,
 * fractions and squared units stand apart from both. */
static enum fold_isolation isolation_of(uint32_t codepoint)
{
    if (codepoint == 0xB2 || codepoint == 0xB3 || codepoint == 0xB9 ||
        (codepoint >= 0x2070 && codepoint <= 0x209C))
        return ISOLATE_DIGITS;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)codepoint);
    bool number = property->category == UTF8PROC_CATEGORY_NO;
    bool enclosed = property->decomp_type == UTF8PROC_DECOMP_TYPE_CIRCLE ||
                    property->decomp_type == UTF8PROC_DECOMP_TYPE_SQUARE ||
                    property->decomp_type == UTF8PROC_DECOMP_TYPE_FRACTION;
    return number || enclosed ? ISOLATE_LETTERS : ISOLATE_NOTHING;
}

static uint32_t after_radicals(const struct building *building, uint32_t codepoint)
{
    for (size_t i = 0; i < sizeof(RADICALS) / sizeof(RADICALS[0]); i++) {
        if (RADICALS[i].radical == codepoint)
            codepoint = RADICALS[i].character;
    }
    return codepoint < CODEPOINTS ? building->simplified[codepoint] : codepoint;
}

/* NFKC_Casefold, then Han variants. Returns how many code points; 0: it disappears. */
static size_t fold_codepoint(const struct building *building, uint32_t codepoint,
                             utf8proc_int32_t out[TARGETS_MAX])
{
    if (codepoint >= 0xD800 && codepoint < 0xE000) { /* never in UTF-8 */
        out[0] = (utf8proc_int32_t)codepoint;
        return 1;
    }
    char bytes[5] = { 0 };
    size_t length = utf8_encode(codepoint, bytes);
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t mapped_length = utf8proc_map(
        (const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &mapped,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    size_t count = 0;
    if (mapped_length < 0 || is_break(codepoint)) { /* a line end stays what it is */
        out[count++] = (utf8proc_int32_t)codepoint;
    } else {
        for (size_t i = 0; i < (size_t)mapped_length && count < TARGETS_MAX;)
            out[count++] = (utf8proc_int32_t)after_radicals(
                building, utf8_next_valid((const char *)mapped, &i));
    }
    free(mapped);
    return count;
}

static bool append_word(struct building *building, uint32_t **words, size_t *count,
                        size_t *capacity, uint32_t word)
{
    if (!arena_grow(building->arena, words, *count, capacity, sizeof(**words)))
        return false;
    (*words)[(*count)++] = word;
    return true;
}

static bool append_target(struct building *building, uint32_t word)
{
    struct char_tables *tables = building->tables;
    return append_word(building, &tables->targets, &tables->target_count, &tables->target_capacity,
                       word);
}

static bool append_phrase(struct building *building, uint32_t word)
{
    struct char_tables *tables = building->tables;
    return append_word(building, &tables->phrases, &tables->phrase_count, &tables->phrase_capacity,
                       word);
}

static bool is_chinese_digit(uint32_t codepoint)
{
    static const uint32_t DIGITS[] = { 0x3007, 0x25CB, 0x25EF, 0x96F6, 0x4E00, 0x4E8C, 0x4E09,
                                       0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    for (size_t i = 0; i < sizeof(DIGITS) / sizeof(DIGITS[0]); i++) {
        if (DIGITS[i] == codepoint)
            return true;
    }
    return false;
}

/* Marks that a character before them may absorb: those that have a combining class, and the
 * vowels and finals of Hangul syllables written in pieces. */
static bool is_mark(uint32_t codepoint)
{
    return utf8proc_get_property((utf8proc_int32_t)codepoint)->combining_class != 0 ||
           (codepoint >= 0x1160 && codepoint <= 0x11FF) || codepoint == 0xFF9E ||
           codepoint == 0xFF9F;
}

static uint32_t single_entry(uint32_t codepoint, uint32_t target)
{
    enum fold_action action = FOLD_SINGLE;
    if (is_chinese_digit(codepoint)) {
        action = FOLD_NUMERAL;
        if (target == 0x25CB || target == 0x25EF) /* ○ drawn for 〇 */
            target = 0x3007;
    } else if (is_mark(codepoint)) {
        action = FOLD_MARK;
    } else if (target == ',') {
        action = FOLD_COMMA;
    }
    return FOLD_ENTRY(target, action, class_of(target), isolation_of(codepoint));
}

static bool add_codepoint(struct building *building, uint32_t codepoint)
{
    utf8proc_int32_t targets[TARGETS_MAX];
    size_t count = fold_codepoint(building, codepoint, targets);
    uint32_t entry;
    if (count == 0) {
        entry = FOLD_ENTRY(0, FOLD_DROP, CLASS_OTHER, ISOLATE_NOTHING);
    } else if (count == 1 || is_blank((uint32_t)targets[0])) { /* ´ and its kin are blank + mark */
        entry = single_entry(codepoint, count == 1 ? (uint32_t)targets[0] : codepoint);
    } else {
        struct char_tables *tables = building->tables;
        entry = FOLD_ENTRY(tables->target_count, FOLD_MANY, class_of((uint32_t)targets[0]),
                           isolation_of(codepoint));
        bool stored = append_target(building, (uint32_t)count);
        for (size_t i = 0; i < count; i++)
            stored = stored && append_target(building, (uint32_t)targets[i]);
        if (!stored)
            return false;
    }
    if (codepoint < 0x10000) {
        building->tables->fold[codepoint] = entry;
        return true;
    }
    if (entry == FOLD_ENTRY(codepoint, FOLD_SINGLE,
                            utf8_is_han(codepoint) ? CLASS_HAN : CLASS_OTHER, ISOLATE_NOTHING))
        return true;
    struct char_tables *tables = building->tables;
    if (!arena_grow(building->arena, &tables->astral, tables->astral_count,
                    &tables->astral_capacity, sizeof(*tables->astral)))
        return false;
    tables->astral[tables->astral_count++] = (struct astral_fold) { codepoint, entry };
    return true;
}

/* --- OpenCC --- */

/* The key and the first value of "key TAB value value..."; false at an empty or odd line. */
static bool split_line(struct text line, struct text *key, struct text *value)
{
    line = text_trim(line);
    if (line.length == 0 || line.data[0] == '#' || !text_split(&line, TEXT("\t"), key))
        return false;
    return text_split(&line, TEXT(" "), value) && key->length && value->length;
}

static void read_characters(struct building *building, struct text characters)
{
    for (uint32_t i = 0; i < CODEPOINTS; i++)
        building->simplified[i] = i;
    struct text line, key, value;
    while (text_split(&characters, TEXT("\n"), &line)) {
        if (!split_line(line, &key, &value) || utf8_count(key) != 1 || utf8_count(value) != 1)
            continue;
        size_t at = 0, to = 0;
        uint32_t from = utf8_next_valid(key.data, &at);
        building->simplified[from] = utf8_next_valid(value.data, &to);
    }
}

#define PHRASE_MAX 16
struct phrase {
    uint32_t from[PHRASE_MAX];
    uint32_t to[PHRASE_MAX];
    size_t length;
};

static bool read_phrase(struct text line, struct phrase *phrase)
{
    struct text key, value;
    if (!split_line(line, &key, &value))
        return false;
    size_t length = utf8_count(key);
    if (length > PHRASE_MAX || utf8_count(value) != length)
        return false;
    phrase->length = length;
    for (size_t i = 0, at = 0, to = 0; i < length; i++) {
        phrase->from[i] = utf8_next_valid(key.data, &at);
        phrase->to[i] = utf8_next_valid(value.data, &to);
    }
    return true;
}

static uint32_t default_target(const struct building *building, uint32_t codepoint)
{
    return building->simplified[codepoint];
}

/* Whether the phrase gives the character at `place` another target than the character table. */
static bool decides(const struct building *building, const struct phrase *phrase, size_t place)
{
    return phrase->to[place] != default_target(building, phrase->from[place]);
}

static bool store_phrase(struct building *building, const struct phrase *phrase, size_t place)
{
    bool stored = append_phrase(building, (uint32_t)phrase->length) &&
                  append_phrase(building, (uint32_t)place) &&
                  append_phrase(building, phrase->to[place]);
    for (size_t i = 0; i < phrase->length; i++) {
        bool as_written = i > place && decides(building, phrase, i);
        uint32_t word = as_written ? phrase->from[i] | PHRASE_AS_WRITTEN : phrase->to[i];
        stored = stored && append_phrase(building, word);
    }
    return stored;
}

/* All phrases that decide `codepoint`, longest first; *found says whether there is one. */
static bool store_phrases_of(struct building *building, const struct phrase *phrases, size_t count,
                             uint32_t codepoint)
{
    struct char_tables *tables = building->tables;
    size_t start = tables->phrase_count;
    if (!append_phrase(building, 0) ||
        !append_phrase(building, default_target(building, codepoint)))
        return false;
    for (size_t length = PHRASE_MAX; length > 1; length--) {
        for (size_t i = 0; i < count; i++) {
            for (size_t place = 0; place < phrases[i].length; place++) {
                if (phrases[i].length != length || phrases[i].from[place] != codepoint ||
                    !decides(building, &phrases[i], place))
                    continue;
                if (!store_phrase(building, &phrases[i], place))
                    return false;
                tables->phrases[start]++;
            }
        }
    }
    if (codepoint < 0x10000)
        tables->fold[codepoint] =
            FOLD_ENTRY(start, FOLD_PHRASE, CLASS_HAN, isolation_of(codepoint));
    return true;
}

static bool add_phrases(struct building *building, struct text text)
{
    struct phrase *phrases = NULL;
    size_t count = 0, capacity = 0;
    struct text line;
    while (text_split(&text, TEXT("\n"), &line)) {
        if (!arena_grow(building->arena, &phrases, count, &capacity, sizeof(*phrases)))
            return false;
        count += read_phrase(line, &phrases[count]);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t place = 0; place < phrases[i].length; place++) {
            uint32_t codepoint = phrases[i].from[place];
            bool fresh = codepoint < 0x10000 &&
                         fold_action(building->tables->fold[codepoint]) == FOLD_SINGLE;
            if (fresh && decides(building, &phrases[i], place) &&
                !store_phrases_of(building, phrases, count, codepoint))
                return false;
        }
    }
    return true;
}

enum status char_tables_build(struct text characters, struct text phrases, struct arena *arena,
                              struct char_tables *out, struct error *error)
{
    *out = (struct char_tables) { .fold = ARENA_ARRAY(arena, uint32_t, 0x10000) };
    struct building building = { arena, out, ARENA_ARRAY(arena, uint32_t, CODEPOINTS) };
    if (!out->fold || !building.simplified)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    read_characters(&building, characters);
    bool built = append_target(&building, 0) && append_phrase(&building, 0);
    for (uint32_t i = 0; built && i < CODEPOINTS; i++)
        built = add_codepoint(&building, i);
    built = built && add_phrases(&building, phrases);
    return built ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

void char_tables_lend(const struct char_tables *tables, struct lexicon *lexicon)
{
    lexicon->fold = tables->fold;
    lexicon->astral = tables->astral;
    lexicon->astral_count = tables->astral_count;
    lexicon->targets = tables->targets;
    lexicon->target_count = tables->target_count;
    lexicon->phrases = tables->phrases;
    lexicon->phrase_count = tables->phrase_count;
}
