/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Byte layout of the lexicon file, described once for the compiler and for everything that reads
 * it. For the files of this floor only.
 *
 *   header      struct lexicon_header; its checksum protects every byte before it
 *   sections    in the order of enum lexicon_section, each on a multiple of 8 bytes, nothing
 *               between them but zeros
 *
 * Integers are little-endian, as memory holds them on the machines we build for; the magic's
 * `order` word refuses the others. lexicon_verify compares the body with
 * its digest; opening does not read it. Lookups therefore treat every index found there as untrusted
 * and stay inside their section whatever it says. */
#ifndef DAFU_ANALYSIS_LEXICON_FORMAT_H
#define DAFU_ANALYSIS_LEXICON_FORMAT_H

#include "indexer/analysis/lexicon.h"
#include "indexer/base/file.h"
#include "indexer/base/utf8.h"

#define LEXICON_MAGIC "dafulex\n"
#define LEXICON_VERSION 2u
#define LEXICON_ORDER 0x01020304u

/* Raised whenever the same lexicon file would give a text other terms. */
#define ANALYSIS_VERSION 2u

enum lexicon_section {
    SECTION_FOLD,    /* uint32_t[65536]: fold entry of each BMP code point */
    SECTION_ASTRAL,  /* struct astral_fold[], ascending: the code points above that change */
    SECTION_TARGETS, /* uint32_t[]: count, then that many code points; FOLD_MANY points here */
    SECTION_PHRASES, /* uint32_t[]: see FOLD_PHRASE */
    SECTION_UNITS,   /* uint32_t[65536]: what a normalised BMP code point is: see unit_* */
    SECTION_NODES,   /* uint64_t[]: double array of the word trie: see node_* */
    SECTION_COUNT,
};

struct lexicon_header {
    char magic[8];
    uint32_t order;
    uint32_t version;
    uint64_t file_length;
    uint64_t digest; /* FNV-1a of everything behind the header */
    uint64_t word_count;
    struct {
        uint64_t offset; /* bytes from the start of the file */
        uint64_t count;  /* items */
    } sections[SECTION_COUNT];
    uint64_t checksum; /* FNV-1a of the header up to here */
};

struct astral_fold {
    uint32_t codepoint;
    uint32_t entry;
};

/* --- fold entries: value (21 bits), action (3), class of the result (3), isolation (2) --- */

enum fold_action {
    FOLD_SINGLE, /* becomes the code point `value` */
    FOLD_DROP,   /* disappears: zero width, BOM, soft hyphen, variation selectors */
    FOLD_MANY,   /* becomes the code points at SECTION_TARGETS[value] */
    FOLD_PHRASE, /* depends on its neighbours (乾 in 乾坤 and in 饼乾): SECTION_PHRASES[value] is
                   * count, default code point, then per phrase: its length n, the place of this
                   * character in it, its code point here, and the n characters: as written where
                   * they depend on the phrase, folded elsewhere (top bit set on the former) */
    FOLD_NUMERAL, /* a Chinese digit: `value`, or an Arabic one inside 二〇二四 */
    FOLD_MARK,    /* may compose with the character before it */
    FOLD_COMMA,   /* `value`, or nothing between the digits of 1,234 */
};

enum char_class {
    CLASS_OTHER, /* punctuation, symbols, controls, unassigned */
    CLASS_HAN,
    CLASS_DIGIT,  /* 0-9 */
    CLASS_LETTER, /* letters of any other script and their marks */
    CLASS_BLANK,
    CLASS_BREAK, /* line ends and tabs: nothing reaches over them */
};

enum fold_isolation {
    ISOLATE_NOTHING,
    ISOLATE_DIGITS,  /* ² never melts into a number */
    ISOLATE_LETTERS, /* ① ㎡ never melt into a number or a Latin word */
};

#define FOLD_ENTRY(value, action, class, isolation)                                                \
    ((uint32_t)(value) | (uint32_t)(action) << 21 | (uint32_t)(class) << 24 |                      \
     (uint32_t)(isolation) << 27)
#define PHRASE_AS_WRITTEN 0x80000000u

static inline uint32_t fold_value(uint32_t entry)
{
    return entry & 0x1FFFFF;
}

static inline enum fold_action fold_action(uint32_t entry)
{
    return (enum fold_action)(entry >> 21 & 7);
}

static inline enum char_class fold_class(uint32_t entry)
{
    return (enum char_class)(entry >> 24 & 7);
}

static inline enum fold_isolation fold_isolation(uint32_t entry)
{
    return (enum fold_isolation)(entry >> 27 & 3);
}

/* True for most text: one code point, whatever stands beside it. */
static inline bool fold_is_plain(uint32_t entry)
{
    return (entry & (7u << 21 | 3u << 27)) == 0;
}

/* --- units: trie code (16 bits, 0 = in no word), class (3), roles (5), given-name cost (6), how
 * bound (2) --- */

