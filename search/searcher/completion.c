/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/completion.h"

#include <pthread.h>

#include "indexer/base/utf8.h"
#include "search/query/pinyin.h"
#include "search/ranking/romanized.h"
#include "search/searcher/search.h"

#define NAMES_MAX 20000  /* names looked at */
#define NUMBERS_MAX 4000 /* document numbers looked at */
#define TERMS_MAX 512    /* terms that begin like the last word */
#define INITIALS_MAX 12  /* letters that may be initials */
#define WORD_CODEPOINTS_MAX 10
#define WORDS_TRIED 40

const char *const COMPLETION_NAMES[COMPLETION_COUNT] = {
    [COMPLETION_READING] = "reading", [COMPLETION_AGENCY] = "agency",
    [COMPLETION_PLACE] = "place",     [COMPLETION_NUMBER] = "number",
    [COMPLETION_WORD] = "word",       [COMPLETION_SUBJECT] = "subject",
};

struct run {
    struct searcher *searcher;
    struct text line; /* normalised */
    struct arena *arena;
    struct completion *out;
    size_t count, limit;
    struct error *error;
};

static void add(struct run *run, struct text text, enum completion_kind kind, size_t most)
{
    size_t same = 0;
    if (!text.length || text_equal(text, run->line))
        return;
    for (size_t i = 0; i < run->count; i++) {
        if (text_equal(run->out[i].text, text))
            return;
        same += run->out[i].kind == kind;
    }
    if (run->count < run->limit && same < most)
        run->out[run->count++] = (struct completion) { text, kind };
}

/* ---- initials ---- */

static uint32_t
    initials[1 << 16]; /* per character of the first plane: letters its readings begin with */
static pthread_once_t initials_made = PTHREAD_ONCE_INIT;

static void make_initials(void)
{
    for (size_t i = 0; i < PINYIN_SYLLABLE_COUNT; i++) {
        const struct pinyin_syllable *syllable = &PINYIN_SYLLABLES[i];
        for (uint32_t c = 0; c < syllable->count; c++)
            initials[PINYIN_CHARACTERS[syllable->first + c]] |= 1U << (syllable->letters[0] - 'a');
    }
}

static bool is_initials(struct text line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] < 'a' || line.data[i] > 'z')
            return false;
    return line.length >= 2 && line.length <= INITIALS_MAX;
}

/* Whether the letters are the initials of characters that follow one another in the name. */
static bool has_initials(struct text name, struct text letters)
{
    for (size_t start = 0; start < name.length;) {
        size_t at = start, matched = 0;
        while (matched < letters.length && at < name.length) {
            uint32_t c = utf8_next_valid(name.data, &at);
            if (c > 0xffff || !(initials[c] >> (letters.data[matched] - 'a') & 1))
                break;
            matched++;
        }
        if (matched == letters.length)
            return true;
        utf8_next_valid(name.data, &start);
    }
    return false;
}

/* ---- names ---- */

static enum status complete_names(struct run *run, enum facet facet, enum completion_kind kind,
                                  size_t most)
{
    const struct facet_names *names;
    bool letters = is_initials(run->line);
    enum status status = searcher_facet_names(run->searcher, facet, &names, run->error);
    if (status)
        return status;
    size_t count = names->count < NAMES_MAX ? names->count : NAMES_MAX;
    for (size_t i = 0; i < count; i++)
        if (text_starts_with(names->names[i].name, run->line))
            add(run, arena_text(run->arena, names->names[i].name), kind, most);
    for (size_t i = 0; i < count; i++)
        if (text_contains(names->names[i].name, run->line) ||
            (letters && has_initials(names->names[i].name, run->line)))
            add(run, arena_text(run->arena, names->names[i].name), kind, most);
    return STATUS_OK;
}

/* ---- document numbers ---- */

static struct text without_brackets(struct text number, struct arena *arena)
{
    static const struct text BRACKETS[] = { TEXT_INIT("〔"), TEXT_INIT("〕"), TEXT_INIT("["),
                                            TEXT_INIT("]"),  TEXT_INIT("("),  TEXT_INIT(")"),
                                            TEXT_INIT(" "),  TEXT_INIT("【"), TEXT_INIT("】") };
    char *bytes = arena_alloc(arena, number.length + 1);
    size_t length = 0;
    for (size_t i = 0; bytes && i < number.length;) {
        size_t step = utf8_length((unsigned char)number.data[i]);
        bool bracket = false;
        for (size_t b = 0; b < sizeof(BRACKETS) / sizeof(*BRACKETS); b++)
            bracket = bracket || text_equal(text_slice(number, i, step), BRACKETS[b]);
        if (!bracket) {
            memcpy(bytes + length, number.data + i, step);
            length += step;
        }
        i += step;
    }
    return text_of_bytes(bytes, bytes ? length : 0);
}

