/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass over the normalised text; at each place the longest name, else the longest filler. */
#include "search/query/leaf.h"

#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/amount.h"
#include "search/query/fillers.h"
#include "search/query/scan.h"

/* Bytes; a longer leaf is pasted text, which is neither a question nor an agency. */
#define LEAF_SCAN_MAX 1000

struct scan {
    const struct synonyms *synonyms;
    struct normalized normalized;
    struct text normal;
    bool *inside; /* per byte of the leaf as written: a word goes on here */
    size_t written;
    struct arena *arena;
    struct leaf *leaf;
    size_t at; /* in `normal` */
};

static void scan_release(struct scan *scan)
{
    normalized_release(&scan->normalized);
}

static void source_of(const struct scan *scan, size_t length, uint32_t *offset, uint32_t *size)
{
    normalized_source(&scan->normalized, scan->at, length, offset, size);
}

/* [at, at + length) begins and ends where words do. */
static bool aligned(void *context, size_t length)
{
    const struct scan *scan = context;
    uint32_t offset, size;
    source_of(scan, length, &offset, &size);
    return !scan->inside[offset] && !scan->inside[offset + size];
}

static bool aligned_or_long(void *context, size_t length)
{
    const struct scan *scan = context;
    return utf8_count(text_slice(scan->normal, scan->at, length)) > 3 || aligned(context, length);
}

static void mark_words(struct scan *scan)
{
    const struct token_list *tokens = &scan->leaf->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->tokens[i];
        bool word =
            token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || token->kind == TOKEN_LATIN;
        for (uint32_t j = 1; word && j < token->length; j++)
            scan->inside[token->offset + j] = true;
    }
}

static bool add_other(struct leaf_name *name, const struct synonym *other)
{
    for (size_t i = 0; i < name->other_count; i++)
        if (text_equal(name->others[i]->other, other->other))
            return true;
    name->others[name->other_count++] = other;
    return true;
}

static bool add_name(struct scan *scan, const struct synonym_match *match)
{
    struct leaf *leaf = scan->leaf;
    struct leaf_name name = { .typed = text_slice(scan->normal, scan->at, match->length),
                              .start = scan->at };
    source_of(scan, match->length, &name.offset, &name.length);
    name.others = ARENA_ARRAY(scan->arena, const struct synonym *,
                              match->lists[0].count + match->lists[1].count + 1);
    if (!name.others || !arena_grow(scan->arena, &leaf->names, leaf->name_count,
                                    &leaf->name_capacity, sizeof(*leaf->names)))
        return false;
    for (size_t list = 0; list < 2; list++)
        for (size_t i = 0; i < match->lists[list].count; i++)
            add_other(&name, &match->lists[list].rows[i]);
    leaf->names[leaf->name_count++] = name;
    return true;
}

/* An amount with its other forms; bytes of it, 0: there is none here. */
static size_t amount_here(struct scan *scan, bool *failed)
{
    struct quantity quantity;
    struct text forms[AMOUNT_FORMS_MAX];
    size_t next, count = 0;
    bool digit = scan_digit(scan->normal, scan->at);
    if ((digit && scan->at && scan_digit(scan->normal, scan->at - 1)) ||
        (!quantity_read(scan->normal, scan->at, &quantity, &next) &&
         !amount_bare(scan->normal, scan->at, &quantity)))
        return 0;
    size_t length = quantity.end - quantity.start;
    struct leaf_name name = { .typed = text_slice(scan->normal, scan->at, length),
                              .start = scan->at };
    source_of(scan, length, &name.offset, &name.length);
    if (!digit && scan->inside[name.offset])
        return 0;
    *failed = !amount_forms(scan->normal, &quantity, scan->arena, forms, &count);
    if (*failed || !count)
        return 0;
    struct synonym *rows = ARENA_ARRAY(scan->arena, struct synonym, count);
    name.others = ARENA_ARRAY(scan->arena, const struct synonym *, count);
    *failed = !rows || !name.others ||
              !arena_grow(scan->arena, &scan->leaf->names, scan->leaf->name_count,
                          &scan->leaf->name_capacity, sizeof(*scan->leaf->names));
    for (size_t i = 0; i < count && !*failed; i++) {
        rows[i] = (struct synonym) { name.typed, forms[i], SYNONYM_AMOUNT };
        name.others[name.other_count++] = &rows[i];
    }
    if (!*failed)
        scan->leaf->names[scan->leaf->name_count++] = name;
    return length;
}

/* Tokens that lie in the written range. */
static void label(struct leaf *leaf, const struct leaf_name *name, uint32_t number)
{
    for (size_t i = 0; i < leaf->tokens.count; i++) {
        const struct token *token = &leaf->tokens.tokens[i];
        if (token->offset >= name->offset &&
            token->offset + token->length <= name->offset + name->length)
            leaf->name_of[i] = number;
    }
}

/* Tokens that share a character with the written range. */
static void drop(struct leaf *leaf, uint32_t offset, uint32_t length)
{
    for (size_t i = 0; i < leaf->tokens.count; i++) {
        const struct token *token = &leaf->tokens.tokens[i];
        if (token->offset < offset + length && token->offset + token->length > offset)
            leaf->filler[i] = true;
    }
}

