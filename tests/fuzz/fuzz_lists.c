/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer: any bytes as the lists that an index keeps and a user may write: words of one's own,
 * learned terms, pairs of long and short forms. */
#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>

#include "indexer/analysis/own_words.h"
#include "indexer/analysis/term_list.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/synonyms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_words(struct text bytes)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(lexicon_freep) struct lexicon *second = NULL;
    struct error error = { "" };
    assert(!lexicon_open(NULL, &lexicon, &error));
    if (lexicon_add_words(lexicon, "words", bytes, &error)) {
        assert(error.message[0]);
        return;
    }
    assert(!lexicon_open(NULL, &second, &error)); /* what an index keeps reads as the same words */
    assert(!lexicon_add_words(second, "words", lexicon_own_words(lexicon), &error));
    assert(lexicon_own_word_count(second) == lexicon_own_word_count(lexicon));
}

static void read_terms(struct text bytes)
{
    CLEANUP(arena_release) struct arena arena;
    struct term_list list;
    struct error error = { "" };
    arena_init(&arena, 0);
    if (!term_list_read(bytes, &arena, &list, &error) && utf8_find_invalid(bytes) == TEXT_NONE)
        (void)term_list_match(&list, bytes, 0);
}

static void read_pairs(struct text bytes)
{
    static struct lexicon *lexicon;
    CLEANUP(synonyms_freep) struct synonyms *synonyms = NULL;
    struct error error = { "" };
    if (!lexicon)
        assert(!lexicon_open(NULL, &lexicon, &error));
    (void)synonyms_open(NULL, bytes, lexicon, &synonyms, &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = text_of_bytes((const char *)data, size);
    read_words(bytes);
    read_terms(bytes);
    read_pairs(bytes);
    return 0;
}