#define UNIT(code, class) ((uint32_t)(code) | (uint32_t)(class) << 16)
#define UNIT_FOREIGN (1u << 19) /* spells foreign names: 克 斯 尔 */
#define UNIT_NUMERAL (1u << 20) /* may stand in a Chinese number: 一 十 百 万 亿 零 两 */
#define UNIT_SCALE (1u << 21)   /* ... and multiplies: 十 百 千 万 亿 */
#define UNIT_SUFFIX (1u << 22)  /* makes a noun of the two-character word before it: 率 性 化 者 */
#define UNIT_SURNAME (1u << 23) /* may open a person's name */
#define UNIT_GIVEN(cost) ((uint32_t)(cost) << 24)
#define GIVEN_SCALE 4 /* given-name cost = -ln p * GIVEN_SCALE; 0: never in a given name */
#define GIVEN_MAX 0x3F
#define UNIT_BOUND(level) ((uint32_t)(level) << 30) /* 0: often a word by itself; 3: hardly ever */

static inline uint32_t unit_given(uint32_t unit)
{
    return unit >> 24 & GIVEN_MAX;
}

static inline uint32_t unit_bound(uint32_t unit)
{
    return unit >> 30;
}

static inline uint32_t unit_code(uint32_t unit)
{
    return unit & 0xFFFF;
}

static inline enum char_class unit_class(uint32_t unit)
{
    return (enum char_class)(unit >> 16 & 7);
}

/* --- trie nodes: base (24 bits), check (24) = index of the parent, word (16) --- */

#define NODE_INDEX_MAX 0xFFFFFFu
#define NODE_UNUSED NODE_INDEX_MAX /* as check */
#define COST_SCALE 256 /* word = flags and 1 + cost * COST_SCALE; 0: no word ends here */
#define COST_MAX 0x1FFF
#define WORD_PERSON 0x8000u   /* a person, surname first */
#define WORD_COMPOUND 0x4000u /* made of two or more listed words of two or more characters ... */
#define WORD_LOOSE 0x2000u    /* ... that stand together hardly more often than by chance */

#define NODE(base, check, word)                                                                    \
    ((uint64_t)(base) | (uint64_t)(check) << 24 | (uint64_t)(word) << 48)

static inline uint32_t node_base(uint64_t node)
{
    return (uint32_t)(node & 0xFFFFFF);
}

static inline uint32_t node_check(uint64_t node)
{
    return (uint32_t)(node >> 24 & 0xFFFFFF);
}

static inline uint32_t node_word(uint64_t node)
{
    return (uint32_t)(node >> 48);
}

static inline uint32_t word_cost(uint32_t word)
{
    uint32_t cost = word & COST_MAX;
    return cost ? cost - 1 : 0; /* 0: a damaged file */
}

/* --- the file in memory --- */

struct lexicon {
    struct file_map map;
    const uint32_t *fold;
    const struct astral_fold *astral;
    size_t astral_count;
    const uint32_t *targets;
    size_t target_count;
    const uint32_t *phrases;
    size_t phrase_count;
    const uint32_t *units;
    const uint64_t *nodes;
    size_t node_count;
    size_t word_count;
    uint64_t *own_nodes; /* own_words.h: double array over bytes; NULL: no own words */
    size_t own_node_count, own_word_count;
    struct buffer own_list;
    char fingerprint[17];
};

/* Takes the double array (malloc) and the list: the user's own words, or none. */
void lexicon_set_own(struct lexicon *lexicon, uint64_t *nodes, size_t node_count,
                     struct buffer *list, size_t word_count);

/* The entry of a code point above the BMP, or one that keeps it. */
uint32_t lexicon_fold_astral(const struct lexicon *lexicon, uint32_t codepoint);

static inline uint32_t lexicon_fold(const struct lexicon *lexicon, uint32_t codepoint)
{
    return codepoint < 0x10000 ? lexicon->fold[codepoint] : lexicon_fold_astral(lexicon, codepoint);
}

static inline uint32_t lexicon_unit(const struct lexicon *lexicon, uint32_t codepoint)
{
    if (codepoint < 0x10000)
        return lexicon->units[codepoint];
    return UNIT(0, utf8_is_han(codepoint) ? CLASS_HAN : CLASS_OTHER);
}

/* Steps from node *at along `code`; false when no word goes on that way. The root is 0. */
static inline bool lexicon_step(const struct lexicon *lexicon, uint32_t *at, uint32_t code)
{
    size_t next = (size_t)node_base(lexicon->nodes[*at]) + code;
    if (next >= lexicon->node_count || node_check(lexicon->nodes[next]) != *at)
        return false;
    *at = (uint32_t)next;
    return true;
}

static inline uint16_t own_code(unsigned char byte)
{
    return (uint16_t)(byte + 1);
}

/* The same among the user's own words, over bytes [start, end); false when none goes on that way.
 * Only where lexicon->own_nodes is not NULL. */
static inline bool own_step(const struct lexicon *lexicon, uint32_t *at, const char *start,
                            const char *end)
{
    for (; start < end; start++) {
        size_t next = (size_t)node_base(lexicon->own_nodes[*at]) + own_code((unsigned char)*start);
        if (next >= lexicon->own_node_count || node_check(lexicon->own_nodes[next]) != *at)
            return false;
        *at = (uint32_t)next;
    }
    return true;
}

/* Whether the normalised word is one of the user's own. */
bool lexicon_is_own(const struct lexicon *lexicon, struct text word);

#endif