static enum status complete_numbers(struct run *run)
{
    struct text *numbers, first = text_slice(run->line, 0, utf8_advance(run->line, 1));
    struct text typed = without_brackets(run->line, run->arena);
    struct text prefix =
        arena_printf(run->arena, "%s%.*s", FIELDS[FIELD_DOCUMENT_NUMBER].prefix, TEXT_ARG(first));
    size_t count;
    if (!prefix.data)
        return error_set(run->error, STATUS_NO_MEMORY, "out of memory");
    enum status status = index_reader_terms(run->searcher->reader, prefix.data, NUMBERS_MAX,
                                            run->arena, &numbers, &count, run->error);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        struct text number =
            arena_printf(run->arena, "%.*s%.*s", TEXT_ARG(first), TEXT_ARG(numbers[i]));
        if (number.data && text_starts_with(without_brackets(number, run->arena), typed))
            add(run, number, COMPLETION_NUMBER, 4);
    }
    return STATUS_OK;
}

/* ---- words ---- */

/* The most frequent words that begin like the last one; pairs of characters are no words. */
static enum status complete_word(struct run *run)
{
    size_t blank = text_find_last(run->line, TEXT(" "));
    size_t start = blank == TEXT_NONE ? 0 : blank + 1, count;
    struct text head = text_slice(run->line, 0, start), *rests;
    struct text last = text_slice(run->line, start, run->line.length - start);
    uint32_t frequencies[TERMS_MAX];
    uint64_t passages;
    if (utf8_count(last) < 2)
        return STATUS_OK;
    struct text prefix = arena_text(run->arena, last);
    if (!prefix.data)
        return error_set(run->error, STATUS_NO_MEMORY, "out of memory");
    enum status status = index_reader_terms(run->searcher->reader, prefix.data, TERMS_MAX,
                                            run->arena, &rests, &count, run->error);
    if (status)
        return status;
    struct text *terms = ARENA_ARRAY(run->arena, struct text, count + 1);
    if (!terms)
        return error_set(run->error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        terms[i] = arena_printf(run->arena, "%s%.*s", prefix.data, TEXT_ARG(rests[i]));
    status = index_reader_statistics(run->searcher->reader, terms, count, frequencies, &passages,
                                     run->error);
    for (size_t taken = 0; !status && taken < WORDS_TRIED && taken < count; taken++) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++)
            if (frequencies[i] > frequencies[best])
                best = i;
        float cost;
        if (utf8_count(terms[best]) <= WORD_CODEPOINTS_MAX && rests[best].length &&
            lexicon_lookup(run->searcher->lexicon, terms[best], &cost))
            add(run, arena_printf(run->arena, "%.*s%.*s", TEXT_ARG(head), TEXT_ARG(terms[best])),
                COMPLETION_WORD, 4);
        frequencies[best] = 0;
    }
    return status;
}

static enum status complete_subjects(struct run *run)
{
    const struct search_options options = {
        .limit = 8, .bare = true, .group = true, .group_passages = 1
    };
    struct result_list list = { 0 };
    enum status status =
        searcher_search(run->searcher, run->line, &options, run->arena, &list, run->error);
    size_t blank = text_find_last(run->line, TEXT(" ")), start = blank == TEXT_NONE ? 0 : blank + 1;
    struct text last = text_slice(run->line, start, run->line.length - start);
    if (list.read_as.length)
        last = list.read_as;
    for (size_t i = 0; i < list.group_count && !status; i++) {
        struct text subject = list.groups[i].results[0].reply.subject;
        if (text_contains(subject, last)) /* one that merely matches would surprise */
            add(run, subject, COMPLETION_SUBJECT, 3);
    }
    return status == STATUS_MISUSE || status == STATUS_LIMIT ? STATUS_OK : status;
}

static enum status complete(struct run *run)
{
    struct text read = { NULL, 0 };
    enum status status = romanized_read(run->line, run->searcher->lexicon, run->searcher->reader,
                                        run->arena, &read, run->error);
    if (!status && read.data)
        add(run, read, COMPLETION_READING, 1);
    if (!status)
        status = complete_names(run, FACET_AGENCY, COMPLETION_AGENCY, 4);
    if (!status)
        status = complete_names(run, FACET_PLACE, COMPLETION_PLACE, 2);
    if (!status)
        status = complete_numbers(run);
    if (!status)
        status = complete_word(run);
    if (!status && utf8_count(run->line) > 1)
        status = complete_subjects(run);
    return status;
}

enum status searcher_complete(struct searcher *searcher, struct text line, size_t limit,
                              struct arena *arena, struct completion *out, size_t *count,
                              struct error *error)
{
    struct run run = { .searcher = searcher, .arena = arena, .out = out, .error = error };
    uint64_t state;
    run.limit = limit < COMPLETIONS_MAX ? limit : COMPLETIONS_MAX;
    *count = 0;
    if (line.length > COMPLETION_LINE_MAX || !text_trim(line).length)
        return STATUS_OK;
    pthread_once(&initials_made, make_initials);
    enum status status = searcher_state(searcher, &state, error);
    if (!status)
        status = normalizer_run(searcher->lexicon, text_trim(line), &searcher->text, error);
    if (!status)
        run.line = text_trim(arena_text(arena, buffer_text(&searcher->text.text)));
    if (!status && run.line.length)
        status = complete(&run);
    *count = run.count;
    return status;
}