/* Nothing of a word follows the particle. */
static bool ends_clause(const struct scan *scan, size_t length)
{
    for (size_t i = 0; i < scan->leaf->tokens.count; i++) {
        uint32_t offset, size;
        source_of(scan, length, &offset, &size);
        if (scan->leaf->tokens.tokens[i].offset == offset + size)
            return false;
    }
    return true;
}

static size_t filler_here(struct scan *scan)
{
    struct text rest = text_slice(scan->normal, scan->at, scan->normal.length - scan->at);
    size_t length = filler_find(rest, aligned, scan);
    if (!length) {
        length = filler_final(rest);
        length = length && aligned(scan, length) && ends_clause(scan, length) ? length : 0;
    }
    return length;
}

/* What stands at scan->at; moves on. */
static bool step(struct scan *scan)
{
    struct text rest = text_slice(scan->normal, scan->at, scan->normal.length - scan->at);
    struct synonym_match match = { 0 };
    if (scan->synonyms)
        match = synonyms_find(scan->synonyms, rest, aligned_or_long, scan);
    if (match.length) {
        if (!add_name(scan, &match))
            return false;
        scan->at += match.length;
        return true;
    }
    bool failed = false;
    size_t amount = scan->synonyms ? amount_here(scan, &failed) : 0;
    if (failed)
        return false;
    if (amount) {
        scan->at += amount;
        return true;
    }
    size_t filler = filler_here(scan);
    if (filler) {
        uint32_t offset, size;
        source_of(scan, filler, &offset, &size);
        drop(scan->leaf, offset, size);
        scan->at += filler;
        return true;
    }
    scan->at += utf8_length((unsigned char)rest.data[0]);
    return true;
}

enum status leaf_read(struct text text, struct analyzer *analyzer, const struct synonyms *synonyms,
                      struct arena *arena, struct leaf *out, struct error *error)
{
    struct leaf leaf = { 0 };
    CLEANUP(scan_release)
    struct scan scan = { .synonyms = synonyms, .arena = arena, .leaf = &leaf };
    normalized_init(&scan.normalized);
    enum status status = analyzer_run(analyzer, ANALYSIS_TEXT, text, arena, &leaf.tokens, error);
    if (!status)
        status = normalizer_run(analyzer_lexicon(analyzer), text, &scan.normalized, error);
    if (status)
        return status;
    leaf.normal = arena_text(arena, buffer_text(&scan.normalized.text));
    leaf.name_of = ARENA_ARRAY(arena, uint32_t, leaf.tokens.count + 1);
    leaf.filler = ARENA_ARRAY(arena, bool, leaf.tokens.count + 1);
    scan.inside = ARENA_ARRAY(arena, bool, text.length + 1);
    if (!leaf.normal.data || !leaf.name_of || !leaf.filler || !scan.inside)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    scan.normal = leaf.normal;
    mark_words(&scan);
    while (text.length <= LEAF_SCAN_MAX && scan.at < scan.normal.length)
        if (!step(&scan))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < leaf.name_count; i++)
        label(&leaf, &leaf.names[i], (uint32_t)i + 1);
    *out = leaf;
    return STATUS_OK;
}

/* `text` with `other` instead of the name. Names are replaced from the last to the first, so what
 * stands before one has kept its place. */
static struct text replaced(struct text text, const struct leaf_name *name, struct text other,
                            struct arena *arena)
{
    size_t after = name->start + name->typed.length;
    return arena_printf(arena, "%.*s%.*s%.*s", (int)name->start, text.data, TEXT_ARG(other),
                        (int)(text.length - after), text.data + after);
}

/* Blanks between two Han characters, which an author sets and a reader types by chance, are left
 * out; the same text when there are none. */
static struct text without_blanks(struct text text, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    uint32_t last = 0;
    for (size_t at = 0; at < text.length;) {
        size_t start = at, next;
        uint32_t codepoint = utf8_next_valid(text.data, &at);
        next = at;
        bool blank = codepoint == ' ' && at < text.length && utf8_is_han(last) &&
                     utf8_is_han(utf8_next_valid(text.data, &next));
        if (!blank)
            buffer_append(&out, text_slice(text, start, at - start));
        last = codepoint;
    }
    return buffer_text(&out).length == text.length ? text : arena_text(arena, buffer_text(&out));
}

enum status leaf_variants(const struct leaf *leaf, struct arena *arena,
                          struct text out[LEAF_VARIANTS_MAX], size_t *count, struct error *error)
{
    size_t made = 0;
    out[made++] = leaf->normal;
    for (size_t i = leaf->name_count; i-- > 0;) {
        const struct leaf_name *name = &leaf->names[i];
        size_t before = made;
        for (size_t j = 0; j < before * name->other_count && made < LEAF_VARIANTS_MAX; j++) {
            out[made] = replaced(out[j % before], name, name->others[j / before]->other, arena);
            if (!out[made++].data)
                return error_set(error, STATUS_NO_MEMORY, "out of memory");
        }
    }
    for (size_t i = 0, before = made; i < before && made < LEAF_VARIANTS_MAX; i++) {
        struct text joined = without_blanks(out[i], arena);
        if (!joined.data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        if (joined.length < out[i].length)
            out[made++] = joined;
    }
    *count = made;
    return STATUS_OK;
}
