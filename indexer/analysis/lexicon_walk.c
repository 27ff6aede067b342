/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Depth first along the trie: a prefix that no word has is given up at once. */
#include "indexer/analysis/lexicon_walk.h"

#include "indexer/analysis/lexicon_format.h"

struct walk {
    const struct lexicon *lexicon;
    const struct lexicon_choice *choices;
    size_t length;
    bool (*found)(void *context, struct text word);
    void *context;
    char word[3 * LEXICON_WALK_MAX];
};

static size_t encode(uint32_t character, char *out)
{
    out[0] = (char)(0xE0 | character >> 12);
    out[1] = (char)(0x80 | (character >> 6 & 0x3F));
    out[2] = (char)(0x80 | (character & 0x3F));
    return 3;
}

static bool descend(struct walk *walk, size_t place, size_t bytes, uint32_t node)
{
    const struct lexicon_choice *choice = &walk->choices[place];
    for (size_t i = 0; i < choice->count; i++) {
        uint32_t next = node, character = choice->characters[i];
        uint32_t code = unit_code(lexicon_unit(walk->lexicon, character));
        if (character < 0x800 || !code || !lexicon_step(walk->lexicon, &next, code))
            continue;
        size_t length = bytes + encode(character, walk->word + bytes);
        if (place + 1 < walk->length) {
            if (!descend(walk, place + 1, length, next))
                return false;
        } else if (node_word(walk->lexicon->nodes[next]) &&
                   !walk->found(walk->context, (struct text) { walk->word, length })) {
            return false;
        }
    }
    return true;
}

void lexicon_walk(const struct lexicon *lexicon, const struct lexicon_choice *choices,
                  size_t length, bool (*found)(void *context, struct text word), void *context)
{
    struct walk walk = {
        .lexicon = lexicon, .choices = choices, .length = length, .found = found, .context = context
    };
    if (length > 0 && length <= LEXICON_WALK_MAX)
        descend(&walk, 0, 0, 0);
}

static uint16_t simple_fold(const struct lexicon *lexicon, uint32_t codepoint)
{
    uint32_t entry = lexicon_fold(lexicon, codepoint), value = fold_value(entry);
    switch (fold_action(entry)) {
    case FOLD_DROP:
        return 0;
    case FOLD_MANY:
        return (uint16_t)codepoint;
    case FOLD_PHRASE: /* its default stands behind the count */
        value = value + 1 < lexicon->phrase_count ? lexicon->phrases[value + 1] : codepoint;
        break;
    default:
        break;
    }
    return value < LEXICON_FOLDS ? (uint16_t)value : (uint16_t)codepoint;
}

void lexicon_simple_folds(const struct lexicon *lexicon, uint32_t first, uint32_t count,
                          uint16_t *out)
{
    for (uint32_t i = 0; i < count; i++)
        out[i] = simple_fold(lexicon, first + i);
}
